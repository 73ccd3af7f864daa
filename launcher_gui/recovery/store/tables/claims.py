"""Supervised calls in the store: begun by the process that makes them, or taken up where an earlier one left them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from launcher_gui.recovery.exceptions import (
    OperationHeldError,
    OperationStoppedError,
    OwnershipLostError,
    RecoveryStateError,
)
from launcher_gui.recovery.operation import (
    AttemptOutcome,
    EventKind,
    NewOperation,
    Operation,
    OperationState,
    Progress,
    to_json,
)
from launcher_gui.recovery.runtime.process_identity import is_gone
from launcher_gui.recovery.store.tables import crash_counts, events, operations, owners
from launcher_gui.text.message import NOTHING, message

NOT_SAVED = "not saved"
"""Stands in the arguments of an operation that cannot be resumed elsewhere, with the reason."""

_STOPPED_BY_A_PERSON = (OperationState.PAUSED, OperationState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Claim:
    """An operation that this process has just taken, or that it finds done.

    Attributes:
        operation: The operation; failed if it was given up instead of being taken.
        attempt: The attempt that was begun in the same transaction, if one was.
        is_done: Whether an earlier run has done the work: ``operation.result`` is what it returned.
    """

    operation: Operation
    attempt: int | None = None
    is_done: bool = False


def begin(db: sqlite3.Connection, new: NewOperation, owner_id: str, retries: int, now: float) -> Claim:
    """Add an operation as its own process's; its first attempt is begun unless a breaker is to be asked before.

    Raises:
        ExclusiveKeyError: If an unfinished operation already holds its exclusive key.
    """
    if new.scope is None:
        return Claim(_insert_begun(db, new, owner_id, retries, now), 1)
    return Claim(insert_claimed(db, new, owner_id, now))


def insert_claimed(db: sqlite3.Connection, new: NewOperation, owner_id: str, now: float) -> Operation:
    """Add an operation that its own process takes at once, so that no other can be faster.

    Raises:
        ExclusiveKeyError: If an unfinished operation already holds its exclusive key.
    """
    operations.insert(db, new, now)
    claimed = operations.claim(db, new.id, owner_id, now)
    if claimed is None:
        raise RecoveryStateError(message("operation.not_claimed", operation=new.id))
    return claimed


def begin_or_take(
    db: sqlite3.Connection, new: NewOperation, owner_id: str, retries: int, recoveries: int, now: float
) -> Claim:
    """Do as ``begin`` does, unless the store knows an operation of that id: then take that one up.

    One that has lost its owner more than ``recoveries`` times in a row has failed instead.

    Raises:
        OperationHeldError: If somebody who is alive works on it.
        OwnershipLostError: If it is a step of an operation that is not, or no longer, that owner's.
        OperationStoppedError: If a person has stopped it.
        RecoveryStateError: If it is of another function.
        ExclusiveKeyError: If an unfinished operation already holds its exclusive key.
    """
    if new.parent_id is not None:
        _require_owned(db, new.parent_id, owner_id)
    found = operations.get(db, new.id)
    if found is None:
        return begin(db, new, owner_id, retries, now)
    if found.function != new.function:
        raise RecoveryStateError(
            message("operation.of_other_function", operation=new.id, function=found.function, other=new.function)
        )
    # A step goes by its arguments: where they could not be saved, it may be another one.
    is_same = new.parent_id is None or NOT_SAVED not in found.arguments
    if found.state is OperationState.COMPLETED and is_same and _keeps_result(db, new.id):
        return Claim(found, is_done=True)
    if new.parent_id is None:
        _require_free_to_take(db, found, now)
        if (failed := crash_counts.give_up(db, found.id, recoveries, now)) is not None:
            return Claim(failed)
    return Claim(_taken_up(db, found, owner_id, now))


def take_interrupted(
    db: sqlite3.Connection, function: str, owner_id: str, recoveries: int, now: float
) -> Operation | None:
    """Take the oldest operation of ``function`` that waits for somebody to go on with it; ``None`` if none does.

    Those that have lost their owner more than ``recoveries`` times in a row have failed by then.
    """
    waiting = db.execute(
        "SELECT id FROM operations WHERE state IN (?, ?) AND function = ? AND parent_id IS NULL AND owner_id IS NULL"
        " AND json_extract(arguments, ?) IS NULL ORDER BY created_at, id",
        (OperationState.INTERRUPTED, OperationState.QUEUED, function, f'$."{NOT_SAVED}"'),
    ).fetchall()
    for (operation_id,) in waiting:
        if crash_counts.give_up(db, operation_id, recoveries, now) is None:
            return _taken_up(db, operations.require(db, operation_id), owner_id, now)
    return None


def _require_owned(db: sqlite3.Connection, operation_id: str, owner_id: str) -> None:
    owned = db.execute("SELECT 1 FROM operations WHERE id = ? AND owner_id = ?", (operation_id, owner_id)).fetchone()
    if owned is None:
        raise OwnershipLostError.of(operation_id)


def _keeps_result(db: sqlite3.Connection, operation_id: str) -> bool:
    (kept,) = db.execute("SELECT result IS NOT NULL FROM operations WHERE id = ?", (operation_id,)).fetchone()
    return bool(kept)


def _require_free_to_take(db: sqlite3.Connection, found: Operation, now: float) -> None:
    owner = owners.get(db, found.owner_id) if found.owner_id is not None else None
    if owner is not None and not is_gone(owner, now):
        raise OperationHeldError(found.id)
    if found.owner_id is not None:
        owners.lose(db, found.owner_id, now)
    if found.state in _STOPPED_BY_A_PERSON:
        raise OperationStoppedError(found.id, found.state)


def _taken_up(db: sqlite3.Connection, found: Operation, owner_id: str, now: float) -> Operation:
    operations.require_free(db, found.exclusive_key, found.id)
    operations.close_running_attempt(db, found.id, operations.INTERRUPTED, now)
    db.execute(
        "UPDATE operations SET owner_id = ?, state = ?, retry_at = NULL,"
        f" {operations.UNEXPLAINED}, ended_at = NULL,"
        " key_active = 1, version = version + 1, updated_at = ? WHERE id = ?",
        (owner_id, OperationState.RUNNING, now, found.id),
    )
    events.append(db, now, EventKind.OPERATION_CLAIMED, found.id, owner=owner_id)
    return operations.require(db, found.id)


def _insert_begun(db: sqlite3.Connection, new: NewOperation, owner_id: str, retries: int, now: float) -> Operation:
    """Add an operation that its own process takes and whose first attempt it begins at once.

    What it leaves in the store is what ``insert``, ``claim`` and ``attempts.begin`` leave one after the other, with a
    third of their statements: every recorded call goes this way.
    """
    operations.require_free(db, new.exclusive_key, new.id)
    arguments = to_json(new.arguments)
    db.execute(
        "INSERT INTO operations (id, parent_id, function, arguments, exclusive_key, scope, state, attempt,"
        " attempt_limit, owner_id, version, created_at, updated_at, queue_position)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, 3, ?, ?, ?)",
        (
            new.id,
            new.parent_id,
            new.function,
            arguments,
            new.exclusive_key,
            new.scope,
            OperationState.RUNNING,
            1 + retries,
            owner_id,
            now,
            now,
            now,
        ),
    )
    db.execute(
        "INSERT INTO attempts (operation_id, number, started_at, outcome, owner_id) VALUES (?, 1, ?, ?, ?)",
        (new.id, now, AttemptOutcome.RUNNING, owner_id),
    )
    events.append_all(
        db,
        now,
        new.id,
        [
            (EventKind.OPERATION_ADDED, {}),
            (EventKind.OPERATION_CLAIMED, {"owner": owner_id}),
            (EventKind.ATTEMPT_STARTED, {"number": 1}),
        ],
    )
    return Operation(
        id=new.id,
        function=new.function,
        arguments=new.arguments,
        exclusive_key=new.exclusive_key,
        scope=new.scope,
        state=OperationState.RUNNING,
        attempt=1,
        attempt_limit=1 + retries,
        retry_at=None,
        reason=NOTHING,
        decision=NOTHING,
        owner_id=owner_id,
        version=3,
        progress=Progress(),
        result=None,
        created_at=now,
        updated_at=now,
        ended_at=None,
        parent_id=new.parent_id,
        queue_position=now,
    )
