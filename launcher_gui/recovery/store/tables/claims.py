"""Supervised calls: begun by the process that makes them, or continued after an earlier process."""

from __future__ import annotations

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
from launcher_gui.recovery.store import ports
from launcher_gui.recovery.store.records import INTERRUPTED, NOT_SAVED, Claim
from launcher_gui.recovery.store.tables.operations import UNEXPLAINED
from launcher_gui.recovery.store.tables.table import Table
from launcher_gui.text.message import NOTHING, message

_STOPPED_BY_A_PERSON = (OperationState.PAUSED, OperationState.CANCELLED)


class ClaimsTable(Table, ports.Claims):
    """Claims in SQLite."""

    def begin(self, new: NewOperation, owner_id: str, retries: int, now: float) -> Claim:
        if new.scope is None:
            return Claim(self._insert_begun(new, owner_id, retries, now), 1)
        return Claim(self.insert_claimed(new, owner_id, now))

    def insert_claimed(self, new: NewOperation, owner_id: str, now: float) -> Operation:
        self._tx.operations.insert(new, now)
        claimed = self._tx.operations.claim(new.id, owner_id, now)
        if claimed is None:
            raise RecoveryStateError(message("operation.not_claimed", operation=new.id))
        return claimed

    def begin_or_take(self, new: NewOperation, owner_id: str, retries: int, recoveries: int, now: float) -> Claim:
        if new.parent_id is not None:
            self._require_owned(new.parent_id, owner_id)
        found = self._tx.operations.get(new.id)
        if found is None:
            return self.begin(new, owner_id, retries, now)
        if found.function != new.function:
            raise RecoveryStateError(
                message("operation.of_other_function", operation=new.id, function=found.function, other=new.function)
            )
        # A step is recognised by its arguments; without them it may be another one.
        is_same = new.parent_id is None or NOT_SAVED not in found.arguments
        if found.state is OperationState.COMPLETED and is_same and self._keeps_result(new.id):
            return Claim(found, is_done=True)
        if new.parent_id is None:
            self._require_free_to_take(found, now)
            if (failed := self._tx.crash_counts.give_up(found.id, recoveries, now)) is not None:
                return Claim(failed)
        return Claim(self._claim_again(found, owner_id, now))

    def take_interrupted(self, function: str, owner_id: str, recoveries: int, now: float) -> Operation | None:
        waiting = self._db.execute(
            "SELECT id FROM operations WHERE state IN (?, ?) AND function = ? AND parent_id IS NULL"
            " AND owner_id IS NULL AND json_extract(arguments, ?) IS NULL ORDER BY created_at, id",
            (OperationState.INTERRUPTED, OperationState.QUEUED, function, f'$."{NOT_SAVED}"'),
        ).fetchall()
        for (operation_id,) in waiting:
            if self._tx.crash_counts.give_up(operation_id, recoveries, now) is None:
                return self._claim_again(self._tx.operations.require(operation_id), owner_id, now)
        return None

    def _require_owned(self, operation_id: str, owner_id: str) -> None:
        owned = self._db.execute(
            "SELECT 1 FROM operations WHERE id = ? AND owner_id = ?", (operation_id, owner_id)
        ).fetchone()
        if owned is None:
            raise OwnershipLostError.of(operation_id)

    def _keeps_result(self, operation_id: str) -> bool:
        (kept,) = self._db.execute("SELECT result IS NOT NULL FROM operations WHERE id = ?", (operation_id,)).fetchone()
        return bool(kept)

    def _require_free_to_take(self, found: Operation, now: float) -> None:
        owner = self._tx.owners.get(found.owner_id) if found.owner_id is not None else None
        if owner is not None and not is_gone(owner, now):
            raise OperationHeldError(found.id)
        if found.owner_id is not None:
            self._tx.owners.lose(found.owner_id, now)
        if found.state in _STOPPED_BY_A_PERSON:
            raise OperationStoppedError(found.id, found.state)

    def _claim_again(self, found: Operation, owner_id: str, now: float) -> Operation:
        self._tx.operations.require_free(found.exclusive_key, found.id)
        self._tx.operations.close_running_attempt(found.id, INTERRUPTED, now)
        self._db.execute(
            "UPDATE operations SET owner_id = ?, state = ?, retry_at = NULL,"
            f" {UNEXPLAINED}, ended_at = NULL, key_active = 1, version = version + 1, updated_at = ? WHERE id = ?",
            (owner_id, OperationState.RUNNING, now, found.id),
        )
        self._tx.events.append(now, EventKind.OPERATION_CLAIMED, found.id, owner=owner_id)
        return self._tx.operations.require(found.id)

    def _insert_begun(self, new: NewOperation, owner_id: str, retries: int, now: float) -> Operation:
        """Add an operation, claim it and begin its first attempt.

        The result is that of ``insert``, ``claim`` and ``attempts.begin`` one after the other, with a third of their
        statements: every recorded call goes this way.
        """
        self._tx.operations.require_free(new.exclusive_key, new.id)
        arguments = to_json(new.arguments)
        self._db.execute(
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
        self._db.execute(
            "INSERT INTO attempts (operation_id, number, started_at, outcome, owner_id) VALUES (?, 1, ?, ?, ?)",
            (new.id, now, AttemptOutcome.RUNNING, owner_id),
        )
        self._tx.events.append_all(
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
