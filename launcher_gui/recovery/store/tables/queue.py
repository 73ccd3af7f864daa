"""The queue: the order of queued operations, and moves within it.

A move does not change ``updated_at``: a position in the queue says nothing about the work.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from launcher_gui.recovery.operation import EventKind, Operation, OperationState, Priority
from launcher_gui.recovery.rules.queue_order import STEP, Move, QueueLimits, placed, reordered
from launcher_gui.recovery.store import ports
from launcher_gui.recovery.store.records import ACTIVE, Turn
from launcher_gui.recovery.store.tables.table import Table, marks

# By itself, SQLite chooses another index and sorts all queued operations for each claim.
_QUEUED = "FROM operations INDEXED BY queue WHERE state = 'queued'"

_IN_ORDER = "ORDER BY priority DESC, queue_position, created_at, id"

_PRIORITIES = {int(priority): priority for priority in Priority}  # a lookup costs a tenth of a call of the class

_ALL_TERMS = QueueLimits(at_once=1)


class QueueTable(Table, ports.Queue):
    """The queue in SQLite."""

    def order(self) -> list[Turn]:
        rows = self._db.execute(f"SELECT id, priority, queue_position {_QUEUED} {_IN_ORDER}")
        return [Turn(id_, _PRIORITIES[priority], position) for id_, priority, position in rows]

    def next_queued(
        self, functions: Collection[str], but: Collection[str] = (), terms: QueueLimits = _ALL_TERMS
    ) -> str | None:
        if not functions:  # SQLite refuses the index for an empty list
            return None
        wanted = ""
        values: list[object] = [*functions, *but]
        if terms.per_scope:
            wanted += (
                " AND (scope IS NULL OR scope NOT IN (SELECT scope FROM operations WHERE state IN (?, ?)"
                " AND parent_id IS NULL AND scope IS NOT NULL GROUP BY scope HAVING count(*) >= ?))"
            )
            values += [*ACTIVE, terms.per_scope]
        if terms.closed:
            wanted += " AND ignores_schedule"
        row = self._db.execute(
            f"SELECT id {_QUEUED} AND function IN ({marks(functions)})"
            f" AND id NOT IN ({marks(but)}){wanted} {_IN_ORDER} LIMIT 1",
            values,
        ).fetchone()
        return None if row is None else str(row[0])

    def claim_next(
        self,
        functions: Collection[str],
        owner_id: str,
        now: float,
        but: Collection[str] = (),
        terms: QueueLimits = _ALL_TERMS,
    ) -> Operation | None:
        operation_id = self.next_queued(functions, but, terms)
        return None if operation_id is None else self._tx.operations.claim(operation_id, owner_id, now)

    def move(
        self, ids: Collection[str], where: Move, by: str, now: float, before: str | None = None
    ) -> tuple[str, ...]:
        turns = self.order()
        among = frozenset(ids)
        chosen = [turn for turn in turns if turn.id in among]
        if where is Move.BEFORE and turns:
            anchor = next((turn for turn in turns if turn.id == before), None)
            self._reorder(turns, chosen, where, (anchor or turns[-1]).priority, by, now, before)
        elif where is not Move.BEFORE:
            for priority in Priority:
                same = [turn for turn in chosen if turn.priority is priority]
                if same:
                    self._reorder(turns, same, where, priority, by, now)
        return tuple(turn.id for turn in chosen)

    def prioritise(self, ids: Collection[str], priority: Priority, by: str, now: float) -> tuple[str, ...]:
        queued = [turn.id for turn in self.order()]
        rank = {operation_id: at for at, operation_id in enumerate(queued)}
        done = []
        for operation_id in sorted(ids, key=lambda each: rank.get(each, len(rank))):
            found = self._tx.operations.get(operation_id)
            if found is None or found.parent_id is not None or found.state is OperationState.COMPLETED:
                continue
            done.append(operation_id)
            if found.priority is not priority:
                self._set_position(operation_id, priority, self._last_position(priority, now))
                self._tx.events.append(
                    now, EventKind.OPERATION_MOVED, operation_id, priority=priority.name.lower(), by=by
                )
        return tuple(done)

    def hasten(self, operation_id: str, by: str, now: float, *, ignores_schedule: bool) -> None:
        self.move([operation_id], Move.FRONT, by, now)
        if ignores_schedule:
            self._db.execute(
                "UPDATE operations SET ignores_schedule = 1, version = version + 1 WHERE id = ?", (operation_id,)
            )
            self._tx.events.append(now, EventKind.OPERATION_MOVED, operation_id, ignores_schedule=True, by=by)

    def _reorder(
        self,
        turns: Sequence[Turn],
        chosen: Sequence[Turn],
        where: Move,
        priority: Priority,
        by: str,
        now: float,
        before: str | None = None,
    ) -> None:
        """Put ``chosen`` at their new positions among those of ``priority``."""
        there = [turn.id for turn in turns if turn.priority is priority]
        moved = [turn.id for turn in chosen]
        among = frozenset(moved)
        wanted = reordered(there, moved, where, before)
        if wanted == there:
            return
        known = {turn.id: turn.position for turn in turns}
        for operation_id, position in placed(wanted, known, among).items():
            self._set_position(operation_id, priority, position)
            told = {"move": where} if operation_id in among else {}
            self._tx.events.append(now, EventKind.OPERATION_MOVED, operation_id, by=by, **told)

    def _set_position(self, operation_id: str, priority: Priority, position: float) -> None:
        self._db.execute(
            "UPDATE operations SET priority = ?, queue_position = ?, version = version + 1 WHERE id = ?",
            (priority, position, operation_id),
        )

    def _last_position(self, priority: Priority, now: float) -> float:
        (last,) = self._db.execute(f"SELECT max(queue_position) {_QUEUED} AND priority = ?", (priority,)).fetchone()
        return now if last is None else max(now, last + STEP)
