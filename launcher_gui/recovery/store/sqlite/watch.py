"""Notices changes of the store by any process."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from launcher_gui.recovery.exceptions import RecoveryStateError, StoreUnusableError
from launcher_gui.recovery.runtime.tasks import run_to_completion, spawn
from launcher_gui.recovery.store import ports
from launcher_gui.recovery.store.location import IN_MEMORY
from launcher_gui.recovery.store.sqlite import schema
from launcher_gui.recovery.store.sqlite.connection import ThreadedConnection, connect, consistently, failed
from launcher_gui.recovery.store.sqlite.files import log_of
from launcher_gui.recovery.store.sqlite.inotify import FileWakes
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from launcher_gui.text.message import message

POLL_S = 0.05
"""Interval of checks where nothing wakes the watch."""

SLOW_POLL_S = 1.0
"""Interval of checks where writes to the log wake the watch: for what they do not show, such as a replaced file."""

_FIRST_LOOK_S = 0.002
"""Shortest time between two checks, so that a thousand commits a second do not cost a thousand of them."""

_GROWTH = 4
"""Growth of the pauses while nothing wakes the watch: each check wakes a thread."""

T = TypeVar("T")

_log = logging.getLogger(__name__)


class StoreWatch(ports.Watch):
    """Reads a store on a connection of its own that never writes, and wakes subscribers when it has changed.

    On Linux a write to the log wakes the watch; elsewhere it polls. The write comes before the commit becomes visible,
    so the watch then checks several times, at growing intervals. ``PRAGMA data_version`` decides: it changes whenever
    another connection has committed, in this process or another one.

    When another file replaces the store, the watch notices and reads that one.

    Args:
        path: The store's file, which must exist by the time the watch starts.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._connection: ThreadedConnection | None = None
        self._subscribers: list[asyncio.Event] = []
        self._file: _File | None = None
        self._poll: asyncio.Task[None] | None = None
        self.generation = 0

    async def start(self) -> None:
        if self._path == IN_MEMORY:  # only its own connections can see it
            raise RecoveryStateError(message("store.in_memory"))
        await run_to_completion(self._connected())
        self._poll = spawn(self._watch(), "watching the store")

    async def stop(self) -> None:
        if self._poll is not None:
            self._poll.cancel()
            await asyncio.wait([self._poll])
        if self._connection is not None:
            await self._connection.close()
            self._connection = None
        self._wake()

    def subscribe(self) -> asyncio.Event:
        event = asyncio.Event()
        event.set()
        self._subscribers.append(event)
        return event

    async def read(self, body: Callable[[SQLiteTransaction], T]) -> T:
        try:
            return await self._run(lambda tx: consistently(tx.db, lambda: body(tx)))
        except sqlite3.Error as error:
            raise failed(self._path, error) from error

    async def _connected(self) -> None:
        self._file = await asyncio.to_thread(_identify, self._path)
        self._connection = await ThreadedConnection.open(self._connect)

    async def _watch(self) -> None:
        try:
            wakes = FileWakes(log_of(self._path))
        except OSError as error:
            _log.debug("nothing wakes the watch on the store, so that it looks often: %s", error)
            await self._look_often()
            return
        try:
            await self._look_when_woken(wakes)
        except OSError as error:
            _log.warning("writes to the store cannot be followed any more, so that it is asked often: %s", error)
        finally:
            wakes.close()
        await self._look_often()

    async def _look_often(self) -> None:
        seen = None
        while True:
            seen = await self._look(seen)
            await asyncio.sleep(POLL_S)

    async def _look_when_woken(self, wakes: FileWakes) -> None:
        seen, pause_s, now = None, _FIRST_LOOK_S, asyncio.get_running_loop().time
        while True:
            seen = await self._look(seen)
            may_look_at = now() + _FIRST_LOOK_S
            woken = await wakes.wait(pause_s)
            if woken and (early := may_look_at - now()) > 0:
                await asyncio.sleep(early)
            pause_s = _FIRST_LOOK_S if woken else min(_GROWTH * pause_s, SLOW_POLL_S)

    async def _look(self, seen: _Seen | None) -> _Seen | None:
        """Wake subscribers if the store has changed since ``seen``; return its state."""
        try:
            file, version = await self._run(lambda tx: (_identify(self._path), _data_version(tx.db)))
            if file is not None and file != self._file:
                await run_to_completion(self._replaced(file))
        except (OSError, sqlite3.Error, StoreUnusableError) as error:
            _log.warning("the store could not be asked for changes: %s", error)
            return seen
        now = _Seen(self.generation, version)
        if now != seen:
            self._wake()
        return now

    async def _replaced(self, file: _File) -> None:
        """Read from ``file``, which has replaced the store, once it is a store."""
        connection = await ThreadedConnection.open(self._connect)
        try:
            is_empty = await connection.run(lambda tx: _is_empty(tx.db, self._path))
        except BaseException:
            await connection.close()
            raise
        if is_empty:
            await connection.close()
            return
        former, self._connection = self._connection, connection
        self._file, self.generation = file, self.generation + 1
        if former is not None:
            await former.close()

    async def _run(self, job: Callable[[SQLiteTransaction], T]) -> T:
        if self._connection is None:
            raise StoreUnusableError(self._path, "is not being watched", "Start its watch first.")
        return await self._connection.run(job)

    def _wake(self) -> None:
        for event in self._subscribers:
            event.set()

    def _connect(self) -> sqlite3.Connection:
        db = connect(self._path)
        db.execute("PRAGMA query_only = ON")
        return db


class _File(NamedTuple):
    """The identity of a file, independent of its name."""

    device: int
    inode: int


class _Seen(NamedTuple):
    """The result of one check."""

    generation: int
    data_version: int


def _identify(path: str) -> _File | None:
    with contextlib.suppress(FileNotFoundError):
        found = Path(path).stat()
        return _File(found.st_dev, found.st_ino)
    return None


def _is_empty(db: sqlite3.Connection, path: str) -> bool:
    """Return whether the store is still being created.

    Raises:
        StoreUnusableError: If the file belongs to another program, or to a newer version of this one.
    """
    return consistently(db, lambda: schema.recognise(db, path))


def _data_version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA data_version").fetchone()[0])
