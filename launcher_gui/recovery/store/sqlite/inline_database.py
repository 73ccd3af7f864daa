"""A store for programs without a window, whose event loop may wait some microseconds for a file."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from typing import Self, TypeVar

from launcher_gui.recovery.runtime.tasks import run_to_completion
from launcher_gui.recovery.store.sqlite.database import COMMITS_BETWEEN_LOOKS, SQLitePersistence, to_commit

T = TypeVar("T")


class ServerPersistence(SQLitePersistence):
    """Commits on the event loop's own thread as long as nobody else is writing.

    A small commit is some tens of microseconds; to a thread and back is more, and costs the processor more too. The
    loop never waits for a lock: where another process or thread is writing, the transaction goes to the store's thread,
    as every one of ``SQLitePersistence`` does. So does the one after which the log may be copied.

    Not for a window: a disk that is saturated can hold a commit up for some tens of milliseconds.

    Args:
        path: As for ``SQLitePersistence``.
    """

    _at_once: sqlite3.Connection | None = None

    async def open(self) -> Self:
        """Open the store, making it if there is none; see ``SQLitePersistence``."""
        await super().open()
        if self._at_once is None and not self.in_memory:
            self._lock = threading.Lock()  # event loops on several threads may share a store
            await run_to_completion(self._run(self._prepare))
        return self

    async def close(self) -> None:
        """Close the store; what was written stays."""
        connection, self._at_once = self._at_once, None
        if connection is not None:
            connection.close()
        await super().close()

    async def _transact(self, body: Callable[[sqlite3.Connection], T], limit_s: float | None) -> T:
        connection = self._at_once
        due = (self._commits + 1) % COMMITS_BETWEEN_LOOKS == 0
        if connection is None or due or self.backlog or not self._lock.acquire(blocking=False):
            return await super()._transact(body, limit_s)
        try:
            is_mine = _begins(connection)
            if is_mine:
                result = to_commit(connection, lambda: body(connection))
                self._commits += 1
                return result
        finally:
            self._lock.release()
        return await super()._transact(body, limit_s)

    def _prepare(self, _: sqlite3.Connection) -> None:
        connection = self.connect()
        connection.execute("PRAGMA busy_timeout = 0")
        self._at_once = connection


def _begins(connection: sqlite3.Connection) -> bool:
    """Begin a write transaction unless somebody else is writing; return whether it has begun."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True
