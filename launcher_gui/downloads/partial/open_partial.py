"""Opening a partial file: locking it, resolving conflicts at its path, and how much of it can be trusted. Blocks."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple

from launcher_gui.downloads.partial import partial_conflicts, piece_map, sidecar
from launcher_gui.downloads.partial.disk import disk_errors, release
from launcher_gui.downloads.partial.locking import lock
from launcher_gui.downloads.rules.byte_ranges import ByteRanges
from launcher_gui.downloads.rules.naming import map_path, partial_path, sidecar_path

_OPEN_FLAGS = (
    os.O_RDWR
    | os.O_CREAT
    | getattr(os, "O_NOFOLLOW", 0)  # a link planted under the partial's name must not lead elsewhere
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class OpenPartial(NamedTuple):
    """A partial file that this process has locked.

    Attributes:
        fd: Its file descriptor.
        record: Its record, if there is a valid one.
        set_aside: The new path of an unknown partial file that was in the way, if there was one.
    """

    fd: int
    record: sidecar.Sidecar | None
    set_aside: Path | None


def open_partial(destination: Path) -> OpenPartial:
    """Open and lock the partial file of ``destination``, and create it if it does not exist.

    Raises:
        DestinationBusyError: If another process, or another part of this one, has locked it.
        FolderError: If the folder is missing or not writable.
        DiskError: If a folder or link has its name.
    """
    path = partial_path(destination)
    set_aside: Path | None = None
    while True:
        with disk_errors(path):
            fd = os.open(path, _OPEN_FLAGS, 0o666)
            try:
                lock(fd, destination)
                record = sidecar.load(sidecar_path(destination))
                clear = partial_conflicts.obstacle(fd, path, destination, record)
                if clear is None:
                    release(fd)  # a killed process leaves what it had reserved
                    return OpenPartial(fd, record, set_aside)
                if sys.platform != "win32":  # which keeps the name while the file is open
                    set_aside = clear() or set_aside
            except BaseException:
                os.close(fd)
                raise
            os.close(fd)
            if sys.platform == "win32":
                set_aside = clear() or set_aside


def trusted_bytes(fd: int, destination: Path, record: sidecar.Sidecar | None, boot: str) -> ByteRanges:
    """Return which bytes of a partial file can be trusted (docs/decisions/0002-trusting-a-partial.md).

    Args:
        fd: The open partial file.
        destination: The path of the finished file.
        record: Its record, if there is a valid one.
        boot: The present boot of the machine; empty if the system does not tell.
    """
    if record is None:
        return ByteRanges()
    durable = ByteRanges(record.durable, record.islands or ())
    size = os.fstat(fd).st_size
    if not boot or record.boot != boot:
        return durable.before(size)
    if record.islands is None:
        return ByteRanges(size)
    return (piece_map.load(map_path(destination)) or durable).before(size)
