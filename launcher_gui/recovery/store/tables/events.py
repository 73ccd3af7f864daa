"""Events: facts in the past tense, appended in the transaction of the change that they describe."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Collection, Sequence
from typing import Any

from launcher_gui.recovery.operation import Event, to_json
from launcher_gui.recovery.store import ports
from launcher_gui.recovery.store.tables.table import Table
from launcher_gui.text.message import Message, to_data

LOOKED_BACK = 50_000
"""How many events a search by kind covers: kinds have no index, and a window must open at once."""

_SELECT = "SELECT seq, at, operation_id, kind, data FROM events"


def told(**facts: Message) -> dict[str, Any]:
    """Return messages as the data of an event, without empty ones."""
    return {name: to_data(fact) for name, fact in facts.items() if fact}


class EventsTable(Table, ports.Events):
    """Events in SQLite."""

    def append(self, now: float, kind: str, operation_id: str = "", **data: object) -> None:
        self._db.execute(
            "INSERT INTO events (at, operation_id, kind, data) VALUES (?, ?, ?, ?)",
            (now, operation_id, kind, to_json(data)),
        )

    def append_all(self, now: float, operation_id: str, facts: Sequence[tuple[str, object]]) -> None:
        """Append several events about one operation, each a kind with its data, in order, with one statement."""
        self._db.execute(
            f"INSERT INTO events (at, operation_id, kind, data) VALUES {', '.join(['(?, ?, ?, ?)'] * len(facts))}",
            [value for kind, data in facts for value in (now, operation_id, kind, to_json(data))],
        )

    def since(self, seq: int) -> list[Event]:
        return [_event(row) for row in self._db.execute(f"{_SELECT} WHERE seq > ? ORDER BY seq", (seq,))]

    def of_kind(self, kind: str) -> list[Event]:
        return [_event(row) for row in self._db.execute(f"{_SELECT} WHERE kind = ? ORDER BY seq", (kind,))]

    def newest_by_operation(self, ids: Collection[str], most: int) -> dict[str, list[Event]]:
        found: dict[str, deque[Event]] = {operation_id: deque(maxlen=most) for operation_id in ids}
        for row in self._db.execute(_SELECT):
            if row[2] in found:
                found[row[2]].append(_event(row))
        return {operation_id: list(told) for operation_id, told in found.items()}

    def latest(self, kind: str, operation_id: str) -> Event | None:
        row = self._db.execute(
            f"{_SELECT} WHERE kind = ? AND operation_id = ? ORDER BY seq DESC LIMIT 1", (kind, operation_id)
        ).fetchone()
        return None if row is None else _event(row)

    def newest(self, kinds: Sequence[str], most: int) -> list[Event]:
        rows = self._db.execute(
            f"{_SELECT} WHERE seq > ? AND kind IN ({', '.join('?' * len(kinds))}) ORDER BY seq DESC LIMIT ?",
            (self.last_seq() - LOOKED_BACK, *kinds, most),
        ).fetchall()
        return [_event(row) for row in rows[::-1]]

    def newest_about(self, ids: Collection[str] | None, after: int, most: int) -> list[Event]:
        about = "" if ids is None else "AND operation_id IN (SELECT value FROM json_each(?))"
        rows = self._db.execute(
            f"{_SELECT} WHERE seq > ? {about} ORDER BY seq DESC LIMIT ?",
            (max(after, self.last_seq() - LOOKED_BACK), *([] if ids is None else [to_json(list(ids))]), most),
        ).fetchall()
        return [_event(row) for row in rows[::-1]]

    def last_seq(self) -> int:
        row = self._db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'events'").fetchone()
        return 0 if row is None else int(row[0])

    def trimmed(self) -> int:
        row = self._db.execute("SELECT value FROM counters WHERE name = 'events trimmed'").fetchone()
        return 0 if row is None else int(row[0])


def _event(row: tuple[Any, ...]) -> Event:
    seq, at, operation_id, kind, data = row
    return Event(seq, at, operation_id, kind, json.loads(data))
