"""The record beside a partial file: trusted only if all of it is valid."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launcher_gui.downloads.partial import sidecar
from launcher_gui.downloads.partial.running_hash import MARK_BYTES
from launcher_gui.downloads.partial.sidecar import Install, Sidecar
from launcher_gui.downloads.rules.resume import Recorded

RECORD = Sidecar(
    recorded=Recorded("https://h/m.safetensors", 1000, '"a"', "Sun, 06 Nov 1994 08:49:37 GMT"),
    durable=500,
    boot="boot",
    install=Install(1000, 12.5, "ab" * 32),
)
VALID: dict[str, Any] = {"format": 1, **asdict(RECORD)}


def load_text(folder: Path, text: str | bytes) -> Sidecar | None:
    path = folder / "m.part.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return sidecar.load(path)


@pytest.mark.parametrize("durably", [True, False])
def test_a_record_survives_its_file(tmp_path: Path, durably: bool) -> None:
    """A saved record can be loaded, and no other file remains."""
    path = tmp_path / "m.part.json"
    sidecar.save(path, RECORD, durably=durably)
    assert sidecar.load(path) == RECORD
    assert [entry.name for entry in tmp_path.iterdir()] == ["m.part.json"]


def change(path: str, value: Any) -> str:
    data = json.loads(json.dumps(VALID))
    *parents, last = path.split(".")
    target = data
    for parent in parents:
        target = target[parent]
    target[last] = value
    return json.dumps(data)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("format", 2),
        ("format", None),
        ("recorded", None),
        ("recorded", []),
        ("recorded.url", None),
        ("recorded.url", 5),
        ("recorded.total", -1),
        ("recorded.total", 1.5),
        ("recorded.total", True),
        ("recorded.total", "1000"),
        ("recorded.total", 2**63),
        ("recorded.etag", 'W/"a"'),
        ("recorded.etag", '"a"\r\nX-Evil: 1'),
        ("recorded.etag", ""),
        ("recorded.last_modified", "yesterday"),
        ("recorded.last_modified", "Sun, 06 Nov 1994 08:49:37 GMT\r\nX-Evil: 1"),
        ("durable", -1),
        ("durable", None),
        ("durable", 1e3),
        ("durable", float("inf")),
        ("boot", None),
        ("install", []),
        ("install.size", "5"),
        ("install.mtime_s", "now"),
        ("install.sha256", 5),
        ("marks", None),
        ("marks", 5),
        ("marks", "ab" * 31),
        ("marks", "AB" * 32),
        ("marks", "ab" * 32),
    ],
)
def test_a_tampered_record_counts_as_absent(tmp_path: Path, path: str, value: Any) -> None:
    """One impossible field makes the record invalid."""
    assert load_text(tmp_path, json.dumps(VALID)) == RECORD
    assert load_text(tmp_path, change(path, value)) is None


IN_PIECES = replace(RECORD, islands=((600, 700), (800, 900)))


def test_islands_survive(tmp_path: Path) -> None:
    """Data flushed behind gaps is recorded, in a format that older versions do not accept."""
    path = tmp_path / "m.part.json"
    sidecar.save(path, IN_PIECES, durably=False)
    assert sidecar.load(path) == IN_PIECES
    assert json.loads(path.read_text())["format"] == 2


@pytest.mark.parametrize(
    "islands",
    [
        None,
        5,
        "ab",
        [[600]],
        [[600, 700, 800]],
        [[700, 600]],
        [[500, 600]],
        [[400, 600]],
        [[600, 700], [650, 800]],
        [[600, 700], [700, 800]],
        [[600.0, 700]],
        [[600, 2**63]],
    ],
)
def test_impossible_islands(tmp_path: Path, islands: Any) -> None:
    """Impossible islands make the record invalid."""
    data = {**VALID, "format": 2, "islands": islands}
    assert load_text(tmp_path, json.dumps(data)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        "5",
        json.dumps(VALID)[:-5],
        "[" * 60_000,
        '{"format": ' + "9" * 6000 + "}",
        b"\xff\xfe\x00",
        json.dumps(VALID) + " " * 70_000 + "x",
        b"\0" * 4096,
    ],
    ids=lambda text: str(text[:12]),
)
def test_what_is_no_record(tmp_path: Path, text: str | bytes) -> None:
    """A truncated, zeroed or hostile file is refused and does no harm."""
    assert load_text(tmp_path, text) is None


@pytest.mark.parametrize("kind", ["absent", "folder", "link", "pipe"])
def test_what_is_no_file(tmp_path: Path, kind: str) -> None:
    """Only a regular file is read: a link or a pipe may be an attack."""
    path, other = tmp_path / "m.part.json", tmp_path / "other"
    other.write_text(json.dumps(VALID))
    match kind:
        case "folder":
            path.mkdir()
        case "link":
            path.symlink_to(other)
        case "pipe":
            os.mkfifo(path)
    assert sidecar.load(path) is None


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*VALID, "url", "total", "etag"]), inner),
    )
)
def test_no_json_does_harm(tmp_path_factory: pytest.TempPathFactory, data: Any) -> None:
    """Any JSON is either a record or nothing."""
    load_text(tmp_path_factory.getbasetemp(), json.dumps(data))


def test_a_failed_save_leaves_the_record_before(tmp_path: Path) -> None:
    """A record is replaced atomically."""
    path = tmp_path / "m.part.json"
    sidecar.save(path, RECORD, durably=True)
    path.with_name(path.name + ".tmp").mkdir()
    with pytest.raises(OSError, match=r"m\.part\.json\.tmp"):
        sidecar.save(path, RECORD, durably=True)
    assert sidecar.load(path) == RECORD


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    """Saving does not write through a link to another file."""
    path, other = tmp_path / "m.part.json", tmp_path / "other"
    other.write_text("precious")
    path.with_name(path.name + ".tmp").symlink_to(other)
    path.symlink_to(other)
    sidecar.save(path, RECORD, durably=True)
    assert sidecar.load(path) == RECORD
    assert other.read_text() == "precious"


def test_marks_of_what_is_durable_are_believed(tmp_path: Path) -> None:
    """There is one mark per complete block before the durable offset; a record without marks has none."""
    data = {**VALID, "durable": 2 * MARK_BYTES, "marks": "ab" * 64}
    record = load_text(tmp_path, json.dumps(data))
    assert record is not None
    assert record.marks == "ab" * 64
    del data["marks"]
    record = load_text(tmp_path, json.dumps(data))
    assert record is not None
    assert record.marks == ""
    assert load_text(tmp_path, json.dumps({**data, "durable": 2 * MARK_BYTES - 1, "marks": "ab" * 64})) is None
