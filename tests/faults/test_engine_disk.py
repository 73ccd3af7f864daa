"""Problems with the destination are reported; nothing is overwritten or lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from launcher_gui.downloads.errors.disk_errors import DestinationExistsError, FolderError
from launcher_gui.downloads.rules.naming import partial_path
from launcher_gui.recovery.exceptions import ExclusiveKeyError
from launcher_gui.recovery.operation import CommandKind, OperationState
from tests.support.builders.disks import make_read_only, small_disk
from tests.support.builders.downloading import downloads
from tests.support.builders.files import KIB, MIB, ONE_MIB, Content, sha256_of
from tests.support.servers.behaviours import Framing, Serve, Stall
from tests.support.servers.misbehaving import PATH, MisbehavingServer

STALLED = 600 * KIB
LARGE = Content(6 * MIB)


async def test_no_room_from_the_start(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A file that does not fit does not begin; with space, resuming downloads it."""
    misbehaving.add("/large.bin", LARGE)
    with small_disk(tmp_path / "models", 8 * MIB) as disk:
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(4 * MIB))
        async with downloads(tmp_path) as desk:
            told = await desk.get(misbehaving.url("/large.bin"))
            assert told.state is OperationState.FAILED
            assert len(told.attempts) == 1
            assert str(told.last.error) == f"not enough space: 6.3 MB needed, 4.2 MB free in {disk}"
            assert str(told.operation.decision) == (
                f"not retried: the disk is full. Free at least 6.3 MB on the disk of {disk}, then resume"
            )
            assert desk.files == ["ballast"]
            ballast.unlink()
            await desk.command(told.operation.id, CommandKind.RESUME)
            await desk.in_state(told.operation.id, OperationState.COMPLETED)
            assert sha256_of(disk / "large.bin") == LARGE.sha256


@pytest.mark.parametrize("framing", [Framing.CHUNKED, Framing.LENGTH])
async def test_disk_fills_up_in_the_middle(misbehaving: MisbehavingServer, tmp_path: Path, framing: Framing) -> None:
    """A disk that fills up ends the attempt, and the partial file is continued later."""
    misbehaving.add("/large.bin", LARGE)
    stalling = Serve(Stall(2 * MIB), framing=framing)
    misbehaving.script(stalling, Serve(framing=framing), path="/large.bin")
    with small_disk(tmp_path / "models", 8 * MIB) as disk:
        async with downloads(tmp_path) as desk:
            operation_id = await desk.add(misbehaving.url("/large.bin"))
            await desk.until(operation_id, lambda told: told.operation.progress.done >= MIB)
            await desk.command(operation_id, CommandKind.PAUSE)
            ballast = disk / "ballast"
            ballast.write_bytes(bytes(4 * MIB))
            misbehaving.script(Serve(framing=framing), path="/large.bin")
            await desk.command(operation_id, CommandKind.RESUME)
            told = await desk.in_state(operation_id, OperationState.FAILED)
            assert str(told.last.error).startswith("not enough space: ")
            assert partial_path(disk / "large.bin").stat().st_size >= 2 * MIB
            ballast.unlink()
            await desk.command(operation_id, CommandKind.RESUME)
            told = await desk.in_state(operation_id, OperationState.COMPLETED)
            assert told.last.resumed_from >= 2 * MIB
            assert sha256_of(disk / "large.bin") == LARGE.sha256


async def test_writes_until_the_disk_is_full(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """With an unknown length the full disk is found by writing, and the bytes count."""
    misbehaving.add("/large.bin", LARGE)
    misbehaving.script(Serve(framing=Framing.CHUNKED), path="/large.bin")
    with small_disk(tmp_path / "models", 8 * MIB) as disk:
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(4 * MIB))
        async with downloads(tmp_path) as desk:
            told = await desk.get(misbehaving.url("/large.bin"))
            assert told.state is OperationState.FAILED
            assert len(told.attempts) == 1
            assert str(told.last.error) == f"no space left in {disk}"
            assert str(told.operation.decision).startswith(
                "not retried: the disk is full. Free some space on the disk of "
            )
            kept = partial_path(disk / "large.bin").stat().st_size
            assert kept > 3 * MIB
            assert told.operation.progress.done == kept
            ballast.unlink()
            await desk.command(told.operation.id, CommandKind.RESUME)
            told = await desk.in_state(told.operation.id, OperationState.COMPLETED)
            assert told.last.resumed_from == kept
            assert sha256_of(disk / "large.bin") == LARGE.sha256


async def test_read_only_folder(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A read-only folder is reported when adding, or in the attempt if it became so later."""
    with small_disk(tmp_path / "models", MIB) as disk:
        make_read_only(disk)
        async with downloads(tmp_path) as desk:
            with pytest.raises(FolderError, match="is read-only"):
                await desk.add(misbehaving.url())
            request = desk.service.parse(misbehaving.url(), str(disk))
            told = await desk.ended((await desk.service.add(request)).id)
            assert str(told.last.error) == f"{disk} is read-only"
            assert str(told.operation.decision).startswith(f"not retried: {disk} is read-only. Choose another folder")
    assert misbehaving.log == ()


async def test_folder_that_is_a_file(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A file in the folder's place is not changed."""
    (tmp_path / "models").write_bytes(b"mine")
    async with downloads(tmp_path) as desk:
        with pytest.raises(FolderError, match="is a file"):
            await desk.add(misbehaving.url())
    assert (tmp_path / "models").read_bytes() == b"mine"


async def test_destination_exists(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """An existing destination is not touched, and no request is sent."""
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "model.safetensors").write_bytes(b"mine")
    async with downloads(tmp_path) as desk:
        with pytest.raises(DestinationExistsError, match=r"model\.safetensors already exists in "):
            await desk.add(misbehaving.url())
        assert desk.files == ["model.safetensors"]
    assert misbehaving.log == ()


async def test_destination_appears_meanwhile(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A file that appears during the download stays; once it is moved, no byte is downloaded again."""
    misbehaving.script(Serve(Stall(STALLED)))
    destination = tmp_path / "models" / "model.safetensors"
    async with downloads(tmp_path, stall_timeout=0.3) as desk:
        operation_id = await desk.add(misbehaving.url())
        await misbehaving.until(lambda log: bool(log) and log[0].sent == STALLED)
        destination.write_bytes(b"mine")
        told = await desk.in_state(operation_id, OperationState.FAILED)
        assert str(told.operation.reason) == "a file with this name already exists"
        assert destination.read_bytes() == b"mine"
        destination.rename(destination.with_name("mine.safetensors"))
        await desk.command(operation_id, CommandKind.RESUME)
        told = await desk.in_state(operation_id, OperationState.COMPLETED)
        assert told.last.resumed_from == STALLED
    assert sum(request.sent for request in misbehaving.log) == MIB


async def test_folder_vanishes_meanwhile(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A folder deleted during the download is reported, and resuming starts in a new one."""
    misbehaving.script(Serve(Stall(STALLED)), Serve(Stall(STALLED)))
    async with downloads(tmp_path, stall_timeout=0.3, max_retries=0) as desk:
        operation_id = await desk.add(misbehaving.url())
        await misbehaving.until(lambda log: bool(log) and log[0].sent == STALLED)
        shutil.rmtree(desk.folder)
        told = await desk.in_state(operation_id, OperationState.FAILED)
        assert str(told.last.error) == f"the folder {desk.folder} does not exist"
        misbehaving.script()
        await desk.command(operation_id, CommandKind.RESUME)
        await desk.in_state(operation_id, OperationState.COMPLETED)
        assert sha256_of(desk.folder / "model.safetensors") == ONE_MIB.sha256


@pytest.mark.parametrize("ending", [None, Stall(STALLED)])
async def test_partial_vanishes_meanwhile(misbehaving: MisbehavingServer, tmp_path: Path, ending: Stall | None) -> None:
    """A deleted partial file is not reported as a missing folder, and resuming starts over."""
    misbehaving.script(Serve(ending, rate=2 * MIB))
    async with downloads(tmp_path, stall_timeout=0.3) as desk:
        operation_id = await desk.add(misbehaving.url())
        await misbehaving.until(lambda log: bool(log) and log[0].sent >= 100 * KIB)
        partial_path(desk.folder / "model.safetensors").unlink()
        told = await desk.ended(operation_id)
        if ending is None:
            assert str(told.last.error) == "model.safetensors was deleted during the download"
            await desk.command(operation_id, CommandKind.RESUME)
        await desk.in_state(operation_id, OperationState.COMPLETED)
        assert sha256_of(desk.folder / "model.safetensors") == ONE_MIB.sha256


async def test_two_downloads_to_one_destination(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A second unfinished download to one file is refused, with a remedy."""
    misbehaving.script(Serve(Stall(STALLED)))
    misbehaving.add("/other/model.safetensors", Content(MIB, seed=9))
    async with downloads(tmp_path) as desk:
        first = await desk.add(misbehaving.url())
        await misbehaving.until(lambda log: bool(log) and log[0].sent == STALLED)
        with pytest.raises(ExclusiveKeyError, match="Resume or remove that one, or choose another name"):
            await desk.add(misbehaving.url("/other/model.safetensors"))
        await desk.command(first, CommandKind.CANCEL)
        assert (await desk.get(misbehaving.url("/other/model.safetensors"), name="other.bin")).state is (
            OperationState.COMPLETED
        )


async def test_two_stores_on_one_partial(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """Programs with separate stores do not write one file: the later one is refused."""
    misbehaving.add(PATH, LARGE)
    misbehaving.script(Serve(Stall(MIB)))
    (tmp_path / "elsewhere").mkdir()
    async with downloads(tmp_path) as desk, downloads(tmp_path / "elsewhere") as stranger:
        stranger.folder = desk.folder
        first = await desk.add(misbehaving.url())
        await desk.until(first, lambda told: told.operation.progress.done == MIB)
        told = await stranger.get(misbehaving.url())
        assert told.state is OperationState.FAILED
        assert len(told.attempts) == 1
        assert str(told.last.error) == "another process is already downloading model.safetensors"
        await desk.command(first, CommandKind.PAUSE)
        await desk.command(first, CommandKind.RESUME)
        told = await desk.in_state(first, OperationState.COMPLETED)
        assert told.last.resumed_from == MIB
