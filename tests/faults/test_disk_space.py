"""Disk space for the rest of a file is reserved from the start, and no two downloads use the same free bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from launcher_gui.downloads.errors.disk_errors import DiskFullError
from launcher_gui.downloads.partial import staging as staging_module
from launcher_gui.downloads.partial.space_reservations import SpaceReservations
from launcher_gui.downloads.partial.staging import Staging
from launcher_gui.downloads.rules.naming import partial_path
from launcher_gui.downloads.rules.resume import Recorded
from launcher_gui.recovery.operation import CommandKind, OperationState
from tests.support.builders.disks import small_disk
from tests.support.builders.downloading import downloads
from tests.support.builders.files import KIB, MIB, Content, sha256_of
from tests.support.servers.behaviours import Serve, Stall
from tests.support.servers.misbehaving import MisbehavingServer

LARGE = Content(6 * MIB)
COME = 300 * KIB


@pytest.fixture
def unable(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that cannot reserve space."""
    monkeypatch.setattr(staging_module, "reserve", lambda _fd, _length: False)


def _taken(path: Path) -> int:
    """Return how many bytes of its disk a file occupies."""
    return path.stat().st_blocks * 512


@contextmanager
def _begun(folder: Path, name: str, total: int, room: SpaceReservations | None = None) -> Iterator[Staging]:
    recorded = Recorded("https://example.com/x", total, '"a"', None)
    with Staging.open(folder / name) as staging:
        (room or SpaceReservations()).begin(staging, recorded, 0)
        yield staging


@pytest.fixture(params=["of this machine", "of memory"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A folder on this machine's disk or on one in memory."""
    if request.param == "of this machine":
        yield tmp_path
    else:
        with small_disk(tmp_path / "disk", 64 * MIB) as mounted:
            yield mounted


def test_length_stays_what_has_come(disk: Path) -> None:
    """Space is reserved after the end of the file, so its length stays what was written."""
    with _begun(disk, "x.bin", 16 * MIB) as staging:
        if not staging.is_reserved:
            pytest.skip("this disk cannot set room aside")
        assert staging.path.stat().st_size == 0
        assert _taken(staging.path) >= 16 * MIB
        staging.write(memoryview(bytes(MIB + 1)))
        assert (staging.path.stat().st_size, staging.written) == (MIB + 1, MIB + 1)
    assert partial_path(disk / "x.bin").stat().st_size == MIB + 1
    assert _taken(partial_path(disk / "x.bin")) < 2 * MIB


def test_gaps_are_held_too(tmp_path: Path) -> None:
    """Gaps between segments are reserved too, and the next process needs no second reservation."""
    with small_disk(tmp_path / "disk", 24 * MIB) as disk:
        recorded = Recorded("https://example.com/x", 16 * MIB, '"a"', None)
        with Staging.open(disk / "x.bin") as staging:
            SpaceReservations().begin(staging, recorded, 0, in_pieces=True)
            staging.write_at(8 * MIB, memoryview(bytes(MIB)))
            staging.checkpoint()
            assert (staging.path.stat().st_size, staging.held.count) == (9 * MIB, MIB)
            assert _taken(staging.path) >= 16 * MIB
        assert 9 * MIB <= _taken(partial_path(disk / "x.bin")) < 10 * MIB
        with Staging.open(disk / "x.bin") as staging:
            SpaceReservations().begin(staging, recorded, 0, in_pieces=True)
            assert staging.held.count == MIB


def test_nothing_is_left_of_what_never_began(disk: Path) -> None:
    """Reserved space without data goes with its partial file."""
    with _begun(disk, "x.bin", 16 * MIB):
        pass
    assert list(disk.glob("x.bin*")) == []


def test_room_that_ran_out_is_not_kept(tmp_path: Path) -> None:
    """If space runs out after the check, none is kept, and that is reported."""
    with small_disk(tmp_path / "disk", 8 * MIB) as disk, Staging.open(disk / "x.bin") as staging:
        staging.begin(Recorded("https://example.com/x", 16 * MIB, '"a"', None), 0)
        with pytest.raises(DiskFullError):
            staging.reserve()
        assert _taken(staging.path) == 0
        assert not staging.is_reserved


@pytest.mark.usefixtures("unable")
def test_promised_where_it_cannot_be_held(tmp_path: Path) -> None:
    """Without reservations, what others of this process will write does not count as free."""
    room = SpaceReservations()
    with small_disk(tmp_path / "disk", 16 * MIB) as disk, _begun(disk, "one.bin", 9 * MIB, room) as one:
        with pytest.raises(DiskFullError), _begun(disk, "two.bin", 6 * MIB, room) as two:
            pytest.fail(f"{two} was begun")
        one.write(memoryview(bytes(MIB)))
        room.forget(one)
        with _begun(disk, "three.bin", 6 * MIB, room):
            pass


@pytest.mark.parametrize("able", [True, False])
async def test_two_at_once(
    misbehaving: MisbehavingServer, tmp_path: Path, able: bool, request: pytest.FixtureRequest
) -> None:
    """The second of two files that do not fit together is refused, and downloads later."""
    if not able:
        request.getfixturevalue("unable")
    for path in ("/one.bin", "/two.bin"):
        misbehaving.add(path, LARGE)
    misbehaving.script(Serve(Stall(COME)), path="/one.bin")
    with small_disk(tmp_path / "models", 9 * MIB) as disk:
        async with downloads(tmp_path) as desk:
            one = await desk.add(misbehaving.url("/one.bin"))
            await misbehaving.until(lambda log: bool(log) and log[0].sent == COME)
            two = await desk.get(misbehaving.url("/two.bin"))
            assert str(two.last.error).startswith("not enough space: ")
            await desk.command(one, CommandKind.PAUSE)
            paused = partial_path(disk / "one.bin")
            assert _taken(paused) < MIB
            await desk.command(two.operation.id, CommandKind.RESUME)
            told = await desk.until(two.operation.id, lambda told: told.state is OperationState.COMPLETED)
    assert told.operation.progress.done == LARGE.size


async def test_after_a_kill(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A killed process's reservation counts neither as data nor twice."""
    misbehaving.add("/large.bin", LARGE)
    with small_disk(tmp_path / "models", 9 * MIB) as disk:
        killed = Staging.open(disk / "large.bin")
        killed.begin(Recorded(misbehaving.url("/large.bin"), LARGE.size, None, None), 0)
        killed.reserve()
        assert killed.is_reserved
        killed.write(memoryview(LARGE.read(0, COME)))
        killed._release()  # as the system does when the process is gone
        async with downloads(tmp_path) as desk:
            told = await desk.get(misbehaving.url("/large.bin"), sha256=LARGE.sha256)
        assert told.state is OperationState.COMPLETED
        assert told.last.resumed_from == COME
        assert sha256_of(disk / "large.bin") == LARGE.sha256
