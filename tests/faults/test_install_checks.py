"""Checks of the destination before any byte is requested."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher_gui.downloads.errors.disk_errors import DestinationExistsError, DiskFullError, FolderError
from launcher_gui.downloads.partial.install import check_destination, check_space
from launcher_gui.recovery.classification import ErrorCategory
from tests.support.builders import disks
from tests.support.builders.files import KIB, MIB

NAME = "m.safetensors"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four MiB."""
    with disks.small_disk(tmp_path / "disk", 4 * MIB) as folder:
        yield folder


@pytest.fixture
def as_nobody(tmp_path: Path) -> Iterator[None]:
    """Drop root's rights, if the test has them, for a folder "theirs" in ``tmp_path``."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    if os.geteuid() != 0:
        yield
        folder.chmod(0o700)
        return
    above = [path for path in tmp_path.parents if path.stat().st_uid == 0 and path.stat().st_mode & 0o077 == 0]
    modes = {path: path.stat().st_mode for path in [tmp_path, *above]}
    for path in modes:
        path.chmod(0o755)
    os.chown(folder, 65534, -1)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        for path, mode in modes.items():
            path.chmod(mode)


def test_a_fit_folder_stays_as_it_was(tmp_path: Path) -> None:
    """Checking a folder leaves nothing in it."""
    check_destination(tmp_path / NAME, 1000)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    """A missing models folder and its parents are created."""
    check_destination(tmp_path / "a" / "b" / NAME)
    assert (tmp_path / "a" / "b").is_dir()


def test_a_linked_folder_is_fine(tmp_path: Path) -> None:
    """A link to a folder on another disk is accepted."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    check_destination(tmp_path / "link" / NAME)


@pytest.mark.parametrize("below", ["", "sub", "sub/sub"])
def test_a_folder_that_is_a_file(tmp_path: Path, below: str) -> None:
    """A file in the folder's place is reported."""
    (tmp_path / "file").write_text("precious")
    with pytest.raises(FolderError, match="file") as caught:
        check_destination(tmp_path / "file" / below / NAME)
    assert caught.value.classification.category == ErrorCategory.VALIDATION
    assert (tmp_path / "file").read_text() == "precious"


def test_a_folder_that_is_a_broken_link(tmp_path: Path) -> None:
    """A broken link is reported."""
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    with pytest.raises(FolderError, match="broken link"):
        check_destination(tmp_path / "link" / NAME)


def test_a_read_only_disk(small_disk: Path) -> None:
    """A read-only disk is found, also for root."""
    disks.make_read_only(small_disk)
    for folder in (small_disk, small_disk / "new"):
        with pytest.raises(FolderError, match="read-only") as caught:
            check_destination(folder / NAME)
        assert caught.value.classification.category == ErrorCategory.PERMISSION


@pytest.mark.usefixtures("as_nobody")
@pytest.mark.parametrize(("mode", "below"), [(0o500, ""), (0o500, "new"), (0o000, ""), (0o000, "new/new")])
def test_a_folder_of_somebody_else(tmp_path: Path, mode: int, below: str) -> None:
    """A folder without write or read permission is found."""
    (tmp_path / "theirs").chmod(mode)
    with pytest.raises(FolderError, match="no permission") as caught:
        check_destination(tmp_path / "theirs" / below / NAME)
    assert caught.value.classification.category == ErrorCategory.PERMISSION


@pytest.mark.parametrize(
    "folder", ["/mnt/no-such-disk/models", "/media/no-such-disk", "/media/ann/no-such-disk/x", "/run/media/ann/disk/x"]
)
def test_a_disk_that_is_not_connected(folder: str) -> None:
    """The folder of an absent disk is not created on the system disk."""
    with pytest.raises(FolderError, match="not connected"):
        check_destination(Path(folder) / NAME)
    assert not Path(folder).exists()


@pytest.mark.parametrize("kind", ["file", "folder", "link", "broken link"])
def test_what_stands_there_is_found(tmp_path: Path, kind: str) -> None:
    """Anything with the destination's name stops the download before it begins, and stays."""
    path, other = tmp_path / NAME, tmp_path / "other"
    match kind:
        case "file":
            path.write_text("")
        case "folder":
            path.mkdir()
        case "link":
            other.write_text("")
            path.symlink_to(other)
        case "broken link":
            path.symlink_to(other)
    with pytest.raises(DestinationExistsError, match=NAME):
        check_destination(path)
    assert os.path.lexists(path)


@pytest.mark.parametrize(
    ("needed", "fits"), [(None, True), (0, True), (2 * MIB, True), (3 * MIB, False), (4 * MIB, False), (2**50, False)]
)
def test_room_is_checked_with_a_margin(small_disk: Path, needed: int | None, fits: bool) -> None:
    """A file that does not fit with a small margin is refused."""
    destination = small_disk / NAME
    if fits:
        check_destination(destination, needed)
        return
    with pytest.raises(DiskFullError) as caught:
        check_destination(destination, needed)
    assert (caught.value.needed, caught.value.free) == (needed, 4 * MIB)


def test_a_full_disk_is_noticed_without_a_length(small_disk: Path) -> None:
    """A full disk refuses a file of unknown length too."""
    (small_disk / "filler").write_bytes(bytes(4096 * KIB))
    with pytest.raises(DiskFullError):
        check_space(small_disk / NAME, None)
