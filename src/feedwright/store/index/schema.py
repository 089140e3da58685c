"""The tables of the index, and how texts and values lie in them."""

import pickle
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

TABLES = """\
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE folder (path BLOB PRIMARY KEY, rows BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
  path TEXT PRIMARY KEY, digest BLOB NOT NULL, section TEXT NOT NULL, problems BLOB
) WITHOUT ROWID;
CREATE TABLE naming (
  handle BLOB NOT NULL, path TEXT NOT NULL, PRIMARY KEY (handle, path)
) WITHOUT ROWID;
CREATE TABLE article (
  number INTEGER PRIMARY KEY, path TEXT NOT NULL, part BLOB NOT NULL, id TEXT NOT NULL,
  permalink TEXT NOT NULL, rank INTEGER NOT NULL, updated INTEGER NOT NULL, language TEXT NOT NULL,
  live INTEGER NOT NULL, settled INTEGER NOT NULL, due REAL, data BLOB NOT NULL
);
CREATE TABLE line (
  id BLOB PRIMARY KEY, path TEXT NOT NULL, hash INTEGER NOT NULL, title INTEGER NOT NULL,
  slug INTEGER, value INTEGER, live INTEGER NOT NULL, data BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE member (
  spec TEXT NOT NULL, key BLOB NOT NULL, rank INTEGER NOT NULL, id TEXT NOT NULL,
  label BLOB NOT NULL, PRIMARY KEY (spec, key, rank, id)
) WITHOUT ROWID;
CREATE TABLE label (
  spec TEXT NOT NULL, key BLOB NOT NULL, label BLOB NOT NULL, number INTEGER NOT NULL,
  PRIMARY KEY (spec, key, label)
) WITHOUT ROWID;
CREATE TABLE removal (
  feed BLOB NOT NULL, moment INTEGER NOT NULL, id BLOB NOT NULL, PRIMARY KEY (feed, moment, id)
) WITHOUT ROWID;
CREATE TABLE entry (id TEXT PRIMARY KEY, digest BLOB NOT NULL, data BLOB NOT NULL, problems BLOB);
CREATE TABLE fragment (
  id TEXT NOT NULL, format TEXT NOT NULL, full INTEGER NOT NULL, prefixes TEXT NOT NULL,
  guid TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (id, format, full)
);
CREATE TABLE asked (
  kind TEXT NOT NULL, name BLOB NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, name, id)
) WITHOUT ROWID;
CREATE TABLE measured (path BLOB PRIMARY KEY, length INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE feed (
  name BLOB PRIMARY KEY, recipe BLOB NOT NULL, shown INTEGER NOT NULL, problems BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE document (
  path BLOB PRIMARY KEY, recipe BLOB NOT NULL, sha256 TEXT NOT NULL, stat TEXT NOT NULL
) WITHOUT ROWID"""

INDEXES = """\
CREATE INDEX file_section ON file (section);
CREATE INDEX naming_path ON naming (path);
CREATE INDEX file_problems ON file (path) WHERE problems IS NOT NULL;
CREATE INDEX entry_problems ON entry (id) WHERE problems IS NOT NULL;
CREATE INDEX article_path ON article (path);
CREATE UNIQUE INDEX article_id ON article (id) WHERE live > 0;
CREATE INDEX article_permalink ON article (permalink);
CREATE INDEX article_order ON article (rank, id) WHERE live = 1;
CREATE INDEX article_unsettled ON article (number) WHERE settled = 0;
CREATE INDEX article_due ON article (due) WHERE due IS NOT NULL;
CREATE INDEX member_id ON member (id);
CREATE INDEX removal_id ON removal (id);
CREATE INDEX asked_id ON asked (id)"""
"""Made when the articles of a new index are in: that is cheaper than keeping them in order."""

COUNT_LABELS = "INSERT INTO label SELECT spec, key, label, COUNT(*) FROM member GROUP BY 1, 2, 3"

INDEXES_OF_LINES = """\
CREATE INDEX line_path ON line (path);
CREATE INDEX line_hash ON line (hash);
CREATE INDEX line_title ON line (title);
CREATE INDEX line_slug ON line (slug) WHERE slug IS NOT NULL;
CREATE INDEX line_value ON line (value) WHERE value IS NOT NULL;
CREATE INDEX line_live ON line (live) WHERE live = 1"""
"""Only a later run looks lines up."""

TRIGGERS = (
    (
        "member_added",
        """CREATE TRIGGER member_added AFTER INSERT ON member BEGIN
      INSERT INTO label VALUES (new.spec, new.key, new.label, 1)
        ON CONFLICT DO UPDATE SET number = number + 1;
    END""",
    ),
    (
        "member_dropped",
        """CREATE TRIGGER member_dropped AFTER DELETE ON member BEGIN
      UPDATE label SET number = number - 1
        WHERE spec = old.spec AND key = old.key AND label = old.label;
      DELETE FROM label
        WHERE spec = old.spec AND key = old.key AND label = old.label AND number = 0;
    END""",
    ),
)
"""Labels are counted as members come and go; those of a new index are counted at once."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def key(text: str) -> int:
    """Return a number to look a text up by. Several texts may share one: look at what is found."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def coded(text: str) -> bytes:
    """Return the bytes of any text, be it valid Unicode or not; they sort as the text does."""
    return text.encode("utf-8", "surrogatepass")


def text(data: bytes) -> str:
    """Return the text of bytes that `coded` gave."""
    return data.decode("utf-8", "surrogatepass")


def seconds(instant: datetime) -> int:
    """Return whole seconds since 1970, rounded down, of any year."""
    passed = instant - _EPOCH
    return passed.days * 86_400 + passed.seconds


def instant(seconds: int) -> datetime:
    """Return the instant so many seconds after 1970 began."""
    return datetime.fromtimestamp(seconds, UTC)


def dump(value: object) -> bytes:
    """Return the bytes of a value of ours."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def load(data: bytes) -> Any:
    """Return the value of bytes that `dump` gave; the index is trusted only as we wrote it."""
    return pickle.loads(data)  # noqa: S301
