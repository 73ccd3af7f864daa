"""What Celery itself does to a task, with real workers: chains, limits, revoking, and what no worker survives."""

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


def test_what_is_sent_again_is_the_whole_message(place: Place) -> None:
    """What another worker goes on with keeps its queue, and the chain behind it goes on too."""
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
    """A chord whose worker is killed is whole in the end."""
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


def test_what_follows_a_task_is_not_begun_again(place: Place) -> None:
    """The broker returns a killed worker's message long after another worker is done: nothing comes of it."""
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
    """A task whose message is acknowledged early is gone on with like any other."""
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
    """A warm shutdown waits for the task, and the task succeeds."""
    place.hold()
    first = place.worker(pool)
    sent: AsyncResult[Any] = place.tasks.process_model_download.delay({"name": "vae"})
    place.until_done("piece 5")
    first.send_signal(signal.SIGTERM)
    place.go_on()
    assert sent.get(timeout=WITHIN_S) == {"part": "VAE", "begun": 0}
    assert first.wait(WITHIN_S) == 0


def test_a_task_that_no_worker_survives_is_given_up(place: Place) -> None:
    """It does not take one process after the other for ever; whoever waits and whoever looks learn why."""
    worker = place.worker("prefork")
    sent: AsyncResult[Any] = place.tasks.deadly.delay()
    with pytest.raises(Exception, match="lost one after the other"):
        sent.get(timeout=WITHIN_S)
    operation = place.until_state(sent.id, OperationState.FAILED)
    assert str(operation.reason) == "the program keeps quitting while working on this"
    assert place.done.count("deadly") == 6
    assert worker.poll() is None
    assert place.answer(place.ask(sent.id, CommandKind.RESUME)) == (CommandState.DONE, "done")
    place.until_done("deadly", 7)


def test_a_hard_time_limit_fails_the_task(place: Place) -> None:
    """The store says what Celery says, and the task is not begun again."""
    place.worker("prefork")
    sent: AsyncResult[Any] = place.tasks.stubborn.delay()
    with pytest.raises(Exception, match="TimeLimitExceeded"):
        sent.get(timeout=WITHIN_S)
    assert str(place.until_state(sent.id, OperationState.FAILED).reason) == "the task exceeded its time limit"
    assert place.tasks.flaky.delay(0).get(timeout=WITHIN_S) == "done"
    assert place.done.count("stubborn began") == 1


def test_a_soft_time_limit_is_known_whatever_supervises_the_task(place: Place) -> None:
    """A function with a ``recoverable`` of its own is not tried again either."""
    place.worker("prefork")
    sent: AsyncResult[Any] = place.tasks.patient.delay()
    with pytest.raises(Exception, match="SoftTimeLimitExceeded"):
        sent.get(timeout=WITHIN_S)
    assert place.until_state(sent.id, OperationState.FAILED).attempt == 1


def test_a_revoked_task_is_cancelled(place: Place) -> None:
    """Whoever revokes a task with Celery's own means cancels its operation: no worker begins it again."""
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
    """Whoever waits for a task that was paused and then cancelled learns of it."""
    place.hold()
    place.worker()
    sent: AsyncResult[Any] = place.tasks.process_model_download.delay({"name": "vae"})
    place.until_done("piece 5")
    place.answer(place.ask(sent.id, CommandKind.PAUSE))
    place.until_state(sent.id, OperationState.PAUSED)
    place.answer(place.ask(sent.id, CommandKind.CANCEL))
    with pytest.raises(TaskRevokedError, match="cancelled by a person"):
        sent.get(timeout=WITHIN_S)


def test_a_wait_is_ended_by_a_person(place: Place) -> None:
    """A task that waits to be tried again hears at once that it is to be tried now, or to stop."""
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
    """Called within a supervised call it is a step of that one, not a second delivery of its own message."""
    place.worker()
    sent: AsyncResult[Any] = place.tasks.count_down.delay(3)
    assert sent.get(timeout=WITHIN_S) == 3


def test_what_has_no_json_form_is_done_once(place: Place) -> None:
    """A second delivery gets the recorded result also where the arguments could not be recorded."""
    place.worker()
    day = datetime.date(2026, 11, 25)
    sent: AsyncResult[Any] = place.tasks.on_day.delay(day)
    assert sent.get(timeout=WITHIN_S) == 2026
    place.tasks.on_day.apply_async((day,), task_id=sent.id)
    assert place.tasks.flaky.delay(0).get(timeout=WITHIN_S) == "done"
    assert place.done.count("on that day") == 1
