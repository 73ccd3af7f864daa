"""How the rest of the process reaches into a run: stop it, or end its wait."""

from __future__ import annotations

import asyncio

from launcher_gui.recovery.operation import OperationState
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.text.message import NOTHING, Message


class RunControl:
    """The handle of one run."""

    __slots__ = ("_task", "_wait_ended", "stop_as", "stop_words")

    def __init__(self) -> None:
        self.stop_as: OperationState | None = None
        self.stop_words = NOTHING
        self._wait_ended: asyncio.Future[None] | None = None
        self._task: asyncio.Task[object] | None = None

    def attach(self) -> None:
        """Make the present task the one that ``stop`` ends.

        Raises:
            CancelledError: If it has been called already.
        """
        self._task = asyncio.current_task()
        if self.stop_as is not None:
            raise asyncio.CancelledError

    def detach(self) -> None:
        """Let ``stop`` end nothing any more: the run is over."""
        self._task = None

    def stop(self, state: OperationState, words: Message = NOTHING) -> None:
        """End the run in ``state`` (paused, cancelled, interrupted, or queued again); what was done so far is kept.

        Args:
            state: Where it leaves the operation.
            words: The decision that is recorded, if it is not the usual one.
        """
        if self.stop_as is None:
            self.stop_as, self.stop_words = state, words
            if self._task is not None:
                self._task.cancel()

    def retry_now(self) -> bool:
        """End the present wait and return whether there was one."""
        if self._wait_ended is None or self.stop_as is not None:
            return False
        if not self._wait_ended.done():
            self._wait_ended.set_result(None)
        return True

    def expect_wait(self) -> None:
        """Let ``retry_now`` count from here on: others are about to read that the operation waits."""
        self._wait_ended = asyncio.get_running_loop().create_future()

    async def wait(self, seconds: float, clock: Clock) -> bool:
        """Return after ``seconds``, or sooner when ``retry_now`` is called, and whether it was."""
        ended = self._wait_ended or asyncio.get_running_loop().create_future()
        sleeping = asyncio.ensure_future(clock.sleep(seconds))
        try:
            await asyncio.wait([sleeping, ended], return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
        return ended.done()

    def expect_no_wait(self) -> None:
        """Let ``retry_now`` do nothing from here on."""
        self._wait_ended = None


class NoControl(RunControl):
    """The control of a run that nobody can reach into but by cancelling the call itself."""

    __slots__ = ()

    def attach(self) -> None:
        """Do nothing: there is nobody who could stop it."""

    def expect_wait(self) -> None:
        """Do nothing: there is nobody who could end the wait."""

    async def wait(self, seconds: float, clock: Clock) -> bool:
        """Return after ``seconds`` that nobody has ended it."""
        await clock.sleep(seconds)
        return False
