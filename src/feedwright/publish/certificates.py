"""Shapes of entries of which is known that nothing can be wrong with them but their words.

Nearly all entries of a site have one of a few shapes. Each shape goes the full way once, with signs
for words: in which lists of its `Facts` a sign is found tells what is to be asked of the words in
its place, and that no rule found anything else tells that only the words are left to ask. Further
entries of the shape need no parser of XML, and no rule about structure.

A certificate never says what is wrong. Where a word is not plainly good the entry goes the full
way: messages come from one place, and what only looks strange is judged there.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from feedwright.model import Fragment
from feedwright.publish import rules_values as values
from feedwright.publish.paths import Paths, Words
from feedwright.publish.rules_facts import Choice, Facts, Number, Value
from feedwright.publish.rules_table import Rule
from feedwright.publish.shapes import Shape, marker, shape_of
from feedwright.publish.words import are_clean, is_good_html, is_good_in_xml, read_xml

Read = Callable[[Fragment], Facts]
Fault = Callable[[str], str]

UNNOTICED = 16
"""Entries of a format that pass before shapes are looked for: in a run that renders an edited
article or two they would cost more than they save."""
_MOST = 256
"""Certificates of a format that are kept; a shape has a few thousand characters at the most."""
_MOST_MET = 10_000


def _date_822(text: str) -> str:
    return values.rfc822_fault(text) or values.age_fault(text)


@lru_cache(maxsize=8)  # an entry has the same dates in two formats
def _date_3339(text: str) -> str:
    return values.rfc3339_fault(text) or values.age_fault(text)


def _media(text: str) -> str:
    return values.web_address_fault(text) or values.host_fault(text)


def _episode(text: str) -> str:
    return _media(text) or values.ending_fault(text)


_ASKED: Mapping[str, Fault | None] = {
    "ids": None,  # what is asked of ids depends on the ledger
    "filled": None,  # no word may be blank
    "titles": values.title_fault,
    "addresses": values.address_fault,
    "web_addresses": _media,
    "dates_822": _date_822,
    "dates_3339": _date_3339,
    "languages": values.language_fault,
    "media_types": values.media_type_fault,
    "persons": values.person_fault,
    "emails": values.email_fault,
    "numbers": None,  # these two say themselves what they may be
    "choices": None,
}
"""What is asked of words that are found in a list of `Facts`, besides what is asked of all."""


class Certificate(NamedTuple):
    """What is left to ask of the words of an entry whose shape is good."""

    shape: Shape
    words: tuple[int, ...]
    """Places of all words but HTML; the places below are among these."""
    html: tuple[int, ...]
    """Places of HTML, among all words."""
    ids: tuple[int, ...]
    asked: tuple[tuple[int, Fault], ...]
    order: tuple[int, ...]
    """The publication and the update, in RFC 3339; empty when there are not both."""

    def covers(self, fragment: Fragment, found: Words) -> bool:
        """Tell whether all the words of an entry are plainly good."""
        if len(found.words) != len(self.shape.pieces) - 1:
            return False
        is_xml = self.shape.format != "json"
        words = [found.words[place] for place in self.words]
        words += [word for _, word in found.more]
        count = len(words)
        whole = "".join(words)
        if is_xml and ("&" in whole or ">" in whole or "<" in whole):
            words = [word for word in map(read_xml, words) if word is not None]
            whole = "".join(words)
        # Readers take white space off a word, and miss a blank one.
        if len(words) < count or not all(words) or list(map(str.strip, words)) != words:
            return False
        if not are_clean(whole) or not self._is_named(fragment, words):
            return False
        for place, fault in self.asked:
            if fault(words[place]):
                return False
        if found.more and not self._covers_more(found, words[len(self.words) :]):
            return False
        if self.order and values.order_fault(*[words[place] for place in self.order]):
            return False
        is_good = is_good_in_xml if is_xml else is_good_html
        return all(map(is_good, map(found.words.__getitem__, self.html)))

    def _covers_more(self, found: Words, words: Sequence[str]) -> bool:
        """Ask of further words of a run what is asked of the last in the shape."""
        for (place, _), word in zip(found.more, words, strict=True):
            if place in self.html:
                return False
            at = self.words.index(place)
            if at in self.ids or at in self.order:
                return False
            if any(fault(word) for asked, fault in self.asked if asked == at):
                return False
        return True

    def _is_named(self, fragment: Fragment, words: Sequence[str]) -> bool:
        """Tell whether the id is the ledger's, and good; one that was adopted may be anything."""
        identity = fragment.guid.strip() or fragment.id
        for place in self.ids:
            if words[place] != identity:
                return False
        return bool(fragment.guid) or not values.id_fault(identity)


def certify(shape: Shape, read: Read, rules: Sequence[Rule]) -> Certificate | None:
    """Return what is left to ask of entries of a shape; None when they always go the full way.

    `read` and `rules` are those of the full way.
    """
    # What is good with two and with three of a run is so with more: it closes what it opens.
    if shape.runs and certify(shape.longer(), read, rules) is None:
        return None
    signed = shape.signed()
    if signed is None:
        return None
    facts = read(Fragment("", signed.encode("utf-8", "surrogatepass"), shape.prefixes))
    places = shape.signs()
    html = _looked_into(facts, places)
    landed = _landed(facts, places)
    dates = [places.get(date, -1) for date in (facts.published, facts.updated) if date]
    if (
        facts.faults
        or facts.ids  # nobody would hold them against the ledger's
        or -1 in dates
        or not html.isdisjoint(place for place, _, _ in landed)
        or _mentions_a_sign(facts, places)
        or any(finding for rule in rules for finding in rule.check(facts))
    ):
        return None
    words = tuple(place for place in places.values() if place not in html)
    at = {place: number for number, place in enumerate(words)}
    is_episode = any(name.startswith("itunes:") for name in facts.names)
    asked = dict.fromkeys(
        (at[place], fault)
        for place, name, each in landed
        if (fault := _asked(name, each, is_episode=is_episode)) is not None
    )
    return Certificate(
        shape,
        words,
        html=tuple(sorted(html)),
        ids=tuple(at[place] for place, name, _ in landed if name == "ids"),
        asked=tuple(asked),
        order=tuple(at[place] for place in dates) if len(dates) == 2 else (),
    )


def _looked_into(facts: Facts, places: Mapping[str, int]) -> set[int]:
    """Return the places of signs that were read as HTML, and take their addresses out."""
    marked = {marker(place): place for place in places.values()}
    found = {marked[address] for _, _, address in facts.references if address in marked}
    facts.references = [each for each in facts.references if each[2] not in marked]
    return found


def _landed(
    facts: Facts, places: Mapping[str, int]
) -> list[tuple[int, str, Value | Number | Choice]]:
    """Tell in which lists signs were found and as what, and take them out of there."""
    landed: list[tuple[int, str, Value | Number | Choice]] = []
    for name in _ASKED:
        found: list[Value | Number | Choice] = getattr(facts, name)
        landed += [(places[each.text], name, each) for each in found if each.text in places]
        setattr(facts, name, [each for each in found if each.text not in places])
    facts.links = [link._replace(href="") for link in facts.links]  # no rule asks for it
    return landed


def _mentions_a_sign(facts: Facts, places: Mapping[str, int]) -> bool:
    """Tell whether a sign is left where nobody knows what is asked of it."""
    known = {"bodies", "text", "published", "updated"}
    left = "".join(map(str, (found for name, found in vars(facts).items() if name not in known)))
    return any(ascii(sign)[1:7] in left for sign in places)


def _asked(name: str, found: Value | Number | Choice, *, is_episode: bool) -> Fault | None:
    """Return what is asked of the words that are found in a list in this way."""
    if isinstance(found, Number):
        return partial(values.number_fault, least=found.least)
    if isinstance(found, Choice):
        return partial(values.choice_fault, allowed=found.allowed)
    if name == "addresses" and found.field.startswith("itunes:image"):
        return _media
    return _episode if name == "web_addresses" and is_episode else _ASKED[name]


class Certificates:
    """The shapes of one format that were met since the program began."""

    def __init__(self, format_name: str, read: Read, rules: Sequence[Rule]) -> None:
        """Take what the full way reads entries with, and its rules."""
        self._format = format_name
        self._read = read
        self._rules = rules
        self._unnoticed = UNNOTICED
        self._kept = 0
        self._paths: dict[frozenset[str], Paths[Certificate]] = {}
        """By the prefixes that an entry asks for."""
        self._met: dict[int, bool] = {}
        """Hashes of shapes; whether they were not yet tried."""

    def cover(self, fragment: Fragment) -> bool:
        """Tell whether an entry is good beyond doubt; if not, nothing is said about it."""
        if self._unnoticed:
            self._unnoticed -= 1
            return False
        try:
            text = fragment.data.decode()
        except UnicodeDecodeError:
            return False
        paths = self._paths.get(fragment.prefixes)
        followed = paths and paths.follow(text)
        if followed:
            certificate, words = followed
            return certificate.covers(fragment, words)
        shape = shape_of(self._format, fragment.prefixes, text)
        if shape is None or not self._is_certified(shape):
            return False
        return self.cover(fragment)

    def _is_certified(self, shape: Shape) -> bool:
        """Certify a shape when it is met again: many are met once."""
        number = hash(shape)
        if number not in self._met:
            if len(self._met) < _MOST_MET:
                self._met[number] = True
            return False
        if not self._met[number] or self._kept >= _MOST:
            return False
        self._met[number] = False
        made = certify(shape, self._read, self._rules)
        if made is None:
            return False
        self._kept += 1
        self._paths.setdefault(shape.prefixes, Paths(self._format)).add(shape, made)
        return True
