"""Backoff strategies: how long to wait before the next attempt, by the number of the attempt that failed.

All calls of a decorated function share one strategy object, so it keeps no state of a call; the previous wait is passed
to ``next_delay``.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.text.message import Message, message

LONGEST_S = 86_400.0 * 365
"""The longest wait possible."""


@runtime_checkable
class Strategy(Protocol):
    """Chooses the wait before the next attempt: the least that a strategy must implement."""

    def delay(self, attempt: int) -> float:
        """Return the seconds to wait after ``attempt`` (counted from 1) has failed."""
        ...


class BaseStrategy:
    """Base of the library's strategies.

    Override ``delay`` to choose the waits, and ``should_retry`` to choose what is retried.
    """

    def delay(self, attempt: int) -> float:
        """Return the seconds to wait after ``attempt`` (counted from 1) has failed."""
        raise NotImplementedError(f"{type(self).__name__} does not say how long to wait after attempt {attempt}")

    def next_delay(self, attempt: int, previous: float | None) -> float:  # noqa: ARG002 for subclasses
        """Return the seconds to wait after ``attempt``, when the previous wait was ``previous`` seconds."""
        return self.delay(attempt)

    def should_retry(self, error: Exception, attempt: int, max_attempts: int) -> bool:  # noqa: ARG002 for subclasses
        """Return whether another attempt follows attempt ``attempt`` of at most ``max_attempts``.

        Unless overridden, the classifier and the number of attempts decide. If overridden, its answer also applies to
        errors that the classifier calls permanent; it never allows more than ``max_attempts``.
        """
        return attempt < max_attempts


@dataclass(frozen=True, slots=True)
class FixedStrategy(BaseStrategy):
    """The same wait every time.

    Attributes:
        seconds: The wait.

    Raises:
        InvalidInputError: If it is not a number of seconds from 0.
    """

    seconds: float = 1.0

    def __post_init__(self) -> None:
        _check_waits(seconds=self.seconds)

    def delay(self, attempt: int) -> float:  # noqa: ARG002 the same for every attempt
        """Return the wait in seconds."""
        return self.seconds


@dataclass(frozen=True, slots=True)
class LinearStrategy(BaseStrategy):
    """Waits that grow by the same amount each time, up to a ceiling.

    Attributes:
        initial_delay: Seconds after the first failure.
        increment: Seconds added after each further failure.
        max_delay: Ceiling in seconds.

    Raises:
        InvalidInputError: If one of them is not a number of seconds from 0.
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
    """Waits that grow by a factor up to a ceiling, with jitter so that clients do not all retry at once.

    The wait is drawn uniformly from the upper part of the computed one: ``jitter=0.5`` is the "equal jitter" and
    ``jitter=1.0`` the "full jitter" of Brooker, "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015).

    Attributes:
        initial_delay: Seconds after the first failure, before jitter.
        backoff_factor: Growth of each further wait.
        max_delay: Ceiling in seconds.
        jitter: Random share of the wait, 0 to 1.
        random: Random number generator.

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
        _check("backoff_factor", self.backoff_factor, 1.0, sys.float_info.max, message("fix.backoff_factor"))
        _check("jitter", self.jitter, 0.0, 1.0, message("fix.jitter"))

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
    """Waits drawn uniformly between the first one and three times the previous: Brooker's "decorrelated jitter".

    Attributes:
        initial_delay: Shortest wait in seconds.
        max_delay: Ceiling in seconds.
        random: Random number generator.

    Raises:
        InvalidInputError: If one of them is not a number of seconds from 0.
    """

    initial_delay: float = 1.0
    max_delay: float = 60.0
    random: random.Random = field(default_factory=random.SystemRandom, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_waits(initial_delay=self.initial_delay, max_delay=self.max_delay)

    def delay(self, attempt: int) -> float:
        """Return a wait as if each previous one had been the longest possible."""
        return self.next_delay(attempt, self.initial_delay * 3.0 ** min(attempt - 1, 500) if attempt > 1 else None)

    def next_delay(self, attempt: int, previous: float | None) -> float:  # noqa: ARG002 only the previous wait counts
        """Return the seconds to wait, when the previous wait was ``previous`` seconds."""
        longest = 3 * max(self.initial_delay, self.initial_delay if previous is None else previous)
        return min(self.max_delay, self.random.uniform(self.initial_delay, min(longest, LONGEST_S)))


class CustomStrategy(BaseStrategy):
    """Your own strategy: a function for the wait, and ``should_retry`` to override.

    Args:
        delay_func: Returns the seconds to wait after the attempt whose number (from 1) it is given.
        name: Its name in logs.

    Raises:
        InvalidInputError: If ``delay_func`` cannot be called.
    """

    def __init__(self, delay_func: Callable[[int], float], name: str = "custom") -> None:
        if not callable(delay_func):
            raise InvalidInputError("delay_func", delay_func, message("input.not_callable"), message("fix.delay_func"))
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
        _check(name, seconds, 0.0, LONGEST_S, message("fix.wait_seconds"))


def _check(name: str, value: object, least: float, greatest: float, allowed: Message) -> None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not least <= value <= greatest:  # type: ignore[operator] # NaN fails both comparisons
        raise InvalidInputError(name, value, message("input.not_allowed"), allowed)
