"""Time as an argument: the system clock, and the protocol that a fake one follows in tests."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from typing import Any, Protocol


class Clock(Protocol):
    """Source of time and waits; tests pass one that they move themselves."""

    def now(self) -> float:
        """Return UTC in POSIX seconds: for what people and other processes read."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never jump: for durations."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return after ``seconds`` without blocking the event loop."""
        ...

    def sleep_blocking(self, seconds: float) -> None:
        """Return after ``seconds``, blocking the thread: for functions that are not async."""
        ...


class SystemClock:
    """The system's clock."""

    def now(self) -> float:
        """Return UTC in POSIX seconds."""
        return time.time()

    def monotonic(self) -> float:
        """Return seconds that never jump."""
        return time.monotonic()

    def sleep(self, seconds: float) -> Coroutine[Any, Any, None]:
        """Return after ``seconds`` without blocking the event loop."""
        return asyncio.sleep(seconds)

    def sleep_blocking(self, seconds: float) -> None:
        """Return after ``seconds``, blocking the thread."""
        time.sleep(seconds)
