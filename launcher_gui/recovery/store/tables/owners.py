"""Owners in the store: who is alive, and what becomes of the work of those who are not."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from launcher_gui.recovery.operation import Owner
from launcher_gui.recovery.runtime import process_identity as rules
from launcher_gui.recovery.runtime.process_identity import is_gone, why_gone
from launcher_gui.recovery.store.tables import crash_counts, operations

_COLUMNS = "id, pid, process_started, host, kind, started_at, lease_until"


def register(db: sqlite3.Connection, owner: Owner) -> None:
    """Add an owner."""
    db.execute(
        f"INSERT INTO owners ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            owner.id,
            owner.pid,
            owner.process_started,
            owner.host,
            owner.kind,
            owner.started_at,
            owner.lease_until,
        ),
    )


def heartbeat(db: sqlite3.Connection, owner: Owner, lease_until: float) -> None:
    """Extend an owner's lease; one whose row was swept away while it slept is there again."""
    db.execute(
        f"INSERT INTO owners ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET lease_until = excluded.lease_until",
        (owner.id, owner.pid, owner.process_started, owner.host, owner.kind, owner.started_at, lease_until),
    )


def retire(db: sqlite3.Connection, owner_id: str, now: float) -> None:
    """Remove an owner that leaves; what it still holds becomes interrupted."""
    _remove(db, owner_id, _held(db, owner_id), operations.INTERRUPTED, now)


def get(db: sqlite3.Connection, owner_id: str) -> Owner | None:
    """Return the owner, ``None`` if there is none of that id."""
    row = db.execute(f"SELECT {_COLUMNS} FROM owners WHERE id = ?", (owner_id,)).fetchone()
    return None if row is None else Owner(*row)


def every(db: sqlite3.Connection) -> dict[str, Owner]:
    """Return all owners that are recorded, by id, gone or not."""
    return {owner.id: owner for owner in _all(db)}


def alive(db: sqlite3.Connection, now: float) -> list[Owner]:
    """Return the owners that are there."""
    return [owner for owner in _all(db) if not is_gone(owner, now)]


def sweep(db: sqlite3.Connection, now: float) -> int:
    """Interrupt the work of owners that are gone, forget those owners, and return how many there were."""
    gone = [owner.id for owner in _all(db) if is_gone(owner, now)] + _unknown(db)
    for owner_id in gone:
        lose(db, owner_id, now)
    return len(gone)


def lose(db: sqlite3.Connection, owner_id: str, now: float) -> None:
    """Interrupt the work of an owner that is gone, count it as lost, and forget the owner."""
    owner = get(db, owner_id)
    evidence = None if owner is None else why_gone(owner, now)
    held = _held(db, owner_id)
    for operation_id in held:
        crash_counts.count(db, operation_id)
    reason = evidence or operations.INTERRUPTED.reason
    _remove(db, owner_id, held, replace(operations.INTERRUPTED, reason=reason), now)


def machine_elsewhere(db: sqlite3.Connection, now: float) -> str | None:
    """Return the name of another machine that somebody uses this store on, ``None`` if there is none."""
    return next((name for owner in _all(db) if (name := rules.machine_elsewhere(owner, now)) is not None), None)


def _remove(
    db: sqlite3.Connection, owner_id: str, held: list[str], standing: operations.StateChange, now: float
) -> None:
    for operation_id in held:
        operations.settle(db, operation_id, owner_id, standing, now)
    db.execute("DELETE FROM owners WHERE id = ?", (owner_id,))


def _all(db: sqlite3.Connection) -> list[Owner]:
    return [Owner(*row) for row in db.execute(f"SELECT {_COLUMNS} FROM owners")]


def _unknown(db: sqlite3.Connection) -> list[str]:
    """Return the owners of work that nobody knows: swept while they slept, they took it before they beat again."""
    found = db.execute(
        "SELECT DISTINCT owner_id FROM operations WHERE state IN (?, ?) AND owner_id NOT IN (SELECT id FROM owners)",
        operations.ACTIVE,
    )
    return [row[0] for row in found]


def _held(db: sqlite3.Connection, owner_id: str) -> list[str]:
    return [operation_id for operation_id, _ in operations.held_by(db, (owner_id,))]
