"""A process suspended beyond its lease, whose work another one has, changes nothing and stops."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import time
from dataclasses import replace

import pytest

from launcher_gui.recovery.operation import AttemptOutcome, NewOperation, OperationState
from launcher_gui.recovery.runtime.process_identity import LEASE_S, this_process
from launcher_gui.recovery.store.records import AttemptEnd, StateChange
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from tests.store.processes import programs

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are stopped by signals")

SLEEPER = """
import asyncio, sys, time
from launcher_gui.recovery import SQLitePersistence, recoverable, recovery_of
from launcher_gui.recovery.runtime.clock import SystemClock
from launcher_gui.recovery.hooks import OperationEnded
from launcher_gui.recovery.process.owner_lease import OwnerLease
from launcher_gui.recovery.store.sqlite.watch import StoreWatch
from launcher_gui.recovery.rules.queue_order import QueueLimits
from launcher_gui.recovery.worker.worker import Worker

path, kind, does = sys.argv[1:4]
store = SQLitePersistence(path)

class Wait:
    def delay(self, attempt):
        return 0.3

def hear(fact):
    if isinstance(fact, OperationEnded):
        print("ended", fact.state, type(fact.error).__name__, flush=True)

options = dict(name="work", persistence=store, strategy=Wait(), hooks=(hear,), max_retries=5)

def steps(tracker):
    print("at work", flush=True)
    if does == "fails":
        raise ConnectionResetError
    while does == "tells":
        tracker.update(tracker.latest.done + 1)
        yield
    if does == "returns":
        yield

async def nothing(*_):
    pass

async def worker():
    async with store:
        owner_lease, watch = OwnerLease(store, "worker"), store.watch()
        await owner_lease.start()
        await watch.start()

        @recoverable(owner_lease=owner_lease, **options)
        async def work(progress_tracker):
            for _ in steps(progress_tracker):
                await (asyncio.to_thread(input) if does == "returns" else asyncio.sleep(0.01))

        functions = {"work": recovery_of(work)}
        at_work = Worker(store, watch, owner_lease, functions, lambda: QueueLimits(1), nothing, nothing, SystemClock())
        await at_work.run()

def plain():
    @recoverable(**options)
    def work(progress_tracker):
        for _ in steps(progress_tracker):
            input() if does == "returns" else time.sleep(0.01)

    try:
        recovery_of(work).call_as("one")
    except Exception as error:
        print("raised", type(error).__name__, flush=True)

plain() if kind == "plain" else asyncio.run(worker())
"""

DONE = StateChange(OperationState.COMPLETED, result='"by the successor"')


def take_over(tx: SQLiteTransaction, owner_id: str) -> int:
    """Claim the operation for another process once the first lease has expired, and begin an attempt."""
    later = time.time() + LEASE_S + 1
    assert tx.owners.sweep(later) == 1
    tx.owners.register(replace(this_process("successor", later), id=owner_id))
    taken = tx.claims.take_interrupted("work", owner_id, 5, later)
    assert taken is not None
    return tx.attempts.begin("one", owner_id, 0, later)


def stop(pid: int, path: str) -> None:
    """Suspend a process outside its transactions, since inside one it would lock the store."""
    db = sqlite3.connect(path, timeout=0, isolation_level=None)
    while True:
        os.kill(pid, signal.SIGSTOP)
        os.waitid(os.P_PID, pid, os.WSTOPPED)
        try:
            db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            os.kill(pid, signal.SIGCONT)
            time.sleep(0.002)
        else:
            break
    db.execute("ROLLBACK")
    db.close()


@pytest.mark.parametrize("kind", ["worker", "plain"])
@pytest.mark.parametrize("does", ["tells", "returns", "fails"])
async def test_a_late_owner_changes_nothing_and_stops(store: SQLitePersistence, kind: str, does: str) -> None:
    """Its progress, its outcome and its retries are refused, and it stops."""
    new = NewOperation("work", {"args": [], "kwargs": {}}, id="one")
    if kind == "worker":
        await store.write(lambda tx: tx.operations.insert(new, 1.0))
    with programs(SLEEPER, 1, store.path, kind, does) as (sleeper,):
        assert await asyncio.to_thread(sleeper.says) == "at work"
        if does == "fails":
            await in_state(store, OperationState.WAITING)
        stop(sleeper.pid, store.path)
        number = await store.write(lambda tx: take_over(tx, "successor"))
        before = await everything(store)
        os.kill(sleeper.pid, signal.SIGCONT)
        if does == "returns":
            sleeper.tell()
        assert await asyncio.to_thread(sleeper.says) == "ended interrupted OwnershipLostError"
        if kind == "plain":
            assert await asyncio.to_thread(sleeper.says) == "raised OwnershipLostError"
            assert sleeper.result() == 0
        assert await everything(store) == before
    end = AttemptEnd(AttemptOutcome.SUCCEEDED)
    await store.write(lambda tx: tx.attempts.end("one", "successor", number, end, DONE, None, time.time()))
    outcomes = [attempt.outcome for attempt in await store.read(lambda tx: tx.attempts.of("one"))]
    assert outcomes[-1] is AttemptOutcome.SUCCEEDED
    assert outcomes[0] is (AttemptOutcome.FAILED if does == "fails" else AttemptOutcome.INTERRUPTED)


async def everything(store: SQLitePersistence) -> tuple[object, ...]:
    """Return everything stored about the operation, with progress."""
    operation = await store.read(lambda tx: tx.operations.get("one"))
    return (
        operation,
        await store.read(lambda tx: tx.attempts.of("one")),
        await store.read(lambda tx: tx.events.last_seq()),
    )


async def in_state(store: SQLitePersistence, state: OperationState) -> None:
    """Wait until the operation is in ``state``."""
    async with asyncio.timeout(20):
        while (found := await store.read(lambda tx: tx.operations.get("one"))) is None or found.state is not state:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
