"""Moving a download to another folder, name or address keeps its data."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher_gui.downloads.errors.remedies import FailureKind, recorded_failure_kind
from launcher_gui.downloads.relocation import bring_along
from launcher_gui.downloads.request import DownloadRequest
from launcher_gui.downloads.rules.naming import partial_path, sidecar_path
from launcher_gui.recovery.exceptions import ExclusiveKeyError, InvalidInputError, RecoveryStateError
from launcher_gui.recovery.operation import OperationState
from tests.support.builders.downloading import Downloads, Told, downloads
from tests.support.builders.files import KIB, MIB, ONE_MIB, Content, sha256_of
from tests.support.servers.behaviours import Answer, Drop, Serve
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.servers.sites import Hub, Stored

KEPT = 600 * KIB


async def broken(desk: Downloads, server: MisbehavingServer, path: str = "/model.safetensors", **more: str) -> Told:
    """Add a download that fails for good after its first bytes."""
    server.script(Serve(Drop(KEPT)), Answer(404), path=path.partition("?")[0])
    told = await desk.get(server.url(path), **more)
    assert told.state is OperationState.FAILED
    return told


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def other_disk() -> Iterator[Path]:
    """A folder on another file system."""
    place = Path("/dev/shm")  # noqa: S108 it is the one that Linux always has
    if not place.is_dir() or place.stat().st_dev == Path(tempfile.gettempdir()).stat().st_dev:
        pytest.skip("there is just one file system here")
    folder = Path(tempfile.mkdtemp(dir=place))
    yield folder
    shutil.rmtree(folder)


async def test_another_folder_takes_the_bytes_along(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """The download continues in the other folder and leaves nothing behind."""
    async with downloads(tmp_path) as desk:
        failed = await broken(desk, misbehaving)
        await desk.service.send_elsewhere(failed.operation.id, folder=str(tmp_path / "elsewhere"))
        told = await desk.ended(failed.operation.id)
        assert desk.files == []
    assert told.state is OperationState.COMPLETED
    assert told.last.resumed_from == KEPT
    assert told.operation.exclusive_key == str(tmp_path / "elsewhere" / "model.safetensors")
    assert sha256_of(tmp_path / "elsewhere" / "model.safetensors") == ONE_MIB.sha256
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["model.safetensors"]


async def test_another_disk_takes_the_bytes_along(
    misbehaving: MisbehavingServer, tmp_path: Path, other_disk: Path
) -> None:
    """On another disk the bytes are copied, and the originals are deleted last."""
    async with downloads(tmp_path) as desk:
        failed = await broken(desk, misbehaving)
        await desk.service.send_elsewhere(failed.operation.id, folder=str(other_disk))
        told = await desk.ended(failed.operation.id)
        assert desk.files == []
    assert (told.state, told.last.resumed_from) == (OperationState.COMPLETED, KEPT)
    assert names_in(other_disk) == ["model.safetensors"]


async def test_copying_that_is_stopped_loses_nothing(
    misbehaving: MisbehavingServer, tmp_path: Path, other_disk: Path
) -> None:
    """The original stays until the copy is complete; incomplete copies are deleted."""
    async with downloads(tmp_path) as desk:
        failed = await broken(desk, misbehaving)
    request = DownloadRequest.from_arguments(failed.operation.arguments).sent_elsewhere(folder=str(other_disk))
    bring_along(request, lambda _done: None, lambda: True)
    assert names_in(other_disk) == []
    earlier = tmp_path / "models" / "model.safetensors"
    assert partial_path(earlier).stat().st_size == KEPT
    assert sidecar_path(earlier).exists()


async def test_another_name_needs_no_byte_again(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A complete file gets another name without a new download; the existing file stays."""
    async with downloads(tmp_path) as desk:
        misbehaving.script(Serve(Drop(KEPT)), Serve())
        identity = await desk.add(misbehaving.url())
        await desk.until(identity, lambda told: told.operation.progress.done > 0)
        (desk.folder / "model.safetensors").write_bytes(b"mine")
        failed = await desk.ended(identity)
        assert recorded_failure_kind(failed.last.failure_kind) is FailureKind.TARGET_TAKEN
        await desk.service.send_elsewhere(identity, name="other.safetensors")
        told = await desk.ended(identity)
        assert desk.files == ["model.safetensors", "other.safetensors"]
    assert told.state is OperationState.COMPLETED
    assert told.last.resumed_from >= KEPT
    assert (tmp_path / "models" / "model.safetensors").read_bytes() == b"mine"
    assert sha256_of(tmp_path / "models" / "other.safetensors") == ONE_MIB.sha256


@pytest.mark.parametrize(
    ("address", "sha256", "resumed_from"),
    [
        ("/model.safetensors?id=2", None, KEPT),
        ("/moved/model.safetensors", ONE_MIB.sha256, KEPT),
        ("/moved/model.safetensors", None, 0),
    ],
    ids=["same-path", "other-path-and-hash", "other-path"],
)
async def test_another_address_keeps_what_it_can_prove(
    misbehaving: MisbehavingServer, tmp_path: Path, address: str, sha256: str | None, resumed_from: int
) -> None:
    """Bytes stay if the path is equal or a SHA-256 proves the file, and else go."""
    async with downloads(tmp_path) as desk:
        misbehaving.script(Serve(Drop(KEPT)), Answer(404))
        failed = await desk.get(misbehaving.url("/model.safetensors?id=1"), sha256=sha256)
        misbehaving.add("/moved/model.safetensors", ONE_MIB)
        misbehaving.script(then=Serve())
        await desk.service.send_elsewhere(failed.operation.id, url=misbehaving.url(address))
        told = await desk.ended(failed.operation.id)
        assert desk.files == ["model.safetensors"]
    assert (told.state, told.last.resumed_from) == (OperationState.COMPLETED, resumed_from)
    assert told.operation.arguments["url"] == misbehaving.url(address)


async def test_a_fresh_signature_is_used_and_not_stored(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A new signature reaches the server but not the store; the file is the same."""
    async with downloads(tmp_path) as desk:
        failed = await broken(desk, misbehaving)
        fresh = misbehaving.url("/model.safetensors?X-Amz-Signature=s3cr3tAndFresh")
        await desk.service.send_elsewhere(failed.operation.id, url=fresh)
        told = await desk.ended(failed.operation.id)
    assert (told.state, told.last.resumed_from) == (OperationState.COMPLETED, KEPT)
    assert "s3cr3tAndFresh" in misbehaving.log[-1].path
    written = [path for path in (tmp_path / "data").iterdir() if path.is_file()]
    assert written
    assert not any(b"s3cr3tAndFresh" in path.read_bytes() for path in written)


async def test_another_host_has_its_own_breaker(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """After a change of address the new host is shown, and its breaker counts."""
    async with downloads(tmp_path) as desk:
        failed = await broken(desk, misbehaving, sha256=ONE_MIB.sha256)
        url = misbehaving.url().replace("127.0.0.1", "localhost")
        await desk.service.send_elsewhere(failed.operation.id, url=url)
        told = await desk.ended(failed.operation.id)
    assert told.state is OperationState.COMPLETED
    assert (told.operation.scope or "").startswith("localhost:")


async def test_another_address_at_a_site_is_looked_up_anew(
    misbehaving: MisbehavingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new address is looked up again; the file's hash stays."""
    async with Hub(misbehaving) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.origin)
        hub.store("old/home", "model.safetensors", Stored(ONE_MIB, "/xet/1"))
        hub.store("new/home", "model.safetensors", Stored(ONE_MIB, "/xet/2"))
        misbehaving.script(Serve(Drop(KEPT)), Answer(404), Answer(404), path="/xet/1")
        async with downloads(tmp_path) as desk:
            failed = await desk.get("hf://old/home/model.safetensors")
            assert failed.state is OperationState.FAILED
            await desk.service.send_elsewhere(failed.operation.id, url="hf://new/home/model.safetensors")
            told = await desk.ended(failed.operation.id)
        assert (told.state, told.last.resumed_from) == (OperationState.COMPLETED, KEPT)
        assert "/new/home/resolve/" in told.operation.arguments["pinned"]
    assert misbehaving.log[-1].path.startswith("/xet/2")


async def test_what_is_refused_changes_nothing(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A bad name, a destination in use or a running download is refused unchanged."""
    misbehaving.add("/other.safetensors", Content(MIB, seed=3))
    async with downloads(tmp_path) as desk:
        failed = await broken(desk, misbehaving)
        other = await broken(desk, misbehaving, "/other.safetensors")
        with pytest.raises(InvalidInputError):
            await desk.service.send_elsewhere(failed.operation.id, name="a/b")
        with pytest.raises(ExclusiveKeyError):
            await desk.service.send_elsewhere(failed.operation.id, name="other.safetensors")
        assert (await desk.told(failed.operation.id)).operation == failed.operation
        assert (await desk.told(other.operation.id)).state is OperationState.FAILED
        with pytest.raises(RecoveryStateError, match="no operation"):
            await desk.service.send_elsewhere("0" * 16, name="x.bin")
        await desk.service.send_elsewhere(failed.operation.id, name="x.safetensors")
        with pytest.raises(RecoveryStateError, match="stop it before you move it"):
            await desk.service.send_elsewhere(failed.operation.id, name="y.safetensors")
        await asyncio.sleep(0)


async def test_another_downloads_bytes_are_not_moved(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """Bytes of another file at the former place are not moved."""
    misbehaving.add("/other.safetensors", Content(MIB, seed=3))
    async with downloads(tmp_path) as desk:
        failed = await broken(desk, misbehaving)
    request = DownloadRequest.from_arguments(failed.operation.arguments).sent_elsewhere(name="new.safetensors")
    partial_path(tmp_path / "models" / "model.safetensors").unlink()
    sidecar_path(tmp_path / "models" / "model.safetensors").unlink()
    async with downloads(tmp_path / "again") as desk:
        stranger = await broken(desk, misbehaving, "/other.safetensors", name="model.safetensors")
        assert stranger.state is OperationState.FAILED
    for name in ("model.safetensors.part", "model.safetensors.part.json"):
        (tmp_path / "again" / "models" / name).rename(tmp_path / "models" / name)
    bring_along(request, lambda _done: None, lambda: False)
    names = sorted(path.name for path in (tmp_path / "models").iterdir())
    assert names == ["model.safetensors.part", "model.safetensors.part.json"]
