"""Progress in the store: the newest of each operation, and a tick by which readers find what is new."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from launcher_gui.recovery.operation import Progress


def save(db: sqlite3.Connection, progress: Mapping[str, Progress], owner_id: str | None = None) -> frozenset[str]:
    """Record how far operations are. No event tells of it: readers follow the tick instead.

    Returns:
        Those of which nothing was recorded because they are not, or no longer, ``owner_id``'s.
    """
    lost = frozenset[str]()
    if owner_id is not None:
        marks = ",".join("?" * len(progress))
        held = db.execute(f"SELECT id FROM operations WHERE id IN ({marks}) AND owner_id = ?", (*progress, owner_id))
        lost = frozenset(progress.keys() - {row[0] for row in held})
    for operation_id, now_at in progress.items():
        if operation_id in lost:
            continue
        (tick,) = db.execute(
            "UPDATE counters SET value = value + 1 WHERE name = 'progress tick' RETURNING value"
        ).fetchone()
        db.execute(
            "INSERT INTO progress (operation_id, done, total, phase, at, tick)"
            " SELECT id, ?, ?, ?, ?, ? FROM operations WHERE id = ?"
            " ON CONFLICT (operation_id) DO UPDATE SET done = excluded.done, total = excluded.total,"
            " phase = excluded.phase, at = excluded.at, tick = excluded.tick",
            (now_at.done, now_at.total, now_at.phase, now_at.at, tick, operation_id),
        )
    return lost


def since(db: sqlite3.Connection, tick: int) -> tuple[dict[str, Progress], int]:
    """Return the progress recorded after ``tick``, and the newest tick."""
    rows = db.execute(
        "SELECT operation_id, done, total, phase, at, tick FROM progress WHERE tick > ? ORDER BY tick",
        (tick,),
    ).fetchall()
    newest = rows[-1][5] if rows else tick
    return {row[0]: Progress(*row[1:5]) for row in rows}, newest


def last_tick(db: sqlite3.Connection) -> int:
    """Return the newest tick, 0 if no progress was ever recorded."""
    (tick,) = db.execute("SELECT value FROM counters WHERE name = 'progress tick'").fetchone()
    return int(tick)
