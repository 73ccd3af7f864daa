"""Copies of a store, made while other programs use it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path


def copy_store(path: str, target: Path) -> None:
    """Copy the last committed state of the store to ``target``, which its owner alone can read; it replaces any file.

    An unfinished copy has another name. A write meanwhile makes SQLite start the copy again
    (https://sqlite.org/backup.html), so that a copy is always of one moment.

    Raises:
        OSError: If ``target`` cannot be written.
        sqlite3.Error: If ``target`` cannot be written or the store cannot be read.
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
