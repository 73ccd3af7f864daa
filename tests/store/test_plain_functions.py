"""Synchronous functions recorded in a store: on a real file, from many threads, and beside async ones."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from launcher_gui.recovery import MemoryPersistence, ProgressTracker, RecoveryStateError, recoverable, recovery_of
from launcher_gui.recovery.exceptions import StoreUnavailableError
from launcher_gui.recovery.execution.control import RunControl
from launcher_gui.recovery.operation import AttemptOutcome, NewOperation, Operation, OperationState
from launcher_gui.recovery.store.records import Claim
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from launcher_gui.recovery.strategies import FixedStrategy
from tests.store.looking import held, only
from tests.support.builders.clock import FakeClock


@pytest.fixture
def file(path: Path) -> Iterator[SQLitePersistence]:
    """Return a store used only by functions without an event loop."""
    store = SQLitePersistence(path)
    yield store
    store.close_blocking()


def rows(store: SQLitePersistence) -> list[Operation]:
    """Return every operation, over a separate connection."""
    session = store.connect()
    try:
        return session.tx.operations.in_states(tuple(OperationState))
    finally:
        session.close()


def test_a_plain_call_is_recorded_from_first_to_last(file: SQLitePersistence, clock: FakeClock) -> None:
    """Row, attempts and events equal those of an async call."""
    errors = [ConnectionResetError()]

    @recoverable(persistence=file, clock=clock, strategy=FixedStrategy(5), name="work")
    def work(number: int, progress_tracker: ProgressTracker) -> str:
        progress_tracker.update(number, 10)
        if errors:
            raise errors.pop()
        progress_tracker.complete()
        return f"done {number}"

    assert work(7) == "done 7"  # type: ignore[call-arg]
    (operation,) = rows(file)
    assert (operation.state, operation.result, operation.owner_id) == (OperationState.COMPLETED, "done 7", None)
    assert (operation.arguments, operation.attempt) == ({"args": [7], "kwargs": {}}, 2)
    assert (operation.progress.done, operation.progress.total) == (10, 10)
    session = file.connect()
    assert [(a.outcome, str(a.error), a.wait_s) for a in session.tx.attempts.of(operation.id)] == [
        (AttemptOutcome.FAILED, "connection reset", 5.0),
        (AttemptOutcome.SUCCEEDED, "", None),
    ]
    assert [event.kind for event in session.tx.events.since(0)] == [
        "operation_added",
        "operation_claimed",
        *["attempt_started", "operation_waiting", "attempt_failed"],
        *["attempt_started", "operation_completed", "attempt_succeeded"],
    ]
    session.close()


def test_threads_share_one_connection_and_one_owner(file: SQLitePersistence, clock: FakeClock) -> None:
    """Hundreds of calls from threads have their own rows and share one owner."""
    failed: set[int] = set()

    def step(number: int) -> int:
        if number % 3 == 0 and number not in failed:
            failed.add(number)
            raise ConnectionError(number)
        return number

    @recoverable(persistence=file, clock=clock, strategy=FixedStrategy(0), name="one")
    def one(number: int) -> int:
        return step(number)

    @recoverable(persistence=file, clock=clock, strategy=FixedStrategy(0), name="two")
    def two(number: int) -> int:
        return step(number)

    count = 200
    with ThreadPoolExecutor(16) as threads:
        results = list(threads.map(lambda n: (one, two)[n % 2](n), range(count)))
    assert results == list(range(count))
    found = rows(file)
    assert sorted(row.result for row in found) == list(range(count))
    assert all(row.arguments["args"] == [row.result] for row in found)
    assert all(row.attempt == (2 if row.result % 3 == 0 else 1) for row in found)
    session = file.connect()
    assert len(session.tx.owners.alive(clock.now())) == 1
    session.close()


def test_ctrl_c_leaves_no_loose_end(file: SQLitePersistence, clock: FakeClock) -> None:
    """Ctrl-C in an attempt or a wait is recorded as interrupted."""

    @recoverable(persistence=file, clock=clock)
    def stopped() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()

    class Impatient(FakeClock):
        def sleep_blocking(self, seconds: float) -> None:  # noqa: ARG002 it is not waited
            raise KeyboardInterrupt

    @recoverable(persistence=file, clock=Impatient())
    def waiting() -> None:
        raise ConnectionError

    with pytest.raises(KeyboardInterrupt):
        waiting()
    assert [(row.state, row.owner_id) for row in rows(file)] == [(OperationState.INTERRUPTED, None)] * 2


def test_closing_leaves_the_store(file: SQLitePersistence, clock: FakeClock) -> None:
    """Closing closes the threads' connections and retires the owner; the next call opens the store again."""

    @recoverable(persistence=file, clock=clock)
    def work() -> str:
        return "done"

    assert work() == "done"
    file.close_blocking()
    session = file.connect()
    assert session.tx.owners.alive(clock.now()) == []
    session.close()
    assert work() == "done"
    assert len(rows(file)) == 2


def test_a_store_that_fails_costs_the_record_not_the_call(
    file: SQLitePersistence, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A call without a record still runs with retries, and that is logged once."""
    errors = [ConnectionError()]

    @recoverable(persistence=file, clock=clock)
    def work() -> str:
        if errors:
            raise errors.pop()
        return "done"

    file.connect().close()
    with held(file, monkeypatch):
        assert work() == "done"
    assert caplog.text.count("runs without being recorded: ") == 1


async def test_a_store_that_fails_costs_an_async_call_nothing_either(
    store: SQLitePersistence, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same for async calls, unless they hold an exclusive key."""

    @recoverable(**options)
    async def work() -> str:
        return "done"

    @recoverable(exclusive_key=lambda: "/models/a", **options)
    async def guarded() -> str:
        return "done"

    with held(store, monkeypatch):
        assert await work() == "done"
        with pytest.raises(StoreUnavailableError):
            await guarded()


async def test_functions_of_both_kinds_share_a_store_in_memory(clock: FakeClock) -> None:
    """Threads and an event loop write to one memory store without loss."""
    memory = MemoryPersistence()

    @recoverable(persistence=memory, clock=clock, name="plain")
    def plain(number: int) -> int:
        return number

    @recoverable(persistence=memory, clock=clock, name="async")
    async def on_loop(number: int) -> int:
        await asyncio.sleep(0)
        return number

    claims = [asyncio.to_thread(plain, n) if n % 2 else on_loop(n) for n in range(200)]
    reading = [memory.read(lambda tx: tx.operations.in_states(tuple(OperationState))) for _ in range(20)]
    results = await asyncio.gather(*claims, *reading)
    assert results[:200] == list(range(200))
    found = await memory.read(lambda tx: tx.operations.in_states(tuple(OperationState)))
    assert sorted(row.result for row in found) == list(range(200))
    await memory.close()


async def test_one_breaker_for_functions_of_both_kinds(clock: FakeClock) -> None:
    """A breaker opened by a sync function stops an async one."""
    memory = MemoryPersistence()
    scope: dict[str, Any] = {"circuit_breaker_scope": "host", "circuit_breaker_threshold": 1, "max_retries": 0}

    @recoverable(persistence=memory, clock=clock, **scope)
    def failing() -> None:
        raise ConnectionError

    @recoverable(persistence=memory, clock=clock, **scope)
    async def held_back() -> None:
        pytest.fail("it must not be called")

    with pytest.raises(ConnectionError):
        failing()
    with pytest.raises(Exception, match="are paused for another"):
        await held_back()
    assert [breaker.scope for breaker in await memory.read(lambda tx: tx.breakers.every())] == ["host"]
    await memory.close()


class Handle:
    """Has no JSON form."""


@pytest.mark.parametrize("kind", ["argument", "serializer"])
async def test_what_cannot_be_saved_is_told(kind: str, store: SQLitePersistence, options: dict[str, Any]) -> None:
    """The row records why the call cannot be resumed, and resuming is refused with that reason."""

    def refuse(_: object) -> dict[str, Any]:
        raise RuntimeError("no state today")

    serializer: dict[str, Any] = {"state_serializer": refuse} if kind == "serializer" else {}

    @recoverable(max_retries=0, **options, **serializer)
    async def work(handle: Handle) -> None:
        assert isinstance(handle, Handle)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await work(Handle())
    operation, _ = await only(store)
    reason = "no state today" if kind == "serializer" else "Handle is not JSON serializable"
    assert reason in json.dumps(operation.arguments)
    with pytest.raises(RecoveryStateError, match=reason):
        await recovery_of(work).resume(operation, RunControl())


async def test_one_transaction_leaves_what_three_do(store: SQLitePersistence) -> None:
    """Beginning at once equals adding, claiming and beginning."""
    first, second = (NewOperation("work", {"args": [n], "kwargs": {}}, f"key {n}") for n in (1, 2))
    await store.write(lambda tx: tx.operations.insert(first, 5.0))
    await store.write(lambda tx: tx.operations.claim(first.id, "owner", 5.0))
    await store.write(lambda tx: tx.attempts.begin(first.id, "owner", 3, 5.0))
    told = await store.write(lambda tx: tx.claims.begin(second, "owner", 3, 5.0))
    assert told == Claim(await store.read(lambda tx: tx.operations.require(second.id)), 1)

    def all_of(tx: SQLiteTransaction, new: NewOperation) -> list[Any]:
        row = tx.db.execute("SELECT * FROM operations WHERE id = ?", (new.id,)).fetchone()
        facts = [(e.at, e.kind, e.data) for e in tx.events.since(0) if e.operation_id == new.id]
        return [len(row), row[4:], tx.attempts.of(new.id), facts]

    assert await store.read(lambda tx: all_of(tx, first)) == await store.read(lambda tx: all_of(tx, second))


AFTER_FORK = """
import os, sys
from launcher_gui.recovery import SQLitePersistence, recoverable
store = SQLitePersistence(sys.argv[1])

@recoverable(persistence=store, name="work")
def work(number):
    return number

work(0)
children = []
for number in (1, 2):
    pid = os.fork()
    if not pid:
        work(number)
        os._exit(0)
    children.append(pid)
assert all(os.waitpid(pid, 0)[1] == 0 for pid in children)
work(3)
"""


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="there is no fork")
def test_a_forked_process_has_a_connection_and_an_owner_of_its_own(path: Path) -> None:
    """Forked workers do not use their parent's connection and owner."""
    # Newer Pythons warn of any fork beside a thread, and the heartbeat is one.
    program = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", AFTER_FORK, str(path)]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    store = SQLitePersistence(path)
    assert sorted(row.result for row in rows(store)) == [0, 1, 2, 3]
    session = store.connect()
    assert len({attempt.owner_id for row in rows(store) for attempt in session.tx.attempts.of(row.id)}) == 3
    session.close()
