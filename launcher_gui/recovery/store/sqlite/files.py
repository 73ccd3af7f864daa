"""The file of a store and those that SQLite keeps beside it."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from launcher_gui.recovery.exceptions import StoreUnusableError
from launcher_gui.text.message import foreign, message


def log_of(path: str) -> Path:
    """Return the write-ahead log of a store; SQLite keeps it beside the real file, also where the path is a link."""
    return Path(f"{os.path.realpath(path)}-wal")


def make_private(path: Path) -> None:
    """Create folder and file if missing, readable by their owner alone; SQLite's side files follow the file."""
    elsewhere = message("fix.store_elsewhere")
    try:
        if path.is_dir():
            raise StoreUnusableError(str(path), message("store.is_a_folder"), elsewhere)
        if path.parent.exists() and not path.parent.is_dir():
            raise StoreUnusableError(str(path), message("store.folder_is_a_file"), elsewhere)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # One that exists is never opened here: closing any descriptor of a file drops every POSIX lock that the process
        # holds on it, those of SQLite's other connections included (sqlite.org/howtocorrupt.html, 2.2).
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        reason = os.strerror(error.errno).lower() if error.errno else str(error)
        raise StoreUnusableError(str(path), message("store.cannot_open", cause=foreign(reason)), elsewhere) from error


def keep_private(path: Path) -> None:
    """Remove other users' right to read the store, side files included."""
    if os.name != "posix":
        return
    for file in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        with contextlib.suppress(OSError):
            found = file.stat()
            if found.st_uid == os.getuid() and found.st_mode & 0o077:
                file.chmod(stat.S_IRUSR | stat.S_IWUSR)


def size_of(path: str | Path) -> int:
    """Return the size of a file, 0 if there is none."""
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0
