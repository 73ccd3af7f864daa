"""A hook that sends facts to the clients of a python-socketio server. Needs the extra ``socketio``.

Facts may arrive on any thread. They are passed to the server's event loop, where one task emits them in order. Facts
about circuit breakers belong to no operation and are not sent.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import dataclass
from typing import Any

from socketio import AsyncServer

from launcher_gui.recovery.adapters.errors import cause_of
from launcher_gui.recovery.classification import TEXT_LIMIT
from launcher_gui.recovery.hooks import (
    AttemptFailed,
    BreakerMoved,
    Fact,
    OperationEnded,
    OperationStarted,
    ProgressMade,
)
from launcher_gui.recovery.operation import OperationState, Progress
from launcher_gui.recovery.runtime.clock import Clock, SystemClock
from launcher_gui.recovery.runtime.tasks import spawn

MOST_WAITING = 10_000
"""The most events that may wait to be emitted; further ones are dropped, and the number is logged."""

OfACall = OperationStarted | AttemptFailed | ProgressMade | OperationEnded

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Message:
    """An event for the clients.

    Attributes:
        event: Its name.
        payload: Its JSON data.
    """

    event: str
    payload: dict[str, Any]


class SocketIOHook:
    """Emits ``operation_started``, ``_progress``, ``_retrying``, ``_completed`` and ``_error``.

    Every payload has ``operation_id``, ``parent_id`` and ``function``. An operation that was paused, cancelled or
    interrupted also ends with ``operation_error``; its ``state`` distinguishes them. Texts of exceptions are left out.

    An event that cannot be emitted is dropped. That is logged, and also how many were dropped once one succeeds.

    Args:
        server: The server.
        loop: The event loop that the server runs on; the running one by default.
        room: The Socket.IO room to send to; all clients by default.
        namespace: The Socket.IO namespace; the default one by default.
        clock: The clock.

    Raises:
        RuntimeError: If there is neither ``loop`` nor a running one.
    """

    def __init__(
        self,
        server: AsyncServer,
        loop: asyncio.AbstractEventLoop | None = None,
        room: str | None = None,
        namespace: str | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._server = server
        self._loop = asyncio.get_running_loop() if loop is None else loop
        self._room = room
        self._namespace = namespace
        self._clock = clock or SystemClock()
        self._telling: dict[str, Telling] = {}
        self._waiting: deque[Message] = deque()
        self._task: asyncio.Task[None] | None = None
        self._lost = 0

    def __call__(self, fact: Fact, /) -> None:
        """Schedule ``fact`` to be emitted.

        Raises:
            RuntimeError: If the server's event loop is closed.
        """
        self._loop.call_soon_threadsafe(self._take, fact, self._clock.now())

    async def drained(self) -> None:
        """Return once every fact received so far has been emitted; call it on the server's event loop."""
        taken: asyncio.Future[None] = self._loop.create_future()
        self._loop.call_soon_threadsafe(taken.set_result, None)  # runs after the callbacks that were scheduled before
        await taken
        while self._task is not None and not self._task.done():
            await asyncio.wait([self._task])

    def _take(self, fact: Fact, at: float) -> None:
        if isinstance(fact, BreakerMoved):
            return
        telling = self._telling.setdefault(fact.call.operation_id, Telling())
        message = telling.message(fact, at)
        if isinstance(fact, OperationEnded):
            del self._telling[fact.call.operation_id]
        if message is not None:
            self._queue(message)

    def _queue(self, message: Message) -> None:
        if len(self._waiting) >= MOST_WAITING:
            self._lose(f"{MOST_WAITING} are waiting already")
            return
        self._waiting.append(message)
        if self._task is None or self._task.done():
            self._task = spawn(self._emit_until_quiet(), "telling the socket")

    async def _emit_until_quiet(self) -> None:
        # One at a time: python-socketio's emit does not support concurrent use, and order matters.
        while self._waiting:
            message = self._waiting.popleft()
            try:
                await self._server.emit(message.event, message.payload, room=self._room, namespace=self._namespace)
            except Exception as error:  # noqa: BLE001 the next one may succeed
                self._lose(type(error).__name__)
                continue
            if self._lost:
                _log.warning("events are emitted to the socket again; %d were lost", self._lost)
                self._lost = 0

    def _lose(self, why: str) -> None:
        if not self._lost:
            _log.error("an event could not be emitted to the socket (%s); further ones are counted", why)
        self._lost += 1


class Telling:
    """What earlier messages about an operation said, as far as the next one needs it."""

    def __init__(self) -> None:
        self._first: Progress | None = None

    def message(self, fact: OfACall, at: float) -> Message | None:
        """Return the message for ``fact``, which happened at ``at``; ``None`` if a later fact covers it."""
        match fact:
            case OperationStarted():
                return _message("operation_started", fact)
            case ProgressMade():
                return _message("operation_progress", fact, **self._progress(fact.progress))
            case AttemptFailed():
                self._first = None
                if not fact.decision.retry:
                    return None
                return _message(
                    "operation_retrying",
                    fact,
                    attempt=fact.number,
                    wait_s=fact.decision.wait_s,
                    retry_at=at + fact.decision.wait_s,
                    error=cause_of(fact.error, fact.failure),
                    category=str(fact.failure.category),
                    decision=str(fact.decision.words)[:TEXT_LIMIT],
                    retrying=True,
                )
            case OperationEnded():
                return self._end(fact)

    def _progress(self, progress: Progress) -> dict[str, Any]:
        first = self._first
        if first is None or first.phase != progress.phase or progress.done < first.done:
            first = self._first = progress
        took = progress.at - first.at
        return {
            "done": progress.done,
            "total": progress.total,
            "phase": progress.phase,
            "rate": (progress.done - first.done) / took if took > 0 else None,
        }

    def _end(self, fact: OperationEnded) -> Message:
        ending = {"attempt": fact.attempts, "duration_s": fact.duration_s, "state": str(fact.state), "retrying": False}
        match fact.state:
            case OperationState.COMPLETED:
                return _message("operation_completed", fact, **ending, success=True)
            case OperationState.FAILED:
                cause = cause_of(fact.error, fact.failure) if fact.error is not None else "unknown"
                return _message("operation_error", fact, **ending, success=False, error=cause)
            case _:
                return _message("operation_error", fact, **ending, success=False, error=str(fact.state))


def _message(event: str, fact: OfACall, **particulars: Any) -> Message:
    call = fact.call
    identity = {"operation_id": call.operation_id, "parent_id": call.parent_id, "function": call.function}
    return Message(event, identity | particulars)
