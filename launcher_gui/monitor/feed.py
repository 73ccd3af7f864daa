"""The change feed: what the store tells, as changes for the projection. Whoever wrote it, it comes the same way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from launcher_gui.monitor.projection import MOST_MOVES, BreakerMove, Changes, OperationRecord
from launcher_gui.recovery.operation import (
    Attempt,
    Command,
    CommandState,
    Event,
    EventKind,
    Operation,
    OperationState,
    Owner,
)
from launcher_gui.recovery.rules.breaker import Breaker, BreakerState
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.recovery.store.ports import Transaction, Watch

DELIVERY_INTERVAL_S = 0.01
"""Changes that come faster than this are delivered together."""

DRAWING_INTERVAL_S = 0.1
"""The same for those who draw what they are told: nobody sees more pictures a second."""

FIRST = 300
"""So many of the operations that have finished are read at once, the newest."""

MOST_FINISHED = 10_000
"""So many of those that have finished are shown at all."""

_UNFINISHED = frozenset(OperationState) - {OperationState.COMPLETED}
_STATES = {EventKind(f"breaker_{state}"): state for state in BreakerState}
"""The kinds of events that tell of a breaker's change, and to what."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a reader has come.

    Attributes:
        seq: The newest event that it has seen.
        tick: The newest progress that it has seen.
        breakers: The breakers as it saw them last; those that count failures change without an event.
        owners: The owners likewise; they beat without one.
    """

    seq: int = 0
    tick: int = 0
    breakers: tuple[Breaker, ...] = ()
    owners: Mapping[str, Owner] = field(default_factory=dict)


def read_all(tx: Transaction) -> tuple[Changes, Cursor]:
    """Return everything there is, as changes from nothing, and where to go on from.

    Each table is read once: a statement for each of ten thousand operations would take a second.
    """
    made, there = tx.attempts.of_all(), tx.owners.every()
    records = _records(tx, tx.operations.in_states(tuple(OperationState)), made, there)
    guards = tuple(tx.breakers.every())
    moves = _moves(tx.events.newest(tuple(_STATES), MOST_MOVES))
    cursor = Cursor(tx.events.last_seq(), tx.progress.last_tick(), guards, there)
    return Changes(records, breakers=guards, moves=moves, anew=True), cursor


def read_recent(tx: Transaction) -> tuple[Changes, Cursor]:
    """Return what a person wants to see first, in a moment: all that is not finished, and what finished lately.

    It is to be followed by what ``read_older`` returns.
    """
    there, guards = tx.owners.every(), tuple(tx.breakers.every())
    found = tx.operations.in_states(tuple(_UNFINISHED)) + tx.operations.newest(OperationState.COMPLETED, FIRST)
    found.sort(key=lambda operation: operation.created_at)
    records = _records(tx, found, tx.attempts.of_these([o.id for o in found]), there)
    cursor = Cursor(tx.events.last_seq(), tx.progress.last_tick(), guards, there)
    return Changes(records, breakers=guards, anew=True), cursor


def read_older(tx: Transaction, cursor: Cursor, known: frozenset[str]) -> Changes:
    """Return what ``read_recent`` left out; of the finished, the newest ``MOST_FINISHED`` in all."""
    newest = tx.operations.newest(OperationState.COMPLETED, MOST_FINISHED - FIRST, FIRST)
    found = [operation for operation in newest if operation.id not in known]
    records = _records(tx, found, tx.attempts.of_these([o.id for o in found]), tx.owners.every())
    told = tx.events.newest(tuple(_STATES), MOST_MOVES)
    moves = _moves(event for event in told if event.seq <= cursor.seq)
    left_out = max(0, tx.operations.count(OperationState.COMPLETED) - MOST_FINISHED)
    return Changes(records, moves=moves, anew=True, older=True, left_out=left_out)


def _records(
    tx: Transaction,
    found: Sequence[Operation],
    made: Mapping[str, Sequence[Attempt]],
    there: Mapping[str, Owner],
) -> tuple[OperationRecord, ...]:
    asked, wished = tx.commands.all_latest_pending(), tx.commands.among([o.id for o in found])
    return tuple(
        OperationRecord(
            operation=operation,
            attempts=tuple(made.get(operation.id, ())),
            owner=there.get(operation.owner_id) if operation.owner_id is not None else None,
            pending=asked.get(operation.id),
            commands=tuple(wished.get(operation.id, ())),
        )
        for operation in found
    )


def read_since(tx: Transaction, cursor: Cursor) -> tuple[Changes, Cursor]:
    """Return what has changed since ``cursor``, and where to go on from."""
    news = tx.events.since(cursor.seq)
    touched = dict.fromkeys(event.operation_id for event in news if event.operation_id)
    found = {operation_id: tx.operations.get(operation_id) for operation_id in touched}
    guards, there = tuple(tx.breakers.every()), tx.owners.every()
    kept = [operation for operation in found.values() if operation is not None]
    records = _records(tx, kept, tx.attempts.of_these([o.id for o in kept]), there) if kept else ()
    removed = tuple(operation_id for operation_id, operation in found.items() if operation is None)
    progress, tick = tx.progress.since(cursor.tick)
    only_progress = {id_: value for id_, value in progress.items() if id_ not in found}
    beating = {owner_id: owner for owner_id, owner in there.items() if cursor.owners.get(owner_id) != owner}
    changes = Changes(
        records,
        only_progress,
        removed,
        beats={id_: beating[owner_id] for id_, owner_id in tx.operations.held_by(beating) if id_ not in found},
        breakers=None if guards == cursor.breakers else guards,
        moves=_moves(news),
    )
    return changes, Cursor(news[-1].seq if news else cursor.seq, tick, guards, there)


def tells_all(tx: Transaction, cursor: Cursor) -> bool:
    """Return whether the store still tells all that happened since ``cursor``.

    It does not once the events after it have been trimmed, or if an older copy of the store has been put in its place.
    """
    return tx.events.trimmed() <= cursor.seq <= tx.events.last_seq()


async def follow(
    watch: Watch, clock: Clock, interval_s: float = DELIVERY_INTERVAL_S, *, recent_first: bool = False
) -> AsyncIterator[Changes]:
    """Yield everything there is, then every change, at most once in ``interval_s``, until cancelled.

    With ``recent_first`` everything comes in two parts, so that there is something to look at in a moment, and of what
    has finished the newest ``MOST_FINISHED`` only: nobody looks through more, and memory is to last.

    Where changes cannot be told any more, because the reader slept while the history was trimmed or because another
    file has taken the place of the store, everything is yielded anew, and what is not there any more as removed.
    """
    news = watch.subscribe()
    known: frozenset[str] = frozenset()
    generation, cursor = -1, Cursor()
    if recent_first:
        generation = watch.generation
        recent, cursor = await watch.read(read_recent)
        yield recent
        older = await watch.read(lambda tx: read_older(tx, cursor, recent.ids))
        known = recent.ids | older.ids
        yield older
    while True:
        await news.wait()
        news.clear()
        # Nothing is waited for between the two, so that what is read comes from the file that the number is of.
        same, generation = generation == watch.generation, watch.generation
        changes, cursor = await _read_next(watch, cursor if same else None, known)
        known = known.union(changes.ids).difference(changes.removed)
        if changes.ids or changes.breakers is not None or not same:
            yield changes
            await clock.sleep(interval_s)


async def _read_next(watch: Watch, cursor: Cursor | None, known: frozenset[str]) -> tuple[Changes, Cursor]:
    return await watch.read(lambda tx: _read_on(tx, cursor, known))


def _read_on(tx: Transaction, cursor: Cursor | None, known: frozenset[str]) -> tuple[Changes, Cursor]:
    if cursor is not None and tells_all(tx, cursor):
        return read_since(tx, cursor)
    everything, cursor = read_all(tx)
    return replace(everything, removed=tuple(known - everything.ids)), cursor


async def until_answered(watch: Watch, command_id: int, limit_s: float) -> Command | None:
    """Return a command once somebody has answered it, ``None`` after ``limit_s`` without one."""
    news = watch.subscribe()
    try:
        async with asyncio.timeout(limit_s):
            while True:
                command = await watch.read(lambda tx: tx.commands.get(command_id))
                if command is None or command.state is not CommandState.PENDING:
                    return command
                await news.wait()
                news.clear()
    except TimeoutError:
        return None


def _moves(news: Iterable[Event]) -> tuple[BreakerMove, ...]:
    """Return the changes of breakers among ``news``."""
    return tuple(
        BreakerMove(event.data["scope"], _STATES[EventKind(event.kind)], event.at, event.message("error"))
        for event in news
        if event.kind in _STATES
    )
