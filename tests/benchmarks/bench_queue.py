"""What a long queue costs: finding the next, moving somebody, the rows of the window, and working through it.

Run by hand, on a machine that does nothing else::

    python -m tests.benchmarks.bench_queue
"""

from __future__ import annotations

import asyncio
import os
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
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from launcher_gui.recovery.worker.worker import Worker
from launcher_gui.text.message import foreign

LENGTHS = (10, 2_000, 10_000)
ROUNDS = 200
TERMS = {
    "the next": QueueLimits(3),
    "limit of a host, which all are from": QueueLimits(3, per_scope=1),
    "outside the hours": QueueLimits(3, closed=foreign("waits")),
}


def fill(tx: SQLiteTransaction, count: int) -> None:
    """Let an operation of a host run, and queue ``count`` more of it."""
    tx.operations.insert(NewOperation("download", {}, scope="host", id="running"), 1.0)
    tx.operations.claim("running", "owner", 1.0)
    for number in range(count):
        new = NewOperation("download", {"url": f"https://host/{number}"}, scope="host", id=f"{number:08}")
        tx.operations.insert(new, 1.0)


def median_us(tx: SQLiteTransaction, body: Callable[[], object]) -> float:
    """Return the median time of ``body`` within a transaction that is undone."""
    took = []
    for _ in range(ROUNDS):
        tx.db.execute("BEGIN IMMEDIATE")
        begun = time.perf_counter()
        body()
        took.append(time.perf_counter() - begun)
        tx.db.execute("ROLLBACK")
    return statistics.median(took) * 1e6


def statements(tx: SQLiteTransaction, body: Callable[[], object]) -> int:
    """Return how many statements ``body`` runs."""
    told: list[str] = []
    tx.db.execute("BEGIN IMMEDIATE")
    tx.db.set_trace_callback(told.append)
    body()
    tx.db.set_trace_callback(None)
    tx.db.execute("ROLLBACK")
    return len(told)


def in_the_store(folder: Path) -> None:
    """Print what claims, additions and moves take by the length of the queue."""
    for length in LENGTHS:
        store = SQLitePersistence(folder / f"{length}.db")
        session = store.connect()
        tx = session.tx
        session.write(lambda tx: fill(tx, length))
        last = f"{length - 1:08}"
        bodies: dict[str, Callable[[], object]] = {
            f"claim, {words}": partial(tx.queue.claim_next, ["download"], "owner", 2.0, (), terms)
            for words, terms in TERMS.items()
        }
        bodies["add"] = partial(tx.operations.insert, NewOperation("download", {}), 2.0)
        bodies["move the last to the front"] = partial(tx.queue.move, [last], Move.FRONT, "window", 2.0)
        for words, body in bodies.items():
            print(f"{length:6} queued, {words}: {median_us(tx, body):.0f} us, {statements(tx, body)} statements")  # noqa: T201
        session.close()


def in_the_window(folder: Path) -> None:
    """Print what it takes to show that the first has been begun, so that all behind it are one place nearer."""
    for length in LENGTHS:
        session = SQLitePersistence(folder / f"{length}.db").connect()
        changes, _ = session.read(feed.read_all)
        session.close()
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
        clock, owner_lease, watch = SystemClock(), OwnerLease(store, "program"), store.watch()
        await store.write(lambda tx: fill_for_work(tx, count))
        await owner_lease.start()
        await watch.start()
        done: list[float] = []
        memory: list[float] = []

        async def work(_: str) -> None:
            done.append(time.process_time())
            if len(done) % (count // 10) == 1:
                memory.append(resident_mb())

        function: Recoverable[[str], None] = Recoverable(
            work, Options(name="work", persistence=store, owner_lease=owner_lease, clock=clock)
        )
        terms = QueueLimits(3, per_scope=3)
        worker = Worker(store, watch, owner_lease, {"work": function}, lambda: terms, _nothing, _nothing, clock)
        await worker.run_until_empty()
        await watch.stop()
        await owner_lease.stop()
    tenth = count // 10
    first, last = (done[tenth] - done[0]) / tenth, (done[-1] - done[-tenth - 1]) / tenth
    print(f"{count} worked through: {first * 1e3:.2f} ms of CPU time each at first, {last * 1e3:.2f} ms at last")  # noqa: T201
    print(f"memory on the way: {memory[0]:.1f} MB at first, {memory[-1]:.1f} MB at last")  # noqa: T201


def fill_for_work(tx: SQLiteTransaction, /, count: int) -> None:
    """Queue ``count`` operations that a worker can run."""
    for number in range(count):
        arguments = {"args": [str(number)], "kwargs": {}}
        tx.operations.insert(NewOperation("work", arguments, scope=f"host-{number % 4}"), 1.0)


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
