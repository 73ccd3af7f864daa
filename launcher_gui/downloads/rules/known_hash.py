"""What a file is known to hash to, and the second of the two ways in which that is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from blake3 import blake3

from launcher_gui.recovery.exceptions import InvalidInputError

_WRITTEN = re.compile(r"(?:(?P<kind>[a-z0-9]+):)?(?P<digits>[0-9a-f]{64})")
_SHOWN_LIMIT = 200
_REMEDY = "Give all 64 hexadecimal digits, or leave it empty."


class Algorithm(StrEnum):
    """How a file is hashed; both give 32 bytes."""

    SHA256 = "SHA-256"
    BLAKE3 = "BLAKE3"


_KINDS = {None: Algorithm.SHA256, "sha256": Algorithm.SHA256, "blake3": Algorithm.BLAKE3}


@dataclass(frozen=True, slots=True)
class KnownHash:
    """A hash that proves a file, from wherever its bytes come.

    Attributes:
        algorithm: How it is made.
        digits: Its 64 hexadecimal digits, in lower case.
    """

    algorithm: Algorithm
    digits: str

    def __str__(self) -> str:
        """Return it as it is typed."""
        return self.digits if self.algorithm is Algorithm.SHA256 else f"blake3:{self.digits}"


def known_hash(text: str | None) -> KnownHash | None:
    """Return the hash that somebody typed, ``None`` for nothing: bare digits are a SHA-256.

    Raises:
        InvalidInputError: If it is none.
    """
    typed = (text or "").strip().lower()
    if not typed:
        return None
    written = _WRITTEN.fullmatch(typed)
    if written is None or written["kind"] not in _KINDS:
        named = Algorithm.BLAKE3 if typed.startswith("blake3") else Algorithm.SHA256
        shown = (text or "")[:_SHOWN_LIMIT]
        raise InvalidInputError(named, shown, "is not 64 hexadecimal digits", _REMEDY)
    return KnownHash(_KINDS[written["kind"]], written["digits"])


class RunningBlake3:
    """The BLAKE3 of a file from its first byte on; all processors take part."""

    def __init__(self) -> None:
        self._hash = blake3(max_threads=blake3.AUTO)
        self.position = 0

    def update(self, data: memoryview) -> None:
        """Take the next bytes."""
        self._hash.update(data)
        self.position += len(data)

    def hexdigest(self) -> str:
        """Return the hash of what came so far, in lower-case hexadecimal."""
        return self._hash.hexdigest()
