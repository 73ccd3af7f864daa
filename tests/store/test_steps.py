"""Steps: finished parts of a recorded operation do not run again, whichever process resumes it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from launcher_gui.monitor import commands as monitor_commands
from launcher_gui.recovery import (
    MemoryPersistence,
    OperationHeldError,
    RecoveryStateError,
    SQLitePersistence,
    recoverable,
    recovery_of,
)
from launcher_gui.recovery.exceptions import OwnershipLostError
from launcher_gui.recovery.operation import CommandKind, CommandState, Operation, OperationState
from launcher_gui.recovery.runtime.clock import SystemClock
from launcher_gui.recovery.store.records import CANCELLED
from launcher_gui.text.message import foreign
from tests.support.builders.clock import FakeClock


async def every(store: SQLitePersistence) -> list[Operation]:
    """Return all operations, parents before steps."""
    rows = await store.read(lambda tx: tx.operations.in_states(tuple(OperationState)))
    return sorted(rows, key=lambda row: row.parent_id is not None)


async def test_a_step_that_succeeded_does_not_run_again(
    store: SQLitePersistence, clock: FakeClock, options: dict[str, Any]
) -> None:
    """Each step runs once over three attempts, and returns the recorded result."""
    made: list[str] = []

    @recoverable(clock=clock)
    async def step(name: str) -> dict[str, Any]:
        made.append(name)
        return {"name": name, "parts": [1, None, 2.5]}

    @recoverable(**options)
    async def whole() -> list[dict[str, Any]]:
        results = [await step("a"), await step("b")]
        if len(tries) < 2:
            tries.append(1)
            raise ConnectionError
        return [*results, await step("c")]

    tries: list[int] = []
    results = await clock.pass_time_until(whole())
    assert made == ["a", "b", "c"]
    assert results == [{"name": name, "parts": [1, None, 2.5]} for name in "abc"]
    parent, *steps = await every(store)
    assert (parent.parent_id, parent.attempt) == (None, 3)
    assert {(s.parent_id, s.state, s.attempt) for s in steps} == {(parent.id, OperationState.COMPLETED, 1)}


async def test_the_same_call_twice_is_two_steps(
    store: SQLitePersistence, clock: FakeClock, options: dict[str, Any]
) -> None:
    """Two equal calls in one attempt both run, and are recognised in the next."""
    made: list[int] = []

    @recoverable(clock=clock)
    async def step() -> int:
        made.append(1)
        return len(made)

    @recoverable(**options)
    async def whole() -> tuple[int, int]:
        results = await step(), await step()
        if not tries:
            tries.append(1)
            raise ConnectionError
        return results

    tries: list[int] = []
    assert await clock.pass_time_until(whole()) == (1, 2)
    assert len(made) == 2


async def test_steps_side_by_side_are_told_apart(
    store: SQLitePersistence, clock: FakeClock, options: dict[str, Any]
) -> None:
    """Concurrent calls keep their own results, in any order."""

    @recoverable(clock=clock)
    async def step(number: int) -> int:
        await asyncio.sleep(0.001 * (5 - number))
        return number

    @recoverable(**options)
    async def whole() -> list[int]:
        results = await asyncio.gather(*[step(number) for number in range(5)])
        if not tries:
            tries.append(1)
            raise ConnectionError
        return results

    tries: list[int] = []
    assert await clock.pass_time_until(whole()) == [0, 1, 2, 3, 4]
    assert [s.attempt for s in (await every(store))[1:]] == [1] * 5


async def test_a_step_that_failed_is_tried_again_with_the_whole(
    store: SQLitePersistence, clock: FakeClock, options: dict[str, Any]
) -> None:
    """A step's attempts are counted in one row over its parent's lifetime."""
    outcomes = [ConnectionError(), ConnectionError(), None]

    @recoverable(clock=clock, max_retries=0)
    async def step() -> str:
        if (error := outcomes.pop(0)) is not None:
            raise error
        return "done"

    @recoverable(**options)
    async def whole() -> str:
        return await step()

    assert await clock.pass_time_until(whole()) == "done"
    parent, child = await every(store)
    assert (parent.attempt, child.attempt, child.state) == (3, 3, OperationState.COMPLETED)
    assert [a.outcome for a in await store.read(lambda tx: tx.attempts.of(child.id))] == [
        "failed",
        "failed",
        "succeeded",
    ]


@pytest.mark.parametrize(
    "result",
    [(1, 2), {1: "a"}, {"s": {1}}, float("nan"), object()],
    ids=["tuple", "number for a name", "set", "NaN", "object"],
)
async def test_a_step_with_an_inexact_json_result_runs_again(
    result: object, clock: FakeClock, options: dict[str, Any]
) -> None:
    """A result that JSON would change is not reused."""
    made: list[int] = []

    @recoverable(clock=clock)
    async def step() -> object:
        made.append(1)
        return result

    @recoverable(**options)
    async def whole() -> object:
        value = await step()
        if not tries:
            tries.append(1)
            raise ConnectionError
        return value

    tries: list[int] = []
    assert await clock.pass_time_until(whole()) is result
    assert len(made) == 2


async def test_arguments_that_cannot_be_saved_have_the_step_made_again(
    clock: FakeClock, options: dict[str, Any]
) -> None:
    """Such a call cannot be recognised, so it runs again."""
    made: list[object] = []

    @recoverable(clock=clock)
    async def step(thing: object) -> str:
        made.append(thing)
        return "done"

    @recoverable(**options)
    async def whole() -> str:
        value = await step(object())
        if not tries:
            tries.append(1)
            raise ConnectionError
        return value

    tries: list[int] = []
    assert await clock.pass_time_until(whole()) == "done"
    assert len(made) == 2


async def test_a_function_may_refuse_to_be_a_step(
    store: SQLitePersistence, clock: FakeClock, options: dict[str, Any]
) -> None:
    """A function with ``step=False`` runs in every attempt."""
    asked: list[int] = []

    @recoverable(clock=clock, step=False)
    async def ask() -> int:
        asked.append(1)
        return len(asked)

    @recoverable(**options)
    async def whole() -> int:
        await ask()
        if not tries:
            tries.append(1)
            raise ConnectionError
        return await ask()

    tries: list[int] = []
    assert await clock.pass_time_until(whole()) == 3
    assert len(await every(store)) == 1


async def test_a_plain_step_of_an_async_operation(
    store: SQLitePersistence, clock: FakeClock, options: dict[str, Any]
) -> None:
    """Synchronous functions are steps as well, on the loop's thread and beside it."""
    made: list[str] = []

    @recoverable(clock=clock)
    def step(name: str) -> str:
        made.append(name)
        return name

    @recoverable(**options)
    async def whole() -> list[str]:
        results = [step("here"), await asyncio.to_thread(step, "beside")]
        if not tries:
            tries.append(1)
            raise ConnectionError
        return results

    tries: list[int] = []
    assert await clock.pass_time_until(whole()) == ["here", "beside"]
    assert made == ["here", "beside"]
    parent, *steps = await every(store)
    assert {s.parent_id for s in steps} == {parent.id}


async def test_a_cancelled_operation_leaves_no_step_running(
    store: SQLitePersistence, clock: FakeClock, options: dict[str, Any]
) -> None:
    """Parent and step are interrupted, without an owner."""
    begun = asyncio.Event()

    @recoverable(clock=clock)
    async def step() -> None:
        begun.set()
        await asyncio.Event().wait()

    @recoverable(**options)
    async def whole() -> None:
        await step()

    call = asyncio.ensure_future(whole())
    await begun.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert {(row.state, row.owner_id) for row in await every(store)} == {(OperationState.INTERRUPTED, None)}


async def test_a_step_of_lost_work_is_refused(
    store: SQLitePersistence, clock: FakeClock, options: dict[str, Any]
) -> None:
    """After a takeover the former owner runs no further step."""
    made: list[int] = []

    @recoverable(clock=clock)
    async def step() -> None:
        made.append(1)

    @recoverable(**options)
    async def whole() -> None:
        (row,) = await every(store)
        await store.write(lambda tx: tx.db.execute("UPDATE operations SET owner_id = 'other' WHERE id = ?", (row.id,)))
        await step()

    with pytest.raises(OwnershipLostError):
        await whole()
    assert made == []


async def test_what_is_asked_of_a_step_is_answered(
    store: SQLitePersistence, clock: FakeClock, options: dict[str, Any]
) -> None:
    """A command to a step is referred to its parent, and removing the parent removes its steps."""

    @recoverable(clock=clock)
    async def step() -> None: ...

    @recoverable(**options)
    async def whole() -> None:
        await step()

    await whole()
    parent, child = await every(store)
    answer = await monitor_commands.give(store, SystemClock(), child.id, CommandKind.RESUME, "window")
    assert answer.state is CommandState.REFUSED
    assert parent.id in str(answer.answer)
    assert await store.write(lambda tx: tx.operations.queue(child.id, 1.0, foreign("again"))) is None
    assert await store.write(lambda tx: tx.operations.remove(parent.id, 2.0))
    assert await every(store) == []
    facts = await store.read(lambda tx: tx.events.since(0))
    assert [e.operation_id for e in facts if e.kind == "operation_removed"] == [parent.id, child.id]


INSTALL = """
import asyncio, json, os, sys
from launcher_gui.recovery import SQLitePersistence, recoverable, recovery_of

path, log, hangs = sys.argv[1:]
store = SQLitePersistence(path)

@recoverable
async def download(name: str) -> str:
    with open(log, "a") as file:
        file.write(name + "\\n")
    return name.upper()

@recoverable(persistence=store, name="install")
async def install(names: list[str]) -> list[str]:
    done = []
    for name in names:
        done.append(await download(name))
        if len(done) == 2 and hangs == "yes":
            print("half way", flush=True)
            await asyncio.Event().wait()
    with open(log, "a") as file:
        file.write(json.dumps(done) + "\\n")
    return done

async def main():
    if hangs == "yes":
        await install(["a", "b", "c"])
    else:
        print(await recovery_of(install).resume_interrupted())
        await store.close()

asyncio.run(main())
"""


def run_install(path: Path, log: Path, *, hangs: bool) -> subprocess.Popen[str]:
    """Start the installation in a separate process."""
    return subprocess.Popen(
        [sys.executable, "-c", INSTALL, str(path), str(log), "yes" if hangs else "no"],
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
def test_a_killed_installation_resumes_with_the_missing_step(path: Path, tmp_path: Path) -> None:
    """Another process runs only the unfinished steps."""
    log = tmp_path / "made"
    with run_install(path, log, hangs=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "half way\n"
        first.send_signal(signal.SIGKILL)
    with run_install(path, log, hangs=False) as second:
        assert second.stdout is not None
        assert second.stdout.read() == "1\n"
    assert second.returncode == 0
    assert log.read_text().splitlines() == ["a", "b", "c", json.dumps(["A", "B", "C"])]


async def test_a_call_requested_twice_runs_once(store: SQLitePersistence, options: dict[str, Any]) -> None:
    """A repeated request gets the recorded result."""
    made: list[int] = []

    @recoverable(**options)
    async def work(number: int) -> dict[str, int]:
        made.append(number)
        return {"number": number}

    recovery = recovery_of(work)
    assert await recovery.call_as("order-1", 7) == {"number": 7}
    assert await recovery.call_as("order-1", 7) == {"number": 7}
    assert made == [7]


async def test_an_order_is_known_by_its_id_alone(store: SQLitePersistence, options: dict[str, Any]) -> None:
    """A call by id runs once, also with arguments without a JSON form."""
    made: list[object] = []

    @recoverable(**options)
    async def work(thing: object) -> str:
        made.append(thing)
        return "done"

    recovery, thing = recovery_of(work), object()
    assert [await recovery.call_as("order-1", thing), await recovery.call_as("order-1", thing)] == ["done", "done"]
    assert made == [thing]


async def test_a_call_that_is_under_way_is_not_made_beside_itself(
    store: SQLitePersistence, options: dict[str, Any]
) -> None:
    """A second request gets the owner's name; commands count too."""
    begun, ready = asyncio.Event(), asyncio.Event()

    @recoverable(**options)
    async def work() -> str:
        begun.set()
        await ready.wait()
        return "done"

    recovery = recovery_of(work)
    first = asyncio.ensure_future(recovery.call_as("order-1"))
    await begun.wait()
    with pytest.raises(OperationHeldError, match="order-1"):
        await recovery.call_as("order-1")
    ready.set()
    assert await first == "done"
    await store.write(lambda tx: tx.db.execute("UPDATE operations SET state = 'cancelled', result = NULL"))
    with pytest.raises(RecoveryStateError, match="cancelled by you"):
        await recovery.call_as("order-1")


async def test_a_call_goes_by_its_function(store: SQLitePersistence, options: dict[str, Any]) -> None:
    """Another function's id is refused, and so is an id without a store."""

    @recoverable(**options)
    async def work() -> None: ...

    @recoverable(**{**options, "name": "other"})
    async def other() -> None: ...

    await recovery_of(work).call_as("order-1")
    with pytest.raises(RecoveryStateError, match="is a call of work"):
        await recovery_of(other).call_as("order-1")

    @recoverable
    async def unrecorded() -> None: ...

    with pytest.raises(RecoveryStateError, match="has no persistence"):
        recovery_of(unrecorded).call_as("order-1")
    with pytest.raises(RecoveryStateError, match="has no persistence"):
        await recovery_of(unrecorded).resume_interrupted()


def test_plain_functions_are_called_and_resumed_as_operations(path: Path) -> None:
    """Synchronous functions have the same calls on their caller's thread."""
    store = SQLitePersistence(path)
    made: list[int] = []

    @recoverable(persistence=store)
    def work(number: int) -> int:
        made.append(number)
        if number < 0:
            raise KeyError(number)
        return 2 * number

    recovery = recovery_of(work)
    assert [recovery.call_as("order-1", 4), recovery.call_as("order-1", 4)] == [8, 8]
    with pytest.raises(KeyError):
        recovery.call_as("order-2", -1)

    async def interrupt() -> None:
        async with SQLitePersistence(path) as other:
            await other.write(lambda tx: tx.db.execute("UPDATE operations SET state = 'interrupted', result = NULL"))

    asyncio.run(interrupt())
    assert recovery.resume_interrupted_blocking() == 2
    assert made == [4, -1, 4, -1]
    assert recovery.resume_interrupted_blocking() == 0
    store.close_blocking()


async def test_what_a_person_stopped_is_not_resumed_by_itself(
    store: SQLitePersistence, options: dict[str, Any]
) -> None:
    """Only operations that were interrupted or queued again are resumed."""

    @recoverable(**options)
    async def work() -> str:
        return "done"

    await work()
    (row,) = await every(store)
    await store.write(lambda tx: tx.db.execute("UPDATE operations SET state = 'interrupted'"))
    await store.write(lambda tx: tx.operations.rest(row.id, CANCELLED, 1.0))
    assert await recovery_of(work).resume_interrupted() == 0
    await store.write(lambda tx: tx.operations.queue(row.id, 2.0, foreign("resumed by you")))
    assert await recovery_of(work).resume_interrupted() == 1
    assert (await every(store))[0].state is OperationState.COMPLETED


async def test_what_cannot_be_read_back_does_not_hold_up_what_can(
    store: SQLitePersistence, options: dict[str, Any]
) -> None:
    """Unreadable state is recorded as failed, and the next is resumed."""
    made: list[int] = []

    def deserialise(state: dict[str, int]) -> int:
        if state["number"] == 1:
            raise RuntimeError("from another version")
        return state["number"]

    @recoverable(**options, state_serializer=lambda number: {"number": number}, state_deserializer=deserialise)
    async def work(number: int) -> None:
        made.append(number)

    for number in (1, 2):
        await work(number)
    await store.write(lambda tx: tx.db.execute("UPDATE operations SET state = 'interrupted'"))
    assert await recovery_of(work).resume_interrupted() == 2
    assert made == [1, 2, 2]
    states = {row.arguments["number"]: (row.state, str(row.decision)) for row in await every(store)}
    assert states[1] == (OperationState.FAILED, "not tried: RuntimeError: from another version")
    assert states[2][0] is OperationState.COMPLETED


@pytest.mark.parametrize("own", ["the same", "the same file", "another file", "a memory"])
async def test_a_function_with_a_store_of_its_own_is_a_step_in_the_same_one_only(
    own: str, store: SQLitePersistence, path: Path, clock: FakeClock, options: dict[str, Any]
) -> None:
    """It is a step only if its parent uses the same store."""
    stores = {
        "the same": store,
        "the same file": SQLitePersistence(path),
        "another file": SQLitePersistence(path.with_name("other.sqlite3")),
        "a memory": SQLitePersistence(":memory:"),
    }
    theirs = stores[own]

    @recoverable(persistence=theirs, clock=clock)
    async def step() -> str:
        return "done"

    @recoverable(**options)
    async def whole() -> str:
        return await step()

    assert await whole() == "done"
    recorded = [row for row in await every(theirs) if row.function != "work"]
    assert [row.parent_id is not None for row in recorded] == [own.startswith("the same")]
    for other in stores.values():
        if other is not store:
            await other.close()


async def test_two_memories_are_two_stores(clock: FakeClock) -> None:
    """Two memory stores with one name share nothing."""
    first, second = MemoryPersistence(), MemoryPersistence()

    @recoverable(persistence=second, clock=clock)
    async def inner() -> None: ...

    @recoverable(persistence=first, clock=clock)
    async def outer() -> None:
        await inner()

    await outer()
    for store in (first, second):
        (row,) = await every(store)
        assert row.parent_id is None
        await store.close()
