"""The partial file and its sidecar: what is kept, what is trusted, and how it ends."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launcher_gui.downloads.errors.disk_errors import DestinationBusyError, DiskError, DiskFullError, FolderError
from launcher_gui.downloads.partial import sidecar
from launcher_gui.downloads.partial.running_hash import STATE_BYTES
from launcher_gui.downloads.partial.staging import Staging, discard_partial
from launcher_gui.downloads.rules.naming import partial_path, sidecar_path
from launcher_gui.downloads.rules.resume import Recorded
from tests.support.builders import disks
from tests.support.builders.files import KIB, MIB, Content
from tests.support.builders.marks import BETWEEN_MARKS, mark_often

CONTENT = Content(300 * KIB, seed=3)
RECORDED = Recorded("https://host.example/m.safetensors", CONTENT.size, '"a"', None)


@pytest.fixture
def destination(tmp_path: Path) -> Path:
    return tmp_path / "m.safetensors"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one MiB."""
    with disks.small_disk(tmp_path / "disk", MIB) as folder:
        yield folder


def fetch(staging: Staging, stop: int, start: int = 0) -> None:
    staging.begin(RECORDED, start)
    staging.write(memoryview(CONTENT.read(start, stop)))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def leave_behind(destination: Path, size: int) -> None:
    """Leave the files of a killed process."""
    with Staging.open(destination) as staging:
        fetch(staging, size)


def new_boot(monkeypatch: pytest.MonkeyPatch, name: str = "another boot") -> None:
    monkeypatch.setattr(sidecar, "boot_id", lambda: name)


# What is kept


def test_bytes_and_record_survive(destination: Path) -> None:
    """Bytes and their origin are read back."""
    leave_behind(destination, 100)
    with Staging.open(destination) as staging:
        assert (staging.staged, staging.written, staging.recorded) == (100, 100, RECORDED)
    assert partial_path(destination).read_bytes() == CONTENT.read(0, 100)


def test_a_new_partial_leaves_no_trace_if_nothing_came(destination: Path) -> None:
    """A download without data leaves no files."""
    with Staging.open(destination) as staging:
        assert (staging.staged, staging.recorded) == (0, None)
    with Staging.open(destination) as staging:
        staging.begin(RECORDED, 0)
    assert names(destination.parent) == []


def test_looking_changes_nothing(destination: Path) -> None:
    """Opening and closing a partial file changes no byte."""
    leave_behind(destination, 100)
    before = [path.read_bytes() for path in sorted(destination.parent.iterdir())]
    Staging.open(destination).close()
    assert [path.read_bytes() for path in sorted(destination.parent.iterdir())] == before


@settings(deadline=None)
@given(data=st.data())
def test_going_on_anywhere_makes_the_same_file(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Any division into attempts produces the same file."""
    destination = tmp_path_factory.mktemp("m") / "m.safetensors"
    for _ in range(data.draw(st.integers(1, 4))):
        with Staging.open(destination) as staging:
            offset = data.draw(st.integers(0, staging.staged))
            fetch(staging, data.draw(st.integers(offset, CONTENT.size)), offset)
            if data.draw(st.booleans()):
                staging.checkpoint()
            written = staging.written
        assert written == 0 or partial_path(destination).read_bytes() == CONTENT.read(0, written)


def test_nothing_goes_on_behind_what_is_trusted(destination: Path) -> None:
    """A gap in the file is refused before any change."""
    leave_behind(destination, 100)
    with Staging.open(destination) as staging:
        with pytest.raises(ValueError, match="only 100 bytes"):
            staging.begin(RECORDED, 101)
        assert partial_path(destination).stat().st_size == 100


def test_others_may_read_the_file(destination: Path) -> None:
    """The file gets the user's default permissions."""
    before = os.umask(0o022)
    try:
        leave_behind(destination, 1)
    finally:
        os.umask(before)
    assert partial_path(destination).stat().st_mode & 0o777 == 0o644


# What is trusted


def test_within_one_boot_the_length_of_the_file_counts(destination: Path) -> None:
    """After a kill nothing that was written is downloaded again."""
    with Staging.open(destination) as staging:
        fetch(staging, 100)
        staging.checkpoint()
        staging.write(memoryview(CONTENT.read(100, 150)))
    with Staging.open(destination) as staging:
        assert staging.staged == 150


@pytest.mark.parametrize("boot", ["another boot", ""])
def test_after_a_power_cut_only_flushed_bytes_count(
    destination: Path, monkeypatch: pytest.MonkeyPatch, boot: str
) -> None:
    """After a reboot, or an unknown boot, unflushed bytes are not trusted."""
    with Staging.open(destination) as staging:
        fetch(staging, 100)
        staging.checkpoint()
        staging.write(memoryview(bytes(50)))
    new_boot(monkeypatch, boot)
    with Staging.open(destination) as staging:
        assert staging.staged == 100
        fetch(staging, 300, 100)
    assert partial_path(destination).read_bytes() == CONTENT.read(0, 300)


def test_an_unknown_boot_is_never_the_same(destination: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two unknown boots are not equal."""
    new_boot(monkeypatch, "")
    leave_behind(destination, 100)
    with Staging.open(destination) as staging:
        assert staging.staged == 0


@pytest.mark.parametrize("size", [0, 60, 100, 180])
def test_a_partial_cut_short_counts_for_its_length(
    destination: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """The smaller of file and sidecar counts."""
    with Staging.open(destination) as staging:
        fetch(staging, 100)
        staging.checkpoint()
    os.truncate(partial_path(destination), size)
    new_boot(monkeypatch)
    with Staging.open(destination) as staging:
        assert staging.staged == min(size, 100)


def test_a_new_boot_does_not_vouch_for_an_old_tail(destination: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a reboot the tail is cut before the sidecar names the new boot."""
    leave_behind(destination, 200)
    new_boot(monkeypatch)
    with Staging.open(destination) as staging:
        assert staging.staged == 0
        fetch(staging, 10)
    with Staging.open(destination) as staging:
        assert staging.staged == 10


def test_starting_over_forgets_what_was_durable(destination: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting over resets the durable length."""
    with Staging.open(destination) as staging:
        fetch(staging, 200)
        staging.checkpoint()
        fetch(staging, 50, 20)
        assert staging.durable == 20
    new_boot(monkeypatch)
    with Staging.open(destination) as staging:
        assert staging.staged == 20


@pytest.mark.parametrize("text", [None, "", "{}", "null", "garbage"])
def test_bytes_without_a_record_are_set_aside(destination: Path, text: str | None) -> None:
    """Bytes of unknown origin are neither trusted nor deleted."""
    partial_path(destination).write_bytes(b"somebody's work")
    if text is not None:
        sidecar_path(destination).write_text(text)
    with Staging.open(destination) as staging:
        assert (staging.staged, staging.recorded) == (0, None)
        assert staging.set_aside == destination.with_name("m.safetensors.quarantine")
        assert staging.set_aside.read_bytes() == b"somebody's work"
        fetch(staging, 10)
    with Staging.open(destination) as staging:
        assert (staging.staged, staging.set_aside) == (10, None)


def test_a_record_without_bytes_is_nothing(destination: Path) -> None:
    """A sidecar without its partial file does not prevent a start."""
    leave_behind(destination, 100)
    partial_path(destination).unlink()
    with Staging.open(destination) as staging:
        assert staging.staged == 0
        fetch(staging, 10)
    assert partial_path(destination).read_bytes() == CONTENT.read(0, 10)


def test_a_second_name_of_a_finished_file_is_never_written(destination: Path) -> None:
    """A partial file that is a link to a finished file is unlinked, not written."""
    leave_behind(destination, 100)
    finished = destination.with_name("renamed.safetensors")
    os.link(partial_path(destination), finished)
    with Staging.open(destination) as staging:
        assert staging.staged == 0
        fetch(staging, 10)
    assert finished.read_bytes() == CONTENT.read(0, 100)


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_what_is_no_file_is_not_followed(destination: Path, kind: str) -> None:
    """A link, folder or pipe in the partial file's place is kept and reported."""
    path, other = partial_path(destination), destination.with_name("other")
    other.write_text("precious")
    match kind:
        case "link":
            path.symlink_to(other)
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
    with pytest.raises(DiskError, match="a folder or link with that name"):
        Staging.open(destination)
    assert other.read_text() == "precious"


@pytest.mark.parametrize("folder", ["gone", "file"])
def test_a_folder_that_is_not_there(destination: Path, folder: str) -> None:
    """A missing folder is named."""
    destination.with_name("file").write_text("")
    with pytest.raises(FolderError):
        Staging.open(destination.parent / folder / "m.safetensors")


# Who may write


def test_one_writer_at_a_time(destination: Path) -> None:
    """The partial file is locked from opening to closing."""
    with Staging.open(destination) as staging:
        fetch(staging, 10)
        with pytest.raises(DestinationBusyError, match=r"m\.safetensors"):
            Staging.open(destination)
        with pytest.raises(DestinationBusyError):
            discard_partial(destination)
    Staging.open(destination).close()


def test_a_partial_that_goes_between_opening_and_locking(destination: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for a file that is installed meanwhile does not write to it."""
    leave_behind(destination, 100)
    lock = fcntl.flock

    def install_first(fd: int, operation: int) -> None:
        if not destination.exists():
            partial_path(destination).rename(destination)
        lock(fd, operation)

    monkeypatch.setattr(fcntl, "flock", install_first)
    with Staging.open(destination) as staging:
        assert staging.staged == 0
        fetch(staging, 10)
    assert destination.read_bytes() == CONTENT.read(0, 100)


def test_closing_twice_is_harmless(destination: Path) -> None:
    """Closing again does nothing."""
    staging = Staging.open(destination)
    other = Staging.open(destination.with_name("other"))
    staging.close()
    staging.close()
    other.begin(RECORDED, 0)
    other.close()


# How it ends


def test_discarding_leaves_nothing(destination: Path) -> None:
    """Discarding frees the space."""
    leave_behind(destination, 100)
    discard_partial(destination)
    discard_partial(destination)
    assert names(destination.parent) == []


def test_quarantine_keeps_every_byte(destination: Path) -> None:
    """Wrong bytes are kept under separate names, as often as needed."""
    for number, ending in enumerate(("", "-2", "-3")):
        with Staging.open(destination) as staging:
            fetch(staging, 100 + number)
            kept_at = staging.quarantine()
        assert kept_at.name == f"m.safetensors.quarantine{ending}"
        assert kept_at.read_bytes() == CONTENT.read(0, 100 + number)
    assert len(names(destination.parent)) == 3


@settings(deadline=None)
@given(size=st.sampled_from([0, 1, MIB - 1, MIB, MIB + 1, 2 * MIB]) | st.integers(0, 2 * MIB))
def test_hashing(tmp_path_factory: pytest.TempPathFactory, size: int) -> None:
    """The hash is that of the file, its progress only grows, and writing continues after it."""
    content, told = Content(size, seed=1), list[int]()
    with Staging.open(tmp_path_factory.mktemp("m") / "m") as staging:
        staging.begin(RECORDED, 0)
        staging.write(memoryview(content.read()))
        assert staging.sha256(told.append) == content.sha256
        staging.write(memoryview(b"more"))
        assert staging.sha256() == hashlib.sha256(content.read() + b"more").hexdigest()
    assert told == sorted(set(told))
    assert not size or told[-1] == size


def test_hashing_stops_when_told(destination: Path) -> None:
    """Hashing can be stopped."""
    told: list[int] = []
    with Staging.open(destination) as staging:
        staging.begin(RECORDED, 0)
        staging.write(memoryview(bytes(4 * MIB)))
        assert staging.sha256(told.append, lambda: len(told) == 2) is None
        assert (told, staging.written) == ([MIB, 2 * MIB], 4 * MIB)


def test_a_partial_that_shrank_is_noticed(destination: Path) -> None:
    """A file that is truncated while it is hashed is noticed."""
    with Staging.open(destination) as staging:
        fetch(staging, 100)
        os.truncate(staging.path, 50)
        with pytest.raises(DiskError, match="shorter"):
            staging.sha256()


# Disks that fail


def test_a_full_disk_keeps_what_fits(small_disk: Path) -> None:
    """A full disk keeps all bytes that fitted, and the download continues later."""
    content, filler = Content(600 * KIB, seed=5), small_disk / "filler"
    filler.write_bytes(bytes(700 * KIB))
    record = Recorded(RECORDED.url, content.size, '"a"', None)
    with Staging.open(small_disk / "m") as staging:
        staging.begin(record, 0)
        with pytest.raises(DiskFullError) as caught:
            staging.write(memoryview(content.read()))
        fitted = staging.written
        assert 0 < fitted < content.size
        assert (caught.value.needed, caught.value.free) == (content.size, 0)
        with pytest.raises(DiskFullError):
            staging.checkpoint()
    assert partial_path(small_disk / "m").read_bytes() == content.read(0, fitted)
    filler.unlink()
    with Staging.open(small_disk / "m") as staging:
        assert staging.staged == fitted
        staging.begin(record, fitted)
        staging.write(memoryview(content.read(fitted)))
        staging.checkpoint()
        assert staging.sha256() == content.sha256


def test_a_disk_without_room_for_the_record(small_disk: Path) -> None:
    """A disk too full for the sidecar is reported as full."""
    (small_disk / "filler").write_bytes(bytes(1024 * KIB))
    with Staging.open(small_disk / "m") as staging, pytest.raises(DiskFullError):
        staging.begin(RECORDED, 0)
    assert names(small_disk) == ["filler"]


def test_a_disk_that_became_read_only(small_disk: Path) -> None:
    """A disk that became read-only after an error is reported as such."""
    disks.make_read_only(small_disk)
    with pytest.raises(FolderError, match="read-only"):
        Staging.open(small_disk / "m")


def test_a_format_without_room_for_large_files(destination: Path) -> None:
    """A file too large for the file system is not reported as a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Staging.open(destination) as staging:
        staging.begin(RECORDED, 0)
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 * KIB, hard))
        try:
            with pytest.raises(DiskError, match="files this large"):
                staging.write(memoryview(CONTENT.read()))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert staging.written == 64 * KIB
    assert partial_path(destination).read_bytes() == CONTENT.read(0, 64 * KIB)


def test_what_could_not_be_flushed_is_not_trusted(destination: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a failed flush the partial file is cut back to its durable length."""

    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    with Staging.open(destination) as staging:
        fetch(staging, 100)
        staging.checkpoint()
        staging.write(memoryview(CONTENT.read(100, 200)))
        monkeypatch.setattr(os, "fdatasync", fail)
        with pytest.raises(DiskError, match="input/output error"):
            staging.checkpoint()
        monkeypatch.undo()
        assert (staging.written, staging.durable) == (100, 100)
        staging.write(memoryview(CONTENT.read(100, 120)))
    with Staging.open(destination) as staging:
        assert staging.staged == 120
    assert partial_path(destination).read_bytes() == CONTENT.read(0, 120)


def test_the_record_holds_no_more_than_it_needs(destination: Path) -> None:
    """The sidecar is readable and names the origin, nothing more."""
    leave_behind(destination, 100)
    data = json.loads(sidecar_path(destination).read_text())
    assert set(data) == {"format", "recorded", "durable", "boot", "install", "marks"}
    assert data["recorded"]["url"] == RECORDED.url


# What is hashed as it comes


def test_resuming_reads_no_more_than_a_block_again(destination: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hash continues from the last mark, and only later bytes are read."""
    mark_often(monkeypatch)
    with Staging.open(destination) as staging:
        staging.begin(RECORDED, 0)
        assert staging.hash_along()
        data = bytearray(CONTENT.read(0, 290 * KIB))
        staging.write(memoryview(data))
        staging.hash(memoryview(data))
        staging.checkpoint()
    with Staging.open(destination) as staging:
        assert not staging.damage_at_the_end()
        staging.begin(RECORDED, staging.staged)
        told: list[int] = []
        assert staging.sha256(told.append) == hashlib.sha256(data).hexdigest()
        assert told == [290 * KIB]
        assert staging.unvouched_from == 2 * BETWEEN_MARKS


def test_marks_count_for_durable_bytes_only(destination: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sidecar has no marks for bytes that are not flushed."""
    mark_often(monkeypatch)
    with Staging.open(destination) as staging:
        staging.begin(RECORDED, 0)
        data = bytearray(CONTENT.read(0, 290 * KIB))
        staging.hash(memoryview(data))
        staging.write(memoryview(data)[: 200 * KIB])
        staging.checkpoint()
    record = sidecar.load(sidecar_path(destination))
    assert record is not None
    assert len(bytes.fromhex(record.marks)) == STATE_BYTES


def test_flush_that_failed_beside_the_writing_is_not_tried_again(
    destination: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failed flush is not repeated; the partial file is cut back."""
    failing = iter([OSError(5, "Input/output error")])

    def fail_once(_: int) -> None:
        for error in failing:
            raise error

    with Staging.open(destination) as staging:
        fetch(staging, 100)
        staging.checkpoint()
        staging.write(memoryview(CONTENT.read(100, 200)))
        monkeypatch.setattr(os, "fdatasync", fail_once)
        with pytest.raises(DiskError, match="input/output error"):
            staging.flush()
        staging.write(memoryview(CONTENT.read(200, 300)))
        staging.checkpoint()
        assert (staging.written, staging.durable) == (100, 100)
    assert partial_path(destination).read_bytes() == CONTENT.read(0, 100)
