"""What a run is made with, and what it leaves: how runs of a function go, and what is passed in and out of one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from launcher_gui.recovery.config import RecoveryConfig
from launcher_gui.recovery.execution.failure_policy import FailurePolicy
from launcher_gui.recovery.execution.guards import Hooks
from launcher_gui.recovery.rules.decision import Decision
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.recovery.runtime.tasks import await_shielded

T = TypeVar("T")


class Firmly(Protocol):
    """Returns what some work returns, finishing it whatever happens to the caller meanwhile."""

    def __call__(self, work: Awaitable[T]) -> Coroutine[Any, Any, T]:
        """Return what ``work`` returns."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a failed call's exception carries as its attribute ``recovery``.

    Attributes:
        attempts: How many attempts were made.
        decision: Why there was no further one.
    """

    attempts: int
    decision: Decision


@dataclass(slots=True)
class FirstFailure:
    """The first attempt, which failed before anybody thought of a run.

    Attributes:
        error: What it raised, until somebody has looked at it: it holds the frames that it came through.
        took_s: How long it took, in seconds.
        generation: That of its breaker when it began.
    """

    error: Exception | None
    took_s: float
    generation: int

    def taken(self) -> Exception:
        """Return the error, which is held here no longer."""
        error, self.error = self.error, None
        assert error is not None  # noqa: S101 it is taken once
        return error


@dataclass(frozen=True, slots=True)
class Plan:
    """How the runs of one function go.

    Attributes:
        config: Read anew before each decision, so that a change takes effect on work under way.
        judge: Tells what a failure is, and what its strategy makes of it.
        clock: Time.
        hooks: Returns whom to tell what happens.
        wait_for_breaker: Whether an open breaker is waited out instead of raised.
        can_time_out: Whether an attempt can be ended from outside.
        wrap_exhausted: Whether ``RecoveryExhaustedError`` is raised when all attempts are used up.
        firmly: Finishes what must not be cut short.
    """

    config: Callable[[], RecoveryConfig]
    judge: FailurePolicy
    clock: Clock
    hooks: Hooks = tuple
    wait_for_breaker: bool = False
    can_time_out: bool = True
    wrap_exhausted: bool = False
    firmly: Firmly = await_shielded
