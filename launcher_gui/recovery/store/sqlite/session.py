"""A connection to a store for code without an event loop."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from launcher_gui.recovery.store import ports
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction

if TYPE_CHECKING:
    from launcher_gui.recovery.store.sqlite.database import SQLitePersistence

T = TypeVar("T")


class SQLiteSession(ports.Session):
    """A connection of its own to a SQLite file.

    Args:
        store: The store.
        db: The connection, which the session closes.
    """

    def __init__(self, store: SQLitePersistence, db: sqlite3.Connection) -> None:
        self._store = store
        self.tx = SQLiteTransaction(db)

    def write(self, body: Callable[[SQLiteTransaction], T], *, wait_s: float | None = None) -> T:
        return self._store.run_write(self.tx, body, wait_s)

    def read(self, body: Callable[[SQLiteTransaction], T]) -> T:
        return self._store.run_read(self.tx, body)

    def close(self) -> None:
        self.tx.db.close()
