"""Moving a body into the staged file: one attempt, large blocks, never a disk access on the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from concurrent.futures import Executor
from typing import ParamSpec, TypeVar

from launcher_gui.downloads.answer import Body
from launcher_gui.downloads.failures import LongBodyError, ShortBodyError
from launcher_gui.downloads.staging import Staging
from launcher_gui.recovery.tasks import firmly

BLOCK_BYTES = 1024 * 1024
"""Size of a write: whole aligned blocks cost the disk least."""

WRITE_S = 0.5
"""What has come is written at least this often: a slow line shows its progress, and a kill loses little of it."""

CHECKPOINT_BYTES = 64 * 1024 * 1024
CHECKPOINT_S = 5.0
"""After so many bytes or seconds the bytes so far are made to survive a power cut."""

P = ParamSpec("P")
T = TypeVar("T")


class Files:
    """Runs work on files off the event loop.

    Args:
        executor: The threads that do it.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    async def __call__(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what ``work`` returns; it is finished first even if the caller is cancelled: files are at stake."""
        return await firmly(self.start(work, *args, **kwargs))

    def start(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> asyncio.Future[T]:
        """Begin ``work`` and return its future."""
        loop = asyncio.get_running_loop()
        return asyncio.ensure_future(loop.run_in_executor(self._executor, lambda: work(*args, **kwargs)))


async def receive(
    body: Body, staging: Staging, total: int | None, files: Files, on_written: Callable[[int], None]
) -> None:
    """Append ``body`` to the staged file.

    One buffer is filled while the other is written. However this ends, what has been received is written and made
    durable before it returns.

    Args:
        body: Where the bytes come from.
        staging: Where they go.
        total: Length of the finished file, if known.
        files: Runs the writes.
        on_written: Told the length of the staged file after each write.

    Raises:
        ShortBodyError: If the body ended before ``total``.
        LongBodyError: If it went on after it.
        DiskFullError: If the disk is full.
    """
    writer = _BlockWriter(staging, total, files, on_written)
    try:
        while received := await body.receive_into(writer.room()):
            await writer.received(received)
    finally:
        await firmly(writer.finish())
    if total is not None and staging.written < total:
        raise ShortBodyError(staging.written, total)


class _BlockWriter:
    """Two buffers, one being filled while the other is being written."""

    def __init__(self, staging: Staging, total: int | None, files: Files, on_written: Callable[[int], None]) -> None:
        self._staging = staging
        self._total = total
        self._files = files
        self._on_written = on_written
        self._buffers = (memoryview(bytearray(BLOCK_BYTES)), memoryview(bytearray(BLOCK_BYTES)))
        self._filling = 0
        self._filled = 0
        self._received = staging.written
        self._writing: asyncio.Future[None] | None = None
        self._block = _to_next_block(staging.written)
        self._written_at = self._synced_at = time.monotonic()
        self._synced = staging.written

    def room(self) -> memoryview:
        """Return the part of the present buffer that is still free."""
        return self._buffers[self._filling][self._filled : self._block]

    async def received(self, count: int) -> None:
        """Take note that ``room()`` holds ``count`` more bytes, and write it once it is full."""
        self._received += count
        self._filled += count
        if self._total is not None and self._received > self._total:
            self._filled -= min(self._filled, self._received - self._total)
            raise LongBodyError(self._total)
        if self._filled == self._block or time.monotonic() - self._written_at >= WRITE_S:
            await self._swap()

    async def finish(self) -> None:
        """Write what is left and make everything durable."""
        try:
            await self._swap()
            await self._written()
        finally:
            await self._files(self._staging.checkpoint)

    async def _swap(self) -> None:
        await self._written()
        if self._filled:
            block = self._buffers[self._filling][: self._filled]
            self._filling, self._filled, self._block = 1 - self._filling, 0, _to_next_block(self._received)
            self._written_at = time.monotonic()
            self._writing = self._files.start(self._write, block, self._is_checkpoint_due())
            self._writing.add_done_callback(self._tell)

    async def _written(self) -> None:
        writing = self._writing
        if writing is not None:
            try:
                await firmly(writing)
            finally:  # of a write that fails, a part may have been taken
                self._on_written(self._staging.written)
            self._writing = None

    def _tell(self, _written: asyncio.Future[None]) -> None:
        """Tell of a block as soon as it is written: the next one may be long in coming."""
        with contextlib.suppress(Exception):  # raised again in ``_written``, where it can end the attempt
            self._on_written(self._staging.written)

    def _is_checkpoint_due(self) -> bool:
        now = time.monotonic()
        if self._received - self._synced < CHECKPOINT_BYTES and now - self._synced_at < CHECKPOINT_S:
            return False
        self._synced, self._synced_at = self._received, now
        return True

    def _write(self, block: memoryview, checkpoint: bool) -> None:
        self._staging.write(block)
        if checkpoint:
            self._staging.checkpoint()


def _to_next_block(offset: int) -> int:
    """Return how many bytes the file's present block still takes: where it can be, a write ends where a block does."""
    return BLOCK_BYTES - offset % BLOCK_BYTES
