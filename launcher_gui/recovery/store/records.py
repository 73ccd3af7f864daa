"""What passes through the store's ports besides the vocabulary in ``operation``: requests, outcomes and answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from launcher_gui.recovery.operation import AttemptOutcome, Operation, OperationState, Priority
from launcher_gui.recovery.rules.breaker import Breaker

NOT_SAVED = "not saved"
"""Key in the arguments of an operation that cannot be resumed elsewhere; its value is the reason."""

ANY_HOUR = "any_hour"
"""Key in the arguments of a command that applies whatever the schedule says."""

CHOICES = "choices"
"""Key in an operation's arguments for the choices made when it was last resumed."""

ACTIVE = tuple(state for state in OperationState if state.active)

RESUMABLE = (
    OperationState.PAUSED,
    OperationState.INTERRUPTED,
    OperationState.FAILED,
    OperationState.CANCELLED,
)


@dataclass(frozen=True, slots=True)
class StateChange:
    """The state of an operation after a change.

    Attributes:
        state: Its state.
        reason: The cause in a few words.
        decision: What was chosen and why, as a sentence.
        retry_at: When the wait ends, if it waits.
        result: What the call returned, as JSON text; ``None`` where it is not kept.
    """

    state: OperationState
    reason: str = ""
    decision: str = ""
    retry_at: float | None = None
    result: str | None = None


PAUSED = StateChange(OperationState.PAUSED, "paused", "paused by a person; resuming goes on from here")
CANCELLED = StateChange(
    OperationState.CANCELLED, "cancelled", "cancelled by a person; what was fetched is kept until it is removed"
)
INTERRUPTED = StateChange(
    OperationState.INTERRUPTED,
    "the program was ended",
    "what was fetched is kept; resuming goes on from there",
)
PARKED = StateChange(OperationState.QUEUED, "", "parked; it goes on from here by itself")

_OUTCOMES = {
    OperationState.COMPLETED: AttemptOutcome.SUCCEEDED,
    OperationState.QUEUED: AttemptOutcome.INTERRUPTED,
}


def not_tried(error: Exception) -> StateChange:
    """Return the change for an operation whose run failed with ``error`` before its first attempt."""
    name = type(error).__name__
    return StateChange(OperationState.FAILED, name, f"not tried: {name}: {error}")


def outcome_of(state: OperationState) -> AttemptOutcome:
    """Return the outcome of an attempt that left its operation in ``state``."""
    return _OUTCOMES.get(state) or AttemptOutcome(state)


@dataclass(frozen=True, slots=True)
class AttemptEnd:
    """How an attempt ended; the fields mean what ``Attempt``'s do."""

    outcome: AttemptOutcome
    category: str = ""
    error: str = ""
    detail: str = ""
    decision: str = ""
    wait_s: float | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """An operation that this process has claimed, or found completed.

    Attributes:
        operation: The operation; failed if it was given up instead of being claimed.
        attempt: The attempt that was begun in the same transaction, if one was.
        is_done: Whether an earlier run has done the work: ``operation.result`` is what it returned.
    """

    operation: Operation
    attempt: int | None = None
    is_done: bool = False


class BreakerChange(NamedTuple):
    """A breaker before and after a transition; both are equal where nothing changed."""

    before: Breaker
    after: Breaker


class Turn(NamedTuple):
    """An operation in the queue.

    Attributes:
        id: The operation.
        priority: Its priority.
        place: Its position among those of its priority.
    """

    id: str
    priority: Priority
    place: float


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A change of one setting.

    Attributes:
        at: When, as POSIX seconds.
        by: The process or person that changed it.
        field: The setting.
        before: Its value before, ``None`` if it was not set.
        after: Its value afterwards, ``None`` if it is no longer set.
    """

    at: float
    by: str
    field: str
    before: Any
    after: Any
