"""Settings in the store, shared by every process that opens it."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from launcher_gui.recovery.operation import to_json
from launcher_gui.recovery.persistence import events


def load(db: sqlite3.Connection) -> dict[str, Any]:
    """Return what is set, by field."""
    return {field: json.loads(value) for field, value in db.execute("SELECT field, value FROM settings")}


def save(db: sqlite3.Connection, field: str, value: object, now: float) -> None:
    """Set ``field``; the event tells what it was before."""
    before = load(db).get(field)
    db.execute("INSERT OR REPLACE INTO settings (field, value) VALUES (?, ?)", (field, to_json(value)))
    events.append(db, now, "setting changed", field=field, before=before, after=value)
