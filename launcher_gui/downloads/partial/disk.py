"""Errors of the disk as download errors, and writes that survive a power cut."""

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

from launcher_gui.downloads.errors.disk_errors import DiskError, DiskFullError, FolderError, PartialGoneError
from launcher_gui.downloads.errors.download_error import DownloadError
from launcher_gui.recovery.classification import ErrorCategory
from launcher_gui.text.message import Message, foreign, message

_KEEP_SIZE = 1  # FALLOC_FL_KEEP_SIZE, linux/falloc.h

_FOLDER_PROBLEMS: dict[int, tuple[Callable[[str], Message], ErrorCategory]] = {
    errno.EACCES: (lambda folder: message("folder.not_writable", folder=folder), ErrorCategory.PERMISSION),
    errno.EPERM: (lambda folder: message("folder.not_writable", folder=folder), ErrorCategory.PERMISSION),
    errno.EROFS: (lambda folder: message("folder.read_only", folder=folder), ErrorCategory.PERMISSION),
    errno.ENOENT: (lambda folder: message("folder.gone", folder=folder), ErrorCategory.NOT_FOUND),
    errno.ESTALE: (lambda folder: message("folder.share_gone", folder=folder), ErrorCategory.NOT_FOUND),
    errno.ENOTCONN: (lambda folder: message("folder.share_gone", folder=folder), ErrorCategory.NOT_FOUND),
    errno.ENOTDIR: (lambda folder: message("folder.below_file", folder=folder), ErrorCategory.VALIDATION),
    errno.ENXIO: (lambda folder: message("folder.disk_gone", folder=folder), ErrorCategory.NOT_FOUND),
    errno.ENODEV: (lambda folder: message("folder.disk_gone", folder=folder), ErrorCategory.NOT_FOUND),
}

_position = threading.Lock()
"""Where the system has no positioned write, all threads share the file's one position."""


@contextlib.contextmanager
def disk_errors(path: Path, needed: int | None = None) -> Iterator[None]:
    """Turn an ``OSError`` from a file operation on ``path`` into a download error.

    Args:
        path: The file.
        needed: How many bytes are still to be written, if known.

    Raises:
        DiskFullError: If the disk is full.
        FolderError: If the folder is missing or not writable.
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
        problem, category = _FOLDER_PROBLEMS[error.errno]
        return FolderError(path.parent, problem(str(path.parent)), category, detail)
    if error.errno in {errno.ELOOP, errno.EISDIR}:
        return DiskError(path, message("disk.in_the_way"), message("disk.move_away"), detail)
    if error.errno == errno.EFBIG:
        return DiskError(path, message("system.file_too_large"), message("disk.choose_disk"), detail)
    if error.errno == errno.ENAMETOOLONG:
        return DiskError(path, message("disk.path_too_long"), message("disk.shorten"), detail)
    return DiskError(path, foreign((error.strerror or type(error).__name__).lower()), detail=detail)


def free_space(folder: Path) -> int | None:
    """Return how many bytes are free in ``folder``, ``None`` where the system does not tell."""
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return None
    return usage.free if usage.total else None


def write_at(fd: int, data: memoryview, offset: int) -> int:
    """Write ``data`` at ``offset`` and return how many of its bytes were written."""
    if hasattr(os, "pwrite"):
        return os.pwrite(fd, data, offset)
    with _position:
        os.lseek(fd, offset, os.SEEK_SET)
        return os.write(fd, data)


def read_at(fd: int, buffer: memoryview, offset: int) -> int:
    """Fill ``buffer`` from ``offset`` on and return how many bytes were read."""
    if hasattr(os, "preadv"):
        return os.preadv(fd, [buffer], offset)
    with _position, open(fd, "rb", buffering=0, closefd=False) as file:
        file.seek(offset)
        return file.readinto(buffer) or 0


def reserve(fd: int, length: int) -> bool:
    """Reserve disk space for a file of ``length`` bytes, gaps included, without changing its length.

    ``release`` frees what was reserved behind its end.

    Returns:
        Whether it was reserved: not every file system can, and only Linux is asked.

    Raises:
        OSError: If there is not enough space (ENOSPC, EDQUOT).
    """
    fallocate = _fallocate()
    if fallocate is None:
        return False
    if fallocate(fd, _KEEP_SIZE, 0, length) == 0:
        return True
    number = ctypes.get_errno()
    if number in {errno.ENOSPC, errno.EDQUOT}:
        release(fd)  # some file systems keep what they had reserved by then
        raise OSError(number, os.strerror(number))
    return False


def release(fd: int) -> None:
    """Free the space reserved behind the end of a file, whichever process reserved it."""
    os.ftruncate(fd, os.fstat(fd).st_size)


@cache
def _fallocate() -> Callable[[int, int, int, int], int] | None:
    """Return the system call of Linux: Python's changes the length, and writes zeros where it is not supported."""
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
    """Flush the bytes and the length of a file to the disk."""
    getattr(os, "fdatasync", os.fsync)(fd)


def sync_folder(folder: Path) -> None:
    """Flush the entries of a folder to the disk, where the system supports it."""
    if sys.platform == "win32":
        return
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:  # not supported on network shares
            raise
    finally:
        os.close(fd)
