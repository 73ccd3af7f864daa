"""The queue in the store: who is next, and being moved within it. Order is one transaction with an event, for all.

What is moved keeps ``updated_at``: where it stands in the queue is no news of the work itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from typing import NamedTuple

from launcher_gui.recovery.operation import EventKind, Operation, OperationState, Priority
from launcher_gui.recovery.rules.queue_order import STEP, Move, QueueLimits, placed, reordered
from launcher_gui.recovery.store.tables import events, operations

# Left to itself, SQLite finds all that is queued by another index and sorts it for each claim.
_QUEUED = "FROM operations INDEXED BY queue WHERE state = 'queued'"
_IN_ORDER = "ORDER BY priority DESC, queue_position, created_at, id"
_PRIORITIES = {int(priority): priority for priority in Priority}  # looked up, thousands cost a tenth of being made
_ALL_TERMS = QueueLimits(at_once=1)


class Turn(NamedTuple):
    """One who is queued.

    Attributes:
        id: The operation.
        priority: Its priority.
        position: Where it stands among those of its priority.
    """

    id: str
    priority: Priority
    position: float


def order(db: sqlite3.Connection) -> list[Turn]:
    """Return who is queued, the next first."""
    rows = db.execute(f"SELECT id, priority, queue_position {_QUEUED} {_IN_ORDER}")
    return [Turn(id_, _PRIORITIES[priority], position) for id_, priority, position in rows]


def next_queued(
    db: sqlite3.Connection, functions: Collection[str], but: Collection[str] = (), terms: QueueLimits = _ALL_TERMS
) -> str | None:
    """Return the id of the operation whose turn it is, for someone who knows ``functions``; ``None`` if nobody's is.

    Those in ``but`` are passed over: who asks is still busy with an earlier run of them. So is, without losing its
    place, one whose scope has as many at work as ``terms`` allow, in whichever process.
    """
    if not functions:  # nobody's, and SQLite refuses to look for it by the index
        return None
    wanted = ""
    values: list[object] = [*functions, *but]
    if terms.per_scope:
        wanted += (
            " AND (scope IS NULL OR scope NOT IN (SELECT scope FROM operations WHERE state IN (?, ?)"
            " AND parent_id IS NULL AND scope IS NOT NULL GROUP BY scope HAVING count(*) >= ?))"
        )
        values += [*operations.ACTIVE, terms.per_scope]
    if terms.closed:
        wanted += " AND ignores_schedule"
    row = db.execute(
        f"SELECT id {_QUEUED} AND function IN ({operations.marks(functions)})"
        f" AND id NOT IN ({operations.marks(but)}){wanted} {_IN_ORDER} LIMIT 1",
        values,
    ).fetchone()
    return None if row is None else str(row[0])


def claim_next(
    db: sqlite3.Connection,
    functions: Collection[str],
    owner_id: str,
    now: float,
    but: Collection[str] = (),
    terms: QueueLimits = _ALL_TERMS,
) -> Operation | None:
    """Claim the operation that ``next_queued`` tells, if there is one."""
    operation_id = next_queued(db, functions, but, terms)
    return None if operation_id is None else operations.claim(db, operation_id, owner_id, now)


def move(
    db: sqlite3.Connection, ids: Collection[str], where: Move, by: str, now: float, before: str | None = None
) -> tuple[str, ...]:
    """Move those of ``ids`` that are queued, who stay in order among themselves.

    Args:
        db: The connection, inside a transaction.
        ids: The operations.
        where: Where to, among those of the same priority.
        by: Who asks, for the history.
        now: POSIX seconds.
        before: For ``Move.BEFORE``, the operation before which they come and whose priority they take; where it is not
            queued, they come last of all.

    Returns:
        Those that are queued, and so stand where they were wanted, in the order of the queue.
    """
    turns = order(db)
    among = frozenset(ids)
    chosen = [turn for turn in turns if turn.id in among]
    if where is Move.BEFORE and turns:
        anchor = next((turn for turn in turns if turn.id == before), None)
        _stand(db, turns, chosen, where, (anchor or turns[-1]).priority, by, now, before)
    elif where is not Move.BEFORE:
        for priority in Priority:
            same = [turn for turn in chosen if turn.priority is priority]
            if same:
                _stand(db, turns, same, where, priority, by, now)
    return tuple(turn.id for turn in chosen)


def prioritise(
    db: sqlite3.Connection, ids: Collection[str], priority: Priority, by: str, now: float
) -> tuple[str, ...]:
    """Give operations another priority, within which they come last; also such as are not queued at present.

    Returns:
        Those that have it now: steps and what is completed have none.
    """
    queued = [turn.id for turn in order(db)]
    rank = {operation_id: at for at, operation_id in enumerate(queued)}
    done = []
    for operation_id in sorted(ids, key=lambda each: rank.get(each, len(rank))):
        found = operations.get(db, operation_id)
        if found is None or found.parent_id is not None or found.state is OperationState.COMPLETED:
            continue
        done.append(operation_id)
        if found.priority is not priority:
            _put(db, operation_id, priority, _back(db, priority, now))
            events.append(db, now, EventKind.OPERATION_MOVED, operation_id, priority=priority.name.lower(), by=by)
    return tuple(done)


def hasten(db: sqlite3.Connection, operation_id: str, by: str, now: float, *, ignores_schedule: bool) -> None:
    """Let a queued operation be the next of its priority, and if wanted whatever the schedule says."""
    move(db, [operation_id], Move.FRONT, by, now)
    if ignores_schedule:
        db.execute("UPDATE operations SET ignores_schedule = 1, version = version + 1 WHERE id = ?", (operation_id,))
        events.append(db, now, EventKind.OPERATION_MOVED, operation_id, ignores_schedule=True, by=by)


def _stand(
    db: sqlite3.Connection,
    turns: Sequence[Turn],
    chosen: Sequence[Turn],
    where: Move,
    priority: Priority,
    by: str,
    now: float,
    before: str | None = None,
) -> None:
    """Let ``chosen`` stand where they are wanted among those of ``priority``."""
    there = [turn.id for turn in turns if turn.priority is priority]
    moved = [turn.id for turn in chosen]
    among = frozenset(moved)
    wanted = reordered(there, moved, where, before)
    if wanted == there:
        return
    known = {turn.id: turn.position for turn in turns}
    for operation_id, position in placed(wanted, known, among).items():
        _put(db, operation_id, priority, position)
        told = {"move": where} if operation_id in among else {}
        events.append(db, now, EventKind.OPERATION_MOVED, operation_id, by=by, **told)


def _put(db: sqlite3.Connection, operation_id: str, priority: Priority, position: float) -> None:
    db.execute(
        "UPDATE operations SET priority = ?, queue_position = ?, version = version + 1 WHERE id = ?",
        (priority, position, operation_id),
    )


def _back(db: sqlite3.Connection, priority: Priority, now: float) -> float:
    (last,) = db.execute(f"SELECT max(queue_position) {_QUEUED} AND priority = ?", (priority,)).fetchone()
    return now if last is None else max(now, last + STEP)
