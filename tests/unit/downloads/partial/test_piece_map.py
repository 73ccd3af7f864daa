"""The map beside a partial file: exact, and trusted only if it is intact."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launcher_gui.downloads.partial import piece_map
from launcher_gui.downloads.partial.piece_map import PieceMap
from launcher_gui.downloads.rules.byte_ranges import ByteRanges

FAR = 2**62
islands = st.lists(st.integers(1, FAR), min_size=1, max_size=60, unique=True).map(sorted)


def saved(folder: Path, *held: ByteRanges) -> Path:
    path = folder / "m.part.map"
    kept = PieceMap(path)
    for one in held:
        kept.save(one)
    kept.close()
    kept.close()
    return path


@settings(deadline=None)
@given(islands, islands)
def test_last_state_is_read(tmp_path_factory: pytest.TempPathFactory, first: list[int], second: list[int]) -> None:
    """The last saved state is read, however long the one before was."""

    def of(ends: list[int]) -> ByteRanges:
        return ByteRanges(ends[0], tuple(zip(ends[1::2], ends[2::2], strict=False)))

    assert piece_map.load(saved(tmp_path_factory.mktemp("m"), of(first), of(second))) == of(second)


def test_too_many_islands(tmp_path: Path) -> None:
    """If there are more islands than fit, the first are kept: the others are downloaded again."""
    many = ByteRanges(1, tuple((10 * at, 10 * at + 5) for at in range(1, 1000)))
    read = piece_map.load(saved(tmp_path, many))
    assert read is not None
    assert 100 < len(read.islands) < 1000
    assert many.islands[: len(read.islands)] == read.islands


@settings(deadline=None)
@given(data=st.data())
def test_damage_is_noticed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """A map with one changed byte is refused rather than misread."""
    path = saved(tmp_path_factory.mktemp("m"), ByteRanges(7, ((10, 20), (30, 40))))
    written = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(written) - 1))
    written[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(written)
    assert piece_map.load(path) is None


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_anything_else_is_no_map(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Any content is read without an error."""
    path = tmp_path_factory.mktemp("m") / "m.part.map"
    path.write_bytes(data)
    assert piece_map.load(path) is None
    assert piece_map.load(path.with_name("absent")) is None


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_what_is_no_file(tmp_path: Path, kind: str) -> None:
    """Only a regular file is read: a link or a pipe may be an attack."""
    path, other = tmp_path / "m.part.map", saved(tmp_path / "..", ByteRanges(1))
    match kind:
        case "folder":
            path.mkdir()
        case "link":
            path.symlink_to(other)
        case "pipe":
            os.mkfifo(path)
    assert piece_map.load(path) is None
