"""What the disk says, in words, and how to be sure that it has taken something."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from launcher_gui.downloads.failures import DiskError, DiskFullError, DownloadError, FolderError, PartialGoneError
from launcher_gui.recovery.classification import ErrorCategory

_BLOCK_BYTES = 512  # of st_blocks, whatever those of the disk are
_BOOKKEEPING_BYTES = 256 * 1024  # what a file may take besides its bytes
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


def reserve(fd: int, length: int) -> bool:
    """Let the disk set room aside for a file of ``length`` bytes, whose length stays as it is.

    ``release`` gives back what is not written.

    Returns:
        Whether it did: not every file system can, and only Linux is asked.

    Raises:
        OSError: If there is no room (ENOSPC, EDQUOT); none is taken then.
    """
    fallocate, size = _fallocate(), os.fstat(fd).st_size
    if fallocate is None or size >= length:
        return False
    if fallocate(fd, _KEEP_SIZE, size, length - size) == 0:
        return True
    number = ctypes.get_errno()
    if number in {errno.ENOSPC, errno.EDQUOT}:
        release(fd)  # some keep what they had found by then
        raise OSError(number, os.strerror(number))
    return False


def release(fd: int) -> None:
    """Give back what was set aside for a file and not written, by whatever process."""
    status = os.fstat(fd)
    if getattr(status, "st_blocks", 0) * _BLOCK_BYTES > status.st_size + _BOOKKEEPING_BYTES:
        os.ftruncate(fd, status.st_size)


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
