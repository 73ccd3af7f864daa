"""The worker respects the queue's order, the limit for a host, and the schedule."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from launcher_gui.recovery import ProgressTracker
from launcher_gui.recovery.operation import (
    AttemptOutcome,
    CommandKind,
    CommandState,
    NewOperation,
    OperationState,
    Priority,
)
from launcher_gui.recovery.rules.queue_order import Move, QueueLimits
from launcher_gui.recovery.store.records import IGNORE_SCHEDULE, PAUSED
from launcher_gui.recovery.worker.worker import LOOK_S
from launcher_gui.text.message import foreign
from tests.store.crew import Crew, at_once, for_ever
from tests.support.builders.clock import FakeClock, settle

CLOSED = QueueLimits(2, closed=foreign("waiting until 22:00: downloads run from 22:00 to 07:00"), changes_in_s=3600.0)


class Day:
    """Terms until a moment of the test's clock, and terms from then on."""

    def __init__(self, crew: Crew, clock: FakeClock, first: QueueLimits, after_s: float, then: QueueLimits) -> None:
        self._clock, self._first, self._then, self._at = clock, first, then, clock.now() + after_s
        crew.worker._terms = self.terms

    def terms(self) -> QueueLimits:
        left = self._at - self._clock.now()
        held = self._first if left > 0 else self._then
        return QueueLimits(held.at_once, held.per_scope, held.closed, left if left > 0 else None)


async def test_the_queue_is_worked_in_the_order_that_a_person_made(path: Path, clock: FakeClock) -> None:
    """Priorities come first, then the order that the user chose."""
    async with Crew(path, at_once, clock, concurrency=1) as crew:
        ids = [await crew.add(name) for name in "abcd"]
        await crew.store.write(lambda tx: tx.queue.move({ids[2]}, Move.FRONT, "window", clock.now()))
        await crew.store.write(lambda tx: tx.queue.prioritise({ids[3]}, Priority.HIGH, "window", clock.now()))
        await crew.store.write(lambda tx: tx.queue.prioritise({ids[0]}, Priority.LOW, "window", clock.now()))
        crew.begin()
        await crew.all_in(OperationState.COMPLETED)
    assert crew.finished == ["d", "c", "b", "a"]


async def test_a_host_at_its_limit_holds_up_no_other(path: Path, clock: FakeClock) -> None:
    """Another host's operation begins, and the limited host's when a slot is free."""
    done = {name: asyncio.Event() for name in "abc"}
    begun: list[str] = []

    async def job(name: str, _: ProgressTracker) -> str:
        begun.append(name)
        await done[name].wait()
        return name

    async with Crew(path, job, clock, concurrency=9) as crew:
        crew.terms = QueueLimits(9, per_scope=1)
        for name, scope in (("a", "here.test"), ("b", "here.test"), ("c", "there.test")):
            new = NewOperation("work", {"args": [name], "kwargs": {}}, scope=scope, id=name)
            await crew.store.write(lambda tx: tx.operations.insert(new, clock.now()))
        crew.begin()
        await crew.until("c", OperationState.RUNNING)
        assert (await crew.now("b")).state is OperationState.QUEUED
        done["c"].set()
        await crew.until("c", OperationState.COMPLETED)
        assert (await crew.now("b")).state is OperationState.QUEUED
        done["a"].set()
        await crew.until("b", OperationState.RUNNING)
        done["b"].set()
        await crew.all_in(OperationState.COMPLETED)
    assert sorted(begun[:2]) == ["a", "c"]
    assert begun[2:] == ["b"]


async def test_running_work_is_parked_when_the_hours_end_and_resumes(path: Path, clock: FakeClock) -> None:
    """A parked operation keeps progress and retries, and is first when it resumes."""
    told, seen = asyncio.Event(), []

    async def job(name: str, tracker: ProgressTracker) -> str:
        seen.append((name, tracker.latest.done))
        if len(seen) == 1:
            tracker.update(700, 1000)
            told.set()
            await asyncio.Event().wait()
        return name

    async with Crew(path, job, clock, concurrency=1) as crew:
        Day(crew, clock, QueueLimits(1), 60.0, CLOSED)
        first, second = await crew.add("first"), await crew.add("second")
        crew.begin()
        await told.wait()
        while clock.now() < 1_700_000_060.0:  # the worker looks at the clock, at the latest when the hours end
            assert await clock.asleep() <= LOOK_S
            await clock.advance(await clock.asleep())
        parked = await crew.until(first, OperationState.QUEUED)
        (attempt,) = await crew.attempts(first)
        assert (parked.owner_id, parked.progress.done, str(parked.reason)) == (None, 700, "")
        assert str(parked.decision) == f"{CLOSED.closed!s}; continues automatically"
        assert (attempt.outcome, attempt.decision) == (AttemptOutcome.INTERRUPTED, parked.decision)
        assert (await crew.now(second)).state is OperationState.QUEUED
        Day(crew, clock, CLOSED, 0.0, QueueLimits(1))
        crew.worker.look()
        await crew.all_in(OperationState.COMPLETED)
        assert (await crew.now(first)).attempt_limit == 2 + crew.function.config.max_retries
    assert seen == [("first", 0), ("first", 700), ("second", 0)]


async def test_the_hours_begin_by_themselves(path: Path, clock: FakeClock) -> None:
    """Queued operations begin with the schedule, also after the clock was changed."""
    async with Crew(path, at_once, clock) as crew:
        Day(crew, clock, CLOSED, 3600.0, QueueLimits(2))
        operation_id = await crew.add()
        crew.begin()
        await clock.asleep()
        await clock.advance(600.0)
        assert (await crew.now(operation_id)).state is OperationState.QUEUED
        clock.jump(3000.0)
        await clock.advance(LOOK_S)
        await crew.until(operation_id, OperationState.COMPLETED)


@pytest.mark.parametrize("kind", [CommandKind.RESUME, CommandKind.RETRY])
async def test_what_a_person_wants_at_any_hour_runs(kind: CommandKind, path: Path, clock: FakeClock) -> None:
    """An operation that ignores the schedule runs to its end; others do not begin."""
    go_on = asyncio.Event()

    async def job(name: str, _: ProgressTracker) -> str:
        await go_on.wait()
        return name

    async with Crew(path, job, clock) as crew:
        crew.terms = CLOSED
        held, wanted = await crew.add("held"), await crew.add("wanted")
        if kind is CommandKind.RESUME:
            await crew.store.write(lambda tx: tx.operations.rest(wanted, PAUSED, clock.now()))
        crew.begin()
        command = await crew.answered(await crew.ask(kind, wanted, **{IGNORE_SCHEDULE: True}))
        assert (command.state, str(command.answer)) == (
            CommandState.DONE,
            "done; ignores the schedule",
        )
        await crew.until(wanted, OperationState.RUNNING)
        crew.worker.look()
        await settle()
        go_on.set()
        await crew.until(wanted, OperationState.COMPLETED)
        assert (await crew.now(held)).state is OperationState.QUEUED
        crew.concurrency = 0


async def test_what_waits_for_its_next_attempt_is_parked_too(path: Path, clock: FakeClock) -> None:
    """A waiting operation is parked without another failure."""

    async def job(_: str, __: ProgressTracker) -> str:
        raise ConnectionResetError

    async with Crew(path, job, clock, max_delay=60.0) as crew:
        crew.begin()
        operation_id = await crew.add()
        await crew.until(operation_id, OperationState.WAITING)
        crew.terms = CLOSED
        crew.worker.look()
        parked = await crew.until(operation_id, OperationState.QUEUED)
        (attempt,) = await crew.attempts(operation_id)
    assert (parked.attempt, parked.retry_at, attempt.outcome) == (1, None, AttemptOutcome.FAILED)


@pytest.mark.parametrize("turns", range(0, 40, 4))
async def test_parking_at_any_moment_leaves_a_complete_record(turns: int, path: Path, clock: FakeClock) -> None:
    """Parking leaves a queued row, without owner and open attempt, at any moment."""
    async with Crew(path, for_ever, clock, concurrency=3) as crew:
        for _ in range(3):
            await crew.add()
        crew.begin()
        for _ in range(turns):
            await asyncio.sleep(0)
        crew.terms = CLOSED
        crew.worker.look()
        rows = await crew.all_in(OperationState.QUEUED)
        assert all(row.owner_id is None for row in rows)
        made = await crew.store.read(lambda tx: tx.attempts.of_all())
        assert all(a.outcome is AttemptOutcome.INTERRUPTED for each in made.values() for a in each)
        await crew.worker.stop()
        assert not crew.worker.active


async def test_pausing_what_is_parked_pauses_it(path: Path, clock: FakeClock) -> None:
    """A pause during parking is obeyed when the run has stopped."""
    async with Crew(path, for_ever, clock) as crew:
        crew.begin()
        operation_id = await crew.add()
        await crew.begun.wait()
        crew.terms = CLOSED
        asked = await crew.ask(CommandKind.PAUSE, operation_id)
        crew.worker.look()
        await crew.until(operation_id, OperationState.PAUSED)
        assert (await crew.answered(asked)).state is CommandState.DONE
