"""The sidecar of a partial file: where its bytes come from, and how many of them survive a power cut.

Owns the file's format. Every field is checked when it is read, because any program can write the file: a record with an
invalid field counts as absent.
"""

from __future__ import annotations

import json
import os
import re
import stat
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from launcher_gui.downloads.partial.disk import sync_folder
from launcher_gui.downloads.partial.running_hash import MARK_BYTES, STATE_BYTES
from launcher_gui.downloads.rules.byte_ranges import ByteRanges, Span
from launcher_gui.downloads.rules.headers import strong_etag
from launcher_gui.downloads.rules.naming import MAP_SUFFIX, SIDECAR_SUFFIX
from launcher_gui.downloads.rules.resume import Recorded
from launcher_gui.recovery.classify.retry_after import parse_http_date

_FORMAT = 1
_FORMAT_WITH_PIECES = 2
"""A version that does not know segments must not trust the file's length."""

_SIZE_LIMIT = 8 * 1024 * 1024
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_LARGEST = 2**63 - 1
_MARKS = re.compile(rf"(?:[0-9a-f]{{{2 * STATE_BYTES}}})*")


@dataclass(frozen=True, slots=True)
class Install:
    """The file that was about to be installed.

    Attributes:
        size: Its length in bytes.
        mtime_s: Its modification time, which a link or a rename does not change.
        sha256: Its verified hash, if one was known; another one than SHA-256 begins with its name.
    """

    size: int
    mtime_s: float
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The record of a partial file.

    Attributes:
        recorded: What identifies the file on the server.
        durable: How many bytes had been flushed to the disk.
        boot: The boot of the machine in which it was written; empty if the system does not tell.
        install: Set just before the partial file is moved to the destination.
        marks: States of the hash of the durable bytes (``running_hash.py``), in hexadecimal; empty if there are none.
        islands: What had been flushed behind ``durable``, if the file is downloaded in segments; ``None`` if it is only
            appended to, so that its length says which bytes are valid.
    """

    recorded: Recorded
    durable: int
    boot: str
    install: Install | None = None
    marks: str = ""
    islands: tuple[Span, ...] | None = None


def boot_id() -> str:
    """Return the id of this boot of the machine; empty where the system does not tell."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def load(path: Path) -> Sidecar | None:
    """Return the record at ``path``, ``None`` if there is no valid one."""
    try:
        return _parse(json.loads(_read(path)))
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return None


def save(path: Path, sidecar: Sidecar, *, durably: bool) -> None:
    """Replace the record atomically.

    Args:
        path: Its path.
        sidecar: The record.
        durably: Whether to return only once the new record survives a power cut.
    """
    temporary = _temporary(path)
    temporary.unlink(missing_ok=True)
    fields = asdict(sidecar)
    if sidecar.islands is None:
        del fields["islands"]
    number = _FORMAT if sidecar.islands is None else _FORMAT_WITH_PIECES
    data = json.dumps({"format": number, **fields}, indent=1).encode()
    fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(fd, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise
    if durably:
        sync_folder(path.parent)


def remove(path: Path) -> None:
    """Delete the record, the map beside it, and temporary files of a process that died while saving."""
    _temporary(path).unlink(missing_ok=True)
    path.with_name(path.name.removesuffix(SIDECAR_SUFFIX) + MAP_SUFFIX).unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def _temporary(path: Path) -> Path:
    return path.with_name(path.name + ".tmp")


def _read(path: Path) -> bytes:
    fd = os.open(
        path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    with os.fdopen(fd, "rb") as file:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise ValueError("not a file")
        data = file.read(_SIZE_LIMIT)
        if len(data) == _SIZE_LIMIT:
            raise ValueError("too long")
        return data


def _parse(data: Any) -> Sidecar:
    if data["format"] not in {_FORMAT, _FORMAT_WITH_PIECES}:
        raise ValueError("another format")
    recorded, install = data["recorded"], data["install"]
    durable = _count(data["durable"])
    return Sidecar(
        recorded=Recorded(
            url=_text(recorded["url"]),
            total=None if recorded["total"] is None else _count(recorded["total"]),
            etag=None if recorded["etag"] is None else _text(strong_etag(_text(recorded["etag"]))),
            last_modified=None if recorded["last_modified"] is None else _date(recorded["last_modified"]),
        ),
        durable=durable,
        boot=_text(data["boot"]),
        install=None if install is None else _install(install),
        marks=_marks(data.get("marks", ""), durable),
        islands=_islands(data["islands"], durable) if data["format"] == _FORMAT_WITH_PIECES else None,
    )


def _install(data: Any) -> Install:
    mtime_s = data["mtime_s"]
    if type(mtime_s) is not float:
        raise TypeError("not a time")
    return Install(
        size=_count(data["size"]),
        mtime_s=mtime_s,
        sha256=None if data["sha256"] is None else _text(data["sha256"]),
    )


def _islands(value: Any, durable: int) -> tuple[Span, ...]:
    islands = tuple((_count(start), _count(end)) for start, end in value)
    if not ByteRanges(durable, islands).is_sound:
        raise ValueError("islands out of order")
    return islands


def _marks(value: Any, durable: int) -> str:
    if not _MARKS.fullmatch(_text(value)) or len(value) // 2 > durable // MARK_BYTES * STATE_BYTES:
        raise ValueError("not marks of what is there")
    return _text(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    return value


def _date(value: Any) -> str:
    """Check that a date that is sent back in a header is one; otherwise it could inject more than a date."""
    if parse_http_date(_text(value)) is None:
        raise ValueError("not a date")
    return _text(value)


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= _LARGEST:
        raise ValueError("not a length")
    return value
