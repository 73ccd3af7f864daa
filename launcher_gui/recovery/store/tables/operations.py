"""Operations: reading them, and every change of their state.

What an owner writes is fenced: it raises ``OwnershipLostError`` once another owner has the operation.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from launcher_gui.recovery.exceptions import ExclusiveKeyError, OwnershipLostError, RecoveryStateError
from launcher_gui.recovery.operation import (
    AttemptOutcome,
    EventKind,
    NewOperation,
    Operation,
    OperationState,
    Priority,
    Progress,
    to_json,
)
from launcher_gui.recovery.rules.queue_order import STEP
from launcher_gui.recovery.store import ports
from launcher_gui.recovery.store.records import ACTIVE, RESUMABLE, StateChange, outcome_of
from launcher_gui.recovery.store.tables.events import told
from launcher_gui.recovery.store.tables.message_columns import columns, restored
from launcher_gui.recovery.store.tables.table import Table, marks
from launcher_gui.text.message import Message, message

_COLUMNS = """
    o.id, o.function, o.arguments, o.exclusive_key, o.scope, o.state, o.attempt, o.attempt_limit, o.retry_at,
    o.reason, o.reason_code, o.reason_params, o.decision, o.decision_code, o.decision_params,
    o.owner_id, o.version, o.result, o.created_at, o.updated_at, o.ended_at,
    o.parent_id, o.priority, o.queue_position, o.ignores_schedule, p.done, p.total, p.phase, p.at
    FROM operations o LEFT JOIN progress p ON p.operation_id = o.id
"""

_EXPLAINED = "reason = ?, reason_code = ?, reason_params = ?, decision = ?, decision_code = ?, decision_params = ?"
_DECIDED = "decision = ?, decision_code = ?, decision_params = ?"
UNEXPLAINED = (
    "reason = '', reason_code = '', reason_params = '{}', decision = '', decision_code = '', decision_params = '{}'"
)
"""Clears the reason and the decision of an operation, in an UPDATE."""


class OperationsTable(Table, ports.Operations):
    """Operations in SQLite."""

    def get(self, operation_id: str) -> Operation | None:
        row = self._db.execute(f"SELECT {_COLUMNS} WHERE o.id = ?", (operation_id,)).fetchone()
        return None if row is None else _operation(row)

    def by_prefix(self, prefix: str) -> list[Operation]:
        rows = self._db.execute(f"SELECT {_COLUMNS} WHERE substr(o.id, 1, ?) = ?", (len(prefix), prefix))
        return [_operation(row) for row in rows]

    def in_states(self, states: Collection[OperationState]) -> list[Operation]:
        rows = self._db.execute(
            f"SELECT {_COLUMNS} WHERE o.state IN ({marks(states)}) ORDER BY o.created_at, o.id", tuple(states)
        )
        return [_operation(row) for row in rows]

    def newest(self, state: OperationState, most: int, after: int = 0) -> list[Operation]:
        rows = self._db.execute(
            f"SELECT {_COLUMNS} WHERE o.state = ? ORDER BY o.created_at DESC LIMIT ? OFFSET ?", (state, most, after)
        )
        return [_operation(row) for row in rows][::-1]

    def count(self, state: OperationState) -> int:
        return int(self._db.execute("SELECT count(*) FROM operations WHERE state = ?", (state,)).fetchone()[0])

    def by_key(self, key: str) -> Operation | None:
        row = self._db.execute(
            f"SELECT {_COLUMNS} WHERE o.exclusive_key = ? AND o.key_active AND o.state <> 'completed'", (key,)
        ).fetchone()
        return None if row is None else _operation(row)

    def held_by(self, owner_ids: Collection[str]) -> list[tuple[str, str]]:
        if not owner_ids:
            return []
        # Owned operations are active, so the index of states finds them among any number of operations.
        rows = self._db.execute(
            "SELECT id, owner_id FROM operations WHERE state IN (?, ?) AND owner_id IS NOT NULL", ACTIVE
        )
        return [(operation_id, owner_id) for operation_id, owner_id in rows if owner_id in owner_ids]

    def insert(self, new: NewOperation, now: float) -> Operation:
        self.require_free(new.exclusive_key, new.id)
        self._db.execute(
            "INSERT INTO operations (id, parent_id, function, arguments, exclusive_key, scope, state, created_at,"
            " updated_at, queue_position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, max(?, coalesce("
            "(SELECT max(queue_position) + ? FROM operations INDEXED BY queue"
            " WHERE state = 'queued' AND priority = 0), 0)))",
            (
                new.id,
                new.parent_id,
                new.function,
                to_json(new.arguments),
                new.exclusive_key,
                new.scope,
                OperationState.QUEUED,
                now,
                now,
                now,
                STEP,
            ),
        )
        self._tx.events.append(now, EventKind.OPERATION_ADDED, new.id)
        return self.require(new.id)

    def claim(self, operation_id: str, owner_id: str, now: float) -> Operation | None:
        taken = self._db.execute(
            "UPDATE operations SET owner_id = ?, state = ?, retry_at = NULL, ended_at = NULL, version = version + 1,"
            " updated_at = ? WHERE id = ? AND state = ?",
            (owner_id, OperationState.RUNNING, now, operation_id, OperationState.QUEUED),
        ).rowcount
        if not taken:
            return None
        self._tx.events.append(now, EventKind.OPERATION_CLAIMED, operation_id, owner=owner_id)
        return self.require(operation_id)

    def queue(
        self, operation_id: str, now: float, decision: Message, *, ignores_schedule: bool | None = None
    ) -> Operation | None:
        resting = self.get(operation_id)
        # A step is resumed by its operation.
        if resting is None or resting.state not in RESUMABLE or resting.parent_id is not None:
            return None
        self.require_free(resting.exclusive_key, operation_id)
        moved = self._db.execute(
            "UPDATE operations SET state = ?, owner_id = NULL, retry_at = NULL, reason = '',"
            f" reason_code = '', reason_params = '{{}}', {_DECIDED}, ended_at = NULL,"
            " key_active = 1, ignores_schedule = coalesce(?, ignores_schedule), version = version + 1, updated_at = ?"
            f" WHERE id = ? AND state IN ({marks(RESUMABLE)})",
            (OperationState.QUEUED, *columns(decision), ignores_schedule, now, operation_id, *RESUMABLE),
        ).rowcount
        if not moved:
            return None
        self._tx.events.append(now, EventKind.OPERATION_QUEUED, operation_id, **told(decision=decision))
        return self.require(operation_id)

    def explain_queued(self, operation_id: str, decision: Message, now: float) -> bool:
        changed = self._db.execute(
            f"UPDATE operations SET {_DECIDED}, version = version + 1, updated_at = ?"
            " WHERE id = ? AND state = 'queued'",
            (*columns(decision), now, operation_id),
        ).rowcount
        if changed:
            self._tx.events.append(now, EventKind.OPERATION_QUEUED, operation_id, **told(decision=decision))
        return bool(changed)

    def rest(self, operation_id: str, standing: StateChange, now: float) -> Operation | None:
        moved = self._db.execute(
            f"UPDATE operations SET state = ?, {_EXPLAINED}, retry_at = NULL, ended_at = ?,"
            " version = version + 1, updated_at = ? WHERE id = ? AND owner_id IS NULL AND state <> 'completed'",
            (
                standing.state,
                *columns(standing.reason),
                *columns(standing.decision),
                now if standing.state.ended else None,
                now,
                operation_id,
            ),
        ).rowcount
        if not moved:
            return None
        self._tx.events.append(now, _kind_of(standing), operation_id, **told(decision=standing.decision))
        return self.require(operation_id)

    def settle(self, operation_id: str, owner_id: str, standing: StateChange, now: float) -> None:
        self.move(operation_id, owner_id, standing, now)
        if not standing.state.active:
            self.close_running_attempt(operation_id, standing, now)
        self._tx.events.append_all(now, operation_id, [moved(standing)])

    def cancelled_since(self, since: float) -> list[tuple[str, str]]:
        return self._db.execute(
            "SELECT id, function FROM operations WHERE state = ? AND updated_at >= ? AND parent_id IS NULL",
            (OperationState.CANCELLED, since),
        ).fetchall()

    def move(self, operation_id: str, owner_id: str, standing: StateChange, now: float) -> None:
        """Change only the row of an operation; the caller ends its attempt and appends the event.

        Raises:
            OwnershipLostError: If the operation does not belong to that owner, or no longer.
        """
        changed = self._db.execute(
            f"UPDATE operations SET state = ?, {_EXPLAINED}, retry_at = ?, result = ?, owner_id = ?,"
            " ended_at = ?, version = version + 1, updated_at = ? WHERE id = ? AND owner_id = ?",
            (
                standing.state,
                *columns(standing.reason),
                *columns(standing.decision),
                standing.retry_at,
                standing.result,
                owner_id if standing.state.active else None,
                now if standing.state.ended else None,
                now,
                operation_id,
                owner_id,
            ),
        ).rowcount
        if not changed:
            raise OwnershipLostError.of(operation_id)

    def change_arguments(
        self,
        operation_id: str,
        arguments: Mapping[str, Any],
        key: str | None,
        now: float,
        scope: str | None = None,
    ) -> None:
        self.require_free(key, operation_id)
        self._db.execute(
            "UPDATE operations SET arguments = ?, exclusive_key = ?, scope = coalesce(?, scope), version = version + 1,"
            " updated_at = ? WHERE id = ?",
            (to_json(arguments), key, scope, now, operation_id),
        )
        self._tx.events.append(now, EventKind.ARGUMENTS_CHANGED, operation_id)

    def remove(self, operation_id: str, now: float) -> bool:
        steps = self._db.execute(
            "WITH RECURSIVE steps (id) AS (SELECT id FROM operations WHERE parent_id = ? UNION ALL"
            " SELECT o.id FROM operations o JOIN steps s ON o.parent_id = s.id) SELECT id FROM steps",
            (operation_id,),
        ).fetchall()
        gone = self._db.execute("DELETE FROM operations WHERE id = ? AND owner_id IS NULL", (operation_id,)).rowcount
        if gone:
            for (removed,) in ((operation_id,), *steps):
                self._tx.events.append(now, EventKind.OPERATION_REMOVED, removed)
        return bool(gone)

    def close_running_attempt(self, operation_id: str, standing: StateChange, now: float) -> None:
        """End the running attempt of an operation that was stopped."""
        outcome = outcome_of(standing.state)
        self._db.execute(
            f"UPDATE attempts SET ended_at = ?, outcome = ?, {_DECIDED} WHERE operation_id = ? AND outcome = ?",
            (now, outcome, *columns(standing.decision), operation_id, AttemptOutcome.RUNNING),
        )

    def require_free(self, key: str | None, operation_id: str) -> None:
        """Refuse a key that another operation holds; one that has ended without progress releases it.

        Raises:
            ExclusiveKeyError: If another unfinished operation holds it.
        """
        holder = self.by_key(key) if key is not None else None
        if key is None or holder is None or holder.id == operation_id:
            return
        if not holder.state.ended or holder.progress.done:
            raise ExclusiveKeyError(key, holder.id, holder.state)
        self._db.execute("UPDATE operations SET key_active = 0 WHERE id = ?", (holder.id,))

    def require(self, operation_id: str) -> Operation:
        found = self.get(operation_id)
        if found is None:
            raise RecoveryStateError(message("operation.missing", operation=operation_id))
        return found


def moved(standing: StateChange) -> tuple[EventKind, dict[str, Any]]:
    """Return kind and data of the event for a change of state."""
    return _kind_of(standing), told(reason=standing.reason, decision=standing.decision)


def _kind_of(standing: StateChange) -> EventKind:
    return EventKind(f"operation_{standing.state}")


def _operation(row: tuple[Any, ...]) -> Operation:
    (
        id_,
        function,
        arguments,
        key,
        scope,
        state,
        attempt,
        limit,
        retry_at,
        reason,
        reason_code,
        reason_params,
        decision,
        decision_code,
        decision_params,
        owner_id,
        version,
    ) = row[:17]
    result, created_at, updated_at, ended_at, parent_id, priority, position, ignores_schedule, *progress = row[17:]
    done, total, phase, at = progress
    return Operation(
        id=id_,
        function=function,
        arguments=json.loads(arguments),
        exclusive_key=key,
        scope=scope,
        state=OperationState(state),
        attempt=attempt,
        attempt_limit=limit,
        retry_at=retry_at,
        reason=restored(reason, reason_code, reason_params),
        decision=restored(decision, decision_code, decision_params),
        owner_id=owner_id,
        version=version,
        progress=Progress() if done is None else Progress(done, total, phase, at),
        result=None if result is None else json.loads(result),
        created_at=created_at,
        updated_at=updated_at,
        ended_at=ended_at,
        parent_id=parent_id,
        priority=Priority(priority),
        queue_position=position,
        ignores_schedule=bool(ignores_schedule),
    )
