"""What a successful call costs over the bare one, beside what it costs with the library's peers.

Run by hand, on a machine that does nothing else::

    python -m tests.benchmarks.bench_overhead

Without a store: microseconds over the bare call, the best of rounds that take turns. With one: medians of single calls,
on a file in the present folder. In flight: bytes over a bare task, 10,000 at once.
"""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from launcher_gui.recovery import MemoryPersistence, ServerPersistence, SQLitePersistence, recoverable
from launcher_gui.recovery.log_hook import operations_log
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from tests.benchmarks import peers

CALLS = 20_000
ROUNDS = 9
RECORDED = 2_000
IN_FLIGHT = 10_000

Plain = Callable[[int], Any]
Async = Callable[[int], Awaitable[Any]]


class FullPersistence(SQLitePersistence):
    """A store whose every commit waits for the disk."""

    def open_connection(self) -> sqlite3.Connection:
        """Return a connection with ``synchronous = FULL``."""
        db = super().open_connection()
        db.execute("PRAGMA synchronous = FULL")
        return db


def bare(number: int) -> int:
    """Do nothing."""
    return number


async def bare_async(number: int) -> int:
    """Do nothing."""
    return number


def by_hand(number: int) -> int:
    """Retry as one writes it by hand."""
    for attempt in range(4):
        try:
            return bare(number)
        except ConnectionError:
            if attempt == 3:
                raise
            time.sleep(2.0**attempt)
    raise AssertionError("unreachable")


async def by_hand_async(number: int) -> int:
    """Retry as one writes it by hand."""
    for attempt in range(4):
        try:
            return await bare_async(number)
        except ConnectionError:
            if attempt == 3:
                raise
            await asyncio.sleep(2.0**attempt)
    raise AssertionError("unreachable")


def seconds(call: Plain) -> float:
    """Return the seconds of one round."""
    began = time.perf_counter()
    for number in range(CALLS):
        call(number)
    return time.perf_counter() - began


async def seconds_async(call: Async) -> float:
    """Return the seconds of one round."""
    began = time.perf_counter()
    for number in range(CALLS):
        await call(number)
    return time.perf_counter() - began


async def overheads() -> list[tuple[str, float | None, float | None]]:
    """Return a name and microseconds over the bare call, sync and async, for every way to call."""
    ways: list[tuple[str, Plain | None, Async | None]] = [
        ("bare", bare, bare_async),
        ("hand-written loop", by_hand, by_hand_async),
        ("recoverable", recoverable(bare), recoverable(bare_async)),
        (
            "recoverable with a breaker",
            recoverable(circuit_breaker_threshold=5)(bare),
            recoverable(circuit_breaker_threshold=5)(bare_async),
        ),
    ]
    for name, plain, on_loop in peers.installed():
        ways.append((name, plain(bare) if plain else None, on_loop(bare_async) if on_loop else None))
    best: dict[tuple[str, bool], float] = {}
    for _ in range(ROUNDS):
        for name, plain_call, async_call in ways:
            if plain_call is not None:
                best[name, False] = min(best.get((name, False), 1e9), seconds(plain_call))
            if async_call is not None:
                best[name, True] = min(best.get((name, True), 1e9), await seconds_async(async_call))

    def over(name: str, *, is_async: bool) -> float | None:
        took = best.get((name, is_async))
        return None if took is None else (took - best["bare", is_async]) / CALLS * 1e6

    return [(name, over(name, is_async=False), over(name, is_async=True)) for name, _, _ in ways[1:]]


def median(call: Plain, calls: int = RECORDED) -> float:
    """Return the median microseconds of a call."""
    times = []
    for number in range(calls):
        began = time.perf_counter()
        call(number)
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1e6


async def median_async(call: Async, calls: int = RECORDED) -> float:
    """Return the median microseconds of a call."""
    times = []
    for number in range(calls):
        began = time.perf_counter()
        await call(number)
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1e6


async def one_transaction(folder: Path) -> tuple[float, float]:
    """Return the median microseconds of one bare transaction, on this thread and through the store's."""
    async with SQLitePersistence(folder / "one.sqlite3") as store:
        session = store.connect()

        def write(tx: SQLiteTransaction, number: int) -> None:
            tx.db.execute("INSERT OR REPLACE INTO counters VALUES ('bench', ?)", (number,))

        plain = median(lambda number: session.write(lambda tx: write(tx, number)))
        session.close()
        return plain, await median_async(lambda number: store.write(lambda tx: write(tx, number)))


async def recorded(folder: Path) -> list[tuple[str, float, float]]:
    """Return a name and median microseconds, sync and async, for every kind of store."""
    rows = [("one bare SQLite transaction", *await one_transaction(folder))]
    stores: list[tuple[str, SQLitePersistence]] = [
        ("recoverable, store in memory", MemoryPersistence()),
        ("recoverable, file, synchronous=NORMAL", SQLitePersistence(folder / "normal.sqlite3")),
        ("the same, ServerPersistence", ServerPersistence(folder / "server.sqlite3")),
        ("recoverable, file, synchronous=FULL", FullPersistence(folder / "full.sqlite3")),
    ]
    for name, store in stores:
        supervise = recoverable(persistence=store)
        rows.append((name, median(supervise(bare)), await median_async(supervise(bare_async))))
        await store.close()
    return rows


async def share_of_the_contracts_benchmark() -> float:
    """Return by how much calls of 100 ms take longer when they are recorded, in percent."""

    @recoverable(max_retries=3)
    async def plain() -> None:
        await asyncio.sleep(0.1)

    store = SQLitePersistence(":memory:")

    @recoverable(max_retries=3, persistence=store)
    async def kept() -> None:
        await asyncio.sleep(0.1)

    took: dict[Any, list[float]] = {plain: [], kept: []}
    for _ in range(60):
        for call, times in took.items():
            began = time.perf_counter()
            await call()
            times.append(time.perf_counter() - began)
    await store.close()
    return (statistics.median(took[kept]) / statistics.median(took[plain]) - 1) * 100


async def bytes_in_flight(call: Async) -> float:
    """Return what each of many calls at once holds, in bytes."""
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    calls = [asyncio.ensure_future(call(number)) for number in range(IN_FLIGHT)]
    held, held_before = 0, -1
    while abs(held - held_before) > held / 100:  # until all of them wait
        await asyncio.sleep(3)
        gc.collect()
        held_before, held = held, tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    for one in calls:
        one.cancel()
    await asyncio.gather(*calls, return_exceptions=True)
    return held / IN_FLIGHT


async def in_flight(folder: Path) -> list[tuple[str, float]]:
    """Return a name and bytes over a bare task for what a call may be waiting for."""
    gate = asyncio.Event()

    async def blocked(_: int) -> None:
        await gate.wait()

    async def failing(_: int) -> None:
        raise ConnectionError

    waits: dict[str, Any] = {"initial_delay": 600.0, "max_delay": 900.0}
    store = SQLitePersistence(folder / "flight.sqlite3")
    ways: list[tuple[str, Async]] = [
        ("in the function", recoverable(blocked)),
        ("between attempts", recoverable(**waits)(failing)),
        ("in the function, recorded", recoverable(persistence=store)(blocked)),
        ("between attempts, recorded", recoverable(persistence=store, **waits)(failing)),
    ]
    alone = await bytes_in_flight(blocked)
    rows = [(name, await bytes_in_flight(call) - alone) for name, call in ways]
    await store.close()
    return rows


def _row(name: str, *figures: float | None) -> None:
    print(f"| {name} | {' | '.join('' if f is None else f'{f:,.2f}' for f in figures)} |")  # noqa: T201


def main() -> None:
    """Print the tables."""
    operations_log.setLevel("ERROR")
    print("| µs over the bare call | sync | async |\n|---|---|---|")  # noqa: T201
    for name, plain, on_loop in asyncio.run(overheads()):
        _row(name, plain, on_loop)
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        print("\n| µs a recorded call, median | sync | async |\n|---|---|---|")  # noqa: T201
        for name, plain, on_loop in asyncio.run(recorded(Path(folder))):
            _row(name, plain, on_loop)
        _row("DBOS, a workflow of one step", *(peers.dbos_medians(f"{folder}/dbos.sqlite3", 300) or (None, None)))
        print(f"\ncalls of 100 ms take {asyncio.run(share_of_the_contracts_benchmark()):.2f} % longer")  # noqa: T201
        print("\n| in flight, bytes over a bare task | |\n|---|---|")  # noqa: T201
        for name, held in asyncio.run(in_flight(Path(folder))):
            _row(name, held)


if __name__ == "__main__":
    main()
