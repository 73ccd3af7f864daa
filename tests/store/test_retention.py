"""Trimming the history: what goes, what stays, which process does it, and that no writer waits for it."""

from __future__ import annotations

import asyncio
import time

from launcher_gui.recovery.operation import CommandKind, CommandState, NewOperation, OperationState
from launcher_gui.recovery.store.records import CANCELLED
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from launcher_gui.recovery.store.tables.retention import STRETCH
from launcher_gui.recovery.worker.housekeeping import HistoryLimits, trim
from launcher_gui.text.message import foreign

OLD, NOW = 1_000.0, 1_000_000.0
HOUR = HistoryLimits(age_s=3600.0)


def add(tx: SQLiteTransaction, operation_id: str, /, *, ended: bool) -> None:
    """Add an old operation."""
    tx.operations.insert(NewOperation("work", {}, id=operation_id), OLD)
    if ended:
        tx.operations.rest(operation_id, CANCELLED, OLD)


def tell(tx: SQLiteTransaction, count: int, at: float, /) -> None:
    """Append unrelated events."""
    for _ in range(count):
        tx.events.append(at, "told", "x" * 100)


async def told(store: SQLitePersistence) -> list[str]:
    """Return the subjects of the kept events, in order."""
    return [event.operation_id for event in await store.read(lambda tx: tx.events.since(0))]


async def test_only_what_is_old_and_ended_is_forgotten(store: SQLitePersistence) -> None:
    """Young events, events of unfinished operations and all operations stay."""
    await store.write(lambda tx: add(tx, "ended", ended=True))
    await store.write(lambda tx: add(tx, "unfinished", ended=False))
    await store.write(lambda tx: tell(tx, 1, NOW - 10))
    await trim(store, HOUR, NOW)
    assert await told(store) == ["unfinished", "x" * 100]
    assert len(await store.read(lambda tx: tx.operations.in_states(tuple(OperationState)))) == 2


async def test_commands_go_once_they_have_been_answered_long_ago(store: SQLitePersistence) -> None:
    """A command without an answer stays at any age."""
    await store.write(lambda tx: add(tx, "one", ended=False))
    answered = await store.write(lambda tx: tx.commands.ask("one", CommandKind.PAUSE, "test", OLD))
    pending = await store.write(lambda tx: tx.commands.ask("one", CommandKind.PAUSE, "test", OLD))
    await store.write(lambda tx: tx.commands.answer(answered, CommandState.DONE, foreign("done"), OLD))
    await trim(store, HOUR, NOW)
    assert await store.read(lambda tx: tx.commands.get(answered)) is None
    assert await store.read(lambda tx: tx.commands.get(pending)) is not None


async def test_many_stretches_are_trimmed_in_one_go(store: SQLitePersistence) -> None:
    """All old history goes at once, and event numbers continue."""
    count = 3 * STRETCH + 7
    await store.write(lambda tx: tell(tx, count, OLD))
    await trim(store, HOUR, NOW)
    assert await told(store) == []
    assert (
        await store.read(lambda tx: tx.events.last_seq()) == count == await store.read(lambda tx: tx.events.trimmed())
    )
    await store.write(lambda tx: tell(tx, 1, NOW))
    assert await store.read(lambda tx: tx.events.last_seq()) == count + 1


async def test_a_store_too_large_loses_its_oldest_history(store: SQLitePersistence) -> None:
    """Above the size limit the oldest events go, even young ones."""
    await store.write(lambda tx: tell(tx, 20 * STRETCH, NOW))
    limit = await store.read(lambda tx: tx.history.used_bytes()) // 2
    await trim(store, HistoryLimits(size_bytes=limit), NOW)
    kept = await store.read(lambda tx: tx.events.since(0))
    assert await store.read(lambda tx: tx.history.used_bytes()) <= limit
    assert 0 < len(kept) < 20 * STRETCH
    assert kept[-1].seq == 20 * STRETCH


async def test_without_limits_everything_is_kept(store: SQLitePersistence) -> None:
    """Zero days and zero megabytes mean no limit."""
    await store.write(lambda tx: tell(tx, 3, OLD))
    await trim(store, HistoryLimits.of(0, 0), NOW)
    assert len(await told(store)) == 3


async def test_one_process_of_all_has_the_turn(store: SQLitePersistence) -> None:
    """Only the first process in an interval trims, also after a clock was set back."""
    assert await store.write(lambda tx: tx.history.take_turn(NOW, 3600.0))
    assert not await store.write(lambda tx: tx.history.take_turn(NOW + 10, 3600.0))
    assert await store.write(lambda tx: tx.history.take_turn(NOW + 3600, 3600.0))
    assert await store.write(lambda tx: tx.history.take_turn(OLD, 3600.0))


async def test_writers_have_their_turn_while_history_is_trimmed(store: SQLitePersistence) -> None:
    """Other connections commit many times while a long history is trimmed."""
    await store.write(lambda tx: tell(tx, 40 * STRETCH, OLD))
    trimming = asyncio.create_task(trim(store, HOUR, NOW))
    waits = []
    async with SQLitePersistence(store.path) as other:
        while not trimming.done():
            begun = time.monotonic()
            await other.write(lambda tx: tell(tx, 1, NOW))
            waits.append(time.monotonic() - begun)
    await trimming
    assert len(waits) >= 20
