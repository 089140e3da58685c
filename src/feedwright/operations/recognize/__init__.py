"""Existing sites: which generator made one, and a configuration that fits it.

A file for each generator, alike in shape: a function from the site's folder to what was `Found`, or
None. `table` has them in the order in which they are asked; `start` writes, verifies and tells.
Nothing of the site is executed: programs that configure it are read as text.
"""
