"""A little site: candidates as a normalizer makes them, and runs over them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from feedwright.ledger.lines import dump, parse
from feedwright.ledger.resolve import Resolution, ResolveTools, resolve
from feedwright.model import Candidate, LedgerLine

NOW = datetime(2024, 5, 17, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
PLAIN = Candidate(
    path="",
    below="",
    part="",
    dialect="markdown",
    title="",
    title_is_own=True,
    declared_id="",
    slug="",
    slug_is_declared=False,
    declared_permalink="",
    published=None,
    written_day=None,
    file_day=None,
    updated=None,
    minor=False,
    authors=(),
    categories=(),
    tags=(),
    summary="",
    language="",
    image="",
    image_alt="",
    enclosures=(),
    rights="",
    expires=None,
    draft=False,
    hash="",
    extra={},
    origins=(),
)


def candidate(path, words="words", **fields):
    """An article at `content/PATH`; its hash is of its title and words."""
    slug = fields.get("slug") or path.rpartition("/")[2].removesuffix(".md")
    title = fields.get("title", slug.title())
    fields = {
        "path": f"content/{path}",
        "below": path,
        "slug": slug,
        "slug_is_declared": "slug" in fields,
        "title": title,
        "hash": "1:" + sha256(f"{title}\n{words}".encode()).hexdigest(),
        **fields,
    }
    return PLAIN._replace(**fields)


def slug_permalink(each, published):
    return f"https://example.org/{each.slug}/"


class Little:
    """A site whose ledger grows run by run."""

    def __init__(self, data=b"", host="example.org", permalink_of=slug_permalink):
        self.data = data
        self.tools = ResolveTools(permalink_of, host)
        self.now = NOW

    @property
    def ledger(self):
        return parse(self.data)

    def look(self, *candidates, unreadable=None) -> Resolution:
        return resolve(candidates, unreadable or {}, self.ledger, self.now, self.tools)

    def run(self, *candidates, unreadable=None, after=timedelta(hours=1)) -> Resolution:
        """Resolve, append the lines, and let time pass."""
        found = self.look(*candidates, unreadable=unreadable)
        self.data += b"".join(map(dump, [*found.lines, *found.gone]))
        self.now += after
        return found


def ids(found: Resolution) -> dict[str, str]:
    """Ids of live articles by path below content."""
    return {article.candidate.below: article.id for article in found.articles}


def names(found: Resolution) -> list[str]:
    return [problem.name for problem in found.problems]


def gone_ids(lines: Iterable[LedgerLine]) -> list[str]:
    return [line.id for line in lines]
