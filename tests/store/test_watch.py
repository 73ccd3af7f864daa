"""Every change of a store is noticed, whichever process makes it."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from launcher_gui.recovery.exceptions import RecoveryStateError, StoreUnavailableError
from launcher_gui.recovery.store.sqlite import watch as watch_module
from launcher_gui.recovery.store.sqlite.connection import connect
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.sqlite.inotify import FileWakes
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from launcher_gui.recovery.store.sqlite.watch import StoreWatch
from tests.store.processes import programs
from tests.store.replacing import take_place

COMMIT = """
import sys
from launcher_gui.recovery.store.sqlite.connection import connect
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
store = SQLitePersistence(sys.argv[1])
session = store.connect()
print("ready", flush=True)
for line in sys.stdin:
    for n in range(int(line)):
        session.write(lambda tx: tx.events.append(1.0, "written"))
    print("written", flush=True)
"""


@pytest.fixture
async def watch(store: SQLitePersistence) -> AsyncIterator[StoreWatch]:
    """Return a watch on the store."""
    watching = store.watch()
    await watching.start()
    yield watching
    await watching.stop()


def tell(tx: SQLiteTransaction, /) -> None:
    """Write an event."""
    tx.events.append(1.0, "written")


def refused(_: Path) -> FileWakes:
    """Fail as a system without free inotify resources does."""
    raise OSError("no more")


async def put_in_place(path: Path, events_told: int) -> None:
    """Move another store with some events to the first one's path."""
    other = path.with_name("other.sqlite3")
    async with SQLitePersistence(other) as made:
        for _ in range(events_told):
            await made.write(tell)
    take_place(other, path)


async def woken(news: asyncio.Event) -> None:
    """Wait for a change and consume it, with a time limit for a broken watch."""
    async with asyncio.timeout(10):
        await news.wait()
    news.clear()


async def subscribed(watch: StoreWatch) -> asyncio.Event:
    """Return a subscription after its first wake-up."""
    news = watch.subscribe()
    await woken(news)
    return news


async def wakings(news: asyncio.Event, seconds: float) -> int:
    """Return how often a subscription wakes within several polls of the store."""
    count = 0
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while True:
                await news.wait()
                news.clear()
                count += 1
    return count


async def test_a_subscriber_is_woken_at_once(watch: StoreWatch) -> None:
    """A new subscriber wakes first, and so sees earlier events."""
    assert watch.subscribe().is_set()


async def test_this_process_s_own_commit_wakes(store: SQLitePersistence, watch: StoreWatch) -> None:
    """A commit by the same process is noticed like any other."""
    news = await subscribed(watch)
    await store.write(tell)
    await woken(news)
    assert await watch.read(lambda tx: tx.events.last_seq()) == 1


async def test_another_process_s_commit_wakes(store: SQLitePersistence, watch: StoreWatch) -> None:
    """A commit by another program wakes every subscriber."""
    with programs(COMMIT, 1, store.path) as (other,):
        assert await asyncio.to_thread(other.says) == "ready"
        subscriptions = [await subscribed(watch), await subscribed(watch)]
        for turn in range(1, 4):
            other.tell("1")
            for news in subscriptions:
                await woken(news)
            assert await asyncio.to_thread(other.says) == "written"
            while await watch.read(lambda tx: tx.events.last_seq()) < turn:
                await woken(subscriptions[0])


async def test_nothing_is_missed(store: SQLitePersistence, watch: StoreWatch) -> None:
    """Reading after each wake-up yields every event once and in order under concurrent writes."""
    writers, each = 3, 100
    seen: list[int] = []
    with programs(COMMIT, writers, store.path) as others:
        for other in others:
            assert await asyncio.to_thread(other.says) == "ready"
        news = watch.subscribe()
        for other in others:
            other.tell(str(each))
        while len(seen) < writers * each:
            await woken(news)
            seen += [event.seq for event in await watch.read(lambda tx: tx.events.since(seen[-1] if seen else 0))]
    assert seen == list(range(1, writers * each + 1))


async def test_reading_does_not_wake(store: SQLitePersistence, watch: StoreWatch) -> None:
    """Reading a store wakes no subscriber."""
    news = await subscribed(watch)
    assert await wakings(news, 0.1) <= 1  # the first look, which finds what was there before
    for _ in range(20):
        await watch.read(lambda tx: tx.events.last_seq())
        await store.read(lambda tx: tx.events.last_seq())
    assert await wakings(news, 0.1) == 0


async def test_the_watch_never_writes(watch: StoreWatch) -> None:
    """The watch's connection is read-only."""
    with pytest.raises(StoreUnavailableError, match="cannot be written"):
        await watch.read(tell)


async def test_stopping_wakes_everybody_one_last_time(store: SQLitePersistence) -> None:
    """Stopping the watch wakes every subscriber."""
    watch = store.watch()
    await watch.start()
    news = await subscribed(watch)
    await watch.stop()
    assert news.is_set()
    await watch.stop()


async def test_a_view_is_of_one_moment(store: SQLitePersistence, watch: StoreWatch) -> None:
    """Two reads in one query see the same snapshot."""
    writer = connect(store.path)

    def read_twice(tx: SQLiteTransaction, /) -> tuple[int, int]:
        before = tx.events.last_seq()
        tell(SQLiteTransaction(writer))
        return before, tx.events.last_seq()

    try:
        assert await watch.read(read_twice) == (0, 0)
        assert await watch.read(lambda tx: tx.events.last_seq()) == 1
    finally:
        writer.close()


async def test_a_store_without_wakings_is_looked_at(store: SQLitePersistence, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without inotify, polling notices changes."""
    monkeypatch.setattr(watch_module, "FileWakes", refused)
    watching = store.watch()
    await watching.start()
    try:
        news = await subscribed(watching)
        await store.write(tell)
        await woken(news)
    finally:
        await watching.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has inotify")
async def test_a_write_to_the_log_wakes_long_before_a_look(
    store: SQLitePersistence, watch: StoreWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit after a long silence wakes before the next poll."""
    monkeypatch.setattr(watch_module, "SLOW_POLL_S", 3600.0)
    news = await subscribed(watch)
    await wakings(news, 0.2)  # the pause between looks is long by now
    await store.write(tell)
    async with asyncio.timeout(10):
        await news.wait()


async def test_a_log_that_is_made_again_is_followed(tmp_path: Path) -> None:
    """A recreated log wakes like the first one."""
    if sys.platform != "linux":
        pytest.skip("only Linux has inotify")
    log = tmp_path / "store-wal"
    wakes = FileWakes(log)
    try:
        for _ in range(3):
            log.write_bytes(b"1")
            assert await wakes.wait(10)
            with log.open("ab") as file:
                file.write(b"2")
            assert await wakes.wait(10)
            log.unlink()
            assert await wakes.wait(10)
            while await wakes.wait(0.01):
                pass
    finally:
        wakes.close()


async def test_a_file_that_takes_the_store_s_place_is_read(path: Path, watch: StoreWatch) -> None:
    """A replaced store is read, and its commits wake."""
    news = await subscribed(watch)
    await put_in_place(path, events_told=5)
    async with asyncio.timeout(10):
        while await watch.read(lambda tx: tx.events.last_seq()) != 5:
            await woken(news)
    assert watch.generation == 1
    async with SQLitePersistence(path) as present:
        await present.write(tell)
        async with asyncio.timeout(10):
            while await watch.read(lambda tx: tx.events.last_seq()) != 6:
                await woken(news)


async def test_a_store_in_memory_cannot_be_watched() -> None:
    """Watching a memory store is refused at once."""
    with pytest.raises(RecoveryStateError, match="memory"):
        await SQLitePersistence(":memory:").watch().start()
