"""Settings in the store, shared by every process that opens it, and who changed them when."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from launcher_gui.recovery.operation import EventKind, to_json
from launcher_gui.recovery.store.tables import events


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One field that somebody changed.

    Attributes:
        at: When, as POSIX seconds.
        by: Who: what people call the process.
        field: Which.
        before: Its value, ``None`` if nothing had been set.
        after: Its value now, ``None`` if nothing is set any more.
    """

    at: float
    by: str
    field: str
    before: Any
    after: Any


def load(db: sqlite3.Connection) -> dict[str, Any]:
    """Return what is set, by field; what is no JSON, written by nobody of ours, is left out."""
    found = {}
    for field, value in db.execute("SELECT field, value FROM settings"):
        try:
            found[field] = json.loads(value)
        except (TypeError, ValueError):
            continue
    return found


def change(db: sqlite3.Connection, changes: Mapping[str, object], by: str, now: float) -> None:
    """Set fields, all of them or none; ``None`` takes what is set away. An event tells of each what it was before.

    Args:
        db: The connection, inside a transaction.
        changes: Values by field, checked by the caller.
        by: Who changes them.
        now: POSIX seconds.
    """
    set_before = load(db)
    for field, value in changes.items():
        before = set_before.get(field)
        if type(value) is type(before) and value == before:
            continue
        if value is None:
            db.execute("DELETE FROM settings WHERE field = ?", (field,))
        else:
            db.execute("INSERT OR REPLACE INTO settings (field, value) VALUES (?, ?)", (field, to_json(value)))
        events.append(db, now, EventKind.SETTING_CHANGED, field=field, before=before, after=value, by=by)


def history(db: sqlite3.Connection) -> list[SettingChange]:
    """Return the changes that the store still tells of, oldest first."""
    return [
        SettingChange(at=event.at, **{"by": "", **event.data})
        for event in events.of_kind(db, EventKind.SETTING_CHANGED)
    ]
