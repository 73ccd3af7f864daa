"""Moving a finished file to its name: never over another file, and never partially.

Owns the last step and its crash cases. All of it blocks and belongs on a file thread.

It makes a hard link rather than a rename, because a link does not replace an existing file. Where the file system has
no links (exFAT, some shares), it creates an empty file exclusively to claim the name and renames the partial file over
it. Before either, the record beside the partial file says what is about to be installed, so that the next process can
finish what one that dies in between has begun: ``resume_install``.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from launcher_gui.downloads.errors.disk_errors import DestinationExistsError, DiskFullError, FolderError
from launcher_gui.downloads.partial import sidecar
from launcher_gui.downloads.partial.disk import disk_errors, free_space, sync_folder
from launcher_gui.downloads.partial.model_file_check import InvalidModelFileError, model_problem
from launcher_gui.downloads.request import DownloadRequest
from launcher_gui.downloads.rules.naming import partial_path, sidecar_path
from launcher_gui.recovery.classification import ErrorCategory
from launcher_gui.text.message import message

_MARGIN_LIMIT = 64 * 1024 * 1024
_MARGIN_BASE = 1024 * 1024
_MOUNT_ROOTS = frozenset({Path("/mnt"), Path("/media"), Path("/Volumes")})
_USER_MOUNT_ROOTS = frozenset({Path("/media"), Path("/run/media")})
_COARSEST_MTIME_S = 2.0  # FAT


def check_destination(destination: Path, needed_bytes: int | None = None) -> None:
    """Make sure, before anything is requested, that the file can be saved; creates the folder.

    Args:
        destination: The path of the finished file.
        needed_bytes: How many bytes are still to be written, if known.

    Raises:
        FolderError: If the folder is a file, cannot be created, is not writable, or its disk is not connected.
        DestinationExistsError: If the path exists already, even as a broken link.
        DiskFullError: If there is not enough space, with a margin.
    """
    with disk_errors(destination):
        _make_folder(destination.parent)
        if os.path.lexists(destination):
            raise DestinationExistsError(destination)
        _probe(destination.parent)
    check_space(destination, needed_bytes)


def check_space(destination: Path, needed_bytes: int | None, promised_bytes: int = 0) -> None:
    """Make sure that ``needed_bytes`` more fit on the disk of ``destination``, with a margin.

    Args:
        destination: The path of the finished file.
        needed_bytes: How many bytes are still to be written, if known.
        promised_bytes: How many other downloads will write there.

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
    """Move the finished ``part`` to its name, durably.

    The record remains until ``forget_install``, so that after a crash before the success was stored the file is not
    taken for another program's.

    Args:
        part: The complete file.
        destination: Its final path.
        sha256: Its verified hash, if one was known; another one than SHA-256 begins with its name.

    Raises:
        InvalidModelFileError: If it is not the kind of model that its name says; the partial file is not touched.
        DestinationExistsError: If the path exists; neither it nor the partial file is touched.
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
    """Return whether an earlier process installed this download and died before it stored that.

    Finishes a half-done installation. Call it before ``check_destination`` and before the partial file is opened.
    """
    destination, part = request.destination, partial_path(request.destination)
    record = sidecar.load(sidecar_path(destination))
    if record is None or record.install is None or record.recorded.url != request.url:
        return False
    if request.proof is not None and str(request.proof) != record.install.sha256:
        return False
    with disk_errors(destination):
        if _is_empty(destination) and _is_announced(part, record.install):
            part.replace(destination)  # only the name was claimed
        if not _is_announced(destination, record.install):
            return False
        if _same_file(part, destination):
            part.unlink()
        sync_folder(destination.parent)
    return True


def forget_install(destination: Path) -> None:
    """Remove the record of a finished download; call it once its outcome has been committed.

    The record of a partial file stays: it belongs to a later download to the same destination.
    """
    with disk_errors(destination):
        if not os.path.lexists(partial_path(destination)):
            sidecar.remove(sidecar_path(destination))


def move_without_clobber(source: Path, target: Path) -> None:
    """Rename ``source`` to ``target`` in the same folder.

    Raises:
        FileExistsError: If another file has that name.
    """
    if sys.platform == "win32":
        source.rename(target)  # does not replace an existing file there
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
        path = str(folder)
        is_file = folder.exists()
        problem = message("folder.is_file", folder=path) if is_file else message("folder.broken_link", folder=path)
        raise FolderError(folder, problem, ErrorCategory.VALIDATION)
    if _on_missing_disk(folder):
        raise FolderError(folder, message("folder.not_connected", folder=str(folder)))
    folder.mkdir(parents=True, exist_ok=True)


def _on_missing_disk(folder: Path) -> bool:
    """Creating the folder of a disconnected disk would fill the system disk unnoticed."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    if missing[-1].parent == missing[-1]:
        return True  # a drive letter
    return any(
        (path.parent in _MOUNT_ROOTS or path.parent.parent in _USER_MOUNT_ROOTS) and not path.parent.is_mount()
        for path in missing
    )


def _probe(folder: Path) -> None:
    """Permissions alone are not enough: root passes them all, and a share may refuse for its own reasons."""
    with tempfile.TemporaryFile(dir=folder):
        pass
