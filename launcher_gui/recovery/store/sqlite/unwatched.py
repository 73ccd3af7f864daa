"""Reading a store only when its files have changed, without keeping it open."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from launcher_gui.recovery.store.sqlite.connection import connect, consistently, failed
from launcher_gui.recovery.store.sqlite.files import log_of
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction

_SETTLED_NS = 50_000_000
"""Some file systems round the time of a change to several milliseconds."""

T = TypeVar("T")

_Stamp = tuple[int, int, int] | None


def read_if_changed(path: str, body: Callable[[SQLiteTransaction], T], mark: object) -> tuple[T, object] | None:
    """Do what ``Store.read_if_changed`` promises, for the file ``path``."""
    try:
        state = (_stamp(Path(path)), _stamp(log_of(path)))
        if state == mark or state[0] is None:
            return None
        with contextlib.closing(connect(path)) as db:
            db.execute("PRAGMA query_only = ON")
            result = consistently(db, lambda: body(SQLiteTransaction(db)))
    except sqlite3.Error as error:
        raise failed(path, error) from error
    # A change in the same moment might not show in the time stamp, so the next call reads again.
    settled = time.time_ns() - max(stamp[0] for stamp in state if stamp is not None) > _SETTLED_NS
    return result, state if settled else None


def _stamp(file: Path) -> _Stamp:
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size
