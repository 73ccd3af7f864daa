"""The projection of a reader that fell behind, or whose store was trimmed or replaced, equals the store."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from launcher_gui.monitor import feed
from launcher_gui.monitor.projection import BreakerMove, Changes, Projection
from launcher_gui.recovery.operation import CommandKind, NewOperation, OperationState, Owner, Progress
from launcher_gui.recovery.rules.breaker import BreakerPolicy, BreakerState, Ticket
from launcher_gui.recovery.runtime.clock import SystemClock
from launcher_gui.recovery.store.records import StateChange
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from launcher_gui.recovery.store.sqlite.watch import StoreWatch
from launcher_gui.text.message import foreign
from tests.store.processes import programs
from tests.store.replacing import take_place

READER = """
import asyncio, sys
from launcher_gui.monitor import feed
from launcher_gui.monitor.projection import Projection
from launcher_gui.recovery.runtime.clock import SystemClock
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.sqlite.watch import StoreWatch
from launcher_gui.text.message import foreign

async def main():
    watch = SQLitePersistence(sys.argv[1]).watch()
    await watch.start()
    projection = Projection()
    async for changes in feed.follow(watch, SystemClock()):
        projection = projection.apply(changes)
        print(" ".join(sorted(projection.views)), flush=True)

asyncio.run(main())
"""


class Reader:
    """A reader that follows a watch."""

    def __init__(self, watch: StoreWatch) -> None:
        self._changes: AsyncIterator[Changes] = feed.follow(watch, SystemClock())
        self.projection = Projection()

    async def moves_on(self) -> None:
        """Follow one delivery."""
        self.projection = self.projection.apply(await anext(self._changes))

    async def sees(self, *ids: str) -> None:
        """Follow until just these operations are there."""
        async with asyncio.timeout(10):
            while set(self.projection.views) != set(ids):
                await self.moves_on()


@pytest.fixture
async def reader(store: SQLitePersistence) -> AsyncIterator[Reader]:
    """Return a reader of the store."""
    watch = store.watch()
    await watch.start()
    yield Reader(watch)
    await watch.stop()


def add(tx: SQLiteTransaction, operation_id: str, /) -> None:
    """Add an operation."""
    tx.operations.insert(NewOperation("work", {}, id=operation_id), 1.0)


def forget(tx: SQLiteTransaction, /) -> None:
    """Trim the complete history, as housekeeping does."""
    tx.db.execute("INSERT OR REPLACE INTO counters SELECT 'events trimmed', max(seq) FROM events")
    tx.db.execute("DELETE FROM events")


async def test_what_was_trimmed_unread_is_read_from_the_rows(store: SQLitePersistence, reader: Reader) -> None:
    """A reader that missed trimmed events shows the current rows only."""
    await store.write(lambda tx: add(tx, "stays"))
    await store.write(lambda tx: add(tx, "goes"))
    await reader.sees("stays", "goes")
    await store.write(lambda tx: tx.operations.remove("goes", 2.0))
    await store.write(lambda tx: add(tx, "new"))
    await store.write(forget)
    await reader.sees("stays", "new")


def work(tx: SQLiteTransaction, /) -> None:
    """Create operations of every kind: retried, running, with a command, untouched."""
    tx.owners.register(Owner("here", 1, "then", "host", "window", 1.0, 9.0))
    for name in ("tried", "running", "asked", "untouched"):
        add(tx, name)
    for name, owner in (("tried", "gone"), ("running", "here")):
        tx.operations.claim(name, owner, 1.0)
        tx.attempts.begin(name, owner, 3, 1.0)
        tx.progress.save({name: Progress(5, 10, "downloading", 1.0)})
    tx.attempts.begin("tried", "gone", 3, 2.0)
    for kind in (CommandKind.PAUSE, CommandKind.CANCEL):
        tx.commands.ask("asked", kind, "test", 1.0)


async def test_reading_all_at_once_is_reading_each(store: SQLitePersistence) -> None:
    """Reading all operations at once equals reading each, and continues at the same position."""
    await store.write(work)
    everything, at_once = await store.read(feed.read_all)
    each, one_by_one = await store.read(lambda tx: feed.read_since(tx, feed.Cursor()))
    assert sorted(everything.records, key=str) == sorted(each.records, key=str)
    assert len(everything.records) == 4
    assert at_once == one_by_one


async def test_trimming_what_was_read_changes_nothing(store: SQLitePersistence, reader: Reader) -> None:
    """A current reader continues where it was, however little history is left."""
    await store.write(lambda tx: add(tx, "first"))
    await reader.sees("first")
    await store.write(forget)
    cursor = (await store.read(feed.read_all))[1]
    assert await store.read(lambda tx: feed.tells_all(tx, cursor))
    await store.write(lambda tx: add(tx, "second"))
    await reader.sees("first", "second")


async def test_another_file_is_shown_in_place_of_the_first(
    path: Path, store: SQLitePersistence, reader: Reader
) -> None:
    """A store that replaces the first is shown, whatever its event numbers."""
    await store.write(lambda tx: add(tx, "former"))
    await reader.sees("former")
    other = path.with_name("other.sqlite3")
    async with SQLitePersistence(other) as made:
        await made.write(lambda tx: add(tx, "present"))
    take_place(other, path)
    await reader.sees("present")


@pytest.mark.skipif(os.name != "posix", reason="processes are stopped by signals")
async def test_a_reader_that_was_stopped_catches_up(store: SQLitePersistence) -> None:
    """A suspended process shows the present after the history was trimmed."""
    with programs(READER, 1, store.path) as (reading,):
        assert await asyncio.to_thread(reading.says) == ""
        await store.write(lambda tx: add(tx, "a"))
        assert await asyncio.to_thread(reading.says) == "a"
        os.kill(reading.pid, signal.SIGSTOP)
        await store.write(lambda tx: tx.operations.remove("a", 2.0))
        for number in range(300):
            await store.write(lambda tx: add(tx, f"n{number}"))
            await store.write(lambda tx: tx.operations.remove(f"n{number}", 2.0))
        await store.write(lambda tx: add(tx, "b"))
        await store.write(forget)
        await store.write(lambda tx: add(tx, "c"))
        os.kill(reading.pid, signal.SIGCONT)
        async with asyncio.timeout(10):
            while await asyncio.to_thread(reading.says) != "b c":
                pass


async def test_breakers_and_what_people_asked_are_told(store: SQLitePersistence, reader: Reader) -> None:
    """Breakers that open or count, and commands, reach early and late readers alike."""
    policy = BreakerPolicy(threshold=2)
    await store.write(lambda tx: add(tx, "a"))
    await reader.sees("a")
    for count in (1, 2):
        await store.write(lambda tx: tx.breakers.record("host", policy, Ticket(0), 5.0 + count, foreign("503"), 0.1))
        async with asyncio.timeout(10):
            while (known := reader.projection.breakers.get("host")) is None or known.failures < count:
                reader.projection = reader.projection.apply(await anext(reader._changes))
    await store.write(lambda tx: tx.commands.ask("a", CommandKind.PAUSE, "window", 8.0))
    async with asyncio.timeout(10):
        while not reader.projection.views["a"].commands:
            reader.projection = reader.projection.apply(await anext(reader._changes))
    everything, _ = await store.read(feed.read_all)
    late = Projection().apply(everything)
    assert late.breakers == reader.projection.breakers
    assert late.moves == reader.projection.moves == (BreakerMove("host", BreakerState.OPEN, 7.0, foreign("503")),)
    assert [command.kind for command in late.views["a"].commands] == [CommandKind.PAUSE]
    assert late.views["a"].commands == reader.projection.views["a"].commands


async def test_a_beat_is_seen(store: SQLitePersistence, reader: Reader) -> None:
    """Readers see an owner's last heartbeat even without other changes."""
    owner = Owner("owner", 1, "", "", "window", 1.0, 16.0)
    await store.write(lambda tx: tx.owners.register(owner))
    await store.write(lambda tx: tx.operations.insert(NewOperation("work", {}, id="one"), 1.0))
    await store.write(lambda tx: tx.operations.claim("one", "owner", 2.0))
    await reader.sees("one")
    await store.write(lambda tx: tx.owners.heartbeat(owner, 99.0))
    async with asyncio.timeout(10):
        while (shown := reader.projection.views["one"].record.owner) is None or shown.lease_until != 99.0:
            await reader.moves_on()


def finish(tx: SQLiteTransaction, names: list[str], /) -> None:
    """Create operations that finish in this order, with one in the middle that does not."""
    for number, name in enumerate(names):
        tx.operations.insert(NewOperation("work", {}, id=name), float(number))
        tx.operations.claim(name, "gone", float(number))
        tx.attempts.begin(name, "gone", 3, float(number))
        state = OperationState.PAUSED if number == 1 else OperationState.COMPLETED
        tx.operations.settle(name, "gone", StateChange(state), float(number))


async def test_the_recent_comes_first_and_the_rest_in_its_place(
    store: SQLitePersistence, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unfinished and recent operations come first, then older ones in order."""
    monkeypatch.setattr(feed, "FIRST", 2)
    monkeypatch.setattr(feed, "MOST_FINISHED", 4)
    await store.write(lambda tx: finish(tx, list("abcdefg")))
    watch = store.watch()
    await watch.start()
    changes = feed.follow(watch, SystemClock(), recent_first=True)
    first = Projection().apply(await anext(changes))
    assert list(first.views) == ["b", "f", "g"]
    whole = first.apply(await anext(changes))
    assert list(whole.views) == ["b", "d", "e", "f", "g"]
    assert whole.left_out == 2
    everything, _ = await store.read(feed.read_all)
    assert {r.operation.id: r for r in everything.records}.items() >= {
        i: v.record for i, v in whole.views.items()
    }.items()
    await store.write(lambda tx: add(tx, "new"))
    assert "new" in whole.apply(await anext(changes)).views
    await watch.stop()
