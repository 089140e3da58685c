"""Names of metadata keys, to tell a block of metadata from a headline with a colon."""

from feedwright.sources.shapes import words

KNOWN_KEYS = words(
    """
    title headline subtitle linktitle slug url permalink link canonical id guid uuid
    date created published pubdate pub_date publishdate publish_date published_at posted
    modified updated lastmod last_modified last_modified_at updated_at
    author authors byline email
    category categories section tag tags keywords series topics
    summary description excerpt abstract teaser
    lang language locale status draft type layout template save_as
    image cover thumbnail featured_image feature_image heroimage og_image banner
    enclosure audio rights copyright license expires expirydate
    """
)
"""Casefolded; blanks and hyphens count as `_`."""

SELDOM_PROSE = words(
    "slug permalink guid uuid pubdate pub_date publishdate publish_date published_at lastmod "
    "last_modified last_modified_at updated_at authors tags lang save_as og_image featured_image "
    "feature_image heroimage expirydate linktitle layout"
)
"""Keys that begin no headline: one alone makes a block of metadata."""


def folded(key: str) -> str:
    """Return a key as the sets above have it."""
    return key.strip().casefold().replace(" ", "_").replace("-", "_")


def is_known(key: str, more: frozenset[str]) -> bool:
    """Whether a key is one of ours, or one that the configuration adds."""
    return folded(key) in KNOWN_KEYS or key.strip().casefold() in more
