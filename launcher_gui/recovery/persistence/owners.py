"""Owners in the store: who is alive, and what becomes of the work of those who are not."""

from __future__ import annotations

import sqlite3

from launcher_gui.recovery.operation import OperationState, Owner
from launcher_gui.recovery.owner import is_gone
from launcher_gui.recovery.persistence import losses, operations

_ACTIVE = tuple(state for state in OperationState if state.active)

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
    for operation_id in _held(db, owner_id):
        operations.settle(db, operation_id, owner_id, operations.INTERRUPTED, now)
    db.execute("DELETE FROM owners WHERE id = ?", (owner_id,))


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
    for operation_id in _held(db, owner_id):
        losses.count(db, operation_id)
    retire(db, owner_id, now)


def _all(db: sqlite3.Connection) -> list[Owner]:
    return [Owner(*row) for row in db.execute(f"SELECT {_COLUMNS} FROM owners")]


def _unknown(db: sqlite3.Connection) -> list[str]:
    """Return the owners of work that nobody knows: swept while they slept, they took it before they beat again."""
    found = db.execute(
        "SELECT DISTINCT owner_id FROM operations WHERE state IN (?, ?) AND owner_id NOT IN (SELECT id FROM owners)",
        _ACTIVE,
    )
    return [row[0] for row in found]


def _held(db: sqlite3.Connection, owner_id: str) -> list[str]:
    # What is owned is active, and found by its state however many operations there are.
    held = db.execute("SELECT id FROM operations WHERE state IN (?, ?) AND owner_id = ?", (*_ACTIVE, owner_id))
    return [row[0] for row in held]
