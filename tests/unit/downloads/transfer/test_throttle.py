"""Throttled bodies on a fake clock: they are read at the configured rate."""

from __future__ import annotations

import asyncio

import pytest

from launcher_gui.downloads.http.body import Block
from launcher_gui.downloads.rules.token_bucket import BURST_S, TokenBucket
from launcher_gui.downloads.transfer.throttle import Throttle, ThrottledBody
from launcher_gui.settings.schema import Settings
from tests.support.builders.clock import FakeClock

_MB = 1_000_000


class _Body:
    """A body whose data is available at once.

    Args:
        size: How many bytes it has.
    """

    def __init__(self, size: int) -> None:
        self._left = size

    async def fill(self, block: Block) -> bool:
        """Fill the block as far as there is data."""
        count = min(self._left, len(block.room))
        block.put(bytes(count))
        self._left -= count
        return count > 0


async def _read(body: ThrottledBody) -> int:
    count = 0
    while await body.fill(block := Block(memoryview(bytearray(2 * _MB)))):
        count += block.filled
    return count


async def _time_of(clock: FakeClock, settings: Settings, *sizes: int) -> float:
    """Return how long it takes to read bodies of these sizes in parallel."""
    shared = TokenBucket()
    bodies = [ThrottledBody(_Body(size), Throttle(lambda: settings, shared), clock) for size in sizes]
    read = asyncio.gather(*(_read(body) for body in bodies))
    assert await clock.pass_time_until(read) == list(sizes)
    return clock.monotonic()


async def test_one_body_takes_the_time_that_its_limit_says() -> None:
    """Ten megabytes at two per second take five seconds, less the burst at the start."""
    took = await _time_of(FakeClock(), Settings(bandwidth_limit_each=2.0), 10 * _MB)
    assert took == pytest.approx(5.0 - BURST_S)


async def test_bodies_share_the_total_limit() -> None:
    """Three bodies take the time of all their data together, at the total rate."""
    took = await _time_of(FakeClock(), Settings(bandwidth_limit=2.0), 4 * _MB, 4 * _MB, 4 * _MB)
    assert took == pytest.approx(6.0 - BURST_S, abs=BURST_S)


async def test_the_lower_limit_counts() -> None:
    """A limit for each download applies even if the total one would allow more."""
    took = await _time_of(FakeClock(), Settings(bandwidth_limit=100.0, bandwidth_limit_each=1.0), 3 * _MB)
    assert took == pytest.approx(3.0 - BURST_S)


async def test_without_a_limit_nothing_waits() -> None:
    """No time passes."""
    assert await _time_of(clock := FakeClock(), Settings(), 10 * _MB) == 0.0
    assert clock.slept == []
