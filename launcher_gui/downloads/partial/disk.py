"""What the disk says, in words, and how to be sure that it has taken something."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from launcher_gui.downloads.errors.failures import (
    DiskError,
    DiskFullError,
    DownloadError,
    FolderError,
    PartialGoneError,
)
from launcher_gui.recovery.classification import ErrorCategory

_KEEP_SIZE = 1  # FALLOC_FL_KEEP_SIZE, linux/falloc.h

_FOLDER_PROBLEMS = {
    errno.EACCES: ("does not take files: not allowed", ErrorCategory.PERMISSION),
    errno.EPERM: ("does not take files: not allowed", ErrorCategory.PERMISSION),
    errno.EROFS: ("is read-only", ErrorCategory.PERMISSION),
    errno.ENOENT: ("is gone", ErrorCategory.NOT_FOUND),
    errno.ESTALE: ("is gone: its network share was disconnected", ErrorCategory.NOT_FOUND),
    errno.ENOTCONN: ("is gone: its network share was disconnected", ErrorCategory.NOT_FOUND),
    errno.ENOTDIR: ("is a file, or lies below one", ErrorCategory.VALIDATION),
    errno.ENXIO: ("is gone: its disk was disconnected", ErrorCategory.NOT_FOUND),
    errno.ENODEV: ("is gone: its disk was disconnected", ErrorCategory.NOT_FOUND),
}

_position = threading.Lock()
"""Where the system has no call that takes an offset, a file has one position for all threads."""


@contextlib.contextmanager
def disk_errors(path: Path, needed: int | None = None) -> Iterator[None]:
    """Turn an ``OSError`` from a file operation on ``path`` into words.

    Args:
        path: The file that is being worked on.
        needed: How many bytes are still to be written, if known.

    Raises:
        DiskFullError: If there is no room.
        FolderError: If the folder is gone, or does not take files.
        DiskError: For anything else.
    """
    try:
        yield
    except OSError as error:
        raise _disk_failure(error, path, needed) from error


def _disk_failure(error: OSError, path: Path, needed: int | None) -> DownloadError:
    detail = f"{errno.errorcode.get(error.errno or 0, 'OSError')}: {error.strerror} ({path})"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFullError(needed, free_space(path.parent), path.parent)
    if error.errno == errno.ENOENT and path.parent.is_dir():
        return PartialGoneError(path, detail)
    if error.errno in _FOLDER_PROBLEMS:
        why, category = _FOLDER_PROBLEMS[error.errno]
        return FolderError(path.parent, why, category, detail)
    if error.errno in {errno.ELOOP, errno.EISDIR}:
        return DiskError(path, "something that is not a file stands in its place", "Move it away, then resume.", detail)
    if error.errno == errno.EFBIG:
        return DiskError(path, "the disk's format has no room for files of this size", "Choose another disk.", detail)
    if error.errno == errno.ENAMETOOLONG:
        return DiskError(path, "the path is too long for this disk", "Choose a shorter name or folder.", detail)
    return DiskError(path, (error.strerror or type(error).__name__).lower(), detail=detail)


def free_space(folder: Path) -> int | None:
    """Return the bytes that may still be written in ``folder``, ``None`` where the system does not say."""
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return None
    return usage.free if usage.total else None


def write_at(fd: int, data: memoryview, offset: int) -> int:
    """Write ``data`` at ``offset`` and return how many of its bytes were taken."""
    if hasattr(os, "pwrite"):
        return os.pwrite(fd, data, offset)
    with _position:
        os.lseek(fd, offset, os.SEEK_SET)
        return os.write(fd, data)


def read_at(fd: int, buffer: memoryview, offset: int) -> int:
    """Fill ``buffer`` from ``offset`` on and return how many bytes there were."""
    if hasattr(os, "preadv"):
        return os.preadv(fd, [buffer], offset)
    with _position, open(fd, "rb", buffering=0, closefd=False) as file:
        file.seek(offset)
        return file.readinto(buffer) or 0


def reserve(fd: int, length: int) -> bool:
    """Let the disk set room aside for a file of ``length`` bytes, gaps included; its own length stays as it is.

    ``release`` gives back what lies behind its end.

    Returns:
        Whether it did: not every file system can, and only Linux is asked.

    Raises:
        OSError: If there is no room (ENOSPC, EDQUOT).
    """
    fallocate = _fallocate()
    if fallocate is None:
        return False
    if fallocate(fd, _KEEP_SIZE, 0, length) == 0:
        return True
    number = ctypes.get_errno()
    if number in {errno.ENOSPC, errno.EDQUOT}:
        release(fd)  # some keep what they had found by then
        raise OSError(number, os.strerror(number))
    return False


def release(fd: int) -> None:
    """Give back what was set aside behind the end of a file, by whatever process."""
    os.ftruncate(fd, os.fstat(fd).st_size)


@cache
def _fallocate() -> Callable[[int, int, int, int], int] | None:
    """Return Linux's own call: what Python has changes the length, and writes zeros where that is not supported."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None, use_errno=True)
    call = getattr(library, "fallocate64", None) or getattr(library, "fallocate", None)
    if call is None:
        return None
    call.argtypes = (ctypes.c_int, ctypes.c_int, ctypes.c_int64, ctypes.c_int64)
    call.restype = ctypes.c_int
    found: Callable[[int, int, int, int], int] = call
    return found


def sync_file(fd: int) -> None:
    """Return when the disk has the file's bytes and its length."""
    getattr(os, "fdatasync", os.fsync)(fd)


def sync_folder(folder: Path) -> None:
    """Return when the disk has the folder's entries, where the system lets one ask for that."""
    if sys.platform == "win32":
        return
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:  # network shares know no such thing
            raise
    finally:
        os.close(fd)
