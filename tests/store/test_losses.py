"""Operations whose processes are lost are recovered a limited number of times, then fail with the reason."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from launcher_gui.downloads.download_store import requeue_interrupted
from launcher_gui.recovery import SQLitePersistence, recoverable, recovery_of
from launcher_gui.recovery.exceptions import RecoveryExhaustedError
from launcher_gui.recovery.operation import CommandKind, NewOperation, Operation, OperationState, Owner, Progress
from launcher_gui.recovery.runtime.process_identity import LEASE_S, this_process
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction

RECOVERIES = 2
NEW = NewOperation("work", {"args": [], "kwargs": {}}, id="one")

Taker = Callable[[SQLiteTransaction, Owner, float], bool]


@pytest.fixture
def tx(path: Path) -> Iterator[SQLiteTransaction]:
    """Return a connection to a new store."""
    with contextlib.closing(SQLitePersistence(path).connect()) as session:
        yield session.tx


def by_id(tx: SQLiteTransaction, owner: Owner, now: float) -> bool:
    """Resume it as a program that repeats the call does."""
    return tx.claims.begin_or_take(NEW, owner.id, 0, RECOVERIES, now).operation.state is OperationState.RUNNING


def by_function(tx: SQLiteTransaction, owner: Owner, now: float) -> bool:
    """Resume it as a program that looks for interrupted work does."""
    return tx.claims.take_interrupted("work", owner.id, RECOVERIES, now) is not None


def from_the_queue(tx: SQLiteTransaction, owner: Owner, now: float) -> bool:
    """Resume it as the window does at start-up."""
    requeue_interrupted(tx, RECOVERIES, now)
    return tx.queue.claim_next(["work"], owner.id, now) is not None


def lost(tx: SQLiteTransaction, take: Taker, now: float, done: int = 0) -> bool:
    """Let a new process resume the operation, make some progress and be lost; return whether it could resume it."""
    owner = replace(this_process("program", now), host="elsewhere")
    tx.owners.register(owner)
    if not take(tx, owner, now):
        return False
    tx.progress.save({"one": Progress(done)}, owner.id)
    tx.owners.sweep(now + LEASE_S + 1)
    return True


def one(tx: SQLiteTransaction) -> Operation:
    """Return the operation."""
    return tx.operations.require("one")


@pytest.mark.parametrize("take", [by_id, by_function, from_the_queue])
@pytest.mark.parametrize("done", [0, 7])
def test_an_operation_that_loses_every_process_fails(tx: SQLiteTransaction, take: Taker, done: int) -> None:
    """However it is resumed, it fails after the allowed recoveries, with the reason in its row."""
    tx.operations.insert(NEW, 1.0)
    assert [lost(tx, take, 100.0 * n, done) for n in range(1, 5)] == [True, True, True, False]
    assert (one(tx).state, str(one(tx).reason)) == (
        OperationState.FAILED,
        "the program keeps quitting while working on this",
    )
    assert str(one(tx).decision).startswith("stopped: the program quit unexpectedly 3 times")
    assert one(tx).owner_id is None


def test_an_operation_with_progress_never_fails_for_lost_processes(tx: SQLiteTransaction) -> None:
    """Slow progress in every process is no reason to stop."""
    tx.operations.insert(NEW, 1.0)
    assert all(lost(tx, by_function, 100.0 * n, done=n) for n in range(1, 12))


def test_doing_the_same_again_is_not_coming_further(tx: SQLiteTransaction) -> None:
    """Only progress beyond the previous maximum counts."""
    tx.operations.insert(NEW, 1.0)
    assert [lost(tx, by_function, 100.0 * n, done=50 - n) for n in range(1, 5)] == [True, True, True, False]


def test_resuming_resets_the_count(tx: SQLiteTransaction) -> None:
    """Resuming it, before or after it failed, resets the count."""
    tx.operations.insert(NEW, 1.0)
    for n in range(1, 4):
        lost(tx, by_function, 100.0 * n)
    for given_up in (False, True):
        asked = tx.commands.ask("one", CommandKind.RESUME, "window", 1000.0)
        command = tx.commands.get(asked)
        assert command is not None
        tx.commands.obey_unowned(command, 1000.0)
        assert one(tx).state is OperationState.QUEUED
        assert [lost(tx, by_function, 1000.0 + 100.0 * n) for n in range(3)] == [True, True, True]
        assert lost(tx, by_function, 2000.0) is False, given_up


def test_leaving_in_good_order_is_no_loss(tx: SQLiteTransaction) -> None:
    """Regular exits do not count as losses."""
    tx.operations.insert(NEW, 1.0)
    for n in range(1, 10):
        owner = this_process("program", 100.0 * n)
        tx.owners.register(owner)
        assert by_function(tx, owner, 100.0 * n)
        tx.owners.retire(owner.id, 100.0 * n)


def test_an_owner_that_nobody_swept_is_counted(tx: SQLiteTransaction) -> None:
    """Claiming a dead owner's operation records that loss as well."""
    for n in range(1, 5):
        owner = replace(this_process("program", 100.0 * n), host="elsewhere")
        tx.owners.register(owner)
        assert by_id(tx, owner, 100.0 * n) is (n < 4)


def test_a_step_never_fails_on_its_own(tx: SQLiteTransaction) -> None:
    """A step never fails on its own because of lost owners."""
    tx.operations.insert(NEW, 1.0)
    tx.operations.insert(replace(NEW, id="step", parent_id="one"), 1.0)
    for _ in range(5):
        tx.crash_counts.count("step")
    assert tx.crash_counts.give_up("step", RECOVERIES, 2.0) is None


async def test_who_calls_it_again_is_told(store: SQLitePersistence) -> None:
    """A repeated call raises an error with the outcome, without calling the function."""
    called = []

    @recoverable(name="work", persistence=store)
    async def work() -> None:
        called.append(1)

    await store.write(lambda tx: tx.operations.insert(NEW, 1.0))
    for _ in range(6):
        await store.write(lambda tx: tx.crash_counts.count("one"))
    with pytest.raises(RecoveryExhaustedError, match="quit unexpectedly 6 times"):
        await recovery_of(work).call_as("one")
    assert called == []
    found = await store.read(lambda tx: tx.operations.get("one"))
    assert found is not None
    assert found.state is OperationState.FAILED
