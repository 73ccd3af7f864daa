"""Whether a finished file is a model of the format that its name says.

Owns what is known of file formats. ``safetensors_problem`` and ``pickle_warning`` are pure; ``model_problem`` reads the
beginning of a file and belongs on a file thread.

The safetensors format, from https://huggingface.co/docs/safetensors (section "Format"): eight bytes hold the header's
length N as an unsigned little-endian integer; N bytes of JSON follow that begin with ``{`` and may end in spaces; each
of its entries but ``__metadata__`` has a ``dtype``, a ``shape`` and ``data_offsets`` within the bytes that follow, and
the tensors fill these without a gap. A header has at most 100 MB.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from launcher_gui.downloads.errors.download_error import DownloadError
from launcher_gui.downloads.errors.remedies import FailureKind
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory
from launcher_gui.text.message import NOTHING, Message, message

HEADER_LIMIT = 100_000_000

_LENGTH_BYTES = 8
_PARSED_LIMIT = 8 * 1024 * 1024
"""A longer header is not parsed: that would block everything else for too long."""

_SAFETENSORS = ".safetensors"
_BINARY = (".gguf", ".ckpt", ".pt", ".pth", ".bin")
_PICKLES = (".ckpt", ".pt", ".pth", ".bin", ".pkl", ".pickle")


class InvalidModelFileError(DownloadError):
    """The file is complete, but no program can load it as the model that its name says."""

    kind = Classification(
        ErrorCategory.INTEGRITY,
        Disposition.PERMANENT,
        message("file.invalid_model"),
        message("file.check_source"),
    )
    trouble = FailureKind.CHANGED

    def __init__(self, path: Path, problem: Message) -> None:
        self.path = path
        self.problem = problem
        super().__init__(
            message("file.invalid_model_named", name=path.name, problem=problem), f"kept as {path.name}.part"
        )


def model_problem(path: Path, name: str) -> Message | None:
    """Return why the file at ``path`` is not valid under ``name``, ``None`` if no problem is found.

    Raises:
        OSError: If it cannot be read.
    """
    if not name.lower().endswith((_SAFETENSORS, *_BINARY)):
        return None
    with path.open("rb") as file:
        prefix = file.read(_LENGTH_BYTES)
        if begins_as_text(prefix):
            return message("file.text")
        if not name.lower().endswith(_SAFETENSORS):
            return None
        length = header_length(prefix)
        header = file.read(min(length, _PARSED_LIMIT)) if length is not None else b""
        size = file.seek(0, 2)
    return safetensors_problem(prefix, header, size)


def begins_as_text(prefix: bytes) -> bool:
    """Return whether a file that begins like this is a web page or JSON, as sites send instead of a model.

    No model format begins so: in ``.safetensors`` it would mean a header larger than any disk.
    """
    return prefix.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"<", b"{"} and all(
        byte >= 32 or byte in b"\t\r\n" for byte in prefix
    )


def header_length(prefix: bytes) -> int | None:
    """Return the length of the header by a file's first bytes; ``None`` if they are too few or it is out of range."""
    if len(prefix) < _LENGTH_BYTES:
        return None
    (length,) = struct.unpack("<Q", prefix[:_LENGTH_BYTES])
    return int(length) if 2 <= length <= HEADER_LIMIT else None


def safetensors_problem(prefix: bytes, header: bytes, size: int) -> Message | None:
    """Return what is wrong with a ``.safetensors`` file, ``None`` if no problem is found.

    Args:
        prefix: Its first eight bytes.
        header: The header; of a very long one the beginning.
        size: The file's length in bytes.
    """
    if len(prefix) < _LENGTH_BYTES:
        return message("file.too_small")
    length = header_length(prefix)
    if length is None or not header.startswith(b"{"):
        return message("file.no_header")
    if _LENGTH_BYTES + length > size:
        return message("file.cut_off")
    if length > _PARSED_LIMIT:
        return None
    try:
        parsed = json.loads(header[:length])
    except (ValueError, RecursionError):
        return message("file.bad_header")
    ends = _ends(parsed) if isinstance(parsed, dict) else None
    if ends is None:
        return message("file.bad_header")
    expected, actual = max(ends, default=0), size - _LENGTH_BYTES - length
    if actual < expected:
        return message("file.missing_end", missing_bytes=expected - actual)
    return message("file.extra_end", extra_bytes=actual - expected) if actual > expected else None


def pickle_warning(name: str) -> Message:
    """Return what you should know before you use a file called ``name``; nothing if it cannot contain code."""
    suffix = next((suffix for suffix in _PICKLES if name.lower().endswith(suffix)), None)
    if suffix is None:
        return NOTHING
    return message("file.pickle", suffix=suffix)


def _ends(header: Mapping[str, Any]) -> list[int] | None:
    """Return where each tensor ends, counted from the header's end, ``None`` if an entry is not valid."""
    ends = []
    for name, tensor in header.items():
        if name == "__metadata__":
            continue
        offsets = tensor.get("data_offsets") if isinstance(tensor, dict) else None
        if not isinstance(offsets, list) or len(offsets) != 2 or not all(type(offset) is int for offset in offsets):
            return None
        begin, end = offsets
        if not (0 <= begin <= end and isinstance(tensor.get("dtype"), str) and isinstance(tensor.get("shape"), list)):
            return None
        ends.append(end)
    return ends
