"""Bodies held to the rates in the settings, as these are at the time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from launcher_gui.downloads.http.body import Block, Body
from launcher_gui.downloads.rules.token_bucket import BURST_S, TokenBucket
from launcher_gui.settings.schema import Settings

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Throttle:
    """The limits of one download.

    Attributes:
        settings: Returns the settings as they are now.
        shared: The pace of all downloads together.
        own: The pace of this one.
    """

    settings: Callable[[], Settings]
    shared: TokenBucket
    own: TokenBucket = field(default_factory=TokenBucket)

    def piece(self, room: int) -> int:
        """Return how many of ``room`` bytes to take at once: a second's worth at once would come in jerks."""
        settings = self.settings()
        rates = [rate for rate in (settings.bandwidth_limit, settings.bandwidth_limit_each) if rate > 0]
        return min(room, max(1, int(min(rates) * _MB * BURST_S))) if rates else room

    def wait(self, count: int, now: float) -> float:
        """Note that ``count`` bytes came, and return for how many seconds to take no more."""
        settings = self.settings()
        return max(
            self.shared.wait(count, settings.bandwidth_limit * _MB, now),
            self.own.wait(count, settings.bandwidth_limit_each * _MB, now),
        )


class ThrottledBody:
    """A body that is not taken faster than allowed; the connection makes the server wait.

    Args:
        body: Where the bytes come from.
        throttle: The limits.
    """

    def __init__(self, body: Body, throttle: Throttle) -> None:
        self._body = body
        self._throttle = throttle
        self._wait_s = 0.0

    async def fill(self, block: Block) -> bool:
        """Wait until more may be taken, then take a piece of it."""
        if self._wait_s:
            await asyncio.sleep(self._wait_s)
        piece = Block(block.room[: self._throttle.piece(len(block.room))])
        try:
            return await self._body.fill(piece)
        finally:
            block.filled += piece.filled
            self._wait_s = self._throttle.wait(piece.filled, asyncio.get_running_loop().time())
