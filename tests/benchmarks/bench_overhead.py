"""What a successful call costs over the bare one.

Run by hand, on a machine that does nothing else::

    python -m tests.benchmarks.bench_overhead

prints microseconds over the bare call: best of several rounds without a store, medians with one.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from launcher_gui.recovery import MemoryPersistence, SQLitePersistence, recoverable

CALLS = 100_000
ROUNDS = 7
RECORDED = 2_000

Plain = Callable[[int], int]
Async = Callable[[int], Awaitable[int]]


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


def cost(call: Plain) -> float:
    """Return the microseconds of a call."""
    rounds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for number in range(CALLS):
            call(number)
        rounds.append(time.perf_counter() - began)
    return min(rounds) / CALLS * 1e6


async def cost_async(call: Async) -> float:
    """Return the microseconds of a call."""
    rounds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for number in range(CALLS):
            await call(number)
        rounds.append(time.perf_counter() - began)
    return min(rounds) / CALLS * 1e6


def median(call: Plain) -> float:
    """Return the median microseconds of a call that is recorded."""
    times = []
    for number in range(RECORDED):
        began = time.perf_counter()
        call(number)
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1e6


async def median_async(call: Async) -> float:
    """Return the median microseconds of a call that is recorded."""
    times = []
    for number in range(RECORDED):
        began = time.perf_counter()
        await call(number)
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1e6


async def table() -> list[tuple[str, float, float]]:
    """Return a name and microseconds over the bare call, sync and async, for every way to call."""
    plain, on_loop = cost(bare), await cost_async(bare_async)
    rows = [
        ("hand-written loop", cost(by_hand) - plain, await cost_async(by_hand_async) - on_loop),
        (
            "recoverable",
            cost(recoverable(bare)) - plain,
            await cost_async(recoverable(bare_async)) - on_loop,
        ),
    ]
    with tempfile.TemporaryDirectory() as folder:
        for name, store in (
            ("recoverable, store in memory", MemoryPersistence()),
            ("recoverable, store in a file", SQLitePersistence(Path(folder) / "store.sqlite3")),
        ):
            supervise = recoverable(persistence=store)
            rows.append((name, median(supervise(bare)) - plain, await median_async(supervise(bare_async)) - on_loop))
            await store.close()
    return rows


def main() -> None:
    """Print the table."""
    print(f"{'µs over the bare call':<30} {'sync':>8} {'async':>8}")  # noqa: T201
    for name, plain, on_loop in asyncio.run(table()):
        print(f"{name:<30} {plain:>8.2f} {on_loop:>8.2f}")  # noqa: T201


if __name__ == "__main__":
    main()
