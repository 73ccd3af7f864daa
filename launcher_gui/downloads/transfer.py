"""Moving a body into the staged file: one attempt, large blocks, never a disk access on the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from concurrent.futures import Executor
from typing import ParamSpec, TypeVar

from launcher_gui.downloads.body import HASTE_S, Block, Body
from launcher_gui.downloads.failures import LongBodyError, ShortBodyError
from launcher_gui.downloads.staging import Staging
from launcher_gui.recovery.tasks import firmly

BLOCK_BYTES = 2 * 1024 * 1024
"""What is handed over at once: whole aligned blocks cost the disk least, and each costs a round through a thread."""

CHECKPOINT_BYTES = 256 * 1024 * 1024
CHECKPOINT_S = 5.0
"""After so many bytes or seconds the bytes so far are made to survive a power cut. A kill loses none of them."""

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
    body: Body,
    staging: Staging,
    total: int | None,
    files: Files,
    on_written: Callable[[int], None],
    *,
    hashing: bool = False,
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
        hashing: Whether what is written is hashed meanwhile.

    Raises:
        ShortBodyError: If the body ended before ``total``.
        LongBodyError: If it went on after it.
        DiskFullError: If the disk is full.
    """
    writer = _BlockWriter(staging, total, files, on_written, hashing=hashing)
    try:
        while await body.fill(writer.block):
            await writer.filled()
    finally:
        await firmly(writer.finish())
    if total is not None and staging.written < total:
        raise ShortBodyError(staging.written, total)


class _BlockWriter:
    """Two blocks, one being filled while the other is being written.

    Attributes:
        block: The one to be filled.
    """

    def __init__(
        self,
        staging: Staging,
        total: int | None,
        files: Files,
        on_written: Callable[[int], None],
        *,
        hashing: bool,
    ) -> None:
        self._staging = staging
        self._total = total
        self._files = files
        self._on_written = on_written
        self._with_hash = hashing
        self._buffers = [memoryview(bytearray(BLOCK_BYTES)) for _ in range(2)]
        self._offset = self._synced = staging.written
        self._written_at = self._synced_at = time.monotonic()
        self._writing: asyncio.Future[None] | None = None
        self._flushing: asyncio.Future[None] | None = None
        self._hashing: asyncio.Future[None] | None = None
        self.block = self._next_block()

    async def filled(self) -> None:
        """Take note that more is in the block, and write it once it is full or has waited long enough."""
        received = self._offset + self.block.filled
        if self._total is not None and received > self._total:
            self.block.filled -= min(self.block.filled, received - self._total)
            raise LongBodyError(self._total)
        if self.block.full or time.monotonic() - self._written_at >= HASTE_S:
            await self._swap()

    async def finish(self) -> None:
        """Write what is left and make everything durable."""
        try:
            await self._swap()
            await self._written()
        finally:
            try:
                await self._flushed()
            finally:
                await self._files(self._staging.checkpoint)

    def _next_block(self) -> Block:
        """Return a block that ends where one of the file's does: whole, aligned blocks cost the disk least."""
        self._buffers.reverse()
        return Block(self._buffers[0][: BLOCK_BYTES - self._offset % BLOCK_BYTES])

    async def _swap(self) -> None:
        await self._written()
        if data := self.block.data:
            self._offset += len(data)
            self._written_at = time.monotonic()
            self._writing = self._files.start(self._staging.write, data)
            self._writing.add_done_callback(self._tell)
            if self._with_hash:
                self._hashing = self._files.start(self._staging.hash, data)
            self.block = self._next_block()
            if self._is_checkpoint_due():
                await self._flushed()
                self._flushing = self._files.start(self._staging.flush)

    async def _flushed(self) -> None:
        if self._flushing is not None:
            flushing, self._flushing = self._flushing, None
            await firmly(flushing)

    async def _written(self) -> None:
        if self._hashing is not None:
            await firmly(self._hashing)
            self._hashing = None
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
        if self._offset - self._synced < CHECKPOINT_BYTES and now - self._synced_at < CHECKPOINT_S:
            return False
        self._synced, self._synced_at = self._offset, now
        return True
