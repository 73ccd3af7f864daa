"""The worker claims queued operations, obeys commands, and stops without leaving anything behind."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from launcher_gui.recovery import ProgressTracker
from launcher_gui.recovery.execution.control import RunControl
from launcher_gui.recovery.operation import (
    AttemptOutcome,
    CommandKind,
    CommandState,
    EventKind,
    Operation,
    OperationState,
    Progress,
)
from launcher_gui.recovery.rules.queue_order import QueueLimits
from launcher_gui.recovery.runtime.process_identity import this_process
from launcher_gui.recovery.store.records import CANCELLED
from tests.store.crew import Crew, at_once, for_ever, in_vain
from tests.support.builders.clock import FakeClock, settle

DONE, REFUSED = CommandState.DONE, CommandState.REFUSED
STOPS = {
    CommandKind.PAUSE: (OperationState.PAUSED, AttemptOutcome.PAUSED),
    CommandKind.CANCEL: (OperationState.CANCELLED, AttemptOutcome.CANCELLED),
}


async def test_the_queue_is_worked_in_order(path: Path, clock: FakeClock) -> None:
    """Operations are claimed in the order of the queue, as many at a time as allowed, and cleaned up after."""
    begun: list[str] = []
    at_work, most, full = 0, 0, asyncio.Event()

    async def job(name: str, _: ProgressTracker) -> str:
        nonlocal at_work, most
        begun.append(name)
        at_work += 1
        most = max(most, at_work)
        if at_work == 3:
            full.set()
        await full.wait()
        at_work -= 1
        return name

    async with Crew(path, job, clock, concurrency=3) as crew:
        names = [f"job {n}" for n in range(12)]
        for name in names:
            await crew.add(name)
            clock.jump(1)
        crew.begin()
        rows = await crew.all_in(OperationState.COMPLETED)
        claims = await crew.store.read(lambda tx: tx.events.of_kind(EventKind.OPERATION_CLAIMED))
    # Claims are made one after the other. The attempts of those that are claimed together begin in any order.
    assert [claim.operation_id for claim in claims] == [row.id for row in rows]
    assert sorted(begun) == sorted(names)
    assert most == 3
    assert [row.result for row in rows] == names
    assert sorted(crew.finished) == sorted(names)


async def test_a_worker_cleans_up_after_what_an_earlier_process_completed(path: Path, clock: FakeClock) -> None:
    """A process may die between the commit and the clean-up; the next worker repeats the clean-up, failures or not."""
    async with Crew(path, at_once, clock) as crew:
        for name in ("first", "second"):
            operation_id = await crew.add(name)
            claimed = await crew.claim(operation_id)
            await crew.function.resume(claimed, RunControl())
        await crew.add("third", function="of another program")
        crew.refused = "first"
        await clock.pass_time_until(crew.worker.run_until_empty())
        assert crew.finished == ["second"]


@pytest.mark.parametrize("kind", STOPS)
async def test_a_stop_during_an_attempt_ends_it(kind: CommandKind, path: Path, clock: FakeClock) -> None:
    """Pause and Cancel end the running attempt, are recorded in it, and are then answered."""
    state, outcome = STOPS[kind]
    async with Crew(path, for_ever, clock) as crew:
        crew.begin()
        operation_id = await crew.add()
        await crew.begun.wait()
        command = await crew.answered(await crew.ask(kind, operation_id))
        assert (command.state, str(command.answer)) == (DONE, "done")
        operation, (attempt,) = await crew.now(operation_id), await crew.attempts(operation_id)
        assert (operation.state, operation.owner_id) == (state, None)
        assert attempt.outcome is outcome
        assert attempt.decision == operation.decision
        assert attempt.ended_at is not None


@pytest.mark.parametrize("kind", STOPS)
async def test_a_stop_during_a_wait_ends_it(kind: CommandKind, path: Path, clock: FakeClock) -> None:
    """Pause and Cancel end a wait at once."""
    async with Crew(path, in_vain, clock) as crew:
        crew.begin()
        operation_id = await crew.add()
        await crew.until(operation_id, OperationState.WAITING)
        assert (await crew.answered(await crew.ask(kind, operation_id))).state is DONE
        operation, (attempt,) = await crew.now(operation_id), await crew.attempts(operation_id)
        assert (operation.state, operation.retry_at) == (STOPS[kind][0], None)
        assert attempt.outcome is AttemptOutcome.FAILED


@pytest.mark.parametrize("kind", STOPS)
async def test_a_stop_before_the_first_attempt_costs_none(kind: CommandKind, path: Path, clock: FakeClock) -> None:
    """Stopping a queued or starting operation makes no attempt."""
    async with Crew(path, for_ever, clock, concurrency=0) as crew:
        crew.begin()
        queued = await crew.add()
        assert (await crew.answered(await crew.ask(kind, queued))).state is DONE
        taken = await crew.add("taken")
        claimed = await crew.store.write(lambda tx: tx.operations.claim(taken, crew.owner_lease.owner.id, clock.now()))
        assert claimed is not None
        crew.worker.take(claimed)
        crew.worker._running[taken].control.stop(STOPS[kind][0])
        for operation_id in (queued, taken):
            operation = await crew.until(operation_id, STOPS[kind][0])
            assert (operation.attempt, operation.owner_id) == (0, None)
            assert await crew.attempts(operation_id) == []


@pytest.mark.parametrize("turns", range(0, 60, 4))
@pytest.mark.parametrize("kind", STOPS)
async def test_a_stop_that_races_with_success_has_one_winner(
    kind: CommandKind, turns: int, path: Path, clock: FakeClock
) -> None:
    """Either the work succeeds and the command is refused, or it stops."""

    async def job(_: str, __: ProgressTracker) -> str:
        (operation,) = await crew.store.read(lambda tx: tx.operations.in_states([OperationState.RUNNING]))
        await crew.ask(kind, operation.id)
        for _turn in range(turns):
            await asyncio.sleep(0)
        return "done"

    async with Crew(path, job, clock) as crew:
        crew.begin()
        operation_id = await crew.add()
        operation = await crew.until(operation_id, OperationState.COMPLETED, STOPS[kind][0])
        command = await crew.answered(1)  # the first of its store
        attempts = await crew.attempts(operation_id)
    state, outcome = STOPS[kind]
    if operation.state is state:
        assert (command.state, [a.outcome for a in attempts]) == (DONE, [outcome])
    else:
        assert (command.state, [a.outcome for a in attempts]) == (REFUSED, [AttemptOutcome.SUCCEEDED])
        assert operation.result == "done"


async def test_resuming_what_is_being_paused_resumes_it(path: Path, clock: FakeClock) -> None:
    """Pause and a quick Resume are both obeyed, in order."""
    begun = 0

    async def job(_: str, __: ProgressTracker) -> str:
        nonlocal begun
        begun += 1
        if begun == 1:
            await asyncio.Event().wait()
        return "done"

    async with Crew(path, job, clock) as crew:
        crew.begin()
        operation_id = await crew.add()
        await crew.begun.wait()
        asked = [await crew.ask(kind, operation_id) for kind in (CommandKind.PAUSE, CommandKind.RESUME)]
        operation = await crew.until(operation_id, OperationState.COMPLETED)
        assert [(await crew.answered(command)).state for command in asked] == [DONE, DONE]
        assert operation.attempt == begun == 2


async def test_pausing_and_then_cancelling_cancels(path: Path, clock: FakeClock) -> None:
    """A second stop during the first one applies when the run has stopped."""
    async with Crew(path, for_ever, clock) as crew:
        crew.begin()
        operation_id = await crew.add()
        await crew.begun.wait()
        asked = [await crew.ask(kind, operation_id) for kind in (CommandKind.PAUSE, CommandKind.CANCEL)]
        await crew.until(operation_id, OperationState.CANCELLED)
        assert [(await crew.answered(command)).state for command in asked] == [DONE, DONE]


async def test_retry_now_ends_the_wait(path: Path, clock: FakeClock) -> None:
    """The next attempt begins at once."""
    errors = [ConnectionResetError()]

    async def job(_: str, __: ProgressTracker) -> str:
        if errors:
            raise errors.pop()
        return "done"

    async with Crew(path, job, clock, max_delay=60.0) as crew:
        crew.begin()
        operation_id = await crew.add()
        await crew.until(operation_id, OperationState.WAITING)
        before = clock.monotonic()
        assert (await crew.answered(await crew.ask(CommandKind.RETRY, operation_id))).state is DONE
        assert (await crew.until(operation_id, OperationState.COMPLETED)).attempt == 2
        assert clock.monotonic() == before


async def test_retry_now_of_what_runs_is_refused(path: Path, clock: FakeClock) -> None:
    """Retry now is refused while an attempt runs, which continues."""
    async with Crew(path, for_ever, clock) as crew:
        crew.begin()
        operation_id = await crew.add()
        await crew.begun.wait()
        command = await crew.answered(await crew.ask(CommandKind.RETRY, operation_id))
        assert (command.state, str(command.answer)) == (REFUSED, "it is already running")
        assert (await crew.now(operation_id)).state is OperationState.RUNNING


async def test_what_failed_can_be_begun_afresh(path: Path, clock: FakeClock) -> None:
    """Retry queues a failed operation with a new budget and continued numbering."""
    errors = [ValueError("no")]

    async def job(_: str, __: ProgressTracker) -> str:
        if errors:
            raise errors.pop()
        return "done"

    async with Crew(path, job, clock) as crew:
        crew.begin()
        operation_id = await crew.add()
        await crew.until(operation_id, OperationState.FAILED)
        assert (await crew.answered(await crew.ask(CommandKind.RETRY, operation_id))).state is DONE
        operation = await crew.until(operation_id, OperationState.COMPLETED)
        assert (operation.attempt, operation.attempt_limit) == (2, 5)


@pytest.mark.parametrize("kind", [CommandKind.RETRY, CommandKind.REMOVE, CommandKind.PAUSE])
async def test_what_is_asked_during_the_clearing_up_is_obeyed_after_it(
    kind: CommandKind, path: Path, clock: FakeClock
) -> None:
    """A command during cleanup applies to the ended operation."""
    clearing, cleared = asyncio.Event(), asyncio.Event()
    async with Crew(path, at_once, clock) as crew:

        async def finish(_: Any) -> None:
            clearing.set()
            await cleared.wait()
            crew.finished.append("cleared")

        crew.worker._finisher = finish
        probe = await crew.add("probe")
        await crew.store.write(lambda tx: tx.operations.rest(probe, CANCELLED, clock.now()))
        crew.begin()
        operation_id = await crew.add()
        await clearing.wait()
        asked = await crew.ask(kind, operation_id)
        try:
            # Commands are taken in order: once this one is answered, the first has been looked at.
            assert (await crew.answered(await crew.ask(CommandKind.REMOVE, probe))).state is DONE
        finally:
            cleared.set()
        command = await crew.answered(asked)
        assert crew.finished == ["cleared"]
    if kind is CommandKind.REMOVE:
        assert command.state is DONE
    else:
        assert (command.state, "completed" in str(command.answer) or "finished" in str(command.answer)) == (
            REFUSED,
            True,
        )


async def test_stopping_interrupts_and_keeps_the_progress(path: Path, clock: FakeClock) -> None:
    """A stopping program leaves its work interrupted with its latest progress."""
    told = asyncio.Event()

    async def job(_: str, tracker: ProgressTracker) -> None:
        await tracker.resumed(100, "the server can resume")
        tracker.update(700, 1000)
        told.set()
        await asyncio.Event().wait()

    async with Crew(path, job, clock) as crew:
        crew.begin()
        operation_id = await crew.add()
        await told.wait()
        await crew.worker.stop()
        assert not crew.worker.active
        operation, (attempt,) = await crew.now(operation_id), await crew.attempts(operation_id)
    assert (operation.state, operation.owner_id) == (OperationState.INTERRUPTED, None)
    assert (operation.progress.done, operation.progress.total) == (700, 1000)
    assert (attempt.outcome, attempt.resumed_from) == (AttemptOutcome.INTERRUPTED, 100)
    assert str(attempt.resume_note) == "the server can resume"


@pytest.mark.parametrize("turns", range(0, 60, 3))
async def test_stopping_at_any_moment_leaves_nothing_running(turns: int, path: Path, clock: FakeClock) -> None:
    """No claim or run survives ``stop``, whenever it is called."""
    async with Crew(path, for_ever, clock, concurrency=5) as crew:
        for _ in range(5):
            await crew.add()
        crew.begin()
        for _ in range(turns):
            await asyncio.sleep(0)
        await crew.worker.stop()
        assert not crew.worker.active
        rows = await crew.all_in(OperationState.QUEUED, OperationState.INTERRUPTED)
        assert all(row.owner_id is None for row in rows)


async def test_stopping_waits_for_a_claim_under_way(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An operation that is being claimed at stop does not begin later."""
    async with Crew(path, for_ever, clock) as crew:
        operation_id = await crew.add()
        claiming, real = asyncio.Event(), crew.worker._claim

        async def claim(terms: QueueLimits) -> Operation | None:
            claiming.set()
            return await real(terms)

        monkeypatch.setattr(crew.worker, "_claim", claim)
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        crew.begin()
        await claiming.wait()
        stopping = asyncio.ensure_future(crew.worker.stop())
        await settle()
        assert not stopping.done()
        holder.close()
        await stopping
        assert not crew.worker.active
        assert (await crew.now(operation_id)).state in {OperationState.QUEUED, OperationState.INTERRUPTED}


async def test_an_interrupted_operation_goes_on_where_it_was(path: Path, clock: FakeClock) -> None:
    """The next run begins with the last progress."""
    seen: list[Progress] = []
    told = asyncio.Event()

    async def job(_: str, tracker: ProgressTracker) -> str:
        seen.append(tracker.latest)
        if len(seen) == 1:
            tracker.update(700, 1000)
            told.set()
            await asyncio.Event().wait()
        return "done"

    async with Crew(path, job, clock) as crew:
        crew.begin()
        operation_id = await crew.add()
        await told.wait()
    async with Crew(path, job, clock) as crew:
        crew.begin()
        assert (await crew.answered(await crew.ask(CommandKind.RESUME, operation_id))).state is DONE
        operation = await crew.until(operation_id, OperationState.COMPLETED)
    assert [(progress.done, progress.total) for progress in seen] == [(0, None), (700, 1000)]
    assert operation.attempt == 2


async def test_another_owners_work_is_not_touched(path: Path, clock: FakeClock) -> None:
    """A command for another owner's operation waits for that owner."""
    async with Crew(path, at_once, clock, concurrency=0) as crew:
        crew.begin()
        other = replace(this_process("command line", clock.now() + 10**9), pid=1, process_started="")
        theirs = await crew.add("theirs")
        await crew.store.write(lambda tx: tx.owners.register(other))
        await crew.store.write(lambda tx: tx.operations.claim(theirs, other.id, clock.now()))
        before = await crew.now(theirs)
        asked = [await crew.ask(kind, theirs) for kind in CommandKind]
        mine = await crew.add("mine")
        assert (await crew.answered(await crew.ask(CommandKind.PAUSE, mine))).state is DONE
        assert await crew.now(theirs) == before
        assert [command.id for command in await crew.store.read(lambda tx: tx.commands.pending())] == asked


async def test_unregistered_functions_stay_queued(path: Path, clock: FakeClock) -> None:
    """Operations of unregistered functions, and their commands, stay in the queue."""
    async with Crew(path, at_once, clock) as crew:
        crew.begin()
        foreign = await crew.add("foreign", function="celery task")
        asked = await crew.ask(CommandKind.CANCEL, foreign)
        mine = await crew.add("mine")
        await crew.until(mine, OperationState.COMPLETED)
        assert (await crew.now(foreign)).state is OperationState.QUEUED
        assert [command.id for command in await crew.store.read(lambda tx: tx.commands.pending())] == [asked]
