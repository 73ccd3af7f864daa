"""The store in one SQLite file that several processes share.

``SQLitePersistence`` runs each transaction body in one piece on aiosqlite's thread, so that the event loop never waits
for the disk and a transaction costs one hop however many statements it has.
"""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TypeVar, overload

from launcher_gui.recovery.exceptions import StoreError, StoreUnusableError
from launcher_gui.recovery.runtime.tasks import LoopLock, run_to_completion
from launcher_gui.recovery.store import ports
from launcher_gui.recovery.store.location import IN_MEMORY, default_path
from launcher_gui.recovery.store.sqlite import schema
from launcher_gui.recovery.store.sqlite.backup import copy_store
from launcher_gui.recovery.store.sqlite.connection import (
    ThreadedConnection,
    begin_immediate,
    connect,
    consistently,
    failed,
    patiently,
    run_transaction,
    unusable,
)
from launcher_gui.recovery.store.sqlite.files import keep_private, log_of, make_private, size_of
from launcher_gui.recovery.store.sqlite.session import SQLiteSession
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from launcher_gui.recovery.store.sqlite.unwatched import read_if_changed
from launcher_gui.recovery.store.sqlite.watch import StoreWatch
from launcher_gui.recovery.store.sqlite.write_backlog import Backlog
from launcher_gui.text.message import message

WAL_LIMIT_BYTES = 4 * 1024 * 1024
"""Size of the write-ahead log at which it is copied into the database."""

COMMITS_BETWEEN_LOOKS = 64
"""How many commits pass between two checks of the log's size."""

T = TypeVar("T")

_log = logging.getLogger(__name__)


class SQLitePersistence(ports.Store):
    """The state store in a file that several processes on one machine share.

    Args:
        path: The file; ``":memory:"`` for one that ends with the process; ``None`` for the platform's data folder
            (or ``RECOVERY_STORE``).
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        chosen = str(default_path() if path is None else path)
        # Absolute, because the log and the watch use this name later.
        self.path = chosen if chosen == IN_MEMORY else str(Path(chosen).absolute())
        # A shared cache gives all connections of this process the same memory; each store has its own.
        self._address = f"file:{secrets.token_hex(8)}?mode=memory&cache=shared" if self.in_memory else self.path
        self._connection: ThreadedConnection | None = None
        self._opening = LoopLock()
        self._closed = False
        self._commits = 0
        self._under_way: dict[object, float] = {}
        # Connections with a shared cache lock single tables, in the middle of each other's transactions.
        self._turn: AbstractContextManager[object] = threading.RLock() if self.in_memory else contextlib.nullcontext()
        self._backlog = Backlog(self.path)
        self.shared: dict[str, ports.Shared] = {}

    @property
    def in_memory(self) -> bool:
        return self.path == IN_MEMORY

    @property
    def waiting_s(self) -> float:
        return time.monotonic() - min(self._under_way.values()) if self._under_way else 0.0

    @property
    def engine(self) -> str:
        return f"SQLite {sqlite3.sqlite_version}"

    async def open(self) -> Self:
        self._closed = False
        if self._connection is None:
            async with self._opening():
                if self._connection is None:
                    await run_to_completion(self._connect_thread())
        return self

    async def close(self) -> None:
        self._closed = True
        async with self._opening():
            connection, self._connection = self._connection, None
        self.close_blocking()
        if connection is not None:
            await run_to_completion(self._close(connection))

    def close_blocking(self) -> None:
        while self.shared:
            self.shared.popitem()[1].close()

    async def __aenter__(self) -> Self:
        return await self.open()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @overload
    async def write(
        self, body: Callable[[SQLiteTransaction], T], *, wait_s: float | None = None, defer: Literal[False] = False
    ) -> T: ...

    @overload
    async def write(
        self, body: Callable[[SQLiteTransaction], T], *, wait_s: float | None = None, defer: bool
    ) -> T | None: ...

    async def write(
        self, body: Callable[[SQLiteTransaction], T], *, wait_s: float | None = None, defer: bool = False
    ) -> T | None:
        try:
            try:
                return await self._transact(body, wait_s)
            except sqlite3.Error as error:
                raise failed(self.path, error, wait_s) from error
        except StoreError as error:
            if not defer:
                raise
            self.defer(body, error)
            return None

    async def read(self, body: Callable[[SQLiteTransaction], T]) -> T:
        try:
            return await self._run(lambda tx: self._consistently(tx, body))
        except sqlite3.Error as error:
            raise failed(self.path, error) from error

    def defer(self, body: Callable[[SQLiteTransaction], object], error: Exception) -> None:
        self._backlog.keep(body, error)

    def connect(self) -> SQLiteSession:
        return SQLiteSession(self, self.open_connection())

    def watch(self) -> StoreWatch:
        return StoreWatch(self.path)

    def read_if_changed(self, body: Callable[[SQLiteTransaction], T], mark: object = None) -> tuple[T, object] | None:
        return read_if_changed(self.path, body, mark)

    def copy_to(self, target: Path) -> None:
        try:
            copy_store(self.path, target)
        except sqlite3.Error as error:
            raise failed(self.path, error) from error

    def run_write(
        self, tx: SQLiteTransaction, body: Callable[[SQLiteTransaction], T], wait_s: float | None = None
    ) -> T:
        """Run ``body`` as one write transaction on the connection of ``tx``; blocks."""
        try:
            return self._in_transaction(tx, body, wait_s)
        except sqlite3.Error as error:
            raise failed(self.path, error, wait_s) from error

    def run_read(self, tx: SQLiteTransaction, body: Callable[[SQLiteTransaction], T]) -> T:
        """Run ``body`` on one consistent view, on the connection of ``tx``; blocks."""
        try:
            return self._consistently(tx, body)
        except sqlite3.Error as error:
            raise failed(self.path, error) from error

    async def _close(self, connection: ThreadedConnection) -> None:
        """Write what is still deferred, if the store accepts it now, and close the connection."""
        try:
            if self._backlog:
                await self._on(connection, lambda tx: self._backlog.close(_writer(tx)))
        finally:
            await connection.close()

    async def _connect_thread(self) -> None:
        self._connection = await ThreadedConnection.open(self.open_connection)

    async def _transact(self, body: Callable[[SQLiteTransaction], T], limit_s: float | None) -> T:
        asked = object()
        self._under_way[asked] = time.monotonic()
        try:
            return await self._run(lambda tx: self._in_transaction(tx, body, limit_s))
        finally:
            del self._under_way[asked]

    async def _run(self, job: Callable[[SQLiteTransaction], T]) -> T:
        if self._connection is None and not self._closed:
            await self.open()
        connection = self._connection
        if connection is None:  # a late call must not open it again: nothing would close it
            raise StoreUnusableError(self.path, message("store.closed"), message("fix.start_again"))
        return await self._on(connection, job)

    async def _on(self, connection: ThreadedConnection, job: Callable[[SQLiteTransaction], T]) -> T:
        if self.in_memory:
            return job(connection.tx)  # no disk to wait for
        return await connection.run(job)

    def _in_transaction(
        self, tx: SQLiteTransaction, body: Callable[[SQLiteTransaction], T], limit_s: float | None = None
    ) -> T:
        """Run the deferred bodies, then ``body``, each as one write transaction."""
        with self._turn:
            if self._backlog:
                self._backlog.catch_up(_writer(tx, limit_s))
            result = run_transaction(tx.db, lambda: body(tx), limit_s)
        self._commits += 1
        if self._commits % COMMITS_BETWEEN_LOOKS == 0:
            self._checkpoint_if_large(tx.db)
        return result

    def _consistently(self, tx: SQLiteTransaction, body: Callable[[SQLiteTransaction], T]) -> T:
        with self._turn:
            return consistently(tx.db, lambda: body(tx))

    def _checkpoint_if_large(self, db: sqlite3.Connection) -> None:
        """Copy the log into the database while this process holds the write lock.

        SQLite 3.7.0 to 3.51.2 can corrupt a database when a commit runs beside a checkpoint (the WAL-reset bug, fixed
        in 3.51.3, 3.50.7 and 3.44.6), so automatic checkpoints are off and this one runs under the write lock.

        The transaction is committed by now, so a failure here is logged and not raised.
        """
        if self.in_memory or size_of(log_of(self.path)) < WAL_LIMIT_BYTES:
            return
        try:
            begin_immediate(db)
            try:
                with contextlib.closing(sqlite3.connect(self.path, timeout=0, isolation_level=None)) as second:
                    second.execute("PRAGMA wal_autocheckpoint = 0")
                    second.execute("PRAGMA wal_checkpoint(PASSIVE)")
            finally:
                db.execute("ROLLBACK")
        except sqlite3.Error as error:
            _log.warning("the write-ahead log of %s was not copied into the database: %s", self.path, error)

    def open_connection(self) -> sqlite3.Connection:
        """Return a new connection to the store, which is created if it does not exist. The caller closes it.

        Raises:
            StoreUnusableError: If the file cannot be opened or belongs to another program; it was not changed.
        """
        if not self.in_memory:
            make_private(Path(self.path))
        db = connect(self._address)
        try:
            # Checked before any setting: journal_mode alone would change another program's file.
            tx = SQLiteTransaction(db)
            self._consistently(tx, lambda _: schema.recognise(db, self.path))
            if not self.in_memory:
                keep_private(Path(self.path))
            patiently(lambda: db.execute("PRAGMA journal_mode = WAL"))
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA wal_autocheckpoint = 0")
            # Truncates a copied log when it restarts; otherwise its size would trigger a checkpoint every time.
            db.execute(f"PRAGMA journal_size_limit = {WAL_LIMIT_BYTES // 2}")
            self._in_transaction(tx, lambda _: schema.prepare(db, self.path))
            self._consistently(tx, lambda tx: _require_one_machine(tx, self.path))
        except sqlite3.DatabaseError as error:
            db.close()
            raise unusable(self.path, error) from error
        except BaseException:
            db.close()
            raise
        return db


def _require_one_machine(tx: SQLiteTransaction, path: str) -> None:
    """Refuse a store that is in use on another machine: processes share the log's index through memory.

    See https://sqlite.org/wal.html, "Overview".
    """
    machine = tx.owners.machine_elsewhere(time.time())
    if machine is not None:
        raise StoreUnusableError(
            path,
            message("store.other_machine", machine=machine),
            message("fix.store_other_machine"),
        )


def _writer(
    tx: SQLiteTransaction, limit_s: float | None = None
) -> Callable[[Callable[[SQLiteTransaction], object]], object]:
    """Return what runs one deferred body as a transaction."""
    return lambda body: run_transaction(tx.db, lambda: body(tx), limit_s)
