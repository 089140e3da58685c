"""The short forms of records: an author as one text, a hub as its address. Pure."""

from feedwright.config.addresses import ENDPOINT
from feedwright.config.schema import Author, Hub
from feedwright.config.values import EMAIL, Kind, ValueMistakeError
from feedwright.text.patterns import lazy

_NAME_AND_EMAIL = lazy(r"([^<>]*)<([^<>]*)>")


def _author(value: str) -> Author:
    match = _NAME_AND_EMAIL.fullmatch(value)
    if match is None:
        if "@" in value:
            cure = "write a name too: Name <name@example.org>"
            raise ValueMistakeError("is only an email address", cure)
        return Author(name=" ".join(value.split()))
    name = " ".join(match[1].split()).strip('"')
    if not name:
        raise ValueMistakeError("has no name", "write Name <name@example.org>")
    return Author(name=name, email=str(EMAIL.read(match[2].strip())))


AUTHOR = Kind(_author, {"type": "string", "minLength": 1})
"""`Jane Doe` or `Jane Doe <jane@example.org>`."""


def _hub(value: str) -> Hub:
    return Hub(url=str(ENDPOINT.read(value)))


HUB = Kind(_hub, {"type": "string"})
