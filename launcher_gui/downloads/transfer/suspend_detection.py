"""Ends transfers during which the computer was suspended: their connections are dead, but not reported as such."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from launcher_gui.downloads.errors.download_error import DownloadError
from launcher_gui.downloads.transfer.network_state import NetworkState
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.text.message import message

LEAST_S = 5.0
"""After a shorter suspend, most connections are still alive."""


class SuspendedError(DownloadError):
    """The computer was suspended during the transfer."""

    kind = Classification(ErrorCategory.NETWORK, Disposition.TRANSIENT, message("http.asleep"), counts=False)

    def __init__(self) -> None:
        super().__init__(self.kind.reason)


class SuspendDetector:
    """Keeps track of the running transfers, and ends them when the computer wakes."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Timeout] = set()

    @contextlib.asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """End the body of this context if the computer is suspended meanwhile.

        Raises:
            SuspendedError: If it was.
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

    async def follow(self, machine: NetworkState, clock: Clock) -> None:
        """End what is running each time the computer was suspended, until cancelled."""
        before = machine.slept_s()
        while True:
            await clock.sleep(machine.interval_s)
            now = machine.slept_s()
            if now - before >= LEAST_S:
                self._wake()
            before = now

    def _wake(self) -> None:
        for limit in self._under_way:
            limit.reschedule(asyncio.get_running_loop().time())
        self._under_way.clear()  # each is ended once, however long it takes to save its bytes
