"""Large partial files are discarded only with the user's consent, and only once for each consent."""

from __future__ import annotations

from pathlib import Path

import pytest

from launcher_gui.downloads.errors.remedies import POLICIES, FailureKind, Remedy, recorded_failure_kind
from launcher_gui.downloads.rules.naming import partial_path
from launcher_gui.downloads.service import DownloadService
from launcher_gui.monitor.commands import give
from launcher_gui.recovery.operation import CommandKind, CommandState, OperationState
from tests.support.builders.downloading import Downloads, Told, downloads
from tests.support.builders.files import KIB, MIB, ONE_MIB, Content, sha256_of
from tests.support.servers.behaviours import Behaviour, Drop, ETag, Ranges, Serve, Stall
from tests.support.servers.misbehaving import MisbehavingServer

KEPT = 600 * KIB
BREAKS_OFF = Serve(Drop(KEPT))
CHANGED = Content(MIB, seed=9)
CHANGED_AGAIN = Content(MIB, seed=10)
ASKS_ABOVE = 0.1

LARGE = Content(40 * MIB, seed=8)

NO_RANGES = Serve(ranges=Ranges.IGNORED)
BARE = Serve(etag=ETag.NONE, last_modified=False)


def _part(root: Path) -> Path:
    return partial_path(root / "models" / "model.safetensors")


def _came(root: Path) -> None:
    """Check that the first download's bytes are unchanged."""
    assert _part(root).read_bytes() == ONE_MIB.read(0, KEPT)


async def _asked(desk: Downloads, server: MisbehavingServer, *steps: Behaviour) -> Told:
    """Return a download's result that needs consent."""
    server.script(BREAKS_OFF, *steps)
    told = await desk.get(server.url())
    assert told.state is OperationState.FAILED, told
    assert recorded_failure_kind(told.last.failure_kind) is FailureKind.DISCARDING
    return told


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Serve(content=CHANGED), "the file on the server has changed"),
        (NO_RANGES, "the server does not support resuming"),
        (Serve(ranges=Ranges.WRONG_LENGTH), "the server's partial response contradicts itself"),
    ],
)
async def test_asks_and_keeps(misbehaving: MisbehavingServer, tmp_path: Path, answer: Behaviour, why: str) -> None:
    """The attempt ends with the size at stake, the evidence and the remedy, and deletes nothing."""
    async with downloads(tmp_path, ask_before_discarding=ASKS_ABOVE) as desk:
        told = await _asked(desk, misbehaving, *[answer] * 3)
    assert str(told.last.error) == f"starting over will discard 614.4 kB: {why}"
    assert str(told.operation.decision).startswith(
        f"not retried: starting over will discard 614.4 kB: {why}. Nothing was"
    )
    assert "--discard" in str(told.operation.decision)
    assert "SHA-256" not in str(told.operation.decision)
    assert len(told.attempts) == 2
    assert told.operation.progress.done == KEPT
    _came(tmp_path)


async def test_agreed(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """With consent the current file is downloaded."""
    async with downloads(tmp_path, ask_before_discarding=ASKS_ABOVE) as desk:
        asked = await _asked(desk, misbehaving, *[Serve(content=CHANGED)] * 2)
        answer = await desk.command(asked.operation.id, CommandKind.RESUME, discard=True)
        assert answer.state is CommandState.DONE
        told = await desk.ended(asked.operation.id)
    assert told.state is OperationState.COMPLETED
    assert str(told.last.resume_note) == "restarted from zero, 614.4 kB lost: the file on the server has changed"
    assert sha256_of(tmp_path / "models" / "model.safetensors") == CHANGED.sha256


async def test_resumed_without_leave(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """Resuming alone gives no consent; the bytes are used if the server has the old file again."""
    async with downloads(tmp_path, ask_before_discarding=ASKS_ABOVE) as desk:
        asked = await _asked(desk, misbehaving, *[Serve(content=CHANGED)] * 2)
        await desk.command(asked.operation.id, CommandKind.RESUME)
        told = await desk.until(asked.operation.id, lambda told: len(told.attempts) == 3 and told.state.ended)
        assert recorded_failure_kind(told.last.failure_kind) is FailureKind.DISCARDING
        _came(tmp_path)
        await desk.command(asked.operation.id, CommandKind.RETRY)
        told = await desk.until(asked.operation.id, lambda told: told.state is OperationState.COMPLETED)
    assert told.last.resumed_from == KEPT


async def test_leave_counts_once(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A second change of the file needs consent again."""
    async with downloads(tmp_path, ask_before_discarding=ASKS_ABOVE) as desk:
        first = Serve(content=CHANGED)
        asked = await _asked(desk, misbehaving, first, Serve(Drop(KEPT), content=CHANGED), Serve(content=CHANGED_AGAIN))
        await desk.command(asked.operation.id, CommandKind.RESUME, discard=True)
        told = await desk.until(asked.operation.id, lambda told: len(told.attempts) == 4 and told.state.ended)
    assert str(told.attempts[2].resume_note).startswith("restarted from zero, 614.4 kB lost")
    assert recorded_failure_kind(told.last.failure_kind) is FailureKind.DISCARDING
    assert _part(tmp_path).read_bytes() == CHANGED.read(0, KEPT)


async def test_a_later_answer_counts(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A later command without consent withdraws it."""
    async with downloads(tmp_path, ask_before_discarding=ASKS_ABOVE) as desk:
        misbehaving.script(Serve(Drop(KEPT)), then=Serve(Drop(0)))
        told = await desk.get(misbehaving.url())
        await desk.command(told.operation.id, CommandKind.RESUME, discard=True)
        count = len((await desk.ended(told.operation.id)).attempts)
        misbehaving.script(then=Serve(content=CHANGED))
        await desk.command(told.operation.id, CommandKind.RESUME)
        last = await desk.until(told.operation.id, lambda told: len(told.attempts) > count and told.state.ended)
    assert recorded_failure_kind(last.last.failure_kind) is FailureKind.DISCARDING
    _came(tmp_path)


@pytest.mark.parametrize("limit", [0, 0.7])
async def test_little_goes_without_asking(misbehaving: MisbehavingServer, tmp_path: Path, limit: float) -> None:
    """Up to the limit, or with the limit 0, no consent is needed."""
    misbehaving.script(BREAKS_OFF, Serve(content=CHANGED), Serve(content=CHANGED))
    async with downloads(tmp_path, ask_before_discarding=limit) as desk:
        told = await desk.get(misbehaving.url())
    assert told.state is OperationState.COMPLETED
    assert str(told.last.resume_note).startswith("restarted from zero, 614.4 kB lost")


async def test_a_sha256_keeps_it(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A SHA-256 given later proves the file, and no byte is downloaded again."""
    bare = {"etag": ETag.NONE, "last_modified": False}
    misbehaving.script(Serve(Drop(KEPT), **bare), then=BARE)  # type: ignore[arg-type]
    async with downloads(tmp_path, ask_before_discarding=ASKS_ABOVE) as desk:
        asked = await desk.get(misbehaving.url())
        assert recorded_failure_kind(asked.last.failure_kind) is FailureKind.DISCARDING
        assert str(asked.operation.decision).endswith("it continues from here")
        await desk.add(misbehaving.url(), sha256=ONE_MIB.sha256)
        told = await desk.until(asked.operation.id, lambda told: told.state is OperationState.COMPLETED)
    assert told.last.resumed_from == KEPT


async def test_another_mirror_goes_on(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """No consent is needed while another mirror can resume."""
    misbehaving.add("/mirror.safetensors", ONE_MIB)
    misbehaving.script(BREAKS_OFF, then=NO_RANGES)
    misbehaving.script(Serve(Drop(0)), path="/mirror.safetensors")
    async with downloads(tmp_path, ask_before_discarding=ASKS_ABOVE) as desk:
        mirror = misbehaving.url("/mirror.safetensors")
        request = desk.service.parse(misbehaving.url(), str(desk.folder), None, ONE_MIB.sha256, [mirror])
        told = await desk.ended((await desk.service.add(request)).id)
    assert told.state is OperationState.COMPLETED
    assert told.last.resumed_from == KEPT


async def test_a_worker_of_another_process_obeys(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """The consent is stored with the operation, so every process follows it."""
    async with downloads(tmp_path, ask_before_discarding=ASKS_ABOVE) as desk:
        asked = await _asked(desk, misbehaving, *[Serve(content=CHANGED)] * 2)
    async with DownloadService(str(desk.service.store.path), "command line") as other:
        command = await give(
            other.store, other.clock, asked.operation.id, CommandKind.RESUME, "command line", {"discard": True}
        )
        assert command.state is CommandState.DONE
    async with downloads(tmp_path, ask_before_discarding=ASKS_ABOVE) as desk:
        told = await desk.until(asked.operation.id, lambda told: told.state is OperationState.COMPLETED)
    assert sha256_of(tmp_path / "models" / "model.safetensors") == CHANGED.sha256
    assert str(told.last.resume_note).startswith("restarted from zero")


async def test_pieces_count(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """All segments count as being at stake, also if the server no longer supports ranges."""
    misbehaving.add("/large.bin", LARGE)
    misbehaving.script(*[Serve(Stall(3 * MIB))] * 4, then=NO_RANGES, path="/large.bin")
    async with downloads(tmp_path, ask_before_discarding=4, connections_per_download=4, stall_timeout=0.3) as desk:
        told = await desk.get(misbehaving.url("/large.bin"))
        held = told.operation.progress.done
        assert recorded_failure_kind(told.last.failure_kind) is FailureKind.DISCARDING
        assert told.last.detail.startswith(f"{held} bytes")
        assert held > 4 * MIB
        await desk.command(told.operation.id, CommandKind.RESUME, discard=True)
        told = await desk.until(told.operation.id, lambda told: told.state is OperationState.COMPLETED)
    assert sha256_of(tmp_path / "models" / "large.bin") == LARGE.sha256


def test_has_one_fix() -> None:
    """The failure has one remedy for the window."""
    assert POLICIES[FailureKind.DISCARDING].action is Remedy.DISCARD
