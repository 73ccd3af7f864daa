"""``@recoverable`` with a store: what is recorded of a call, and what happens when the store fails."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from launcher_gui.recovery import CircuitBreakerOpenError, recoverable, recovery_of
from launcher_gui.recovery.exceptions import ExclusiveKeyError, RecoveryStateError
from launcher_gui.recovery.execution.control import RunControl
from launcher_gui.recovery.operation import AttemptOutcome, OperationState
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.text.message import foreign
from tests.store.looking import only
from tests.support.builders.clock import FakeClock

NOW = FakeClock().now()


async def test_a_call_is_recorded_from_first_to_last(
    store: SQLitePersistence, clock: FakeClock, options: dict[str, Any]
) -> None:
    """Row, attempts with cause and decision, and events record the complete call."""
    errors = [ConnectionResetError(), TimeoutError()]

    @recoverable(**options)
    async def work(number: int) -> str:
        clock.jump(2)
        if errors:
            raise errors.pop(0)
        return f"done {number}"

    assert await clock.pass_time_until(work(7)) == "done 7"
    operation, made = await only(store)
    assert (operation.state, operation.result, operation.owner_id) == (OperationState.COMPLETED, "done 7", None)
    assert operation.arguments == {"args": [7], "kwargs": {}}
    assert (operation.attempt, operation.attempt_limit) == (3, 4)
    assert [(a.outcome, a.category, str(a.error), a.wait_s) for a in made] == [
        (AttemptOutcome.FAILED, "network", "connection reset", 5.0),
        (AttemptOutcome.FAILED, "timeout", "timed out", 5.0),
        (AttemptOutcome.SUCCEEDED, "", "", None),
    ]
    assert str(made[0].decision) == "waiting 5 s, then attempt 2 of 4: connection reset"
    assert [a.ended_at is not None and a.ended_at - a.started_at for a in made] == [2, 2, 2]
    assert [event.kind for event in await store.read(lambda tx: tx.events.since(0))] == [
        "operation_added",
        "operation_claimed",
        *["attempt_started", "operation_waiting", "attempt_failed"] * 2,
        *["attempt_started", "operation_completed", "attempt_succeeded"],
    ]


async def test_an_attempt_is_on_disk_before_it_is_made(store: SQLitePersistence, options: dict[str, Any]) -> None:
    """An attempt is visible in the store while the function runs."""
    seen: list[tuple[OperationState, AttemptOutcome]] = []

    @recoverable(**options)
    async def work() -> None:
        operation, made = await only(store)
        seen.append((operation.state, made[-1].outcome))

    await work()
    assert seen == [(OperationState.RUNNING, AttemptOutcome.RUNNING)]


async def test_a_wait_is_on_disk_while_it_lasts(
    store: SQLitePersistence, clock: FakeClock, options: dict[str, Any]
) -> None:
    """A wait's end and reason are visible in the store while it lasts."""

    @recoverable(max_retries=1, **options)
    async def work() -> None:
        raise ConnectionResetError

    call = asyncio.ensure_future(work())
    await clock.asleep()
    operation, _ = await only(store)
    assert (operation.state, operation.retry_at, str(operation.reason)) == (
        OperationState.WAITING,
        NOW + 5,
        "connection reset",
    )
    with pytest.raises(ConnectionResetError):
        await clock.pass_time_until(call)
    operation, made = await only(store)
    assert (operation.state, operation.retry_at, operation.ended_at) == (OperationState.FAILED, None, NOW + 5)
    assert operation.decision == made[-1].decision
    assert str(operation.decision) == "gave up after 2 attempts: no progress in the last 2"


async def test_a_call_gets_its_own_arguments(options: dict[str, Any]) -> None:
    """Arguments without an exact JSON form reach the function unchanged."""
    given: list[object] = []

    @recoverable(**options)
    async def work(pair: tuple[int, int], *, table: dict[int, str]) -> None:
        given.extend([pair, table])

    await work((1, 2), table={3: "x"})
    assert given == [(1, 2), {3: "x"}]


async def test_one_argument_can_have_its_own_form(store: SQLitePersistence, options: dict[str, Any]) -> None:
    """A serializer's form is stored, and a resumed run gets the argument back."""
    given: list[complex] = []

    @recoverable(
        state_serializer=lambda z: {"re": z.real, "im": z.imag},
        state_deserializer=lambda data: complex(data["re"], data["im"]),
        max_retries=0,
        **options,
    )
    async def work(number: complex) -> None:
        given.append(number)
        if len(given) == 1:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await work(1 + 2j)
    failed, _ = await only(store)
    assert failed.arguments == {"re": 1.0, "im": 2.0}
    owner = options["owner_lease"].owner
    await store.write(lambda tx: tx.operations.queue(failed.id, NOW, foreign("resumed by you")))
    claimed = await store.write(lambda tx: tx.operations.claim(failed.id, owner.id, NOW))
    assert claimed is not None
    await recovery_of(work).resume(claimed, RunControl())
    assert given == [1 + 2j, 1 + 2j]
    assert (await only(store))[0].state is OperationState.COMPLETED


async def test_nobody_resumes_what_is_another_function_s(store: SQLitePersistence, options: dict[str, Any]) -> None:
    """A row is resumed only by the function that it was recorded for."""

    @recoverable(**options)
    async def work() -> None:
        pass

    @recoverable(**{**options, "name": "other"})
    async def other() -> None:
        pass

    await work()
    operation, _ = await only(store)
    with pytest.raises(RecoveryStateError, match="cannot be resumed by other"):
        await recovery_of(other).resume(operation, RunControl())


async def test_one_thing_has_one_operation(clock: FakeClock, options: dict[str, Any]) -> None:
    """A second operation with the same key is refused with the first one's name."""

    @recoverable(exclusive_key=lambda path: path, **options)
    async def work(path: str) -> str:
        await clock.sleep(60)
        return path

    first = asyncio.ensure_future(work("/models/a"))
    await clock.asleep()
    with pytest.raises(ExclusiveKeyError, match="/models/a") as caught:
        await work("/models/a")
    assert len(caught.value.holder_id) == 16
    other = asyncio.ensure_future(work("/models/b"))
    assert [*await clock.pass_time_until(asyncio.gather(first, other))] == ["/models/a", "/models/b"]
    assert await clock.pass_time_until(work("/models/a")) == "/models/a"


async def test_processes_share_a_breaker_through_the_store(
    store: SQLitePersistence, clock: FakeClock, options: dict[str, Any]
) -> None:
    """A breaker that one function opened stops another one, and is the stated reason."""

    @recoverable(max_retries=0, circuit_breaker_threshold=2, circuit_breaker_scope="host", **options)
    async def failing() -> None:
        raise ConnectionError

    @recoverable(circuit_breaker_scope="host", **options)
    async def held_back() -> None:
        pytest.fail("it must not be called")

    for _ in range(2):
        with pytest.raises(ConnectionError):
            await failing()
    await clock.advance(1)
    with pytest.raises(CircuitBreakerOpenError, match="host"):
        await held_back()
    rows = await store.read(lambda tx: tx.operations.in_states([OperationState.FAILED]))
    assert (str(rows[-1].reason), rows[-1].attempt) == ("paused after failures", 0)
    assert await store.write(lambda tx: tx.breakers.reset("host", clock.now()))
    with pytest.raises(ConnectionError):
        await failing()


async def test_a_reset_ends_the_wait_for_a_breaker(
    store: SQLitePersistence, clock: FakeClock, options: dict[str, Any]
) -> None:
    """An operation states that it waits for a breaker, and continues soon after its reset."""
    errors = [ConnectionError()]

    @recoverable(
        circuit_breaker_threshold=1,
        circuit_breaker_timeout=3_600.0,
        circuit_breaker_scope="host",
        wait_for_breaker=True,
        **options,
    )
    async def work() -> str:
        if errors:
            raise errors.pop()
        return "done"

    call = asyncio.ensure_future(work())
    await clock.advance(await clock.asleep())
    await clock.asleep()
    operation, _ = await only(store)
    assert (operation.state, operation.retry_at) == (OperationState.WAITING, NOW + 3_600)
    assert str(operation.reason) == "host is not responding properly: connection lost"
    version = operation.version
    for _ in range(3):
        await clock.advance(await clock.asleep())
        await clock.asleep()
    assert (await only(store))[0].version == version
    await store.write(lambda tx: tx.breakers.reset("host", clock.now()))
    assert await clock.pass_time_until(call) == "done"
    assert clock.monotonic() < 60
    assert (await only(store))[0].attempt == 2


async def test_simultaneous_calls_share_one_store(
    store: SQLitePersistence, clock: FakeClock, options: dict[str, Any]
) -> None:
    """Hundreds of concurrent calls have their own rows, attempts and results."""
    failed: set[int] = set()

    @recoverable(**options)
    async def work(number: int) -> int:
        if number % 3 == 0 and number not in failed:
            failed.add(number)
            raise ConnectionError(number)
        return number

    count = 300
    assert await clock.pass_time_until(asyncio.gather(*map(work, range(count)))) == list(range(count))
    rows = await store.read(lambda tx: tx.operations.in_states(tuple(OperationState)))
    assert sorted(row.result for row in rows) == list(range(count))
    assert all(row.arguments["args"] == [row.result] for row in rows)
    assert all(row.attempt == (2 if row.result % 3 == 0 else 1) for row in rows)
    owners = {row.owner_id for row in rows}
    assert owners == {None}


async def test_a_function_registers_its_process_itself(store: SQLitePersistence, clock: FakeClock) -> None:
    """Without an owner of the program's own, the first of many calls creates one for all."""

    @recoverable(persistence=store, clock=clock)
    async def work(number: int) -> int:
        return number

    assert list(await asyncio.gather(*map(work, range(20)))) == list(range(20))
    made = [event for event in await store.read(lambda tx: tx.events.since(0)) if event.kind == "operation_claimed"]
    assert len({event.data["owner"] for event in made}) == 1
    (owner,) = await store.read(lambda tx: tx.owners.alive(clock.now()))
    assert owner.id == made[0].data["owner"]


async def test_the_last_attempt_allowed_is_told_as_such(
    store: SQLitePersistence, clock: FakeClock, options: dict[str, Any]
) -> None:
    """The last attempt announces no further one."""
    limits: list[tuple[int, int]] = []

    @recoverable(**options, max_retries=2)
    async def work() -> None:
        (row,) = await store.read(lambda tx: tx.operations.in_states(tuple(OperationState)))
        limits.append((row.attempt, row.attempt_limit))
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await clock.pass_time_until(work())
    assert limits == [(1, 3), (2, 3), (3, 3)]
