"""A clock whose time stands still until the test moves it."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import threading
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")

_TURNS = 10
"""Turns of the event loop that whoever was woken gets before time goes on."""

_DAY_S = 86_400.0


class FakeClock:
    """Implements ``recovery.clock.Clock``: sleepers wake in the order of their times, and none of them really waits.

    Args:
        now: What the clock shows at first, as POSIX seconds.
    """

    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self._now = now
        self._elapsed = 0.0
        self._lock = threading.Lock()
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._fallen_asleep = asyncio.Event()
        self.slept: list[float] = []
        """What every sleep asked for, in order."""

    def now(self) -> float:
        """Return UTC as POSIX seconds."""
        return self._now

    def monotonic(self) -> float:
        """Return seconds since the clock was made; ``jump`` does not move them."""
        return self._elapsed

    def jump(self, seconds: float) -> None:
        """Set the wall clock forward or back, as a person or a time server does; nobody wakes for that."""
        self._now += seconds

    async def sleep(self, seconds: float) -> None:
        """Return once the test has moved time on by ``seconds``."""
        self.slept.append(seconds)
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._elapsed + seconds, next(self._order), future))
        self._fallen_asleep.set()
        await future

    def sleep_blocking(self, seconds: float) -> None:
        """Advance the time by ``seconds`` at once: the thread that the test waits for is blocked."""
        with self._lock:
            self.slept.append(seconds)
            self._move_to(self._elapsed + seconds)

    async def asleep(self) -> float:
        """Wait until somebody sleeps and return how many seconds the first of them has left."""
        while (left := self._first_left()) is None:
            self._fallen_asleep.clear()
            await self._fallen_asleep.wait()
        return left

    async def advance(self, seconds: float) -> None:
        """Move time on, waking sleepers one after the other, those included that fall asleep on the way."""
        end = self._elapsed + seconds
        while (left := self._first_left()) is not None and self._elapsed + left <= end:
            self._move_to(self._elapsed + left)
            _, _, future = heapq.heappop(self._sleepers)
            future.set_result(None)
            await settle()
        self._move_to(end)
        await settle()

    async def pass_time_until(self, work: Awaitable[T]) -> T:
        """Return what ``work`` returns, moving time on to the next sleeper whenever there is one.

        Raises:
            AssertionError: If it is still not done after a day.
        """
        task, end = asyncio.ensure_future(work), self._elapsed + _DAY_S
        try:
            while not task.done():
                assert self._elapsed < end, "nothing came of it in a whole day"
                sleeper = asyncio.ensure_future(self.asleep())
                await asyncio.wait([task, sleeper], return_when=asyncio.FIRST_COMPLETED)
                if sleeper.cancel():
                    await asyncio.wait([sleeper])
                elif not task.done():
                    await self.advance(sleeper.result())
        finally:
            task.cancel()
        return await task

    def _first_left(self) -> float | None:
        while self._sleepers and self._sleepers[0][2].done():  # cancelled meanwhile
            heapq.heappop(self._sleepers)
        return self._sleepers[0][0] - self._elapsed if self._sleepers else None

    def _move_to(self, elapsed: float) -> None:
        self._now += elapsed - self._elapsed
        self._elapsed = elapsed


async def settle() -> None:
    """Let everything that is ready to run on the event loop run."""
    for _ in range(_TURNS):
        await asyncio.sleep(0)
