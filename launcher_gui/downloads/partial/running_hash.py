"""A SHA-256 that is computed during a download, can be saved and continued, and checks each block by itself.

Owns the marks: the state of the hash after every 32 MiB. A later process continues the hash from a mark, so that
resuming reads at most one block again. Two marks check the block between them: hashed from the first, it has to end
at the second. That shows where a file was damaged without a separate hash for every block.

hashlib does not expose its state. OpenSSL does, through its older functions (SHA256_Init and so on, sha.h) in the
library that hashlib has loaded. Where they are not available, or do not agree with hashlib, there are no marks: a
resumed file is then read completely when it is verified.
"""

from __future__ import annotations

import _hashlib
import ctypes
import hashlib
import ssl
import sys
from collections.abc import Callable
from functools import cache
from typing import Protocol

MARK_BYTES = 32 * 1024 * 1024
"""How many bytes are between two marks; records contain marks, so changing it changes their format."""

STATE_BYTES = 32
"""Size of a mark: the eight words of FIPS 180-4, section 6.2."""


class _Hash(Protocol):
    def update(self, data: memoryview, /) -> None: ...
    def hexdigest(self) -> str: ...


class RunningHash:
    """The hash of a file from its first byte on.

    Args:
        marks: Those of an earlier hash, one after the other; it continues after the last.
    """

    def __init__(self, marks: bytes = b"") -> None:
        library = _openssl()
        self._marks = bytearray(marks if library is not None else b"")
        self.position = marked_length(self._marks)
        self._hash: _Hash = hashlib.sha256()
        if library is not None:
            self._hash = _OpenSSLHash(library)
            if self._marks:
                self._hash.set_state(bytes(self._marks[-STATE_BYTES:]), self.position)

    @property
    def marks(self) -> bytes:
        """The marks so far."""
        return bytes(self._marks)

    def update(self, data: memoryview) -> None:
        """Hash the next bytes, which must be in writable memory."""
        while data:
            part = data[: MARK_BYTES - self.position % MARK_BYTES]
            self._hash.update(part)
            self.position += len(part)
            data = data[len(part) :]
            if self.position % MARK_BYTES == 0 and isinstance(self._hash, _OpenSSLHash):
                self._marks += self._hash.state()

    def hexdigest(self) -> str:
        """Return the hash of the bytes so far, in lower-case hexadecimal."""
        return self._hash.hexdigest()


def marks_within(marks: bytes, offset: int) -> bytes:
    """Return those of ``marks`` that cover only bytes before ``offset``."""
    return marks[: offset // MARK_BYTES * STATE_BYTES]


def marked_length(marks: bytes | bytearray) -> int:
    """Return how many bytes ``marks`` cover."""
    return len(marks) // STATE_BYTES * MARK_BYTES


class _Context(ctypes.Structure):
    """OpenSSL's SHA256_CTX."""

    _fields_ = (
        ("state", ctypes.c_uint32 * 8),
        ("bits_low", ctypes.c_uint32),
        ("bits_high", ctypes.c_uint32),
        ("pending", ctypes.c_uint32 * 16),
        ("pending_count", ctypes.c_uint),
        ("digest_length", ctypes.c_uint),
    )


class _OpenSSLHash:
    """SHA-256 by OpenSSL's older functions; updating releases the GIL."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library
        self._context = _Context()
        library.SHA256_Init(ctypes.byref(self._context))

    def update(self, data: memoryview, /) -> None:
        address = (ctypes.c_char * len(data)).from_buffer(data)
        self._library.SHA256_Update(ctypes.byref(self._context), address, ctypes.c_size_t(len(data)))

    def hexdigest(self) -> str:
        context, digest = _Context.from_buffer_copy(self._context), ctypes.create_string_buffer(32)
        self._library.SHA256_Final(digest, ctypes.byref(context))
        return digest.raw.hex()

    def state(self) -> bytes:
        """Return the state; it is complete only where nothing is pending, as after full blocks of 64 bytes."""
        return b"".join(word.to_bytes(4, "big") for word in self._context.state)

    def set_state(self, state: bytes, position: int) -> None:
        """Continue as if ``position`` bytes had led to ``state``."""
        self._context.state[:] = [int.from_bytes(state[at : at + 4], "big") for at in range(0, STATE_BYTES, 4)]
        self._context.bits_low = position * 8 & 0xFFFFFFFF
        self._context.bits_high = position * 8 >> 32


@cache
def _openssl() -> ctypes.CDLL | None:
    """Return the library that hashlib uses, if its older functions give the right results."""
    try:
        name = f"libcrypto-{ssl.OPENSSL_VERSION_INFO[0]}" if sys.platform == "win32" else _hashlib.__file__
        library = ctypes.CDLL(name)
        return library if _agrees(lambda: _OpenSSLHash(library)) else None
    except (OSError, AttributeError):
        return None


def _agrees(new: Callable[[], _OpenSSLHash]) -> bool:
    """Return whether hashing in two parts, by two objects, gives what hashlib gives."""
    first, rest = bytearray(range(256)) * 4, bytearray(b"rest")
    begun, resumed = new(), new()
    begun.update(memoryview(first))
    resumed.set_state(begun.state(), len(first))
    resumed.update(memoryview(rest))
    return resumed.hexdigest() == hashlib.sha256(first + rest).hexdigest()
