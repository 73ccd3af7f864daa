"""Ending transfers that the computer slept through: their connections are dead, and nobody tells them so."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

from launcher_gui.downloads.errors.download_error import DownloadError
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.text.message import message

LOOK_S = 1.0
"""How often it is looked whether the computer has slept."""

LEAST_S = 5.0
"""What slept for less has mostly kept its connections."""


class SuspendedError(DownloadError):
    """The computer was suspended during the transfer."""

    kind = Classification(ErrorCategory.NETWORK, Disposition.TRANSIENT, message("http.asleep"), counts=False)

    def __init__(self) -> None:
        super().__init__(self.kind.reason)


class SuspendDetector:
    """Knows which transfers are under way, and ends them when the computer wakes."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Timeout] = set()

    @contextlib.asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Let what is done in this context end when the computer has slept.

        Raises:
            SleptError: If it has.
        """
        try:
            async with asyncio.timeout(None) as limit:
                self._under_way.add(limit)
                try:
                    yield
                finally:
                    self._under_way.discard(limit)
        except TimeoutError as error:
            if limit.expired():
                raise SuspendedError from error
            raise

    async def follow(self, slept_s: Callable[[], float], clock: Clock) -> None:
        """End what is under way each time that the computer has slept, until cancelled."""
        before = slept_s()
        while True:
            await clock.sleep(LOOK_S)
            now = slept_s()
            if now - before >= LEAST_S:
                self._wake()
            before = now

    def _wake(self) -> None:
        for limit in self._under_way:
            limit.reschedule(asyncio.get_running_loop().time())
        self._under_way.clear()  # each is ended once, however long it takes to put its bytes in order
