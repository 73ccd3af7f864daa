"""Several processes on one file wait for each other, lose nothing, and keep the log small."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from launcher_gui.recovery.exceptions import StoreUnavailableError
from launcher_gui.recovery.operation import NewOperation
from launcher_gui.recovery.store.sqlite import connection, database, files
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from tests.benchmarks.bench_transitions import measure
from tests.store.processes import programs

OPEN_TOGETHER = """
import sys
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
print("ready", flush=True)
input()
SQLitePersistence(sys.argv[1]).connect().close()
"""

WRITE = """
import sys
from launcher_gui.recovery.store.sqlite import database, files
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence

path, commits, limit, number = sys.argv[1], *map(int, sys.argv[2:])
database.WAL_LIMIT_BYTES = limit
store = SQLitePersistence(path)
db = store.connect()
print("ready", flush=True)
input()
largest = 0
for n in range(commits):
    db.write(lambda tx: tx.events.append(n, "written", writer=number, n=n, filling="x" * 4000))
    largest = max(largest, files.size_of(store.path + "-wal"))
db.close()
print(largest, flush=True)
"""

TRY_TO_WRITE = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
try:
    db.execute("BEGIN IMMEDIATE")
    print("got in", flush=True)
except sqlite3.OperationalError as error:
    print(error, flush=True)
"""


def test_programs_that_start_together_all_find_a_store(path: Path) -> None:
    """Other programs wait for the one that creates the store."""
    with programs(OPEN_TOGETHER, 6, path) as starting:
        for program in starting:
            assert program.says() == "ready"
        for program in starting:
            program.tell()
        assert [program.result() for program in starting] == [0] * 6


def test_nothing_is_lost_and_the_log_stays_small(path: Path) -> None:
    """Concurrent writes and checkpoints lose no commit and keep the log bounded.

    This is where the WAL-reset bug of older SQLite versions would strike: commits beside repeated checkpoints.
    """
    writers, commits, limit = 3, 800, 256 * 1024
    with programs(WRITE, writers, path, commits, limit) as writing:
        for program in writing:
            assert program.says() == "ready"
        for program in writing:
            program.tell()
        largest = max(int(program.says()) for program in writing)
        assert [program.result() for program in writing] == [0] * writers
    # How small depends on who gets the lock when: on a busy machine the copier may wait for long while others write.
    # Without copying it would hold every commit, some 8 KiB each.
    assert limit < largest < 0.9 * writers * commits * 8 * 1024
    db = sqlite3.connect(path)
    try:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        told = SQLiteTransaction(db).events.since(0)
    finally:
        db.close()
    assert [event.seq for event in told] == list(range(1, writers * commits + 1))
    for number in range(writers):
        assert [event.data["n"] for event in told if event.data["writer"] == number] == list(range(commits))


def test_every_transition_of_several_processes_is_there_and_in_order(path: Path) -> None:
    """Steady writers are never refused, and the history explains every row."""
    measured = measure(path, seconds=1.5, processes=4, rate=200)
    assert measured.errors == 0
    assert measured.taken_ms


def tell(tx: SQLiteTransaction, /, length: int = 1) -> None:
    """Write an event of the given length."""
    tx.events.append(1.0, "written", filling="x" * length)


async def test_the_log_is_copied_and_begins_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a checkpoint the log is small and is not checkpointed repeatedly."""
    limit = 2 * 1024 * 1024
    monkeypatch.setattr(database, "WAL_LIMIT_BYTES", limit)
    async with SQLitePersistence(path) as store:
        copied = count_connections(monkeypatch)
        for _ in range(64):
            await store.write(lambda tx: tell(tx, limit // 50))
        assert len(copied) == 1
        for _ in range(128):
            await store.write(tell)
        assert files.size_of(store.path + "-wal") < limit
        assert len(copied) == 1


def count_connections(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return a list that grows with every new connection."""
    made: list[object] = []
    real = sqlite3.connect

    def counted(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        made.append(args)
        connection: sqlite3.Connection = real(*args, **kwargs)
        return connection

    monkeypatch.setattr(sqlite3, "connect", counted)
    return made


async def test_a_log_that_cannot_be_copied_costs_no_commit(
    store: SQLitePersistence, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A failed checkpoint does not report a commit as failed."""
    monkeypatch.setattr(database, "WAL_LIMIT_BYTES", 1)

    def refuse(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(sqlite3, "connect", refuse)
    for _ in range(130):
        await store.write(tell)
    assert await store.read(lambda tx: tx.events.last_seq()) == 130
    assert "was not copied into the database: disk I/O error" in caplog.text


async def test_closing_one_connection_keeps_the_locks_of_another(store: SQLitePersistence) -> None:
    """Opening and closing the file again keeps this process's locks."""

    def meanwhile(tx: SQLiteTransaction) -> str:
        tx.events.append(1.0, "begun")
        asyncio.run(open_and_close())
        with programs(TRY_TO_WRITE, 1, store.path) as (other,):
            return other.says()

    async def open_and_close() -> None:
        again = SQLitePersistence(store.path)
        with pytest.raises(sqlite3.OperationalError):  # a writer holds it
            connection.begin_immediate(again_db := connection.connect(store.path))
        again_db.close()
        files.make_private(Path(again.path))
        files.keep_private(Path(again.path))

    limit, connection.BUSY_LIMIT_S = connection.BUSY_LIMIT_S, 0.05
    try:
        assert await store.write(meanwhile) == "database is locked"
    finally:
        connection.BUSY_LIMIT_S = limit


async def test_a_writer_that_is_killed_leaves_nothing_half_done(store: SQLitePersistence) -> None:
    """A killed process's transaction is rolled back."""
    half = """
import os, signal, sys
from launcher_gui.recovery.operation import NewOperation
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
store = SQLitePersistence(sys.argv[1])
def body(tx):
    tx.operations.insert(NewOperation("download", {}, id="half"), 1.0)
    print("inserted", flush=True)
    input()
store.connect().write(body)
"""
    with programs(half, 1, store.path) as (writer,):
        assert await asyncio.to_thread(writer.says) == "inserted"
        await asyncio.to_thread(writer.kill)
    assert await store.read(lambda tx: tx.operations.get("half")) is None
    assert await store.read(lambda tx: tx.events.last_seq()) == 0
    await store.write(lambda tx: tx.operations.insert(NewOperation("download", {}), 1.0))


async def test_readers_do_not_wait_for_a_writer(store: SQLitePersistence) -> None:
    """While the store is locked for writing, everyone can read."""
    await store.write(lambda tx: tx.operations.insert(NewOperation("download", {}, id="one"), 1.0))
    holder = sqlite3.connect(store.path, isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        found = await store.read(lambda tx: tx.operations.get("one"))
        assert found is not None
    finally:
        holder.close()


async def test_a_writer_that_holds_on_is_an_error_after_the_limit(
    store: SQLitePersistence, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Waiting for a lock has a limit, and the write can be retried."""
    monkeypatch.setattr(connection, "BUSY_LIMIT_S", 0.05)
    holder = sqlite3.connect(store.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreUnavailableError, match=r"locked by another program for 0\.05 s"):
            await store.write(tell)
    finally:
        holder.close()
    await store.write(tell)


async def test_an_error_rolls_everything_back(store: SQLitePersistence) -> None:
    """A failed transaction changes nothing, and the next one works."""

    def fail(tx: SQLiteTransaction) -> None:
        tx.operations.insert(NewOperation("download", {}, id="one"), 1.0)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await store.write(fail)
    assert await store.read(lambda tx: tx.operations.get("one")) is None
    await store.write(lambda tx: tx.operations.insert(NewOperation("download", {}, id="one"), 1.0))
