"""Bodies received directly into the program's blocks end like those that pass through aiohttp."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from launcher_gui.downloads.http import body
from launcher_gui.downloads.rules.naming import partial_path
from launcher_gui.recovery.operation import CommandKind, OperationState
from tests.support.builders.downloading import downloads
from tests.support.builders.files import KIB, MIB, Content, sha256_of
from tests.support.servers.behaviours import Drop, Serve, Stall
from tests.support.servers.misbehaving import MisbehavingServer

FILE = Content(5 * MIB + 3, seed=8)
KEPT = 3 * MIB + 5


@pytest.fixture(autouse=True)
def taken_over(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many bytes of each body remained when its connection was taken over."""
    left: list[int] = []
    take_over = body._DirectBody.__init__

    def noting(direct: body._DirectBody, *args: object) -> None:
        take_over(direct, *args)  # type: ignore[arg-type]
        left.append(direct._left)

    monkeypatch.setattr(body._DirectBody, "__init__", noting)
    return left


@pytest.fixture
def server(misbehaving: MisbehavingServer) -> MisbehavingServer:
    misbehaving.script(then=Serve(content=FILE))
    return misbehaving


@pytest.mark.parametrize("reset", [True, False])
async def test_drop_costs_nothing(
    server: MisbehavingServer, tmp_path: Path, taken_over: list[int], reset: bool
) -> None:
    """Every byte before the drop is kept."""
    server.script(Serve(Drop(KEPT, reset=reset), content=FILE), then=Serve(content=FILE))
    async with downloads(tmp_path) as desk:
        told = await desk.get(server.url(), sha256=FILE.sha256)
    assert told.state is OperationState.COMPLETED
    assert [attempt.resumed_from for attempt in told.attempts] == [0, KEPT]
    assert told.attempts[0].detail.startswith("ClientPayloadError")
    assert sha256_of(tmp_path / "models" / "model.safetensors") == FILE.sha256
    assert len(taken_over) == 2


async def test_silence_ends_the_attempt(server: MisbehavingServer, tmp_path: Path, taken_over: list[int]) -> None:
    """A silent server ends the attempt, and the data is kept."""
    server.script(Serve(Stall(KEPT), content=FILE), then=Serve(content=FILE))
    async with downloads(tmp_path, stall_timeout=0.3) as desk:
        told = await desk.get(server.url())
    assert [attempt.resumed_from for attempt in told.attempts] == [0, KEPT]
    assert str(told.attempts[0].error) == "no data received for 0.3 s"
    assert taken_over


async def test_slow_body_is_written_as_it_comes(
    server: MisbehavingServer, tmp_path: Path, taken_over: list[int]
) -> None:
    """A slow body shows progress, and stopping keeps an unfinished block."""
    server.script(Serve(rate=400 * KIB, content=FILE))
    async with downloads(tmp_path) as desk:
        operation_id = await desk.add(server.url())
        told = await desk.until(operation_id, lambda told: told.operation.progress.done > 0)
        assert told.operation.progress.done < MIB
        await asyncio.sleep(0.2)
        await desk.command(operation_id, CommandKind.PAUSE)
        told = await desk.told(operation_id)
        staged = partial_path(desk.folder / "model.safetensors").stat().st_size
        assert told.operation.progress.done == staged
    assert taken_over
