"""Commands for a download are obeyed in every phase, answered, and lose no byte."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest

from launcher_gui.downloads.partial.staging import Staging
from launcher_gui.downloads.rules.naming import partial_path, sidecar_path
from launcher_gui.downloads.rules.resume import Recorded
from launcher_gui.recovery.operation import AttemptOutcome, CommandKind, CommandState, OperationState
from tests.support.builders.downloading import Downloads, Told, downloads
from tests.support.builders.files import MIB, Content, sha256_of
from tests.support.servers.behaviours import Answer, RetryAfter, Serve, Silence, Stall
from tests.support.servers.misbehaving import PATH, MisbehavingServer
from tests.support.servers.serving import etag_of

FILE = Content(3 * MIB)
KEPT = 1 * MIB
"""A whole block: it is seen on the disk as soon as it has come."""

STOPS = [
    (CommandKind.PAUSE, OperationState.PAUSED, AttemptOutcome.PAUSED),
    (CommandKind.CANCEL, OperationState.CANCELLED, AttemptOutcome.CANCELLED),
]


@pytest.fixture
def server(misbehaving: MisbehavingServer) -> MisbehavingServer:
    """A server with a file of several blocks."""
    misbehaving.add(PATH, FILE)
    return misbehaving


async def _stalled(desk: Downloads, server: MisbehavingServer) -> str:
    """Return a stalled download with some data."""
    server.script(Serve(Stall(KEPT)))
    operation_id = await desk.add(server.url())
    await desk.until(operation_id, lambda told: told.operation.progress.done == KEPT)
    return operation_id


@pytest.mark.parametrize(("kind", "state", "outcome"), STOPS)
async def test_stopped_during_the_transfer(
    server: MisbehavingServer, tmp_path: Path, kind: CommandKind, state: OperationState, outcome: AttemptOutcome
) -> None:
    """Pausing or cancelling keeps all data, and resuming continues it."""
    async with downloads(tmp_path) as desk:
        operation_id = await _stalled(desk, server)
        assert str((await desk.command(operation_id, kind)).answer) == "done"
        told = await desk.told(operation_id)
        assert (told.state, told.last.outcome, told.operation.owner_id) == (state, outcome, None)
        assert told.operation.progress.done == KEPT
        assert "by you" in str(told.operation.decision)
        assert str((await desk.command(operation_id, CommandKind.RESUME)).answer) == "done"
        told = await desk.in_state(operation_id, OperationState.COMPLETED)
        assert [attempt.resumed_from for attempt in told.attempts] == [0, KEPT]
        assert sha256_of(desk.folder / "model.safetensors") == FILE.sha256


@pytest.mark.parametrize(("kind", "state", "outcome"), STOPS)
async def test_stopped_while_connecting(
    server: MisbehavingServer, tmp_path: Path, kind: CommandKind, state: OperationState, outcome: AttemptOutcome
) -> None:
    """A download can be stopped while the server does not answer."""
    server.script(Silence())
    async with downloads(tmp_path) as desk:
        operation_id = await desk.add(server.url())
        await server.until(lambda log: len(log) == 1)
        await desk.command(operation_id, kind)
        told = await desk.told(operation_id)
        assert (told.state, told.last.outcome) == (state, outcome)
        assert desk.files == []


@pytest.mark.parametrize(("kind", "state", "outcome"), STOPS)
async def test_stopped_during_a_wait(
    server: MisbehavingServer, tmp_path: Path, kind: CommandKind, state: OperationState, outcome: AttemptOutcome
) -> None:
    """A waiting download stops at once, and its failed attempt stays failed."""
    server.script(Answer(503, retry_after=RetryAfter(300)))
    async with downloads(tmp_path) as desk:
        operation_id = await desk.add(server.url())
        await desk.in_state(operation_id, OperationState.WAITING)
        await desk.command(operation_id, kind)
        told = await desk.told(operation_id)
        assert (told.state, told.operation.retry_at) == (state, None)
        assert [attempt.outcome for attempt in told.attempts] == [AttemptOutcome.FAILED]
        await desk.command(operation_id, CommandKind.RESUME)
        await desk.in_state(operation_id, OperationState.COMPLETED)


def _is_verifying(told: Told, number: int) -> bool:
    """Return whether attempt ``number`` has all bytes and is hashing them."""
    begun = len(told.attempts) == number and str(told.last.resume_note) != ""
    return begun and told.operation.progress.phase == "verifying"


async def test_stopped_while_verifying(server: MisbehavingServer, tmp_path: Path) -> None:
    """Hashing can be paused, cancelled and interrupted without quarantining the file."""
    large = Content(4 << 30)
    server.add("/large.bin", large)
    destination = tmp_path / "models" / "large.bin"
    destination.parent.mkdir()
    with Staging.open(destination) as staging:
        staging.begin(Recorded(server.url("/large.bin"), large.size, etag_of(large), None), 0)
        os.truncate(staging.path, large.size)  # zeros that take no room, and as long to hash as any other bytes
    async with downloads(tmp_path) as desk:
        operation_id = await desk.add(server.url("/large.bin"), sha256=FILE.sha256)
        for number, (kind, state, outcome) in enumerate(STOPS, start=1):
            await desk.until(operation_id, partial(_is_verifying, number=number))
            assert str((await desk.command(operation_id, kind)).answer) == "done"
            told = await desk.told(operation_id)
            assert (told.state, told.last.outcome) == (state, outcome)
            await desk.command(operation_id, CommandKind.RESUME)
        await desk.until(operation_id, lambda told: _is_verifying(told, 3))
    async with downloads(tmp_path) as desk:
        told = await desk.told(operation_id)
        assert told.last.outcome is AttemptOutcome.INTERRUPTED
        assert (told.last.resumed_from, str(told.last.resume_note)) == (
            large.size,
            "all 4.3 GB already downloaded (file unchanged on the server)",
        )
        assert desk.files == ["large.bin.part", "large.bin.part.json"]


async def test_closing_leaves_work_interrupted(server: MisbehavingServer, tmp_path: Path) -> None:
    """A closing process saves its progress, and the next one resumes automatically."""
    async with downloads(tmp_path) as desk:
        operation_id = await _stalled(desk, server)
    async with downloads(tmp_path) as desk:
        told = await desk.told(operation_id)
        assert (told.state, told.last.outcome) == (OperationState.INTERRUPTED, AttemptOutcome.INTERRUPTED)
        assert told.operation.progress.done == KEPT
        assert await desk.service.requeue_interrupted() == 1
        told = await desk.in_state(operation_id, OperationState.COMPLETED)
        assert told.last.resumed_from == KEPT


async def test_removing(server: MisbehavingServer, tmp_path: Path) -> None:
    """A running download cannot be removed; a stopped one can, with or without its data."""
    async with downloads(tmp_path) as desk:
        destination = desk.folder / "model.safetensors"
        operation_id = await _stalled(desk, server)
        refused = await desk.command(operation_id, CommandKind.REMOVE)
        assert (refused.state, str(refused.answer)) == (
            CommandState.REFUSED,
            "it is running. Cancel it first",
        )
        await desk.command(operation_id, CommandKind.CANCEL)
        assert (await desk.command(operation_id, CommandKind.REMOVE)).state is CommandState.DONE
        assert partial_path(destination).stat().st_size == KEPT
        again = await desk.get(server.url())
        assert again.last.resumed_from == KEPT


async def test_removing_with_what_was_fetched(server: MisbehavingServer, tmp_path: Path) -> None:
    """Discarding deletes the partial file and its sidecar, never an installed file."""
    async with downloads(tmp_path) as desk:
        operation_id = await _stalled(desk, server)
        await desk.command(operation_id, CommandKind.PAUSE)
        assert (await desk.command(operation_id, CommandKind.REMOVE, discard=True)).state is CommandState.DONE
        assert desk.files == []
        told = await desk.get(server.url())
        assert told.last.resumed_from == 0
        assert (await desk.command(told.operation.id, CommandKind.REMOVE, discard=True)).state is CommandState.DONE
        assert desk.files == ["model.safetensors"]
        assert not sidecar_path(desk.folder / "model.safetensors").exists()


@pytest.mark.parametrize(
    ("state", "kind", "answer"),
    [
        (OperationState.COMPLETED, CommandKind.RESUME, "it is completed"),
        (OperationState.COMPLETED, CommandKind.PAUSE, "it is completed"),
        (OperationState.RUNNING, CommandKind.RETRY, "it is already running"),
    ],
)
async def test_refused_with_a_reason(
    server: MisbehavingServer, tmp_path: Path, state: OperationState, kind: CommandKind, answer: str
) -> None:
    """An invalid command is refused with a reason and changes nothing."""
    async with downloads(tmp_path) as desk:
        if state is OperationState.RUNNING:
            operation_id = await _stalled(desk, server)
        else:
            operation_id = (await desk.get(server.url())).operation.id
        command = await desk.command(operation_id, kind)
        assert (command.state, str(command.answer)) == (CommandState.REFUSED, answer)
        assert (await desk.told(operation_id)).state is state
