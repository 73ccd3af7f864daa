"""What a long queue costs: finding the next, moving somebody, the rows of the window, and working through it.

Run by hand, on a machine that does nothing else::

    python -m tests.benchmarks.bench_queue
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from launcher_gui.models.operation_table import OperationTableModel
from launcher_gui.monitor import feed
from launcher_gui.monitor.projection import Changes, OperationRecord, Projection
from launcher_gui.recovery import Recoverable
from launcher_gui.recovery.execution.options import Options
from launcher_gui.recovery.operation import NewOperation, OperationState
from launcher_gui.recovery.process.owner_lease import OwnerLease
from launcher_gui.recovery.rules.queue_order import Move, QueueLimits
from launcher_gui.recovery.runtime.clock import SystemClock
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.sqlite.watch import StoreWatch
from launcher_gui.recovery.store.tables import operations, queue
from launcher_gui.recovery.worker.worker import Worker
from launcher_gui.text.message import foreign

LENGTHS = (10, 2_000, 10_000)
ROUNDS = 200
TERMS = {
    "the next": QueueLimits(3),
    "limit of a host, which all are from": QueueLimits(3, per_scope=1),
    "outside the hours": QueueLimits(3, closed=foreign("waits")),
}


def fill(db: sqlite3.Connection, count: int) -> None:
    """Let an operation of a host run, and queue ``count`` more of it."""
    operations.insert(db, NewOperation("download", {}, scope="host", id="running"), 1.0)
    operations.claim(db, "running", "owner", 1.0)
    for number in range(count):
        new = NewOperation("download", {"url": f"https://host/{number}"}, scope="host", id=f"{number:08}")
        operations.insert(db, new, 1.0)


def median_us(db: sqlite3.Connection, body: Callable[[], object]) -> float:
    """Return the median time of ``body`` within a transaction that is undone."""
    took = []
    for _ in range(ROUNDS):
        db.execute("BEGIN IMMEDIATE")
        begun = time.perf_counter()
        body()
        took.append(time.perf_counter() - begun)
        db.execute("ROLLBACK")
    return statistics.median(took) * 1e6


def statements(db: sqlite3.Connection, body: Callable[[], object]) -> int:
    """Return how many statements ``body`` runs."""
    told: list[str] = []
    db.execute("BEGIN IMMEDIATE")
    db.set_trace_callback(told.append)
    body()
    db.set_trace_callback(None)
    db.execute("ROLLBACK")
    return len(told)


def in_the_store(folder: Path) -> None:
    """Print what claims, additions and moves take by the length of the queue."""
    for length in LENGTHS:
        store = SQLitePersistence(folder / f"{length}.db")
        db = store.connect()
        store.in_transaction(db, lambda db=db, length=length: fill(db, length))  # type: ignore[misc]
        last = f"{length - 1:08}"
        bodies: dict[str, Callable[[], object]] = {
            f"claim, {words}": partial(queue.claim_next, db, ["download"], "owner", 2.0, (), terms)
            for words, terms in TERMS.items()
        }
        bodies["add"] = partial(operations.insert, db, NewOperation("download", {}), 2.0)
        bodies["move the last to the front"] = partial(queue.move, db, [last], Move.FRONT, "window", 2.0)
        for words, body in bodies.items():
            print(f"{length:6} queued, {words}: {median_us(db, body):.0f} us, {statements(db, body)} statements")  # noqa: T201
        db.close()


def in_the_window(folder: Path) -> None:
    """Print what it takes to show that the first has been begun, so that all behind it are one place nearer."""
    for length in LENGTHS:
        db = SQLitePersistence(folder / f"{length}.db").connect()
        changes, _ = feed.read_all(db)
        db.close()
        model = OperationTableModel()
        projection = Projection().apply(changes)
        model.show(projection, changes.ids)
        took = []
        for record in changes.records[:20]:
            begun_row = _begun(record)
            projection = projection.apply(Changes(records=(begun_row,)))
            begun = time.perf_counter()
            model.show(projection, frozenset([begun_row.operation.id]))
            took.append(time.perf_counter() - begun)
        print(f"{length:6} queued, the window takes over a claim: {statistics.median(took) * 1e3:.2f} ms")  # noqa: T201


def _begun(record: OperationRecord) -> OperationRecord:
    return replace(record, operation=replace(record.operation, state=OperationState.RUNNING))


def resident_mb() -> float:
    """Return the memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def worked_through(folder: Path, count: int) -> None:
    """Print what a worker takes for each of ``count`` operations that do nothing, and the memory on the way."""
    async with SQLitePersistence(folder / "worked.db") as store:
        clock, incarnation, watch = SystemClock(), OwnerLease(store, "program"), StoreWatch(store)
        await store.write(fill_for_work, count)
        await incarnation.start()
        await watch.start()
        done: list[float] = []
        memory: list[float] = []

        async def work(_: str) -> None:
            done.append(time.process_time())
            if len(done) % (count // 10) == 1:
                memory.append(resident_mb())

        function: Recoverable[[str], None] = Recoverable(
            work, Options(name="work", persistence=store, incarnation=incarnation, clock=clock)
        )
        terms = QueueLimits(3, per_scope=3)
        worker = Worker(store, watch, incarnation, {"work": function}, lambda: terms, _nothing, _nothing, clock)
        await worker.run_until_empty()
        await watch.stop()
        await incarnation.stop()
    tenth = count // 10
    first, last = (done[tenth] - done[0]) / tenth, (done[-1] - done[-tenth - 1]) / tenth
    print(f"{count} worked through: {first * 1e3:.2f} ms of CPU time each at first, {last * 1e3:.2f} ms at last")  # noqa: T201
    print(f"memory on the way: {memory[0]:.1f} MB at first, {memory[-1]:.1f} MB at last")  # noqa: T201


def fill_for_work(db: sqlite3.Connection, /, count: int) -> None:
    """Queue ``count`` operations that a worker can run."""
    for number in range(count):
        arguments = {"args": [str(number)], "kwargs": {}}
        operations.insert(db, NewOperation("work", arguments, scope=f"host-{number % 4}"), 1.0)


async def _nothing(*_: Any) -> None:
    """Do nothing."""


def main() -> None:
    """Print all of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        in_the_store(folder)
        in_the_window(folder)
        asyncio.run(worked_through(folder, 2_000))


if __name__ == "__main__":
    main()
