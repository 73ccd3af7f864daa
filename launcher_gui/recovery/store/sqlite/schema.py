"""The tables of the store, how they came about, and the check that a file is ours before anything is written to it.

A new store is made as the oldest format and brought up to date like any other, so that there is only one way to a
format. All of it happens in one transaction: an interrupted step leaves the file as it was.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from launcher_gui.recovery.exceptions import StoreUnusableError
from launcher_gui.recovery.store.sqlite import old_texts
from launcher_gui.recovery.store.sqlite.backup import copy_store
from launcher_gui.text.message import foreign, message

APPLICATION_ID = 0x434C524D
"""Marks a file as ours in SQLite's header ("CLRM"), so that another program's database is never written to."""

_FORMAT_1 = """
CREATE TABLE operations (
    id             TEXT PRIMARY KEY,
    function       TEXT NOT NULL,
    arguments      TEXT NOT NULL,
    exclusive_key  TEXT,
    holds_key      INTEGER NOT NULL DEFAULT 1,
    scope          TEXT,
    state          TEXT NOT NULL,
    attempt        INTEGER NOT NULL DEFAULT 0,
    attempt_limit  INTEGER NOT NULL DEFAULT 0,
    retry_at       REAL,
    reason         TEXT NOT NULL DEFAULT '',
    decision       TEXT NOT NULL DEFAULT '',
    owner_id       TEXT,
    version        INTEGER NOT NULL DEFAULT 1,
    result         TEXT,
    created_at     REAL NOT NULL,
    updated_at     REAL NOT NULL,
    ended_at       REAL
);
CREATE INDEX operations_by_state ON operations (state, created_at);
CREATE UNIQUE INDEX one_operation_per_key ON operations (exclusive_key)
    WHERE exclusive_key IS NOT NULL AND holds_key AND state <> 'completed';

CREATE TABLE progress (
    operation_id TEXT PRIMARY KEY REFERENCES operations (id) ON DELETE CASCADE,
    done         INTEGER NOT NULL,
    total        INTEGER,
    phase        TEXT NOT NULL,
    at           REAL NOT NULL,
    tick         INTEGER NOT NULL
);
CREATE INDEX progress_by_tick ON progress (tick);

CREATE TABLE attempts (
    operation_id TEXT NOT NULL REFERENCES operations (id) ON DELETE CASCADE,
    number       INTEGER NOT NULL,
    started_at   REAL NOT NULL,
    ended_at     REAL,
    outcome      TEXT NOT NULL,
    category     TEXT NOT NULL DEFAULT '',
    error        TEXT NOT NULL DEFAULT '',
    detail       TEXT NOT NULL DEFAULT '',
    decision     TEXT NOT NULL DEFAULT '',
    wait_s       REAL,
    resumed_from INTEGER NOT NULL DEFAULT 0,
    resume_note  TEXT NOT NULL DEFAULT '',
    owner_id     TEXT NOT NULL,
    PRIMARY KEY (operation_id, number)
) WITHOUT ROWID;

CREATE TABLE owners (
    id              TEXT PRIMARY KEY,
    pid             INTEGER NOT NULL,
    process_started TEXT NOT NULL,
    host            TEXT NOT NULL,
    kind            TEXT NOT NULL,
    started_at      REAL NOT NULL,
    lease_until     REAL NOT NULL
);

CREATE TABLE commands (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    operation_id      TEXT NOT NULL,
    kind              TEXT NOT NULL,
    arguments         TEXT NOT NULL,
    operation_version INTEGER NOT NULL,
    state             TEXT NOT NULL,
    answer            TEXT NOT NULL DEFAULT '',
    requested_by      TEXT NOT NULL,
    requested_at      REAL NOT NULL,
    answered_at       REAL
);
CREATE INDEX pending_commands ON commands (operation_id) WHERE state = 'pending';

CREATE TABLE breakers (
    scope      TEXT PRIMARY KEY,
    state      TEXT NOT NULL,
    failures   INTEGER NOT NULL,
    opens      INTEGER NOT NULL,
    retry_at   REAL,
    generation INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    changed_at REAL NOT NULL
);

CREATE TABLE events (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    at           REAL NOT NULL,
    operation_id TEXT NOT NULL DEFAULT '',
    kind         TEXT NOT NULL,
    data         TEXT NOT NULL DEFAULT '{}'
);

CREATE TABLE settings (
    field TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE counters (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
);
INSERT INTO counters VALUES ('progress tick', 0);
"""

_FORMAT_2 = """
ALTER TABLE operations ADD COLUMN parent_id TEXT REFERENCES operations (id) ON DELETE CASCADE;
CREATE INDEX steps_of_operation ON operations (parent_id) WHERE parent_id IS NOT NULL;

ALTER TABLE breakers ADD COLUMN memory TEXT NOT NULL DEFAULT '{}';

CREATE TABLE budgets (
    scope TEXT PRIMARY KEY,
    spent INTEGER NOT NULL
);
"""

_FORMAT_3 = """
CREATE TABLE losses (
    operation_id TEXT PRIMARY KEY REFERENCES operations (id) ON DELETE CASCADE,
    owners       INTEGER NOT NULL,
    done         INTEGER NOT NULL,
    steps        INTEGER NOT NULL
);
"""

_FORMAT_4 = """
ALTER TABLE operations ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE operations ADD COLUMN place REAL NOT NULL DEFAULT 0;
ALTER TABLE operations ADD COLUMN any_hour INTEGER NOT NULL DEFAULT 0;
UPDATE operations SET place = created_at;
CREATE INDEX queue ON operations (priority DESC, place, created_at, id, function, scope, any_hour, state)
    WHERE state = 'queued';
CREATE INDEX commands_by_operation ON commands (operation_id);
"""

_FORMAT_5 = """
ALTER TABLE operations RENAME COLUMN holds_key TO key_active;
ALTER TABLE operations RENAME COLUMN place TO queue_position;
ALTER TABLE operations RENAME COLUMN any_hour TO ignores_schedule;
ALTER TABLE operations ADD COLUMN reason_code TEXT NOT NULL DEFAULT '';
ALTER TABLE operations ADD COLUMN reason_params TEXT NOT NULL DEFAULT '{}';
ALTER TABLE operations ADD COLUMN decision_code TEXT NOT NULL DEFAULT '';
ALTER TABLE operations ADD COLUMN decision_params TEXT NOT NULL DEFAULT '{}';

ALTER TABLE attempts ADD COLUMN code TEXT NOT NULL DEFAULT '';
ALTER TABLE attempts ADD COLUMN params TEXT NOT NULL DEFAULT '{}';
ALTER TABLE attempts ADD COLUMN failure_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE attempts ADD COLUMN decision_code TEXT NOT NULL DEFAULT '';
ALTER TABLE attempts ADD COLUMN decision_params TEXT NOT NULL DEFAULT '{}';
ALTER TABLE attempts ADD COLUMN note_code TEXT NOT NULL DEFAULT '';
ALTER TABLE attempts ADD COLUMN note_params TEXT NOT NULL DEFAULT '{}';

ALTER TABLE commands ADD COLUMN answer_code TEXT NOT NULL DEFAULT '';
ALTER TABLE commands ADD COLUMN answer_params TEXT NOT NULL DEFAULT '{}';

ALTER TABLE breakers RENAME COLUMN opens TO times_opened;
ALTER TABLE breakers RENAME COLUMN memory TO window_state;
ALTER TABLE breakers ADD COLUMN error_code TEXT NOT NULL DEFAULT '';
ALTER TABLE breakers ADD COLUMN error_params TEXT NOT NULL DEFAULT '{}';
"""

_STEPS = (_FORMAT_1, _FORMAT_2, _FORMAT_3, _FORMAT_4, _FORMAT_5)
"""What leads from each format to the next; the first makes an empty file format 1."""

_TEXTS_UNTIL = 4
"""The last format that held English sentences alone."""

SCHEMA_VERSION = len(_STEPS)


def prepare(db: sqlite3.Connection, path: str) -> None:
    """Make sure that the open file is ours and up to date; an empty one becomes it. Runs inside a transaction.

    Raises:
        StoreUnusableError: If it is another program's database, of a newer format, or cannot be copied before it is
            brought up to date; nothing was written.
    """
    is_empty = recognise(db, path)
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version == SCHEMA_VERSION:
        return
    if not is_empty and Path(path).exists():  # a store in memory has nothing to lose
        _keep_copy(path, version)
    for step in _STEPS[version:]:
        _execute_all(db, step)
    if 0 < version <= _TEXTS_UNTIL:
        old_texts.convert(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def recognise(db: sqlite3.Connection, path: str) -> bool:
    """Return whether the open file is still empty, where it is ours otherwise. Writes nothing.

    Raises:
        StoreUnusableError: If it is another program's database or of a newer format.
    """
    (application_id,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application_id == 0 and version == 0 and tables == 0:
        return True
    if application_id != APPLICATION_ID:
        raise StoreUnusableError(path, message("store.foreign_database"), message("fix.store_elsewhere"))
    if version > SCHEMA_VERSION:
        raise StoreUnusableError(
            path,
            message("store.newer", format=version, known=SCHEMA_VERSION),
            message("fix.store_newer"),
        )
    return False


def copy_of(path: str, version: int) -> Path:
    """Return where the copy lies of a store as it was before it was brought up to date from format ``version``."""
    return Path(f"{path}.format-{version}")


def _keep_copy(path: str, version: int) -> None:
    """Copy the store beside itself, as it was committed last; the caller keeps writers out meanwhile."""
    try:
        copy_store(path, copy_of(path, version))
    except (OSError, sqlite3.Error) as error:
        raise StoreUnusableError(
            path,
            message("store.not_copied", cause=foreign(str(error))),
            message("fix.store_not_copied"),
        ) from error


def _execute_all(db: sqlite3.Connection, statements: str) -> None:
    # executescript() would commit the surrounding transaction, and a kill in between would leave half a store.
    for statement in statements.split(";"):
        if statement.strip():
            db.execute(statement)
