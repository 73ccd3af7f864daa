"""The expected hash of a file: SHA-256 or BLAKE3."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from blake3 import blake3

from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.text.message import message

_WRITTEN = re.compile(r"(?:(?P<kind>[a-z0-9]+):)?(?P<digits>[0-9a-f]{64})")
_SHOWN_LIMIT = 200
_REMEDY = message("hash.enter_all")


class Algorithm(StrEnum):
    """The hash algorithm; both give 32 bytes."""

    SHA256 = "SHA-256"
    BLAKE3 = "BLAKE3"


_KINDS = {None: Algorithm.SHA256, "sha256": Algorithm.SHA256, "blake3": Algorithm.BLAKE3}


@dataclass(frozen=True, slots=True)
class KnownHash:
    """A hash that identifies a file, wherever its bytes come from.

    Attributes:
        algorithm: The hash algorithm.
        digits: Its 64 hexadecimal digits, in lower case.
    """

    algorithm: Algorithm
    digits: str

    def __str__(self) -> str:
        """Return it in the form in which a user types it."""
        return self.digits if self.algorithm is Algorithm.SHA256 else f"blake3:{self.digits}"


def known_hash(text: str | None) -> KnownHash | None:
    """Return the hash that the user typed, ``None`` for nothing: bare digits are a SHA-256.

    Raises:
        InvalidInputError: If it is not a hash.
    """
    typed = (text or "").strip().lower()
    if not typed:
        return None
    written = _WRITTEN.fullmatch(typed)
    if written is None or written["kind"] not in _KINDS:
        named = Algorithm.BLAKE3 if typed.startswith("blake3") else Algorithm.SHA256
        shown = (text or "")[:_SHOWN_LIMIT]
        raise InvalidInputError(str(named), shown, message("hash.not_hex"), _REMEDY)
    return KnownHash(_KINDS[written["kind"]], written["digits"])


class RunningBlake3:
    """The BLAKE3 of a file from its first byte on, computed on all processors."""

    def __init__(self) -> None:
        self._hash = blake3(max_threads=blake3.AUTO)
        self.position = 0

    def update(self, data: memoryview) -> None:
        """Hash the next bytes."""
        self._hash.update(data)
        self.position += len(data)

    def hexdigest(self) -> str:
        """Return the hash of the bytes so far, in lower-case hexadecimal."""
        return self._hash.hexdigest()
