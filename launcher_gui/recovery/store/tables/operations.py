"""Operations in the store: reading them, and every change of state that one can go through.

Each function is a transaction body. What an owner writes is fenced: it changes nothing and raises
``OwnershipLostError`` when the row says that somebody else has taken the operation over.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
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
from launcher_gui.recovery.store.tables import events
from launcher_gui.recovery.store.tables.events import told
from launcher_gui.recovery.store.tables.message_columns import columns, restored
from launcher_gui.text.message import NOTHING, Message, foreign, message

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
"""Takes back why an operation stands where it does, in an UPDATE."""

ACTIVE = tuple(state for state in OperationState if state.active)

RESUMABLE = (
    OperationState.PAUSED,
    OperationState.INTERRUPTED,
    OperationState.FAILED,
    OperationState.CANCELLED,
)


@dataclass(frozen=True, slots=True)
class StateChange:
    """Where an operation stands after a change.

    Attributes:
        state: Its state.
        reason: The cause.
        decision: What was chosen and why.
        retry_at: When the wait ends, if it waits.
        result: What the call returned, as JSON text; ``None`` where it is not kept.
    """

    state: OperationState
    reason: Message = NOTHING
    decision: Message = NOTHING
    retry_at: float | None = None
    result: str | None = None


PAUSED = StateChange(OperationState.PAUSED, message("state.paused"), message("stop.paused"))
CANCELLED = StateChange(OperationState.CANCELLED, message("state.cancelled"), message("stop.cancelled"))
INTERRUPTED = StateChange(OperationState.INTERRUPTED, message("stop.closed"), message("stop.interrupted"))
PARKED = StateChange(OperationState.QUEUED, NOTHING, message("stop.parked"))

_OUTCOMES = {
    OperationState.COMPLETED: AttemptOutcome.SUCCEEDED,
    OperationState.QUEUED: AttemptOutcome.INTERRUPTED,
}


def not_tried(error: Exception) -> StateChange:
    """Return where an operation stands whose run failed with ``error`` before it could make an attempt."""
    name = type(error).__name__
    return StateChange(
        OperationState.FAILED, foreign(name), message("decision.not_tried", cause=foreign(f"{name}: {error}"))
    )


def get(db: sqlite3.Connection, operation_id: str) -> Operation | None:
    """Return the operation, ``None`` if there is none of that id."""
    row = db.execute(f"SELECT {_COLUMNS} WHERE o.id = ?", (operation_id,)).fetchone()
    return None if row is None else _operation(row)


def by_prefix(db: sqlite3.Connection, prefix: str) -> list[Operation]:
    """Return the operations whose id begins with ``prefix``."""
    rows = db.execute(f"SELECT {_COLUMNS} WHERE substr(o.id, 1, ?) = ?", (len(prefix), prefix))
    return [_operation(row) for row in rows]


def in_states(db: sqlite3.Connection, states: Collection[OperationState]) -> list[Operation]:
    """Return the operations in any of ``states``, oldest first."""
    rows = db.execute(
        f"SELECT {_COLUMNS} WHERE o.state IN ({marks(states)}) ORDER BY o.created_at, o.id", tuple(states)
    )
    return [_operation(row) for row in rows]


def newest(db: sqlite3.Connection, state: OperationState, most: int, after: int = 0) -> list[Operation]:
    """Return the ``most`` operations in a state that were added last, but for the ``after`` newest; oldest first."""
    rows = db.execute(
        f"SELECT {_COLUMNS} WHERE o.state = ? ORDER BY o.created_at DESC LIMIT ? OFFSET ?", (state, most, after)
    )
    return [_operation(row) for row in rows][::-1]


def count(db: sqlite3.Connection, state: OperationState) -> int:
    """Return how many operations are in a state."""
    return int(db.execute("SELECT count(*) FROM operations WHERE state = ?", (state,)).fetchone()[0])


def by_key(db: sqlite3.Connection, key: str) -> Operation | None:
    """Return the operation that holds ``key``, ``None`` if it is free."""
    row = db.execute(
        f"SELECT {_COLUMNS} WHERE o.exclusive_key = ? AND o.key_active AND o.state <> 'completed'", (key,)
    ).fetchone()
    return None if row is None else _operation(row)


def held_by(db: sqlite3.Connection, owner_ids: Collection[str]) -> list[tuple[str, str]]:
    """Return the operations that these owners work on, each with its owner."""
    if not owner_ids:
        return []
    # What is owned is active, and found by its state however many operations there are.
    rows = db.execute("SELECT id, owner_id FROM operations WHERE state IN (?, ?) AND owner_id IS NOT NULL", ACTIVE)
    return [(operation_id, owner_id) for operation_id, owner_id in rows if owner_id in owner_ids]


def insert(db: sqlite3.Connection, new: NewOperation, now: float) -> Operation:
    """Add an operation, queued behind all of its priority.

    Raises:
        ExclusiveKeyError: If an unfinished operation already holds its exclusive key.
    """
    require_free(db, new.exclusive_key, new.id)
    db.execute(
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
    events.append(db, now, EventKind.OPERATION_ADDED, new.id)
    return require(db, new.id)


def claim(db: sqlite3.Connection, operation_id: str, owner_id: str, now: float) -> Operation | None:
    """Make ``owner_id`` the owner of a queued operation; return it, or ``None`` if somebody was faster."""
    taken = db.execute(
        "UPDATE operations SET owner_id = ?, state = ?, retry_at = NULL, ended_at = NULL, version = version + 1,"
        " updated_at = ? WHERE id = ? AND state = ?",
        (owner_id, OperationState.RUNNING, now, operation_id, OperationState.QUEUED),
    ).rowcount
    if not taken:
        return None
    events.append(db, now, EventKind.OPERATION_CLAIMED, operation_id, owner=owner_id)
    return require(db, operation_id)


def queue(
    db: sqlite3.Connection, operation_id: str, now: float, decision: Message, *, ignores_schedule: bool | None = None
) -> Operation | None:
    """Put an operation that rests back into the queue; return it, or ``None`` if it does not rest.

    It stands where it stood, and ignores the schedule if it did before, unless ``ignores_schedule`` says.

    Raises:
        ExclusiveKeyError: If another operation took its key meanwhile.
    """
    resting = get(db, operation_id)
    # A step is taken up by the operation that it is a step of.
    if resting is None or resting.state not in RESUMABLE or resting.parent_id is not None:
        return None
    require_free(db, resting.exclusive_key, operation_id)
    moved = db.execute(
        "UPDATE operations SET state = ?, owner_id = NULL, retry_at = NULL, reason = '',"
        f" reason_code = '', reason_params = '{{}}', {_DECIDED}, ended_at = NULL,"
        " key_active = 1, ignores_schedule = coalesce(?, ignores_schedule), version = version + 1, updated_at = ?"
        f" WHERE id = ? AND state IN ({marks(RESUMABLE)})",
        (OperationState.QUEUED, *columns(decision), ignores_schedule, now, operation_id, *RESUMABLE),
    ).rowcount
    if not moved:
        return None
    events.append(db, now, EventKind.OPERATION_QUEUED, operation_id, **told(decision=decision))
    return require(db, operation_id)


def explain_queued(db: sqlite3.Connection, operation_id: str, decision: Message, now: float) -> bool:
    """Record what is being done about an operation in the queue; return whether it is there."""
    changed = db.execute(
        f"UPDATE operations SET {_DECIDED}, version = version + 1, updated_at = ? WHERE id = ? AND state = 'queued'",
        (*columns(decision), now, operation_id),
    ).rowcount
    if changed:
        events.append(db, now, EventKind.OPERATION_QUEUED, operation_id, **told(decision=decision))
    return bool(changed)


def rest(db: sqlite3.Connection, operation_id: str, standing: StateChange, now: float) -> Operation | None:
    """Move an operation that nobody owns to ``standing``; return it, or ``None`` if somebody owns it or it is done."""
    moved = db.execute(
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
    events.append(db, now, _kind_of(standing), operation_id, **told(decision=standing.decision))
    return require(db, operation_id)


def settle(db: sqlite3.Connection, operation_id: str, owner_id: str, standing: StateChange, now: float) -> None:
    """Move an operation that ``owner_id`` works on to ``standing``; unless it stays active, it has no owner then.

    Raises:
        OwnershipLostError: If it is not, or no longer, that owner's.
    """
    move(db, operation_id, owner_id, standing, now)
    if not standing.state.active:
        close_running_attempt(db, operation_id, standing, now)
    events.append_all(db, now, operation_id, [moved(standing)])


def move(db: sqlite3.Connection, operation_id: str, owner_id: str, standing: StateChange, now: float) -> None:
    """Change just the row of an operation; whoever asks ends its attempt and appends the event in the same transaction.

    Raises:
        OwnershipLostError: If it is not, or no longer, that owner's.
    """
    changed = db.execute(
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


def moved(standing: StateChange) -> tuple[EventKind, dict[str, Any]]:
    """Return the fact that an operation has come to ``standing``."""
    return _kind_of(standing), told(reason=standing.reason, decision=standing.decision)


def _kind_of(standing: StateChange) -> EventKind:
    return EventKind(f"operation_{standing.state}")


def change_arguments(
    db: sqlite3.Connection,
    operation_id: str,
    arguments: Mapping[str, Any],
    key: str | None,
    now: float,
    scope: str | None = None,
) -> None:
    """Replace what an operation is called with, the thing that it alone may work on, and its breaker if one is named.

    Raises:
        ExclusiveKeyError: If another unfinished operation holds ``key``.
    """
    require_free(db, key, operation_id)
    db.execute(
        "UPDATE operations SET arguments = ?, exclusive_key = ?, scope = coalesce(?, scope), version = version + 1,"
        " updated_at = ? WHERE id = ?",
        (to_json(arguments), key, scope, now, operation_id),
    )
    events.append(db, now, EventKind.ARGUMENTS_CHANGED, operation_id)


def remove(db: sqlite3.Connection, operation_id: str, now: float) -> bool:
    """Forget an operation that nobody owns, and its steps; return whether it was there and free."""
    steps = db.execute(
        "WITH RECURSIVE steps (id) AS (SELECT id FROM operations WHERE parent_id = ? UNION ALL"
        " SELECT o.id FROM operations o JOIN steps s ON o.parent_id = s.id) SELECT id FROM steps",
        (operation_id,),
    ).fetchall()
    gone = db.execute("DELETE FROM operations WHERE id = ? AND owner_id IS NULL", (operation_id,)).rowcount
    if gone:
        for (removed,) in ((operation_id,), *steps):
            events.append(db, now, EventKind.OPERATION_REMOVED, removed)
    return bool(gone)


def close_running_attempt(db: sqlite3.Connection, operation_id: str, standing: StateChange, now: float) -> None:
    """End an attempt that was begun just before its operation was stopped; no attempt outlives the work on it."""
    outcome = outcome_of(standing.state)
    db.execute(
        f"UPDATE attempts SET ended_at = ?, outcome = ?, {_DECIDED} WHERE operation_id = ? AND outcome = ?",
        (now, outcome, *columns(standing.decision), operation_id, AttemptOutcome.RUNNING),
    )


def outcome_of(state: OperationState) -> AttemptOutcome:
    """Return how an attempt ended that left its operation in ``state``."""
    return _OUTCOMES.get(state) or AttemptOutcome(state)


def require_free(db: sqlite3.Connection, key: str | None, operation_id: str) -> None:
    """Refuse a key that another operation holds; one that ended before anything came of it lets go of it.

    Raises:
        ExclusiveKeyError: If another unfinished operation holds it.
    """
    holder = by_key(db, key) if key is not None else None
    if key is None or holder is None or holder.id == operation_id:
        return
    if not holder.state.ended or holder.progress.done:
        raise ExclusiveKeyError(key, holder.id, holder.state)
    db.execute("UPDATE operations SET key_active = 0 WHERE id = ?", (holder.id,))


def marks(values: Collection[object]) -> str:
    """Return as many marks as there are ``values`` to bind."""
    return ",".join("?" * len(values))


def require(db: sqlite3.Connection, operation_id: str) -> Operation:
    """Return the operation.

    Raises:
        RecoveryStateError: If there is none of that id.
    """
    found = get(db, operation_id)
    if found is None:
        raise RecoveryStateError(message("operation.missing", operation=operation_id))
    return found


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
