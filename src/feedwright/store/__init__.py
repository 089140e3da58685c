"""What Feedwright remembers on this machine: a cache and an outbox, both SQLite."""
