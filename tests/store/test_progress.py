"""Progress reaches the store a few times a second, the latest only, without slowing the work."""

from __future__ import annotations

import pytest

from launcher_gui.recovery.operation import NewOperation, Progress
from launcher_gui.recovery.progress import SAVE_INTERVAL_S, ProgressWriter
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from tests.store.looking import held
from tests.support.builders.clock import FakeClock

OWNER = "owner"


async def claimed(store: SQLitePersistence, count: int) -> list[str]:
    """Return operations that the owner has claimed."""
    ids = [f"{n:03}" for n in range(count)]

    def add(tx: SQLiteTransaction, /) -> None:
        for operation_id in ids:
            tx.operations.insert(NewOperation("work", {}, id=operation_id), 1.0)
            tx.operations.claim(operation_id, OWNER, 1.0)

    await store.write(add)
    return ids


async def all_written(writer: ProgressWriter, clock: FakeClock) -> None:
    """Advance time until the writer has nothing left to write."""
    assert writer._task is not None
    await clock.pass_time_until(writer._task)


async def test_the_newest_of_many_is_written_seldom(store: SQLitePersistence, clock: FakeClock) -> None:
    """A thousand reports cost a few transactions, and the last of each is kept."""
    ids = await claimed(store, 100)
    writer = ProgressWriter(store, clock, OWNER)
    written = store._commits
    for done in range(1, 11):
        for operation_id in ids:
            writer.note(operation_id, Progress(done, 10, at=clock.now()))
        await clock.advance(SAVE_INTERVAL_S / 10)
    await all_written(writer, clock)
    saved, tick = await store.read(lambda tx: tx.progress.since(0))
    assert {operation_id: progress.done for operation_id, progress in saved.items()} == dict.fromkeys(ids, 10)
    assert store._commits - written <= 3
    assert await store.read(lambda tx: tx.progress.since(tick)) == ({}, tick)


async def test_nothing_runs_while_nothing_changes(store: SQLitePersistence, clock: FakeClock) -> None:
    """The writer sleeps when everything is written and wakes with the next report."""
    (one,) = await claimed(store, 1)
    writer = ProgressWriter(store, clock, OWNER)
    for done in (1, 2):
        writer.note(one, Progress(done))
        await all_written(writer, clock)
        assert clock._first_left() is None
        found = await store.read(lambda tx: tx.operations.get(one))
        assert found is not None
        assert found.progress.done == done


async def test_what_is_forgotten_is_not_written(store: SQLitePersistence, clock: FakeClock) -> None:
    """Older progress does not overwrite the end of an attempt."""
    (one,) = await claimed(store, 1)
    writer = ProgressWriter(store, clock, OWNER)
    writer.note(one, Progress(1))
    await clock.asleep()
    writer.note(one, Progress(2))
    writer.forget(one)
    await all_written(writer, clock)
    assert await store.read(lambda tx: tx.progress.since(0)) == ({one: Progress(1)}, 1)


async def test_a_busy_store_costs_a_telling(
    store: SQLitePersistence, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Progress that cannot be written is logged and skipped; the next is written."""
    (one,) = await claimed(store, 1)
    writer = ProgressWriter(store, clock, OWNER)
    with held(store, monkeypatch):
        writer.note(one, Progress(1))
        await clock.asleep()
    assert "progress was not saved" in caplog.text
    writer.note(one, Progress(2))
    await all_written(writer, clock)
    assert await store.read(lambda tx: tx.progress.since(0)) == ({one: Progress(2)}, 1)


async def test_every_tick_is_higher_than_the_last(store: SQLitePersistence) -> None:
    """A reader that follows the tick sees exactly the operations that changed."""
    await claimed(store, 3)
    await store.write(lambda tx: tx.progress.save({"000": Progress(1), "001": Progress(1)}))
    first, tick = await store.read(lambda tx: tx.progress.since(0))
    await store.write(lambda tx: tx.progress.save({"001": Progress(2), "002": Progress(1)}))
    second, _ = await store.read(lambda tx: tx.progress.since(tick))
    assert (sorted(first), sorted(second)) == (["000", "001"], ["001", "002"])
