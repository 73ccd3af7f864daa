"""One file through several connections: every byte once, whatever happens to each connection."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from launcher_gui.downloads.partial.staging import Staging
from launcher_gui.downloads.rules.naming import map_path, partial_path, sidecar_path
from launcher_gui.downloads.rules.segment_scheduler import LEAST_BYTES, MOST_BYTES
from launcher_gui.downloads.transfer.receive import CheckpointLimits
from launcher_gui.recovery.operation import AttemptOutcome, CommandKind, OperationState
from tests.support.builders.downloading import WELL, Downloads, Told, downloads, downloads_on
from tests.support.builders.files import MIB, Content, sha256_of
from tests.support.servers.behaviours import (
    Answer,
    Drop,
    ETag,
    Framing,
    HangUp,
    Ranges,
    RetryAfter,
    Serve,
    Stall,
    Truncate,
)
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.store.program import ROOT  # noqa: F401

FILE = Content(40 * MIB + 3, seed=8)
OTHER = Content(40 * MIB + 3, seed=9)
SLOW = Serve(rate=8 * MIB)


@pytest.fixture
def server(misbehaving: MisbehavingServer) -> MisbehavingServer:
    misbehaving.add("/model.safetensors", FILE)
    return misbehaving


def installed(desk: Downloads) -> str:
    assert desk.files == ["model.safetensors"]
    return sha256_of(desk.folder / "model.safetensors")


def sent(server: MisbehavingServer) -> int:
    return sum(request.sent for request in server.log)


def trusted(desk: Downloads) -> int:
    with Staging.open(desk.folder / "model.safetensors") as staging:
        return staging.held.count


async def fetched(server: MisbehavingServer, root: Path, **settings: object) -> Told:
    async with downloads(root, None, **settings) as desk:
        told = await desk.get(server.url())
        assert told.state is OperationState.COMPLETED, told
        assert installed(desk) == FILE.sha256
    return told


@pytest.mark.parametrize("connections", [2, 4, 16])
async def test_all_share_the_file(server: MisbehavingServer, tmp_path: Path, connections: int) -> None:
    """The given number of connections each download a part, if the file is unchanged."""
    told = await fetched(server, tmp_path, connections_per_download=connections)
    first, *others = server.log
    assert first.header("range") is None
    assert len(others) >= min(connections, FILE.size // LEAST_BYTES) - 1
    assert all(other.status == 206 and other.header("if-range") for other in others)
    assert len(told.attempts) == 1


async def test_one_connection_if_one_is_wanted(server: MisbehavingServer, tmp_path: Path) -> None:
    """The setting 1 uses one connection."""
    await fetched(server, tmp_path, connections_per_download=1)
    assert [request.header("range") for request in server.log] == [None]


@pytest.mark.parametrize(
    "serve",
    [
        Serve(etag=ETag.WEAK),
        Serve(etag=ETag.NONE),
        Serve(framing=Framing.CHUNKED),
        Serve(ranges=Ranges.IGNORED),
    ],
)
async def test_one_connection_without_proof(server: MisbehavingServer, tmp_path: Path, serve: Serve) -> None:
    """Without proof or range support one response brings the file."""
    server.script(then=serve)
    await fetched(server, tmp_path)
    assert len(server.log) == 1


async def test_hash_known_beforehand_is_proof(server: MisbehavingServer, tmp_path: Path) -> None:
    """A SHA-256 joins segments without an ETag, and the file matches it."""
    server.script(then=Serve(etag=ETag.NONE))
    async with downloads(tmp_path) as desk:
        told = await desk.get(server.url(), sha256=FILE.sha256)
        assert told.state is OperationState.COMPLETED
        assert installed(desk) == FILE.sha256
    assert len(server.log) >= 4


@pytest.mark.parametrize(
    "refusal",
    [
        Answer(429, retry_after=RetryAfter(1)),
        Answer(503),
        Answer(403),
        HangUp(),
        Serve(ranges=Ranges.IGNORED),
        Serve(ranges=Ranges.WRONG_START),
        Serve(ranges=Ranges.WRONG_LENGTH),
        Serve(ranges=Ranges.NO_CONTENT_RANGE),
    ],
)
async def test_refused_connections_do_no_harm(
    server: MisbehavingServer, tmp_path: Path, refusal: Answer | HangUp | Serve
) -> None:
    """A server that refuses or lies to extra connections serves the file through the first."""
    server.script(SLOW, refusal, refusal, refusal)
    told = await fetched(server, tmp_path)
    assert len(told.attempts) == 1
    assert [request.header("range") for request in server.log[4:]] == [f"bytes={12 * MIB}-{FILE.size - 1}"]


@pytest.mark.parametrize("lost", [Drop(5 * MIB), Drop(6 * MIB, reset=False), Truncate(5 * MIB)])
async def test_lost_connection_is_replaced(server: MisbehavingServer, tmp_path: Path, lost: Drop | Truncate) -> None:
    """A lost connection's bytes stay, and another one downloads the rest in the same attempt."""
    server.script(Serve(), Serve(lost), Serve(lost), Serve(lost))
    told = await fetched(server, tmp_path)
    assert len(told.attempts) == 1
    assert sent(server) < FILE.size + 8 * MIB


async def test_all_lost_goes_on_where_each_was(server: MisbehavingServer, tmp_path: Path) -> None:
    """If all connections are lost, the next attempt fills the gaps only."""
    drop = Serve(Drop(3 * MIB))
    server.script(drop, drop, drop, drop)
    told = await fetched(server, tmp_path)
    broken, last = told.attempts
    assert broken.outcome is AttemptOutcome.FAILED
    assert last.resumed_from == 12 * MIB
    assert str(last.resume_note) == "resumed at 12.6 MB (file unchanged on the server)"
    assert server.log[4].header("range") == f"bytes={3 * MIB}-"


async def test_changed_while_parts_come(server: MisbehavingServer, tmp_path: Path) -> None:
    """A file that changes between segments is never mixed; the new one is downloaded."""
    server.script(SLOW, Serve(content=OTHER), then=Serve(content=OTHER))
    async with downloads(tmp_path) as desk:
        told = await desk.get(server.url())
        assert told.state is OperationState.COMPLETED, told
        assert installed(desk) == OTHER.sha256
    assert str(told.attempts[0].error) == "the file on the server changed during the download"


async def test_changed_unnoticed_is_caught_by_the_hash(server: MisbehavingServer, tmp_path: Path) -> None:
    """A mixture that only the SHA-256 reveals is quarantined."""
    unlike = Serve(content=OTHER, etag=ETag.NONE, last_modified=False)
    server.script(Serve(etag=ETag.NONE, last_modified=False), then=unlike)
    async with downloads(tmp_path) as desk:
        told = await desk.get(server.url(), sha256=FILE.sha256)
        assert told.state is OperationState.FAILED
        assert desk.files == ["model.safetensors.quarantine"]


async def test_stalled_connection(server: MisbehavingServer, tmp_path: Path) -> None:
    """A stalled connection delays no other."""
    server.script(Serve(), Serve(Stall(5 * MIB)))
    told = await fetched(server, tmp_path, stall_timeout=0.5)
    assert len(told.attempts) == 1


async def test_pause_keeps_every_part(server: MisbehavingServer, tmp_path: Path) -> None:
    """Pausing keeps all segments and the progress."""
    server.script(then=Serve(rate=2 * MIB))
    async with downloads(tmp_path) as desk:
        operation_id = await desk.add(server.url())
        await desk.until(operation_id, lambda told: told.operation.progress.done > 6 * MIB)
        await desk.command(operation_id, CommandKind.PAUSE)
        told = await desk.told(operation_id)
        done = told.operation.progress.done
        assert trusted(desk) == done
        server.script()
        before = sent(server)
        await desk.command(operation_id, CommandKind.RESUME)
        told = await desk.ended(operation_id)
        assert told.last.resumed_from == done
        assert installed(desk) == FILE.sha256
    assert sent(server) - before < FILE.size - done + 8 * MIB


async def test_failed_write_ends_all(
    server: MisbehavingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk error stops every connection, and written bytes count."""
    write_at, left = Staging.write_at, [5]

    def failing(self: Staging, offset: int, data: memoryview) -> None:
        left[0] -= 1
        if not left[0]:
            raise_no_space()
        write_at(self, offset, data)

    def raise_no_space() -> None:
        from launcher_gui.downloads.errors.disk_errors import DiskFullError  # noqa: PLC0415

        raise DiskFullError(1, 0, tmp_path)

    monkeypatch.setattr(Staging, "write_at", failing)
    async with downloads(tmp_path) as desk:
        operation_id = await desk.add(server.url())
        told = await desk.ended(operation_id)
        assert told.state is OperationState.FAILED
        assert trusted(desk) == told.operation.progress.done > 0
        await desk.command(operation_id, CommandKind.RESUME)
        assert (await desk.ended(operation_id)).state is OperationState.COMPLETED
        assert installed(desk) == FILE.sha256


async def test_power_cut_keeps_what_was_flushed(server: MisbehavingServer, tmp_path: Path) -> None:
    """After a reboot only the flushed ranges count, not the map."""
    limits = CheckpointLimits(count=4 * MIB)
    server.script(*[Serve(Drop(3 * MIB))] * 4, then=Answer(404))
    async with downloads_on(WELL, tmp_path, None, limits) as desk:
        await desk.get(server.url())
        destination = desk.folder / "model.safetensors"
        assert trusted(desk) == 12 * MIB
        record = json.loads(sidecar_path(destination).read_text())
        flushed = record["durable"] + sum(end - start for start, end in record["islands"])
        record["boot"] = "another boot"
        sidecar_path(destination).write_text(json.dumps(record))
        assert trusted(desk) == flushed == 12 * MIB
        map_path(destination).write_bytes(b"anything")
        assert trusted(desk) == flushed
        assert partial_path(destination).stat().st_size > flushed


async def test_mirrors_share_the_file(server: MisbehavingServer, tmp_path: Path) -> None:
    """With a SHA-256, mirrors download segments at the same time."""
    async with MisbehavingServer(FILE) as second, MisbehavingServer(FILE) as third, downloads(tmp_path) as desk:
        request = desk.service.parse(server.url(), str(desk.folder), None, FILE.sha256, [second.url(), third.url()])
        told = await desk.ended((await desk.service.add(request)).id)
        assert told.state is OperationState.COMPLETED
        assert installed(desk) == FILE.sha256
        assert second.log
        assert third.log


async def test_mirror_with_another_file_is_found_out(server: MisbehavingServer, tmp_path: Path) -> None:
    """If the mirrors' segments do not match, each mirror is used alone."""
    async with MisbehavingServer(OTHER) as wrong, downloads(tmp_path) as desk:
        request = desk.service.parse(server.url(), str(desk.folder), None, FILE.sha256, [wrong.url()])
        told = await desk.ended((await desk.service.add(request)).id)
        assert told.state is OperationState.COMPLETED
        assert desk.files == ["model.safetensors", "model.safetensors.quarantine"]
        assert sha256_of(desk.folder / "model.safetensors") == FILE.sha256


def test_a_piece_is_a_long_one() -> None:
    """Segments are long enough for a connection to reach its speed."""
    assert MOST_BYTES >= 64 * MIB
