"""Celery tasks as recorded operations: what a killed worker leaves, another goes on with. Needs the extra ``celery``.

A task's operation has the task's id. Whoever is delivered the message calls the function as that operation: it is
begun, or taken up where a worker that is gone had left it, or its recorded result is returned; while somebody alive
works on it, a second delivery is ignored. So at most one worker runs a task at any time, whatever the broker does.

Every worker looks now and then for operations of its tasks that were interrupted, or that a person has resumed, and
sends their messages again; that does not wait for the broker's visibility timeout.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, overload

from celery import Celery, Task, bootsteps, states
from celery.exceptions import Ignore, SoftTimeLimitExceeded, TaskPredicate

from launcher_gui.recovery.classification import (
    Classification,
    Disposition,
    ErrorCategory,
    ErrorClassifier,
)
from launcher_gui.recovery.clock import SystemClock
from launcher_gui.recovery.decorator import Decorator, recoverable, recovery_of
from launcher_gui.recovery.exceptions import (
    OperationHeldError,
    OperationStoppedError,
    OwnershipLostError,
    StopAskedError,
    StoreUnusableError,
)
from launcher_gui.recovery.operation import CommandKind, CommandState, Operation, OperationState
from launcher_gui.recovery.persistence import calls, commands, operations, owners
from launcher_gui.recovery.persistence.sqlite import SQLitePersistence
from launcher_gui.recovery.supervised import Recoverable

LOOK_S = 5.0
"""How often a worker looks for work that was left."""

SEND_AGAIN_S = 300.0
"""A message that was sent and that no worker took up is sent again after so long: the broker may have lost it."""

F = TypeVar("F", bound=Callable[..., Any])

_looking = threading.Lock()
"""Held while a thread looks. A pool forks whenever it has lost a process; a child that is forked while another thread
is within SQLite or the broker's client would find their locks held by nobody, and wait for ever."""

if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_looking.acquire, after_in_parent=_looking.release, after_in_child=_looking.release)

_log = logging.getLogger(__name__)


class CeleryErrorClassifier(ErrorClassifier):
    """Knows what ends a task on purpose, and leaves the rest to the library."""

    def classify(self, error: BaseException) -> Classification:
        """Return what is known about ``error``."""
        if isinstance(error, SoftTimeLimitExceeded):
            return Classification(
                ErrorCategory.TIMEOUT,
                Disposition.PERMANENT,
                "the task's time limit was over",
                "Give the task a longer soft_time_limit.",
            )
        if isinstance(error, TaskPredicate):
            return Classification(
                ErrorCategory.UNKNOWN, Disposition.PERMANENT, f"the task asked Celery to {type(error).__name__.lower()}"
            )
        return super().classify(error)


class RecoverableTask(Task):  # type: ignore[misc] # Celery ships no types
    """The base of tasks whose function is supervised and recorded.

    Use it as::

        @app.task(base=RecoverableTask)
        @RecoverableTask.apply_recovery
        def download(model: dict, progress_tracker) -> str: ...

    ``apply_recovery`` may be given the options of ``recoverable``, or be left out for a ``recoverable`` of one's own
    with persistence. Calling the task directly makes an ordinary supervised call.

    Messages are acknowledged late and rejected when a worker is lost, so that the broker delivers them again at once.
    A soft time limit fails the task and is not retried; a worker that is shut down leaves it interrupted.

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
        """Supervise a task's function; what is not given is retried 3 times, recorded, and guarded by a breaker.

        Args:
            task_func: The function, when used bare.
            **options: Options of ``recoverable``, which come before those.
        """
        usual = {
            "max_retries": 3,
            "circuit_breaker_threshold": 5,
            "classifier": CeleryErrorClassifier(),
        }
        if "persistence" not in options:
            usual["persistence"] = SQLitePersistence()
        supervise = recoverable(**{**usual, **options})
        return supervise if task_func is None else supervise(task_func)

    @classmethod
    def on_bound(cls, app: Celery) -> None:
        """Check the function, and let the app's workers look for work that was left."""
        function = cls.__dict__.get("run")
        if function is None:
            return  # the base itself
        if not isinstance(function, staticmethod):
            raise TypeError(f"{cls.name} is bound; a recoverable task gets no self, use celery.current_task")
        recovery = recovery_of(function.__func__)
        if recovery.is_async or recovery.persistence is None:
            raise TypeError(f"{cls.name} has to be a plain function that is supervised with persistence")
        app.steps["worker"].add(LookingStep)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function as the operation of this task's id, or directly where there is no task."""
        if self.request.called_directly or self.request.id is None:
            return self.run(*args, **kwargs)
        recovery = recovery_of(self.run)
        try:
            return recovery.call_as(self.request.id, *args, **kwargs)
        except OperationHeldError as error:
            _log.info("a second delivery is ignored: %s", error)
            raise Ignore from error
        except (StopAskedError, OperationStoppedError) as error:
            _log.info("%s", error)
            if _is_cancelled(error):
                self.update_state(state=states.REVOKED)  # it will have no result
            raise Ignore from error
        except OwnershipLostError as error:
            _log.warning("%s", error)
            raise Ignore from error
        finally:
            _answer_left(recovery, self.request.id)


class LookingStep(bootsteps.StartStopStep):  # type: ignore[misc] # Celery ships no types
    """The part of a worker that looks for work that was left, on a thread of its own."""

    def __init__(self, worker: Any, **_: Any) -> None:
        self._app: Celery = worker.app
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, worker: Any) -> None:  # noqa: ARG002 Celery's argument
        """Begin to look."""
        self._ended.clear()
        self._thread = threading.Thread(target=self._look_until_ended, name="looking for left work", daemon=True)
        self._thread.start()

    def stop(self, worker: Any) -> None:  # noqa: ARG002 the same
        """Look no more."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _look_until_ended(self) -> None:
        while not self._ended.wait(LOOK_S):
            try:
                with _looking:
                    send_left(self._app)
            except Exception:  # noqa: BLE001 the broker or a store may be there again next time
                _log.warning("work that was left could not be looked for", exc_info=True)


def send_left(app: Celery) -> int:
    """Send the messages of operations that nobody works on again; return how many there were."""
    sent = 0
    tasks = {recovery_of(task.run).name: task for task in app.tasks.values() if isinstance(task, RecoverableTask)}
    for path, store in {store.path: store for store in map(_store_of, tasks.values())}.items():
        names = [name for name, task in tasks.items() if _store_of(task).path == path]
        # A connection of its own each time: workers fork, and a child must not inherit one that is open.
        with contextlib.closing(store.connect()) as db:
            left = store.in_transaction(db, functools.partial(_left, db, names, SystemClock().now()))
        for operation in left:
            task = tasks[operation.function]
            args, kwargs = recovery_of(task.run).arguments_of(operation)
            task.apply_async(args, kwargs, task_id=operation.id, retry=False)  # a broker that is away holds up no fork
            sent += 1
    return sent


_SENT = "sent to the workers again"


def _left(db: sqlite3.Connection, functions: Iterable[str], now: float) -> list[Operation]:
    """Return the operations of ``functions`` whose messages are to be sent, marked as sent: no other worker sends them.

    What was asked of operations that nobody works on is obeyed on the way.
    """
    owners.sweep(db, now)
    names = frozenset(functions)
    for command in commands.pending(db):
        operation = operations.get(db, command.operation_id)
        if operation is None or operation.function in names:
            commands.obey_unowned(db, command, now)
    resting = operations.in_states(db, (OperationState.INTERRUPTED, OperationState.QUEUED))
    return [
        operation
        for operation in resting
        if operation.function in names and _is_to_be_sent(operation, now) and _mark_sent(db, operation, now)
    ]


def _is_to_be_sent(operation: Operation, now: float) -> bool:
    if operation.parent_id is not None or calls.NOT_SAVED in operation.arguments:
        return False
    already = operation.state is OperationState.QUEUED and operation.decision == _SENT
    return not already or operation.updated_at < now - SEND_AGAIN_S


def _mark_sent(db: sqlite3.Connection, operation: Operation, now: float) -> bool:
    if operation.state is OperationState.INTERRUPTED:
        return operations.queue(db, operation.id, now, _SENT) is not None
    return operations.explain_queued(db, operation.id, _SENT, now)


def _is_cancelled(error: StopAskedError | OperationStoppedError) -> bool:
    if isinstance(error, StopAskedError):
        return error.asked == CommandKind.CANCEL
    return error.state == OperationState.CANCELLED


def _store_of(task: RecoverableTask) -> SQLitePersistence:
    store = recovery_of(task.run).persistence
    assert store is not None  # noqa: S101 checked when the task was bound
    return store


def _answer_left(recovery: Recoverable[..., Any], operation_id: str) -> None:
    """Answer what was asked of an operation while it ran and what it ended without hearing of."""
    store = recovery.persistence
    if store is None:
        return
    try:
        with contextlib.closing(store.connect()) as db:
            store.in_transaction(db, lambda: _answer(db, operation_id, SystemClock().now()))
    except (sqlite3.Error, StoreUnusableError) as error:
        _log.warning("what was asked of task %s could not be answered: %s", operation_id, error)


def _answer(db: sqlite3.Connection, operation_id: str, now: float) -> None:
    for command in commands.pending(db):
        if command.operation_id == operation_id:
            state = commands.obey_unowned(db, command, now)
            if state is CommandState.PENDING:
                return  # somebody else works on it by now, and will answer
