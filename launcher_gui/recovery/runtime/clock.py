"""Time as an argument: the real clock, and the shape that a test's fake one has."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from typing import Any, Protocol


class Clock(Protocol):
    """Where the library reads time and waits; tests hand in one that they move themselves."""

    def now(self) -> float:
        """Return UTC as POSIX seconds: for what people and other processes read."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never jump: for durations."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return after ``seconds``, leaving the event loop to others."""
        ...

    def sleep_blocking(self, seconds: float) -> None:
        """Return after ``seconds``, blocking the thread: what functions wait with that are not async."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> float:
        """Return UTC as POSIX seconds."""
        return time.time()

    def monotonic(self) -> float:
        """Return seconds that never jump."""
        return time.monotonic()

    def sleep(self, seconds: float) -> Coroutine[Any, Any, None]:
        """Return after ``seconds``, leaving the event loop to others."""
        return asyncio.sleep(seconds)

    def sleep_blocking(self, seconds: float) -> None:
        """Return after ``seconds``, blocking the thread."""
        time.sleep(seconds)
