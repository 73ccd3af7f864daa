"""Operations whose processes are lost: taken up so many times, and then at rest, with the reason."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from launcher_gui.downloads.download_store import requeue_interrupted
from launcher_gui.recovery import SQLitePersistence, recoverable, recovery_of
from launcher_gui.recovery.exceptions import RecoveryExhaustedError
from launcher_gui.recovery.operation import CommandKind, NewOperation, Operation, OperationState, Owner, Progress
from launcher_gui.recovery.runtime.process_identity import LEASE_S, this_process
from launcher_gui.recovery.store.tables import claims, commands, crash_counts, operations, owners, queue
from launcher_gui.recovery.store.tables import progress as progress_rows

RECOVERIES = 2
NEW = NewOperation("work", {"args": [], "kwargs": {}}, id="one")

Taker = Callable[[sqlite3.Connection, Owner, float], bool]


@pytest.fixture
def db(path: Path) -> Iterator[sqlite3.Connection]:
    """Return a connection to a new store."""
    with contextlib.closing(SQLitePersistence(path).connect()) as connection:
        yield connection


def by_id(db: sqlite3.Connection, owner: Owner, now: float) -> bool:
    """Take it up as a program does that is told again to do the same."""
    return claims.begin_or_take(db, NEW, owner.id, 0, RECOVERIES, now).operation.state is OperationState.RUNNING


def by_function(db: sqlite3.Connection, owner: Owner, now: float) -> bool:
    """Take it up as a program does that looks for what was interrupted."""
    return claims.take_interrupted(db, "work", owner.id, RECOVERIES, now) is not None


def from_the_queue(db: sqlite3.Connection, owner: Owner, now: float) -> bool:
    """Take it up as the window does at its start."""
    requeue_interrupted(db, RECOVERIES, now)
    return queue.claim_next(db, ["work"], owner.id, now) is not None


def lost(db: sqlite3.Connection, take: Taker, now: float, done: int = 0) -> bool:
    """Let a new process take the operation up, come so far and be lost; return whether it could be taken up."""
    owner = replace(this_process("program", now), host="elsewhere")
    owners.register(db, owner)
    if not take(db, owner, now):
        return False
    progress_rows.save(db, {"one": Progress(done)}, owner.id)
    owners.sweep(db, now + LEASE_S + 1)
    return True


def one(db: sqlite3.Connection) -> Operation:
    """Return the operation."""
    return operations.require(db, "one")


@pytest.mark.parametrize("take", [by_id, by_function, from_the_queue])
@pytest.mark.parametrize("done", [0, 7])
def test_what_loses_every_process_is_given_up(db: sqlite3.Connection, take: Taker, done: int) -> None:
    """However it is taken up, it is so as often as is allowed; then it has failed, and the row says why."""
    operations.insert(db, NEW, 1.0)
    assert [lost(db, take, 100.0 * n, done) for n in range(1, 5)] == [True, True, True, False]
    assert (one(db).state, str(one(db).reason)) == (
        OperationState.FAILED,
        "the program keeps quitting while working on this",
    )
    assert str(one(db).decision).startswith("stopped: the program quit unexpectedly 3 times")
    assert one(db).owner_id is None


def test_what_comes_further_is_never_given_up(db: sqlite3.Connection) -> None:
    """Each process gets a little done: that is slow, and no reason to stop."""
    operations.insert(db, NEW, 1.0)
    assert all(lost(db, by_function, 100.0 * n, done=n) for n in range(1, 12))


def test_doing_the_same_again_is_not_coming_further(db: sqlite3.Connection) -> None:
    """Work that begins anew each time counts by where it ever was."""
    operations.insert(db, NEW, 1.0)
    assert [lost(db, by_function, 100.0 * n, done=50 - n) for n in range(1, 5)] == [True, True, True, False]


def test_a_person_begins_the_count_anew(db: sqlite3.Connection) -> None:
    """Who resumes it, before or after it was given up, has it tried as often again."""
    operations.insert(db, NEW, 1.0)
    for n in range(1, 4):
        lost(db, by_function, 100.0 * n)
    for given_up in (False, True):
        asked = commands.ask(db, "one", CommandKind.RESUME, "window", 1000.0)
        command = commands.get(db, asked)
        assert command is not None
        commands.obey_unowned(db, command, 1000.0)
        assert one(db).state is OperationState.QUEUED
        assert [lost(db, by_function, 1000.0 + 100.0 * n) for n in range(3)] == [True, True, True]
        assert lost(db, by_function, 2000.0) is False, given_up


def test_leaving_in_good_order_is_no_loss(db: sqlite3.Connection) -> None:
    """A program that is ended and started every day does not wear its work out."""
    operations.insert(db, NEW, 1.0)
    for n in range(1, 10):
        owner = this_process("program", 100.0 * n)
        owners.register(db, owner)
        assert by_function(db, owner, 100.0 * n)
        owners.retire(db, owner.id, 100.0 * n)


def test_an_owner_that_nobody_swept_is_counted(db: sqlite3.Connection) -> None:
    """Whoever takes up what somebody dead holds records that loss as well."""
    for n in range(1, 5):
        owner = replace(this_process("program", 100.0 * n), host="elsewhere")
        owners.register(db, owner)
        assert by_id(db, owner, 100.0 * n) is (n < 4)


def test_a_step_goes_the_way_of_its_whole(db: sqlite3.Connection) -> None:
    """It is never given up by itself."""
    operations.insert(db, NEW, 1.0)
    operations.insert(db, replace(NEW, id="step", parent_id="one"), 1.0)
    for _ in range(5):
        crash_counts.count(db, "step")
    assert crash_counts.give_up(db, "step", RECOVERIES, 2.0) is None


async def test_who_calls_it_again_is_told(store: SQLitePersistence) -> None:
    """The error says what became of it, and the function is not called."""
    called = []

    @recoverable(name="work", persistence=store)
    async def work() -> None:
        called.append(1)

    await store.write(operations.insert, NEW, 1.0)
    for _ in range(6):
        await store.write(crash_counts.count, "one")
    with pytest.raises(RecoveryExhaustedError, match="6 processes that worked on it were lost"):
        await recovery_of(work).call_as("one")
    assert called == []
    found = await store.read(operations.get, "one")
    assert found is not None
    assert found.state is OperationState.FAILED
