"""The full way finds nothing in an entry that a certificate covers, however it was damaged."""

import itertools
import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.model import Enclosure, Entry, Episode, Fragment, Image, Person
from feedwright.publish import certificates, gate
from feedwright.publish.certificates import UNNOTICED, Certificates
from feedwright.publish.rules_facts import ENTRY, Facts, FeedLink
from feedwright.publish.rules_table import RULES
from feedwright.publish.shapes import shape_of
from feedwright.publish.words import is_good_html
from feedwright.render.formats import FORMATS
from tests.patience import little_work
from tests.publish import samples
from tests.publish.test_gate_rules import ENTRY_FAULTS, broken
from tests.render.samples import HOST, MORNING, make_arabic_entry, make_entry

ENTRIES = {
    "plain": make_entry(),
    "summary only": make_entry(content=""),
    "content only": make_entry(summary="", language=""),
    "arabic": make_arabic_entry(),
    "references": make_entry(title='AT&T "x" <y', summary="a < b & c", categories=("a & b", "c")),
    "many": make_entry(tags=("a", "b", "c", "d&e"), authors=(Person("A"),) * 4),
    "edited": make_entry(updated=MORNING, rights="© Ann", comments=f"{HOST}/a#c", tags=("t", "u")),
    "people": make_entry(
        authors=(Person("Ann", "ann@example.org", f"{HOST}/ann", f"{HOST}/ann.png"), Person("Bo")),
        image=Image(f"{HOST}/a.png", "image/png", 7, ""),
    ),
    "adopted": make_entry(guid=f"{HOST}/?p=1&x=2"),
    "adopted number": make_entry(guid="1234"),
    "media": make_entry(
        enclosures=(
            Enclosure(f"{HOST}/a.mp3", "audio/mpeg", 12, "Horn", 61),
            Enclosure(f"{HOST}/a.mp4", "video/mp4", 5),
        ),
    ),
    "episode": make_entry(
        enclosures=(Enclosure(f"{HOST}/a.mp3", "audio/mpeg", 12),),
        episode=Episode(duration=61, number=3, kind="full", explicit=False, image=f"{HOST}/a.png"),
    ),
    "rich": make_entry(
        content=f'<p class="x">a <b>b</b> &amp; <img src="{HOST}/?a&amp;b" alt="x"></p>\n'
        f'<pre>if a &lt; b &amp;&amp; c</pre><p><a href="{HOST}/" title="&lt;">c</a><br>\t</p>'
    ),
}


def certificates_of(format_name: str) -> Certificates:
    """Return certificates that notice the first entry."""
    made = Certificates(format_name, gate._ENTRIES[format_name], gate._ENTRY_RULES[format_name])
    made._unnoticed = 0
    return made


def knowing(format_name: str, fragment: Fragment) -> Certificates:
    """Return certificates that cover an entry."""
    made = certificates_of(format_name)
    assert not made.cover(fragment)
    assert made.cover(fragment)
    return made


def bases() -> Iterator[tuple[str, str, Fragment]]:
    for format_name, form in FORMATS.items():
        yield format_name, "sample", samples.fragment(format_name, samples.entry(format_name))
        for name, entry in ENTRIES.items():
            yield format_name, name, form.entry(entry, True)


BASES = [pytest.param(*base, id=f"{base[0]}-{base[1]}") for base in bases()]


def is_sound(made: Certificates, format_name: str, fragment: Fragment) -> bool:
    """Fail if an entry is covered that is at fault; return whether it is covered."""
    covered = made.cover(fragment) or made.cover(fragment)  # a new shape is certified at the second
    if covered:
        assert gate.lint_fully(format_name, fragment, "a.md") == (), fragment.data
    return covered


# ---------------------------------------------------------------- what we write


@pytest.mark.parametrize(("format_name", "name", "fragment"), BASES)
def test_an_entry_is_covered_once_its_shape_is_known(
    format_name: str, name: str, fragment: Fragment
) -> None:
    assert gate.lint_fully(format_name, fragment, "a.md") == ()
    knowing(format_name, fragment)


@pytest.mark.parametrize("format_name", FORMATS)
def test_an_entry_is_covered_by_what_another_of_its_shape_taught(format_name: str) -> None:
    write = FORMATS[format_name].entry
    made = knowing(format_name, write(make_entry(1), True))
    others = [make_entry(n, title=f"T&T {n}", content=f"<p>{n}</p>" * n) for n in range(2, 9)]
    assert all(made.cover(write(other, True)) for other in others)
    assert made._kept == 1


words = st.sampled_from(
    ["", " ", "Sea", "a  b ", 'a "b" c', "a\\b", "Größe", "שלום", "🎉", "AT&T", "a < b", "]]>",
     "<b>x</b>", "&amp;", "&eacute;", "\x08", "\x92", "\ufffd", "\r", "a\tb", "\xa0", "\ue100"]
) | st.text(max_size=6)  # fmt: skip
addresses = st.sampled_from(
    ["", f"{HOST}/a", f"{HOST}/a?b=1&c=2", f'{HOST}/"', "/a", "https://a_b.example/x.mp3",
     "tag:x.example,2020:\ue101", f"{HOST}/é", "urn:x", "https://"]
)  # fmt: skip
contents = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "x", " ", "\n", "&amp;", "&lt;", "&nbsp;", "<", ">", '"', "<br/>", "<br>",
         f'<a href="{HOST}/?a&amp;b">', '<a href="b">', '<a href="HTTPS://e.org">', "<a x='y'>",
         "<script>", "<SCRIPT>", '<p onclick="x">', '<img srcset="a 1x">', '<a href="#">', "é",
         '<a href="https://e.org/<">', "<!--", "\x08", "\ufffd", "<objects>", '<p data="x">']
    ),
    max_size=6,
).map("".join)  # fmt: skip
people = st.builds(Person, words, st.sampled_from(["", "a@b.example", "no mail"]), addresses)
dates = st.integers(-20_000, 20_000).map(lambda days: MORNING + timedelta(days=days))
entries = st.builds(
    make_entry,
    id=addresses,
    guid=addresses,
    permalink=addresses,
    title=words,
    published=dates,
    updated=dates,
    authors=st.lists(people, max_size=2).map(tuple),
    categories=st.lists(words, max_size=2).map(tuple),
    summary=words,
    content=contents,
    language=st.sampled_from(["", "en", "zh-Hant", "a&b", "e_n"]),
    direction=st.sampled_from(["ltr", "rtl"]),
    image=st.none() | st.builds(Image, addresses, st.sampled_from(["", "image/png"]), st.just(7)),
    enclosures=st.lists(
        st.builds(Enclosure, addresses, st.sampled_from(["", "audio/mpeg", "x"]), st.just(7)),
        max_size=2,
    ).map(tuple),
    episode=st.none() | st.builds(Episode, duration=st.just(61), image=addresses, title=words),
    rights=words,
    comments=addresses,
)
SHARED = {name: certificates_of(name) for name in FORMATS}


@settings(deadline=None, max_examples=400)
@given(entries, st.booleans())
def test_what_is_covered_has_no_fault(entry: Entry, full: bool) -> None:
    for name, form in FORMATS.items():
        try:
            fragment = form.entry(entry, full)
        except ValueError:  # feedgen refuses some text
            continue
        is_sound(SHARED[name], name, fragment)


@settings(deadline=None, max_examples=400)
@given(contents)
def test_html_that_is_plainly_good_has_no_fault(html: str) -> None:
    item = json.dumps(samples.JSON_ITEM | {"content_html": html, "summary": ""})
    if is_good_html(html):
        assert gate.lint_fully("json", samples.fragment("json", item), "a.md") == ()


# ---------------------------------------------------------------- what is damaged

_NASTY = r"""
    < > & " ' \ ]]> <!-- --> <![CDATA[x]]> <b>x</b> <x/> &nbsp; &#13; &#0; &quot; &#x3C; &apos;
    &lt; &gt; &amp; &amp;amp; &lt;b&gt;x&lt;/b&gt; &lt;script&gt;x <script>x &lt;p> <p> <object>
    &lt;object&gt; x a/b /x //e.org/ https://e.org/< https://e.org/é https://a_b.example/x.mp3
    https://e.org/other/ https://e.org/x.exe http://localhost/a.mp3 ftp://e.org/a.mp3 urn:x tag:x
    -1 0 00 007 -0 1 1.5 1e3 99999999999999999999 1:75 1:05 true null "x" 1980-01-01T00:00:00Z
    2024-02-30T00:00:00Z 2024-01-02T10:00:00 2001-01-02T10:00:00Z 2039-05-03T10:00:00Z audio
    audio/mpeg en e_n ann a@example.org picture image yes clean
    \u0001 \ud800 \b \x \u00e9 \n \" \u0092 \ufffd
"""
NASTY = [
    *_NASTY.split(),
    'x","y', '" x="y', '" rel="self', "x y", "x &lt; y", '&lt;a href="x"&gt;', r'<a href=\"x\">',
    '&lt;a href="java&amp;#115;cript:x"&gt;', '&lt;p onclick="x"&gt;', "&lt;img srcset='b 2x'&gt;",
    '&lt;a href="https://e.org"&gt;', r'<a href=\"https://e.org\">',
    "Mon, 03 May 2024 10:00:00 +0000", "Fri, 03 May 2024 10:00:00 +0000",
    "Fri, 03 May 2024 10:00:00", "Wed, 03 May 1933 10:00:00 +0000",
    "", " ", "\n", "\t", "\r", "\xa0", " x", "x ", "x\u2003", "\x00", "\x08", "\x0b", "\x1f",
    "\x7f", "\x85", "\x92", "\ufeff", "\ufffd", "\ufffe", "\uffff", "\u2028", "\ue100", "é", "x\ny",
]  # fmt: skip


@pytest.mark.parametrize(("format_name", "name", "fragment"), BASES)
def test_no_word_hides_a_fault(format_name: str, name: str, fragment: Fragment) -> None:
    """Each word is replaced by, and gets at its end, each of many that may be wrong there."""
    made = knowing(format_name, fragment)
    text = fragment.data.decode()
    words = re.finditer(r'(?<=>)[^<>]*(?=</)|(?<==")[^"]*(?=")', text)
    if format_name == "json":
        words = re.finditer(r'(?<=")(?:[^"\\]|\\.)*(?="[],}\n])|(?<=: )[0-9]+', text)
    places = [word.span() for word in words]
    covered = 0
    for start, end in places:
        for nasty in NASTY:
            for kept in ("", text[start:end]):
                changed = f"{text[:start]}{kept}{nasty}{text[end:]}".encode()
                covered += is_sound(made, format_name, fragment._replace(data=changed))
    assert covered > 10 * len(places)  # there are good ones among them


@pytest.mark.parametrize(("format_name", "name", "fragment"), BASES)
def test_no_part_hides_a_fault(format_name: str, name: str, fragment: Fragment) -> None:
    """Each line or member is left out, doubled and put elsewhere."""
    made = knowing(format_name, fragment)
    separator = b",\n" if format_name == "json" and name != "sample" else b"\n"
    parts = fragment.data.split(separator)
    for place, part in enumerate(parts):
        others = parts[:place] + parts[place + 1 :]
        for other in range(len(parts)):
            moved = [*others[:other], part, *others[other:]]
            is_sound(made, format_name, fragment._replace(data=separator.join(moved)))
        for changed in (others, [*parts[:place], part, *parts[place:]]):
            is_sound(made, format_name, fragment._replace(data=separator.join(changed)))


BYTES = [
    b"<", b">", b"&", b'"', b"'", b"\\", b"\n", b" ", b"\x00", b"\x08", b"\x0c", b"\r", b"\xff",
    b"\xc0\xaf", b"\xed\xa0\x80", b"\xef\xbf\xbf", b"\xef\xbf\xbd", b"\xc2\x92", b"\xef\xbb\xbf",
    b"]]>", b"<!-- x -->", b"<?x y?>", b"<x/>", b"&#11;", b"x", b"/", b"=", b"{", b"}", b"[", b",",
    b":", b"1",
]  # fmt: skip


@pytest.mark.parametrize(("format_name", "name", "fragment"), BASES)
def test_no_byte_hides_a_fault(format_name: str, name: str, fragment: Fragment) -> None:
    made = knowing(format_name, fragment)
    chance = random.Random(1)
    data = fragment.data
    for _ in range(500):
        start = chance.randrange(len(data) + 1)
        end = start + chance.choice((0, 0, 1, 1, 2, 5, 30))
        changed = data[:start] + chance.choice((b"", *BYTES)) + data[end:]
        is_sound(made, format_name, fragment._replace(data=changed))


@pytest.mark.parametrize(("format_name", "name", "fragment"), BASES)
def test_an_id_is_the_ledgers(format_name: str, name: str, fragment: Fragment) -> None:
    made = knowing(format_name, fragment)
    for other in (
        "",
        " ",
        "x",
        f"{HOST}/x",
        fragment.id,
        f" {fragment.id}",
        f"{fragment.id}\u2003",
    ):
        is_sound(made, format_name, fragment._replace(id=other))
        is_sound(made, format_name, fragment._replace(guid=other))
        is_sound(made, format_name, fragment._replace(id=other, guid=""))
    assert not made.cover(fragment._replace(id=f"{HOST}/x", guid=""))
    assert not made.cover(fragment._replace(prefixes=fragment.prefixes | {"nobody"}))


# ---------------------------------------------------------------- each rule


@pytest.mark.parametrize("fault", ENTRY_FAULTS, ids=lambda fault: f"{fault[0]}-{fault[1]}")
def test_each_rule_still_finds_its_fault(
    fault: tuple[str, str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rule, format_name, good, bad = fault
    made = knowing(format_name, samples.fragment(format_name, samples.entry(format_name)))
    monkeypatch.setitem(gate._CERTIFICATES, format_name, made)  # type: ignore[arg-type]
    fragment = samples.fragment(format_name, broken(samples.entry(format_name), good, bad))
    for _ in range(3):
        found = gate.lint_entry(format_name, fragment, "a.md")
        assert rule in {each.name for each in found}
        assert found == gate.lint_fully(format_name, fragment, "a.md")


def test_each_rule_for_entries_is_tried() -> None:
    tried = {fault[0] for fault in ENTRY_FAULTS} | {"text-missing"}
    assert {rule.name for rule in RULES if rule.scope == ENTRY} <= tried


# ---------------------------------------------------------------- what is remembered


GOOD, BAD = f"{HOST}/ann", "/rel"
LEARNED = [each for size in (1, 2, 3, 4) for each in itertools.product(("", GOOD), repeat=size)]
"""Addresses of some authors."""
TRIED = [
    (*known[:place], BAD, *known[place + 1 :])
    for known in LEARNED
    for place, address in enumerate(known)
    if address
]


def of_authors(addresses: tuple[str, ...], labels: int) -> Entry:
    people = [Person(f"P{number}", "", address) for number, address in enumerate(addresses)]
    return make_entry(authors=tuple(people), tags=tuple(f"t{number}" for number in range(labels)))


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("seed", range(25))
def test_shapes_that_cross_are_told_apart(format_name: str, seed: int) -> None:
    chance = random.Random(seed)
    known = certificates_of(format_name)
    write = FORMATS[format_name].entry
    for addresses in chance.choices(LEARNED, k=2 + seed % 8):
        entry = write(of_authors(addresses, chance.choice((0, 2, 3))), True)
        known.cover(entry)
        known.cover(entry)
    for addresses in (*TRIED, *LEARNED):
        for labels in (0, 2, 3):
            fragment = write(of_authors(addresses, labels), True)
            if known.cover(fragment):
                assert gate.lint_fully(format_name, fragment, "a.md") == (), fragment.data


def test_the_first_entries_are_not_looked_at() -> None:
    made = Certificates("rss", gate._ENTRIES["rss"], gate._ENTRY_RULES["rss"])
    fragment = FORMATS["rss"].entry(make_entry(), True)
    assert [made.cover(fragment) for _ in range(UNNOTICED + 2)] == [False] * (UNNOTICED + 1) + [
        True
    ]


def test_shapes_that_are_remembered_are_few_and_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificates, "_MOST", 3)
    monkeypatch.setattr(certificates, "_MOST_MET", 5)
    made = certificates_of("rss")
    write = FORMATS["rss"].entry
    for _ in range(3):
        for number in range(8):
            made.cover(write(make_entry(language=f"en-{number}"), True))
    assert made._kept == 3
    assert len(made._met) == 5
    assert shape_of("rss", frozenset(), "<item>" + "<a>x</a><b>y</b><c>z</c>" * 100) is None
    assert shape_of("rss", frozenset(), "<item><!--" + "x" * 5000) is None


@pytest.mark.parametrize("format_name", FORMATS)
def test_many_of_the_same_are_one_shape(format_name: str) -> None:
    write = FORMATS[format_name].entry
    made = knowing(format_name, write(make_entry(tags=("a", "b", "c")), True))
    for tags in (("a", "b", "c", "d"), tuple(f"t{n}" for n in range(300))):
        fragment = write(make_entry(tags=tags), True)
        assert made.cover(fragment)
        for nasty in (" ", "", "\x08", "<", "]]>"):
            changed = fragment.data.replace(tags[-1].encode(), nasty.encode())
            is_sound(made, format_name, fragment._replace(data=changed))
            changed = fragment.data.replace(b"d", nasty.encode())
            is_sound(made, format_name, fragment._replace(data=changed))
    assert made._kept == 1


def test_what_opens_more_than_it_closes_is_no_run() -> None:
    made = certificates_of("rss")
    for count in (2, 3, 4, 5, 3, 4, 5):
        inner = "<x:a><x:b>1</x:b>" * count + "</x:a>" * 3
        item = samples.RSS_ITEM.replace("</item>", f"{inner}</item>").replace("x:", "media:")
        is_sound(made, "rss", samples.fragment("rss", item))


@pytest.mark.parametrize(
    ("around", "nasty"),
    [
        ("<!-- <x>{}</x> -->", "--"),
        ("<?x <x>{}</x> ?>", "?>"),
        ("<dc:rights><![CDATA[<x>{}</x>]]></dc:rights>", "]]"),
        ("<dc:rights a='<x href=\"{}\"'>x</dc:rights>", "'"),
        ("<dc:rights dc:a=' href=\"{}\"'>x</dc:rights>", "'"),
    ],
)
def test_what_looks_like_a_word_is_none(around: str, nasty: str) -> None:
    made = certificates_of("rss")
    for word in ("word", "other", "more", nasty, f"{nasty}<"):
        item = samples.RSS_ITEM.replace("</item>", f"{around.format(word)}</item>")
        assert not is_sound(made, "rss", samples.fragment("rss", item))


def test_words_of_a_run_are_asked_what_the_others_are() -> None:
    parts = [f'<media:content url="{HOST}/{n}.png"/>' for n in range(8)]
    item = samples.RSS_ITEM.replace("</item>", f"{''.join(parts)}</item>")
    made = knowing("rss", samples.fragment("rss", item))
    for number in range(8):
        assert not made.cover(samples.fragment("rss", item.replace(f"{HOST}/{number}.p", "/x.p")))


def test_a_shape_at_fault_is_certified_never_and_tried_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = certificates_of("rss")
    tried = []
    certify = certificates.certify
    monkeypatch.setattr(certificates, "certify", lambda *given: tried.append(1) or certify(*given))
    item = samples.RSS_ITEM.replace("<description>", "<body>x</body><description>")
    for _ in range(5):
        assert not made.cover(samples.fragment("rss", item))
    assert len(tried) == 1


@pytest.mark.parametrize(
    "spread",
    [
        lambda facts: facts.late.append(facts.titles[0].text),
        lambda facts: facts.links.append(FeedLink("via", "", facts.titles[0].text, "")),
        lambda facts: facts.titles.append(facts.bodies[0]),
        lambda facts: facts.fault("author-empty", "", ""),
        lambda facts: setattr(facts, "published", "2024-05-03T10:00:00Z"),
    ],
)
def test_a_word_that_nobody_knows_how_to_judge_is_certified_never(
    spread: Callable[[Facts], None],
) -> None:
    def read(fragment: Fragment) -> Facts:
        facts = gate._ENTRIES["rss"](fragment)
        spread(facts)
        return facts

    fragment = samples.fragment("rss", samples.RSS_ITEM)
    shape = shape_of("rss", fragment.prefixes, fragment.data.decode())
    assert shape is not None
    assert certificates.certify(shape, gate._ENTRIES["rss"], gate._ENTRY_RULES["rss"])
    assert certificates.certify(shape, read, gate._ENTRY_RULES["rss"]) is None


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize(
    "unit",
    ["<a>", "</", "<", ">", '"', '\\"', ' href="', "<a ", "&lt;a ", '&lt;a b="', "1", "[", "&"],
)
def test_entries_are_covered_or_not_in_linear_time(format_name: str, unit: str) -> None:
    fragment = FORMATS[format_name].entry(make_entry(), True)
    made = knowing(format_name, fragment)
    start, end = fragment.data.split(b"A longer", 1)
    with little_work():
        for data in (start + unit.encode() * 200_000 + end, unit.encode() * 200_000):
            made.cover(fragment._replace(data=data))
            made.cover(fragment._replace(data=data))
