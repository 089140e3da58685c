"""OPML 2.0 and the page for people on the way from bytes to facts."""

import re

from feedwright.publish import rules_xml as xml
from feedwright.publish.rules_facts import DOCUMENT, Facts, Value
from feedwright.publish.rules_html import look


def read_document(data: bytes) -> Facts:
    """Read an OPML list of feeds."""
    facts = Facts("opml", DOCUMENT)
    root = xml.parse(data, facts)
    if root is None:
        return facts
    if root.tag != "opml" or root.get("version") != "2.0":
        facts.fault("version-wrong", "opml", 'is no <opml version="2.0">')
    facts.names = [str(child.tag) for child in root]
    facts.filled.append(Value("head title", root.findtext("head/title", "").strip()))
    outlines = list(root.iterfind(".//outline"))
    if not outlines:
        facts.fault("element-missing", "body outline", "is not there")
    for outline in outlines:
        _outline(facts, outline)
    return facts


def _outline(facts: Facts, outline: xml.Element) -> None:
    facts.filled.append(Value("outline text", outline.get("text", "").strip()))
    if outline.get("type", "").lower() == "rss":
        facts.filled.append(Value("outline title", outline.get("title", "").strip()))
        xml.required_address(facts, "outline", outline, "xmlUrl")
        if outline.get("htmlUrl") is not None:
            xml.required_address(facts, "outline", outline, "htmlUrl")


def read_page(data: bytes) -> Facts:
    """Read `index.html`."""
    facts = Facts("page", DOCUMENT)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        facts.fault("not-well-formed", "", str(error))
        return facts
    facts.text = text
    facts.names = re.findall(r"(?i)<(!doctype html|html|title)\b", text)
    facts.names = [name.lower() for name in facts.names]
    title = re.search(r"(?is)<title>(.*?)</title>", text)
    facts.filled.append(Value("title", title[1].strip() if title else ""))
    language = re.search(r'(?i)<html[^>]*\slang="([^"]*)"', text)
    facts.languages.append(Value("html lang", language[1] if language else ""))
    facts.unsafe = [Value("page", what) for what in look(text).unsafe if what in _UNWANTED]
    return facts


_UNWANTED = frozenset({"<script>", "<form>", "<object>", "<embed>", "<applet>", "<base>"})
"""The page works without scripts; style and metadata are its own."""
