"""What can be wrong with an article's metadata: the names, and a notebook to write them in.

Every name stands in docs/problems.md and may stand in `content.accept`.
"""

from collections.abc import Mapping
from functools import lru_cache

from feedwright.model import Origin, Problem, RawField, Severity

MEANINGS: Mapping[str, str] = {
    "author-unknown": "a handle that the authors file does not have; it is shown as it stands",
    "author-unreadable": "an author without a name or an email; the next declared one is taken",
    "comment-unclosed": "a private comment of a note without an end; the rest is left out",
    "date-ambiguous": "a date that can be read in two ways; it was read in the way named",
    "date-unreadable": "a date that cannot be read; the next source is taken (a warning), or"
    " there is none, or it is the expiry (an error: the article is held)",
    "date-volatile": "a date that the host or git would give, and that would move; it is not used",
    "draft-unreadable": "a draft, status or visibility value that cannot be read; held",
    "enclosure-missing": "a local enclosure that does not exist; its length is 0",
    "enclosure-unreadable": "an enclosure without a usable address or length",
    "episode-unreadable": "a podcast value that cannot be read; it is left out",
    "id-unreadable": "a declared id that is a list or mapping; it is ignored",
    "image-missing": "a local image that does not exist; its length is 0",
    "image-unreadable": "an image without a usable address; the next declared one is taken",
    "label-unreadable": "a category or tag that is no text; it is left out",
    "language-unreadable": "a language that is no BCP 47 tag; the next source is taken",
    "link-unresolved": "a link to a source file that is no published article",
    "minor-unreadable": "a `minor` that is neither true nor false; it is taken for false",
    "placeholder-unknown": "braces in a declared permalink that are no placeholder",
    "permalink-unreadable": "a declared permalink that cannot be used; the pattern is taken",
    "protected": "an article with a password; it is a draft here",
    "rights-unreadable": "rights that are no text; the site's are shown",
    "slug-unreadable": "a slug that is no text; the file name is taken",
    "summary-unreadable": "a summary that is no text; the next declared one is taken",
    "template-removed": "a tag or an expression that only the generator could fill in; left out",
    "title-missing": "no title and no heading; the file name is shown",
    "title-unreadable": "a title that is a list or mapping; the article is held",
}


_origin = lru_cache(maxsize=4096)(Origin)
"""Articles look alike: most of these values are the same for many of them."""


class Notes:
    """What comes to light while one article is normalized: problems, and origins for `show`."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.origins: list[Origin] = []
        self.failed = False

    def error(self, name: str, field: RawField | str, what: str, cure: str) -> None:
        """Note why the article is kept out."""
        self.failed = True
        self._add(Severity.ERROR, name, field, what, cure)

    def warn(self, name: str, field: RawField | str, what: str, cure: str) -> None:
        """Note what a person should look at; the article is published."""
        self._add(Severity.WARNING, name, field, what, cure)

    def took(self, canonical: str, field: RawField) -> None:
        """Note where a canonical field came from."""
        self.origins.append(_origin(canonical, field.origin, field.key, field.line))

    def _add(
        self, severity: Severity, name: str, field: RawField | str, what: str, cure: str
    ) -> None:
        key, line = (field, 0) if isinstance(field, str) else (field.key, field.line)
        problem = Problem(severity, name, self.path, line, key, what, cure)
        if problem not in self.problems:
            self.problems.append(problem)
