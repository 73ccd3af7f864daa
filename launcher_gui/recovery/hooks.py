"""Facts about supervised calls for listeners: one small protocol for logs, metrics and sockets.

A hook is a callable that takes one past-tense fact. The library needs no listener: an exception from a hook is logged
once and changes nothing. A hook runs on the thread, or the event loop, of the call concerned and must not block it.
Facts are reported after they have been recorded, never before.

A call without a store that succeeds at once is reported to added hooks only and is not logged, so that it costs
nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from launcher_gui.recovery.classification import Classification
from launcher_gui.recovery.operation import OperationState, Progress
from launcher_gui.recovery.rules.breaker import BreakerState
from launcher_gui.recovery.rules.decision import Decision
from launcher_gui.text.message import Message

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Call:
    """Which supervised call a fact is about.

    Attributes:
        operation_id: Its id, also where nothing is recorded.
        function: The registered name of what is called.
        scope: What its circuit breaker guards; by default the function's name.
        parent_id: The operation that it is a step of, or ``None``.
    """

    operation_id: str
    function: str
    scope: str
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class OperationStarted:
    """A call has started, or an earlier one was resumed."""

    call: Call


@dataclass(frozen=True, slots=True)
class AttemptFailed:
    """An attempt has failed, and the next step is decided.

    Attributes:
        call: Which call.
        number: The attempt, counted from 1 over the life of the operation.
        duration_s: How long it took, in seconds.
        error: What it raised.
        failure: Its classification.
        decision: What follows and why: another attempt after ``decision.wait_s`` seconds, or none.
    """

    call: Call
    number: int
    duration_s: float
    error: Exception
    failure: Classification
    decision: Decision


@dataclass(frozen=True, slots=True)
class ProgressMade:
    """The function reported progress; a few times a second at most."""

    call: Call
    progress: Progress


@dataclass(frozen=True, slots=True)
class OperationEnded:
    """A call has ended.

    Attributes:
        call: Which call.
        state: Completed, failed, paused, cancelled or interrupted.
        attempts: Number of attempts over the life of the operation.
        duration_s: Seconds since it started or was resumed, waits included.
        error: What the caller gets raised, ``None`` if it completed.
        failure: Classification of the last attempt's failure, ``None`` if the call did not end by one.
    """

    call: Call
    state: OperationState
    attempts: int
    duration_s: float
    error: BaseException | None = None
    failure: Classification | None = None


@dataclass(frozen=True, slots=True)
class BreakerMoved:
    """A circuit breaker changed its state, because of a call or at the user's request.

    Attributes:
        scope: What it guards.
        before: Its state before.
        after: Its state after.
        reason: The latest failure.
    """

    scope: str
    before: BreakerState
    after: BreakerState
    reason: Message


Fact = OperationStarted | AttemptFailed | ProgressMade | OperationEnded | BreakerMoved


class Hook(Protocol):
    """A listener."""

    def __call__(self, fact: Fact, /) -> None:
        """Take one fact. Must not block."""
        ...


_broken: set[str] = set()
"""The hooks whose failure has been logged, by name."""


def tell(hooks: Iterable[Hook], fact: Fact) -> None:
    """Call every hook; the first exception of each is logged, and none stops the others."""
    for hook in hooks:
        try:
            hook(fact)
        except Exception:  # noqa: BLE001 a listener must not break the work
            if (name := _name(hook)) not in _broken:
                _broken.add(name)
                _log.exception("%s failed at %s; further failures of it are not logged", name, type(fact).__name__)


def _name(hook: Hook) -> str:
    named = hook if hasattr(hook, "__qualname__") else type(hook)
    return f"{named.__module__}.{named.__qualname__}"
