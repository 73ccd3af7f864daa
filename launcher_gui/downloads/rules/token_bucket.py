"""A token bucket that limits the rate in bytes per second. Pure: the caller supplies the time and does the waiting."""

from __future__ import annotations

import math

BURST_S = 0.25
"""How many seconds' worth of bytes may be read without waiting after an idle time."""


class TokenBucket:
    """The bytes that may be read, by one transfer or by several that share the limit.

    The number of tokens may be negative: received bytes cannot be sent back, and the wait compensates for them. So
    transfers that share a bucket each wait for the bytes of all of them.
    """

    def __init__(self) -> None:
        self._tokens = 0.0
        self._at = -math.inf

    def wait(self, count: int, rate: float, now: float) -> float:
        """Record that ``count`` bytes were read, and return for how many seconds to read no more.

        Args:
            count: How many bytes were read.
            rate: The present limit in bytes per second; 0 for no limit.
            now: Seconds on a monotonic clock.
        """
        if rate <= 0:
            self._tokens, self._at = 0.0, now
            return 0.0
        earned = (now - self._at) * rate
        self._tokens = min(self._tokens + earned, rate * BURST_S) - count
        self._at = now
        return max(0.0, -self._tokens / rate)
