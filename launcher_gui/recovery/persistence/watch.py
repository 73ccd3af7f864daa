"""Noticing that the store has changed, whoever changed it."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar, cast

import aiosqlite

from launcher_gui.recovery.exceptions import RecoveryStateError
from launcher_gui.recovery.persistence.sqlite import SQLitePersistence, connect, consistently, on_thread
from launcher_gui.recovery.tasks import firmly, spawn

POLL_S = 0.05
"""How often the store is asked whether another connection has committed; asking costs a few microseconds."""

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger(__name__)


class StoreWatch:
    """Reads a store on a connection of its own that never writes, and wakes those who wait for changes.

    ``PRAGMA data_version`` changes whenever another connection has committed, in this process or any other; the
    connection that writes is always another one.

    Args:
        store: The store, open.
    """

    def __init__(self, store: SQLitePersistence) -> None:
        self._path = store.path
        self._in_memory = store.in_memory
        self._connection: aiosqlite.Connection | None = None
        self._subscribers: list[asyncio.Event] = []
        self._poll: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to watch.

        Raises:
            RecoveryStateError: If the store lives in memory, where only its one connection can see it.
        """
        if self._in_memory:
            raise RecoveryStateError("a store in memory cannot be watched")
        await firmly(self._connected())
        self._poll = spawn(self._watch(), "watching the store")

    async def stop(self) -> None:
        """Stop watching and wake everybody one last time."""
        if self._poll is not None:
            self._poll.cancel()
            await asyncio.wait([self._poll])
        if self._connection is not None:
            await self._connection.close()
            self._connection = None
        self._wake()

    def subscribe(self) -> asyncio.Event:
        """Return an event that is set at once and after every change; whoever waits clears it."""
        event = asyncio.Event()
        event.set()
        self._subscribers.append(event)
        return event

    async def read(
        self, query: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``query`` on one consistent view of the store and return what it returns."""
        return await self._run(lambda db: consistently(db, lambda: query(db, *args, **kwargs)))

    async def _connected(self) -> None:
        self._connection = await on_thread(self._connect)

    async def _watch(self) -> None:
        seen = -1
        while True:
            try:
                version = await self._run(_data_version)
            except sqlite3.Error as error:
                _log.warning("the store could not be asked for changes: %s", error)
            else:
                if version != seen:
                    seen = version
                    self._wake()
            await asyncio.sleep(POLL_S)

    async def _run(self, job: Callable[[sqlite3.Connection], T]) -> T:
        if self._connection is None:
            raise sqlite3.ProgrammingError("the store is not being watched")
        # For one hop a query instead of one a statement, as in SQLitePersistence.
        raw = self._connection._conn  # noqa: SLF001
        return cast("T", await self._connection._execute(job, raw))  # type: ignore[no-untyped-call] # noqa: SLF001

    def _wake(self) -> None:
        for event in self._subscribers:
            event.set()

    def _connect(self) -> sqlite3.Connection:
        db = connect(self._path)
        db.execute("PRAGMA query_only = ON")
        return db


def _data_version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA data_version").fetchone()[0])
