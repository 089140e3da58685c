"""The tables of the outbox, and how an older file gets them.

Instants of deliveries are whole milliseconds since 1970, so that SQLite compares numbers.
"""

import sqlite3
from pathlib import Path

from feedwright.store.database import connect, look_at

VERSION = 2

_PUBLICATIONS = """
CREATE TABLE publication (
    number INTEGER PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('prepared', 'ready')),
    at TEXT NOT NULL,
    hold INTEGER NOT NULL,
    ledger_offset INTEGER NOT NULL,
    ledger_lines BLOB NOT NULL
) STRICT;
CREATE INDEX unfinished ON publication (number) WHERE state = 'prepared';
CREATE TABLE step (
    publication INTEGER NOT NULL REFERENCES publication ON DELETE CASCADE,
    position INTEGER NOT NULL,
    path TEXT NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    PRIMARY KEY (publication, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE event (
    publication INTEGER NOT NULL REFERENCES publication ON DELETE CASCADE,
    type TEXT NOT NULL,
    data TEXT NOT NULL
) STRICT;
"""

# `state` is never what depends on the endpoint: a pending delivery of a disabled endpoint is shown
# as waiting. While it is leased, `due` is the end of the lease: who asks for what is due needs no
# second look, and a killed worker's deliveries come back by themselves. `lease` keeps the number
# of the last lease: 0 means never tried. The bodies stand last, since SQLite reads a row from its
# front.
_DELIVERIES = """
CREATE TABLE delivery (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    message TEXT NOT NULL UNIQUE,
    publication INTEGER,
    type TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    coalesce TEXT NOT NULL,
    state TEXT NOT NULL CHECK (
        state IN ('waiting', 'pending', 'delivered', 'refused', 'dead', 'discarded')
    ),
    hold INTEGER NOT NULL,
    created INTEGER NOT NULL,
    since INTEGER NOT NULL,
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    lease INTEGER NOT NULL DEFAULT 0,
    until INTEGER NOT NULL DEFAULT 0,
    finished INTEGER,
    last_at INTEGER,
    last_status INTEGER,
    last_error TEXT NOT NULL DEFAULT '',
    content_type TEXT NOT NULL,
    body BLOB NOT NULL,
    data TEXT NOT NULL
) STRICT;
CREATE INDEX to_send ON delivery (endpoint, due) WHERE state = 'pending';
CREATE INDEX untried ON delivery (coalesce) WHERE lease = 0 AND state IN ('pending', 'waiting');
CREATE INDEX standing ON delivery (endpoint, state, created);
CREATE INDEX ended ON delivery (finished) WHERE finished IS NOT NULL;
CREATE INDEX unreleased ON delivery (publication) WHERE state = 'waiting';
CREATE TABLE attempt (
    delivery INTEGER NOT NULL REFERENCES delivery ON DELETE CASCADE,
    at INTEGER NOT NULL,
    status INTEGER,
    seconds REAL NOT NULL,
    answer TEXT NOT NULL,
    error TEXT NOT NULL
) STRICT;
CREATE INDEX attempts_of ON attempt (delivery);
CREATE TABLE endpoint (
    name TEXT PRIMARY KEY,
    address TEXT NOT NULL DEFAULT '',
    disabled TEXT NOT NULL DEFAULT '',
    disabled_at INTEGER,
    pause_until INTEGER NOT NULL DEFAULT 0,
    failing_since INTEGER,
    last_failure INTEGER,
    last_success INTEGER,
    successes INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counter VALUES ('lease', 0);
"""


def open_outbox(path: Path) -> sqlite3.Connection:
    """Open the outbox; a missing file gets its tables, one of version 1 the newer ones."""
    return connect(
        path, _PUBLICATIONS + _DELIVERIES, VERSION, durable=True, migrations={1: _DELIVERIES}
    )


def look_at_outbox(path: Path) -> sqlite3.Connection:
    """Open an existing outbox for reading, and leave it as it is, also one of version 1."""
    return look_at(path, VERSION, migrations={1: _DELIVERIES}) or open_empty()


def open_empty() -> sqlite3.Connection:
    """Open an outbox in memory, for who only wants to look where no file is."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.executescript(_PUBLICATIONS + _DELIVERIES)
    return database
