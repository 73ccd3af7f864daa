"""How soon another process's commit is in this process's projection, and what waiting for one costs.

Run by hand, on a machine that does nothing else::

    python -m tests.benchmarks.bench_feed

The clock is the system's monotonic one, which processes share. The store is made in the folder for temporary files.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from launcher_gui.monitor import feed
from launcher_gui.monitor.projection import Projection
from launcher_gui.recovery.runtime.clock import SystemClock
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.sqlite.watch import StoreWatch
from tests.store.processes import programs

COMMITS = 2_000
IDLE_S = 10.0

WRITER = """
import random, sys, time
from launcher_gui.recovery.operation import NewOperation
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
store = SQLitePersistence(sys.argv[1])
session = store.connect()
print("ready", flush=True)
for line in sys.stdin:
    for n in range(int(line)):
        time.sleep(random.expovariate(1 / float(sys.argv[2])))
        begun = time.monotonic_ns()
        new = NewOperation("work", {}, id=f"{begun}-{sys.argv[2]}")
        session.write(lambda tx: tx.operations.insert(new, 1.0))
"""


async def latencies(watch: StoreWatch, pause_s: float, path: str) -> list[float]:
    """Return the milliseconds from the start of each commit of another process to its place in the projection."""
    projection, taken = Projection(), list[float]()
    changes = feed.follow(watch, SystemClock())
    projection = projection.apply(await anext(changes))
    with programs(WRITER, 1, path, pause_s) as (writer,):
        await asyncio.to_thread(writer.says)
        writer.tell(str(COMMITS))
        while len(taken) < COMMITS:
            change = await anext(changes)
            projection = projection.apply(change)
            now = time.monotonic_ns()
            taken += [(now - int(record.operation.id.split("-")[0])) / 1e6 for record in change.records]
    return taken


async def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "feed.sqlite3")
        async with SQLitePersistence(path) as store:
            watch = store.watch()
            await watch.start()
            for pause_s in (0.05, 0.005):
                taken = statistics.quantiles(await latencies(watch, pause_s, path), n=100)
                print(f"a commit every {pause_s * 1000:.0f} ms: p50 {taken[49]:.2f} ms, p99 {taken[98]:.2f} ms")  # noqa: T201
            before = time.process_time()
            await asyncio.sleep(IDLE_S)
            print(f"idle: {(time.process_time() - before) / IDLE_S:.3%} of a core")  # noqa: T201
            await watch.stop()


if __name__ == "__main__":
    asyncio.run(main())
