"""Locking a partial file for one process at a time; the lock ends with the process."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from launcher_gui.downloads.errors.disk_errors import DestinationBusyError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_NO_LOCKS = frozenset({errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK, errno.ENOSYS})


def lock(fd: int, destination: Path) -> None:
    """Lock the partial file of ``destination`` until ``fd`` is closed.

    Raises:
        DestinationBusyError: If another process has locked it.
    """
    try:
        if sys.platform == "win32":
            os.lseek(fd, 0x7FFFFFFE, os.SEEK_SET)  # the farthest offset that the C runtime can lock
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
            os.lseek(fd, 0, os.SEEK_SET)
        else:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return  # a share without locks: the exclusive key in the store still keeps this program's processes apart
        if isinstance(error, BlockingIOError | PermissionError):
            raise DestinationBusyError(destination) from error
        raise
