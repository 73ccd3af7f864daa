"""How a file is served: which part, under which headers, and what goes wrong on the way.

`plan` is the arithmetic and does no I/O; `send` carries a plan out on one connection.
"""

from __future__ import annotations

import asyncio
import fcntl
import gzip
import re
import socket
import struct
import termios
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from aiohttp import web

from tests.support.builders.files import KIB, Content
from tests.support.servers.behaviours import Drop, ETag, Framing, Headers, Ranges, Raw, Serve, Stall, Truncate

_PIECE = 64 * KIB
_PIECES_PER_SECOND = 50
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Plan:
    """What one answer consists of.

    Attributes:
        status: 200, 206 or 416.
        start: The first byte of the body.
        stop: The byte after its last.
        headers: All headers but those that frame the body.
    """

    status: int
    start: int
    stop: int
    headers: Headers


def etag_of(content: Content, kind: ETag = ETag.STRONG) -> str | None:
    """Return the entity tag that ``content`` is served with."""
    tag = f'"{content.seed:x}-{content.size:x}"'
    return {ETag.STRONG: tag, ETag.WEAK: f"W/{tag}", ETag.NONE: None}[kind]


def last_modified_of(content: Content) -> str:
    """Return the date that ``content`` is served with: a day later for each seed."""
    return format_datetime(_EPOCH + timedelta(days=content.seed), usegmt=True)


def plan(serve: Serve, content: Content, asked: Mapping[str, str]) -> Plan:
    """Return how ``serve`` answers a request for ``content`` that has the headers ``asked``."""
    headers = _describing(serve, content)
    span = _span(asked.get("Range", ""), content.size)
    if serve.ranges is Ranges.IGNORED or serve.gzip or span is None or not _same_file(serve, content, asked):
        return Plan(200, 0, content.size, headers)
    start, stop = span
    if start >= content.size:
        return Plan(416, 0, 0, (*headers, ("Content-Range", f"bytes */{content.size}")))
    return _distorted(serve.ranges, Plan(206, start, stop, headers), content.size)


def _distorted(ranges: Ranges, honest: Plan, total: int) -> Plan:
    """Return ``honest`` with its Content-Range, or what is sent in place of it."""
    start, stop = honest.start, honest.stop
    if ranges is Ranges.NO_CONTENT_RANGE:
        return honest
    if ranges is Ranges.WRONG_START:
        start += 1
    if ranges is Ranges.WRONG_TOTAL:
        total += 1
    header = ("Content-Range", f"bytes {start}-{stop - 1}/{total}")
    if ranges is Ranges.WRONG_LENGTH:
        stop -= 1
    return replace(honest, start=start, stop=stop, headers=(*honest.headers, header))


def _describing(serve: Serve, content: Content) -> Headers:
    candidates = (
        ("Content-Type", serve.content_type),
        ("Accept-Ranges", None if serve.ranges is Ranges.IGNORED else "bytes"),
        ("ETag", etag_of(content, serve.etag)),
        ("Last-Modified", last_modified_of(content) if serve.last_modified else None),
        ("Content-Disposition", serve.disposition),
        ("Content-Encoding", "gzip" if serve.gzip else None),
    )
    return (*((name, value) for name, value in candidates if value is not None), *serve.headers)


def _span(header: str, size: int) -> tuple[int, int] | None:
    """Return the bytes that a Range header asks for, ``None`` where it has to be ignored."""
    match = re.fullmatch(r"bytes=(\d*)-(\d*)", header.strip())
    if match is None or match[0] == "bytes=-":
        return None
    if not match[1]:
        return (max(0, size - int(match[2])) if int(match[2]) else size), size
    start = int(match[1])
    stop = min(int(match[2]) + 1, size) if match[2] else size
    return None if match[2] and int(match[2]) < start else (start, stop)


def _same_file(serve: Serve, content: Content, asked: Mapping[str, str]) -> bool:
    """Say whether If-Range allows a part: only a strong tag or the exact date of this very file does."""
    condition = asked.get("If-Range")
    if condition is None or serve.ranges is Ranges.IF_RANGE_IGNORED:
        return True
    if condition.startswith(('"', "W/")):
        return serve.etag is ETag.STRONG and condition == etag_of(content)
    return serve.last_modified and condition == last_modified_of(content)


class _Body(web.StreamResponse):
    """A response that lets the end of the connection be the end of the body, which aiohttp never does by itself."""

    def __init__(self, answer: Plan, framing: Framing, length: int) -> None:
        super().__init__(status=answer.status, headers=answer.headers)
        if framing is Framing.LENGTH:
            self.content_length = length
        elif framing is Framing.CHUNKED:
            self.enable_chunked_encoding()
        else:
            self._length_check = False
            self.headers["Connection"] = "close"
            self.force_close()


async def send(
    request: web.Request, answer: Plan, serve: Serve, content: Content, sent: Callable[[int], None]
) -> web.StreamResponse:
    """Send ``answer`` and end it as ``serve`` says; ``sent`` is told how many bytes each write carried."""
    body: Iterable[bytes] = content.pieces(answer.start, answer.stop, _piece(serve.rate))
    length = answer.stop - answer.start
    if serve.gzip:
        whole = gzip.compress(content.read(answer.start, answer.stop), compresslevel=1)
        body, length = (whole,), len(whole)
    response = _Body(answer, serve.framing, length)
    await response.prepare(request)
    if request.method != "HEAD":
        await _write(response, body, serve, sent)
        await _end(request, response, serve)
    return response


async def _write(
    response: web.StreamResponse, body: Iterable[bytes], serve: Serve, sent: Callable[[int], None]
) -> None:
    loop = asyncio.get_running_loop()
    began, total = loop.time(), 0
    for piece in body:
        kept = piece if serve.ending is None else piece[: serve.ending.after - total]
        if not kept:
            return
        await response.write(kept)
        sent(len(kept))
        total += len(kept)
        if serve.rate is not None:
            await asyncio.sleep(began + total / serve.rate - loop.time())


def _piece(rate: int | None) -> int:
    return _PIECE if rate is None else max(1, min(_PIECE, rate // _PIECES_PER_SECOND))


async def _end(request: web.Request, response: web.StreamResponse, serve: Serve) -> None:
    match serve.ending:
        case Drop(reset=reset):
            await hang_up(request, reset=reset)
        case Stall():
            await asyncio.Event().wait()
        case Truncate():
            response.force_close()
            if serve.framing is Framing.LENGTH:
                await hang_up(request, reset=False)


async def write_raw(request: web.Request, raw: Raw) -> None:
    """Write what ``raw`` says past everything that knows HTTP, and end the connection unless it stays open."""
    transport = request.transport
    if transport is None:
        return
    head = raw.head.encode("latin-1")
    size = 1 if raw.drip_s else max(1, len(head))
    for at in range(0, len(head), size):
        transport.write(head[at : at + size])
        await asyncio.sleep(raw.drip_s)
    for piece in raw.content.pieces() if raw.content is not None else ():
        transport.write(piece)
    transport.write(raw.tail.encode("latin-1"))
    if raw.open:
        await asyncio.Event().wait()
    transport.close()  # which lets go of all that was written first, encrypted or not


async def hang_up(request: web.Request, *, reset: bool) -> None:
    """End the connection, by a reset or in an orderly way, once the client's system has all that was written."""
    transport = request.transport
    if transport is None:
        return
    connection: socket.socket = transport.get_extra_info("socket")
    while transport.get_write_buffer_size() or _unacknowledged(connection):  # noqa: ASYNC110 - nothing tells
        await asyncio.sleep(0.001)
    if reset:
        # Closing with a linger time of zero is how a reset is asked for.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


def _unacknowledged(connection: socket.socket) -> int:
    answer = fcntl.ioctl(connection.fileno(), termios.TIOCOUTQ, struct.pack("i", 0))
    return int(struct.unpack("i", answer)[0])
