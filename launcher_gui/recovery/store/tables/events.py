"""Past-tense facts, appended in the transaction of the change that they tell of."""

from __future__ import annotations

import json
import sqlite3
from collections import deque
from collections.abc import Collection, Sequence
from typing import Any

from launcher_gui.recovery.operation import Event, to_json
from launcher_gui.text.message import Message, to_data

LOOKED_BACK = 50_000
"""How many events a search by kind goes through: there is no index of kinds, and a window must open at once."""

_SELECT = "SELECT seq, at, operation_id, kind, data FROM events"


def told(**facts: Message) -> dict[str, Any]:
    """Return ``facts`` as the data of an event, without those that say nothing."""
    return {name: to_data(fact) for name, fact in facts.items() if fact}


def append(db: sqlite3.Connection, now: float, kind: str, operation_id: str = "", **data: object) -> None:
    """Append the fact ``kind`` about an operation, or about the store as a whole."""
    db.execute(
        "INSERT INTO events (at, operation_id, kind, data) VALUES (?, ?, ?, ?)",
        (now, operation_id, kind, to_json(data)),
    )


def append_all(db: sqlite3.Connection, now: float, operation_id: str, facts: Sequence[tuple[str, object]]) -> None:
    """Append several facts, kind and particulars, about one operation, in order, with one statement."""
    db.execute(
        f"INSERT INTO events (at, operation_id, kind, data) VALUES {', '.join(['(?, ?, ?, ?)'] * len(facts))}",
        [value for kind, data in facts for value in (now, operation_id, kind, to_json(data))],
    )


def since(db: sqlite3.Connection, seq: int) -> list[Event]:
    """Return the events after ``seq``, in order."""
    return [_event(row) for row in db.execute(f"{_SELECT} WHERE seq > ? ORDER BY seq", (seq,))]


def of_kind(db: sqlite3.Connection, kind: str) -> list[Event]:
    """Return the events of a kind, in order."""
    return [_event(row) for row in db.execute(f"{_SELECT} WHERE kind = ? ORDER BY seq", (kind,))]


def newest_by_operation(db: sqlite3.Connection, ids: Collection[str], most: int) -> dict[str, list[Event]]:
    """Return the newest events about each of these operations, ``most`` at most, in order: one reading of the table."""
    found: dict[str, deque[Event]] = {operation_id: deque(maxlen=most) for operation_id in ids}
    for row in db.execute(_SELECT):
        if row[2] in found:
            found[row[2]].append(_event(row))
    return {operation_id: list(told) for operation_id, told in found.items()}


def latest(db: sqlite3.Connection, kind: str, operation_id: str) -> Event | None:
    """Return the newest event of that kind about an operation, ``None`` if there is none.

    Searched from the newest event back: what happened lately is found at once.
    """
    row = db.execute(
        f"{_SELECT} WHERE kind = ? AND operation_id = ? ORDER BY seq DESC LIMIT 1", (kind, operation_id)
    ).fetchone()
    return None if row is None else _event(row)


def newest(db: sqlite3.Connection, kinds: Sequence[str], most: int) -> list[Event]:
    """Return the newest ``most`` events of ``kinds``, in order, as far as they are among the last ``LOOKED_BACK``."""
    rows = db.execute(
        f"{_SELECT} WHERE seq > ? AND kind IN ({', '.join('?' * len(kinds))}) ORDER BY seq DESC LIMIT ?",
        (last_seq(db) - LOOKED_BACK, *kinds, most),
    ).fetchall()
    return [_event(row) for row in rows[::-1]]


def newest_about(db: sqlite3.Connection, ids: Collection[str] | None, after: int, most: int) -> list[Event]:
    """Return the newest ``most`` events after ``after`` about these operations, by default all events, in order.

    Only the last ``LOOKED_BACK`` events are gone through: there is no index of operations.
    """
    about = "" if ids is None else "AND operation_id IN (SELECT value FROM json_each(?))"
    rows = db.execute(
        f"{_SELECT} WHERE seq > ? {about} ORDER BY seq DESC LIMIT ?",
        (max(after, last_seq(db) - LOOKED_BACK), *([] if ids is None else [to_json(list(ids))]), most),
    ).fetchall()
    return [_event(row) for row in rows[::-1]]


def last_seq(db: sqlite3.Connection) -> int:
    """Return the order of the newest event ever appended, also if it has been trimmed since; 0 if there was none."""
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'events'").fetchone()
    return 0 if row is None else int(row[0])


def trimmed(db: sqlite3.Connection) -> int:
    """Return the order up to which events may be missing because they were trimmed, 0 if none ever was."""
    row = db.execute("SELECT value FROM counters WHERE name = 'events trimmed'").fetchone()
    return 0 if row is None else int(row[0])


def _event(row: tuple[Any, ...]) -> Event:
    seq, at, operation_id, kind, data = row
    return Event(seq, at, operation_id, kind, json.loads(data))
