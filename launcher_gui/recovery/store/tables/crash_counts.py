"""Crashes in a row: owners lost while an operation made no progress, so that it is not resumed forever.

An operation that crashes its process would otherwise crash one process after the other. It makes progress when it gets
further than ever before, or completes one more of its steps.
"""

from __future__ import annotations

from typing import NamedTuple

from launcher_gui.recovery.operation import Operation, OperationState
from launcher_gui.recovery.rules.decision import with_remedy
from launcher_gui.recovery.store import ports
from launcher_gui.recovery.store.records import StateChange
from launcher_gui.recovery.store.tables.table import Table
from launcher_gui.text.message import message

_TAKEN_UP = (OperationState.INTERRUPTED, OperationState.QUEUED)


class _Lost(NamedTuple):
    """The count of an operation.

    Attributes:
        owners: Owners lost in a row without progress.
        done: The furthest progress so far.
        steps: Completed steps.
    """

    owners: int = 0
    done: int = 0
    steps: int = 0


class CrashCountsTable(Table, ports.CrashCounts):
    """Crash counts in SQLite."""

    def count(self, operation_id: str) -> None:
        """Count the loss of an operation's owner."""
        before, done, steps = self._lost(operation_id), *self._how_far(operation_id)
        came_further = done > before.done or steps > before.steps
        self._db.execute(
            "INSERT OR REPLACE INTO losses (operation_id, owners, done, steps) VALUES (?, ?, ?, ?)",
            (operation_id, 1 if came_further else before.owners + 1, max(done, before.done), max(steps, before.steps)),
        )

    def forget(self, operation_id: str) -> None:
        self._db.execute("DELETE FROM losses WHERE operation_id = ?", (operation_id,))

    def give_up(self, operation_id: str, most: int, now: float) -> Operation | None:
        found, lost = self._tx.operations.require(operation_id), self._lost(operation_id).owners
        if lost <= most or found.state not in _TAKEN_UP or found.parent_id is not None:
            return None
        words = with_remedy(message("decision.crashes", n=lost), message("fix.crashes"))
        self.forget(operation_id)  # a later resume starts a new count
        failed = StateChange(OperationState.FAILED, message("failure.crashes"), words)
        return self._tx.operations.rest(operation_id, failed, now)

    def _lost(self, operation_id: str) -> _Lost:
        row = self._db.execute(
            "SELECT owners, done, steps FROM losses WHERE operation_id = ?", (operation_id,)
        ).fetchone()
        return _Lost() if row is None else _Lost(*row)

    def _how_far(self, operation_id: str) -> tuple[int, int]:
        row = self._db.execute("SELECT done FROM progress WHERE operation_id = ?", (operation_id,)).fetchone()
        (steps,) = self._db.execute(
            "SELECT count(*) FROM operations WHERE parent_id = ? AND state = ?",
            (operation_id, OperationState.COMPLETED),
        ).fetchone()
        return (0 if row is None else row[0]), steps
