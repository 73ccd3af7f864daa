"""What a process leaves that is killed after its download was recorded as completed, but before it cleaned up."""

from __future__ import annotations

from pathlib import Path

from launcher_gui.downloads.rules.naming import partial_path, sidecar_path
from launcher_gui.recovery.operation import OperationState
from tests.support.builders.downloading import downloads
from tests.support.servers.misbehaving import MisbehavingServer

NAME = "model.safetensors"


async def _completed(misbehaving: MisbehavingServer, root: Path) -> Path:
    """Complete a download, put back its record as the killed process left it, and return the file."""
    async with downloads(root) as desk:
        assert (await desk.get(misbehaving.url())).state is OperationState.COMPLETED
        destination = desk.folder / NAME
    sidecar_path(destination).write_text("{}")
    return destination


async def test_the_next_process_removes_the_record(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """Only the file is left once another worker has run."""
    await _completed(misbehaving, tmp_path)
    async with downloads(tmp_path) as desk:
        pass
    assert desk.files == [NAME]


async def test_the_record_of_a_later_partial_file_stays(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A partial file of the same destination keeps its record: without it, its data would be useless."""
    destination = await _completed(misbehaving, tmp_path)
    partial_path(destination).write_bytes(b"data")
    async with downloads(tmp_path) as desk:
        pass
    assert desk.files == [NAME, partial_path(destination).name, sidecar_path(destination).name]
