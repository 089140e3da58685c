"""Template remains in bodies: what a generator would have taken for its own, and readers must not.

`reducing.reduced` is the way in, `families.FAMILIES` the table.
"""
