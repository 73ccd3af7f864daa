"""How long to wait before the next attempt: pure functions of the number of the attempt that just failed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Protocol


class Strategy(Protocol):
    """Chooses the wait before the next attempt."""

    def delay(self, attempt: int) -> float:
        """Return the seconds to wait after ``attempt`` (counted from 1) has failed."""
        ...


@dataclass(frozen=True, slots=True)
class ExponentialStrategy:
    """Waits that grow by a factor up to a ceiling, with jitter so that clients do not return all at once.

    The wait is drawn evenly from the upper part of the computed one: ``jitter=0.5`` is the "equal jitter" and
    ``jitter=1.0`` the "full jitter" of Brooker, "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015).

    Attributes:
        initial_delay: Seconds after the first failure, before jitter.
        backoff_factor: What each further wait is multiplied by.
        max_delay: Ceiling in seconds.
        jitter: Share of the wait that is left to chance, 0 to 1.
        random: Source of chance.
    """

    initial_delay: float = 1.0
    backoff_factor: float = 2.0
    max_delay: float = 60.0
    jitter: float = 0.5
    random: random.Random = field(default_factory=random.SystemRandom, repr=False, compare=False)

    def ceiling(self, attempt: int) -> float:
        """Return the wait in seconds after ``attempt`` before jitter; never overflows, however many attempts."""
        try:
            grown = self.initial_delay * self.backoff_factor ** (attempt - 1)
        except OverflowError:
            return self.max_delay if self.initial_delay else 0.0
        return min(self.max_delay, grown)

    def delay(self, attempt: int) -> float:
        """Return the seconds to wait after ``attempt`` has failed, jitter included."""
        return self.ceiling(attempt) * (1 - self.jitter * self.random.random())
