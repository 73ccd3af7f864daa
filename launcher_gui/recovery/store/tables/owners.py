"""Owners: which processes are alive, and what happens to the operations of those that are not."""

from __future__ import annotations

from dataclasses import replace

from launcher_gui.recovery.operation import Owner
from launcher_gui.recovery.runtime import process_identity as rules
from launcher_gui.recovery.runtime.process_identity import is_gone, why_gone
from launcher_gui.recovery.store import ports
from launcher_gui.recovery.store.records import ACTIVE, INTERRUPTED, StateChange
from launcher_gui.recovery.store.tables.table import Table

_COLUMNS = "id, pid, process_started, host, kind, started_at, lease_until"


class OwnersTable(Table, ports.Owners):
    """Owners in SQLite."""

    def register(self, owner: Owner) -> None:
        self._db.execute(
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

    def heartbeat(self, owner: Owner, lease_until: float) -> None:
        self._db.execute(
            f"INSERT INTO owners ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET lease_until = excluded.lease_until",
            (owner.id, owner.pid, owner.process_started, owner.host, owner.kind, owner.started_at, lease_until),
        )

    def retire(self, owner_id: str, now: float) -> None:
        self._remove(owner_id, self._held(owner_id), INTERRUPTED, now)

    def get(self, owner_id: str) -> Owner | None:
        row = self._db.execute(f"SELECT {_COLUMNS} FROM owners WHERE id = ?", (owner_id,)).fetchone()
        return None if row is None else Owner(*row)

    def every(self) -> dict[str, Owner]:
        return {owner.id: owner for owner in self._all()}

    def alive(self, now: float) -> list[Owner]:
        return [owner for owner in self._all() if not is_gone(owner, now)]

    def sweep(self, now: float) -> int:
        gone = [owner.id for owner in self._all() if is_gone(owner, now)] + self._unknown()
        for owner_id in gone:
            self.lose(owner_id, now)
        return len(gone)

    def lose(self, owner_id: str, now: float) -> None:
        """Interrupt the operations of an owner that is gone, count the loss, and remove the owner."""
        owner = self.get(owner_id)
        evidence = None if owner is None else why_gone(owner, now)
        held = self._held(owner_id)
        for operation_id in held:
            self._tx.crash_counts.count(operation_id)
        reason = evidence or INTERRUPTED.reason
        self._remove(owner_id, held, replace(INTERRUPTED, reason=reason), now)

    def machine_elsewhere(self, now: float) -> str | None:
        """Return the name of another machine whose programs use this store, ``None`` if there is none."""
        return next((name for owner in self._all() if (name := rules.machine_elsewhere(owner, now)) is not None), None)

    def _remove(self, owner_id: str, held: list[str], standing: StateChange, now: float) -> None:
        for operation_id in held:
            self._tx.operations.settle(operation_id, owner_id, standing, now)
        self._db.execute("DELETE FROM owners WHERE id = ?", (owner_id,))

    def _all(self) -> list[Owner]:
        return [Owner(*row) for row in self._db.execute(f"SELECT {_COLUMNS} FROM owners")]

    def _unknown(self) -> list[str]:
        """Return owners without a record: swept while asleep, they claimed work before their next heartbeat."""
        found = self._db.execute(
            "SELECT DISTINCT owner_id FROM operations WHERE state IN (?, ?)"
            " AND owner_id NOT IN (SELECT id FROM owners)",
            ACTIVE,
        )
        return [row[0] for row in found]

    def _held(self, owner_id: str) -> list[str]:
        return [operation_id for operation_id, _ in self._tx.operations.held_by((owner_id,))]
