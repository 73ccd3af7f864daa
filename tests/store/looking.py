"""Looking into a store, and getting in its way."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from launcher_gui.recovery.operation import Attempt, Operation, OperationState
from launcher_gui.recovery.store.sqlite import database
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.tables import attempts, operations


async def only(store: SQLitePersistence) -> tuple[Operation, list[Attempt]]:
    """Return the one operation there is, with its attempts."""
    (operation,) = await store.read(operations.in_states, tuple(OperationState))
    return operation, await store.read(attempts.of, operation.id)


@contextmanager
def held(store: SQLitePersistence, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep every writer out of the store, and let nobody wait long for it."""
    monkeypatch.setattr(database, "BUSY_LIMIT_S", 0.02)
    holder = sqlite3.connect(store.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.close()
