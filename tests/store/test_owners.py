"""Owners: lost ones are noticed, live ones are not touched, and late ones change nothing."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from launcher_gui.recovery.exceptions import OwnershipLostError, StoreUnusableError
from launcher_gui.recovery.execution.sync import BlockingStore, complete
from launcher_gui.recovery.operation import AttemptOutcome, NewOperation, Operation, OperationState, Owner, Progress
from launcher_gui.recovery.process.owner_lease import OwnerLease
from launcher_gui.recovery.progress import ProgressWriter
from launcher_gui.recovery.runtime.process_identity import HEARTBEAT_S, LEASE_S, this_process
from launcher_gui.recovery.store.ports import Transaction
from launcher_gui.recovery.store.records import INTERRUPTED, AttemptEnd, StateChange
from launcher_gui.recovery.store.sqlite import connection
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.text.message import foreign
from tests.store.processes import programs
from tests.support.builders.clock import FakeClock, settle

NOW = 1_700_000_000.0

CLAIM = """
import sys, time
from launcher_gui.recovery.operation import Progress
from launcher_gui.recovery.runtime.process_identity import this_process
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
store = SQLitePersistence(sys.argv[1])
session = store.connect()
owner = this_process("command line", time.time())
def body(tx):
    tx.owners.register(owner)
    tx.operations.claim("one", owner.id, 1.0)
    tx.attempts.begin("one", owner.id, 3, 1.0)
    tx.progress.save({"one": Progress(700, 1000)}, owner.id)
session.write(body)
print(owner.id, flush=True)
input()
"""


async def claimed(store: SQLitePersistence, owner: Owner, operation_id: str = "one") -> Operation:
    """Return an operation that ``owner`` has claimed and begun to attempt."""
    await store.write(lambda tx: tx.owners.register(owner))
    await store.write(lambda tx: tx.operations.insert(NewOperation("download", {}, id=operation_id), NOW))
    await store.write(lambda tx: tx.operations.claim(operation_id, owner.id, NOW))
    await store.write(lambda tx: tx.attempts.begin(operation_id, owner.id, 3, NOW))
    return await found(store, operation_id)


async def found(store: SQLitePersistence, operation_id: str = "one") -> Operation:
    """Return the current operation."""
    operation = await store.read(lambda tx: tx.operations.get(operation_id))
    assert operation is not None
    return operation


async def test_the_work_of_a_killed_process_is_interrupted_at_once(store: SQLitePersistence) -> None:
    """The next sweep finds a killed process before its lease expires, and loses nothing."""
    await store.write(lambda tx: tx.operations.insert(NewOperation("download", {}, id="one"), NOW))
    with programs(CLAIM, 1, store.path) as (process,):
        owner_id = await asyncio.to_thread(process.says)
        running = await found(store)
        assert (running.state, running.owner_id) == (OperationState.RUNNING, owner_id)
        now = running.created_at
        assert await store.write(lambda tx: tx.owners.sweep(now)) == 0
        await asyncio.to_thread(process.kill)
    assert await store.write(lambda tx: tx.owners.sweep(now)) == 1
    left = await found(store)
    assert (left.state, left.owner_id) == (OperationState.INTERRUPTED, None)
    assert str(left.reason) == f"the command line (process {process.pid}) has quit"
    assert left.progress.done == 700
    (attempt,) = await store.read(lambda tx: tx.attempts.of("one"))
    assert (attempt.outcome, attempt.ended_at) == (AttemptOutcome.INTERRUPTED, now)
    assert await store.read(lambda tx: tx.owners.get(owner_id)) is None
    kinds = [event.kind for event in await store.read(lambda tx: tx.events.since(0))]
    assert kinds.count("operation_interrupted") == 1


async def test_a_lease_that_ran_out_interrupts(store: SQLitePersistence) -> None:
    """An owner that cannot be checked is lost when its lease expires."""
    elsewhere = replace(this_process("window", NOW), host="elsewhere")
    await claimed(store, elsewhere)
    assert await store.write(lambda tx: tx.owners.sweep(NOW + LEASE_S)) == 0
    assert await store.write(lambda tx: tx.owners.sweep(NOW + LEASE_S + 2)) == 1
    left = await found(store)
    assert left.state is OperationState.INTERRUPTED
    assert str(left.reason) == f"the window (process {elsewhere.pid}) has not responded for 17 s"


async def test_work_claimed_by_a_swept_owner_is_not_stranded(store: SQLitePersistence) -> None:
    """A process that claims before its next heartbeat and is killed is found by the next sweep."""
    sleeper = replace(this_process("window", NOW), host="elsewhere")
    await store.write(lambda tx: tx.owners.register(sleeper))
    await store.write(lambda tx: tx.owners.sweep(NOW + LEASE_S + 1))
    await store.write(lambda tx: tx.operations.insert(NewOperation("download", {}, id="one"), NOW + 20))
    assert await store.write(lambda tx: tx.operations.claim("one", sleeper.id, NOW + 20)) is not None
    assert await store.write(lambda tx: tx.owners.sweep(NOW + 21)) == 1
    assert (await found(store)).state is OperationState.INTERRUPTED


async def test_live_owners_are_not_swept(store: SQLitePersistence) -> None:
    """A sweep does not touch owners with heartbeats."""
    owner = this_process("window", NOW)
    before = await claimed(store, owner)
    assert await store.write(lambda tx: tx.owners.sweep(NOW + LEASE_S / 2)) == 0
    assert await found(store) == before
    assert await store.read(lambda tx: tx.owners.alive(NOW)) == [owner]


async def test_a_beat_extends_the_lease(store: SQLitePersistence) -> None:
    """A heartbeat keeps an owner alive, and restores one that was swept during sleep."""
    owner = replace(this_process("window", NOW), host="elsewhere")
    await store.write(lambda tx: tx.owners.register(owner))
    await store.write(lambda tx: tx.owners.heartbeat(owner, NOW + 100))
    assert await store.write(lambda tx: tx.owners.sweep(NOW + 99)) == 0
    assert await store.write(lambda tx: tx.owners.sweep(NOW + 101)) == 1
    await store.write(lambda tx: tx.owners.heartbeat(owner, NOW + 200))
    assert await store.read(lambda tx: tx.owners.alive(NOW + 150)) == [replace(owner, lease_until=NOW + 200)]


LATE_WRITES: dict[str, Callable[[Transaction, str], Any]] = {
    "begins an attempt": lambda tx, owner: tx.attempts.begin("one", owner, 3, NOW + 60),
    "ends its attempt": lambda tx, owner: tx.attempts.end(
        "one",
        owner,
        1,
        AttemptEnd(AttemptOutcome.SUCCEEDED),
        StateChange(OperationState.COMPLETED, result="/m"),
        Progress(9, 9),
        NOW + 60,
    ),
    "settles": lambda tx, owner: tx.operations.settle("one", owner, INTERRUPTED, NOW + 60),
}


@pytest.mark.parametrize("taken_over", [False, True], ids=["interrupted", "taken over"])
@pytest.mark.parametrize("write", LATE_WRITES)
async def test_a_stale_owner_changes_nothing(store: SQLitePersistence, write: str, taken_over: bool) -> None:
    """A returning stale owner is refused; rows, attempts and events stay."""
    stale = replace(this_process("window", NOW), host="elsewhere")
    await claimed(store, stale)
    await store.write(lambda tx: tx.owners.sweep(NOW + 30))
    if taken_over:
        successor = this_process("window", NOW + 30)
        await store.write(lambda tx: tx.owners.register(successor))
        await store.write(lambda tx: tx.operations.queue("one", NOW + 30, foreign("resumed by you")))
        await store.write(lambda tx: tx.operations.claim("one", successor.id, NOW + 30))
        await store.write(lambda tx: tx.attempts.begin("one", successor.id, 3, NOW + 31))
    before = (
        await found(store),
        await store.read(lambda tx: tx.attempts.of("one")),
        await store.read(lambda tx: tx.events.last_seq()),
    )
    with pytest.raises(OwnershipLostError, match="taken over by another process"):
        await store.write(lambda tx: LATE_WRITES[write](tx, stale.id))
    assert before == (
        await found(store),
        await store.read(lambda tx: tx.attempts.of("one")),
        await store.read(lambda tx: tx.events.last_seq()),
    )


async def test_a_stale_owner_s_progress_and_words_change_nothing(store: SQLitePersistence) -> None:
    """Its notes are dropped silently, its progress with an error."""
    stale = replace(this_process("window", NOW), host="elsewhere")
    await claimed(store, stale)
    await store.write(lambda tx: tx.owners.sweep(NOW + 30))
    before = (
        await found(store),
        await store.read(lambda tx: tx.attempts.of("one")),
        await store.read(lambda tx: tx.events.last_seq()),
    )
    assert await store.write(lambda tx: tx.progress.save({"one": Progress(5)}, stale.id)) == {"one"}
    await store.write(lambda tx: tx.attempts.explain("one", stale.id, 1, 5, foreign("the server can resume"), NOW + 60))
    assert before == (
        await found(store),
        await store.read(lambda tx: tx.attempts.of("one")),
        await store.read(lambda tx: tx.events.last_seq()),
    )


async def test_work_on_a_lost_operation_ends_at_its_next_progress(store: SQLitePersistence) -> None:
    """A run that lost its operation stops when it next reports progress."""
    clock = FakeClock(NOW)
    stale = replace(this_process("window", NOW), host="elsewhere")
    await claimed(store, stale)
    writer = ProgressWriter(store, clock, stale.id)
    writer.note("one", Progress(5))
    await clock.asleep()
    await store.write(lambda tx: tx.owners.sweep(NOW + 30))
    writer.note("one", Progress(6))
    await clock.advance(await clock.asleep())
    await clock.asleep()
    with pytest.raises(OwnershipLostError):
        writer.note("one", Progress(7))
    assert (await found(store)).progress.done == 5
    writer.forget("one")  # it is this process's again
    writer.note("one", Progress(8))
    await clock.advance(1.0)


async def test_an_incarnation_beats_and_sweeps(store: SQLitePersistence) -> None:
    """A started process sends heartbeats and sweeps lost owners."""
    clock = FakeClock(NOW)
    dead = replace(this_process("window", NOW - 100), host="elsewhere")
    await claimed(store, dead)
    owner_lease = OwnerLease(store, "window", clock)
    owner = await owner_lease.start()
    assert (await found(store)).state is OperationState.INTERRUPTED
    for beats in range(1, 4):
        assert await clock.asleep() == HEARTBEAT_S
        await clock.advance(HEARTBEAT_S)
        await clock.asleep()
        kept = await store.read(lambda tx: tx.owners.get(owner.id))
        assert kept is not None
        assert kept.lease_until == NOW + beats * HEARTBEAT_S + LEASE_S
    await owner_lease.stop()
    assert await store.read(lambda tx: tx.owners.get(owner.id)) is None


async def test_a_machine_that_slept_wakes_with_all_its_owners(store: SQLitePersistence) -> None:
    """After sleep the first process gives the others time before it sweeps."""
    clock = FakeClock(NOW)
    other = replace(this_process("command line", NOW), host="elsewhere")
    await claimed(store, other)
    owner_lease = OwnerLease(store, "window", clock)
    await owner_lease.start()
    await clock.asleep()
    clock.jump(8 * 3_600)
    await clock.advance(HEARTBEAT_S)
    await clock.asleep()
    assert (await found(store)).owner_id == other.id
    await clock.advance(HEARTBEAT_S)
    await clock.asleep()
    assert (await found(store)).state is OperationState.INTERRUPTED
    await owner_lease.stop()


def test_a_program_without_a_loop_wakes_with_all_the_others(path: Path) -> None:
    """A heartbeat thread also gives other owners time before it sweeps."""
    clock, file = FakeClock(NOW), SQLitePersistence(path)
    blocking = BlockingStore.of(file, clock)
    owner = blocking.owner()
    other = replace(this_process("command line", NOW), host="elsewhere")

    def is_held() -> bool:
        operation = complete(blocking.write(lambda tx: tx.operations.get("one")))
        assert operation is not None
        return operation.owner_id == other.id

    complete(blocking.write(lambda tx: tx.owners.register(other)))
    complete(blocking.write(lambda tx: tx.operations.insert(NewOperation("download", {}, id="one"), NOW)))
    complete(blocking.write(lambda tx: tx.operations.claim("one", other.id, NOW)))
    clock.jump(8 * 3_600)
    blocking._beat(owner)
    assert is_held()
    clock.jump(HEARTBEAT_S)
    blocking._beat(owner)
    assert not is_held()
    file.close_blocking()


async def test_leaving_interrupts_what_is_still_held(store: SQLitePersistence) -> None:
    """A process that exits regularly leaves no operation that looks active."""
    owner_lease = OwnerLease(store, "window", FakeClock(NOW))
    owner = await owner_lease.start()
    await store.write(lambda tx: tx.operations.insert(NewOperation("download", {}, id="one"), NOW))
    await store.write(lambda tx: tx.operations.claim("one", owner.id, NOW))
    await owner_lease.stop()
    assert (await found(store)).state is OperationState.INTERRUPTED


async def test_starting_often_is_starting_once(store: SQLitePersistence) -> None:
    """Concurrent first calls register the process once."""
    clock = FakeClock(NOW)
    owner_lease = OwnerLease(store, "window", clock)
    await asyncio.gather(*(owner_lease.start() for _ in range(20)))
    await settle()
    assert clock.slept == [HEARTBEAT_S]
    await owner_lease.stop()


async def test_a_beat_that_the_store_refuses_is_made_up_for(
    store: SQLitePersistence, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A busy store does not end the heartbeat."""
    clock = FakeClock(NOW)
    owner_lease = OwnerLease(store, "window", clock)
    owner = await owner_lease.start()
    await clock.asleep()
    holder = sqlite3.connect(store.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(connection, "BUSY_LIMIT_S", 0.02)
    await clock.advance(HEARTBEAT_S)
    await clock.asleep()
    holder.close()
    assert "the heartbeat was not written" in caplog.text
    await clock.advance(HEARTBEAT_S)
    await clock.asleep()
    kept = await store.read(lambda tx: tx.owners.get(owner.id))
    assert kept is not None
    assert kept.lease_until == NOW + 2 * HEARTBEAT_S + LEASE_S
    await owner_lease.stop()


def test_an_incarnation_begins_to_beat_again_in_a_new_loop(path: Path) -> None:
    """A module's owner works in successive asyncio.run calls."""
    store = SQLitePersistence(path)
    clock = FakeClock(NOW)
    owner_lease = OwnerLease(store, "program", clock)

    async def use() -> None:
        await owner_lease.start()
        await settle()

    asyncio.run(use())
    asyncio.run(use())
    assert clock.slept == [HEARTBEAT_S, HEARTBEAT_S]
    asyncio.run(store.close())


@pytest.mark.parametrize(
    ("host", "lease_s", "refused"),
    [
        ("otherbox/boot-of-theirs/pid:[1]", 60, True),
        ("otherbox/boot-of-theirs/pid:[1]", -1, False),  # not there any more
        ("{node}/boot-before-this/pid:[1]", 60, False),  # this machine, started anew a moment ago
        ("container/{boot}/pid:[2]", 60, False),  # a container on the same kernel
        ("otherbox//", 60, False),  # a platform that does not tell
    ],
)
async def test_one_machine_at_a_time(path: Path, host: str, lease_s: float, refused: bool) -> None:
    """A store in use on another machine is refused with its name, and not changed."""
    here = this_process("window", time.time())
    node, boot, _ = here.host.split("/")
    if not boot:
        pytest.skip("this platform does not tell one start of the system from another")
    theirs = replace(here, host=host.format(node=node, boot=boot), lease_until=time.time() + lease_s)
    async with SQLitePersistence(path) as store:
        await store.write(lambda tx: tx.owners.register(theirs))
    if not refused:
        async with SQLitePersistence(path):
            return
    with pytest.raises(StoreUnusableError, match="is in use on another computer, otherbox") as caught:
        await SQLitePersistence(path).open()
    assert "Close the programs there" in str(caught.value.remedy)
