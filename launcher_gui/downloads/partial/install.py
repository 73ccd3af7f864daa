"""Giving a finished file its name: never over another, and never half.

Owns the last step and its crash cases. All of it blocks and belongs on a file thread.

A hard link is made rather than a rename, because a link refuses to replace what is there. Where the file system has
no links (exFAT, some shares), an empty file is created exclusively to claim the name and the partial is renamed over
it. Before either, the record beside the partial says what is about to be installed, so that a process that dies at
any point in between can be understood by the next one: ``resume_install``.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from launcher_gui.downloads.errors.failures import DestinationExistsError, DiskFullError, FolderError
from launcher_gui.downloads.partial import sidecar
from launcher_gui.downloads.partial.disk import disk_errors, free_space, sync_folder
from launcher_gui.downloads.partial.model_file_check import InvalidModelFileError, model_problem
from launcher_gui.downloads.request import DownloadRequest
from launcher_gui.downloads.rules.naming import partial_path, sidecar_path
from launcher_gui.recovery.classification import ErrorCategory

_MARGIN_LIMIT = 64 * 1024 * 1024
_MARGIN_BASE = 1024 * 1024
_MOUNT_ROOTS = frozenset({Path("/mnt"), Path("/media"), Path("/Volumes")})
_USER_MOUNT_ROOTS = frozenset({Path("/media"), Path("/run/media")})
_COARSEST_MTIME_S = 2.0  # FAT


def check_destination(destination: Path, needed_bytes: int | None = None) -> None:
    """Make sure, before a byte is asked for, that the file can go where it should; creates the folder.

    Args:
        destination: Where the file is to stand.
        needed_bytes: How many bytes are still to be written, if known.

    Raises:
        FolderError: If the folder is a file, cannot be created, does not take files, or its disk is not connected.
        DestinationExistsError: If something stands there already, be it a dangling link.
        DiskFullError: If there is not enough room, with a little to spare.
    """
    with disk_errors(destination):
        _make_folder(destination.parent)
        if os.path.lexists(destination):
            raise DestinationExistsError(destination)
        _probe(destination.parent)
    check_space(destination, needed_bytes)


def check_space(destination: Path, needed_bytes: int | None, promised_bytes: int = 0) -> None:
    """Make sure that ``needed_bytes`` more fit on the disk of ``destination``, with a little to spare.

    Args:
        destination: Where the file is to stand.
        needed_bytes: How many bytes are still to be written, if known.
        promised_bytes: How many others will write there.

    Raises:
        DiskFullError: If they do not.
    """
    free = free_space(destination.parent)
    if free is None:
        return
    free = max(0, free - promised_bytes)
    needed = needed_bytes or 0
    margin = min(_MARGIN_LIMIT, _MARGIN_BASE + needed // 100) if needed else 0
    if free < needed + margin or free == 0:
        raise DiskFullError(needed_bytes, free, destination.parent)


def install(part: Path, destination: Path, sha256: str | None = None) -> None:
    """Give the finished ``part`` its name, durably.

    The record stays behind until ``forget_install``, so that a process that dies before it could tell anyone of its
    success is not taken for one that found a stranger's file at its destination.

    Args:
        part: The whole file.
        destination: The name that it gets.
        sha256: What it was verified to hash to, if a hash was known; another one than SHA-256 says what it is.

    Raises:
        UnsoundModelError: If it cannot be the model that its name says; the partial is not touched.
        DestinationExistsError: If something stands there; neither it nor the partial is touched.
    """
    with disk_errors(destination):
        problem = model_problem(part, destination.name)
        if problem is not None:
            raise InvalidModelFileError(destination, problem)
        _sync(part)
        if not _same_file(part, destination):
            _announce(part, destination, sha256)
        try:
            move_without_clobber(part, destination)
        except FileExistsError:
            raise DestinationExistsError(destination) from None
        sync_folder(destination.parent)


def resume_install(request: DownloadRequest) -> bool:
    """Return whether an earlier process installed this very download and died before it could say so.

    Finishes what it left half done. Call it before ``check_destination`` and before the partial is opened.
    """
    destination, part = request.destination, partial_path(request.destination)
    record = sidecar.load(sidecar_path(destination))
    if record is None or record.install is None or record.recorded.url != request.url:
        return False
    if request.proof is not None and str(request.proof) != record.install.sha256:
        return False
    with disk_errors(destination):
        if _is_empty(destination) and _is_announced(part, record.install):
            part.replace(destination)  # only the name had been claimed
        if not _is_announced(destination, record.install):
            return False
        if _same_file(part, destination):
            part.unlink()
        sync_folder(destination.parent)
    return True


def forget_install(destination: Path) -> None:
    """Remove the record of a finished download; call it when its outcome has been committed.

    The record of a partial file stays: it belongs to a later download to the same destination.
    """
    with disk_errors(destination):
        if not os.path.lexists(partial_path(destination)):
            sidecar.remove(sidecar_path(destination))


def move_without_clobber(source: Path, target: Path) -> None:
    """Give ``source`` the name ``target`` in the same folder.

    Raises:
        FileExistsError: If something else has that name.
    """
    if sys.platform == "win32":
        source.rename(target)  # which refuses to replace, there
        return
    try:
        os.link(source, target)
    except FileExistsError:
        if not _same_file(source, target):
            raise
    except OSError:
        _claim_and_replace(source, target)
        return
    source.unlink()


def _claim_and_replace(source: Path, target: Path) -> None:
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    try:
        source.replace(target)
    except OSError:
        with suppress(OSError):
            target.unlink()
        raise


def _sync(part: Path) -> None:
    fd = os.open(part, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _announce(part: Path, destination: Path, sha256: str | None) -> None:
    record = sidecar.load(sidecar_path(destination))
    if record is not None:
        status = part.stat()
        announced = replace(record, install=sidecar.Install(status.st_size, status.st_mtime, sha256))
        sidecar.save(sidecar_path(destination), announced, durably=True)


def _is_announced(path: Path, install: sidecar.Install) -> bool:
    try:
        status = path.lstat()
    except FileNotFoundError:
        return False
    return (
        stat.S_ISREG(status.st_mode)
        and status.st_size == install.size
        and abs(status.st_mtime - install.mtime_s) <= _COARSEST_MTIME_S
    )


def _is_empty(path: Path) -> bool:
    try:
        status = path.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size == 0


def _same_file(one: Path, other: Path) -> bool:
    try:
        return os.path.samestat(one.lstat(), other.lstat())
    except FileNotFoundError:
        return False


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    if os.path.lexists(folder):
        kind = "is a file" if folder.exists() else "is a broken link"
        raise FolderError(folder, kind, ErrorCategory.VALIDATION)
    if _on_missing_disk(folder):
        raise FolderError(folder, "is on a disk that is not connected")
    folder.mkdir(parents=True, exist_ok=True)


def _on_missing_disk(folder: Path) -> bool:
    """Creating the folder of an absent disk would quietly fill the system's own."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    if missing[-1].parent == missing[-1]:
        return True  # a drive letter
    return any(
        (path.parent in _MOUNT_ROOTS or path.parent.parent in _USER_MOUNT_ROOTS) and not path.parent.is_mount()
        for path in missing
    )


def _probe(folder: Path) -> None:
    """Permissions alone do not tell: root passes them all, and a share may refuse in its own way."""
    with tempfile.TemporaryFile(dir=folder):
        pass
