"""What every store promises about transactions, sessions, watches and copies."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from pathlib import Path
from typing import Any

import pytest

from launcher_gui.recovery.exceptions import RecoveryStateError, StoreError, StoreUnusableError
from launcher_gui.recovery.operation import NewOperation
from launcher_gui.recovery.store.ports import Store, Transaction


def append(tx: Transaction) -> int:
    """Append an event and return its number."""
    tx.events.append(1.0, "written")
    return tx.events.last_seq()


def append_and_fail(tx: Transaction) -> None:
    """Append an event that is rolled back."""
    append(tx)
    raise LookupError


def append_nothing(_: Transaction) -> None:
    """Change nothing."""


async def events_in(store: Store) -> int:
    """Return how many events there are."""
    return len(await store.read(lambda tx: tx.events.since(0)))


async def test_a_write_returns_what_its_body_returns(store: Store) -> None:
    """What is committed is there for the next transaction."""
    assert [await store.write(append), await store.write(append)] == [1, 2]
    assert await store.read(lambda tx: tx.events.last_seq()) == 2


async def test_a_body_that_raises_changes_nothing(store: Store) -> None:
    """The error reaches the caller as it was, and the next transaction works."""

    def fail(tx: Transaction) -> None:
        tx.operations.insert(NewOperation("work", {}, id="one"), 1.0)
        raise LookupError("no")

    with pytest.raises(LookupError, match="no"):
        await store.write(fail)
    assert await store.read(lambda tx: tx.operations.get("one")) is None
    assert await events_in(store) == 0
    assert await store.write(append) == 1


@pytest.mark.parametrize("defer", [False, True])
async def test_an_error_of_the_body_is_never_deferred(store: Store, *, defer: bool) -> None:
    """Only the store's own errors are."""

    def fail(_: Transaction) -> None:
        raise RecoveryStateError("no")

    with pytest.raises(RecoveryStateError, match="no"):
        await store.write(fail, defer=defer)


async def test_what_is_deferred_comes_first(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """Bodies that the store refused run before the next transaction, in their order; the log says so."""
    for kind in ("first", "second"):
        store.defer(lambda tx, kind=kind: tx.events.append(1.0, kind), OSError("busy"))  # type: ignore[misc]
    assert await events_in(store) == 0
    await store.write(lambda tx: tx.events.append(1.0, "third"))
    assert [event.kind for event in await store.read(lambda tx: tx.events.since(0))] == ["first", "second", "third"]
    assert "2 that were kept are written" in caplog.text


async def test_transactions_of_many_tasks_do_not_mix(store: Store) -> None:
    """Each body runs in one piece."""

    def two(tx: Transaction, number: int) -> None:
        tx.events.append(1.0, f"{number} begins")
        tx.events.append(1.0, f"{number} ends")

    await asyncio.gather(*(store.write(lambda tx, n=n: two(tx, n)) for n in range(20)))  # type: ignore[misc]
    kinds = [event.kind for event in await store.read(lambda tx: tx.events.since(0))]
    assert len(kinds) == 40
    for begins, ends in zip(kinds[::2], kinds[1::2], strict=True):
        assert begins.split()[0] == ends.split()[0]


async def test_a_session_serves_a_thread(store: Store) -> None:
    """A thread writes and reads on a session of its own, and sees what the event loop writes."""
    await store.write(append)
    found: list[Any] = []

    def work() -> None:
        with contextlib.closing(store.connect()) as session:
            found.append(session.write(append))
            with pytest.raises(LookupError):
                session.write(append_and_fail)
            found.append(session.read(lambda tx: [event.seq for event in tx.events.since(0)]))

    thread = threading.Thread(target=work)
    thread.start()
    await asyncio.to_thread(thread.join)
    assert found == [2, [1, 2]]
    assert await events_in(store) == 2


async def test_opening_and_closing_twice_is_doing_it_once(unopened: Store) -> None:
    """A store that is closed refuses transactions with an error of its own, and can be opened again."""
    await unopened.open()
    assert await unopened.open() is unopened
    await unopened.write(append)
    await unopened.close()
    await unopened.close()
    with pytest.raises(StoreUnusableError, match="was closed") as refusal:
        await unopened.read(lambda tx: tx.events.last_seq())
    assert isinstance(refusal.value, StoreError)
    assert refusal.value.path == unopened.path
    async with unopened:
        assert await unopened.write(append) == (1 if unopened.in_memory else 2)


async def test_the_first_use_opens_a_store(unopened: Store) -> None:
    """Calls need no ``async with``; all of them share one opening."""
    seen = await asyncio.gather(*(unopened.read(lambda tx: tx.events.last_seq()) for _ in range(10)))
    assert seen == [0] * 10
    await unopened.close()


async def test_what_is_shared_is_closed_with_the_store(store: Store) -> None:
    """Functions that are not async keep what they share in the store."""

    class Shared:
        closed = False

        def close(self) -> None:
            self.closed = True

    shared = store.shared["x"] = Shared()
    store.close_blocking()
    assert shared.closed
    assert store.shared == {}


async def test_a_watch_wakes_subscribers(store: Store) -> None:
    """A commit wakes them; a store in memory says that it cannot be watched."""
    watch = store.watch()
    if store.in_memory:
        with pytest.raises(RecoveryStateError, match="memory"):
            await watch.start()
        return
    await watch.start()
    try:
        news = watch.subscribe()
        assert news.is_set()
        generation = watch.generation
        while await watch.read(lambda tx: tx.events.last_seq()) == 0:
            news.clear()
            await store.write(append)
            async with asyncio.timeout(10):
                await news.wait()
        assert watch.generation == generation
    finally:
        news.clear()
        await watch.stop()
    assert news.is_set()


async def test_a_store_is_read_only_if_it_has_changed(store: Store) -> None:
    """The mark of one look says whether another one is worth while."""
    if store.in_memory:
        return  # it has no other process that could change it
    await store.write(append)
    count, mark = await asyncio.to_thread(_count_if_changed, store, None)
    assert count == 1
    async with asyncio.timeout(10):
        while mark is None or store.read_if_changed(append_nothing, mark) is not None:  # time stamps settle
            await asyncio.sleep(0.02)
            _, mark = _count_if_changed(store, None)
    await store.write(append)
    assert (await asyncio.to_thread(_count_if_changed, store, mark))[0] == 2


def _count_if_changed(store: Store, mark: object) -> tuple[int, object]:
    found = store.read_if_changed(lambda tx: len(tx.events.since(0)), mark)
    assert found is not None
    return found


def test_looking_creates_no_store(unopened: Store, path: Path) -> None:
    """Where there is none, there is nothing to read."""
    if not unopened.in_memory:
        assert unopened.read_if_changed(lambda tx: tx.events.last_seq()) is None
        assert not path.exists()


async def test_a_copy_is_a_store(store: Store, tmp_path: Path) -> None:
    """It holds what was committed, and replaces an earlier copy."""
    if store.in_memory:
        return  # it ends with the process, so that nobody copies it
    target = tmp_path / "copy"
    for _ in range(2):
        await store.write(append)
        await asyncio.to_thread(store.copy_to, target)
    async with type(store)(target) as copy:  # type: ignore[call-arg]
        assert await events_in(copy) == 2


async def test_a_store_names_its_engine(store: Store) -> None:
    """Reports say which database it was, and nothing waits."""
    name, version = store.engine.split()
    assert name
    assert version
    assert store.waiting_s == 0.0
