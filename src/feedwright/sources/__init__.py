"""Source readers: what lies in the content folders, as raw articles. Nothing is trusted here."""
