"""The test servers do what they claim, so that a failing test points to the program."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
import pytest

from tests.support.builders.files import KIB, MIB, ONE_MIB, Content
from tests.support.servers.behaviours import (
    BEHAVE,
    Answer,
    Drop,
    ETag,
    Framing,
    HangUp,
    Ranges,
    Redirect,
    RetryAfter,
    Serve,
    Silence,
    Stall,
    Truncate,
)
from tests.support.servers.misbehaving import PATH, MisbehavingServer


@dataclass(frozen=True)
class Raw:
    """The response to one request, byte by byte.

    Attributes:
        head: Status line and headers.
        body: All that followed, as framed as it came.
        reset: Whether the connection ended in a reset.
    """

    head: str
    body: bytes
    reset: bool


async def _raw(port: int) -> Raw:
    """Send one request over a plain socket and read until the connection ends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {PATH} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n".encode())
    received, reset = b"", False
    try:
        while piece := await asyncio.wait_for(reader.read(MIB), 5):
            received += piece
    except ConnectionResetError:
        reset = True
    finally:
        writer.close()
        with contextlib.suppress(ConnectionResetError):
            await writer.wait_closed()
    head, _, body = received.partition(b"\r\n\r\n")
    return Raw(head.decode(), body, reset)


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    """A client that adds no headers."""
    async with aiohttp.ClientSession(auto_decompress=False, headers={"Accept-Encoding": "identity"}) as session:
        yield session


async def test_whole_file(misbehaving: MisbehavingServer, client: aiohttp.ClientSession) -> None:
    """By default the server serves the file with its length and both validators."""
    async with client.get(misbehaving.url()) as answer:
        assert answer.status == 200
        assert await answer.read() == ONE_MIB.read()
        assert answer.content_length == ONE_MIB.size
        assert answer.headers["ETag"].startswith('"')
        assert "GMT" in answer.headers["Last-Modified"]
    (seen,) = await misbehaving.until(lambda log: log[-1].ended)
    assert (seen.method, seen.path, seen.status, seen.sent) == ("GET", PATH, 200, ONE_MIB.size)


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=1000-", 1000, MIB),
        ("bytes=1000-1999", 1000, 2000),
        ("bytes=1048575-9999999", MIB - 1, MIB),
        ("bytes=-10", MIB - 10, MIB),
    ],
)
async def test_range(
    misbehaving: MisbehavingServer, client: aiohttp.ClientSession, asked: str, start: int, stop: int
) -> None:
    """A range gets exactly that part, and the log has the request."""
    async with client.get(misbehaving.url(), headers={"Range": asked}) as answer:
        assert answer.status == 206
        assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{MIB}"
        assert await answer.read() == ONE_MIB.read(start, stop)
    (seen,) = misbehaving.log
    assert seen.header("range") == asked


@pytest.mark.parametrize("asked", ["bytes=5-2", "lines=1-2", "bytes=-", "bytes=0-1,5-6"])
async def test_senseless_range_is_ignored(
    misbehaving: MisbehavingServer, client: aiohttp.ClientSession, asked: str
) -> None:
    """An invalid Range gets the complete file."""
    async with client.get(misbehaving.url(), headers={"Range": asked}) as answer:
        assert answer.status == 200


async def test_range_beyond_the_end(misbehaving: MisbehavingServer, client: aiohttp.ClientSession) -> None:
    """A range at the end gets 416 with the true size."""
    async with client.get(misbehaving.url(), headers={"Range": f"bytes={MIB}-"}) as answer:
        assert answer.status == 416
        assert answer.headers["Content-Range"] == f"bytes */{MIB}"


async def test_head_has_no_body(misbehaving: MisbehavingServer, client: aiohttp.ClientSession) -> None:
    """HEAD sends the headers of GET without a body."""
    async with client.head(misbehaving.url()) as answer:
        assert answer.headers["Content-Length"] == str(MIB)
        assert await answer.read() == b""
    assert misbehaving.log[0].sent == 0


@pytest.mark.parametrize(
    ("serve", "validator", "status"),
    [
        (BEHAVE, "ETag", 206),
        (BEHAVE, "Last-Modified", 206),
        (Serve(etag=ETag.WEAK), "ETag", 200),
        (Serve(etag=ETag.WEAK), "Last-Modified", 206),
    ],
)
async def test_if_range_of_the_same_file(
    misbehaving: MisbehavingServer, client: aiohttp.ClientSession, serve: Serve, validator: str, status: int
) -> None:
    """A strong ETag and a date allow a part of an unchanged file, a weak ETag does not."""
    misbehaving.script(then=serve)
    async with client.head(misbehaving.url()) as first:
        known = first.headers[validator]
    async with client.get(misbehaving.url(), headers={"Range": "bytes=5-", "If-Range": known}) as answer:
        assert answer.status == status


@pytest.mark.parametrize("validator", ["ETag", "Last-Modified"])
@pytest.mark.parametrize(("ranges", "status"), [(Ranges.HONEST, 200), (Ranges.IF_RANGE_IGNORED, 206)])
async def test_if_range_of_a_changed_file(
    misbehaving: MisbehavingServer, client: aiohttp.ClientSession, validator: str, ranges: Ranges, status: int
) -> None:
    """A changed file is sent completely, unless the server is configured to splice."""
    changed = Content(MIB, seed=9)
    misbehaving.script(BEHAVE, then=Serve(content=changed, ranges=ranges))
    async with client.head(misbehaving.url()) as first:
        known = first.headers[validator]
    async with client.get(misbehaving.url(), headers={"Range": "bytes=5-", "If-Range": known}) as answer:
        assert answer.status == status
        assert answer.headers[validator] != known
        assert await answer.read() == changed.read(5 if status == 206 else 0)


@pytest.mark.parametrize("etag", [ETag.WEAK, ETag.NONE])
async def test_validators_can_be_missing(
    misbehaving: MisbehavingServer, client: aiohttp.ClientSession, etag: ETag
) -> None:
    """The server can send only a weak ETag or no validator."""
    misbehaving.script(Serve(etag=etag, last_modified=False))
    async with client.get(misbehaving.url()) as answer:
        assert answer.headers.get("ETag", "none")[:2] in {"W/", "no"}
        assert "Last-Modified" not in answer.headers


@pytest.mark.parametrize(
    ("ranges", "content_range", "body"),
    [
        (Ranges.WRONG_START, f"bytes 101-{MIB - 1}/{MIB}", (101, MIB)),
        (Ranges.WRONG_TOTAL, f"bytes 100-{MIB - 1}/{MIB + 1}", (100, MIB)),
        (Ranges.WRONG_LENGTH, f"bytes 100-{MIB - 1}/{MIB}", (100, MIB - 1)),
        (Ranges.NO_CONTENT_RANGE, None, (100, MIB)),
    ],
)
async def test_lies_about_ranges(
    misbehaving: MisbehavingServer,
    client: aiohttp.ClientSession,
    ranges: Ranges,
    content_range: str | None,
    body: tuple[int, int],
) -> None:
    """A 206 can have a wrong start, total or length, or no Content-Range."""
    misbehaving.script(Serve(ranges=ranges))
    async with client.get(misbehaving.url(), headers={"Range": "bytes=100-"}) as answer:
        assert answer.status == 206
        assert answer.headers.get("Content-Range") == content_range
        assert answer.content_length == body[1] - body[0]
        assert await answer.read() == ONE_MIB.read(*body)


async def test_ignored_range(misbehaving: MisbehavingServer, client: aiohttp.ClientSession) -> None:
    """A server without ranges sends 200 with the file and no Accept-Ranges."""
    misbehaving.script(Serve(ranges=Ranges.IGNORED))
    async with client.get(misbehaving.url(), headers={"Range": "bytes=100-"}) as answer:
        assert answer.status == 200
        assert "Accept-Ranges" not in answer.headers
        assert await answer.read() == ONE_MIB.read()


@pytest.mark.parametrize("reset", [True, False])
@pytest.mark.parametrize("framing", Framing)
@pytest.mark.parametrize("after", [0, 1, 300 * KIB])
async def test_dropped_connection(misbehaving: MisbehavingServer, reset: bool, framing: Framing, after: int) -> None:
    """After the given bytes the connection is reset or closed, and the log counts the same."""
    misbehaving.script(Serve(ending=Drop(after, reset=reset), framing=framing))
    got = await _raw(misbehaving.port)
    assert got.head.startswith("HTTP/1.1 200")
    assert got.reset is reset
    assert not got.body.endswith(b"0\r\n\r\n")
    if framing is not Framing.CHUNKED:
        assert got.body == ONE_MIB.read(0, after)
    (seen,) = await misbehaving.until(lambda log: log[0].ended)
    assert seen.sent == after


@pytest.mark.parametrize("reset", [True, False])
async def test_hang_up_without_a_word(misbehaving: MisbehavingServer, reset: bool) -> None:
    """The connection can end before any response."""
    misbehaving.script(HangUp(reset=reset))
    got = await _raw(misbehaving.port)
    assert (got.head, got.reset) == ("", reset)
    assert misbehaving.log[0].status == 0


@pytest.mark.parametrize("after", [0, 1000])
async def test_stall(misbehaving: MisbehavingServer, client: aiohttp.ClientSession, after: int) -> None:
    """After the first bytes the connection stays open without data."""
    misbehaving.script(Serve(ending=Stall(after)))
    async with client.get(misbehaving.url()) as answer:
        assert await answer.content.readexactly(after) == ONE_MIB.read(0, after)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(answer.content.readany(), 0.05)
        assert not misbehaving.log[0].ended
    await misbehaving.until(lambda log: log[0].ended)


async def test_silence(misbehaving: MisbehavingServer) -> None:
    """A request can stay unanswered, and the server can still be stopped."""
    misbehaving.script(Silence())
    asking = asyncio.create_task(_raw(misbehaving.port))
    (seen,) = await misbehaving.until(lambda log: len(log) == 1)
    assert not seen.ended
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking


@pytest.mark.parametrize(
    ("framing", "body"), [(Framing.CHUNKED, b"0\r\n\r\n"), (Framing.CLOSE, ONE_MIB.read(998, 1000))]
)
async def test_truncated_body_ends_as_if_whole(misbehaving: MisbehavingServer, framing: Framing, body: bytes) -> None:
    """A body can be cut off without any sign."""
    misbehaving.script(Serve(ending=Truncate(1000), framing=framing))
    got = await _raw(misbehaving.port)
    assert not got.reset
    assert got.body.endswith(body)
    assert len(got.body) < 1100


async def test_truncated_body_with_a_length(misbehaving: MisbehavingServer) -> None:
    """A body shorter than its Content-Length ends in a regular close."""
    misbehaving.script(Serve(ending=Truncate(1000)))
    got = await _raw(misbehaving.port)
    assert f"Content-Length: {MIB}" in got.head
    assert (got.body, got.reset) == (ONE_MIB.read(0, 1000), False)


async def test_connection_close_frames_the_body(misbehaving: MisbehavingServer) -> None:
    """Without length or chunks, the end of the connection ends the body."""
    misbehaving.script(Serve(framing=Framing.CLOSE))
    got = await _raw(misbehaving.port)
    assert "content-length" not in got.head.lower()
    assert "transfer-encoding" not in got.head.lower()
    assert got.body == ONE_MIB.read()


async def test_throttled(misbehaving: MisbehavingServer, client: aiohttp.ClientSession) -> None:
    """The server keeps its configured rate."""
    misbehaving.add(PATH, Content(200 * KIB))
    misbehaving.script(Serve(rate=2000 * KIB))
    began = time.monotonic()
    async with client.get(misbehaving.url()) as answer:
        assert await answer.read() == Content(200 * KIB).read()
    assert 0.08 < time.monotonic() - began < 1.0


async def test_forced_gzip(misbehaving: MisbehavingServer, client: aiohttp.ClientSession) -> None:
    """A body can be compressed without a request for that."""
    misbehaving.script(Serve(gzip=True))
    async with client.get(misbehaving.url(), headers={"Range": "bytes=100-"}) as answer:
        assert (answer.status, answer.headers["Content-Encoding"]) == (200, "gzip")
        assert gzip.decompress(await answer.read()) == ONE_MIB.read()


@pytest.mark.parametrize("status", [401, 404, 416, 429, 500, 503])
async def test_refusal(misbehaving: MisbehavingServer, client: aiohttp.ClientSession, status: int) -> None:
    """An error has a page of its own."""
    misbehaving.script(Answer(status, headers=(("Content-Range", "bytes */7"),)))
    async with client.get(misbehaving.url()) as answer:
        assert (answer.status, answer.content_type) == (status, "text/html")
        assert answer.headers["Content-Range"] == "bytes */7"
        assert (await answer.text()).startswith("<!doctype html>")


async def test_retry_after(misbehaving: MisbehavingServer, client: aiohttp.ClientSession) -> None:
    """Retry-After is in seconds or a date."""
    misbehaving.script(Answer(503, retry_after=RetryAfter(7)), Answer(503, retry_after=RetryAfter(60, as_date=True)))
    async with client.get(misbehaving.url()) as answer:
        assert answer.headers["Retry-After"] == "7"
    async with client.get(misbehaving.url()) as answer:
        ahead = parsedate_to_datetime(answer.headers["Retry-After"]) - datetime.now(UTC)
        assert 55 < ahead.total_seconds() <= 60


async def test_page_instead_of_the_file(misbehaving: MisbehavingServer, client: aiohttp.ClientSession) -> None:
    """A login page answers 200 with HTML."""
    misbehaving.script(Answer(200, body="<html>Sign in</html>"))
    async with client.get(misbehaving.url()) as answer:
        assert (answer.status, await answer.text()) == (200, "<html>Sign in</html>")


async def test_redirects_between_servers(misbehaving: MisbehavingServer, client: aiohttp.ClientSession) -> None:
    """A chain of redirects leads to another port, and each hop is logged."""
    async with MisbehavingServer(Content(100, seed=5)) as other:
        misbehaving.script(then=Redirect("/next", headers=(("X-Linked-Size", "100"),)))
        misbehaving.script(then=Redirect(other.url(), status=307), path="/next")
        async with client.get(misbehaving.url(), headers={"Range": "bytes=10-"}) as answer:
            assert await answer.read() == Content(100, seed=5).read(10)
            assert answer.history[0].headers["X-Linked-Size"] == "100"
        assert [seen.path for seen in misbehaving.log] == [PATH, "/next"]
        assert other.log[0].header("Range") == "bytes=10-"


async def test_redirect_loop(misbehaving: MisbehavingServer, client: aiohttp.ClientSession) -> None:
    """A redirect can lead to itself."""
    misbehaving.script(then=Redirect(PATH))
    with pytest.raises(aiohttp.TooManyRedirects):
        await client.get(misbehaving.url(), max_redirects=5)
    assert len(misbehaving.log) == 5


async def test_content_disposition(misbehaving: MisbehavingServer, client: aiohttp.ClientSession) -> None:
    """A file name from the server arrives unchanged, however hostile."""
    offered = "attachment; filename=\"../../etc/passwd\"; filename*=UTF-8''%2e%2e%2fmodel.safetensors"
    misbehaving.script(Serve(disposition=offered, headers=(("RateLimit", "r=0"),)))
    async with client.get(misbehaving.url()) as answer:
        assert answer.headers["Content-Disposition"] == offered
        assert answer.headers["RateLimit"] == "r=0"


async def test_script_is_used_up_in_order(misbehaving: MisbehavingServer, client: aiohttp.ClientSession) -> None:
    """Requests use the steps in order, then the default."""
    misbehaving.script(Answer(503), Answer(429), then=Answer(404))
    statuses = []
    for _ in range(4):
        async with client.get(misbehaving.url()) as answer:
            statuses.append(answer.status)
    assert statuses == [503, 429, 404, 404]


async def test_each_path_has_its_own_script(misbehaving: MisbehavingServer, client: aiohttp.ClientSession) -> None:
    """A script applies to one path, and unknown paths are not found."""
    misbehaving.add("/other", Content(10, seed=2))
    misbehaving.script(then=Answer(500))
    async with client.get(misbehaving.url("/other")) as answer:
        assert await answer.read() == Content(10, seed=2).read()
    async with client.get(misbehaving.url("/nothing")) as answer:
        assert answer.status == 404


async def test_until_gives_up(misbehaving: MisbehavingServer) -> None:
    """Waiting for a missing request ends in an error."""
    with pytest.raises(TimeoutError):
        await misbehaving.until(bool, within=0.01)
