"""Owners that were lost with an operation: counted while it comes no further, so that it is not taken up for ever.

Something that ends its process each time would otherwise end one process after the other. An operation comes further
when its progress passes where it ever was, or when one more of its steps is done.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from launcher_gui.recovery.operation import Operation, OperationState
from launcher_gui.recovery.rules.decision import with_remedy
from launcher_gui.recovery.store.tables import operations
from launcher_gui.recovery.store.tables.operations import StateChange
from launcher_gui.text.message import message

_TAKEN_UP = (OperationState.INTERRUPTED, OperationState.QUEUED)


class _Lost(NamedTuple):
    """What was lost with an operation.

    Attributes:
        owners: How many owners in a row, none of which came further than the first of them.
        done: How far the progress ever was.
        steps: How many steps were done.
    """

    owners: int = 0
    done: int = 0
    steps: int = 0


def count(db: sqlite3.Connection, operation_id: str) -> None:
    """Record that an operation has lost its owner."""
    before, done, steps = _lost(db, operation_id), *_how_far(db, operation_id)
    came_further = done > before.done or steps > before.steps
    db.execute(
        "INSERT OR REPLACE INTO losses (operation_id, owners, done, steps) VALUES (?, ?, ?, ?)",
        (operation_id, 1 if came_further else before.owners + 1, max(done, before.done), max(steps, before.steps)),
    )


def forget(db: sqlite3.Connection, operation_id: str) -> None:
    """Begin to count anew: a person asks for the operation."""
    db.execute("DELETE FROM losses WHERE operation_id = ?", (operation_id,))


def give_up(db: sqlite3.Connection, operation_id: str, most: int, now: float) -> Operation | None:
    """Let an operation that waits to be taken up fail if it has lost more than ``most`` owners in a row.

    Returns:
        The failed operation; ``None`` if it may be taken up, or does not wait. Steps go the way of their whole.
    """
    found, lost = operations.require(db, operation_id), _lost(db, operation_id).owners
    if lost <= most or found.state not in _TAKEN_UP or found.parent_id is not None:
        return None
    words = with_remedy(message("decision.crashes", n=lost), message("fix.crashes"))
    forget(db, operation_id)  # whoever takes it up after that has found out what ended them
    failed = StateChange(OperationState.FAILED, message("failure.crashes"), words)
    return operations.rest(db, operation_id, failed, now)


def _lost(db: sqlite3.Connection, operation_id: str) -> _Lost:
    row = db.execute("SELECT owners, done, steps FROM losses WHERE operation_id = ?", (operation_id,)).fetchone()
    return _Lost() if row is None else _Lost(*row)


def _how_far(db: sqlite3.Connection, operation_id: str) -> tuple[int, int]:
    row = db.execute("SELECT done FROM progress WHERE operation_id = ?", (operation_id,)).fetchone()
    (steps,) = db.execute(
        "SELECT count(*) FROM operations WHERE parent_id = ? AND state = ?", (operation_id, OperationState.COMPLETED)
    ).fetchone()
    return (0 if row is None else row[0]), steps
