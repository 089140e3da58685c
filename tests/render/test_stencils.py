"""What is filled into a stencil is what the format writes by itself, byte for byte."""

import pickle
import sys
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedwright.config.schema import Podcast
from feedwright.model import Archive, Enclosure, Episode, Image, Person, Tombstone
from feedwright.render import atom, jsonfeed, rss, stencils
from feedwright.render.formats import FORMATS
from tests.render.samples import HOST, MORNING, make_entry, make_feed, make_full_entry

ROOMS = {"rss": rss, "atom": atom, "json": jsonfeed}

words = st.sampled_from(
    ["", "Sea", "two words", 'a "b" c', "it's", "a\\b", "Größe", "שלום", "🎉", "AT&T", "a < b > c"]
) | st.sampled_from(
    ["&lt;", "a &amp; b", "<i>x</i>", "R&D", "&copyé", "x&amp", "&#1", "&a_", "&", 'Q&A "&"']
)
words |= st.text(alphabet=st.sampled_from('&<>#;l t1_é"') | st.characters(), max_size=6)
addresses = st.sampled_from(
    ["", f"{HOST}/a", f"{HOST}/a?b=1&c=2", f'{HOST}/"', "tag:x,2020:\ue101"]
)
people = st.builds(Person, words, st.sampled_from(["", "a@b.example", "no mail"]), addresses)
images = st.none() | st.builds(
    Image, addresses, st.sampled_from(["", "image/png"]), st.sampled_from([0, 7]), words
)
entries = st.builds(
    make_entry,
    id=addresses.filter(bool),
    permalink=addresses.filter(bool),
    title=words,
    updated=st.sampled_from([MORNING - timedelta(days=1), MORNING]),
    authors=st.lists(people, max_size=2).map(tuple),
    categories=st.lists(words, max_size=2).map(tuple),
    tags=st.lists(words, max_size=2).map(tuple),
    summary=words,
    content=words.map(lambda text: f"<p>{text}</p>") | words,
    language=st.sampled_from(["", "en", "zh-Hant", "\ue101", "a&b"]),
    direction=st.sampled_from(["ltr", "rtl"]),
    image=images,
    rights=words,
    comments=addresses,
    guid=addresses,
)


def written(room, entry, full):
    """Return what a format writes; of text that feedgen refuses, the refusal."""
    try:
        return room.entry(entry, full)
    except ValueError as error:
        return str(error)


@given(entries, st.sampled_from(sorted(ROOMS)), st.booleans())
@example(
    entry=make_entry(title="9998-01-02T03:04:05Z", rights="\ue100\ue104"), name="atom", full=True
)
@example(entry=make_entry(tags=tuple(f"t{number}" for number in range(250))), name="rss", full=True)
@example(entry=make_full_entry(), name="rss", full=True)
def test_filled_entries_are_what_the_format_writes(entry, name, full):
    assert written(FORMATS[name], entry, full) == written(ROOMS[name], entry, full)


@pytest.mark.parametrize(
    "changes",
    [
        {"enclosures": (Enclosure(f"{HOST}/a.mp3", "audio/mpeg", 1),)},
        {"episode": Episode(duration=61)},
        {"title": "Fish &amp; chips"},
        {"summary": "In <i>brief</i>"},
    ],
)
def test_what_has_no_stencil_is_written_by_the_format(changes):
    entry = make_entry(**changes)
    for name, room in ROOMS.items():
        assert FORMATS[name].entry(entry, True) == room.entry(entry, True)


def test_entries_of_one_shape_have_their_own_words():
    one, other = (FORMATS["rss"].entry(make_entry(number), True) for number in (1, 2))
    assert b"Entry 1" in one.data
    assert one.data.replace(b"ntry 1", b"ntry 2").replace(b"entry-1", b"entry-2") != one.data
    assert b"ntry 1" not in other.data


feeds = st.builds(
    make_feed,
    id=addresses.filter(bool),
    title=words,
    description=words,
    language=st.sampled_from(["", "en", "pt-BR"]),
    home=addresses.filter(bool),
    base=addresses.filter(bool),
    updated=st.sampled_from([MORNING, MORNING + timedelta(days=1, milliseconds=5)]),
    author=people.filter(lambda person: bool(person.name)),
    rights=words,
    icon=st.sampled_from(["", f"{HOST}/icon.png"]),
    logo=st.sampled_from(["", f"{HOST}/logo.svg"]),
    hubs=st.lists(st.just(f"{HOST}/hub"), max_size=2).map(tuple),
    style=addresses,
    tombstones=st.lists(st.builds(Tombstone, addresses, st.just(MORNING)), max_size=2).map(tuple),
    podcast=st.none() | st.just(Podcast(image=f"{HOST}/podcast.png")),
    archive=st.none() | st.builds(Archive, st.just(2), st.just(4), st.sampled_from([None, 3])),
)
needed = st.frozensets(st.sampled_from(["media", "dc", "content"]))


def framed(room, feed, prefixes):
    """Return what a format writes around entries; of what feedgen refuses, the refusal."""
    try:
        return room.frame(feed, prefixes)
    except ValueError as error:
        return str(error)


@given(feeds, needed, st.sampled_from(sorted(ROOMS)))
@example(make_feed(rights="\ue100 9998-01-02T03:04:05Z", title="\ue104"), frozenset(), "atom")
@example(make_feed(author=Person("\ue104")), frozenset(), "atom")
def test_filled_envelopes_are_what_the_format_writes(feed, prefixes, name):
    assert framed(FORMATS[name], feed, prefixes) == framed(ROOMS[name], feed, prefixes)


def test_what_was_kept_is_filled_in_without_feedgen(monkeypatch):
    name, feed, entry = "atom", make_feed(title="T"), make_entry(1)
    FORMATS[name].frame(feed, ())
    FORMATS[name].entry(entry, True)
    FORMATS["rss"].frame(feed, ("dc",))
    kept = pickle.loads(pickle.dumps(stencils.MEMORY.kept()))
    assert not stencils.MEMORY.grew
    later = MORNING + timedelta(days=1)
    other, another = make_feed(title="Other"), make_entry(2, updated=later)
    whole = atom.frame(other, ()), atom.entry(another, True)
    edited = rss.frame(other, ("atom", "dc"))
    monkeypatch.setattr(stencils.MEMORY, "_known", {})
    stencils.MEMORY.recall(kept)
    monkeypatch.setitem(sys.modules, "feedwright.render.feedgen_door", None)
    assert (FORMATS[name].frame(other, ()), FORMATS[name].entry(another, True)) == whole
    assert FORMATS["rss"].frame(other, ("dc", "atom")) == edited
    assert not stencils.MEMORY.grew


def test_words_with_an_ampersand_are_filled_in_without_feedgen(monkeypatch):
    for room in ROOMS:
        FORMATS[room].entry(make_entry(1, categories=("Sea",)), True)
    entry = make_entry(2, title="Fish & chips < 3", categories=("Food & drink",), summary="R&D")
    whole = {name: room.entry(entry, True) for name, room in ROOMS.items()}
    monkeypatch.setitem(sys.modules, "feedwright.render.feedgen_door", None)
    assert {name: FORMATS[name].entry(entry, True) for name in ROOMS} == whole


def test_a_memory_forgets_the_oldest_shapes():
    memory = stencils.Memory(2)
    for number in range(3):
        memory.add(memory.of((number,)), ("rss", True), stencils.cut(b"x"))
    assert list(memory.kept()) == [(1,), (2,)]
