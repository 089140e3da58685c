"""Entries and envelopes to bytes: RSS 2.0, Atom 1.0, JSON Feed 1.1, OPML 2.0, a page for people.

Pure: a document is a function of its feed and its entries. `formats.FORMATS` is the way in.
"""
