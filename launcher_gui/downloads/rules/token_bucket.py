"""Keeping within a number of bytes a second: a token bucket. Pure: it is told the time and answers how long to wait."""

from __future__ import annotations

import math

BURST_S = 0.25
"""For how many seconds' worth of bytes a transfer may run ahead after it has been idle."""


class TokenBucket:
    """How many bytes may pass, for one transfer or for several that share it.

    Tokens may go below nothing: what has come cannot be sent back, and the wait makes up for it. So transfers that
    share a pace each wait for what all of them took.
    """

    def __init__(self) -> None:
        self._tokens = 0.0
        self._at = -math.inf

    def wait(self, count: int, rate: float, now: float) -> float:
        """Note that ``count`` bytes came, and return for how many seconds no more should be taken.

        Args:
            count: How many bytes came.
            rate: How many bytes may come in a second, at present; 0 for as many as can.
            now: Seconds on a clock that only goes forward.
        """
        if rate <= 0:
            self._tokens, self._at = 0.0, now
            return 0.0
        earned = (now - self._at) * rate
        self._tokens = min(self._tokens + earned, rate * BURST_S) - count
        self._at = now
        return max(0.0, -self._tokens / rate)
