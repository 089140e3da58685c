"""Each rule of the gate is broken once in each way, and found by its name."""

import json
import re
from pathlib import Path

import pytest

from feedwright.model import Severity
from feedwright.publish.gate import lint_document, lint_entry
from feedwright.publish.rules_table import RULES
from tests.publish import samples

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("format_name", ["rss", "atom", "json"])
def test_a_valid_entry_passes(format_name: str) -> None:
    fragment = samples.fragment(format_name, samples.entry(format_name))
    assert lint_entry(format_name, fragment, "content/a.md") == ()


@pytest.mark.parametrize("format_name", ["rss", "atom", "json", "opml", "page"])
def test_a_valid_document_passes(format_name: str) -> None:
    document = samples.document(format_name, samples.text_of(format_name))
    assert lint_document(document) == ()


ENTRY_FAULTS = [
    ("not-well-formed", "rss", "</title>", ""),
    ("not-well-formed", "rss", "<link>", "<link>&nbsp;"),
    ("not-well-formed", "rss", "</item>", "</item><item></item>"),
    ("not-well-formed", "rss", "item", "entry"),
    ("not-well-formed", "atom", "Boats", "]]>"),
    ("not-well-formed", "json", "}", ""),
    ("not-well-formed", "json", '"en"', "NaN"),
    ("character-forbidden", "rss", "Boats", "Bo\x08ats"),
    ("character-forbidden", "atom", "Boats", "Bo&#11;ats"),
    ("character-forbidden", "rss", "Boats", "Bo\uffffats"),
    ("character-forbidden", "rss", "Boats", "Bo\ud800ats"),
    ("character-forbidden", "json", "Boats", "Bo\\u0001ats"),
    ("character-forbidden", "json", "Boats", "Bo\\ud800ats"),
    ("prefix-undeclared", "rss",
     "<dc:creator>Ann</dc:creator>", "<slash:comments>1</slash:comments>"),
    ("prefix-undeclared", "atom", "<summary", "<media:title>x</media:title><summary"),
    ("character-doubtful", "rss", "Short", "Sho\ufffdt"),
    ("character-doubtful", "json", "Short", "Sho\x92t"),
    ("element-missing", "rss", "<link>https://example.org/2024/05/boats/</link>", ""),
    ("element-missing", "atom", "<updated>2024-05-03T10:00:00Z</updated>", ""),
    ("element-missing", "json", '"content_html"', '"_content"'),
    ("element-missing", "json", '"url": "https://example.org/2024', '"_u": "https://example.org/2'),
    ("element-repeated", "rss", "</item>", "<title>Two</title></item>"),
    ("element-repeated", "atom", "</entry>", "<summary>Two</summary></entry>"),
    ("element-repeated", "rss", "</item>",
     '<enclosure url="https://e.org/b" length="1" type="a/b"/></item>'),
    ("element-repeated", "atom", "</name>", "</name><name>Ben</name>"),
    ("element-unknown", "rss", "<description>", "<body>x</body><description>"),
    ("element-unknown", "atom", "<summary", '<x xmlns="urn:x:y">1</x><summary'),
    ("element-unknown", "atom", "Short", "<b>Short</b>"),
    ("element-unknown", "json", '"summary"', '"excerpt"'),
    ("episode-ending", "rss",
     '<enclosure url="https://example.org/a.mp3"',
     '<itunes:season>1</itunes:season><enclosure url="https://example.org/a.mp3?x=1"'),
    ("media-host", "rss", "https://example.org/a.mp3", "https://my_media.example.org/a.mp3"),
    ("media-host", "rss", "https://example.org/a.mp3", "http://localhost/a.mp3"),
    ("media-host", "rss", "https://example.org/a.mp3", "https://[2001:db8::1]/a.mp3"),
    ("media-host", "rss", "https://example.org/a.mp3", "https://ann@example.org/a.mp3"),
    ("media-host", "rss", "</item>", '<itunes:image href="https://a_b.example.org/i.png"/></item>'),
    ("attribute-unknown", "rss", "<description>", '<description dir="rtl">'),
    ("attribute-unknown", "atom", '<content type="html">', '<content type="html" dir="rtl">'),
    ("member-type", "json", '"Boats & bells"', "1"),
    ("member-type", "json", '{"name": "Ann"}', '"Ann"'),
    ("text-blank", "rss", "Sea", " "),
    ("text-blank", "rss", "Ann", ""),
    ("text-blank", "atom", "Boats &amp; bells", ""),
    ("text-blank", "atom", 'term="Sea"', 'term=""'),
    ("text-blank", "atom", "Short", ""),
    ("text-blank", "json", '"Sea"', '""'),
    ("author-empty", "atom", "<name>Ann</name>", ""),
    ("author-empty", "atom", "Ann<", "<"),
    ("author-empty", "json", '{"name": "Ann"}', "{}"),
    ("media-group-single", "rss", "<media:content",
     '<media:group><media:content url="https://e.org/a"/></media:group><media:content'),
    ("description-late", "rss", "<description>Short</description>", ""),
    ("author-twice", "rss", "<dc:creator>", "<author>a@example.org (Ann)</author><dc:creator>"),
    ("id-not-absolute", "rss", '"false">https://example.org/2024/05/boats/', '"false">boats'),
    ("id-not-absolute", "atom", "<id>https:", "<id>tag:Example,24:"),
    ("id-not-absolute", "json", '"id": "https://example.org', '"id": "urn:x:'),
    ("id-not-absolute", "atom", "<id>https://example.org/2024/05/boats/", "<id>urn:uuid:12"),
    ("id-differs", "rss",
     '"false">https://example.org/2024/05/boats/', '"false">https://example.org/other/'),
    ("guid-permalink", "rss", 'isPermaLink="false">https', ">tag"),
    ("guid-permalink", "rss", 'isPermaLink="false"', 'isPermaLink="no"'),
    ("address-invalid", "rss", "<link>https://example.org/2024", "<link>/2024"),
    ("address-invalid", "rss", "<link>https://example.org/2024", "<link>https://example.org/é"),
    ("address-invalid", "atom", 'type="text/html" href="https:', 'type="text/html" href="'),
    ("address-invalid", "rss", 'url="https://example.org/a.mp3"', 'url="ftp://example.org/a.mp3"'),
    ("address-invalid", "json", '"url": "https://example.org/a.mp3"', '"url": "a.mp3"'),
    ("alternate-link", "atom", "<summary", '<link type="text/html" href="https://e.org/"/><summary'),
    ("alternate-link", "atom", 'rel="alternate"', 'rel="related"'),
    ("link-relation", "atom", "<summary", '<link rel="amphtml" href="https://e.org/"/><summary'),
    ("date-invalid", "rss", "Fri, 03 May 2024 10:00:00 +0000", "2024-05-03T10:00:00Z"),
    ("date-invalid", "rss", "Fri, 03 May 2024 10:00:00 +0000", "Fri, 03 May 2024 10:00:00"),
    ("date-invalid", "rss", "Fri, 03 May", "Mon, 03 May"),
    ("date-invalid", "rss", "Fri, 03 May", "31 Feb"),
    ("date-invalid", "atom", "<updated>2024-05-03T10:00:00Z", "<updated>2024-05-03T10:00:00"),
    ("date-invalid", "atom", "<updated>2024-05-03", "<updated>2024-02-30"),
    ("date-invalid", "json", '"date_published": "2024-05-03T10:00:00Z"', '"date_published": "May"'),
    ("date-order", "atom", "<published>2024", "<published>2025"),
    ("date-order", "json", '"date_modified": "2024', '"date_modified": "2023'),
    ("date-implausible", "rss", "Fri, 03 May 2024", "Wed, 03 May 1933"),
    ("language-invalid", "rss", 'xml:lang="en"', 'xml:lang="english language"'),
    ("language-invalid", "json", '"language": "en"', '"language": "e_n"'),
    ("media-type-invalid", "rss", 'type="audio/mpeg"', 'type="mp3"'),
    ("media-type-invalid", "atom", 'rel="enclosure" type="audio/mpeg"', 'rel="enclosure"'),
    ("media-type-invalid", "json", '"mime_type": "audio/mpeg"', '"title": "x"'),
    ("number-invalid", "rss", 'length="12"', ""),
    ("number-invalid", "rss", 'length="12"', 'length="-1"'),
    ("number-invalid", "rss", 'fileSize="5"', 'fileSize="0"'),
    ("number-invalid", "atom", 'length="12"', ""),
    ("number-invalid", "json", '"size_in_bytes": 12', '"size_in_bytes": 1.5'),
    ("person-invalid", "rss", "<dc:creator>Ann</dc:creator>", "<author>Ann</author>"),
    ("person-invalid", "rss", "<dc:creator>Ann</dc:creator>", "<author>a@example.org</author>"),
    ("person-invalid", "atom", "</name>", "</name><email>ann</email>"),
    ("value-unknown", "rss", 'medium="image"', 'medium="picture"'),
    ("value-unknown", "atom", '<content type="html">', '<content type="CDATA">'),
    ("value-unknown", "atom", '<title type="text">', '<title type="html">'),
    ("number-invalid", "rss", "</item>", "<itunes:duration>1:75</itunes:duration></item>"),
    ("number-invalid", "rss", "</item>", "<itunes:episode>0</itunes:episode></item>"),
    ("value-unknown", "rss", "</item>", "<itunes:episodeType>extra</itunes:episodeType></item>"),
    ("value-unknown", "rss", "</item>", "<itunes:explicit>clean</itunes:explicit></item>"),
    ("address-invalid", "rss", "</item>", '<itunes:image href="a.png"/></item>'),
    ("address-invalid", "rss", "</item>", '<podcast:transcript type="text/vtt"/></item>'),
    ("media-type-invalid", "rss", "</item>", '<podcast:chapters url="https://e.org/c"/></item>'),
    ("address-invalid", "rss", "</item>", '<podcast:person href="ann">Ann</podcast:person></item>'),
    ("address-invalid", "rss", "</item>", '<source url="x">y</source></item>'),
    ("address-invalid", "atom", '<category term="Sea"', '<category scheme="x" term="Sea"'),
    ("language-invalid", "atom", 'type="text/html"', 'type="text/html" hreflang="_"'),
    ("member-type", "json", '"authors": [', '"authors": [1, '),
    ("author-empty", "json", '{"name": "Ann"}', '{"name": " ", "url": "https://e.org/"}'),
    ("address-invalid", "json", '{"name": "Ann"}', '{"name": "Ann", "avatar": "a.png"}'),
    ("content-address-relative", "rss", 'href="https://example.org/x"', 'href="../x"'),
    ("content-address-relative", "atom", 'href="https://example.org/x"', 'href="#note"'),
    ("content-address-relative", "json", 'href=\\"https://example.org/x\\"', "href=//e.org/x"),
    ("content-address-relative", "atom", "&lt;p&gt;Long",
     "&lt;img srcset='https://e.org/a 1x, b 2x'&gt;"),
    ("content-unsafe", "rss", "&lt;p&gt;Long", "&lt;script&gt;Long"),
    ("content-unsafe", "atom", 'href="https://example.org/x"',
     'href="https://e.org/" onclick="x()"'),
    ("content-unsafe", "json", "https://example.org/x", "java&#115;cript:x()"),
    ("title-markup", "rss", "Boats &amp;", "&lt;b&gt;Boats&lt;/b&gt; &amp;"),
    ("title-markup", "atom", "Boats &amp;", "Boats &amp;amp;"),
    ("title-markup", "json", "Boats &", "Boats &eacute;"),
]  # fmt: skip

DOCUMENT_FAULTS = [
    ("not-well-formed", "rss", "</channel>", ""),
    ("not-well-formed", "page", "Feeds", b"\xff"),
    ("character-forbidden", "atom", "Harbour", "Harb\x0bour"),
    ("prefix-undeclared", "atom", "<updated>", "<sy:updatePeriod>daily</sy:updatePeriod><updated>"),
    ("doctype-declared", "rss", "<rss", '<!DOCTYPE rss [<!ENTITY a "b">]><rss'),
    ("doctype-declared", "opml", "<opml", "<!doctype opml><opml"),
    ("version-wrong", "rss", 'version="2.0"', 'version="0.92"'),
    ("version-wrong", "atom", "http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"),
    ("version-wrong", "json", "version/1.1", "version/1"),
    ("version-wrong", "opml", 'version="2.0"', 'version="3"'),
    ("element-missing", "rss", "<description>News</description>", ""),
    ("element-missing", "rss", "<url>https://example.org/l.png</url>", ""),
    ("element-missing", "atom", "<id>https://example.org/feeds/</id>", ""),
    ("element-missing", "json", '"home_page_url"', '"_home"'),
    ("element-missing", "opml", "outline", "line"),
    ("element-missing", "page", "<!doctype html>", ""),
    ("element-repeated", "rss", "<language>", "<language>en</language><language>"),
    ("element-unknown", "rss", "<language>", "<lang>en</lang><language>"),
    ("attribute-unknown", "rss", "<language>", '<language code="1">'),
    ("member-type", "json", '"title": "Harbour"', '"title": 1'),
    ("text-blank", "rss", "<description>News</description>", "<description> </description>"),
    ("text-blank", "opml", 'text="Harbour"', ""),
    ("text-blank", "page", "Feeds", " "),
    ("element-late", "rss", "</channel>", "<ttl>5</ttl></channel>"),
    ("element-late", "atom", "</feed>", "<rights>x</rights></feed>"),
    ("podcast-incomplete", "rss", "<language>", "<itunes:author>Ann</itunes:author><language>"),
    ("image-form", "rss", "l.png", "l.svg"),
    ("id-repeated", "rss", "</channel>", samples.RSS_ITEM + "</channel>"),
    ("id-repeated", "atom", "</feed>", samples.ATOM_ENTRY + "</feed>"),
    ("id-not-absolute", "atom", "<id>https://example.org/feeds/", "<id>feeds"),
    ("tombstone-lives", "atom", "https://example.org/gone", samples.ID),
    ("address-invalid", "opml", 'xmlUrl="https:', 'xmlUrl="'),
    ("address-invalid", "json", '"feed_url": "https:', '"feed_url": "'),
    ("self-link", "rss", 'rel="self"', 'rel="hub"'),
    ("self-link", "json", '"feed_url"', '"_url"'),
    ("alternate-link", "atom", '<link rel="alternate" href="https://example.org/"/>', ""),
    ("date-invalid", "rss", "<lastBuildDate>Fri", "<lastBuildDate>Today"),
    ("date-invalid", "atom", 'when="2024-05-03T10:00:00Z"', 'when="2024-05-03"'),
    ("language-invalid", "page", 'lang="en"', 'lang=""'),
    ("person-invalid", "rss", "<language>", "<managingEditor>Ann</managingEditor><language>"),
    ("person-invalid", "rss", "<language>",
     "<itunes:owner><itunes:email>desk</itunes:email></itunes:owner><language>"),
    ("address-invalid", "json", '"items"', '"hubs": [{"type": "WebSub", "url": "hub"}], "items"'),
    ("not-well-formed", "json", "{", "["),
    ("number-invalid", "rss", "<language>", "<ttl>0</ttl><language>"),
    ("content-unsafe", "page", "<body>", "<body><script>1</script>"),
    ("title-markup", "rss", "<title>Harbour", "<title>&lt;i&gt;Harbour&lt;/i&gt;"),
]  # fmt: skip


def _ids(fault: tuple[str, ...]) -> str:
    return f"{fault[0]}-{fault[1]}"


@pytest.mark.parametrize("fault", ENTRY_FAULTS, ids=_ids)
def test_a_broken_entry_is_named_by_its_rule(fault: tuple[str, str, str, str]) -> None:
    name, format_name, good, bad = fault
    data = broken(samples.entry(format_name), good, bad)
    found = lint_entry(format_name, samples.fragment(format_name, data), "content/a.md")
    assert name in [problem.name for problem in found]
    assert all(problem.path == "content/a.md" and problem.what for problem in found)


@pytest.mark.parametrize("fault", DOCUMENT_FAULTS, ids=_ids)
def test_a_broken_envelope_is_named_by_its_rule(fault: tuple[str, str, str, str | bytes]) -> None:
    name, format_name, good, bad = fault
    data = broken(samples.text_of(format_name), good, bad)
    found = lint_document(samples.document(format_name, data))
    assert name in [problem.name for problem in found]
    assert all(problem.path == f"feeds/{samples.NAMES[format_name]}" for problem in found)


def broken(text: str, good: str, bad: str | bytes) -> str | bytes:
    assert good in text
    if isinstance(bad, bytes):
        return text.encode().replace(good.encode(), bad, 1)
    return text.replace(good, bad) if good in {"item", "outline"} else text.replace(good, bad, 1)


def test_every_rule_is_broken_by_some_test() -> None:
    tried = {fault[0] for fault in (*ENTRY_FAULTS, *DOCUMENT_FAULTS)} | {
        "document-large",
        "text-missing",
    }
    assert tried == {rule.name for rule in RULES}


def test_an_entry_that_is_a_title_only_is_a_warning() -> None:
    item = json.dumps(samples.JSON_ITEM | {"content_html": " ", "summary": ""})
    problems = lint_entry("json", samples.fragment("json", item), "content/a.md")
    assert [(each.name, each.severity) for each in problems] == [("text-missing", Severity.WARNING)]


def test_a_large_document_is_a_warning() -> None:
    problems = lint_document(samples.document("rss", samples.RSS), large=100)
    assert [(each.name, each.severity) for each in problems] == [
        ("document-large", Severity.WARNING)
    ]


def test_a_style_sheet_has_no_rules() -> None:
    sheet = samples.document("page", "body {}")._replace(media_type="text/css", path="style.css")
    assert lint_document(sheet) == ()


def test_a_document_is_not_linted_for_what_is_inside_its_entries() -> None:
    text = samples.RSS.replace("Fri, 03 May 2024 10:00:00 +0000</pubDate>", "never</pubDate>")
    assert lint_document(samples.document("rss", text)) == ()


def test_what_cannot_be_parsed_is_one_problem() -> None:
    found = lint_entry("rss", samples.fragment("rss", "<item><title></item>"), "content/a.md")
    assert [problem.name for problem in found] == ["not-well-formed"]


def test_a_message_says_where_what_and_what_to_do() -> None:
    broken = samples.RSS_ITEM.replace('length="12"', 'length="many"')
    (problem,) = lint_entry("rss", samples.fragment("rss", broken), "content/a.md")
    expected = 'content/a.md: rss enclosure length: "many" is no integer; write a whole number'
    assert str(problem) == expected


def test_a_podcast_episode_passes() -> None:
    parts = (
        '<media:group><media:content url="https://e.org/a.mp3"/>'
        '<media:content url="https://e.org/a.ogg"/></media:group>'
        "<itunes:duration>1:02:03</itunes:duration><itunes:season>1</itunes:season>"
        '<itunes:explicit>false</itunes:explicit><itunes:image href="https://e.org/a.png"/>'
        '<podcast:transcript url="https://e.org/t" type="text/vtt"/>'
        '<podcast:chapters url="https://e.org/c" type="application/json+chapters"/>'
        '<podcast:person role="host" img="https://e.org/i">Ann</podcast:person>'
    )
    item = samples.RSS_ITEM.replace("</item>", f"{parts}</item>")
    assert lint_entry("rss", samples.fragment("rss", item), "content/a.md") == ()


def test_an_entity_is_never_expanded() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'
    text = samples.RSS.replace("<rss", f"{bomb}<rss").replace("<title>Harbour", "<title>&b;")
    assert [each.name for each in lint_document(samples.document("rss", text))] == [
        "doctype-declared"
    ]


def test_text_that_looks_like_attributes_is_no_address() -> None:
    html = '<p>Write href="x" or <code>&lt;a href="y"&gt;</code>.</p><!-- <a href="z"> -->'
    item = json.dumps(samples.JSON_ITEM | {"content_html": html})
    assert lint_entry("json", samples.fragment("json", item), "content/a.md") == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_page_explains_the_rule(rule: object) -> None:
    page = (ROOT / "docs" / "gate.md").read_text(encoding="utf-8")
    name, severity = rule.name, rule.severity  # type: ignore[attr-defined]  # a Rule
    section = page.partition(f"\n### `{name}`\n")[2].partition("\n### ")[0]
    assert f"*{severity.capitalize()}*" in section
    assert "Cure:" in section


def test_the_page_has_no_other_rules() -> None:
    page = (ROOT / "docs" / "gate.md").read_text(encoding="utf-8")
    sections = {line[5:-1] for line in page.splitlines() if line.startswith("### `")}
    assert sections == {rule.name for rule in RULES}


def test_the_page_knows_every_message_of_the_validator_about_rss_atom_and_opml() -> None:
    page = (ROOT / "docs" / "gate.md").read_text(encoding="utf-8")
    messages = (ROOT / "tests" / "publish" / "w3c-messages.txt").read_text().split()
    assert [each for each in messages if not re.search(rf"\b{each}\b", page)] == []
