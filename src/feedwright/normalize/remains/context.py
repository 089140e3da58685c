"""What is known of an article while its template remains are reduced, and what is noted of them."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from feedwright.text.shielding import unshield

_LONGEST_SHOWN = 60


def words(text: str) -> frozenset[str]:
    """Give the words of a text: for tables that are easier to read as lines."""
    return frozenset(text.split())


def _nothing(_reference: str) -> str:
    return ""


def _none(_reference: str) -> bool:
    return False


def _unheard(_reference: str) -> None:
    pass


class Context(NamedTuple):
    """The article and its site, as templates ask for them."""

    markup: str = "markdown"
    """`markdown`, `mdx`, `html` or `wordpress`."""
    below: str = ""
    """Path below the content folder."""
    liquid: bool = True
    """Whether `{% %}` can be markup: front matter may switch it off."""
    is_template: bool = False
    """Whether its place says that the generator reads the article as a template: Jekyll, Hexo."""
    raw_first: bool = False
    """Whether the generator takes `{% raw %}` off before it reads Markdown, in code too: Jekyll."""
    variables: Mapping[str, str] = {}
    """Values of the front matter that are text, by squashed key."""
    title: str = ""
    permalink: str = ""
    site_title: str = ""
    site_url: str = ""
    article: Callable[[str], str] = _nothing
    """Path or name of a source file, as a template has it -> permalink; empty when there is none.
    It is asked only where an article is meant."""
    vault: bool = False
    """Whether the site says that its articles are notes of Obsidian or the like."""
    note: Callable[[str], str] = _nothing
    """Name of a note, or the end of its path -> permalink; empty when there is none, and that is
    no mistake."""
    missing: Callable[[str], None] = _unheard
    """Is told of a link to a note, as it stands, that names no published article."""
    is_file: Callable[[str], bool] = _none
    """Tells whether there is a local file: beside the article, or with a leading slash below
    `content.static` and the content folders."""

    @property
    def is_html(self) -> bool:
        """Whether the body is HTML, not Markdown."""
        return self.markup in {"html", "wordpress"}

    @property
    def home(self) -> str:
        """Address of the home page without a slash at its end."""
        return self.site_url.rstrip("/")

    @property
    def root(self) -> str:
        """Address of the host: scheme and host only."""
        scheme, _, rest = self.site_url.partition("://")
        return f"{scheme}://{rest.partition('/')[0]}" if rest else ""

    @property
    def base(self) -> str:
        """Path of the home page without a slash at its end; often empty."""
        return self.home.removeprefix(self.root)

    def below_home(self, path: str) -> str:
        """Give the address of a path of the site; an absolute one stays."""
        if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#", path):
            return path
        return f"{self.home}/{path.lstrip('/')}"


class Removed(NamedTuple):
    """Something that was taken out though it said something, as it stood in the source."""

    text: str
    name: str


class Reduced(NamedTuple):
    """A text without template remains."""

    text: str
    removed: tuple[tuple[Removed, int], ...] = ()
    """What was taken out though it said something, and its line, from 1."""


class Notes:
    """What was taken out. Each name counts once."""

    def __init__(self) -> None:
        self._removed: dict[str, Removed] = {}

    def removed(self, text: str, name: str) -> None:
        """Note that `text` was taken out; `name` is how a message calls it."""
        name = " ".join(unshield(name).split())
        if len(name) > _LONGEST_SHOWN:
            name = name[: _LONGEST_SHOWN - 1] + "…"
        self._removed.setdefault(name, Removed(text, name))

    def all(self) -> tuple[Removed, ...]:
        """Give everything noted, in the order in which it was found."""
        return tuple(self._removed.values())
