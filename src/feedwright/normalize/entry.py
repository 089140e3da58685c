"""An article and its body as readers get them: every address absolute, every gap filled."""

import html
import re
from collections.abc import Callable, Iterator
from typing import Protocol

from feedwright.model import (
    Article,
    Candidate,
    Enclosure,
    EnclosureRef,
    Entry,
    Image,
    Person,
    Problem,
    RawField,
)
from feedwright.normalize.body import Body
from feedwright.normalize.episode import episode_of
from feedwright.normalize.fields import extra_of
from feedwright.normalize.links import Resolver, without_prefix
from feedwright.normalize.problems import Notes
from feedwright.normalize.references import usable
from feedwright.normalize.rules import Rules
from feedwright.text import languages, markup, mediatypes, urls
from feedwright.text.links import candidates
from feedwright.text.patterns import lazy

_SOURCES = lazy(r"<(?:img|source|video)\s[^<>]*>", re.IGNORECASE)
_ADDRESS = lazy(r"\s(?:src|poster|srcset)=\"([^\"]*)\"", re.IGNORECASE)
_REAL_MAIL = lazy(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]+")
"""What RSS takes for an email; any other stays unpublished."""
_LOCAL = lazy(r"(?![A-Za-z][A-Za-z0-9+.-]*:|//)[^?#]")


class Measured(Protocol):
    """What is known of a local file."""

    @property
    def length(self) -> int:
        """Bytes."""

    @property
    def media_type(self) -> str:
        """By its name."""


Measure = Callable[[str, str], "Measured | None"]
"""Path of the source file, reference as written -> the local file; None when there is none."""


def entry_of(
    article: Article, body: Body, rules: Rules, measure: Measure
) -> tuple[Entry, tuple[Problem, ...]]:
    """Make an entry of an article and its rendered body."""
    candidate = article.candidate
    notes = Notes(candidate.path)
    resolve = Resolver(candidate, article.permalink, rules.site.url, lambda path: None)
    place = _Place(candidate, rules, resolve, measure, notes)
    enclosures = tuple(_enclosures(candidate, place))
    language = candidate.language or rules.site.language
    image = _image(candidate, place)
    fields = extra_of(candidate, rules)
    entry = Entry(
        id=article.id,
        permalink=article.permalink,
        title=candidate.title,
        published=article.published,
        updated=article.updated,
        authors=_authors(candidate, rules),
        categories=candidate.categories,
        tags=candidate.tags,
        summary=body.summary,
        content=_with_image(body.html, image),
        language=language,
        direction=languages.direction(language),
        image=image,
        enclosures=enclosures,
        rights=candidate.rights or rules.site.rights,
        episode=episode_of(fields, resolve, notes, media=any(map(_is_media, enclosures))),
        comments=_comments(fields.all("comments"), resolve),
        guid=article.guid,
    )
    return entry, (*body.problems, *notes.problems)


class _Place:
    """Where the references of one article lead, on the web and on disk."""

    def __init__(
        self,
        candidate: Candidate,
        rules: Rules,
        resolve: Resolver,
        measure: Measure,
        notes: Notes,
    ) -> None:
        self._path = candidate.path
        self._origins = {origin.field: origin for origin in candidate.origins}
        self._site_url = rules.site.url.rstrip("/") + "/"
        self.resolve = resolve
        self._measure = measure
        self.notes = notes

    def local(self, reference: str, name: str, field: str) -> Measured | None:
        """Measure a local file; one that is missing is a warning. None for what is elsewhere."""
        reference = without_prefix(reference)
        if reference.startswith(self._site_url):  # our own, perhaps made elsewhere: no warning
            return self._measure(self._path, "/" + reference.removeprefix(self._site_url))
        if not _LOCAL.match(reference):
            return None
        measured = self._measure(self._path, reference)
        if measured is None:
            origin = self._origins.get(field)
            self.notes.warn(
                name,
                RawField(origin.key, None, origin.line, origin.origin) if origin else field,
                f'the file "{reference}" does not exist; its length is not known',
                "mend the path (a leading / is below content.static), or write an address",
            )
        return measured


def _authors(candidate: Candidate, rules: Rules) -> tuple[Person, ...]:
    """Give the article's people, else the site's; emails only where the site publishes them."""
    people = candidate.authors
    site = rules.site
    if not people:
        desk = site.author
        people = (Person(desk.name, desk.email, desk.url) if desk else Person(site.title),)
    return tuple(
        Person(
            markup.clean_text(person.name),
            person.email if site.publish_emails and _REAL_MAIL.fullmatch(person.email) else "",
            _on_site(person.url, rules),
            _on_site(person.avatar, rules),
        )
        for person in people
    )


def _on_site(address: str, rules: Rules) -> str:
    """Resolve what an authors file says against the site, not against one article."""
    return urls.absolute(rules.site.url, address) if usable(address) else ""


def _image(candidate: Candidate, place: _Place) -> Image | None:
    if not candidate.image:
        return None
    measured = place.local(candidate.image, "image-missing", "image")
    kind = measured.media_type if measured else mediatypes.media_type(candidate.image)
    return Image(
        place.resolve(candidate.image),
        kind if mediatypes.is_image(kind) else "",
        measured.length if measured else 0,
        candidate.image_alt,
    )


def _with_image(content: str, image: Image | None) -> str:
    """Put the image first when the body does not hold it (READERS: few readers show it else)."""
    if image is None or image.url in _images_of(content):
        return content
    source, alt = html.escape(image.url), html.escape(image.alt)
    return f'<p><img src="{source}" alt="{alt}"></p>\n{content}'.rstrip()


def _images_of(content: str) -> frozenset[str]:
    """Give the addresses of the images and posters that stand in a clean body."""
    found: set[str] = set()
    for tag in _SOURCES.findall(content):
        for value in _ADDRESS.findall(tag):
            address = html.unescape(value)
            found.add(address)
            found.update(url for url, _ in candidates(address))
    return frozenset(found)


def _enclosures(candidate: Candidate, place: _Place) -> Iterator[Enclosure]:
    seen: set[str] = set()
    for reference in candidate.enclosures:
        url = place.resolve(reference.url)
        if url in seen:
            continue
        seen.add(url)
        yield _enclosure(reference, url, place)


def _enclosure(reference: EnclosureRef, url: str, place: _Place) -> Enclosure:
    """Take length and type from a local file, else as declared; what can't be known is 0."""
    measured = place.local(reference.url, "enclosure-missing", "enclosures")
    kind = reference.media_type or (measured.media_type if measured else "")
    length = measured.length if measured else reference.length or 0
    return Enclosure(
        url,
        kind or mediatypes.media_type(reference.url),
        length,
        reference.title,
        reference.duration,
    )


def _is_media(enclosure: Enclosure) -> bool:
    kind = enclosure.media_type
    return mediatypes.is_audio(kind) or mediatypes.is_video(kind)


def _comments(declared: list[RawField], resolve: Callable[[str], str]) -> str:
    """Give the address of the comments; `comments: true` is none."""
    for field in declared:
        address = usable(field.value)
        if address and ("/" in address or address.startswith("#")) and " " not in address:
            return resolve(address)
    return ""
