"""The map beside a partial file that is downloaded in segments: which of its bytes have been written.

Owns the file's format. When segments arrive out of order, the file's length does not say which bytes are valid, and
writing the record after every block would be too slow. The map is one page that is overwritten in place after each
block: the kernel keeps what a killed process wrote, bytes and map alike. The map is never flushed, so it is not valid
after a power cut; then the record says what had been flushed.
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
    """A map that is being written.

    Args:
        path: Its path; an existing map there stays valid until the first ``save``.
    """

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT | _CAREFULLY, 0o666)

    def save(self, held: ByteRanges) -> None:
        """Overwrite the map. If there are more islands than fit, the last are left out and downloaded again."""
        islands = held.islands[:_ISLANDS]
        body = struct.pack("<IQ", len(islands), held.prefix) + b"".join(_SPAN.pack(*span) for span in islands)
        data = _MAGIC + struct.pack("<I", zlib.crc32(body)) + body
        os.lseek(self._fd, 0, os.SEEK_SET)
        os.write(self._fd, data)

    def close(self) -> None:
        """Close the file. Closing twice is harmless."""
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            os.close(fd)


def load(path: Path) -> ByteRanges | None:
    """Return the contents of the map at ``path``, ``None`` if there is no valid one."""
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
