"""Whatever stands in an article, documents are well-formed and readers get the text back."""

import json
import re

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from feedwright.model import Enclosure, Episode, Image, Person
from feedwright.render.formats import FORMATS
from feedwright.render.wire import content_html, legal, real_email
from tests.render.samples import make_entry, make_feed, whole_document

XML_CHARACTER = re.compile("[\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")
any_text = st.text(st.characters(), min_size=1, max_size=60)
nasty = st.sampled_from(
    ["]]>", "<![CDATA[", "&amp;", "<!--", "\x00", "\x1f", "\ufffe", "\r\n", "\ud800"]
)
texts = st.lists(any_text | nasty, min_size=1, max_size=4).map("".join)
entries = st.builds(
    lambda title, text, label, language: make_entry(
        title=title,
        summary=text,
        content=text,
        authors=(Person(label, text),),
        categories=(label,),
        rights=text,
        language=language,
        direction="rtl",
        image=Image("https://example.org/" + text, label, 1),
        enclosures=(Enclosure("https://example.org/" + text, label, 1, text),) * 2,
        comments="https://example.org/#" + text,
        episode=Episode(title=text, subtitle=label, persons=((text, label, text, text),)),
    ),
    texts,
    texts,
    texts,
    st.sampled_from(["ar", "en-GB", ""]),
)


@settings(deadline=None, max_examples=60)
@given(entries, texts)
def test_any_text_gives_well_formed_documents(entry: object, title: str) -> None:
    feed = make_feed(title="t" + title, description=title, rights=title)
    for name, form in FORMATS.items():
        data = whole_document(form, feed, [form.entry(entry, full) for full in (True, False)])
        if name == "json":
            read = json.loads(data)
            assert read["items"][0]["title"] == (legal(entry.title) or entry.permalink)
        else:
            root = etree.fromstring(data)
            assert root.findtext(".//{*}title") == legal(feed.title)
            assert XML_CHARACTER.fullmatch(data.decode())


@settings(deadline=None, max_examples=200)
@given(texts)
def test_legal_text_is_what_xml_allows_and_stays_as_it_is(text: str) -> None:
    assert XML_CHARACTER.fullmatch(legal(text))
    assert legal(legal(text)) == legal(text)


def test_newline_and_tab_stay_and_other_controls_go() -> None:
    assert legal("a\tb\ncd\x00\x7f\ufffe\ud800") == "a\tb\ncd"
    assert legal("one\r\ntwo\rthree") == "one\ntwo\nthree"
    assert legal("astral \U0001f6a2, joined \u200d, marks \u202b") == (
        "astral \U0001f6a2, joined \u200d, marks \u202b"
    )


def test_text_of_windows_1252_read_as_latin_1_is_mended() -> None:
    assert legal("it\x92s \x93so\x94 \x85") == "it’s “so” …"
    assert legal("a\x81b") == "ab"


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_a_large_body_comes_back_whole(name: str) -> None:
    body = "".join(f"<p>{number} &amp; ]]&gt; <b>x</b> é ☂</p>\n" for number in range(9000))
    assert len(body) > 300_000
    form = FORMATS[name]
    data = whole_document(form, make_feed(), [form.entry(make_entry(content=body), True)])
    root = etree.fromstring(data, etree.XMLParser(huge_tree=False))
    assert body in {element.text for element in root.iter()}


@pytest.mark.parametrize("name", ["rss", "atom"])
@pytest.mark.parametrize("content", ["]]>", "<p>]]></p>", "<![CDATA[x]]>", "a]]", ">"])
def test_what_ends_cdata_comes_back(name: str, content: str) -> None:
    form = FORMATS[name]
    data = whole_document(
        form, make_feed(), [form.entry(make_entry(content=content, title=content), True)]
    )
    assert content in {element.text for element in etree.fromstring(data).iter()}
    assert not feedparser.parse(data).bozo


def test_only_real_emails_are_emails() -> None:
    assert real_email("ann.o'hara+x@sub.example.org")
    for text in ("", "ann", "ann@", "ann@localhost", "A <a@example.org>", "a b@example.org"):
        assert not real_email(text)


def test_left_to_right_content_is_left_alone() -> None:
    assert content_html(make_entry()) == "<p>A longer text.</p>"
    assert content_html(make_entry(content="", direction="rtl")) == ""
    hostile = make_entry(content="x", direction="rtl", language='a"b')
    assert content_html(hostile) == '<div dir="rtl" lang="a&quot;b">x</div>'
