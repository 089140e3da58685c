"""The XML namespaces of our documents, by the prefixes that specifications and validators use."""

NAMESPACES = {
    "at": "http://purl.org/atompub/tombstones/1.0",  # RFC 6721
    "atom": "http://www.w3.org/2005/Atom",  # RFC 4287
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",  # RFC 5005
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "podcast": "https://podcastindex.org/namespace/1.0",
}

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def name(prefix: str, local: str) -> str:
    """Return the qualified name as lxml writes it: `{uri}local`."""
    return f"{{{NAMESPACES[prefix]}}}{local}"
