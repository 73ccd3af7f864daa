"""The change feed: what the store tells, as changes for the projection. Whoever wrote it, it comes the same way."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from launcher_gui.monitor.projection import Changes, OperationRecord
from launcher_gui.recovery.clock import Clock
from launcher_gui.recovery.operation import Command, CommandState, Operation, OperationState
from launcher_gui.recovery.persistence import attempts, commands, events, operations, owners
from launcher_gui.recovery.persistence import progress as progress_rows
from launcher_gui.recovery.persistence.watch import StoreWatch

DELIVERY_INTERVAL_S = 0.01
"""Changes that come faster than this are delivered together."""

DRAWING_INTERVAL_S = 0.1
"""The same for those who draw what they are told: nobody sees more pictures a second."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a reader has come.

    Attributes:
        seq: The newest event that it has seen.
        tick: The newest progress that it has seen.
    """

    seq: int = 0
    tick: int = 0


def read_all(db: sqlite3.Connection) -> tuple[Changes, Cursor]:
    """Return everything there is, as changes from nothing, and where to go on from.

    Each table is read once: a statement for each of ten thousand operations would take a second.
    """
    made, there, asked = attempts.of_all(db), owners.every(db), commands.all_latest_pending(db)
    records = tuple(
        OperationRecord(
            operation=operation,
            attempts=tuple(made.get(operation.id, ())),
            owner=there.get(operation.owner_id) if operation.owner_id is not None else None,
            pending=asked.get(operation.id),
        )
        for operation in operations.in_states(db, tuple(OperationState))
    )
    return Changes(records), Cursor(events.last_seq(db), progress_rows.last_tick(db))


def read_since(db: sqlite3.Connection, cursor: Cursor) -> tuple[Changes, Cursor]:
    """Return what has changed since ``cursor``, and where to go on from."""
    news = events.since(db, cursor.seq)
    touched = dict.fromkeys(event.operation_id for event in news if event.operation_id)
    found = {operation_id: operations.get(db, operation_id) for operation_id in touched}
    records = tuple(_record(db, operation) for operation in found.values() if operation is not None)
    removed = tuple(operation_id for operation_id, operation in found.items() if operation is None)
    progress, tick = progress_rows.since(db, cursor.tick)
    only_progress = {id_: value for id_, value in progress.items() if id_ not in found}
    return Changes(records, only_progress, removed), Cursor(news[-1].seq if news else cursor.seq, tick)


def tells_all(db: sqlite3.Connection, cursor: Cursor) -> bool:
    """Return whether the store still tells all that happened since ``cursor``.

    It does not once the events after it have been trimmed, or if an older copy of the store has been put in its place.
    """
    return events.trimmed(db) <= cursor.seq <= events.last_seq(db)


async def follow(watch: StoreWatch, clock: Clock, interval_s: float = DELIVERY_INTERVAL_S) -> AsyncIterator[Changes]:
    """Yield everything there is, then every change, at most once in ``interval_s``, until cancelled.

    Where changes cannot be told any more, because the reader slept while the history was trimmed or because another
    file has taken the place of the store, everything is yielded anew, and what is not there any more as removed.
    """
    news = watch.subscribe()
    known: frozenset[str] = frozenset()
    generation, cursor = -1, Cursor()
    while True:
        await news.wait()
        news.clear()
        # Nothing is waited for between the two, so that what is read comes from the file that the number is of.
        same, generation = generation == watch.generation, watch.generation
        changes, cursor = await watch.read(_read_on, cursor if same else None, known)
        known = known.union(changes.ids).difference(changes.removed)
        if changes.ids or not same:
            yield changes
            await clock.sleep(interval_s)


def _read_on(db: sqlite3.Connection, cursor: Cursor | None, known: frozenset[str]) -> tuple[Changes, Cursor]:
    if cursor is not None and tells_all(db, cursor):
        return read_since(db, cursor)
    everything, cursor = read_all(db)
    return replace(everything, removed=tuple(known - everything.ids)), cursor


async def until_answered(watch: StoreWatch, command_id: int, limit_s: float) -> Command | None:
    """Return a command once somebody has answered it, ``None`` after ``limit_s`` without one."""
    news = watch.subscribe()
    try:
        async with asyncio.timeout(limit_s):
            while True:
                command = await watch.read(commands.get, command_id)
                if command is None or command.state is not CommandState.PENDING:
                    return command
                await news.wait()
                news.clear()
    except TimeoutError:
        return None


def _record(db: sqlite3.Connection, operation: Operation) -> OperationRecord:
    return OperationRecord(
        operation=operation,
        attempts=tuple(attempts.of(db, operation.id)),
        owner=owners.get(db, operation.owner_id) if operation.owner_id is not None else None,
        pending=commands.latest_pending(db, operation.id),
    )
