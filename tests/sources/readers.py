"""Shows what a reader makes of a file, for tests of single dialects."""

from feedwright.config.schema import Content
from feedwright.model import RawArticle, RawValue, SourceFile
from feedwright.sources.reading import Loaded, ReadContext, Reading, interpret
from feedwright.sources.scan import Scan


def reading_of(name: str, text: str | bytes, content: Content | None = None) -> Reading:
    """Read a text as the file `content/NAME`."""
    data = text.encode() if isinstance(text, str) else text
    path = f"content/{name}"
    file = SourceFile(path, name, "/" + path, len(data), 0, 0, 0)
    context = ReadContext.of("", content or Content(), Scan((), {}, (), ()))
    return interpret(Loaded(file, data, ()), context)


def only(reading: Reading) -> RawArticle:
    """Return the one article of a file that has no fault."""
    assert reading.problems == ()
    (article,) = reading.articles
    return article


def values(article: RawArticle) -> dict[str, RawValue]:
    """Return the first value of each key, in lower case."""
    found: dict[str, RawValue] = {}
    for field in article.fields:
        found.setdefault(field.key.casefold(), field.value)
    return found


def problems(reading: Reading) -> list[str]:
    """Return problems with their names, without the path."""
    return [f"{each.name} {str(each).partition(':')[2]}" for each in reading.problems]
