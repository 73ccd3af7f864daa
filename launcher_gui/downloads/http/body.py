"""Response bodies, received straight into the caller's blocks.

aiohttp delivers a body in chunks of its own and copies each of them. Where the length of the body is known, its
connection is taken over after the header: asyncio then writes the data straight into the caller's block, from the
socket or from the TLS layer, with any event loop. aiohttp still delivers other bodies (chunked, or ended by the end of
the connection) and short ones, whose connection is worth keeping.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Protocol

import aiohttp
from aiohttp.client_proto import ResponseHandler

from launcher_gui.downloads.errors.http_errors import StalledError

DIRECT_BYTES = 1024 * 1024
"""Bodies with fewer bytes left than this stay with aiohttp, which reuses their connection for the next request."""

HASTE_S = 0.5
"""The longest time before a block is returned, full or not: a slow transfer shows progress, and a kill loses little."""


class Block:
    """A buffer that is being filled.

    Attributes:
        filled: How many bytes it holds, updated as they arrive, so that a cancelled caller still has them.
    """

    def __init__(self, buffer: memoryview) -> None:
        self._buffer = buffer
        self.filled = 0

    @property
    def data(self) -> memoryview:
        """The data received so far."""
        return self._buffer[: self.filled]

    @property
    def room(self) -> memoryview:
        """The part that is still free."""
        return self._buffer[self.filled :]

    @property
    def full(self) -> bool:
        """Whether the block is full."""
        return self.filled == len(self._buffer)

    def put(self, data: bytes | memoryview) -> None:
        """Append ``data``, which must fit."""
        self._buffer[self.filled : self.filled + len(data)] = data
        self.filled += len(data)


class Body(Protocol):
    """The body of a response."""

    async def fill(self, block: Block) -> bool:
        """Read the next bytes into ``block``, which must not be full, until it is full or ``HASTE_S`` has passed.

        Bytes received before a failure are returned before the failure is raised.

        Returns:
            Whether any bytes were read; if not, this is the proven end of the body.

        Raises:
            StalledError: If no byte arrived for as long as the settings allow.
            aiohttp.ClientPayloadError: If the connection ended before the body did.
        """
        ...


def body_of(response: aiohttp.ClientResponse, length: int | None, stall_timeout_s: float) -> Body:
    """Return a reader for the body of ``response``, the fastest that it allows.

    Args:
        response: The response, with its body unread.
        length: The length of the body, if stated.
        stall_timeout_s: The longest time without a byte.
    """
    content, connection = response.content, response.connection
    handler = None if connection is None else connection.protocol
    long = length is not None and length - content.total_bytes >= DIRECT_BYTES
    if length is None or not long or content.exception() is not None or handler is None or not handler.connected:
        return _ParsedBody(content, stall_timeout_s)
    return _DirectBody(handler, content, length, stall_timeout_s)


class _ParsedBody:
    """A body that aiohttp delivers."""

    def __init__(self, content: aiohttp.StreamReader, stall_timeout_s: float) -> None:
        self._content = content
        self._stall_timeout_s = stall_timeout_s

    async def fill(self, block: Block) -> bool:
        """Copy what aiohttp has buffered into ``block``."""
        size = len(block.room)
        try:
            # aiohttp's own timer ends with the connection; after a broken chunk nothing else would wake this task.
            async with asyncio.timeout(self._stall_timeout_s):
                received = await self._content.read(size)
        except Exception as error:
            # aiohttp raises before it returns what it has buffered: each lost connection would cost up to a MiB.
            received = self._content._read_nowait(size)  # noqa: SLF001 has no public equivalent
            if not received and isinstance(error, TimeoutError):
                raise StalledError(self._stall_timeout_s) from error
            if not received:
                raise
        block.put(received)
        return bool(received)


class _DirectBody(asyncio.BufferedProtocol):
    """A body of known length that asyncio writes straight into the block.

    It takes over the connection. Reading is paused while no block is being filled, so that a slow disk slows the server
    down.
    """

    def __init__(
        self, handler: ResponseHandler, content: aiohttp.StreamReader, length: int, stall_timeout_s: float
    ) -> None:
        assert handler.transport is not None  # noqa: S101 it is connected
        self._handler = handler
        self._transport = handler.transport
        self._stall_timeout_s = stall_timeout_s
        self._room = memoryview(b"")
        self._block = Block(self._room)
        self._before = 0
        self._filled: asyncio.Future[None] | None = None
        self._hasty = False
        self._closed = False
        self._cause: BaseException | None = None
        # What aiohttp has buffered: reading it lets aiohttp parse deferred data, so that more may appear.
        self._early = deque(memoryview(piece) for piece in iter(content.read_nowait, b""))
        self._left = length - content.total_bytes
        handler.pause_reading()  # also stops aiohttp's timers
        self._transport.set_protocol(self)

    async def fill(self, block: Block) -> bool:
        """Let asyncio write the next bytes into ``block``."""
        if self._early:
            piece = self._early.popleft()
            block.put(piece[: (taken := min(len(piece), len(block.room)))])
            if taken < len(piece):
                self._early.appendleft(piece[taken:])
            return True
        if not self._left:
            return False
        self._before = block.filled
        if not self._closed:
            await self._receive(block)
        if block.filled == self._before:
            raise aiohttp.ClientPayloadError(f"{self._left} bytes missing") from self._cause
        return True

    async def _receive(self, block: Block) -> None:
        loop = asyncio.get_running_loop()
        self._block, self._room = block, block.room[: self._left]
        self._hasty, self._filled = False, loop.create_future()
        timer = loop.call_later(HASTE_S, self._make_haste)
        self._transport.resume_reading()
        try:
            async with asyncio.timeout(self._stall_timeout_s):
                await self._filled
        except TimeoutError as error:
            if block.filled == self._before:
                raise StalledError(self._stall_timeout_s) from error
        finally:
            timer.cancel()
            self._transport.pause_reading()
            self._filled = None
            self._room = memoryview(b"")  # the block belongs to the caller again: nothing more may be written into it

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 the block is as large as it is
        """Return the free part of the block, for asyncio to write to."""
        return self._room

    def buffer_updated(self, nbytes: int) -> None:
        """Record what asyncio has written."""
        self._block.filled += nbytes
        self._left -= nbytes
        self._room = self._room[nbytes:]
        if not self._room:
            self._transport.pause_reading()
        if self._hasty or not self._room:
            self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Record that the connection has ended, and notify aiohttp."""
        self._closed, self._cause = True, exc
        self._wake()
        self._handler.connection_lost(exc)

    def _make_haste(self) -> None:
        self._hasty = True
        if self._block.filled > self._before:
            self._wake()

    def _wake(self) -> None:
        if self._filled is not None and not self._filled.done():
            self._filled.set_result(None)
