"""Concurrent workers, and workers whose store, function or ownership fails."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from launcher_gui.recovery import ProgressTracker
from launcher_gui.recovery.operation import (
    AttemptOutcome,
    Command,
    CommandKind,
    CommandState,
    NewOperation,
    OperationState,
)
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.tables.commands import CommandsTable
from launcher_gui.text.message import foreign
from tests.store.crew import Crew, at_once, for_ever, in_vain
from tests.store.looking import held
from tests.store.processes import Program, programs
from tests.support.builders.clock import FakeClock

DONE, REFUSED = CommandState.DONE, CommandState.REFUSED

WORK = """
import asyncio, sys
from launcher_gui.recovery import SQLitePersistence, recoverable, recovery_of
from launcher_gui.recovery.runtime.clock import SystemClock
from launcher_gui.recovery.process.owner_lease import OwnerLease
from launcher_gui.recovery.store.sqlite.watch import StoreWatch
from launcher_gui.recovery.rules.queue_order import QueueLimits
from launcher_gui.recovery.worker.worker import Worker

async def nothing(*_):
    pass

async def main():
    async with SQLitePersistence(sys.argv[1]) as store:
        owner_lease, watch = OwnerLease(store, "command line"), store.watch()
        await owner_lease.start()
        await watch.start()

        @recoverable(name="work", persistence=store, owner_lease=owner_lease)
        async def work(number):
            print(number, flush=True)
            await asyncio.sleep(0.002)

        functions = {"work": recovery_of(work)}
        worker = Worker(store, watch, owner_lease, functions, lambda: QueueLimits(4), nothing, nothing, SystemClock())
        print("ready", flush=True)
        await asyncio.to_thread(input)
        await worker.run_until_empty()
        await watch.stop()
        await owner_lease.stop()

asyncio.run(main())
"""


def all_lines(program: Program) -> list[str]:
    """Return a program's output until it ends."""
    return list(iter(program.says, ""))


async def test_several_processes_never_run_one_operation_twice(store: SQLitePersistence) -> None:
    """Exactly one of the competing processes runs each operation."""
    count = 120
    with programs(WORK, 3, store.path) as workers:
        for worker in workers:
            assert await asyncio.to_thread(worker.says) == "ready"
        for number in range(count):
            await store.write(
                lambda tx: tx.operations.insert(NewOperation("work", {"args": [number], "kwargs": {}}), float(number))
            )
        for worker in workers:
            worker.tell()
        run = [await asyncio.to_thread(all_lines, worker) for worker in workers]
        assert [worker.result() for worker in workers] == [0, 0, 0]
    assert sorted(int(number) for numbers in run for number in numbers) == list(range(count))
    rows = await store.read(lambda tx: tx.operations.in_states(tuple(OperationState)))
    assert {(row.state, row.attempt, row.owner_id) for row in rows} == {(OperationState.COMPLETED, 1, None)}


async def test_two_workers_share_the_queue(path: Path, clock: FakeClock) -> None:
    """Two workers of one store run every operation once."""
    run: list[str] = []

    async def job(name: str, _: ProgressTracker) -> str:
        run.append(name)
        return name

    names = [f"job {n}" for n in range(60)]
    async with Crew(path, job, clock) as one, Crew(path, job, clock) as two:
        for name in names:
            await one.add(name)
        one.begin()
        two.begin()
        await one.all_in(OperationState.COMPLETED)
    assert sorted(run) == sorted(names)


async def test_working_until_empty_ends(path: Path, clock: FakeClock) -> None:
    """It returns only when nothing is queued or running."""
    failing = {"job 3"}

    async def job(name: str, _: ProgressTracker) -> str:
        if name in failing:
            failing.remove(name)
            raise ConnectionError
        return name

    async with Crew(path, job, clock) as crew:
        for n in range(10):
            await crew.add(f"job {n}")
        await clock.pass_time_until(crew.worker.run_until_empty())
        rows = await crew.all_in(OperationState.COMPLETED)
        assert sorted(row.attempt for row in rows) == [1] * 9 + [2]


@pytest.mark.parametrize("turn", range(10))
async def test_working_on_one_alone_ends_with_it(turn: int, path: Path, clock: FakeClock) -> None:
    """A worker for one operation ignores the others and ends with it."""
    async with Crew(path, at_once, clock) as crew:
        other, one = await crew.add("other"), await crew.add("one")
        crew.worker = crew.new_worker(only=one)
        if turn % 2:
            claimed = await crew.store.write(
                lambda tx: tx.operations.claim(one, crew.owner_lease.owner.id, clock.now())
            )
            assert claimed is not None
            crew.worker.take(claimed)
        await clock.pass_time_until(crew.worker.run_until_empty())
        assert (await crew.now(one)).state is OperationState.COMPLETED
        assert (await crew.now(other)).state is OperationState.QUEUED


async def test_an_operation_that_was_taken_away_is_not_run_twice(path: Path, clock: FakeClock) -> None:
    """A lost and requeued operation begins after its old run has stopped."""
    at_work = most = 0
    lost = asyncio.Event()

    async def job(_: str, tracker: ProgressTracker) -> str:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        try:
            if not lost.is_set():
                await lost.wait()
                for done in range(1_000):
                    tracker.update(done)
                    await clock.sleep(0.1)
            return "done"
        finally:
            at_work -= 1

    async with Crew(path, job, clock) as crew:
        crew.begin()
        operation_id = await crew.add()
        await crew.begun.wait()
        await crew.store.write(lambda tx: tx.owners.retire(crew.owner_lease.owner.id, clock.now()))
        await crew.store.write(lambda tx: tx.operations.queue(operation_id, clock.now(), foreign("resumed by you")))
        lost.set()
        operation = await clock.pass_time_until(crew.until(operation_id, OperationState.COMPLETED))
        first, second = await crew.attempts(operation_id)
    assert most == 1
    assert (operation.attempt, operation.result) == (2, "done")
    assert (first.outcome, second.outcome) == (AttemptOutcome.INTERRUPTED, AttemptOutcome.SUCCEEDED)


async def test_a_run_that_cannot_even_begin_has_failed(path: Path, clock: FakeClock) -> None:
    """Unreadable arguments leave a failed row, not one that looks active."""

    def refuse(_: object) -> str:
        raise KeyError("url")

    async with Crew(path, at_once, clock, state_deserializer=refuse) as crew:
        crew.begin()
        operation_id = await crew.add()
        operation = await crew.until(operation_id, OperationState.FAILED)
        assert (str(operation.reason), operation.owner_id, operation.attempt) == ("KeyError", None, 0)
        assert (await crew.answered(await crew.ask(CommandKind.REMOVE, operation_id))).state is DONE


async def test_a_busy_store_does_not_end_the_worker(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Reading and claiming are retried while the store is busy."""
    async with Crew(path, at_once, clock) as crew:
        operation_id = await crew.add()
        with held(crew.store, monkeypatch):
            crew.begin()
            for _ in range(2):
                await clock.advance(await clock.asleep())
        await clock.pass_time_until(crew.until(operation_id, OperationState.COMPLETED))
    assert "trying again" in caplog.text


async def test_a_command_is_answered_after_the_store_was_busy(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pause whose outcome waits for the store is obeyed and answered."""
    async with Crew(path, for_ever, clock) as crew:
        crew.begin()
        operation_id = await crew.add()
        await crew.begun.wait()
        asked = await crew.ask(CommandKind.PAUSE, operation_id)
        with held(crew.store, monkeypatch):
            for _ in range(3):
                await clock.advance(await clock.asleep())
        assert (await clock.pass_time_until(crew.answered(asked))).state is DONE
        assert (await crew.now(operation_id)).state is OperationState.PAUSED


async def test_a_command_that_cannot_be_obeyed_holds_up_no_other(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """One faulty command does not block others or the queue."""
    real = CommandsTable.obey_unowned
    poison: list[int] = []

    def obey(table: CommandsTable, command: Command, now: float) -> CommandState:
        if command.id in poison:
            raise sqlite3.IntegrityError("no such thing")
        return real(table, command, now)

    monkeypatch.setattr(CommandsTable, "obey_unowned", obey)
    async with Crew(path, at_once, clock, concurrency=0) as crew:
        bad, good = await crew.add("bad"), await crew.add("good")
        poison.append(await crew.ask(CommandKind.PAUSE, bad))
        asked = await crew.ask(CommandKind.PAUSE, good)
        crew.begin()
        assert (await crew.answered(asked)).state is DONE
        crew.concurrency = 1
        await crew.until(await crew.add("next"), OperationState.COMPLETED)
    assert "could not be obeyed" in caplog.text


async def test_every_command_of_a_storm_is_answered_once(path: Path, clock: FakeClock) -> None:
    """Two workers and ten operations answer many commands once each, and lose no row."""
    async with Crew(path, in_vain, clock) as one, Crew(path, for_ever, clock) as two:
        one.begin()
        two.begin()
        operation_ids = [await one.add(f"job {n}") for n in range(10)]
        kinds = [kind for kind in CommandKind if kind is not CommandKind.REMOVE]
        asked = [
            await one.ask(kinds[(n * 7 + turn * 3) % len(kinds)], operation_id)
            for turn in range(6)
            for n, operation_id in enumerate(operation_ids)
        ]
        for command in asked:
            await clock.pass_time_until(one.answered(command))
        rows = await one.store.read(lambda tx: tx.operations.in_states(tuple(OperationState)))
        told = await one.store.read(lambda tx: tx.events.since(0))
        assert await one.store.read(lambda tx: tx.commands.pending()) == []
    assert {row.id for row in rows} == set(operation_ids)
    assert all(row.state.active == (row.owner_id is not None) for row in rows)
    answered = [event.data["command_id"] for event in told if event.kind == "command_answered"]
    assert sorted(answered) == asked


async def test_a_command_is_left_to_an_owner_that_is_gone_until_it_is_swept(path: Path, clock: FakeClock) -> None:
    """A lost owner's command is obeyed after the sweep."""
    async with Crew(path, at_once, clock, concurrency=0) as crew:
        crew.begin()
        operation_id = await crew.add()
        await crew.store.write(lambda tx: tx.operations.claim(operation_id, "dead", clock.now()))
        asked = await crew.ask(CommandKind.CANCEL, operation_id)
        probe = await crew.add("probe")
        await crew.answered(await crew.ask(CommandKind.CANCEL, probe))
        assert [command.id for command in await crew.store.read(lambda tx: tx.commands.pending())] == [asked]
        await crew.store.write(lambda tx: tx.owners.retire("dead", clock.now()))
        assert (await crew.answered(asked)).state is DONE
        assert (await crew.now(operation_id)).state is OperationState.CANCELLED
