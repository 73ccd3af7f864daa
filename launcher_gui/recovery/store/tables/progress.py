"""Progress: the newest of each operation, with a tick by which readers find what is new."""

from __future__ import annotations

from collections.abc import Mapping

from launcher_gui.recovery.operation import Progress
from launcher_gui.recovery.store import ports
from launcher_gui.recovery.store.tables.table import Table


class ProgressTable(Table, ports.ProgressPort):
    """Progress in SQLite."""

    def save(self, progress: Mapping[str, Progress], owner_id: str | None = None) -> frozenset[str]:
        lost = frozenset[str]()
        if owner_id is not None:
            marks = ",".join("?" * len(progress))
            held = self._db.execute(
                f"SELECT id FROM operations WHERE id IN ({marks}) AND owner_id = ?", (*progress, owner_id)
            )
            lost = frozenset(progress.keys() - {row[0] for row in held})
        for operation_id, now_at in progress.items():
            if operation_id in lost:
                continue
            (tick,) = self._db.execute(
                "UPDATE counters SET value = value + 1 WHERE name = 'progress tick' RETURNING value"
            ).fetchone()
            self._db.execute(
                "INSERT INTO progress (operation_id, done, total, phase, at, tick)"
                " SELECT id, ?, ?, ?, ?, ? FROM operations WHERE id = ?"
                " ON CONFLICT (operation_id) DO UPDATE SET done = excluded.done, total = excluded.total,"
                " phase = excluded.phase, at = excluded.at, tick = excluded.tick",
                (now_at.done, now_at.total, now_at.phase, now_at.at, tick, operation_id),
            )
        return lost

    def since(self, tick: int) -> tuple[dict[str, Progress], int]:
        rows = self._db.execute(
            "SELECT operation_id, done, total, phase, at, tick FROM progress WHERE tick > ? ORDER BY tick",
            (tick,),
        ).fetchall()
        newest = rows[-1][5] if rows else tick
        return {row[0]: Progress(*row[1:5]) for row in rows}, newest

    def last_tick(self) -> int:
        (tick,) = self._db.execute("SELECT value FROM counters WHERE name = 'progress tick'").fetchone()
        return int(tick)
