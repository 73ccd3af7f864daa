"""The change feed: reads what any process has written to the store, as changes for the projection."""

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
"""The shortest time between two deliveries; changes in between are delivered together."""

DRAWING_INTERVAL_S = 0.1
"""The same for consumers that draw: more frames per second would not be noticed."""

FIRST = 300
"""How many finished operations the first read returns, the newest."""

MOST_FINISHED = 10_000
"""How many finished operations are shown in all."""

_UNFINISHED = frozenset(OperationState) - {OperationState.COMPLETED}
_STATES = {EventKind(f"breaker_{state}"): state for state in BreakerState}
"""The kinds of events that record a breaker's change, with the resulting state."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A reader's position in the store.

    Attributes:
        seq: The newest event read.
        tick: The newest progress read.
        breakers: The breakers as last read; they also change without an event, when they count failures.
        owners: The owners as last read; heartbeats write no event.
    """

    seq: int = 0
    tick: int = 0
    breakers: tuple[Breaker, ...] = ()
    owners: Mapping[str, Owner] = field(default_factory=dict)


def read_all(tx: Transaction) -> tuple[Changes, Cursor]:
    """Return everything in the store as changes to an empty projection, and the cursor to continue from.

    Each table is read once: a statement for each of ten thousand operations would take a second.
    """
    made, there = tx.attempts.of_all(), tx.owners.every()
    records = _records(tx, tx.operations.in_states(tuple(OperationState)), made, there)
    guards = tuple(tx.breakers.every())
    moves = _moves(tx.events.newest(tuple(_STATES), MOST_MOVES))
    cursor = Cursor(tx.events.last_seq(), tx.progress.last_tick(), guards, there)
    return Changes(records, breakers=guards, moves=moves, anew=True), cursor


def read_recent(tx: Transaction) -> tuple[Changes, Cursor]:
    """Return what the user needs to see first: everything unfinished, and the newest finished operations.

    ``read_older`` returns the rest.
    """
    there, guards = tx.owners.every(), tuple(tx.breakers.every())
    found = tx.operations.in_states(tuple(_UNFINISHED)) + tx.operations.newest(OperationState.COMPLETED, FIRST)
    found.sort(key=lambda operation: operation.created_at)
    records = _records(tx, found, tx.attempts.of_these([o.id for o in found]), there)
    cursor = Cursor(tx.events.last_seq(), tx.progress.last_tick(), guards, there)
    return Changes(records, breakers=guards, anew=True), cursor


def read_older(tx: Transaction, cursor: Cursor, known: frozenset[str]) -> Changes:
    """Return what ``read_recent`` left out, up to ``MOST_FINISHED`` finished operations in all."""
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
    """Return what has changed since ``cursor``, and the cursor to continue from."""
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
    """Return whether the store still has every event since ``cursor``.

    It does not if later events have been trimmed, or if the file was replaced by an older copy.
    """
    return tx.events.trimmed() <= cursor.seq <= tx.events.last_seq()


async def follow(
    watch: Watch, clock: Clock, interval_s: float = DELIVERY_INTERVAL_S, *, recent_first: bool = False
) -> AsyncIterator[Changes]:
    """Yield everything, then every change, at most once per ``interval_s``, until cancelled.

    With ``recent_first``, everything comes in two parts, so that the first view appears quickly, and only the newest
    ``MOST_FINISHED`` finished operations are included, which bounds the memory.

    If changes are lost, because the history was trimmed while the reader was suspended or because another file replaced
    the store, everything is yielded again, with the operations that no longer exist as removed.
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
        # No await between the two: what is read must come from the file that the generation belongs to.
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
    """Return a command once it is answered, or ``None`` if it is not answered within ``limit_s``."""
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
    """Return the breaker changes among the events in ``news``."""
    return tuple(
        BreakerMove(event.data["scope"], _STATES[EventKind(event.kind)], event.at, event.message("error"))
        for event in news
        if event.kind in _STATES
    )
