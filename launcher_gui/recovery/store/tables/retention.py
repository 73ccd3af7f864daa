"""Trimming of old events and answered commands, one batch per transaction, so that no writer waits long.

Events about unfinished operations are kept. Operations and their attempts stay until they are removed.
"""

from __future__ import annotations

from launcher_gui.recovery.store import ports
from launcher_gui.recovery.store.tables.table import Table

STRETCH = 500

"""Events or commands per transaction."""


class HistoryTable(Table, ports.History):
    """The retention of the history in SQLite."""

    def take_turn(self, now: float, interval_s: float) -> bool:
        row = self._db.execute("SELECT value FROM counters WHERE name = 'history trimmed at'").fetchone()
        if row is not None and 0 <= now - row[0] < interval_s:  # in the future: the clock was set back
            return False
        self._db.execute("INSERT OR REPLACE INTO counters (name, value) VALUES ('history trimmed at', ?)", (int(now),))
        return True

    def trim_events(self, after: int, before: float | None) -> int | None:
        stretch = self._db.execute(
            "SELECT seq, at FROM events WHERE seq > ? ORDER BY seq LIMIT ?", (after, STRETCH)
        ).fetchall()
        if not stretch or (before is not None and stretch[0][1] >= before):
            return None
        last = stretch[-1][0]
        gone = self._db.execute(
            "DELETE FROM events WHERE seq > ? AND seq <= ? AND (? IS NULL OR at < ?) AND NOT EXISTS ("
            " SELECT 1 FROM operations o WHERE o.id = events.operation_id AND o.ended_at IS NULL) RETURNING seq",
            (after, last, before, before),
        ).fetchall()
        if gone:
            # Tells readers that are behind that they have missed events.
            self._db.execute(
                "INSERT INTO counters (name, value) VALUES ('events trimmed', ?)"
                " ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)",
                (max(seq for (seq,) in gone),),
            )
        return int(last)

    def trim_commands(self, after: int, before: float) -> int | None:
        row = self._db.execute(
            "SELECT max(id) FROM (SELECT id FROM commands WHERE id > ? ORDER BY id LIMIT ?)", (after, STRETCH)
        ).fetchone()
        if row[0] is None:
            return None
        self._db.execute("DELETE FROM commands WHERE id > ? AND id <= ? AND answered_at < ?", (after, row[0], before))
        return int(row[0])

    def used_bytes(self) -> int:
        size, pages, free = (
            self._db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_size", "page_count", "freelist_count")
        )
        return int(size * (pages - free))
