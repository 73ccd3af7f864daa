"""Downloads one file through several connections, or fills the gaps of an earlier attempt through one.

A connection that fails returns its segment. If it had received enough, it requests another segment, else it is closed;
so a server that allows four connections keeps four, and one that allows none of them ends the attempt.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from launcher_gui.downloads.errors.disk_errors import DiskError, DiskFullError, FolderError
from launcher_gui.downloads.errors.http_errors import FileChangedError, ShortBodyError
from launcher_gui.downloads.http.body import Body
from launcher_gui.downloads.http.http_client import Response
from launcher_gui.downloads.partial.running_hash import MARK_BYTES
from launcher_gui.downloads.partial.staging import Staging
from launcher_gui.downloads.rules.segment_scheduler import LEAST_BYTES, ActiveSegment, next_segment
from launcher_gui.downloads.transfer.receive import DEFAULT_LIMITS, BlockWriter, CheckpointLimits, Checkpoints, Files
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.recovery.runtime.tasks import run_to_completion

_log = logging.getLogger(__name__)

_ENDS_ALL = (DiskError, DiskFullError, FileChangedError, FolderError)
"""Failures that another connection does not avoid."""

AskForPart = Callable[[int, int, int], AbstractAsyncContextManager[Body]]
"""Requests the bytes from one offset up to another through the connection of a given number; raises if it fails."""


@dataclass(slots=True)
class _Piece:
    """The segment of one connection; its end moves when another connection takes over its second half."""

    start: int
    end: int
    writer: BlockWriter

    @property
    def taken(self) -> ActiveSegment:
        return ActiveSegment(self.start, self.writer.received, self.end)

    @property
    def has_grown(self) -> bool:
        return self.writer.received - self.start >= LEAST_BYTES


async def receive_in_pieces(
    first: Response,
    body: Body,
    staging: Staging,
    total: int,
    files: Files,
    on_written: Callable[[int], None],
    ask_for_part: AskForPart,
    *,
    connections: int,
    clock: Clock,
    limits: CheckpointLimits = DEFAULT_LIMITS,
    hashing: bool = False,
) -> None:
    """Fill the gaps of the partial file.

    However this ends, the data received is written and made durable before it returns.

    Args:
        first: The response with the data after the start of the first gap.
        body: Its body, subject to the rate limits.
        staging: The partial file, which has begun in pieces.
        total: Length of the file.
        files: Runs the writes.
        on_written: Called after each write with the number of saved bytes.
        ask_for_part: Opens one more connection.
        connections: How many to use at a time.
        clock: The clock.
        limits: When to make checkpoints.
        hashing: Whether the data before the first gap is hashed meanwhile.

    Raises:
        FileChangedError: If a part turns out to be of another file.
        DownloadError: The last failure of a connection, if bytes are missing at the end.
    """
    checkpoints = Checkpoints(staging, files, clock, limits)
    fetching = _Fetching(
        staging, total, files, on_written, ask_for_part, checkpoints, clock, connections=connections, hashing=hashing
    )
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fetching.work(0, first, body))
            for number in range(1, connections):
                group.create_task(fetching.work(number))
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None
    finally:
        await run_to_completion(fetching.finish())
    fetching.check()


class _Fetching:
    """The segments in progress."""

    def __init__(
        self,
        staging: Staging,
        total: int,
        files: Files,
        on_written: Callable[[int], None],
        ask_for_part: AskForPart,
        checkpoints: Checkpoints,
        clock: Clock,
        *,
        connections: int,
        hashing: bool,
    ) -> None:
        self._staging = staging
        self._total = total
        self._files = files
        self._on_written = on_written
        self._ask_for_part = ask_for_part
        self._connections = self._at_work = connections
        self._with_hash = hashing
        self._checkpoints = checkpoints
        self._clock = clock
        self._pieces: list[_Piece] = []
        self._hashing: asyncio.Future[None] | None = None
        self._failure: Exception | None = None

    async def work(self, number: int, answer: Response | None = None, body: Body | None = None) -> None:
        """Download one segment after the other through one connection, the first of them from ``answer``."""
        try:
            await self._fetch_pieces(number, answer, body)
        finally:
            self._at_work -= 1

    async def _fetch_pieces(self, number: int, answer: Response | None, body: Body | None) -> None:
        while (piece := self._next_piece()) is not None:
            try:
                with self._under_way(piece):
                    if body is None:
                        async with self._ask_for_part(number, piece.start, piece.end) as part:
                            await self._receive(part, piece)
                    else:
                        await self._receive(body, piece)
            except _ENDS_ALL:
                raise
            except Exception as error:  # noqa: BLE001 - other connections may still succeed
                self._failure = error
                _log.info("connection %d of a download failed: %s", number + 1, error)
                if not piece.has_grown:
                    return
            finally:
                if answer is not None:
                    answer.close()
                    answer = body = None

    async def finish(self) -> None:
        """Wait for running writes, and make everything durable."""
        try:
            await self._hashed()
        finally:
            await self._checkpoints.finish()

    def check(self) -> None:
        """Make sure that no byte is missing.

        Raises:
            Exception: The last failure of a connection, if bytes are missing.
        """
        if self._staging.written < self._total:
            raise self._failure or ShortBodyError(self._staging.held.count, self._total)

    def _next_piece(self) -> _Piece | None:
        taken = [piece.taken for piece in self._pieces]
        share = next_segment(self._staging.held, taken, self._total, self._at_work)
        if share is None:
            return None
        if share.cut is not None:
            self._pieces[share.cut].end = share.start
        writer = BlockWriter(
            self._staging,
            share.start,
            self._files,
            self._checkpoints,
            self._on_written,
            clock=self._clock,
            end=share.end,
            sharers=self._connections,
        )
        return _Piece(share.start, share.end, writer)

    @contextlib.contextmanager
    def _under_way(self, piece: _Piece) -> Iterator[None]:
        self._pieces.append(piece)
        try:
            yield
        finally:
            self._pieces.remove(piece)

    async def _receive(self, body: Body, piece: _Piece) -> None:
        writer = piece.writer
        try:
            while writer.received < piece.end and await body.fill(writer.block):
                writer.cut_to(piece.end)
                await writer.filled()
                await self._hash_along()
        finally:
            await run_to_completion(writer.finish())
        if writer.received < piece.end:
            raise ShortBodyError(writer.received - piece.start, piece.end - piece.start)

    async def _hash_along(self) -> None:
        if self._with_hash and self._staging.hashable >= MARK_BYTES and (self._hashing is None or self._hashing.done()):
            await self._hashed()
            self._hashing = self._files.start(self._staging.hash_up)

    async def _hashed(self) -> None:
        if self._hashing is not None:
            hashing, self._hashing = self._hashing, None
            await run_to_completion(hashing)
