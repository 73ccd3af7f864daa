"""Operations, the claims on them, and the queue that they wait in.

What an owner writes is fenced: it changes nothing and raises ``OwnershipLostError`` once another owner has taken the
operation over.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from launcher_gui.recovery.operation import NewOperation, Operation, OperationState, Priority
from launcher_gui.recovery.rules.queue_order import Move, QueueLimits
from launcher_gui.recovery.store.records import Claim, StateChange, Turn
from launcher_gui.text.message import Message

NO_LIMITS = QueueLimits(at_once=1)
"""Limits that rule no operation out."""


class Operations(Protocol):
    """Operations and their changes of state."""

    def get(self, operation_id: str) -> Operation | None:
        """Return the operation, ``None`` if there is none with that id."""
        ...

    def require(self, operation_id: str) -> Operation:
        """Return the operation.

        Raises:
            RecoveryStateError: If there is none with that id.
        """
        ...

    def by_prefix(self, prefix: str) -> list[Operation]:
        """Return the operations whose id begins with ``prefix``."""
        ...

    def by_key(self, key: str) -> Operation | None:
        """Return the unfinished operation that holds the exclusive key, ``None`` if the key is free."""
        ...

    def in_states(self, states: Collection[OperationState]) -> list[Operation]:
        """Return the operations in any of ``states``, oldest first."""
        ...

    def newest(self, state: OperationState, most: int, after: int = 0) -> list[Operation]:
        """Return at most ``most`` operations in a state, the newest but for the ``after`` newest; oldest first."""
        ...

    def count(self, state: OperationState) -> int:
        """Return the number of operations in a state."""
        ...

    def held_by(self, owner_ids: Collection[str]) -> list[tuple[str, str]]:
        """Return the id of each operation that one of these owners works on, with the owner's."""
        ...

    def insert(self, new: NewOperation, now: float) -> Operation:
        """Add an operation at the end of the queue.

        Raises:
            ExclusiveKeyError: If an unfinished operation already holds its exclusive key.
        """
        ...

    def claim(self, operation_id: str, owner_id: str, now: float) -> Operation | None:
        """Make ``owner_id`` the owner of a queued operation and return it, ``None`` if it is no longer queued."""
        ...

    def queue(
        self, operation_id: str, now: float, decision: Message, *, ignores_schedule: bool | None = None
    ) -> Operation | None:
        """Put a resumable operation back into the queue and return it, ``None`` if it is not resumable.

        It keeps its position, and unless ``ignores_schedule`` is given also whether it ignores the schedule.

        Raises:
            ExclusiveKeyError: If another operation has taken its key meanwhile.
        """
        ...

    def explain_queued(self, operation_id: str, decision: Message, now: float) -> bool:
        """Record what is being done about a queued operation; return whether it is queued."""
        ...

    def rest(self, operation_id: str, standing: StateChange, now: float) -> Operation | None:
        """Change the state of an operation without an owner and return it, ``None`` if it has one or is completed."""
        ...

    def settle(self, operation_id: str, owner_id: str, standing: StateChange, now: float) -> None:
        """Change the state of an operation that ``owner_id`` works on; unless it stays active, it loses its owner.

        Raises:
            OwnershipLostError: If the operation does not belong to that owner, or no longer.
        """
        ...

    def change_arguments(
        self,
        operation_id: str,
        arguments: Mapping[str, Any],
        key: str | None,
        now: float,
        scope: str | None = None,
    ) -> None:
        """Replace an operation's arguments and exclusive key, and its breaker's scope if one is given.

        Raises:
            ExclusiveKeyError: If another unfinished operation holds ``key``.
        """
        ...

    def remove(self, operation_id: str, now: float) -> bool:
        """Delete an operation without an owner, and its steps; return whether it was deleted."""
        ...

    def cancelled_since(self, since: float) -> list[tuple[str, str]]:
        """Return id and function of each operation that was cancelled at or after ``since``; steps are left out."""
        ...


class Claims(Protocol):
    """Calls that become operations: begun by the process that makes them, or continued after an earlier process."""

    def begin(self, new: NewOperation, owner_id: str, retries: int, now: float) -> Claim:
        """Add an operation and claim it; its first attempt begins at once unless it has a circuit breaker.

        Raises:
            ExclusiveKeyError: If an unfinished operation already holds its exclusive key.
        """
        ...

    def insert_claimed(self, new: NewOperation, owner_id: str, now: float) -> Operation:
        """Add an operation and claim it in the same transaction, so that no other process can be faster.

        Raises:
            ExclusiveKeyError: If an unfinished operation already holds its exclusive key.
        """
        ...

    def begin_or_take(self, new: NewOperation, owner_id: str, retries: int, recoveries: int, now: float) -> Claim:
        """Do as ``begin`` does, or claim the operation with that id if the store has one.

        One that has lost more than ``recoveries`` owners in a row fails instead.

        Raises:
            OperationHeldError: If a live process works on it.
            OwnershipLostError: If it is a step of an operation that does not belong to that owner, or no longer.
            OperationStoppedError: If it was paused or cancelled.
            RecoveryStateError: If it is a call of another function.
            ExclusiveKeyError: If an unfinished operation already holds its exclusive key.
        """
        ...

    def take_interrupted(self, function: str, owner_id: str, recoveries: int, now: float) -> Operation | None:
        """Claim the oldest interrupted or queued operation of ``function``, ``None`` if there is none.

        Those that have lost more than ``recoveries`` owners in a row fail instead.
        """
        ...


class Queue(Protocol):
    """The order in which queued operations are claimed. A move does not change ``updated_at``."""

    def order(self) -> list[Turn]:
        """Return the queued operations, the next one first."""
        ...

    def next_queued(
        self, functions: Collection[str], but: Collection[str] = (), terms: QueueLimits = NO_LIMITS
    ) -> str | None:
        """Return the id of the next operation of one of ``functions``, ``None`` if there is none.

        Operations in ``but`` are skipped: the caller is still busy with an earlier run of them. An operation whose
        scope has as many active ones as ``terms`` allow, in all processes, is skipped but keeps its position.
        """
        ...

    def claim_next(
        self,
        functions: Collection[str],
        owner_id: str,
        now: float,
        but: Collection[str] = (),
        terms: QueueLimits = NO_LIMITS,
    ) -> Operation | None:
        """Claim the operation that ``next_queued`` returns, if there is one."""
        ...

    def move(
        self, ids: Collection[str], where: Move, by: str, now: float, before: str | None = None
    ) -> tuple[str, ...]:
        """Move those of ``ids`` that are queued; they keep their order among themselves.

        Args:
            ids: The operations.
            where: The target, among those of the same priority.
            by: Who moves them, for the history.
            now: POSIX seconds.
            before: For ``Move.BEFORE``, the operation before which they are put and whose priority they take; if it is
                not queued, they are put last.

        Returns:
            Those that are queued, in the new order.
        """
        ...

    def prioritise(self, ids: Collection[str], priority: Priority, by: str, now: float) -> tuple[str, ...]:
        """Give operations another priority, queued or not; they are put last among those of that priority.

        Returns:
            Those that have the priority now; steps and completed operations have none.
        """
        ...

    def hasten(self, operation_id: str, by: str, now: float, *, ignores_schedule: bool) -> None:
        """Make a queued operation the next of its priority; with ``ignores_schedule`` it ignores the schedule."""
        ...
