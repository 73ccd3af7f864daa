"""Celery's own handling of tasks with real workers: chains, limits, revoking, and tasks that kill workers."""

from __future__ import annotations

import datetime
import os
import signal
from typing import Any

import pytest
from celery import chord
from celery.exceptions import TaskRevokedError
from celery.result import AsyncResult

from launcher_gui.recovery.operation import CommandKind, CommandState, OperationState
from tests.support.servers.celery_place import WITHIN_S, Place, until

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL and Redis are POSIX")


def test_the_complete_message_is_sent_again(place: Place) -> None:
    """A resumed task keeps its queue and its chain."""
    place.hold()
    first = place.worker(queue="other")
    download = place.tasks.process_model_download.s({"name": "vae"}).set(queue="other")
    sent: AsyncResult[Any] = (download | place.tasks.shout.s().set(queue="other")).apply_async()
    place.until_done("piece 5")
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    place.go_on()
    place.worker(queue="other")
    assert sent.get(timeout=WITHIN_S) == "VAE!"
    assert place.done.count("shouted") == 1


def test_what_follows_a_group_follows_it_once(place: Place) -> None:
    """A chord whose worker is killed completes once."""
    place.hold()
    first = place.worker("prefork")
    tasks = place.tasks
    sent = chord([tasks.process_model_download.s({"name": "vae"}), tasks.flaky.s(0)])(tasks.together.s())
    place.until_done("piece 5")
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    place.go_on()
    place.worker("prefork")
    assert sent.get(timeout=WITHIN_S) == 2
    assert place.done.count("together") == 1


def test_a_tasks_successors_do_not_start_twice(place: Place) -> None:
    """A killed worker's late message does nothing after another worker is done."""
    place.hold()
    place.worker()
    download, shout = place.tasks.process_model_download, place.tasks.shout
    sent: AsyncResult[Any] = (download.s({"name": "vae"}) | shout.s()).apply_async()
    place.until_done("piece 5")
    place.go_on()
    assert sent.get(timeout=WITHIN_S) == "VAE!"
    assert sent.parent is not None
    download.apply_async(({"name": "vae"},), task_id=sent.parent.id, link=shout.s())
    assert place.tasks.flaky.delay(0).get(timeout=WITHIN_S) == "done"
    assert place.tasks.flaky.delay(0).get(timeout=WITHIN_S) == "done"  # behind what the first might have sent
    assert place.done.count("shouted") == 1


def test_a_message_that_the_broker_forgot_is_sent_again(place: Place) -> None:
    """A task with early acknowledgement is resumed like any other."""
    place.hold()
    first = place.worker()
    sent: AsyncResult[Any] = place.tasks.early.delay()
    until(lambda: (found := place.operation(sent.id)) and found.progress.done == 1, "progress of 1")
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    place.go_on()
    place.worker()
    assert sent.get(timeout=WITHIN_S) == 1


@pytest.mark.parametrize("pool", ["solo", "prefork"])
def test_a_worker_that_is_to_finish_finishes(place: Place, pool: str) -> None:
    """A warm shutdown waits for the task, which succeeds."""
    place.hold()
    first = place.worker(pool)
    sent: AsyncResult[Any] = place.tasks.process_model_download.delay({"name": "vae"})
    place.until_done("piece 5")
    first.send_signal(signal.SIGTERM)
    place.go_on()
    assert sent.get(timeout=WITHIN_S) == {"part": "VAE", "begun": 0}
    assert first.wait(WITHIN_S) == 0


def test_a_task_that_kills_its_workers_fails(place: Place) -> None:
    """A task that kills its workers fails after a limit, with the reason."""
    worker = place.worker("prefork")
    sent: AsyncResult[Any] = place.tasks.deadly.delay()
    with pytest.raises(Exception, match="quit unexpectedly"):
        sent.get(timeout=WITHIN_S)
    operation = place.until_state(sent.id, OperationState.FAILED)
    assert str(operation.reason) == "the program keeps quitting while working on this"
    assert place.done.count("deadly") == 6
    assert worker.poll() is None
    assert place.answer(place.ask(sent.id, CommandKind.RESUME)) == (CommandState.DONE, "done")
    place.until_done("deadly", 7)


def test_a_hard_time_limit_fails_the_task(place: Place) -> None:
    """The store agrees with Celery, and the task does not start again."""
    place.worker("prefork")
    sent: AsyncResult[Any] = place.tasks.stubborn.delay()
    with pytest.raises(Exception, match="TimeLimitExceeded"):
        sent.get(timeout=WITHIN_S)
    assert str(place.until_state(sent.id, OperationState.FAILED).reason) == "the task exceeded its time limit"
    assert place.tasks.flaky.delay(0).get(timeout=WITHIN_S) == "done"
    assert place.done.count("stubborn began") == 1


def test_a_soft_time_limit_is_known_whatever_supervises_the_task(place: Place) -> None:
    """A function with its own ``recoverable`` is not retried either."""
    place.worker("prefork")
    sent: AsyncResult[Any] = place.tasks.patient.delay()
    with pytest.raises(Exception, match="SoftTimeLimitExceeded"):
        sent.get(timeout=WITHIN_S)
    assert place.until_state(sent.id, OperationState.FAILED).attempt == 1


def test_a_revoked_task_is_cancelled(place: Place) -> None:
    """Celery's revoke cancels the operation, and no worker starts it again."""
    place.hold()
    place.worker("prefork")
    sent: AsyncResult[Any] = place.tasks.process_model_download.delay({"name": "vae"})
    place.until_done("piece 5")
    sent.revoke(terminate=True)
    place.until_state(sent.id, OperationState.CANCELLED)
    place.go_on()
    with pytest.raises(TaskRevokedError):
        sent.get(timeout=WITHIN_S)


def test_what_is_cancelled_while_nobody_works_on_it_is_revoked(place: Place) -> None:
    """Cancelling a paused task reaches those who wait for it."""
    place.hold()
    place.worker()
    sent: AsyncResult[Any] = place.tasks.process_model_download.delay({"name": "vae"})
    place.until_done("piece 5")
    place.answer(place.ask(sent.id, CommandKind.PAUSE))
    place.until_state(sent.id, OperationState.PAUSED)
    place.answer(place.ask(sent.id, CommandKind.CANCEL))
    with pytest.raises(TaskRevokedError, match="cancelled by the user"):
        sent.get(timeout=WITHIN_S)


def test_a_wait_is_ended_by_a_person(place: Place) -> None:
    """A waiting task obeys Retry now and stops at once."""
    place.worker()
    sent: AsyncResult[Any] = place.tasks.waiting.delay()
    place.until_state(sent.id, OperationState.WAITING)
    assert place.answer(place.ask(sent.id, CommandKind.RETRY)) == (CommandState.DONE, "done")
    place.until_done("waiting", 2)
    place.until_state(sent.id, OperationState.WAITING)
    assert place.answer(place.ask(sent.id, CommandKind.PAUSE)) == (CommandState.DONE, "done")
    place.until_state(sent.id, OperationState.PAUSED)
    (place.folder / "there").touch()
    place.ask(sent.id, CommandKind.RESUME)
    assert sent.get(timeout=WITHIN_S) is None


def test_a_task_that_calls_itself_makes_steps(place: Place) -> None:
    """A call within a supervised call is a step, not a duplicate delivery."""
    place.worker()
    sent: AsyncResult[Any] = place.tasks.count_down.delay(3)
    assert sent.get(timeout=WITHIN_S) == 3


def test_what_has_no_json_form_is_done_once(place: Place) -> None:
    """A duplicate gets the recorded result, also without recorded arguments."""
    place.worker()
    day = datetime.date(2026, 11, 25)
    sent: AsyncResult[Any] = place.tasks.on_day.delay(day)
    assert sent.get(timeout=WITHIN_S) == 2026
    place.tasks.on_day.apply_async((day,), task_id=sent.id)
    assert place.tasks.flaky.delay(0).get(timeout=WITHIN_S) == "done"
    assert place.done.count("on that day") == 1
