"""Controls a run from the rest of the process: stop it, or end its wait."""

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
        """Make the current task the one that ``stop`` ends.

        Raises:
            CancelledError: If ``stop`` has been called already.
        """
        self._task = asyncio.current_task()
        if self.stop_as is not None:
            raise asyncio.CancelledError

    def detach(self) -> None:
        """Detach the task from ``stop``: the run is over."""
        self._task = None

    def stop(self, state: OperationState, words: Message = NOTHING) -> None:
        """End the run in ``state`` (paused, cancelled, interrupted, or queued again); its progress is kept.

        Args:
            state: The operation's state after the run.
            words: The decision to record, if not the default one for ``state``.
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
        """Make ``retry_now`` effective from now on: other processes are about to read that the operation waits."""
        self._wait_ended = asyncio.get_running_loop().create_future()

    async def wait(self, seconds: float, clock: Clock) -> bool:
        """Wait for ``seconds``, or until ``retry_now`` is called; return whether it was."""
        ended = self._wait_ended or asyncio.get_running_loop().create_future()
        sleeping = asyncio.ensure_future(clock.sleep(seconds))
        try:
            await asyncio.wait([sleeping, ended], return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
        return ended.done()

    def expect_no_wait(self) -> None:
        """Make ``retry_now`` ineffective from now on."""
        self._wait_ended = None


class NoControl(RunControl):
    """The control of a run that can only be ended by cancelling the call."""

    __slots__ = ()

    def attach(self) -> None:
        """Do nothing: nothing stops this run."""

    def expect_wait(self) -> None:
        """Do nothing: nothing ends the wait of this run."""

    async def wait(self, seconds: float, clock: Clock) -> bool:
        """Wait for ``seconds`` and return that the wait was not ended early."""
        await clock.sleep(seconds)
        return False
