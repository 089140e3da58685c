"""Feedwright publishes a folder of articles as web feeds."""

__version__ = "0.1.0"
