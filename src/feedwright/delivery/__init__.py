"""Delivering: what an answer means, which addresses are allowed, one exchange, and the worker."""
