"""What happens to supervised calls, told to whoever wants to know: one small protocol for logs, metrics and sockets.

A hook is a callable that takes one past-tense fact. The library knows no listener and needs none: what a hook raises is
logged once and changes nothing. Facts come on the thread, or the event loop, of the call that they are about; a hook
must not block it. Everything is told after it has been recorded, never before.

A call that succeeds at once, without a store, tells the hooks that were added and is not logged: it costs nothing then.
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
        operation_id: Names it; also where nothing is recorded.
        function: The registered name of what is called.
        scope: What its circuit breaker guards; the function's name where nothing else was said.
        parent_id: The operation that it is a step of, or ``None``.
    """

    operation_id: str
    function: str
    scope: str
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class OperationStarted:
    """A call was begun, or taken up again where it stood."""

    call: Call


@dataclass(frozen=True, slots=True)
class AttemptFailed:
    """An attempt failed, and it has been decided what follows.

    Attributes:
        call: Which call.
        number: The attempt, counted from 1 over the operation's whole life.
        duration_s: How long it took, in seconds.
        error: What it raised.
        failure: What is known about that.
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
    """The function told its ``progress_tracker`` how far it is: a few times a second at most."""

    call: Call
    progress: Progress


@dataclass(frozen=True, slots=True)
class OperationEnded:
    """A call is over.

    Attributes:
        call: Which call.
        state: How: completed, failed, or paused, cancelled, interrupted by whoever ended it.
        attempts: How many attempts it took, counted over the operation's whole life.
        duration_s: Seconds since it was begun, or taken up again, waits included.
        error: What is raised to the caller, ``None`` if it was completed.
        failure: What is known about the last attempt's failure, ``None`` if that did not end the call.
    """

    call: Call
    state: OperationState
    attempts: int
    duration_s: float
    error: BaseException | None = None
    failure: Classification | None = None


@dataclass(frozen=True, slots=True)
class BreakerMoved:
    """A circuit breaker changed its state, because of a call or because a person asked.

    Attributes:
        scope: What it guards.
        before: Its state until then.
        after: Its state from then on.
        reason: The latest failure.
    """

    scope: str
    before: BreakerState
    after: BreakerState
    reason: Message


Fact = OperationStarted | AttemptFailed | ProgressMade | OperationEnded | BreakerMoved


class Hook(Protocol):
    """Whoever wants to know."""

    def __call__(self, fact: Fact, /) -> None:
        """Take one fact. Must not block."""
        ...


_broken: set[str] = set()
"""The hooks whose failure has been logged, by name."""


def tell(hooks: Iterable[Hook], fact: Fact) -> None:
    """Tell every hook; one that raises is logged the first time and stops nobody."""
    for hook in hooks:
        try:
            hook(fact)
        except Exception:  # noqa: BLE001 somebody's listener must not break the work
            if (name := _name(hook)) not in _broken:
                _broken.add(name)
                _log.exception("%s failed at %s; further failures of it are not logged", name, type(fact).__name__)


def _name(hook: Hook) -> str:
    named = hook if hasattr(hook, "__qualname__") else type(hook)
    return f"{named.__module__}.{named.__qualname__}"
