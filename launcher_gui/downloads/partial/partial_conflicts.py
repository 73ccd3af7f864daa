"""Conflicts at the path of a partial file: unknown bytes, a second name of a finished file, not a file. Blocks."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from itertools import count
from pathlib import Path

from launcher_gui.downloads.errors.disk_errors import DiskError
from launcher_gui.downloads.partial import sidecar
from launcher_gui.downloads.partial.disk import disk_errors, sync_folder
from launcher_gui.downloads.partial.install import move_without_clobber
from launcher_gui.downloads.rules.naming import QUARANTINE_SUFFIX, sidecar_path
from launcher_gui.text.message import message


def obstacle(
    fd: int, path: Path, destination: Path, record: sidecar.Sidecar | None
) -> Callable[[], Path | None] | None:
    """Return what has to be done before the partial file can be opened again, ``None`` if the locked file is usable.

    Between opening and locking, another process may have installed or deleted it. One with a second name is a
    finished file whose process died before it removed this name: writing to it would damage the installed file. And
    bytes without a record may belong to another program.
    """
    status = os.fstat(fd)
    if not stat.S_ISREG(status.st_mode):
        raise DiskError(path, message("disk.in_the_way"), message("disk.move_away"))
    try:
        replaced = not os.path.samestat(status, path.lstat())
    except FileNotFoundError:
        replaced = True
    if replaced:
        return lambda: None
    if status.st_nlink > 1:
        return path.unlink
    if record is None and status.st_size > 0:
        return lambda: set_aside(path, destination)
    return None


def set_aside(path: Path, destination: Path) -> Path:
    """Move the partial file to a name that no program takes for a model, and return that."""
    for number in count(1):
        ending = QUARANTINE_SUFFIX if number == 1 else f"{QUARANTINE_SUFFIX}-{number}"
        target = destination.with_name(destination.name + ending)
        try:
            move_without_clobber(path, target)
        except FileExistsError:
            continue
        return target
    raise AssertionError("counting does not end")


def quarantine(path: Path, destination: Path) -> Path:
    """Move the partial file aside, delete its record, and return its new path."""
    with disk_errors(path):
        kept_at = set_aside(path, destination)
        sidecar.remove(sidecar_path(destination))
        sync_folder(path.parent)
        return kept_at


def delete(path: Path, destination: Path) -> None:
    """Delete the partial file and its record."""
    with disk_errors(path):
        path.unlink(missing_ok=True)
        sidecar.remove(sidecar_path(destination))
