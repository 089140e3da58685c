"""Raw article -> candidate: one line for each canonical field."""

from feedwright.model import Candidate, Normalized, RawArticle, RawField, Severity
from feedwright.normalize.addresses import declared_id, declared_permalink
from feedwright.normalize.enclosures import enclosures
from feedwright.normalize.fields import Fields
from feedwright.normalize.hashing import own_hash
from feedwright.normalize.images import image
from feedwright.normalize.labels import categories, tags
from feedwright.normalize.moments import moments
from feedwright.normalize.people import authors
from feedwright.normalize.problems import Notes
from feedwright.normalize.rules import Rules
from feedwright.normalize.states import draft
from feedwright.normalize.titles import Slug, slug, title
from feedwright.normalize.words import language, minor, rights, summary


def normalize(raw: RawArticle, rules: Rules) -> Normalized:
    """Make a candidate of a raw article; every unusable value is a problem with its place.

    An error (of the source reader too) leaves no candidate: the article is held, or never was.
    """
    fields = Fields(raw, rules)
    notes = Notes(raw.path)
    permalink = declared_permalink(fields, notes)
    when = moments(fields, permalink, notes)
    name = slug(fields, notes)
    named = title(fields, name.text, notes)
    picture, alt = image(fields, notes)
    sounds, sound_fields = enclosures(fields, notes)
    teaser = summary(fields, notes)
    candidate = Candidate(
        path=raw.path,
        below=raw.below,
        part=raw.part,
        dialect=raw.dialect,
        title=named.text,
        title_is_own=named.is_own,
        declared_id=declared_id(fields, notes),
        slug=_slug(name, named.text, rules, raw.dialect),
        slug_is_declared=name.declared,
        declared_permalink=str(permalink.value) if permalink else "",
        published=when.published,
        written_day=when.written_day,
        file_day=when.file_day,
        updated=when.updated,
        minor=minor(fields, notes),
        authors=authors(fields, notes),
        categories=categories(fields, notes),
        tags=tags(fields, notes),
        summary=teaser.text,
        language=language(fields, notes),
        image=picture,
        image_alt=alt,
        enclosures=sounds,
        rights=rights(fields, notes),
        expires=when.expires,
        draft=draft(fields, notes, dated=when.published is not None),
        hash=own_hash(
            named.written, teaser.field, raw.body, _as_written(fields, notes), sound_fields
        ),
        extra=fields.extra(),
        origins=tuple(notes.origins),
    )
    problems = (*raw.problems, *notes.problems)
    failed = notes.failed or any(problem.severity is Severity.ERROR for problem in raw.problems)
    return Normalized(None if failed else candidate, problems, frozenset(fields.people.asked))


def _slug(name: Slug, title: str, rules: Rules, dialect: str) -> str:
    """Make the slug as the site's generator does, which by default leaves names as they are."""
    style = rules.style(dialect)
    if name.declared:
        return style.slugs(name.text) or name.text
    if rules.content.slug_from == "title":
        return style.words(title) or name.text
    return style.names(name.text) or style.words(title) or "untitled"


def _as_written(fields: Fields, notes: Notes) -> RawField | None:
    """Give the field that the authors came from; none when the article names nobody."""
    for _, origin, key, line in (each for each in notes.origins if each.field == "authors"):
        for field in fields.all("authors"):
            if field.key == key and field.line == line and field.origin == origin:
                return field
    return None
