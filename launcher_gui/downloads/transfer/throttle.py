"""Limits how fast response bodies are read to the rates in the current settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from launcher_gui.downloads.http.body import Block, Body
from launcher_gui.downloads.rules.token_bucket import BURST_S, TokenBucket
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.settings.schema import Settings

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Throttle:
    """The limits of one download.

    Attributes:
        settings: Returns the current settings.
        shared: The token bucket of all downloads together.
        own: The token bucket of this one.
    """

    settings: Callable[[], Settings]
    shared: TokenBucket
    own: TokenBucket = field(default_factory=TokenBucket)

    def piece(self, room: int) -> int:
        """Return how many of ``room`` bytes to read at once: reading a second's worth would be uneven."""
        settings = self.settings()
        rates = [rate for rate in (settings.bandwidth_limit, settings.bandwidth_limit_each) if rate > 0]
        return min(room, max(1, int(min(rates) * _MB * BURST_S))) if rates else room

    def wait(self, count: int, now: float) -> float:
        """Record that ``count`` bytes were read, and return for how many seconds to read no more."""
        settings = self.settings()
        return max(
            self.shared.wait(count, settings.bandwidth_limit * _MB, now),
            self.own.wait(count, settings.bandwidth_limit_each * _MB, now),
        )


class ThrottledBody:
    """A body that is not read faster than allowed; flow control slows the server down.

    Args:
        body: Where the bytes come from.
        throttle: The limits.
        clock: Time.
    """

    def __init__(self, body: Body, throttle: Throttle, clock: Clock) -> None:
        self._body = body
        self._throttle = throttle
        self._clock = clock
        self._wait_s = 0.0

    async def fill(self, block: Block) -> bool:
        """Wait until more may be read, then read a piece."""
        if self._wait_s:
            await self._clock.sleep(self._wait_s)
        piece = Block(block.room[: self._throttle.piece(len(block.room))])
        try:
            return await self._body.fill(piece)
        finally:
            block.filled += piece.filled
            self._wait_s = self._throttle.wait(piece.filled, self._clock.monotonic())
