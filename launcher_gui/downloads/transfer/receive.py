"""Moving a body into the staged file: one attempt, large blocks, never a disk access on the event loop."""

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
"""What is handed over at once: whole aligned blocks cost the disk least, and each costs a round through a thread."""

LEAST_BLOCK_BYTES = 256 * 1024
"""Blocks of one file that is fetched through several connections are smaller, but not smaller than this."""


@dataclass(frozen=True, slots=True)
class CheckpointLimits:
    """After how much the data so far is made to survive a power cut. A killed process loses none of it.

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
        executor: The threads that do it.

    Attributes:
        memory: What passes through on its way to the disk.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self.memory = BufferPool()

    async def __call__(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what ``work`` returns; it is finished first even if the caller is cancelled: files are at stake."""
        return await run_to_completion(self.start(work, *args, **kwargs))

    def start(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> asyncio.Future[T]:
        """Begin ``work`` and return its future."""
        loop = asyncio.get_running_loop()
        return asyncio.ensure_future(loop.run_in_executor(self._executor, lambda: work(*args, **kwargs)))


class Checkpoints:
    """Makes what was written survive a power cut, now and then while more is coming, and once at the end.

    Args:
        staging: The staged file.
        files: Runs the flushes.
        clock: Time.
        limits: How much may be lost in a power cut.
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
        """Begin a flush if enough has been written, or enough time has passed, since the last."""
        now, count = self._clock.monotonic(), self._staging.held.count
        if count - self._synced >= self._limits.count or now - self._synced_at >= self._limits.seconds:
            self._synced, self._synced_at = count, now
            await self._flushed()
            self._flushing = self._files.start(self._staging.flush)

    async def finish(self) -> None:
        """Make everything durable; nothing may be writing any more."""
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
    """Append ``body`` to the staged file.

    One buffer is filled while the other is written. However this ends, what has been received is written and made
    durable before it returns.

    Args:
        body: Where the bytes come from.
        staging: Where they go.
        total: Length of the finished file, if known.
        files: Runs the writes.
        on_written: Told after each write how many bytes are here.
        clock: Time.
        limits: When to make checkpoints.
        hashing: Whether what is written is hashed meanwhile.

    Raises:
        ShortBodyError: If the body ended before ``total``.
        LongBodyError: If it went on after it.
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
    """Two blocks, one being filled while the other is being written.

    Args:
        staging: Where they go.
        offset: Where the first one goes.
        files: Runs the writes.
        checkpoints: Told after each write.
        on_written: Told after each write how many bytes are here.
        clock: Time.
        end: The offset behind the last byte that is expected, if known.
        sharers: How many write to the file at a time: together they take as much memory as one.
        hashing: Whether what is written is hashed meanwhile; only what is appended can be.

    Attributes:
        block: The one to be filled.
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
        """The offset of the next byte to come."""
        return self._offset + self.block.filled

    def cut_to(self, end: int) -> None:
        """Leave out what came from ``end`` on."""
        self.block.filled -= min(self.block.filled, max(0, self.received - end))

    async def filled(self) -> None:
        """Take note that more is in the block, and write it once it is full or has waited long enough."""
        if self.block.full or self._clock.monotonic() - self._written_at >= HASTE_S:
            await self._swap()

    async def finish(self) -> None:
        """Write what is left; nothing can be received after that."""
        await self._swap()
        await self._written()
        for block in filter(None, (self._buffer, self._spare)):
            self._files.memory.give_back(block)
        self.block = Block(memoryview(b""))

    def _next_block(self) -> Block:
        """Return a block that ends where one of the file's does: whole, aligned blocks cost the disk least."""
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
            finally:  # of a write that fails, a part may have been taken
                self._on_written(self._staging.held.count)
            self._writing = None

    def _tell(self, _written: asyncio.Future[None]) -> None:
        """Tell of a block as soon as it is written: the next one may be long in coming."""
        with contextlib.suppress(Exception):  # raised again in ``_written``, where it can end the attempt
            self._on_written(self._staging.held.count)
