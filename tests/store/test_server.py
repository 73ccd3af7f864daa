"""The store for programs without a window commits on the loop, except while another process writes."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from launcher_gui.recovery import ServerPersistence, SQLitePersistence, recoverable
from launcher_gui.recovery.operation import OperationState
from launcher_gui.recovery.store.sqlite import database
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction


@pytest.fixture
async def server(path: Path) -> AsyncIterator[ServerPersistence]:
    """Return an open, empty store."""
    async with ServerPersistence(path) as opened:
        yield opened


def thread_of(_: SQLiteTransaction) -> str:
    """Return the thread on which a transaction runs."""
    return threading.current_thread().name


async def test_it_commits_on_the_loop(server: ServerPersistence, path: Path) -> None:
    """A write is visible to all, and no thread was used."""
    assert await server.write(thread_of) == threading.current_thread().name

    @recoverable(persistence=server)
    async def work(number: int) -> int:
        return number

    assert await asyncio.gather(*[work(number) for number in range(100)]) == list(range(100))
    async with SQLitePersistence(path) as other:
        rows = await other.read(lambda tx: tx.operations.in_states(tuple(OperationState)))
    assert {row.state for row in rows} == {OperationState.COMPLETED}
    assert len(rows) == 100


async def test_it_never_waits_on_the_loop(server: ServerPersistence, path: Path) -> None:
    """While another process writes, the loop runs, and the transaction follows later."""
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    writing = asyncio.ensure_future(server.write(thread_of))
    turns = 0
    while turns < 20:
        await asyncio.sleep(0.001)
        turns += 1
    assert not writing.done()
    holder.close()
    assert await writing != threading.current_thread().name


async def test_a_transaction_that_raises_is_undone(server: ServerPersistence) -> None:
    """A failed transaction leaves nothing, and the store is free for the next."""

    def fail(tx: SQLiteTransaction) -> None:
        tx.db.execute("INSERT INTO counters VALUES ('half', 1)")
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        await server.write(fail)
    assert await server.write(lambda tx: tx.db.execute("SELECT count(*) FROM counters").fetchone()) == (1,)


async def test_the_log_stays_small(server: ServerPersistence, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log is checkpointed regularly, as in other stores."""
    monkeypatch.setattr(database, "WAL_LIMIT_BYTES", 64 * 1024)

    def write(tx: SQLiteTransaction, number: int) -> None:
        tx.db.execute("INSERT OR REPLACE INTO settings VALUES ('x', ?)", ("y" * 2000 + str(number),))

    threads = {await server.write(thread_of) for _ in range(70)}
    for number in range(500):
        await server.write(lambda tx: write(tx, number))
    assert len(threads) == 2
    assert Path(f"{path}-wal").stat().st_size < 1024 * 1024  # noqa: ASYNC240 a test may wait for the disk


async def test_loops_on_several_threads_share_it(server: ServerPersistence) -> None:
    """Each loop commits or hands over, and nothing is lost."""

    def add(tx: SQLiteTransaction) -> None:
        tx.db.execute("UPDATE counters SET value = value + 1")

    async def many() -> None:
        for _ in range(100):
            await server.write(add)

    await asyncio.gather(many(), *[asyncio.to_thread(lambda: asyncio.run(many())) for _ in range(3)])
    assert await server.read(lambda tx: tx.db.execute("SELECT value FROM counters").fetchone()) == (400,)
