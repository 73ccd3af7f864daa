"""What a store with a million events, and one with ten thousand operations, costs to open, read and trim.

Run by hand, on a machine that does nothing else::

    python -m tests.benchmarks.bench_growth
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from launcher_gui.monitor import feed
from launcher_gui.recovery.operation import NewOperation, OperationState
from launcher_gui.recovery.store.records import StateChange
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from launcher_gui.recovery.worker.housekeeping import HistoryLimits, trim

EVENTS = 1_000_000
OPERATIONS = 10_000
RUNNING = 20
ROUNDS = 15


def fill(tx: SQLiteTransaction, count: int) -> None:
    """Make a store of ``count`` operations, each tried once, a few still running."""
    for number in range(count):
        name = f"operation-{number:08}"
        tx.operations.insert(NewOperation("download", {"url": f"https://host/{name}"}, id=name), 1.0)
        tx.operations.claim(name, "owner", 1.0)
        tx.attempts.begin(name, "owner", 3, 1.0)
        if number >= RUNNING:
            tx.operations.settle(name, "owner", StateChange(OperationState.COMPLETED), 2.0)


def tell(tx: SQLiteTransaction, count: int) -> None:
    """Append events about nothing that is there."""
    row = (1.0, "gone", "attempt_started", '{"number":1}')
    tx.db.executemany(
        "INSERT INTO events (at, operation_id, kind, data) VALUES (?, ?, ?, ?)", (row for _ in range(count))
    )


def tell_one(tx: SQLiteTransaction, /) -> None:
    """Append an event that is too young to be trimmed."""
    tx.events.append(2e9, "told")


def opening_ms(path: str) -> float:
    """Return how long it takes to connect."""
    begun = time.perf_counter()
    SQLitePersistence(path).connect().close()
    return (time.perf_counter() - begun) * 1000


def median_ms(job: Callable[[], object]) -> float:
    """Return the median of some rounds of ``job``."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        job()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


async def waits_ms(path: str, trimming: asyncio.Task[None]) -> list[float]:
    """Return how long each commit of another connection takes until ``trimming`` is done."""
    taken = []
    async with SQLitePersistence(path) as other:
        while not trimming.done():
            begun = time.perf_counter()
            await other.write(tell_one)
            taken.append((time.perf_counter() - begun) * 1000)
            await asyncio.sleep(0.01)
    return taken


async def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        empty, full = str(Path(folder) / "empty.sqlite3"), str(Path(folder) / "full.sqlite3")
        async with SQLitePersistence(empty), SQLitePersistence(full) as store:
            before = await store.read(lambda tx: tx.history.used_bytes())
            await store.write(lambda tx: fill(tx, OPERATIONS))
            grown = await store.read(lambda tx: tx.history.used_bytes()) - before
            say(f"bytes per operation tried once, with its events: {grown / OPERATIONS:.0f}")
            await store.write(lambda tx: tell(tx, EVENTS))
        small = [opening_ms(empty) for _ in range(ROUNDS)]
        large = [opening_ms(full) for _ in range(ROUNDS)]
        say(f"opening: empty {statistics.median(small):.2f} ms, full {statistics.median(large):.2f} ms")
        session = SQLitePersistence(full).connect()
        running = (OperationState.RUNNING,)
        say(f"the running ones: {median_ms(lambda: session.tx.operations.in_states(running)):.2f} ms")
        say(f"all of {OPERATIONS} operations for the projection: {median_ms(lambda: feed.read_all(session.tx)):.0f} ms")
        cursor = feed.read_all(session.tx)[1]
        say(f"what is new, nothing: {median_ms(lambda: feed.read_since(session.tx, cursor)):.3f} ms")
        session.close()
        async with SQLitePersistence(full) as store:
            begun = time.perf_counter()
            trimming = asyncio.create_task(trim(store, HistoryLimits(age_s=60.0), 1e9))
            waits = await waits_ms(full, trimming)
            await trimming
            say(
                f"trimming: {time.perf_counter() - begun:.1f} s; a writer waits p50 {statistics.median(waits):.1f} ms, "
                f"p99 {statistics.quantiles(waits, n=100)[98]:.1f} ms, at most {max(waits):.1f} ms"
            )


def say(line: str) -> None:
    """Print a line."""
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main())
