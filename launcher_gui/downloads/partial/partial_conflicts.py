"""What lies where a partial should: somebody else's bytes, a finished file's second name, no file at all. Blocks."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from itertools import count
from pathlib import Path

from launcher_gui.downloads.errors.failures import DiskError
from launcher_gui.downloads.partial import sidecar
from launcher_gui.downloads.partial.install import move_without_clobber
from launcher_gui.downloads.rules.naming import QUARANTINE_SUFFIX


def obstacle(
    fd: int, path: Path, destination: Path, record: sidecar.Sidecar | None
) -> Callable[[], Path | None] | None:
    """Return what has to be done before the partial can be opened anew, or ``None`` if the locked file is the one.

    Between opening and locking, its former holder may have installed or deleted it. One that has a second name is a
    finished file whose installer died before it removed this name: writing to it would ruin the installed one. And
    bytes without a record may be somebody else's.
    """
    status = os.fstat(fd)
    if not stat.S_ISREG(status.st_mode):
        raise DiskError(path, "something that is not a file stands in its place", "Move it away, then resume.")
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
    """Give the partial at ``path`` a name that nobody takes for a model, and return that."""
    for number in count(1):
        ending = QUARANTINE_SUFFIX if number == 1 else f"{QUARANTINE_SUFFIX}-{number}"
        target = destination.with_name(destination.name + ending)
        try:
            move_without_clobber(path, target)
        except FileExistsError:
            continue
        return target
    raise AssertionError("counting does not end")
