"""Files whose every byte follows from a seed: as large as a test likes, and never held in memory."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

KIB = 1024
MIB = 1024 * KIB

_BLOCK = 256 * KIB
_OPENING = 192


@dataclass(frozen=True)
class Content:
    """What a file holds: pseudo-random bytes, no two blocks of them alike, that begin as a ``.safetensors`` file does.

    Attributes:
        size: How many bytes.
        seed: Which ones; another seed is another file.
    """

    size: int = MIB
    seed: int = 0

    def read(self, start: int = 0, stop: int | None = None) -> bytes:
        """Return the bytes from ``start`` up to ``stop``, or to the end."""
        return b"".join(self.pieces(start, stop))

    def pieces(self, start: int = 0, stop: int | None = None, largest: int = _BLOCK) -> Iterator[bytes]:
        """Yield the bytes from ``start`` up to ``stop`` in pieces of at most ``largest``."""
        end = self.size if stop is None else min(stop, self.size)
        while start < end:
            index, offset = divmod(start, _BLOCK)
            length = min(largest, end - start, _BLOCK - offset)
            opening = _opening(self.size, self.seed)[start : start + length]
            yield opening + _block(self.seed, index)[offset + len(opening) : offset + length]
            start += length

    @property
    def sha256(self) -> str:
        """The SHA-256 of the whole, in hexadecimal."""
        return _sha256(self)

    def write_to(self, path: Path) -> Path:
        """Write the whole to ``path``, make its folder if need be, and return ``path``."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.writelines(self.pieces())
        return path


ONE_MIB = Content()


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=64)
def _opening(size: int, seed: int) -> bytes:
    """Return a header that speaks of one tensor up to the file's end; nothing where the file is too short for one."""
    left = size - _OPENING
    if left < 0:
        return b""
    header = f'{{"__metadata__":{{"seed":"{seed}"}},"x":{{"dtype":"U8","shape":[{left}],"data_offsets":[0,{left}]}}}}'
    return struct.pack("<Q", _OPENING - 8) + header.encode().ljust(_OPENING - 8)


@lru_cache(maxsize=32)
def _block(seed: int, index: int) -> bytes:
    return hashlib.shake_128(f"{seed}:{index}".encode()).digest(_BLOCK)


@lru_cache(maxsize=64)
def _sha256(content: Content) -> str:
    digest = hashlib.sha256()
    for piece in content.pieces():
        digest.update(piece)
    return digest.hexdigest()
