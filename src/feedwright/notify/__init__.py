"""What to send: events. Sending is not here."""
