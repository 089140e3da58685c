"""The index: what the last run knew of the site, so that the next one looks at what changed.

A cache in `index.sqlite`. Deleting it costs time, never correctness: a run that cannot trust it
writes another, from nothing, and both give the same bytes.
"""
