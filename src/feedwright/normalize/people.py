"""Authors: strings, handles, mappings and lists of them become people."""

import html
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from feedwright.model import Person, RawField, RawValue
from feedwright.normalize import aliases
from feedwright.normalize.fields import NOBODY, Fields, People
from feedwright.normalize.problems import Notes
from feedwright.normalize.values import (
    items_of,
    linked_name,
    member,
    member_text,
    shown,
    squash,
    text_of,
)
from feedwright.text import markup
from feedwright.text.patterns import lazy

_MAIL = lazy(r"[^\s@<>()\[\],;:\"/]{1,64}@[^\s@<>()\[\],;:\"/]{1,255}")
_ADDRESS = lazy(r"(?:https?:)?//\S+", re.IGNORECASE)
_BY = lazy(r"(?:by|written by)\s+(?=\S)", re.IGNORECASE)
_AND = lazy(r",\s*(?:and|&)\s+|\s+(?:and|&|und|et|y|og|och|en)\s+|\s*,\s*", re.IGNORECASE)
_LIST = lazy(r"\s*;\s*")
_MARKDOWN_LINK = lazy(r"\[([^\[\]]+)\]\(([^()\s]+)\)")
_HTML_LINK = lazy(r"<a\s[^<>]*href\s*=\s*[\"']?([^\s\"'<>]+)[^<>]*>", re.IGNORECASE)
_HANDLE = lazy(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")

_SEPARATOR = lazy(r"[\s,]+")

_NAME_KEYS = ("name", "displayname", "fullname", "label", "author")
_HANDLE_KEYS = ("key", "id", "username", "login", "handle", "slug")
_MAIL_KEYS = ("email", "mail", "emailaddress")
_URL_KEYS = ("url", "link", "website", "homepage", "home", "uri", "site", "web", "href")
_AVATAR_KEYS = ("avatar", "avatarurl", "imageurl", "image", "picture", "photo", "profileimage")


def authors(fields: Fields, notes: Notes) -> tuple[Person, ...]:
    """Give the people whom the article names; empty when it names none."""
    for declared in fields.all("authors"):
        rules = fields.rules
        if isinstance(declared.value, str) and not fields.people:  # nothing to be warned of
            is_list = _is_list(declared, fields)
            found = _of_plain(declared.value, is_list, rules.content.split_authors)
        else:
            found = _unique(_people(declared, declared.value, fields, notes))
        if found:
            notes.took("authors", declared)
            return _with_companions(found, declared, fields)
        if not _is_address(declared.value):  # `article:author` may be one: no name, no mistake
            notes.warn(
                "author-unreadable",
                declared,
                f"{shown(declared.value)} has no name",
                "write a name, `Name <email>`, a key of the authors file, or a list of those",
            )
    return ()


@lru_cache(maxsize=1024)  # few people write many articles
def person_of_text(text: str) -> Person | None:
    """Read `Name`, `email`, `Name <email>`, `email (Name)`, `Name <address>`, `[Name](address)`.

    Someone known by an email only has its local part for a name. None when there is no name.
    """
    link = _MARKDOWN_LINK.fullmatch(text)
    if link:
        return _person(link[1], link[2])
    anchor = _HTML_LINK.match(text)
    if anchor:
        return _person(markup.title_text(text), html.unescape(anchor[1]))
    if "](" in text:  # `Name ([@handle](address))`
        return _person(text)
    for opened, closed in (("<", ">"), ("(", ")")):
        if text.endswith(closed) and opened in text:
            before, _, within = text[:-1].rpartition(opened)
            before, within = before.strip(" \"'"), within.strip()
            if _is_contact(within):
                return _person(before, within) if before else _person(within)
            if _is_contact(before):
                return _person(within, before)
    return _person(text)


@lru_cache(maxsize=1024)
def _of_plain(value: str, is_list: bool, split: bool) -> tuple[Person, ...]:  # noqa: FBT001
    """Give the people of a text where there is no authors file."""
    parts = _split(text_of(value) or "", NOBODY, is_list=is_list, split=split)
    return _unique(filter(None, map(_of_words, parts)))


def _people(declared: RawField, value: RawValue, fields: Fields, notes: Notes) -> Iterator[Person]:
    for item in items_of(value):
        if isinstance(item, dict):
            yield from _of_mapping(item, fields.people)
        else:
            for text in _split(
                text_of(item) or "",
                fields.people,
                is_list=_is_list(declared, fields),
                split=fields.rules.content.split_authors,
            ):
                person = _of_text(text, declared, fields, notes)
                if person is not None:
                    yield person


def _of_text(text: str, declared: RawField, fields: Fields, notes: Notes) -> Person | None:
    known = _known(text, fields.people)
    if known is not None:
        return known
    person = _of_words(text)
    if person is not None and fields.people and _HANDLE.fullmatch(text):
        notes.warn(
            "author-unknown",
            declared,
            f"{shown(text)} is not in the authors file",
            f"add it to {fields.rules.content.authors}, or write the name",
        )
    return person


def _of_words(text: str) -> Person | None:
    return person_of_text(_BY.sub("", text, count=1) if _BY.match(text) else text)


def _of_mapping(mapping: dict[str, RawValue], people: People, depth: int = 0) -> Iterator[Person]:
    """Read an author object; keys beside a handle win over the authors file (Docusaurus)."""
    name = member(mapping, *_NAME_KEYS)
    if isinstance(name, list):  # JSON-LD: one object for many names
        persons = (_person(text_of(item) or "") for item in items_of(name))
        yield from (person for person in persons if person is not None)
        return
    base = _known(member_text(mapping, *_HANDLE_KEYS), people)
    text = text_of(name) or _full_name(mapping)
    if base is None and text:
        base = _known(text, people) or person_of_text(_clean(text))
    elif base is not None and text:
        base = base._replace(name=_clean(text))
    mail = member_text(mapping, *_MAIL_KEYS)
    if base is None:
        base = person_of_text(_clean(mail)) or _person(member_text(mapping, *_HANDLE_KEYS))
    if base is None:
        if depth == 0:
            yield from _of_handles(mapping, people)
        return
    yield Person(
        base.name,
        _mail(mail) or base.email,
        _clean(member_text(mapping, *_URL_KEYS)) or base.url,
        _avatar(member(mapping, *_AVATAR_KEYS)) or base.avatar,
    )


def _of_handles(mapping: dict[str, RawValue], people: People) -> Iterator[Person]:
    """Read `{maren: {…}, tomas: {…}}`: handles with what is to be said of each."""
    for key, value in mapping.items():
        if isinstance(value, dict):
            yield from _of_mapping({"key": key, **value}, people, 1)


def _is_list(declared: RawField, fields: Fields) -> bool:
    """Tell whether a text is a list by its name: Pelican's `authors`, but not its `author`."""
    return fields.dialect in aliases.SEMICOLON_DIALECTS and squash(declared.key) == "authors"


def _split(text: str, people: People, *, is_list: bool, split: bool) -> list[str]:
    """Take a string of authors apart: at `;`, else when asked, or when all are known handles."""
    text = linked_name(_clean(text))
    if ";" in text:
        return [part for part in _LIST.split(text) if part]
    if is_list:
        return [part.strip() for part in text.split(",") if part.strip()]
    if split:
        return [part for part in _AND.split(text) if part]
    handles = [part for part in _SEPARATOR.split(text) if part]
    if len(handles) > 1 and all(_known(handle, people) for handle in handles):
        return handles
    return [text] if text else []


def _known(handle: str, people: People) -> Person | None:
    return people.get(handle.casefold().removeprefix("@")) if handle and people else None


def _person(name: str, contact: str = "") -> Person | None:
    """Make a person of a name and an email or address; the local part stands for a missing name."""
    name = _clean(markup.title_text(name))
    mail = _mail(contact) or _mail(name)
    if _mail(name) or not name:
        name = mail.partition("@")[0]
    url = contact if _ADDRESS.fullmatch(contact) or contact.startswith("/") else ""
    if not name or _ADDRESS.fullmatch(name):
        return None
    return Person(name, mail, url)


def _mail(text: str) -> str:
    if "@" not in text:
        return ""
    text = text.strip()
    if text[:7].casefold() == "mailto:":
        text = text[7:].partition("?")[0]
    return text if _MAIL.fullmatch(text) else ""


def _is_contact(text: str) -> bool:
    return bool(_mail(text) or _ADDRESS.fullmatch(text))


def _is_address(value: RawValue) -> bool:
    return all(
        isinstance(item, str) and _ADDRESS.fullmatch(item.strip()) for item in items_of(value)
    )


def _avatar(value: RawValue) -> str:
    if isinstance(value, dict):
        return member_text(value, "url", "src", "path")
    return text_of(next(items_of(value), None)) or ""


def _full_name(mapping: dict[str, RawValue]) -> str:
    given = member_text(mapping, "givenname", "firstname", "first")
    family = member_text(mapping, "familyname", "lastname", "surname", "last")
    return f"{given} {family}".strip()


@lru_cache(maxsize=1024)
def _clean(text: str) -> str:
    """Put a text on one line, entities decoded."""
    return markup.one_line(html.unescape(text) if "&" in text else text).strip()


def _with_companions(
    people: tuple[Person, ...], declared: RawField, fields: Fields
) -> tuple[Person, ...]:
    """Add `author_url` and the like to a single author who is a string."""
    if len(people) > 1 or not isinstance(declared.value, str):
        return people
    beside = {
        "email": _mail(_first_text(fields, "author email")),
        "url": _first_text(fields, "author url"),
        "avatar": _first_text(fields, "author avatar"),
    }
    given = {key: value for key, value in beside.items() if value}
    return (people[0]._replace(**given),) if given else people


def _first_text(fields: Fields, canonical: str) -> str:
    declared = fields.first(canonical)
    return (text_of(declared.value) or "") if declared else ""


def _unique(people: Iterable[Person]) -> tuple[Person, ...]:
    return tuple({(person.name.casefold(), person.email): person for person in people}.values())
