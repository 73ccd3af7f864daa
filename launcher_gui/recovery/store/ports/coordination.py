"""What processes share: commands, owners, circuit breakers, retry budgets and settings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from launcher_gui.recovery.operation import Command, CommandKind, CommandState, Operation, Owner
from launcher_gui.recovery.rules.breaker import Admission, Breaker, BreakerPolicy, Ticket
from launcher_gui.recovery.store.records import BreakerChange, SettingChange, StateChange
from launcher_gui.text.message import Message


class Commands(Protocol):
    """Commands, answered once each."""

    def ask(
        self,
        operation_id: str,
        kind: CommandKind,
        requested_by: str,
        now: float,
        arguments: Mapping[str, Any] | None = None,
    ) -> int:
        """Record a command and return its id.

        A command about a step is refused at once: steps follow their operation.

        Raises:
            RecoveryStateError: If there is no such operation.
        """
        ...

    def answer(self, command_id: int, state: CommandState, words: Message, now: float) -> None:
        """Record the answer to a command; an earlier answer stays."""
        ...

    def stop_asked(self, operation_id: str) -> CommandKind | None:
        """Return the latest pending stop command about an operation, or the one that it is a step of, if any."""
        ...

    def retry_asked(self, operation_id: str, now: float) -> bool:
        """Answer pending commands to retry a waiting operation at once; return whether there were any."""
        ...

    def settle(self, operation_id: str, owner_id: str, standing: StateChange, now: float) -> None:
        """Do as ``operations.settle`` does, and answer the stop commands that this carries out or makes too late.

        Raises:
            OwnershipLostError: If the operation does not belong to that owner, or no longer.
        """
        ...

    def get(self, command_id: int) -> Command | None:
        """Return the command, ``None`` if there is none with that id."""
        ...

    def among(self, operation_ids: Collection[str]) -> dict[str, list[Command]]:
        """Return the commands about each of ``operation_ids``, in order."""
        ...

    def pending(self) -> list[Command]:
        """Return the commands without an answer, in order."""
        ...

    def all_latest_pending(self) -> dict[str, CommandKind]:
        """Return the kind of the latest pending command about each operation that has one."""
        ...

    def obey_unowned(self, command: Command, now: float) -> CommandState:
        """Carry out and answer a command about an operation without an owner.

        Returns:
            The answer; ``PENDING`` if the operation has an owner, who will answer.
        """
        ...

    def choose(self, operation: Operation, choices: Mapping[str, Any], now: float) -> None:
        """Store choices with an operation, in place of earlier ones; its next run follows them."""
        ...


class Owners(Protocol):
    """Process incarnations and their leases."""

    def register(self, owner: Owner) -> None:
        """Add an owner."""
        ...

    def heartbeat(self, owner: Owner, lease_until: float) -> None:
        """Extend an owner's lease; an owner that was swept meanwhile is added again."""
        ...

    def retire(self, owner_id: str, now: float) -> None:
        """Remove an owner; operations that it still works on are interrupted."""
        ...

    def get(self, owner_id: str) -> Owner | None:
        """Return the owner, ``None`` if there is none with that id."""
        ...

    def every(self) -> dict[str, Owner]:
        """Return all recorded owners by id, gone or not."""
        ...

    def alive(self, now: float) -> list[Owner]:
        """Return the owners that are not gone."""
        ...

    def sweep(self, now: float) -> int:
        """Interrupt the operations of owners that are gone, remove those owners, and return how many there were."""
        ...


class CrashCounts(Protocol):
    """Owners lost in a row while an operation made no progress, so that it is not resumed forever."""

    def forget(self, operation_id: str) -> None:
        """Reset the count of an operation."""
        ...

    def give_up(self, operation_id: str, most: int, now: float) -> Operation | None:
        """Fail an interrupted or queued operation that has lost more than ``most`` owners in a row.

        Returns:
            The failed operation; ``None`` if it may be resumed, is in another state, or is a step.
        """
        ...


class Breakers(Protocol):
    """Circuit breakers; every change returns the breaker before and after it."""

    def every(self) -> list[Breaker]:
        """Return all breakers, by scope."""
        ...

    def get(self, scope: str) -> Breaker:
        """Return the breaker of ``scope``; one without a record is closed."""
        ...

    def admit(self, scope: str, policy: BreakerPolicy, now: float) -> tuple[Admission, BreakerChange]:
        """Ask whether a call to ``scope`` may be made."""
        ...

    def record(
        self, scope: str, policy: BreakerPolicy, ticket: Ticket, now: float, error: Message | None, duration_s: float
    ) -> BreakerChange:
        """Record that a call with ``ticket`` succeeded, or failed with ``error``, after ``duration_s``."""
        ...

    def abandon(self, scope: str, ticket: Ticket, now: float) -> BreakerChange:
        """Record that a call with ``ticket`` ended without a result."""
        ...

    def reset(self, scope: str, now: float, by: str = "") -> BreakerChange | None:
        """Close the breaker of ``scope``, ``None`` if it has no record. ``by`` is for the history."""
        ...

    def isolate(self, scope: str, now: float, by: str = "") -> BreakerChange:
        """Hold the breaker of ``scope`` open until it is reset. ``by`` is for the history."""
        ...


class Budgets(Protocol):
    """Retry budgets, in tokens."""

    def spend(self, scope: str, capacity: int, cost: int) -> bool:
        """Take ``cost`` tokens from the budget of ``scope``; return whether there were enough."""
        ...

    def refund(self, scope: str, amount: int) -> None:
        """Put ``amount`` tokens back into the budget of ``scope``."""
        ...


class Settings(Protocol):
    """Settings shared by all processes, with their history."""

    def load(self) -> dict[str, Any]:
        """Return the settings by field; values that are not JSON are left out."""
        ...

    def change(self, changes: Mapping[str, object], by: str, now: float) -> None:
        """Set fields, all of them or none; ``None`` resets a field. An event records each value before and after.

        Args:
            changes: Values by field, checked by the caller.
            by: Who changes them.
            now: POSIX seconds.
        """
        ...

    def history(self) -> list[SettingChange]:
        """Return the changes that are still in the history, oldest first."""
        ...
