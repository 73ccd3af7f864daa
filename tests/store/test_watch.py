"""Noticing changes, whoever makes them, and missing none."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator

import pytest

from launcher_gui.recovery.exceptions import RecoveryStateError
from launcher_gui.recovery.persistence import events
from launcher_gui.recovery.persistence.sqlite import SQLitePersistence, connect
from launcher_gui.recovery.persistence.watch import StoreWatch
from tests.store.processes import programs

COMMIT = """
import sys
from launcher_gui.recovery.persistence import events
from launcher_gui.recovery.persistence.sqlite import SQLitePersistence, connect
store = SQLitePersistence(sys.argv[1])
db = store.connect()
print("ready", flush=True)
for line in sys.stdin:
    for n in range(int(line)):
        store.in_transaction(db, lambda: events.append(db, 1.0, "written"))
    print("written", flush=True)
"""


@pytest.fixture
async def watch(store: SQLitePersistence) -> AsyncIterator[StoreWatch]:
    """Return a watch on the store."""
    watching = StoreWatch(store)
    await watching.start()
    yield watching
    await watching.stop()


def tell(db: sqlite3.Connection, /) -> None:
    """Write an event."""
    events.append(db, 1.0, "written")


async def woken(news: asyncio.Event) -> None:
    """Wait for news and take note of it; the limit is for a watch that is broken."""
    async with asyncio.timeout(10):
        await news.wait()
    news.clear()


async def subscribed(watch: StoreWatch) -> asyncio.Event:
    """Return a subscription whose first waking is over."""
    news = watch.subscribe()
    await woken(news)
    return news


async def wakings(news: asyncio.Event, seconds: float) -> int:
    """Return how often a subscription is woken within some looks at the store."""
    count = 0
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while True:
                await news.wait()
                news.clear()
                count += 1
    return count


async def test_a_subscriber_is_woken_at_once(watch: StoreWatch) -> None:
    """Whoever subscribes looks first, and so sees what was there before."""
    assert watch.subscribe().is_set()


async def test_this_process_s_own_commit_wakes(store: SQLitePersistence, watch: StoreWatch) -> None:
    """What the writing connection of the same process commits is noticed like anybody else's."""
    news = await subscribed(watch)
    await store.write(tell)
    await woken(news)
    assert await watch.read(events.last_seq) == 1


async def test_another_process_s_commit_wakes(store: SQLitePersistence, watch: StoreWatch) -> None:
    """A commit of another program wakes every subscriber, who can then read it."""
    with programs(COMMIT, 1, store.path) as (other,):
        assert await asyncio.to_thread(other.says) == "ready"
        subscriptions = [await subscribed(watch), await subscribed(watch)]
        for turn in range(1, 4):
            other.tell("1")
            for news in subscriptions:
                await woken(news)
            assert await asyncio.to_thread(other.says) == "written"
            while await watch.read(events.last_seq) < turn:
                await woken(subscriptions[0])


async def test_nothing_is_missed(store: SQLitePersistence, watch: StoreWatch) -> None:
    """Whoever reads after each waking sees every event once and in order, while several processes write."""
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
            seen += [event.seq for event in await watch.read(events.since, seen[-1] if seen else 0)]
    assert seen == list(range(1, writers * each + 1))


async def test_reading_does_not_wake(store: SQLitePersistence, watch: StoreWatch) -> None:
    """A store that nobody changes leaves everybody asleep, however often it is read."""
    news = await subscribed(watch)
    assert await wakings(news, 0.1) <= 1  # the first look, which finds what was there before
    for _ in range(20):
        await watch.read(events.last_seq)
        await store.read(events.last_seq)
    assert await wakings(news, 0.1) == 0


async def test_the_watch_never_writes(watch: StoreWatch) -> None:
    """Its connection cannot change anything, by mistake or not."""
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await watch.read(tell)


async def test_stopping_wakes_everybody_one_last_time(store: SQLitePersistence) -> None:
    """Nobody sleeps on over a watch that has gone."""
    watch = StoreWatch(store)
    await watch.start()
    news = await subscribed(watch)
    await watch.stop()
    assert news.is_set()
    await watch.stop()


async def test_a_view_is_of_one_moment(store: SQLitePersistence, watch: StoreWatch) -> None:
    """Two reads of one query see the same, whatever is committed between them."""
    writer = connect(store.path)

    def read_twice(db: sqlite3.Connection, /) -> tuple[int, int]:
        before = events.last_seq(db)
        tell(writer)
        return before, events.last_seq(db)

    try:
        assert await watch.read(read_twice) == (0, 0)
        assert await watch.read(events.last_seq) == 1
    finally:
        writer.close()


async def test_a_store_in_memory_cannot_be_watched() -> None:
    """Said at once, instead of watching an empty store of its own for ever."""
    with pytest.raises(RecoveryStateError, match="memory"):
        await StoreWatch(SQLitePersistence(":memory:")).start()
