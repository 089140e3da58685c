"""Raw articles, rules and candidates in as few words as a test needs."""

from datetime import UTC, datetime

from feedwright.config.schema import Config, Content, Default, Site
from feedwright.model import (
    Article,
    Candidate,
    Normalized,
    Person,
    RawArticle,
    RawField,
    State,
)
from feedwright.normalize.article import normalize
from feedwright.normalize.rules import Rules, rules_of

NOON = datetime(2024, 5, 6, 12, tzinfo=UTC)
PEOPLE = {
    "maren": Person("Maren Oakshott", "maren@example.org", "/people/maren/"),
    "tomas": Person("Tomas Reyle"),
}


def rules(people=None, site=None, **content) -> Rules:
    if "defaults" in content:
        content["defaults"] = tuple(Default(*pair) for pair in content["defaults"])
    made = Site(title="Harbour Light", url="https://example.org/")
    if site:
        made = Site(**{"title": "Harbour Light", "url": "https://example.org/", **site})
    return rules_of(Config(site=made, content=Content(**content)), people or {})


RULES = rules()


def raw(fields=None, body="", *, below="news/a-day.md", place=(), origin="front matter", **more):
    """An article with fields from line 2 on, then `place`: fields of file name and folder."""
    found = [
        RawField(key, value, number, origin)
        for number, (key, value) in enumerate((fields or {}).items(), 2)
    ]
    found += [RawField(*each) for each in place]
    values = {
        "path": "content/" + below,
        "below": below,
        "part": "",
        "dialect": "markdown",
        "fields": tuple(found),
        "body": body,
        "markup": "markdown",
        "body_line": len(found) + 3,
    }
    return RawArticle(**{**values, **more})


def normalized(fields=None, body="", *, by=RULES, **more) -> Normalized:
    return normalize(raw(fields, body, **more), by)


def candidate(fields=None, body="", *, by=RULES, **more) -> Candidate:
    made = normalized(fields, body, by=by, **more)
    assert made.candidate is not None, made.problems
    return made.candidate


def names(made: Normalized) -> list[str]:
    return [problem.name for problem in made.problems]


def article(of: Candidate, permalink="https://example.org/2024/05/a-day/") -> Article:
    published = of.published or NOON
    return Article(
        of, "tag:example.org,2024:a", permalink, published, published, published, State.LIVE
    )
