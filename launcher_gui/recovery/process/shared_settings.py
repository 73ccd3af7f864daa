"""What is set in a store for every process that uses it, as this process knows it.

A process that only calls functions has no event loop that could follow the store. One thread of its own looks into each
store in use twice a second, and opens it only where something was written to it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast
from weakref import WeakSet

from launcher_gui.recovery.exceptions import RecoveryStateError, StoreUnusableError
from launcher_gui.recovery.runtime.tasks import LoopLock
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence, connect, consistently, log_of
from launcher_gui.recovery.store.tables import settings as rows
from launcher_gui.text.message import message

LOOK_S = 0.5
"""How often a store is looked into for settings that others have changed."""

_SETTLED_NS = 50_000_000
"""File systems that keep the time of a change coarsely do so to some milliseconds."""

_Stamp = tuple[int, int, int] | None

_log = logging.getLogger(__name__)


class SharedSettings:
    """The settings of one store.

    Args:
        store: The store.
    """

    def __init__(self, store: SQLitePersistence) -> None:
        self._path = store.path
        self._connect = store.connect
        self._in_transaction = store.in_transaction
        self._looked_at: tuple[_Stamp, ...] = ()
        self._looking = threading.Lock()
        self._beginning = LoopLock()
        self.is_followed = False
        """Whether changes by others are noticed."""
        self.values: Mapping[str, Any] = {}
        """What is set, by field; another object after each change."""

    @staticmethod
    def of(store: SQLitePersistence) -> SharedSettings:
        """Return those of ``store`` that all functions of this process share.

        Raises:
            RecoveryStateError: If the store lives in memory, where no other process could see them.
        """
        if store.in_memory:
            raise RecoveryStateError(message("settings.in_memory"))
        # The thread of a forked process's parent is not there, and neither is what it would have seen.
        name = f"settings of {os.getpid()}"
        found = store.shared.get(name)
        if found is None:
            found = store.shared.setdefault(name, SharedSettings(store))
        return cast("SharedSettings", found)

    def follow(self) -> None:
        """Look into the store now, and from now on until it is closed."""
        self.look()
        _follower.follow(self)
        self.is_followed = True

    async def follow_beside(self) -> None:
        """Do as ``follow`` does without holding the event loop up. Who asks first goes on first."""
        async with self._beginning():
            if not self.is_followed:
                await asyncio.to_thread(self.follow)

    def look(self) -> None:
        """Read the settings if something was written to the store; where it cannot be read, they stay as they were."""
        with self._looking:
            try:
                state = _state(self._path)
                if state == self._looked_at or state[0] is None:
                    return
                with contextlib.closing(connect(self._path)) as db:
                    db.execute("PRAGMA query_only = ON")
                    values = consistently(db, lambda: rows.load(db))
            except (OSError, sqlite3.Error, StoreUnusableError) as error:
                _log.debug("the settings in %s could not be read: %s", self._path, error)
                return
            # What is written in the same moment might not show by its time.
            self._looked_at = state if time.time_ns() - _newest(state) > _SETTLED_NS else ()
            if values != self.values:
                self.values = values

    def change(self, changes: Mapping[str, object], now: float) -> None:
        """Set fields for every process; see ``persistence.settings.change``.

        Raises:
            StoreUnusableError: If the store cannot be opened.
            sqlite3.OperationalError: If the store takes nothing.
        """
        with contextlib.closing(self._connect()) as db:
            self._in_transaction(db, lambda: rows.change(db, changes, f"program {os.getpid()}", now))
        self.look()

    def close(self) -> None:
        """Look no more."""
        _follower.leave(self)


class _Follower:
    """The thread that looks into the stores in use; there is one as long as there are any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._followed: WeakSet[SharedSettings] = WeakSet()
        self._thread: threading.Thread | None = None

    def follow(self, settings: SharedSettings) -> None:
        with self._lock:
            self._followed.add(settings)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="shared settings", daemon=True)
                self._thread.start()

    def leave(self, settings: SharedSettings) -> None:
        with self._lock:
            self._followed.discard(settings)

    def _run(self) -> None:
        while self._is_needed():
            time.sleep(LOOK_S)
            self._look()

    def _is_needed(self) -> bool:
        with self._lock:
            if not self._followed:
                self._thread = None
            return bool(self._followed)

    def _look(self) -> None:
        with self._lock:
            followed = list(self._followed)
        for settings in followed:
            settings.look()


_follower = _Follower()


def _begin_anew() -> None:
    global _follower  # noqa: PLW0603 a forked process has neither the thread nor whoever held its lock
    _follower = _Follower()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)


def _state(path: str) -> tuple[_Stamp, ...]:
    """Return what differs once something was written to the store: its file and its log as the system sees them."""
    return _stamp(Path(path)), _stamp(log_of(path))


def _stamp(file: Path) -> _Stamp:
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def _newest(state: tuple[_Stamp, ...]) -> int:
    return max((stamp[0] for stamp in state if stamp is not None), default=0)
