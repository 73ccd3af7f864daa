"""Responses other than the file: refused, waited for, followed or accepted, and always explained."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from launcher_gui.recovery.classification import ErrorCategory
from launcher_gui.recovery.operation import CommandKind, OperationState
from tests.support.builders.downloading import downloads
from tests.support.builders.files import KIB, MIB, ONE_MIB, Content, sha256_of
from tests.support.servers.behaviours import Answer, Behaviour, Drop, Framing, RetryAfter, Serve, Truncate
from tests.support.servers.misbehaving import MisbehavingServer

KEPT = 600 * KIB
OTHER = Content(MIB, seed=9)

REFUSED = "not retried: the server answered"
SIGN_IN = "This file needs an account. Add your token in Settings > Accounts, or accept the licence on the site"
MOVED = "Check the link: the file may have been moved or removed"
IN_A_BROWSER = "Open the link in your browser and sign in or accept the licence, then retry"
NOT_COMPRESSED = "Use another link for this file, or connect without the proxy that compresses it"


@pytest.mark.parametrize(
    ("answer", "error", "decision"),
    [
        (
            Answer(401),
            "127.0.0.1 answered 401 (Unauthorized)",
            f"{REFUSED} 401 (Unauthorized): sign-in required. {SIGN_IN}",
        ),
        (
            Answer(403),
            "127.0.0.1 answered 403 (Forbidden)",
            f"{REFUSED} 403 (Forbidden): access denied. {SIGN_IN}",
        ),
        (
            Answer(404),
            "127.0.0.1 answered 404 (Not Found)",
            f"{REFUSED} 404 (Not Found): not found. {MOVED}",
        ),
        (
            Answer(410),
            "127.0.0.1 answered 410 (Gone)",
            f"{REFUSED} 410 (Gone): permanently removed. {MOVED}",
        ),
        (
            Answer(200),
            "127.0.0.1 sent a web page instead of the file",
            f"not retried: got a web page instead of the file (usually a sign-in page). {IN_A_BROWSER}",
        ),
        (
            Serve(gzip=True),
            "127.0.0.1 sent a compressed copy of the file",
            f"not retried: 127.0.0.1 sent a compressed copy of the file. {NOT_COMPRESSED}",
        ),
    ],
)
async def test_refused_at_once(
    misbehaving: MisbehavingServer, tmp_path: Path, answer: Behaviour, error: str, decision: str
) -> None:
    """Permanent refusals are not retried; reason and remedy are given, and nothing is written."""
    misbehaving.script(then=answer)
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url())
        assert desk.files == []
    assert told.state is OperationState.FAILED
    assert (str(told.last.error), str(told.operation.decision)) == (error, decision)
    assert len(told.attempts) == len(misbehaving.log) == 1


async def test_login_wall_in_the_middle_costs_nothing(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A web page in place of the rest keeps the partial file, and resuming continues it."""
    misbehaving.script(Serve(Drop(KEPT)), Answer(200))
    async with downloads(tmp_path) as desk:
        refused = await desk.get(misbehaving.url())
        assert refused.state is OperationState.FAILED
        await desk.command(refused.operation.id, CommandKind.RESUME)
        told = await desk.in_state(refused.operation.id, OperationState.COMPLETED)
    assert told.last.resumed_from == KEPT
    assert sha256_of(tmp_path / "models" / "model.safetensors") == ONE_MIB.sha256


async def test_web_page_that_was_asked_for(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A web page is accepted under a web page's name."""
    misbehaving.script(Serve(content_type="text/html"), path="/model.safetensors")
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url(), name="card.html")
    assert told.state is OperationState.COMPLETED


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("as_date", [False, True])
async def test_waits_as_long_as_the_server_asks(
    misbehaving: MisbehavingServer, tmp_path: Path, status: int, as_date: bool
) -> None:
    """Retry-After sets the wait, in seconds or as a date, and Retry now ends it."""
    misbehaving.script(Answer(status, retry_after=RetryAfter(120, as_date=as_date)))
    async with downloads(tmp_path) as desk:
        operation_id = await desk.add(misbehaving.url())
        told = await desk.in_state(operation_id, OperationState.WAITING)
        assert told.last.category == ErrorCategory.THROTTLED
        assert told.last.wait_s == pytest.approx(120, abs=1)
        assert told.operation.retry_at == pytest.approx((told.last.ended_at or 0) + 120, abs=2)
        assert str(told.operation.decision).startswith(("waiting 2 min 00 s", "waiting 1 min 59 s"))
        assert str(told.operation.decision).endswith(" s, then attempt 2 of 4: the server asked for it")
        command = await desk.command(operation_id, CommandKind.RETRY)
        assert str(command.answer) == "done"
        await desk.in_state(operation_id, OperationState.COMPLETED)


async def test_quota_that_renews_later(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """Without Retry-After an exhausted RateLimit sets the wait."""
    misbehaving.script(Answer(429, headers=(("RateLimit", '"resolvers";r=0;t=77'),)))
    async with downloads(tmp_path) as desk:
        told = await desk.in_state(await desk.add(misbehaving.url()), OperationState.WAITING)
    assert told.last.wait_s == 77


async def test_asks_for_more_patience_than_there_is(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A wait beyond the settings ends the download with a reason."""
    misbehaving.script(Answer(503, retry_after=RetryAfter(100_000)))
    async with downloads(tmp_path, max_retry_after=60) as desk:
        told = await desk.get(misbehaving.url())
    assert told.state is OperationState.FAILED
    assert len(told.attempts) == 1
    assert str(told.operation.decision) == (
        "not retried: the server asked to wait 1 d 03 h, longer than the 1 min 00 s allowed. Resume later"
    )


@pytest.mark.parametrize("status", [408, 425, 500, 502, 503, 504, 599])
async def test_server_trouble_is_tried_again(misbehaving: MisbehavingServer, tmp_path: Path, status: int) -> None:
    """Temporary server errors are retried."""
    misbehaving.script(Answer(status))
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url())
    assert told.state is OperationState.COMPLETED
    assert len(told.attempts) == 2


@pytest.mark.parametrize("framing", [Framing.LENGTH, Framing.CHUNKED])
async def test_end_that_proves_itself(misbehaving: MisbehavingServer, tmp_path: Path, framing: Framing) -> None:
    """The announced length and the last chunk each prove a complete body."""
    misbehaving.script(Serve(framing=framing))
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url())
    assert told.state is OperationState.COMPLETED
    assert told.operation.progress.done == MIB


async def test_end_that_proves_nothing(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A body that ends with the connection needs a SHA-256 before it is installed."""
    misbehaving.script(then=Serve(framing=Framing.CLOSE))
    async with downloads(tmp_path) as desk:
        unproven = await desk.get(misbehaving.url())
        assert unproven.state is OperationState.FAILED
        assert str(unproven.last.error) == ("the server did not give a file size, so the download cannot be checked")
        assert str(unproven.operation.decision).endswith("Enter the file's SHA-256 so it can be checked")
        assert desk.files == ["model.safetensors.part", "model.safetensors.part.json"]
        proven = await desk.get(misbehaving.url(), sha256=ONE_MIB.sha256)
        assert proven.operation.id == unproven.operation.id
        assert proven.state is OperationState.COMPLETED
        assert desk.files == ["model.safetensors"]


async def test_hash_proves_what_the_framing_does_not(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A SHA-256 decides whether such a body is installed or quarantined."""
    misbehaving.script(Serve(framing=Framing.CLOSE), Serve(Truncate(KEPT), framing=Framing.CLOSE))
    async with downloads(tmp_path) as desk:
        whole = await desk.get(misbehaving.url(), sha256=ONE_MIB.sha256)
        cut = await desk.get(misbehaving.url(), name="cut.safetensors", sha256=ONE_MIB.sha256)
        assert desk.files == ["cut.safetensors.quarantine", "model.safetensors"]
    assert (whole.state, cut.state) == (OperationState.COMPLETED, OperationState.FAILED)


async def test_broken_chunks_end_the_attempt(tmp_path: Path) -> None:
    """A broken chunked body ends the attempt."""
    good = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(good)
        await arrived.wait()
        writer.write(b"not a length\r\n")
        await reader.read()
        writer.close()

    arrived = asyncio.Event()
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with downloads(tmp_path, max_retries=0, stall_timeout=0.5) as desk:
            operation_id = await desk.add(f"http://127.0.0.1:{port}/model.bin")
            await desk.in_phase(operation_id, "downloading")
            arrived.set()
            told = await desk.ended(operation_id)
    assert told.state is OperationState.FAILED


async def test_wrong_hash(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A file with the wrong SHA-256 is quarantined, never installed or deleted."""
    misbehaving.script(then=Serve(content=OTHER))
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url(), sha256=ONE_MIB.sha256)
        assert told.state is OperationState.FAILED
        assert len(told.attempts) == 1
        assert told.last.category == ErrorCategory.INTEGRITY
        assert "the file was kept as model.safetensors.quarantine" in str(told.last.error)
        assert f"The file was kept as {desk.folder / 'model.safetensors.quarantine'}" in str(told.operation.decision)
        assert f"expected {ONE_MIB.sha256}, got {OTHER.sha256}" in told.last.detail
        again = await desk.get(misbehaving.url(), sha256=ONE_MIB.sha256)
        assert again.operation.id == told.operation.id
        assert desk.files == ["model.safetensors.quarantine", "model.safetensors.quarantine-2"]
        assert {sha256_of(path) for path in desk.folder.iterdir()} == {OTHER.sha256}
