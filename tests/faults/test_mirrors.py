"""Mirrors of one file are used in turn, from the last byte, because its SHA-256 is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from launcher_gui.recovery.operation import OperationState
from tests.support.builders.downloading import downloads
from tests.support.builders.files import KIB, MIB, ONE_MIB, Content, sha256_of
from tests.support.servers.behaviours import Answer, Drop, Serve
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.servers.sites import Hub

OTHER = Content(MIB, seed=9)


async def test_mirrors_are_used_in_turn(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """If one mirror fails, the next continues; the SHA-256 proves the file."""
    async with MisbehavingServer() as second, MisbehavingServer() as third, downloads(tmp_path) as desk:
        misbehaving.script(Serve(Drop(300 * KIB)), then=Answer(500))
        second.script(then=Answer(404))
        third.script(Serve(Drop(300 * KIB)))
        request = desk.service.parse(
            misbehaving.url(), str(desk.folder), None, ONE_MIB.sha256, [second.url(), third.url()]
        )
        told = await desk.ended((await desk.service.add(request)).id)
        assert told.state is OperationState.COMPLETED
        assert [request.header("range") for request in third.log] == ["bytes=307200-", "bytes=614400-"]
        assert len(told.attempts) == 2
    assert sha256_of(tmp_path / "models" / "model.safetensors") == ONE_MIB.sha256


async def test_mirror_with_another_file(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A mirror's wrong file is quarantined, and the next mirror is used."""
    async with MisbehavingServer(OTHER) as wrong, downloads(tmp_path) as desk:
        request = desk.service.parse(wrong.url(), str(desk.folder), None, ONE_MIB.sha256, [misbehaving.url()])
        told = await desk.ended((await desk.service.add(request)).id)
        assert desk.files == ["model.safetensors", "model.safetensors.quarantine"]
    assert told.state is OperationState.COMPLETED


async def test_all_mirrors_fail(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """If all mirrors fail, a temporary failure keeps the download alive."""
    async with MisbehavingServer() as second, downloads(tmp_path, max_retries=1) as desk:
        misbehaving.script(then=Answer(404))
        second.script(then=Answer(503))
        request = desk.service.parse(misbehaving.url(), str(desk.folder), None, ONE_MIB.sha256, [second.url()])
        told = await desk.ended((await desk.service.add(request)).id)
    assert len(told.attempts) == 2
    assert str(told.last.error) == "127.0.0.1 answered 503 (Service Unavailable)"


async def test_mirror_while_the_hub_is_down(
    misbehaving: MisbehavingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mirror is used while the site's look-up fails."""
    async with Hub(misbehaving) as hub, downloads(tmp_path) as desk:
        hub.out_of_order = 500
        monkeypatch.setenv("HF_ENDPOINT", hub.origin)
        request = desk.service.parse("hf://o/r/m.gguf", str(desk.folder), None, ONE_MIB.sha256, [misbehaving.url()])
        told = await desk.ended((await desk.service.add(request)).id)
        assert desk.files == ["m.gguf"]
    assert told.state is OperationState.COMPLETED
    assert len(told.attempts) == 1
