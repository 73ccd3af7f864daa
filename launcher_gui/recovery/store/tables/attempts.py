"""Attempts, each changed in one transaction with its operation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from launcher_gui.recovery.exceptions import OwnershipLostError
from launcher_gui.recovery.operation import (
    Attempt,
    AttemptOutcome,
    EventKind,
    OperationState,
    Progress,
    to_json,
    to_text,
)
from launcher_gui.recovery.store import ports
from launcher_gui.recovery.store.records import AttemptEnd, StateChange
from launcher_gui.recovery.store.tables.events import told
from launcher_gui.recovery.store.tables.message_columns import columns, restored
from launcher_gui.recovery.store.tables.operations import UNEXPLAINED, moved
from launcher_gui.recovery.store.tables.table import Table
from launcher_gui.text.message import Message

_COLUMNS = (
    "number, started_at, ended_at, outcome, category, error, code, params, failure_kind, detail,"
    " decision, decision_code, decision_params, wait_s, resumed_from, resume_note, note_code, note_params, owner_id"
)


class AttemptsTable(Table, ports.Attempts):
    """Attempts in SQLite."""

    def of(self, operation_id: str) -> list[Attempt]:
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM attempts WHERE operation_id = ? ORDER BY number", (operation_id,)
        )
        return [_attempt(row) for row in rows]

    def of_all(self) -> dict[str, list[Attempt]]:
        return _by_operation(
            self._db.execute(f"SELECT operation_id, {_COLUMNS} FROM attempts ORDER BY operation_id, number")
        )

    def of_these(self, ids: Sequence[str]) -> dict[str, list[Attempt]]:
        rows = self._db.execute(
            f"SELECT operation_id, {_COLUMNS} FROM attempts WHERE operation_id IN (SELECT value FROM json_each(?))"
            " ORDER BY operation_id, number",
            (to_json(list(ids)),),
        )
        return _by_operation(rows)

    def begin(self, operation_id: str, owner_id: str, retries_left: int, now: float) -> int:
        row = self._db.execute(
            "UPDATE operations SET attempt = attempt + 1, attempt_limit = attempt + 1 + ?, state = ?, retry_at = NULL,"
            f" {UNEXPLAINED}, version = version + 1, updated_at = ? WHERE id = ? AND owner_id = ?"
            " RETURNING attempt",
            (retries_left, OperationState.RUNNING, now, operation_id, owner_id),
        ).fetchone()
        if row is None:
            raise OwnershipLostError.of(operation_id)
        self._db.execute(
            "INSERT INTO attempts (operation_id, number, started_at, outcome, owner_id) VALUES (?, ?, ?, ?, ?)",
            (operation_id, row[0], now, AttemptOutcome.RUNNING, owner_id),
        )
        self._tx.events.append(now, EventKind.ATTEMPT_STARTED, operation_id, number=row[0])
        return int(row[0])

    def explain(
        self,
        operation_id: str,
        owner_id: str,
        number: int,
        resumed_from: int,
        note: Message,
        now: float,
    ) -> None:
        changed = self._db.execute(
            "UPDATE attempts SET resumed_from = ?, resume_note = ?, note_code = ?, note_params = ?"
            " WHERE operation_id = ? AND number = ? AND owner_id = ? AND outcome = ?",
            (resumed_from, *columns(note), operation_id, number, owner_id, AttemptOutcome.RUNNING),
        ).rowcount
        if changed:
            self._tx.events.append(
                now, EventKind.ATTEMPT_RESUMED, operation_id, number=number, resumed_from=resumed_from
            )

    def end(
        self,
        operation_id: str,
        owner_id: str,
        number: int,
        ended: AttemptEnd,
        standing: StateChange,
        progress: Progress | None,
        now: float,
    ) -> None:
        self._tx.operations.move(operation_id, owner_id, standing, now)
        self._db.execute(
            "UPDATE attempts SET ended_at = ?, outcome = ?, category = ?, error = ?, code = ?, params = ?,"
            " failure_kind = ?, detail = ?, decision = ?, decision_code = ?, decision_params = ?,"
            " wait_s = ? WHERE operation_id = ? AND number = ?",
            (
                now,
                ended.outcome,
                to_text(ended.category),
                *columns(ended.error),
                to_text(ended.failure_kind),
                to_text(ended.detail),
                *columns(ended.decision),
                ended.wait_s,
                operation_id,
                number,
            ),
        )
        if not standing.state.active:
            self._tx.commands.answer_stops(operation_id, standing.state, now)
        if progress is not None:
            self._tx.progress.save({operation_id: progress})
        ending = EventKind(f"attempt_{ended.outcome}"), {"number": number, **told(error=ended.error)}
        self._tx.events.append_all(now, operation_id, [moved(standing), ending])


def _by_operation(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[Attempt]]:
    found: dict[str, list[Attempt]] = {}
    for operation_id, *row in rows:
        found.setdefault(operation_id, []).append(_attempt(tuple(row)))
    return found


def _attempt(row: tuple[Any, ...]) -> Attempt:
    number, started_at, ended_at, outcome, category, error, code, params, kind, detail, *rest = row
    decision, decision_code, decision_params, wait_s, resumed_from, note, note_code, note_params, owner_id = rest
    return Attempt(
        number,
        started_at,
        ended_at,
        AttemptOutcome(outcome),
        category,
        restored(error, code, params),
        detail,
        restored(decision, decision_code, decision_params),
        wait_s,
        resumed_from,
        restored(note, note_code, note_params),
        owner_id,
        kind,
    )
