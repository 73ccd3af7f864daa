"""Reading a store, and blocking it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from launcher_gui.recovery.operation import Attempt, Operation, OperationState
from launcher_gui.recovery.store.sqlite import connection
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence


async def only(store: SQLitePersistence) -> tuple[Operation, list[Attempt]]:
    """Return the only operation, with its attempts."""
    (operation,) = await store.read(lambda tx: tx.operations.in_states(tuple(OperationState)))
    return operation, await store.read(lambda tx: tx.attempts.of(operation.id))


@contextmanager
def held(store: SQLitePersistence, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lock the store against writers, with short timeouts for those that wait."""
    monkeypatch.setattr(connection, "BUSY_LIMIT_S", 0.02)
    holder = sqlite3.connect(store.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.close()
