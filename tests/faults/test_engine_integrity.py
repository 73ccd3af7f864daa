"""Damage on the disk between two runs is found, reported, and only the damaged part is downloaded again."""

from __future__ import annotations

from pathlib import Path

import pytest

from launcher_gui.downloads.rules.naming import partial_path
from launcher_gui.recovery.operation import CommandKind, OperationState
from tests.support.builders.downloading import downloads
from tests.support.builders.files import KIB, MIB, ONE_MIB, sha256_of
from tests.support.builders.marks import BETWEEN_MARKS, mark_often
from tests.support.servers.behaviours import Drop, HangUp, Serve
from tests.support.servers.misbehaving import MisbehavingServer

KEPT = 600 * KIB
LAST_MARK = KEPT // BETWEEN_MARKS * BETWEEN_MARKS


@pytest.fixture
async def partial(misbehaving: MisbehavingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A partial file with a known hash that could not continue."""
    mark_often(monkeypatch)
    misbehaving.script(Serve(Drop(KEPT)), then=HangUp())
    async with downloads(tmp_path) as desk:
        failed = await desk.get(misbehaving.url(), sha256=ONE_MIB.sha256)
    assert failed.operation.progress.done == KEPT
    misbehaving.script()
    return partial_path(tmp_path / "models" / "model.safetensors")


def damage(path: Path, at: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)
        file.seek(at)
        file.write(bytes([byte[0] ^ 1]))


async def test_damaged_block_is_fetched_again(misbehaving: MisbehavingServer, tmp_path: Path, partial: Path) -> None:
    """A damaged block and the bytes after it go; the bytes before stay."""
    damage(partial, LAST_MARK - 1)
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url(), sha256=ONE_MIB.sha256)
        assert desk.files == ["model.safetensors"]
    kept = LAST_MARK - BETWEEN_MARKS
    assert told.state is OperationState.COMPLETED
    assert misbehaving.log[-1].header("range") == f"bytes={kept}-"
    assert told.last.resumed_from == kept
    assert "221.2 kB on disk had been changed and will be downloaded again" in str(told.last.resume_note)
    assert sha256_of(tmp_path / "models" / "model.safetensors") == ONE_MIB.sha256


async def test_asks_before_much_of_it_goes(misbehaving: MisbehavingServer, tmp_path: Path, partial: Path) -> None:
    """Discarding the bytes after a damaged block needs consent."""
    damage(partial, LAST_MARK - 1)
    before = sha256_of(partial)
    async with downloads(tmp_path, ask_before_discarding=0.1) as desk:
        told = await desk.get(misbehaving.url(), sha256=ONE_MIB.sha256)
        assert str(told.last.error).endswith("will discard 221.2 kB: the saved data was changed on disk")
        assert sha256_of(partial) == before
        await desk.command(told.operation.id, CommandKind.RESUME, discard=True)
        told = await desk.until(told.operation.id, lambda told: told.state is OperationState.COMPLETED)
    assert told.last.resumed_from == LAST_MARK - BETWEEN_MARKS


async def test_only_damaged_blocks_are_fetched_again(
    misbehaving: MisbehavingServer, tmp_path: Path, partial: Path
) -> None:
    """If the end is damaged, all blocks are checked, and only damaged ones are replaced."""
    damage(partial, LAST_MARK - 1)
    damage(partial, BETWEEN_MARKS + 5)
    before = len(misbehaving.log)
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url(), sha256=ONE_MIB.sha256)
    sound = LAST_MARK - 2 * BETWEEN_MARKS
    assert told.last.resumed_from == sound
    first, *rest = [request.header("range") for request in misbehaving.log[before:]]
    assert first == f"bytes={BETWEEN_MARKS}-"
    assert rest == [f"bytes={LAST_MARK - BETWEEN_MARKS}-{MIB - 1}"]
    assert sha256_of(tmp_path / "models" / "model.safetensors") == ONE_MIB.sha256


async def test_bytes_behind_the_last_mark_are_fetched_again(
    misbehaving: MisbehavingServer, tmp_path: Path, partial: Path
) -> None:
    """If the hash is wrong, the bytes after the last mark are replaced, once."""
    damage(partial, KEPT - 1)
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url(), sha256=ONE_MIB.sha256)
        assert desk.files == ["model.safetensors"]
    ranges = [request.header("range") for request in misbehaving.log]
    assert ranges[-2:] == [f"bytes={KEPT}-", f"bytes={LAST_MARK}-"]
    assert str(told.attempts[-2].error) == "SHA-256 does not match; the last 524.3 kB will be downloaded again"
    assert sha256_of(tmp_path / "models" / "model.safetensors") == ONE_MIB.sha256


async def test_wrong_file_is_put_aside_after_that(
    misbehaving: MisbehavingServer, tmp_path: Path, partial: Path
) -> None:
    """If the hash is still wrong, the complete file is quarantined."""
    async with downloads(tmp_path) as desk:
        told = await desk.get(misbehaving.url(), sha256="ab" * 32)
        assert desk.files == ["model.safetensors.quarantine"]
    assert told.state is OperationState.FAILED
    assert sha256_of(tmp_path / "models" / "model.safetensors.quarantine") == ONE_MIB.sha256
