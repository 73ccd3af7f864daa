"""Copies of a whole store, made while others use it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path


def copy_store(path: str, target: Path) -> None:
    """Copy the store as it was committed last to ``target``, for its owner's eyes; a former file there is replaced.

    A copy that was not finished bears another name. Whoever writes meanwhile has SQLite begin the copy anew
    (https://sqlite.org/backup.html), so that what is copied is always of one moment.

    Raises:
        OSError: If it cannot be written there.
        sqlite3.Error: The same, or the store cannot be read.
    """
    unfinished = Path(f"{target}.part")
    try:
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with (
            contextlib.closing(sqlite3.connect(path)) as source,
            contextlib.closing(sqlite3.connect(unfinished)) as copy,
        ):
            source.backup(copy)
        unfinished.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
