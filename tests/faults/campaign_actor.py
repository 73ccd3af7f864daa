"""One process of the crash campaign: works on the store without pause, and prints what it knows is committed.

Run as ``python -m tests.faults.campaign_actor ROLE STORE SEED``.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import random
import sys
import time
from collections.abc import Mapping
from typing import Any

from launcher_gui.monitor.commands import give
from launcher_gui.recovery import ProgressTracker, SQLitePersistence, recoverable, recovery_of
from launcher_gui.recovery.exceptions import OperationHeldError, OperationStoppedError, RecoveryStateError
from launcher_gui.recovery.hooks import AttemptFailed, Fact, OperationEnded
from launcher_gui.recovery.log_hook import operations_log
from launcher_gui.recovery.operation import CommandKind, NewOperation, OperationState, generate_operation_id
from launcher_gui.recovery.process.owner_lease import OwnerLease
from launcher_gui.recovery.rules.queue_order import QueueLimits
from launcher_gui.recovery.runtime.clock import SystemClock
from launcher_gui.recovery.store.sqlite import database
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from launcher_gui.recovery.worker.worker import Worker
from launcher_gui.text.message import foreign
from tests.faults.campaign import MOST_OPERATIONS, RETRIES

KINDS = (*CommandKind, CommandKind.RESUME, CommandKind.RESUME, CommandKind.RETRY)
"""What is asked for; more often what keeps work going."""

_TO_BE_DONE = (OperationState.QUEUED, OperationState.RUNNING, OperationState.WAITING)

_chance = random.Random()


def say(**told: object) -> None:
    """Report to the campaign in one atomic write to the pipe."""
    os.write(1, (json.dumps({"at": time.monotonic(), **told}) + "\n").encode())


def hear(fact: Fact) -> None:
    """Forward what the library reports as recorded."""
    if isinstance(fact, AttemptFailed):
        say(told="attempt_failed", operation=fact.call.operation_id, number=fact.number)
    elif isinstance(fact, OperationEnded) and fact.state is OperationState.COMPLETED:
        say(told="completed", operation=fact.call.operation_id, number=fact.attempts)


def outcome() -> str:
    """Succeed mostly, fail temporarily sometimes, and permanently now and then."""
    chance = _chance.random()
    if chance < 0.3:
        raise ConnectionResetError
    if chance < 0.35:
        raise PermissionError
    return "done"


class Soon:
    """Waits almost no time between attempts."""

    def delay(self, attempt: int) -> float:  # noqa: ARG002 every wait is as short
        """Return a few milliseconds."""
        return _chance.uniform(0.0, 0.02)


async def _nothing(*_: object) -> None:
    """Clean up nothing."""


async def window(path: str) -> None:
    """Own, run and add operations, and resume interrupted ones at the start, as a window does."""
    async with SQLitePersistence(path) as store:
        owner_lease, watch, clock = OwnerLease(store, "window"), store.watch(), SystemClock()
        await owner_lease.start()
        await watch.start()

        options: Mapping[str, Any] = {"persistence": store, "owner_lease": owner_lease, "max_retries": RETRIES}

        @recoverable(name="work", strategy=Soon(), hooks=(hear,), circuit_breaker_threshold=1000, **options)
        async def work(progress_tracker: ProgressTracker) -> str:
            say(told="begun", operation=progress_tracker.operation_id)
            try:
                await asyncio.sleep(_chance.uniform(0.0, 0.08))
                return outcome()
            finally:
                say(told="ended", operation=progress_tracker.operation_id)

        functions = {"work": recovery_of(work)}
        worker = Worker(store, watch, owner_lease, functions, lambda: QueueLimits(3), _nothing, _nothing, clock)
        working = asyncio.ensure_future(worker.run())
        say(told="ready")
        while not working.done():
            await store.write(lambda tx: _resume_interrupted(tx, clock.now()))
            while len(await store.read(lambda tx: tx.operations.in_states(_TO_BE_DONE))) < MOST_OPERATIONS:
                new = NewOperation("work", {"args": [], "kwargs": {}})
                await store.write(lambda tx: tx.operations.insert(new, clock.now()))
                say(told="added", operation=new.id)
            await asyncio.sleep(0.02)
        await working


def _resume_interrupted(tx: SQLiteTransaction, now: float) -> None:
    for operation in tx.operations.in_states([OperationState.INTERRUPTED]):
        if operation.function == "work":
            tx.operations.queue(operation.id, now, foreign("taken up again"))


def plain(path: str) -> None:
    """Call a synchronous function, and resume interrupted calls of others, as Celery's workers do."""
    store = SQLitePersistence(path)

    @recoverable(name="plain", strategy=Soon(), hooks=(hear,), max_retries=RETRIES, persistence=store)
    def work(progress_tracker: ProgressTracker) -> str:
        say(told="begun", operation=progress_tracker.operation_id)
        try:
            for _ in range(3):
                progress_tracker.update(progress_tracker.latest.done + 1)
                time.sleep(_chance.uniform(0.0, 0.01))
            return outcome()
        finally:
            say(told="ended", operation=progress_tracker.operation_id)

    supervised, mine = recovery_of(work), [generate_operation_id()]
    say(told="ready")
    while True:
        try:
            supervised.call_as(mine[-1])
        except (OperationHeldError, OperationStoppedError):
            mine.append(generate_operation_id())
        except asyncio.CancelledError:  # a person paused or cancelled it
            mine.append(generate_operation_id())
        except (ConnectionError, PermissionError):
            pass  # told again to do the same, as by a queue
        else:
            mine.append(generate_operation_id())
        try:
            supervised.resume_interrupted_blocking()
        except asyncio.CancelledError:
            continue


async def person(path: str) -> None:
    """Give various commands."""
    async with SQLitePersistence(path) as store:
        say(told="ready")
        while True:
            found = await store.read(lambda tx: tx.operations.in_states(tuple(OperationState)))
            if not found:
                await asyncio.sleep(0.01)
                continue
            kind, operation = _chance.choice(KINDS), _chance.choice(found)
            try:
                command = await give(store, SystemClock(), operation.id, kind, "command line")
            except RecoveryStateError:
                continue  # it was removed meanwhile
            say(told="command", command=command.id, state=command.state, answer=str(command.answer))
            await asyncio.sleep(_chance.uniform(0.0, 0.02))


def main() -> None:
    """Play the role from the command line until killed."""
    role, path, seed = sys.argv[1:]
    _chance.seed(int(seed))
    operations_log.setLevel(logging.ERROR)
    database.WAL_LIMIT_BYTES = 64 * 1024  # so that there are checkpoints to be killed in
    if role == "plain":
        plain(path)
    else:
        asyncio.run({"window": window, "person": person}[role](path))


if __name__ == "__main__":
    main()
