"""The Celery adapter with a real broker and workers: killed, delivered twice, paused, resumed, with one result."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest
from celery.result import AsyncResult

from launcher_gui.recovery import recoverable
from launcher_gui.recovery.adapters.celery import RecoverableTask
from launcher_gui.recovery.operation import CommandKind, CommandState, OperationState
from tests.support.servers.celery_place import WITHIN_S, Place, until

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL and Redis are POSIX")


@pytest.mark.parametrize("pool", ["solo", "prefork", "threads"])
def test_a_killed_workers_task_is_resumed(place: Place, pool: str) -> None:
    """Another worker resumes the task; no piece is lost, no step repeated, one result."""
    place.hold()
    first = place.worker(pool)
    sent: AsyncResult[Any] = place.tasks.process_model_download.delay({"name": "vae"})
    place.until_done("piece 5")
    until(lambda: (found := place.operation(sent.id)) and found.progress.done == 5, "progress of 5")
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    place.go_on()
    place.worker(pool)
    assert sent.get(timeout=WITHIN_S) == {"part": "VAE", "begun": 5}
    assert place.done.count("fetched vae") == 1
    assert place.done[-6:] == ["begins at 5", *[f"piece {n}" for n in range(5, 10)]]
    operation = place.until_state(sent.id, OperationState.COMPLETED)
    assert operation.attempt == 2


def test_a_killed_childs_task_is_resumed(place: Place) -> None:
    """A pool that loses a task's process resumes it instead of failing it."""
    place.hold()
    worker = place.worker("prefork")
    sent: AsyncResult[Any] = place.tasks.process_model_download.delay({"name": "vae"})
    place.until_done("piece 5")
    (child,) = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text(encoding="ascii").split()
    os.kill(int(child), signal.SIGKILL)
    place.go_on()
    assert sent.get(timeout=WITHIN_S)["part"] == "VAE"
    assert worker.poll() is None
    assert place.done.count("fetched vae") == 1
    assert sorted({line for line in place.done if line.startswith("piece")}) == [f"piece {n}" for n in range(10)]


def test_a_worker_that_is_shut_down_leaves_the_task_to_another(place: Place) -> None:
    """A cold shutdown interrupts the task and does not fail it."""
    place.hold()
    first = place.worker("prefork")
    sent: AsyncResult[Any] = place.tasks.process_model_download.delay({"name": "vae"})
    place.until_done("piece 5")
    first.send_signal(signal.SIGQUIT)
    first.wait(WITHIN_S)
    place.go_on()
    place.worker()
    assert sent.get(timeout=WITHIN_S)["part"] == "VAE"
    assert place.until_state(sent.id, OperationState.COMPLETED).attempt == 2


def test_a_duplicate_message_runs_the_task_once(place: Place) -> None:
    """A duplicate is ignored during the work and gets the same result after it."""
    place.hold()
    place.worker()
    place.worker()
    task = place.tasks.process_model_download
    sent: AsyncResult[Any] = task.delay({"name": "vae"})
    place.until_done("piece 5")
    task.apply_async(({"name": "vae"},), task_id=sent.id)
    probe = place.tasks.flaky.delay(0)
    assert probe.get(timeout=WITHIN_S) == "done"  # the other worker has been through the queue
    place.go_on()
    expected = {"part": "VAE", "begun": 0}
    assert sent.get(timeout=WITHIN_S) == expected
    task.apply_async(({"name": "vae"},), task_id=sent.id)
    assert place.tasks.flaky.delay(0).get(timeout=WITHIN_S) == "done"
    assert sent.get(timeout=WITHIN_S) == expected
    assert place.done.count("begins at 0") == 1


def test_a_person_pauses_and_resumes_a_task(place: Place) -> None:
    """The worker pauses at its next progress, and after a resume the task completes."""
    place.hold()
    place.worker()
    sent: AsyncResult[Any] = place.tasks.process_model_download.delay({"name": "vae"})
    place.until_done("piece 5")
    assert place.answer(place.ask(sent.id, CommandKind.PAUSE)) == (CommandState.DONE, "done")
    assert place.until_state(sent.id, OperationState.PAUSED).owner_id is None
    place.go_on()
    assert place.answer(place.ask(sent.id, CommandKind.RESUME)) == (CommandState.DONE, "done")
    assert sent.get(timeout=WITHIN_S) == {"part": "VAE", "begun": 5}


def test_a_cancelled_task_has_no_result(place: Place) -> None:
    """Waiting for a cancelled task reports that it was revoked."""
    place.hold()
    place.worker()
    sent: AsyncResult[Any] = place.tasks.process_model_download.delay({"name": "vae"})
    place.until_done("piece 5")
    place.ask(sent.id, CommandKind.CANCEL)
    until(lambda: sent.state == "REVOKED", "the state REVOKED")
    assert place.until_state(sent.id, OperationState.CANCELLED).owner_id is None
    assert place.answer(place.ask(sent.id, CommandKind.REMOVE)) == (CommandState.DONE, "done")


def test_retries_are_made_within_the_task(place: Place) -> None:
    """The library retries; Celery sees one successful task."""
    place.worker()
    sent: AsyncResult[Any] = place.tasks.flaky.delay(2)
    assert sent.get(timeout=WITHIN_S) == "done"
    assert place.until_state(sent.id, OperationState.COMPLETED).attempt == 3


def test_a_soft_time_limit_fails_the_task(place: Place) -> None:
    """A soft time limit is not retried, and the record gives the reason."""
    place.worker("prefork")
    sent: AsyncResult[Any] = place.tasks.endless.delay()
    with pytest.raises(Exception, match="SoftTimeLimitExceeded"):
        sent.get(timeout=WITHIN_S)
    operation = place.until_state(sent.id, OperationState.FAILED)
    assert (operation.attempt, str(operation.reason)) == (1, "the task exceeded its time limit")


def test_without_a_worker_a_task_is_an_ordinary_call(place: Place) -> None:
    """Direct and eager calls are supervised and recorded too."""
    assert place.tasks.flaky(1) == "done"
    eager = place.tasks.flaky.apply((0,), task_id="eager-1")
    assert eager.get() == "done"
    assert place.until_state("eager-1", OperationState.COMPLETED).result == "done"
    place.tasks.store.close_blocking()


def test_what_cannot_be_such_a_task_is_refused(place: Place) -> None:
    """Bound, async and unrecorded functions are refused at their definition."""
    app = place.tasks.app

    @recoverable(persistence=place.tasks.store)
    async def waits() -> None: ...

    @recoverable
    def unrecorded() -> None: ...

    @recoverable(persistence=place.tasks.store)
    def bound(self: object) -> None: ...

    with pytest.raises(TypeError, match="plain function that is supervised with persistence"):
        app._task_from_fun(waits, base=RecoverableTask)
    with pytest.raises(TypeError, match="plain function that is supervised with persistence"):
        app._task_from_fun(unrecorded, base=RecoverableTask)
    with pytest.raises(TypeError, match="is bound"):
        app._task_from_fun(bound, base=RecoverableTask, bind=True)
