"""Synchronous functions stop at their next progress report when the user requests it."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest

from launcher_gui.monitor import commands as monitor_commands
from launcher_gui.recovery import ProgressTracker, RecoveryConfig, SQLitePersistence, recoverable, recovery_of
from launcher_gui.recovery.exceptions import StopAskedError
from launcher_gui.recovery.operation import (
    Attempt,
    AttemptOutcome,
    Command,
    CommandKind,
    CommandState,
    Operation,
    OperationState,
)
from tests.support.builders.clock import FakeClock


class Person:
    """A user in another process who reads the store and gives commands.

    Args:
        path: The store.
        clock: The time that all go by.
    """

    def __init__(self, path: Path, clock: FakeClock) -> None:
        self._path = path
        self._clock = clock
        self.asked: list[int] = []

    def asks(self, kind: CommandKind) -> None:
        """Give a command to the only operation that is not a step."""

        async def ask() -> int:
            async with SQLitePersistence(self._path) as store:
                rows = await store.read(lambda tx: tx.operations.in_states(tuple(OperationState)))
                (whole,) = [row.id for row in rows if row.parent_id is None]
                return (await monitor_commands.give(store, self._clock, whole, kind, "window")).id

        self.asked.append(asyncio.run(ask()))

    def sees(self) -> tuple[list[Operation], list[Attempt], list[Command | None]]:
        """Return the operations, parent first, the parent's attempts, and the commands with their answers."""

        async def look() -> tuple[list[Operation], list[Attempt], list[Command | None]]:
            async with SQLitePersistence(self._path) as store:
                rows = await store.read(lambda tx: tx.operations.in_states(tuple(OperationState)))
                rows.sort(key=lambda row: row.parent_id is not None)
                answers = [await store.read(lambda tx: tx.commands.get(command_id)) for command_id in self.asked]
                return rows, await store.read(lambda tx: tx.attempts.of(rows[0].id)), answers

        return asyncio.run(look())


@pytest.mark.parametrize(
    ("kind", "state"), [(CommandKind.PAUSE, OperationState.PAUSED), (CommandKind.CANCEL, OperationState.CANCELLED)]
)
def test_it_stops_at_its_next_progress(path: Path, kind: CommandKind, state: OperationState) -> None:
    """The stop passes ``except Exception``, keeps the progress, and answers the command."""
    store, clock = SQLitePersistence(path), FakeClock()
    person = Person(path, clock)

    @recoverable(persistence=store, clock=clock)
    def work(progress_tracker: ProgressTracker) -> None:
        with contextlib.suppress(Exception):
            for done in range(10):
                if done == 3:
                    person.asks(kind)
                clock.sleep_blocking(1)
                progress_tracker.update(done, 10)

    with pytest.raises(StopAskedError, match=f"asked to {kind}"):
        work()  # type: ignore[call-arg]
    (operation,), (attempt,), (command,) = person.sees()
    assert (operation.state, operation.owner_id, operation.progress.done) == (state, None, 3)
    assert attempt.outcome.value == state.value
    assert command is not None
    assert (command.state, str(command.answer)) == (CommandState.DONE, "done")
    store.close_blocking()


def test_a_step_stops_for_its_parent(path: Path) -> None:
    """Pausing the parent stops the running step, and resuming continues with that step."""
    store, clock = SQLitePersistence(path), FakeClock()
    person = Person(path, clock)
    reached: list[int] = []

    @recoverable(clock=clock)
    def step(progress_tracker: ProgressTracker) -> str:
        for done in range(progress_tracker.latest.done, 10):
            if done == 5 and not person.asked:
                person.asks(CommandKind.PAUSE)
            clock.sleep_blocking(1)
            progress_tracker.update(done, 10)
            reached.append(done)
        return "done"

    @recoverable(persistence=store, clock=clock)
    def whole() -> str:
        return step()  # type: ignore[call-arg]

    with pytest.raises(StopAskedError):
        whole()
    rows, _, (command,) = person.sees()
    assert [row.state for row in rows] == [OperationState.PAUSED] * 2
    assert command is not None
    assert command.state is CommandState.DONE
    person.asks(CommandKind.RESUME)
    assert recovery_of(whole).resume_interrupted_blocking() == 1
    assert reached == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert [row.state for row in person.sees()[0]] == [OperationState.COMPLETED] * 2
    store.close_blocking()


LONG = RecoveryConfig(initial_delay=600.0, max_delay=600.0, jitter=0.0)
SHORT = RecoveryConfig(initial_delay=2.5, jitter=0.0)


class Asking(FakeClock):
    """A clock with which the user gives a command during the second sleep."""

    def __init__(self) -> None:
        super().__init__()
        self.person: Person | None = None
        self.kind = CommandKind.PAUSE

    def sleep_blocking(self, seconds: float) -> None:
        """Advance time, and let the user give the command."""
        super().sleep_blocking(seconds)
        if self.person is not None and len(self.slept) == 2:
            self.person.asks(self.kind)


@pytest.mark.parametrize(
    ("kind", "state"), [(CommandKind.PAUSE, OperationState.PAUSED), (CommandKind.CANCEL, OperationState.CANCELLED)]
)
def test_a_wait_ends_on_command(path: Path, kind: CommandKind, state: OperationState) -> None:
    """A stop ends the wait within about a second, and is answered."""
    store, clock = SQLitePersistence(path), Asking()
    clock.kind, clock.person = kind, Person(path, clock)

    @recoverable(persistence=store, clock=clock, config=lambda: LONG)
    def work() -> None:
        raise ConnectionError

    with pytest.raises(StopAskedError, match=f"asked to {kind}"):
        work()
    (operation,), (attempt,), (command,) = clock.person.sees()
    assert (operation.state, operation.owner_id, attempt.outcome) == (state, None, AttemptOutcome.FAILED)
    assert command is not None
    assert (command.state, str(command.answer)) == (CommandState.DONE, "done")
    assert clock.slept == [1.0, 1.0]
    store.close_blocking()


def test_a_wait_ends_when_it_is_to_be_tried_now(path: Path) -> None:
    """Retry now ends the wait."""
    store, clock = SQLitePersistence(path), Asking()
    clock.kind, clock.person = CommandKind.RETRY, Person(path, clock)
    tried: list[float] = []

    @recoverable(persistence=store, clock=clock, config=lambda: LONG)
    def work() -> str:
        tried.append(clock.monotonic())
        if len(tried) == 1:
            raise ConnectionError
        return "done"

    assert work() == "done"
    assert tried == [0.0, 2.0]
    (command,) = clock.person.sees()[2]
    assert command is not None
    assert (command.state, str(command.answer)) == (CommandState.DONE, "done")
    store.close_blocking()


@pytest.mark.parametrize("error", [None, PermissionError()], ids=["finished", "failed"])
def test_a_late_command_is_answered(path: Path, error: Exception | None) -> None:
    """A function without progress reports ends first; the command's answer says so."""
    store = SQLitePersistence(path)

    @recoverable(persistence=store, name="work")
    def work() -> None:
        with contextlib.closing(store.connect()) as session:
            (running,) = session.tx.operations.in_states([OperationState.RUNNING])
            asked.append(session.write(lambda tx: tx.commands.ask(running.id, CommandKind.CANCEL, "w", 1.0)))
        if error is not None:
            raise error

    asked: list[int] = []
    with contextlib.suppress(PermissionError):
        work()
    with contextlib.closing(store.connect()) as session:
        command = session.tx.commands.get(asked[0])
    assert command is not None
    word = "finished" if error is None else "failed"
    assert (command.state, str(command.answer)) == (CommandState.REFUSED, f"it has already {word}")
    store.close_blocking()


def test_a_wait_that_nobody_ends_lasts_as_long_as_it_should(path: Path) -> None:
    """Listening for commands does not change the length of a wait."""
    store, clock = SQLitePersistence(path), FakeClock()
    tried: list[float] = []

    @recoverable(persistence=store, clock=clock, config=lambda: SHORT)
    def work() -> None:
        tried.append(clock.monotonic())
        if len(tried) == 1:
            raise ConnectionError

    work()
    assert tried == [0.0, 2.5]
    assert clock.slept == [1.0, 1.0, 0.5]
    store.close_blocking()
