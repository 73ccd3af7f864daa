"""The map beside a partial that is fetched in pieces: which of its bytes have been written, exact at any moment.

Owns the file's format. The file's length does not tell what is in it once pieces come out of order, and the record is
too dear to be written at every block. This is a page that is overwritten in place after each: what a killed process
wrote is in the kernel's hands, bytes and map alike. Nothing is flushed, so after a power cut the map is worth nothing;
then the record tells what had been flushed.
"""

from __future__ import annotations

import os
import struct
import zlib
from contextlib import suppress
from pathlib import Path

from launcher_gui.downloads.rules.byte_ranges import ByteRanges

_MAGIC = b"pieces 1"
_HEAD = struct.Struct("<8sIIQ")  # magic, checksum of what follows it, number of islands, prefix
_SPAN = struct.Struct("<QQ")
_PAGE_BYTES = 4096
_ISLANDS = (_PAGE_BYTES - _HEAD.size) // _SPAN.size
_CAREFULLY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class PieceMap:
    """A map that is being kept.

    Args:
        path: Where it lies; one that lies there already counts until the first ``save``.
    """

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT | _CAREFULLY, 0o666)

    def save(self, held: ByteRanges) -> None:
        """Overwrite what it says. Of more islands than a page holds the last are left out: they come again."""
        islands = held.islands[:_ISLANDS]
        body = struct.pack("<IQ", len(islands), held.prefix) + b"".join(_SPAN.pack(*span) for span in islands)
        data = _MAGIC + struct.pack("<I", zlib.crc32(body)) + body
        os.lseek(self._fd, 0, os.SEEK_SET)
        os.write(self._fd, data)

    def close(self) -> None:
        """Let go of it. Closing twice is harmless."""
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            os.close(fd)


def load(path: Path) -> ByteRanges | None:
    """Return what the map at ``path`` says, or ``None`` if there is no whole one."""
    with suppress(OSError, ValueError, struct.error), os.fdopen(os.open(path, os.O_RDONLY | _CAREFULLY), "rb") as file:
        return _parse(file.read(_PAGE_BYTES))
    return None


def _parse(data: bytes) -> ByteRanges:
    magic, checksum, count, prefix = _HEAD.unpack_from(data)
    body = data[_HEAD.size - struct.calcsize("<IQ") : _HEAD.size + count * _SPAN.size]
    if magic != _MAGIC or count > _ISLANDS or zlib.crc32(body) != checksum:
        raise ValueError("no map")
    held = ByteRanges(prefix, tuple(_SPAN.unpack_from(data, _HEAD.size + at * _SPAN.size) for at in range(count)))
    if not held.is_sound:
        raise ValueError("its islands are out of order")
    return held
