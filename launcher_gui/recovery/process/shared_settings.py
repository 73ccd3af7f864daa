"""The settings in a store, as this process knows them.

A process that only calls functions has no event loop to follow the store. One thread checks each store in use twice a
second, and opens it only if something was written to it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import threading
import time
from collections.abc import Mapping
from typing import Any, cast
from weakref import WeakSet

from launcher_gui.recovery.exceptions import RecoveryStateError, StoreError
from launcher_gui.recovery.runtime.tasks import LoopLock
from launcher_gui.recovery.store.ports import Store
from launcher_gui.text.message import message

LOOK_S = 0.5
"""How often a store is checked for settings that others have changed."""

_log = logging.getLogger(__name__)


class SharedSettings:
    """The settings of one store.

    Args:
        store: The store.
    """

    def __init__(self, store: Store) -> None:
        self._path = store.path
        self._connect = store.connect
        self._read_if_changed = store.read_if_changed
        self._mark: object = None
        self._looking = threading.Lock()
        self._beginning = LoopLock()
        self.is_followed = False
        """Whether changes by other processes are noticed."""
        self.values: Mapping[str, Any] = {}
        """The settings by field; a new object after each change."""

    @staticmethod
    def of(store: Store) -> SharedSettings:
        """Return the settings of ``store`` that all functions of this process share.

        Raises:
            RecoveryStateError: If the store is in memory, where no other process could see them.
        """
        if store.in_memory:
            raise RecoveryStateError(message("settings.in_memory"))
        # A forked process has neither its parent's thread nor its parent's view.
        name = f"settings of {os.getpid()}"
        found = store.shared.get(name)
        if found is None:
            found = store.shared.setdefault(name, SharedSettings(store))
        return cast("SharedSettings", found)

    def follow(self) -> None:
        """Read the store now, and follow it until it is closed."""
        self.look()
        _follower.follow(self)
        self.is_followed = True

    async def follow_beside(self) -> None:
        """Do as ``follow`` does without blocking the event loop. Callers continue in the order of their calls."""
        async with self._beginning():
            if not self.is_followed:
                await asyncio.to_thread(self.follow)

    def look(self) -> None:
        """Read the settings if something was written to the store; if it cannot be read, keep the present ones."""
        with self._looking:
            try:
                news = self._read_if_changed(lambda tx: tx.settings.load(), self._mark)
            except (OSError, StoreError) as error:
                _log.debug("the settings in %s could not be read: %s", self._path, error)
                return
            if news is None:
                return
            values, self._mark = news
            if values != self.values:
                self.values = values

    def change(self, changes: Mapping[str, object], now: float) -> None:
        """Set fields for every process; see ``Settings.change``.

        Raises:
            StoreUnusableError: If the store cannot be opened.
            StoreUnavailableError: If the store is busy or its disk is full.
        """
        with contextlib.closing(self._connect()) as session:
            session.write(lambda tx: tx.settings.change(changes, f"program {os.getpid()}", now))
        self.look()

    def close(self) -> None:
        """Stop following."""
        _follower.leave(self)


class _Follower:
    """The thread that checks the stores in use; it runs as long as there are any."""

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
    global _follower  # noqa: PLW0603 a forked process has neither the thread nor the holder of its lock
    _follower = _Follower()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)
