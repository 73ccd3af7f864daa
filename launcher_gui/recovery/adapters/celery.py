"""Celery tasks as recorded operations, which another worker resumes if theirs is killed. Needs the extra ``celery``.

A task's operation has the task's id. A worker that receives the message calls the function as that operation: it starts
or resumes it, or returns the recorded result; while a live worker runs it, a second delivery is ignored. So at most one
worker runs a task at any time, whatever the broker does.

Every worker looks periodically for operations of its tasks that were interrupted, or that the user has resumed, and
sends their messages again, without waiting for the broker's visibility timeout.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, overload

from celery import Celery, Task, bootsteps, signals, states
from celery.exceptions import Ignore, TimeLimitExceeded

from launcher_gui.recovery import SQLitePersistence
from launcher_gui.recovery.adapters import celery_rows as rows
from launcher_gui.recovery.exceptions import (
    OperationHeldError,
    OperationStoppedError,
    OwnershipLostError,
    RecoveryExhaustedError,
    StopAskedError,
    StoreError,
)
from launcher_gui.recovery.execution import steps
from launcher_gui.recovery.execution.decorator import Decorator, recoverable, recovery_of
from launcher_gui.recovery.execution.sync import BlockingStore, complete
from launcher_gui.recovery.operation import CommandKind, OperationState
from launcher_gui.recovery.runtime.clock import SystemClock
from launcher_gui.recovery.store.ports import Store, Transaction

LOOK_S = 5.0
"""How often a worker looks for abandoned operations."""

_RESULTS_KEPT_S = 86_400.0
"""How long Celery keeps results by default: no caller waits longer for one."""

_SLACK_S = 60.0
"""How much later than its timestamp a change may become visible, because its writer waited for others."""

_OF_ONE_DELIVERY = frozenset({"task_id", "expires", "redelivered", "delivery_tag", "consumer_tag"})
"""Options that are not sent again. A task that was started in time does not expire."""

_CANCELLED = "cancelled by the user"

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")

_looking = threading.Lock()
"""Locked while a thread looks for work. A pool forks whenever it has lost a process; a child forked while another
thread is within SQLite or the broker's client would inherit locks that no thread releases, and wait forever.
"""

if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_looking.acquire, after_in_parent=_looking.release, after_in_child=_looking.release)

_log = logging.getLogger(__name__)


class RecoverableTask(Task):  # type: ignore[misc] # Celery ships no types
    """The base of tasks whose function is supervised and recorded.

    Use it as::

        @app.task(base=RecoverableTask)
        @RecoverableTask.apply_recovery
        def download(model: dict, progress_tracker) -> str: ...

    ``apply_recovery`` accepts the options of ``recoverable``; instead of it, ``recoverable`` can be used with
    persistence. Calling the task directly makes an ordinary supervised call.

    Messages are acknowledged late and rejected when a worker is lost, so that the broker delivers them again at once.
    A soft time limit fails the task and is not retried; a worker that shuts down leaves it interrupted.

    Raises:
        TypeError: If the function is async, bound (``bind=True``), or not supervised with persistence.
    """

    acks_late = True
    reject_on_worker_lost = True

    @overload
    @classmethod
    def apply_recovery(cls, task_func: F, /) -> F: ...

    @overload
    @classmethod
    def apply_recovery(cls, /, **options: Any) -> Decorator: ...

    @classmethod
    def apply_recovery(cls, task_func: Any = None, /, **options: Any) -> Any:
        """Supervise a task's function; by default it is retried 3 times, recorded, and guarded by a circuit breaker.

        Args:
            task_func: The function, when used bare.
            **options: Options of ``recoverable``, which override these defaults.
        """
        usual: dict[str, Any] = {"max_retries": 3, "circuit_breaker_threshold": 5}
        if "persistence" not in options:
            usual["persistence"] = SQLitePersistence()
        supervise = recoverable(**{**usual, **options})
        return supervise if task_func is None else supervise(task_func)

    @classmethod
    def on_bound(cls, app: Celery) -> None:
        """Check the function, and make the app's workers look for abandoned operations."""
        function = cls.__dict__.get("run")
        if function is None:
            return  # the base class itself
        if not isinstance(function, staticmethod):
            raise TypeError(f"{cls.name} is bound; a recoverable task gets no self, use celery.current_task")
        recovery = recovery_of(function.__func__)
        if recovery.is_async or recovery.persistence is None:
            raise TypeError(f"{cls.name} has to be a plain function that is supervised with persistence")
        app.steps["worker"].add(LookingStep)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function as the operation of this task's id.

        Without a task, or within another supervised call, it is an ordinary supervised call.
        """
        request = self.request
        if request.called_directly or request.id is None or steps.current() is not None:
            return self.run(*args, **kwargs)
        if self._is_to_be_ignored():
            _log.info("a second delivery of task %s is ignored", request.id)
            raise Ignore
        try:
            return recovery_of(self.run).call_as(request.id, *args, **kwargs)
        except OperationHeldError as error:
            _log.info("a second delivery is ignored: %s", error)
            raise Ignore from error
        except (StopAskedError, OperationStoppedError) as error:
            _log.info("%s", error)
            if _is_cancelled(error):  # no result will follow
                self.backend.mark_as_revoked(request.id, _CANCELLED, request=request)
            raise Ignore from error
        except OwnershipLostError as error:
            _log.warning("%s", error)
            raise Ignore from error
        finally:
            self._answer_left()

    def _is_to_be_ignored(self) -> bool:
        """Record the delivery; return whether a live worker runs the task, or its result is already published.

        Publishing a result twice would start the tasks that follow it twice. The owner is checked here only: were that
        process gone by a later check, this delivery would not have been counted.

        Raises:
            RecoveryExhaustedError: If the task has lost too many workers, or it has failed and that is not published.
        """
        if self.request.is_eager:
            return False
        task_id, options, most = self.request.id, _message_options(self), recovery_of(self.run).config.max_recoveries
        delivery = _here(self, lambda tx, now: rows.deliver(tx, task_id, options, most, now))
        if delivery.is_held or (delivery.is_over and _has_result(self.app, task_id)):
            return True
        if delivery.given_up:
            raise RecoveryExhaustedError(self.name, delivery.attempts, delivery.given_up)
        return False

    def _answer_left(self) -> None:
        task_id = self.request.id
        try:
            _here(self, lambda tx, now: rows.answer(tx, task_id, now))
        except StoreError as error:
            _log.warning("what was asked of task %s could not be answered: %s", task_id, error)


class LookingStep(bootsteps.StartStopStep):  # type: ignore[misc] # Celery ships no types
    """The part of a worker that looks for abandoned operations, on a thread of its own."""

    def __init__(self, worker: Any, **_: Any) -> None:
        self._app: Celery = worker.app
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, worker: Any) -> None:  # noqa: ARG002 Celery's argument
        """Start the thread."""
        self._ended.clear()
        self._thread = threading.Thread(target=self._look_until_ended, name="looking for left work", daemon=True)
        self._thread.start()

    def stop(self, worker: Any) -> None:  # noqa: ARG002 the same
        """Stop the thread."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join(LOOK_S)

    def _look_until_ended(self) -> None:
        since = SystemClock().now() - _RESULTS_KEPT_S
        while not self._ended.wait(LOOK_S):
            now = SystemClock().now()
            try:
                with _looking:
                    send_left(self._app)
                    revoke_cancelled(self._app, since)
                since = now - _SLACK_S
            except Exception:  # noqa: BLE001 the broker or a store may be available again next time
                _log.warning("work that was left could not be looked for", exc_info=True)


def send_left(app: Celery) -> int:
    """Send the messages of operations without an owner again, unchanged; return how many."""
    sent, now = 0, SystemClock().now()
    for store, tasks in _tasks_by_store(app):
        for work in _once(store, partial(rows.left, functions=tasks.keys(), now=now)):
            task = tasks[work.operation.function]
            args, kwargs = recovery_of(task.run).arguments_of(work.operation)
            # Without retries: an unreachable broker must not delay a fork.
            task.apply_async(args, kwargs, **{**work.options, "task_id": work.operation.id, "retry": False})
            sent += 1
    return sent


def revoke_cancelled(app: Celery, since: float) -> None:
    """Publish as revoked the tasks that the user cancelled since ``since`` while no worker had them."""
    for store, tasks in _tasks_by_store(app):
        for task_id in _once(store, partial(rows.cancelled_since, functions=tasks.keys(), since=since)):
            if not _has_result(app, task_id):
                app.backend.mark_as_revoked(task_id, _CANCELLED)


@signals.task_revoked.connect  # type: ignore[untyped-decorator] # Celery ships no types
def _cancel_revoked(sender: Task, request: Any, expired: bool, **_: Any) -> None:
    """Cancel the operation of a task that was revoked through Celery, so that it is not started again."""
    if isinstance(sender, RecoverableTask) and not expired:
        _note(sender, request.id, rows.cancel)


@signals.task_failure.connect  # type: ignore[untyped-decorator] # the same
def _fail_overdue(sender: Task, task_id: str, exception: BaseException, **_: Any) -> None:
    """Fail the operation of a task that was ended at its hard limit; Celery has reported it as failed."""
    if isinstance(sender, RecoverableTask) and isinstance(exception, TimeLimitExceeded):
        _note(sender, task_id, rows.fail_overdue)


def _note(task: RecoverableTask, task_id: str, body: Callable[[Transaction, str, float], None]) -> None:
    """Record something about a task in a process that may be the parent of a pool."""
    try:
        with _looking:
            now = SystemClock().now()
            _once(_store_of(task), lambda tx: body(tx, task_id, now))
    except StoreError as error:
        _log.warning("what Celery did to task %s was not recorded: %s", task_id, error)


def _once(store: Store, body: Callable[[Transaction], T]) -> T:
    """Run one transaction in a session of its own: pools fork, and a child must not inherit an open one."""
    with contextlib.closing(store.connect()) as session:
        return session.write(body)


def _tasks_by_store(app: Celery) -> list[tuple[Store, dict[str, RecoverableTask]]]:
    """Return each store that workers share, with the tasks that are recorded there by their functions' names."""
    found: dict[str, tuple[Store, dict[str, RecoverableTask]]] = {}
    for task in app.tasks.values():
        if isinstance(task, RecoverableTask) and not (store := _store_of(task)).in_memory:
            found.setdefault(store.path, (store, {}))[1][recovery_of(task.run).name] = task
    return list(found.values())


def _message_options(task: RecoverableTask) -> dict[str, Any]:
    """Return the options that a task's message was sent with: its queue, its limits, and the tasks that follow it."""
    options = {
        name: value
        for name, value in task.signature_from_request().options.items()
        if value is not None and name not in _OF_ONE_DELIVERY
    }
    try:
        json.dumps(options)
    except (TypeError, ValueError) as error:
        _log.warning("what follows task %s is not kept for when its worker is lost: %s", task.request.id, error)
        return {}
    return options


def _has_result(app: Celery, task_id: str) -> bool:
    """Return whether a task's outcome is published; ``False`` if no result backend is configured."""
    try:
        return app.backend.get_state(task_id) in states.READY_STATES
    except NotImplementedError:
        return False


def _is_cancelled(error: StopAskedError | OperationStoppedError) -> bool:
    if isinstance(error, StopAskedError):
        return error.asked == CommandKind.CANCEL
    return error.state == OperationState.CANCELLED


def _store_of(task: RecoverableTask) -> Store:
    store = recovery_of(task.run).persistence
    assert store is not None  # noqa: S101 checked when the task was bound
    return store


def _here(task: RecoverableTask, body: Callable[[Transaction, float], T]) -> T:
    """Run a transaction on the connection that the functions of this process share."""
    clock = SystemClock()
    now = clock.now()
    return complete(BlockingStore.of(_store_of(task), clock).write(lambda tx: body(tx, now)))
