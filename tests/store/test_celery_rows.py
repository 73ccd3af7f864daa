"""The Celery adapter's rows, without Celery: when a message is sent again, and when a task fails for good."""

from __future__ import annotations

import contextlib
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
from launcher_gui.recovery.store.records import CANCELLED, NOT_SAVED, PAUSED, StateChange
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from launcher_gui.text.message import foreign

TASKS = frozenset({"work"})
OPTIONS = {"queue": "gpu", "chain": [{"task": "next"}]}
COMPLETED = StateChange(OperationState.COMPLETED, result="1")


@pytest.fixture
def tx(path: Path) -> Iterator[SQLiteTransaction]:
    """Return a connection to a new store."""
    with contextlib.closing(SQLitePersistence(path).connect()) as session:
        yield session.tx


def begun(tx: SQLiteTransaction, now: float, parent: str | None = None) -> str:
    """Let a worker with an unknown pid claim the task, and return its name."""
    owner = Owner(f"worker at {now}", 1, "", "elsewhere", "program", now, now + 1.0)
    tx.owners.register(owner)
    new = NewOperation("work", {"args": [], "kwargs": {}}, id="task", parent_id=parent)
    tx.claims.begin_or_take(new, owner.id, 0, 5, now)
    return owner.id


def task(tx: SQLiteTransaction) -> Operation:
    """Return the task's operation."""
    return tx.operations.require("task")


def lost(tx: SQLiteTransaction, now: float, done: int = 0) -> str:
    """Deliver the task at ``now`` and lose its worker after some progress. Return why it failed for good."""
    if words := rows.deliver(tx, "task", OPTIONS, 5, now).given_up:
        return str(words)
    owner_id = begun(tx, now)
    tx.progress.save({"task": Progress(done)}, owner_id)
    tx.owners.sweep(now + 2.0)
    assert task(tx).state is OperationState.INTERRUPTED
    return ""


def test_a_message_is_sent_again_as_it_came(tx: SQLiteTransaction) -> None:
    """It is sent once, with its queue and successors, and again only if no worker handles it."""
    lost(tx, 10.0)
    (found,) = rows.left(tx, TASKS, 20.0)
    assert (found.operation.id, found.options) == ("task", OPTIONS)
    assert rows.left(tx, TASKS, 21.0) == []
    assert rows.left(tx, TASKS, 20.0 + rows.SEND_AGAIN_S) == []
    assert len(rows.left(tx, TASKS, 20.5 + rows.SEND_AGAIN_S)) == 1


def test_only_the_workers_own_messages_are_sent(tx: SQLiteTransaction) -> None:
    """Steps, other functions and calls without saved arguments are not sent."""
    lost(tx, 10.0)
    assert rows.left(tx, frozenset({"other"}), 20.0) == []
    for new in (
        NewOperation("work", {}, id="step", parent_id="task"),
        NewOperation("work", {NOT_SAVED: "why"}, id="unsaved"),
    ):
        tx.operations.insert(new, 11.0)
    assert [found.operation.id for found in rows.left(tx, TASKS, 20.0)] == ["task"]


def test_an_operation_that_no_message_began_is_sent_too(tx: SQLiteTransaction) -> None:
    """A worker runs a resumed operation that a direct call had begun."""
    tx.operations.insert(NewOperation("work", {"args": [1], "kwargs": {}}, id="task"), 1.0)
    (found,) = rows.left(tx, TASKS, 20.0)
    assert (found.operation.id, found.options) == ("task", {})


def test_workers_that_are_lost_without_coming_further_are_counted(tx: SQLiteTransaction) -> None:
    """After the allowed number of recoveries without progress the task fails."""
    assert [lost(tx, 10.0 * number, done=7) for number in range(1, 7)] == [""] * 6
    assert "quit unexpectedly 6 times" in lost(tx, 70.0)
    assert (task(tx).state, str(task(tx).reason)) == (
        OperationState.FAILED,
        "the program keeps quitting while working on this",
    )
    assert rows.left(tx, TASKS, 80.0) == []


def test_messages_that_are_sent_again_count_as_well(tx: SQLiteTransaction) -> None:
    """Messages from the broker and from a worker count alike."""
    outcomes = []
    for number in range(1, 8):
        outcomes.append(lost(tx, 10.0 * number))
        rows.left(tx, TASKS, 10.0 * number + 5.0)
    assert outcomes[:6] == [""] * 6
    assert "quit unexpectedly 6 times" in outcomes[6]


def test_a_task_with_progress_never_fails_for_lost_workers(tx: SQLiteTransaction) -> None:
    """With progress in each, any number of workers may be lost."""
    assert [lost(tx, 10.0 * number, done=number) for number in range(1, 30)] == [""] * 29


def test_a_step_that_is_done_counts_as_coming_further(tx: SQLiteTransaction) -> None:
    """A finished step counts as progress."""
    for number in range(1, 30):
        assert rows.deliver(tx, "task", {}, 5, 10.0 * number) == rows.Delivery()
        owner_id = begun(tx, 10.0 * number)
        step = NewOperation("step", {}, id=f"step {number}", parent_id="task")
        tx.claims.begin_or_take(step, owner_id, 0, 5, 10.0 * number)
        tx.operations.settle(step.id, owner_id, COMPLETED, 10.0 * number)
        tx.owners.sweep(10.0 * number + 2.0)


def test_resuming_allows_further_recoveries(tx: SQLiteTransaction) -> None:
    """Resuming a failed task allows the same number of recoveries again."""
    for number in range(1, 8):
        lost(tx, 10.0 * number)
    assert task(tx).state is OperationState.FAILED
    tx.operations.queue("task", 80.0, foreign("resumed by you"))
    assert len(rows.left(tx, TASKS, 81.0)) == 1
    assert [lost(tx, 90.0 + 10.0 * number) for number in range(6)] == [""] * 6
    assert lost(tx, 160.0)


def test_a_second_delivery_changes_nothing(tx: SQLiteTransaction) -> None:
    """A second message is ignored while a worker runs the task and after it is done."""
    rows.deliver(tx, "task", OPTIONS, 5, 10.0)
    owner_id = begun(tx, 10.0)
    before = task(tx)
    assert rows.deliver(tx, "task", {}, 5, 10.5) == rows.Delivery(is_held=True)
    assert task(tx) == before
    tx.operations.settle("task", owner_id, COMPLETED, 10.7)
    assert rows.deliver(tx, "task", {}, 5, 20.0) == rows.Delivery(is_over=True)
    assert task(tx).state is OperationState.COMPLETED


def test_what_has_failed_is_not_begun_by_a_late_message(tx: SQLiteTransaction) -> None:
    """A duplicate of the message is ignored; one with a Celery retry begins it."""
    rows.deliver(tx, "task", OPTIONS, 5, 10.0)
    failed = StateChange(OperationState.FAILED, foreign("not found"), foreign("not retried: 404"))
    tx.operations.settle("task", begun(tx, 10.0), failed, 10.5)
    assert rows.deliver(tx, "task", OPTIONS, 5, 11.0) == rows.Delivery(True, False, foreign("not retried: 404"), 1)
    assert rows.deliver(tx, "task", OPTIONS | {"retries": 1}, 5, 12.0) == rows.Delivery()
    tx.operations.settle("task", begun(tx, 12.0), failed, 12.5)
    assert rows.deliver(tx, "task", OPTIONS | {"retries": 1}, 5, 13.0).is_over


def test_an_overdue_task_has_failed_whoever_had_it(tx: SQLiteTransaction) -> None:
    """The terminated process is fenced off, and paused or finished tasks do not change."""
    rows.fail_overdue(tx, "task", 5.0)
    begun(tx, 10.0)
    rows.fail_overdue(tx, "task", 10.5)
    assert (task(tx).state, task(tx).owner_id) == (OperationState.FAILED, None)
    assert rows.left(tx, TASKS, 20.0) == []
    tx.operations.queue("task", 30.0, foreign("resumed by you"))
    rows.fail_overdue(tx, "task", 31.0)
    assert task(tx).state is OperationState.FAILED
    for standing in (PAUSED, CANCELLED):
        tx.operations.rest("task", standing, 40.0)
        rows.fail_overdue(tx, "task", 41.0)
        assert task(tx).state is standing.state


def test_what_celery_revokes_is_asked_for_and_obeyed(tx: SQLiteTransaction) -> None:
    """A live worker gets a command, a lost one's task is cancelled; ended tasks do not change."""
    rows.cancel(tx, "task", 5.0)
    owner_id = begun(tx, 10.0)
    rows.cancel(tx, "task", 10.1)
    (asked,) = tx.commands.pending()
    assert (asked.kind, asked.requested_by, task(tx).owner_id) == (CommandKind.CANCEL, "Celery", owner_id)
    assert rows.left(tx, TASKS, 20.0) == []
    assert task(tx).state is OperationState.CANCELLED
    rows.cancel(tx, "task", 21.0)
    assert tx.commands.pending() == []


def test_those_who_wait_for_what_was_cancelled_are_found(tx: SQLiteTransaction) -> None:
    """Only the given tasks are found, and only from the given time on."""
    lost(tx, 10.0)
    assert rows.cancelled_since(tx, TASKS, 0.0) == []
    tx.operations.rest("task", CANCELLED, 30.0)
    assert rows.cancelled_since(tx, TASKS, 30.0) == ["task"]
    assert rows.cancelled_since(tx, TASKS, 30.1) == []
    assert rows.cancelled_since(tx, frozenset({"other"}), 0.0) == []


def test_what_was_asked_too_late_is_answered(tx: SQLiteTransaction) -> None:
    """A task that ends first answers its own commands and no others."""
    owner_id = begun(tx, 10.0)
    tx.operations.insert(NewOperation("work", {}, id="other"), 10.0)
    late, others = (tx.commands.ask(each, CommandKind.PAUSE, "window", 10.2) for each in ("task", "other"))
    rows.answer(tx, "task", 10.3)
    assert {command.id for command in tx.commands.pending()} == {late, others}
    tx.operations.settle("task", owner_id, COMPLETED, 10.4)
    rows.answer(tx, "task", 10.5)
    answered = tx.commands.get(late)
    assert answered is not None
    assert (answered.state, str(answered.answer)) == (CommandState.REFUSED, "it is completed")
    assert [command.id for command in tx.commands.pending()] == [others]
