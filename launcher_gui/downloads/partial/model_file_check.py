"""Whether a finished file can be the model that its name says, before it gets that name.

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

from launcher_gui.downloads.errors.failures import DownloadError
from launcher_gui.downloads.errors.remedies import FailureKind
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory

HEADER_LIMIT = 100_000_000

_LENGTH_BYTES = 8
_PARSED_LIMIT = 8 * 1024 * 1024
"""A longer header is only looked at from outside: parsing it would hold up everything else for too long."""

_SAFETENSORS = ".safetensors"
_BINARY = (".gguf", ".ckpt", ".pt", ".pth", ".bin")
_PICKLES = (".ckpt", ".pt", ".pth", ".bin", ".pkl", ".pickle")


class InvalidModelFileError(DownloadError):
    """The whole file is here, and no program can load it as what its name says."""

    kind = Classification(
        ErrorCategory.INTEGRITY,
        Disposition.PERMANENT,
        "the file is not a whole model",
        "Open the address in a browser to see what it gives, or look for another copy of the model.",
    )
    trouble = FailureKind.CHANGED

    def __init__(self, path: Path, why: str) -> None:
        self.path = path
        self.why = why
        super().__init__(f"{path.name} is no whole model: {why}", f"its bytes were kept as {path.name}.part")


def model_problem(path: Path, name: str) -> str | None:
    """Return what is wrong with the file at ``path`` if it is to be called ``name``, ``None`` if nothing shows.

    Raises:
        OSError: If it cannot be read.
    """
    if not name.lower().endswith((_SAFETENSORS, *_BINARY)):
        return None
    with path.open("rb") as file:
        prefix = file.read(_LENGTH_BYTES)
        if begins_as_text(prefix):
            return "it is a text, such as an error message of the site's"
        if not name.lower().endswith(_SAFETENSORS):
            return None
        length = header_length(prefix)
        header = file.read(min(length, _PARSED_LIMIT)) if length is not None else b""
        size = file.seek(0, 2)
    return safetensors_problem(prefix, header, size)


def begins_as_text(prefix: bytes) -> bool:
    """Return whether a file that begins like this is a web page or JSON, as sites send in place of a model.

    No model format does: of ``.safetensors`` that would be a header of more bytes than there are on any disk.
    """
    return prefix.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"<", b"{"} and all(
        byte >= 32 or byte in b"\t\r\n" for byte in prefix
    )


def header_length(prefix: bytes) -> int | None:
    """Return how long the header is, from a file's first bytes; ``None`` if they are too few or it would be absurd."""
    if len(prefix) < _LENGTH_BYTES:
        return None
    (length,) = struct.unpack("<Q", prefix[:_LENGTH_BYTES])
    return int(length) if 2 <= length <= HEADER_LIMIT else None


def safetensors_problem(prefix: bytes, header: bytes, size: int) -> str | None:
    """Return what is wrong with a ``.safetensors`` file, as the end of a sentence, ``None`` if nothing shows.

    Args:
        prefix: Its first eight bytes.
        header: What follows them, up to the header's end; of a very long one the beginning.
        size: The file's length in bytes.
    """
    if len(prefix) < _LENGTH_BYTES:
        return "it is too short to be one"
    length = header_length(prefix)
    if length is None or not header.startswith(b"{"):
        return "it does not begin as one"
    if _LENGTH_BYTES + length > size:
        return "it ends within its header"
    if length > _PARSED_LIMIT:
        return None
    try:
        parsed = json.loads(header[:length])
    except (ValueError, RecursionError):
        return "its header is damaged"
    ends = _ends(parsed) if isinstance(parsed, dict) else None
    if ends is None:
        return "its header makes no sense"
    expected, actual = max(ends, default=0), size - _LENGTH_BYTES - length
    if actual < expected:
        return f"{expected - actual} bytes are missing at its end"
    return f"it is {actual - expected} bytes longer than its header says" if actual > expected else None


def pickle_warning(name: str) -> str:
    """Return what a person should know before a file called ``name`` is used; empty if there is nothing to say."""
    suffix = next((suffix for suffix in _PICKLES if name.lower().endswith(suffix)), None)
    if suffix is None:
        return ""
    return (
        f"A {suffix} file can run programs on this computer when it is loaded. Use it only if you trust who made it, "
        "or look for the same model as .safetensors, which cannot."
    )


def _ends(header: Mapping[str, Any]) -> list[int] | None:
    """Return where each tensor ends, counted from the header's end, ``None`` if an entry makes no sense."""
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
