"""The inputs and outputs of a run: how runs of a function work, and what is passed in and out of one."""

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
    """Returns the result of some work, and finishes it even if the caller is cancelled."""

    def __call__(self, work: Awaitable[T]) -> Coroutine[Any, Any, T]:
        """Return what ``work`` returns."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """The attribute ``recovery`` of a failed call's exception.

    Attributes:
        attempts: How many attempts were made.
        decision: Why no further attempt was made.
    """

    attempts: int
    decision: Decision


@dataclass(slots=True)
class FirstFailure:
    """The first attempt, which failed on the fast path, before a run was created.

    Attributes:
        error: Its exception, until it is taken: it keeps the frames of its traceback alive.
        took_s: Its duration in seconds.
        generation: The generation of its breaker when it began.
    """

    error: Exception | None
    took_s: float
    generation: int

    def taken(self) -> Exception:
        """Return the error and drop this reference to it."""
        error, self.error = self.error, None
        assert error is not None  # noqa: S101 it is taken once
        return error


@dataclass(frozen=True, slots=True)
class Plan:
    """How the runs of one function work.

    Attributes:
        config: Read again before each decision, so that a change applies to running operations.
        judge: Classifies failures and calls the strategy.
        clock: The clock.
        hooks: Returns the hooks to call.
        wait_for_breaker: Whether to wait while the breaker is open instead of raising.
        can_time_out: Whether an attempt can be ended from outside.
        wrap_exhausted: Whether to raise ``RecoveryExhaustedError`` when no attempts are left.
        firmly: Finishes work that must not be cancelled.
    """

    config: Callable[[], RecoveryConfig]
    judge: FailurePolicy
    clock: Clock
    hooks: Hooks = tuple
    wait_for_breaker: bool = False
    can_time_out: bool = True
    wrap_exhausted: bool = False
    firmly: Firmly = await_shielded
