"""What passes through the store's ports besides the vocabulary in ``operation``: requests, outcomes and answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from launcher_gui.recovery.operation import AttemptOutcome, Operation, OperationState, Priority, state_message
from launcher_gui.recovery.rules.breaker import Breaker
from launcher_gui.text.message import NOTHING, Message, foreign, message

NOT_SAVED = "not saved"
"""Key in the arguments of an operation that cannot be resumed elsewhere; its value is the reason."""

IGNORE_SCHEDULE = "ignore_schedule"
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

DONE = message("answer.done")
DONE_NOW = "answer.done_now"
"""The code of the answer that what was requested ignores the schedule."""

_OUTCOMES = {
    OperationState.COMPLETED: AttemptOutcome.SUCCEEDED,
    OperationState.QUEUED: AttemptOutcome.INTERRUPTED,
}


def not_tried(error: Exception) -> StateChange:
    """Return the change for an operation whose run failed with ``error`` before its first attempt."""
    name = type(error).__name__
    return StateChange(
        OperationState.FAILED, foreign(name), message("decision.not_tried", cause=foreign(f"{name}: {error}"))
    )


def too_late(state: OperationState) -> Message:
    """Return the answer to a command about an operation that has already come to ``state``."""
    if state is OperationState.COMPLETED:
        return message("answer.finished")
    if state is OperationState.FAILED:
        return message("answer.failed")
    return message("answer.already", state=state_message(state))


def outcome_of(state: OperationState) -> AttemptOutcome:
    """Return the outcome of an attempt that left its operation in ``state``."""
    return _OUTCOMES.get(state) or AttemptOutcome(state)


@dataclass(frozen=True, slots=True)
class AttemptEnd:
    """How an attempt ended; the fields mean what ``Attempt``'s do."""

    outcome: AttemptOutcome
    category: str = ""
    error: Message = NOTHING
    detail: str = ""
    decision: Message = NOTHING
    wait_s: float | None = None
    failure_kind: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """An operation that this process has claimed, or found completed.

    Attributes:
        operation: The operation; failed if it had crashed too often to be claimed.
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
        position: Where it stands among those of its priority.
    """

    id: str
    priority: Priority
    position: float


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
