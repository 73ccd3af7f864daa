"""Cancelled calls, busy stores and invalid text lose nothing and leave nothing open."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import Any

import pytest

from launcher_gui.recovery import ProgressTracker, recoverable
from launcher_gui.recovery.operation import AttemptOutcome, OperationState
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.tables.breakers import BreakersTable
from tests.store.looking import held, only
from tests.support.builders.clock import FakeClock


@pytest.mark.parametrize("during", ["attempt", "wait"])
async def test_a_cancelled_call_is_interrupted(
    during: str, store: SQLitePersistence, clock: FakeClock, options: dict[str, Any]
) -> None:
    """A cancelled call leaves an interrupted row and an ended attempt."""

    @recoverable(**options)
    async def work() -> None:
        if during == "wait":
            raise ConnectionError
        await clock.sleep(60)

    call = asyncio.ensure_future(work())
    await clock.asleep()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    operation, (attempt,) = await only(store)
    assert (operation.state, operation.owner_id) == (OperationState.INTERRUPTED, None)
    assert attempt.outcome is (AttemptOutcome.FAILED if during == "wait" else AttemptOutcome.INTERRUPTED)
    assert attempt.ended_at is not None


async def test_a_call_cancelled_at_any_moment_leaves_no_loose_end(
    store: SQLitePersistence, options: dict[str, Any]
) -> None:
    """However early a call is cancelled, no row looks active."""

    @recoverable(**options)
    async def work() -> None:
        await asyncio.Event().wait()

    for turns in range(40):
        call = asyncio.ensure_future(work())
        for _ in range(turns):
            await asyncio.sleep(0)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
    rows = await store.read(lambda tx: tx.operations.in_states(tuple(OperationState)))
    assert {(row.state, row.owner_id) for row in rows} <= {(OperationState.INTERRUPTED, None)}
    for row in rows:
        assert all(attempt.ended_at is not None for attempt in await store.read(lambda tx: tx.attempts.of(row.id)))


async def test_a_failing_call_cancelled_at_any_moment_leaves_no_loose_end(
    store: SQLitePersistence, options: dict[str, Any]
) -> None:
    """The same while a failure is recorded or a wait begins."""

    @recoverable(**options)
    async def work() -> None:
        raise ConnectionError

    for turns in range(40):
        call = asyncio.ensure_future(work())
        for _ in range(turns):
            await asyncio.sleep(0)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
    rows = await store.read(lambda tx: tx.operations.in_states(tuple(OperationState)))
    assert {(row.state, row.owner_id) for row in rows} <= {(OperationState.INTERRUPTED, None)}
    for row in rows:
        assert all(attempt.ended_at is not None for attempt in await store.read(lambda tx: tx.attempts.of(row.id)))


async def test_an_outcome_is_not_lost_to_a_busy_store(
    store: SQLitePersistence, clock: FakeClock, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where others could repeat the work, an outcome is retried until it is written."""
    begun, ready = asyncio.Event(), asyncio.Event()

    @recoverable(exclusive_key=lambda: "one place", **options)
    async def work() -> str:
        begun.set()
        await ready.wait()
        return "done"

    call = asyncio.ensure_future(work())
    await begun.wait()
    with held(store, monkeypatch):
        ready.set()
        for _ in range(3):
            await clock.advance(await clock.asleep())
        assert (await only(store))[0].state is OperationState.RUNNING
    assert await clock.pass_time_until(call) == "done"
    assert (await only(store))[0].state is OperationState.COMPLETED


async def test_a_busy_store_costs_the_breaker_not_the_call(
    store: SQLitePersistence,
    clock: FakeClock,
    options: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Without access to the breaker the call still runs and is recorded."""

    def refuse(*_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(BreakersTable, "admit", refuse)
    monkeypatch.setattr(BreakersTable, "record", refuse)

    @recoverable(max_retries=1, circuit_breaker_scope="host", **options)
    async def work() -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await clock.pass_time_until(work())
    _, made = await only(store)
    assert [attempt.outcome for attempt in made] == [AttemptOutcome.FAILED] * 2
    assert "the circuit breaker of host could not be reached" in caplog.text
    assert await store.read(lambda tx: tx.breakers.every()) == []


async def test_a_note_that_cannot_be_written_costs_nothing(
    store: SQLitePersistence, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A note on where an attempt resumes is optional and does not fail it."""

    @recoverable(**options)
    async def work(progress_tracker: ProgressTracker) -> str:
        with held(store, monkeypatch):
            await progress_tracker.resumed(700, "the server can resume")
        return "done"

    assert await work() == "done"  # type: ignore[call-arg]
    assert (await only(store))[1][0].resumed_from == 0


@pytest.mark.parametrize("text", ["\udcff not UTF-8", "zero \0 byte", "x" * 100_000], ids=["surrogate", "zero", "long"])
async def test_any_text_can_be_recorded(text: str, store: SQLitePersistence, options: dict[str, Any]) -> None:
    """Text that is not valid Unicode breaks neither a call nor its record."""

    @recoverable(**options)
    async def work(name: str) -> str:
        if name == text:
            raise KeyError(text)
        return text

    with pytest.raises(KeyError) as caught:
        await work(text)
    assert caught.value.args == (text,)
    assert await work("return it") == text
    (failed,) = await store.read(lambda tx: tx.operations.in_states([OperationState.FAILED]))
    (completed,) = await store.read(lambda tx: tx.operations.in_states([OperationState.COMPLETED]))
    assert failed.arguments["args"] == [text]
    assert completed.result == text
    (attempt,) = await store.read(lambda tx: tx.attempts.of(failed.id))
    assert 0 < len(str(attempt.error)) <= 4_000
