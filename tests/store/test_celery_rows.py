"""What Celery's adapter writes about messages, without Celery: when a task is sent again, and when it is given up."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher_gui.recovery.adapters import celery_rows as rows
from launcher_gui.recovery.operation import (
    CommandKind,
    CommandState,
    NewOperation,
    Operation,
    OperationState,
    Owner,
    Progress,
)
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.tables import claims, commands, operations, owners
from launcher_gui.recovery.store.tables import progress as progress_rows
from launcher_gui.recovery.store.tables.operations import CANCELLED, PAUSED, StateChange
from launcher_gui.text.message import foreign

TASKS = frozenset({"work"})
OPTIONS = {"queue": "gpu", "chain": [{"task": "next"}]}
COMPLETED = StateChange(OperationState.COMPLETED, result="1")


@pytest.fixture
def db(path: Path) -> Iterator[sqlite3.Connection]:
    """Return a connection to a new store."""
    with contextlib.closing(SQLitePersistence(path).connect()) as connection:
        yield connection


def begun(db: sqlite3.Connection, now: float, parent: str | None = None) -> str:
    """Let a worker that nobody knows by its pid take the task up, and return its name."""
    owner = Owner(f"worker at {now}", 1, "", "elsewhere", "program", now, now + 1.0)
    owners.register(db, owner)
    new = NewOperation("work", {"args": [], "kwargs": {}}, id="task", parent_id=parent)
    claims.begin_or_take(db, new, owner.id, 0, 5, now)
    return owner.id


def task(db: sqlite3.Connection) -> Operation:
    """Return the task's operation."""
    return operations.require(db, "task")


def lost(db: sqlite3.Connection, now: float, done: int = 0) -> str:
    """Deliver the task at ``now``; let a worker take it, come so far, and be lost. Return why it is given up."""
    if words := rows.deliver(db, "task", OPTIONS, 5, now).given_up:
        return str(words)
    owner_id = begun(db, now)
    progress_rows.save(db, {"task": Progress(done)}, owner_id)
    owners.sweep(db, now + 2.0)
    assert task(db).state is OperationState.INTERRUPTED
    return ""


def test_a_message_is_sent_again_as_it_came(db: sqlite3.Connection) -> None:
    """With the queue and what follows; once, and again only when nobody took it up for a while."""
    lost(db, 10.0)
    (found,) = rows.left(db, TASKS, 20.0)
    assert (found.operation.id, found.options) == ("task", OPTIONS)
    assert rows.left(db, TASKS, 21.0) == []
    assert rows.left(db, TASKS, 20.0 + rows.SEND_AGAIN_S) == []
    assert len(rows.left(db, TASKS, 20.5 + rows.SEND_AGAIN_S)) == 1


def test_what_is_not_the_workers_to_send_is_left_alone(db: sqlite3.Connection) -> None:
    """Steps, functions of others and calls whose arguments could not be saved."""
    lost(db, 10.0)
    assert rows.left(db, frozenset({"other"}), 20.0) == []
    for new in (
        NewOperation("work", {}, id="step", parent_id="task"),
        NewOperation("work", {claims.NOT_SAVED: "why"}, id="unsaved"),
    ):
        operations.insert(db, new, 11.0)
    assert [found.operation.id for found in rows.left(db, TASKS, 20.0)] == ["task"]


def test_an_operation_that_no_message_began_is_sent_too(db: sqlite3.Connection) -> None:
    """Somebody called the function directly, was killed, and a person resumes it: a worker carries it out."""
    operations.insert(db, NewOperation("work", {"args": [1], "kwargs": {}}, id="task"), 1.0)
    (found,) = rows.left(db, TASKS, 20.0)
    assert (found.operation.id, found.options) == ("task", {})


def test_workers_that_are_lost_without_coming_further_are_counted(db: sqlite3.Connection) -> None:
    """The first takes it as far as it goes; as many as are allowed take it up there, then it is given up."""
    assert [lost(db, 10.0 * number, done=7) for number in range(1, 7)] == [""] * 6
    assert "quit unexpectedly 6 times" in lost(db, 70.0)
    assert (task(db).state, str(task(db).reason)) == (
        OperationState.FAILED,
        "the program keeps quitting while working on this",
    )
    assert rows.left(db, TASKS, 80.0) == []


def test_messages_that_are_sent_again_count_as_well(db: sqlite3.Connection) -> None:
    """It makes no difference whether the broker or a worker brings the message back."""
    outcomes = []
    for number in range(1, 8):
        outcomes.append(lost(db, 10.0 * number))
        rows.left(db, TASKS, 10.0 * number + 5.0)
    assert outcomes[:6] == [""] * 6
    assert "quit unexpectedly 6 times" in outcomes[6]


def test_a_task_that_comes_further_is_never_given_up(db: sqlite3.Connection) -> None:
    """Workers may be replaced as often as one likes as long as each gets a little done."""
    assert [lost(db, 10.0 * number, done=number) for number in range(1, 30)] == [""] * 29


def test_a_step_that_is_done_counts_as_coming_further(db: sqlite3.Connection) -> None:
    """A function need not tell its progress."""
    for number in range(1, 30):
        assert rows.deliver(db, "task", {}, 5, 10.0 * number) == rows.Delivery()
        owner_id = begun(db, 10.0 * number)
        step = NewOperation("step", {}, id=f"step {number}", parent_id="task")
        claims.begin_or_take(db, step, owner_id, 0, 5, 10.0 * number)
        operations.settle(db, step.id, owner_id, COMPLETED, 10.0 * number)
        owners.sweep(db, 10.0 * number + 2.0)


def test_a_person_gives_it_another_go(db: sqlite3.Connection) -> None:
    """What was given up and is resumed is tried as often again."""
    for number in range(1, 8):
        lost(db, 10.0 * number)
    assert task(db).state is OperationState.FAILED
    operations.queue(db, "task", 80.0, foreign("resumed by you"))
    assert len(rows.left(db, TASKS, 81.0)) == 1
    assert [lost(db, 90.0 + 10.0 * number) for number in range(6)] == [""] * 6
    assert lost(db, 160.0)


def test_a_second_delivery_changes_nothing(db: sqlite3.Connection) -> None:
    """Neither while somebody works on the task nor when it is done does another message count."""
    rows.deliver(db, "task", OPTIONS, 5, 10.0)
    owner_id = begun(db, 10.0)
    before = task(db)
    assert rows.deliver(db, "task", {}, 5, 10.5) == rows.Delivery(is_held=True)
    assert task(db) == before
    operations.settle(db, "task", owner_id, COMPLETED, 10.7)
    assert rows.deliver(db, "task", {}, 5, 20.0) == rows.Delivery(is_over=True)
    assert task(db).state is OperationState.COMPLETED


def test_what_has_failed_is_not_begun_by_a_late_message(db: sqlite3.Connection) -> None:
    """The same message, brought again, finds it over; one by which the task has asked for a retry begins it."""
    rows.deliver(db, "task", OPTIONS, 5, 10.0)
    failed = StateChange(OperationState.FAILED, foreign("not found"), foreign("not retried: 404"))
    operations.settle(db, "task", begun(db, 10.0), failed, 10.5)
    assert rows.deliver(db, "task", OPTIONS, 5, 11.0) == rows.Delivery(True, False, foreign("not retried: 404"), 1)
    assert rows.deliver(db, "task", OPTIONS | {"retries": 1}, 5, 12.0) == rows.Delivery()
    operations.settle(db, "task", begun(db, 12.0), failed, 12.5)
    assert rows.deliver(db, "task", OPTIONS | {"retries": 1}, 5, 13.0).is_over


def test_an_overdue_task_has_failed_whoever_had_it(db: sqlite3.Connection) -> None:
    """It is fenced off from the process that is being ended, and not begun again; what rests or is done stays so."""
    rows.fail_overdue(db, "task", 5.0)
    begun(db, 10.0)
    rows.fail_overdue(db, "task", 10.5)
    assert (task(db).state, task(db).owner_id) == (OperationState.FAILED, None)
    assert rows.left(db, TASKS, 20.0) == []
    operations.queue(db, "task", 30.0, foreign("resumed by you"))
    rows.fail_overdue(db, "task", 31.0)
    assert task(db).state is OperationState.FAILED
    for standing in (PAUSED, CANCELLED):
        operations.rest(db, "task", standing, 40.0)
        rows.fail_overdue(db, "task", 41.0)
        assert task(db).state is standing.state


def test_what_celery_revokes_is_asked_for_and_obeyed(db: sqlite3.Connection) -> None:
    """While the worker is alive it is a wish; when it is gone it is done. What is over is left alone."""
    rows.cancel(db, "task", 5.0)
    owner_id = begun(db, 10.0)
    rows.cancel(db, "task", 10.1)
    (asked,) = commands.pending(db)
    assert (asked.kind, asked.requested_by, task(db).owner_id) == (CommandKind.CANCEL, "Celery", owner_id)
    assert rows.left(db, TASKS, 20.0) == []
    assert task(db).state is OperationState.CANCELLED
    rows.cancel(db, "task", 21.0)
    assert commands.pending(db) == []


def test_those_who_wait_for_what_was_cancelled_are_found(db: sqlite3.Connection) -> None:
    """From the time asked for on, and of the given tasks alone."""
    lost(db, 10.0)
    assert rows.cancelled_since(db, TASKS, 0.0) == []
    operations.rest(db, "task", CANCELLED, 30.0)
    assert rows.cancelled_since(db, TASKS, 30.0) == ["task"]
    assert rows.cancelled_since(db, TASKS, 30.1) == []
    assert rows.cancelled_since(db, frozenset({"other"}), 0.0) == []


def test_what_was_asked_too_late_is_answered(db: sqlite3.Connection) -> None:
    """A task that ends without having heard leaves no command without an answer; another's stays."""
    owner_id = begun(db, 10.0)
    operations.insert(db, NewOperation("work", {}, id="other"), 10.0)
    late, others = (commands.ask(db, each, CommandKind.PAUSE, "window", 10.2) for each in ("task", "other"))
    rows.answer(db, "task", 10.3)
    assert {command.id for command in commands.pending(db)} == {late, others}
    operations.settle(db, "task", owner_id, COMPLETED, 10.4)
    rows.answer(db, "task", 10.5)
    answered = commands.get(db, late)
    assert answered is not None
    assert (answered.state, str(answered.answer)) == (CommandState.REFUSED, "it is completed")
    assert [command.id for command in commands.pending(db)] == [others]
