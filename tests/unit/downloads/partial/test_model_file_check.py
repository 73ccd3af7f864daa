"""A file that cannot be the model that its name says is detected before it is installed."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.downloads.partial.install import install
from launcher_gui.downloads.partial.model_file_check import (
    HEADER_LIMIT,
    InvalidModelFileError,
    begins_as_text,
    model_problem,
    pickle_warning,
    safetensors_problem,
)
from tests.support.builders.files import Content

TENSOR = {"dtype": "F16", "shape": [2, 2], "data_offsets": [0, 8]}


def problem(data: bytes) -> str | None:
    """Return what is wrong with a file that contains ``data``."""
    length = int.from_bytes(data[:8], "little") if len(data) >= 8 else 0
    found = safetensors_problem(data[:8], data[8 : 8 + min(length, HEADER_LIMIT)], len(data))
    return None if found is None else str(found)


def whole(header: Any, body: bytes) -> bytes:
    """Return a file with this header and body."""
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + body


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (whole({"x": TENSOR}, b"8 bytes."), None),
        (whole({"__metadata__": {"format": "pt"}, "x": TENSOR}, b"8 bytes."), None),
        (whole({}, b""), None),
        (whole({"x": TENSOR}, b"short"), "3 B missing at the end"),
        (whole({"x": TENSOR}, b"8 bytes.!"), "it is 1 B longer than its header says"),
        (b"", "it is too small"),
        (b"1234567", "it is too small"),
        (b"<!doctype html><title>Sign in</title>", "it does not start with a model header"),
        (b"\0" * 100, "it does not start with a model header"),
        (struct.pack("<Q", HEADER_LIMIT + 1) + b"{}", "it does not start with a model header"),
        (struct.pack("<Q", 2**64 - 1) + b"{}", "it does not start with a model header"),
        (struct.pack("<Q", 100) + b'{"x": {"dty', "the file is cut off"),
        (struct.pack("<Q", 4) + b"{{{{", "the header is corrupt"),
        (struct.pack("<Q", 9) + b'{"x": 1e9', "the header is corrupt"),
        (whole({"x": 1}, b""), "the header is corrupt"),
        (whole({"x": {**TENSOR, "data_offsets": [8, 0]}}, b"8 bytes."), "the header is corrupt"),
        (whole({"x": {**TENSOR, "data_offsets": [0, 8.0]}}, b"8 bytes."), "the header is corrupt"),
        (whole({"x": {**TENSOR, "dtype": None}}, b"8 bytes."), "the header is corrupt"),
        (b"\x02\0\0\0\0\0\0\0[]", "it does not start with a model header"),
    ],
)
def test_headers(data: bytes, expected: str | None) -> None:
    """Every rule of the format is checked, and its violation is described."""
    assert problem(data) == expected


names = st.text(min_size=1, max_size=8).filter(lambda name: name != "__metadata__")
lengths = st.lists(st.integers(0, 50), max_size=5)


@given(st.dictionaries(names, st.integers(0, 50), max_size=5), st.data())
def test_only_the_whole_file_is_sound(tensors: dict[str, int], data: st.DataObject) -> None:
    """A file with any tensors is valid; neither a part of it nor the file with extra bytes is."""
    header, at = {}, 0
    for name, length in tensors.items():
        header[name] = {"dtype": "U8", "shape": [length], "data_offsets": [at, at + length]}
        at += length
    file = whole(header, bytes(at))
    assert problem(file) is None
    assert problem(file[: data.draw(st.integers(0, len(file) - 1))]) is not None
    assert problem(file + b"x") is not None


@given(st.binary(max_size=300), st.integers(0, 2**40))
def test_any_bytes_are_judged(data: bytes, size: int) -> None:
    """Any beginning of a file can be checked without an error."""
    for start in (data, struct.pack("<Q", max(2, len(data))) + b"{" + data):
        verdict = safetensors_problem(start[:8], start[8:], max(size, len(start)))
        assert verdict is None or verdict


@pytest.mark.parametrize("name", ["m.safetensors", "m.GGUF", "m.ckpt", "m.bin"])
@pytest.mark.parametrize("text", [b"<!doctype html>", b'{"error": "no"}', b"\xef\xbb\xbf\r\n<?xml?>", b"{"])
def test_error_message_is_no_model(tmp_path: Path, name: str, text: bytes) -> None:
    """An error page with status 200 is not accepted as a model, whatever the format."""
    path = tmp_path / "m"
    path.write_bytes(text)
    assert str(model_problem(path, name)) == "it contains text (probably an error page), not model data"
    assert model_problem(path, "m.json") is None


@given(st.integers(2, HEADER_LIMIT))
def test_no_model_is_taken_for_a_text(length: int) -> None:
    """A valid header length never looks like the beginning of a text."""
    assert not begins_as_text(struct.pack("<Q", length))


def test_long_header_is_not_parsed(tmp_path: Path) -> None:
    """Of a header of tens of megabytes, only its beginning and its length are checked."""
    length = 9 * 1024 * 1024
    path = tmp_path / "m"
    path.write_bytes(struct.pack("<Q", length) + b"{" + b" " * (length - 1))
    assert model_problem(path, "m.safetensors") is None
    path.write_bytes(struct.pack("<Q", length) + b"{" + b" " * (length - 2))
    assert str(model_problem(path, "m.safetensors")) == "the file is cut off"


def test_broken_model_is_not_installed(tmp_path: Path) -> None:
    """An invalid model is not installed, and its bytes are kept; under another format's name it is not checked."""
    part, destination = tmp_path / "m.SafeTensors.part", tmp_path / "m.SafeTensors"
    part.write_bytes(Content(1000).read(0, 999))
    with pytest.raises(InvalidModelFileError, match="1 B missing"):
        install(part, destination)
    assert [path.name for path in tmp_path.iterdir()] == [part.name]
    install(part, tmp_path / "m.gguf")
    assert (tmp_path / "m.gguf").exists()


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("a.ckpt", ".ckpt"), ("A.PTH", ".pth"), ("model.bin", ".bin"), ("x.pt", ".pt"), ("x.safetensors", ""), ("pt", "")],
)
def test_pickles_are_warned_of(name: str, suffix: str) -> None:
    """A format that can contain code has a warning, others do not."""
    warning = str(pickle_warning(name))
    assert warning.startswith(f"{suffix} files can contain code") if suffix else warning == ""
