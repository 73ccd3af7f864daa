"""Connections to a SQLite file: opening one, its transactions, and what its errors mean."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from typing import NamedTuple, Self, TypeVar, cast

import aiosqlite

from launcher_gui.recovery.exceptions import StoreError, StoreUnavailableError, StoreUnusableError
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from launcher_gui.text.message import Message, foreign, message

BUSY_LIMIT_S = 10.0
"""How long a transaction waits for other writers before it gives up."""

_BUSY_STEP_S = 0.005

T = TypeVar("T")


def connect(path: str) -> sqlite3.Connection:
    """Return a connection without automatic transactions that may be used from any thread.

    Only the name of an in-memory store is treated as a URI: a file name may contain any character.
    """
    try:
        return sqlite3.connect(
            path,
            timeout=_BUSY_STEP_S,
            isolation_level=None,
            check_same_thread=False,
            uri=path.startswith("file:") and "mode=memory" in path,
        )
    except sqlite3.OperationalError as error:
        raise unusable(path, error) from error


def run_transaction(db: sqlite3.Connection, body: Callable[[], T], limit_s: float | None = None) -> T:
    """Run ``body`` as one write transaction and return its result once that is committed."""
    begin_immediate(db, limit_s)
    return to_commit(db, body)


def to_commit(db: sqlite3.Connection, body: Callable[[], T]) -> T:
    """Commit the transaction that has begun and return what ``body`` returns; roll back if it raises."""
    try:
        result = body()
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return result


def begin_immediate(db: sqlite3.Connection, limit_s: float | None = None) -> None:
    """Begin a write transaction, waiting for other writers up to ``limit_s``, ``BUSY_LIMIT_S`` by default."""
    patiently(lambda: db.execute("BEGIN IMMEDIATE"), limit_s)


def patiently(step: Callable[[], T], limit_s: float | None = None) -> T:
    """Return what ``step`` returns, retrying for up to ``limit_s`` while the store is locked.

    Short random sleeps share the lock fairly; SQLite's own growing ones let a process starve.
    """
    deadline = time.monotonic() + (BUSY_LIMIT_S if limit_s is None else limit_s)
    while True:
        try:
            return step()
        except sqlite3.OperationalError as error:
            busy = _primary_code(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(random.uniform(0.0005, 0.004))  # noqa: S311 fairness, not secrecy


def unusable(path: str, error: sqlite3.Error) -> StoreUnusableError:
    """Return the error for a store that cannot be opened."""
    other = message("store.cannot_open", cause=foreign(str(error)))
    return StoreUnusableError(path, *_explained(error, BUSY_LIMIT_S, other))


def failed(path: str, error: sqlite3.Error, waited_s: float | None = None) -> StoreError:
    """Return the error for a transaction that failed."""
    kind = StoreUnavailableError if isinstance(error, sqlite3.OperationalError) else StoreError
    other = message("store.failed", cause=foreign(str(error)))
    return kind(path, *_explained(error, BUSY_LIMIT_S if waited_s is None else waited_s, other))


def _explained(error: sqlite3.Error, waited_s: float, other: Message) -> tuple[Message, Message]:
    """Return problem and remedy for ``StoreError``; ``other`` is the problem if the error has no code of its own."""
    match _primary_code(error):
        case sqlite3.SQLITE_NOTADB:
            return message("store.not_a_database"), message("fix.store_move")
        case sqlite3.SQLITE_CORRUPT:
            return message("store.damaged"), message("fix.store_start_over")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return message("store.busy", busy_s=waited_s), message("fix.store_busy")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return message("store.read_only"), message("fix.store_rights")
        case sqlite3.SQLITE_FULL:
            return message("store.disk_full"), message("fix.store_space")
        case _:
            return other, message("fix.store_elsewhere")


def consistently(db: sqlite3.Connection, body: Callable[[], T]) -> T:
    """Run ``body`` on one consistent view.

    Writers do not block readers, but another process that opens the store after a crash, or is the last to close it,
    blocks them for a moment.
    """
    db.execute("BEGIN")
    try:
        patiently(lambda: db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone())
        return body()
    finally:
        db.execute("ROLLBACK")


class ThreadedConnection(NamedTuple):
    """A connection on a thread of its own, which does not keep the program alive.

    Attributes:
        thread: The thread.
        tx: The tables on the connection.
    """

    thread: aiosqlite.Connection
    tx: SQLiteTransaction

    @classmethod
    async def open(cls, connector: Callable[[], sqlite3.Connection]) -> Self:
        """Return the connection that ``connector`` opens on its thread."""
        connection = aiosqlite.Connection(connector, iter_chunk_size=64)
        thread = connection._thread  # noqa: SLF001 aiosqlite gives no other way to reach it
        thread.daemon = True
        try:
            await connection
        except BaseException:
            # It was told to end and has nothing left to do, but might outlive the loop that it reports to.
            thread.join(1.0)
            raise
        return cls(connection, SQLiteTransaction(connection._conn))  # noqa: SLF001

    async def run(self, job: Callable[[SQLiteTransaction], T]) -> T:
        """Return what ``job`` returns on the thread.

        aiosqlite's public calls take one hop to its thread per statement; its own ``_execute`` takes any function.
        """
        return cast("T", await self.thread._execute(job, self.tx))  # type: ignore[no-untyped-call] # noqa: SLF001

    async def close(self) -> None:
        """Close the connection and end the thread."""
        await self.thread.close()


def _primary_code(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
