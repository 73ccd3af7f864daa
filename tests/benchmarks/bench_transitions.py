"""Several processes that write transitions to one store at a steady rate: how long commits take, and what is lost.

Run by hand, on a machine that does nothing else (10 s; the full size is a minute)::

    python -m tests.benchmarks.bench_transitions [SECONDS]

A transition is a transaction of the library's, awaited as its callers await it. An operation takes four: added,
claimed, an attempt begun, completed. Afterwards the history of the store has to explain every row.
"""

from __future__ import annotations

import contextlib
import json
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from tests.store.processes import Program, programs
from tests.support.store.history import History, faults

PROCESSES = 4
RATE = 500
SECONDS = 10.0

WRITER = """
import asyncio, json, sys, time
from launcher_gui.recovery.exceptions import StoreError
from launcher_gui.recovery.store.records import AttemptEnd, StateChange
from launcher_gui.recovery.operation import AttemptOutcome, NewOperation, OperationState
from launcher_gui.recovery.runtime.process_identity import this_process
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence

path, rate, seconds, number = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
done, succeeded = StateChange(OperationState.COMPLETED, result="1"), AttemptEnd(AttemptOutcome.SUCCEEDED)

async def main():
    async with SQLitePersistence(path) as store:
        owner = this_process("program", time.time())
        await store.write(lambda tx: tx.owners.register(owner))
        print("ready", flush=True)
        await asyncio.to_thread(input)
        taken, errors, n, began = [], 0, 0, time.perf_counter()
        while (elapsed := time.perf_counter() - began) < seconds:
            if (ahead := n / rate - elapsed) > 0:
                await asyncio.sleep(ahead)
            name, now = f"{number}-{n // 4:08}", time.time()
            job = (
                lambda tx: tx.operations.insert(NewOperation("work", {}, id=name), now),
                lambda tx: tx.operations.claim(name, owner.id, now),
                lambda tx: tx.attempts.begin(name, owner.id, 3, now),
                lambda tx: tx.attempts.end(name, owner.id, 1, succeeded, done, None, now),
            )[n % 4]
            asked = time.perf_counter()
            try:
                await store.write(job)
            except StoreError:
                errors += 1
            taken.append((time.perf_counter() - asked) * 1000)
            n += 1
        print(json.dumps({"taken": taken, "errors": errors}), flush=True)

asyncio.run(main())
"""


@dataclass(frozen=True)
class Measured:
    """What the processes found.

    Attributes:
        taken_ms: How long each transition took its caller.
        errors: How many were refused.
        history: What the store tells afterwards.
    """

    taken_ms: list[float]
    errors: int
    history: History


def measure(path: Path, seconds: float, processes: int = PROCESSES, rate: int = RATE) -> Measured:
    """Let so many processes write for so long.

    Raises:
        AssertionError: If a transition or an event is missing or out of order, or a row does not agree with its events.
    """
    with programs(WRITER, processes, path, rate, seconds) as writing:
        for program in writing:
            assert program.says() == "ready"
        for program in writing:
            program.tell()
        told = [_told(program) for program in writing]
        assert [program.result() for program in writing] == [0] * processes
    with contextlib.closing(SQLitePersistence(path).connect()) as session:
        wrong, history = session.read(lambda tx: faults(tx, {"work": 1}))
    assert not wrong, "\n".join(wrong[:20])
    added, completed = len(history.lives), sum(life.attempts.get(1) == "succeeded" for life in history.lives.values())
    errors = sum(errors for _, errors in told)
    if not errors:  # of four transitions the first adds an operation, the last completes it
        assert added == sum((len(taken) + 3) // 4 for taken, _ in told)
        assert completed == sum(len(taken) // 4 for taken, _ in told)
    return Measured([ms for taken, _ in told for ms in taken], errors, history)


def _told(program: Program) -> tuple[list[float], int]:
    told = json.loads(program.says())
    return told["taken"], told["errors"]


def main() -> None:
    """Measure and print."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(Path(folder) / "store.sqlite3", seconds)
    taken = measured.taken_ms
    cuts = statistics.quantiles(taken, n=1000)
    print(  # noqa: T201
        f"{PROCESSES} processes, {len(taken) / seconds:.0f} transitions a second for {seconds:.0f} s: "
        f"p50 {cuts[499]:.2f} ms, p99 {cuts[989]:.2f} ms, p99.9 {cuts[998]:.2f} ms, at most {max(taken):.1f} ms; "
        f"{measured.errors} errors; {len(measured.history.lives)} operations, all explained"
    )


if __name__ == "__main__":
    main()
