"""A token bucket that limits bytes per second. Pure: it is given the time and returns how long to wait."""

from __future__ import annotations

import math

BURST_S = 0.25
"""How many seconds' worth of bytes a transfer may receive at once after it has been idle."""


class TokenBucket:
    """How many bytes may pass, for one transfer or for several that share it.

    Tokens may become negative: received bytes cannot be sent back, and the wait makes up for them. So transfers that
    share a bucket each wait for what all of them received.
    """

    def __init__(self) -> None:
        self._tokens = 0.0
        self._at = -math.inf

    def wait(self, count: int, rate: float, now: float) -> float:
        """Record that ``count`` bytes were received, and return for how many seconds to receive no more.

        Args:
            count: How many bytes were received.
            rate: The present limit in bytes per second; 0 for no limit.
            now: Seconds of a monotonic clock.
        """
        if rate <= 0:
            self._tokens, self._at = 0.0, now
            return 0.0
        earned = (now - self._at) * rate
        self._tokens = min(self._tokens + earned, rate * BURST_S) - count
        self._at = now
        return max(0.0, -self._tokens / rate)
