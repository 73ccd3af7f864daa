"""How long to wait before the next attempt: functions of the number of the attempt that just failed.

A strategy object is shared by all calls of the function that it decorates and keeps nothing of any of them; what one
call needs to remember, the wait before, is handed to ``next_delay``.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from launcher_gui.recovery.exceptions import InvalidInputError

LONGEST_S = 86_400.0 * 365
"""No wait is longer, whatever was asked for."""


@runtime_checkable
class Strategy(Protocol):
    """Chooses the wait before the next attempt: the least that a strategy has to offer."""

    def delay(self, attempt: int) -> float:
        """Return the seconds to wait after ``attempt`` (counted from 1) has failed."""
        ...


class BaseStrategy:
    """What the library's strategies share.

    Override ``delay`` to choose the waits, ``should_retry`` to choose what is retried as well.
    """

    def delay(self, attempt: int) -> float:
        """Return the seconds to wait after ``attempt`` (counted from 1) has failed."""
        raise NotImplementedError(f"{type(self).__name__} does not say how long to wait after attempt {attempt}")

    def next_delay(self, attempt: int, previous: float | None) -> float:  # noqa: ARG002 for those who need it
        """Return the seconds to wait after ``attempt``, where the wait before it was ``previous`` seconds."""
        return self.delay(attempt)

    def should_retry(self, error: Exception, attempt: int, max_attempts: int) -> bool:  # noqa: ARG002 for overriders
        """Return whether another attempt follows attempt ``attempt`` of at most ``max_attempts``.

        Not overridden, it leaves the choice to the classifier and the number of attempts. Overridden, its word counts
        for errors that the classifier takes for permanent as well; no word allows more than ``max_attempts``.
        """
        return attempt < max_attempts


@dataclass(frozen=True, slots=True)
class FixedStrategy(BaseStrategy):
    """The same wait every time.

    Attributes:
        seconds: The wait.

    Raises:
        InvalidInputError: If it is not a time that can be waited.
    """

    seconds: float = 1.0

    def __post_init__(self) -> None:
        _check_waits(seconds=self.seconds)

    def delay(self, attempt: int) -> float:  # noqa: ARG002 every attempt is the same to it
        """Return the wait in seconds."""
        return self.seconds


@dataclass(frozen=True, slots=True)
class LinearStrategy(BaseStrategy):
    """Waits that grow by the same amount each time, up to a ceiling.

    Attributes:
        initial_delay: Seconds after the first failure.
        increment: Seconds more after each further one.
        max_delay: Ceiling in seconds.

    Raises:
        InvalidInputError: If one of them is not a time that can be waited.
    """

    initial_delay: float = 1.0
    increment: float = 1.0
    max_delay: float = 60.0

    def __post_init__(self) -> None:
        _check_waits(initial_delay=self.initial_delay, increment=self.increment, max_delay=self.max_delay)

    def delay(self, attempt: int) -> float:
        """Return the seconds to wait after ``attempt`` has failed."""
        return min(self.max_delay, self.initial_delay + self.increment * (attempt - 1))


@dataclass(frozen=True, slots=True)
class ExponentialStrategy(BaseStrategy):
    """Waits that grow by a factor up to a ceiling, with jitter so that clients do not return all at once.

    The wait is drawn evenly from the upper part of the computed one: ``jitter=0.5`` is the "equal jitter" and
    ``jitter=1.0`` the "full jitter" of Brooker, "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015).

    Attributes:
        initial_delay: Seconds after the first failure, before jitter.
        backoff_factor: What each further wait is multiplied by.
        max_delay: Ceiling in seconds.
        jitter: Share of the wait that is left to chance, 0 to 1.
        random: Source of chance.

    Raises:
        InvalidInputError: If one of them is not allowed.
    """

    initial_delay: float = 1.0
    backoff_factor: float = 2.0
    max_delay: float = 60.0
    jitter: float = 0.5
    random: random.Random = field(default_factory=random.SystemRandom, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_waits(initial_delay=self.initial_delay, max_delay=self.max_delay)
        _check("backoff_factor", self.backoff_factor, 1.0, sys.float_info.max, "Use a finite number of at least 1.")
        _check("jitter", self.jitter, 0.0, 1.0, "Use a number from 0 to 1.")

    def ceiling(self, attempt: int) -> float:
        """Return the wait in seconds after ``attempt`` before jitter; never overflows, however many attempts."""
        try:
            grown = self.initial_delay * float(self.backoff_factor) ** (attempt - 1)
        except OverflowError:
            return self.max_delay if self.initial_delay else 0.0
        return min(self.max_delay, grown)

    def delay(self, attempt: int) -> float:
        """Return the seconds to wait after ``attempt`` has failed, jitter included."""
        return self.ceiling(attempt) * (1 - self.jitter * self.random.random())


@dataclass(frozen=True, slots=True)
class DecorrelatedStrategy(BaseStrategy):
    """Waits drawn evenly from the first one up to three times the one before: Brooker's "decorrelated jitter".

    Attributes:
        initial_delay: The least wait in seconds.
        max_delay: Ceiling in seconds.
        random: Source of chance.

    Raises:
        InvalidInputError: If one of them is not a time that can be waited.
    """

    initial_delay: float = 1.0
    max_delay: float = 60.0
    random: random.Random = field(default_factory=random.SystemRandom, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_waits(initial_delay=self.initial_delay, max_delay=self.max_delay)

    def delay(self, attempt: int) -> float:
        """Return a wait as if each one before had been the longest possible."""
        return self.next_delay(attempt, self.initial_delay * 3.0 ** min(attempt - 1, 500) if attempt > 1 else None)

    def next_delay(self, attempt: int, previous: float | None) -> float:  # noqa: ARG002 the wait before says enough
        """Return the seconds to wait, where the wait before was ``previous`` seconds."""
        longest = 3 * max(self.initial_delay, self.initial_delay if previous is None else previous)
        return min(self.max_delay, self.random.uniform(self.initial_delay, min(longest, LONGEST_S)))


class CustomStrategy(BaseStrategy):
    """A strategy of your own: a function for the wait, and ``should_retry`` to override.

    Args:
        delay_func: Returns the seconds to wait after the attempt whose number (from 1) it is given.
        name: What people call it.

    Raises:
        InvalidInputError: If ``delay_func`` cannot be called.
    """

    def __init__(self, delay_func: Callable[[int], float], name: str = "custom") -> None:
        if not callable(delay_func):
            raise InvalidInputError("delay_func", delay_func, "cannot be called", "Give a function of the attempt.")
        self.delay_func = delay_func
        self.name = name

    def delay(self, attempt: int) -> float:
        """Return what ``delay_func`` returns."""
        return self.delay_func(attempt)


def overrides_should_retry(strategy: object) -> bool:
    """Return whether ``strategy`` decides for itself what is retried."""
    own = getattr(type(strategy), "should_retry", None)
    return own is not None and own is not BaseStrategy.should_retry


def _check_waits(**waits: float) -> None:
    for name, seconds in waits.items():
        _check(name, seconds, 0.0, LONGEST_S, "Use a number of seconds, 0 or more.")


def _check(name: str, value: object, least: float, greatest: float, allowed: str) -> None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not least <= value <= greatest:  # type: ignore[operator] # NaN fails both comparisons
        raise InvalidInputError(name, value, "is not allowed", allowed)
