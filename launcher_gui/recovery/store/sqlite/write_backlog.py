"""Transactions that the store refused: kept in order, and run before the next one that it accepts."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import deque
from collections.abc import Callable

from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction

LIMIT = 10_000
"""How many transactions are kept; beyond that the oldest are dropped, so that memory stays bounded."""

Job = Callable[[SQLiteTransaction], object]

_log = logging.getLogger(__name__)


class Backlog:
    """The transactions that a store refused, from any thread, oldest first.

    Args:
        path: The store's file.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._jobs: deque[Job] = deque(maxlen=LIMIT)
        self._lock = threading.RLock()

    def __len__(self) -> int:
        """Return how many transactions are kept."""
        return len(self._jobs)

    def keep(self, job: Job, error: Exception) -> None:
        """Keep a transaction that the store refused with ``error``. The first one of an outage is logged."""
        if not self._jobs:
            _log.warning("the store %s takes nothing, what happens is written later: %s", self._path, error)
        self._jobs.append(job)

    def catch_up(self, write: Callable[[Job], object]) -> None:
        """Run what is kept, in order.

        Raises:
            sqlite3.OperationalError: If the store still refuses; the rest is still kept.
        """
        with self._lock:
            kept = len(self._jobs)
            while self._jobs:
                try:
                    write(self._jobs[0])
                except sqlite3.OperationalError:
                    raise
                except Exception as error:  # noqa: BLE001 one that can never be written must not hold up all others
                    _log.warning("a change that was kept cannot be written any more and is dropped: %s", error)
                self._jobs.popleft()
        if kept:
            _log.warning("the store %s takes changes again: %d that were kept are written", self._path, kept)

    def close(self, write: Callable[[Job], object]) -> None:
        """Do as ``catch_up`` does a last time; what the store still refuses is lost, which is logged."""
        try:
            self.catch_up(write)
        except sqlite3.OperationalError as error:
            changes = "1 change" if len(self) == 1 else f"{len(self)} changes"
            _log.warning("the store %s was closed before it took %s: %s", self._path, changes, error)
