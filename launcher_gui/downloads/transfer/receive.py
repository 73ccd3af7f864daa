"""Writes a body to the partial file: one attempt, large blocks, no disk access on the event loop."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from launcher_gui.downloads.errors.http_errors import LongBodyError, ShortBodyError
from launcher_gui.downloads.http.body import HASTE_S, Block, Body
from launcher_gui.downloads.partial.staging import Staging
from launcher_gui.downloads.transfer.buffer_pool import BufferPool
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.recovery.runtime.tasks import run_to_completion

BLOCK_BYTES = 2 * 1024 * 1024
"""The block size: aligned blocks cost the disk least, and each block costs a round trip to a thread."""

LEAST_BLOCK_BYTES = 256 * 1024
"""The smallest block, for a file that is downloaded through several connections."""


@dataclass(frozen=True, slots=True)
class CheckpointLimits:
    """When to make received data survive a power cut. A killed process loses none of it in any case.

    Attributes:
        count: Bytes since the last checkpoint.
        seconds: Time since the last checkpoint.
    """

    count: int = 256 * 1024 * 1024
    seconds: float = 5.0


DEFAULT_LIMITS = CheckpointLimits()

P = ParamSpec("P")
T = TypeVar("T")


class Files:
    """Runs work on files off the event loop.

    Args:
        executor: The threads that run it.

    Attributes:
        memory: The buffers for data on its way to the disk.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self.memory = BufferPool()

    async def __call__(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what ``work`` returns; it finishes first even if the caller is cancelled, to keep files consistent."""
        return await run_to_completion(self.start(work, *args, **kwargs))

    def start(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> asyncio.Future[T]:
        """Start ``work`` and return its future."""
        loop = asyncio.get_running_loop()
        return asyncio.ensure_future(loop.run_in_executor(self._executor, lambda: work(*args, **kwargs)))


class Checkpoints:
    """Makes written data survive a power cut: now and then during the transfer, and once at the end.

    Args:
        staging: The partial file.
        files: Runs the flushes.
        clock: The clock.
        limits: How much a power cut may lose.
    """

    def __init__(self, staging: Staging, files: Files, clock: Clock, limits: CheckpointLimits = DEFAULT_LIMITS) -> None:
        self._staging = staging
        self._files = files
        self._clock = clock
        self._limits = limits
        self._synced = staging.held.count
        self._synced_at = clock.monotonic()
        self._flushing: asyncio.Future[None] | None = None

    async def note(self) -> None:
        """Start a flush if enough bytes were written, or enough time has passed, since the last."""
        now, count = self._clock.monotonic(), self._staging.held.count
        if count - self._synced >= self._limits.count or now - self._synced_at >= self._limits.seconds:
            self._synced, self._synced_at = count, now
            await self._flushed()
            self._flushing = self._files.start(self._staging.flush)

    async def finish(self) -> None:
        """Make everything durable; no write may be running."""
        try:
            await self._flushed()
        finally:
            await self._files(self._staging.checkpoint)

    async def _flushed(self) -> None:
        if self._flushing is not None:
            flushing, self._flushing = self._flushing, None
            await run_to_completion(flushing)


async def receive(
    body: Body,
    staging: Staging,
    total: int | None,
    files: Files,
    on_written: Callable[[int], None],
    *,
    clock: Clock,
    limits: CheckpointLimits = DEFAULT_LIMITS,
    hashing: bool = False,
) -> None:
    """Append ``body`` to the partial file.

    One buffer is filled while the other is written. However this ends, the data received is written and made durable
    before it returns.

    Args:
        body: The body.
        staging: The partial file.
        total: Length of the finished file, if known.
        files: Runs the writes.
        on_written: Called after each write with the number of saved bytes.
        clock: The clock.
        limits: When to make checkpoints.
        hashing: Whether the data is hashed while it is written.

    Raises:
        ShortBodyError: If the body ended before ``total``.
        LongBodyError: If it continued after ``total``.
        DiskFullError: If the disk is full.
    """
    checkpoints = Checkpoints(staging, files, clock, limits)
    writer = BlockWriter(
        staging, staging.written, files, checkpoints, on_written, clock=clock, end=total, hashing=hashing
    )
    try:
        while await body.fill(writer.block):
            if total is not None and writer.received > total:
                writer.cut_to(total)
                raise LongBodyError(total)
            await writer.filled()
    finally:
        await run_to_completion(_finish(writer, checkpoints))
    if total is not None and staging.written < total:
        raise ShortBodyError(staging.written, total)


async def _finish(writer: BlockWriter, checkpoints: Checkpoints) -> None:
    try:
        await writer.finish()
    finally:
        await checkpoints.finish()


class BlockWriter:
    """Two blocks: one is filled while the other is written.

    Args:
        staging: The partial file.
        offset: Where the first block is written.
        files: Runs the writes.
        checkpoints: Notified after each write.
        on_written: Called after each write with the number of saved bytes.
        clock: The clock.
        end: The offset behind the last expected byte, if known.
        sharers: How many connections write to the file: together they use as much memory as one.
        hashing: Whether the data is hashed while it is written; only appended data can be.

    Attributes:
        block: The block to fill.
    """

    def __init__(
        self,
        staging: Staging,
        offset: int,
        files: Files,
        checkpoints: Checkpoints,
        on_written: Callable[[int], None],
        *,
        clock: Clock,
        end: int | None = None,
        sharers: int = 1,
        hashing: bool = False,
    ) -> None:
        self._staging = staging
        self._files = files
        self._checkpoints = checkpoints
        self._on_written = on_written
        self._clock = clock
        self._with_hash = hashing
        self._spare: memoryview | None = None
        self._offset = offset
        self._written_at = self._clock.monotonic()
        self._writing: asyncio.Future[None] | None = None
        self._hashing: asyncio.Future[None] | None = None
        self._size = max(LEAST_BLOCK_BYTES, BLOCK_BYTES >> (sharers - 1).bit_length())
        self._buffer = files.memory.take(self._size if end is None else min(self._size, max(1, end - offset)))
        self.block = self._next_block()

    @property
    def received(self) -> int:
        """The offset of the next byte to receive."""
        return self._offset + self.block.filled

    def cut_to(self, end: int) -> None:
        """Drop the data received from ``end`` on."""
        self.block.filled -= min(self.block.filled, max(0, self.received - end))

    async def filled(self) -> None:
        """Write the block if it is full or old enough; call this after adding data to it."""
        if self.block.full or self._clock.monotonic() - self._written_at >= HASTE_S:
            await self._swap()

    async def finish(self) -> None:
        """Write the rest; no more data can be added after that."""
        await self._swap()
        await self._written()
        for block in filter(None, (self._buffer, self._spare)):
            self._files.memory.give_back(block)
        self.block = Block(memoryview(b""))

    def _next_block(self) -> Block:
        """Return a block that ends at a multiple of the block size: aligned writes cost the disk least."""
        return Block(self._buffer[: self._size - self._offset % self._size])

    async def _swap(self) -> None:
        await self._written()
        if data := self.block.data:
            offset, self._offset = self._offset, self._offset + len(data)
            self._written_at = self._clock.monotonic()
            self._writing = self._files.start(self._staging.write_at, offset, data)
            self._writing.add_done_callback(self._tell)
            if self._with_hash:
                self._hashing = self._files.start(self._staging.hash, data)
            spare = self._spare or self._files.memory.take(len(self._buffer))
            self._buffer, self._spare = spare, self._buffer
            self.block = self._next_block()
            await self._checkpoints.note()

    async def _written(self) -> None:
        if self._hashing is not None:
            await run_to_completion(self._hashing)
            self._hashing = None
        writing = self._writing
        if writing is not None:
            try:
                await run_to_completion(writing)
            finally:  # a write that fails may have written a part
                self._on_written(self._staging.held.count)
            self._writing = None

    def _tell(self, _written: asyncio.Future[None]) -> None:
        """Report a block as soon as it is written: the next one may take long to arrive."""
        with contextlib.suppress(Exception):  # raised again in ``_written``, where it can end the attempt
            self._on_written(self._staging.held.count)
