"""A store for programs without a window, whose event loop may wait for a commit."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from typing import Self, TypeVar

from launcher_gui.recovery.runtime.tasks import run_to_completion
from launcher_gui.recovery.store.sqlite.connection import to_commit
from launcher_gui.recovery.store.sqlite.database import COMMITS_BETWEEN_LOOKS, SQLitePersistence
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction

T = TypeVar("T")


class ServerPersistence(SQLitePersistence):
    """Commits on the thread of the event loop unless another process or thread is writing.

    A small commit takes tens of microseconds, less than a hop to a thread and back. The loop never waits for a lock:
    while something else writes, the transaction runs on the store's thread, as all of ``SQLitePersistence`` do. So does
    a transaction after which the log may be copied.

    Do not use it in a window: on a saturated disk a commit can take tens of milliseconds.

    Args:
        path: As for ``SQLitePersistence``.
    """

    _at_once: SQLiteTransaction | None = None

    async def open(self) -> Self:
        await super().open()
        if self._at_once is None and not self.in_memory:
            self._lock = threading.Lock()  # event loops on several threads may share a store
            await run_to_completion(self._run(self._prepare))
        return self

    async def close(self) -> None:
        tx, self._at_once = self._at_once, None
        if tx is not None:
            tx.db.close()
        await super().close()

    async def _transact(self, body: Callable[[SQLiteTransaction], T], limit_s: float | None) -> T:
        tx = self._at_once
        due = (self._commits + 1) % COMMITS_BETWEEN_LOOKS == 0
        if tx is None or due or self._backlog or not self._lock.acquire(blocking=False):
            return await super()._transact(body, limit_s)
        try:
            is_mine = _begins(tx.db)
            if is_mine:
                result = to_commit(tx.db, lambda: body(tx))
                self._commits += 1
                return result
        finally:
            self._lock.release()
        return await super()._transact(body, limit_s)

    def _prepare(self, _: SQLiteTransaction) -> None:
        connection = self.open_connection()
        connection.execute("PRAGMA busy_timeout = 0")
        self._at_once = SQLiteTransaction(connection)


def _begins(connection: sqlite3.Connection) -> bool:
    """Begin a write transaction unless the store is locked; return whether it has begun."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True
