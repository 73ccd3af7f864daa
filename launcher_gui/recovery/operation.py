"""The data model: operations, attempts, decisions, owners, commands.

Times named ``_at`` are UTC as POSIX seconds; durations named ``_s`` are seconds. All types are immutable; the runner
changes operations, and store/ keeps them.
"""

from __future__ import annotations

import contextlib
import json
import secrets
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any

from launcher_gui.text.message import NOTHING, Message, foreign, from_data, message


class Priority(IntEnum):
    """Order in the queue; positions count only among operations of the same priority."""

    LOW = -1
    NORMAL = 0
    HIGH = 1


class OperationState(StrEnum):
    """The state of an operation between its first attempt and its outcome."""

    QUEUED = "queued"  # has no owner; the next free worker claims it
    RUNNING = "running"  # its owner is making an attempt
    WAITING = "waiting"  # its owner waits for retry_at before the next attempt
    PAUSED = "paused"  # stopped by the user, who alone resumes it
    INTERRUPTED = "interrupted"  # its owner is gone; resumes at the next start if the setting says so
    CANCELLED = "cancelled"  # ended by the user; the data received is kept until it is removed
    FAILED = "failed"  # a permanent error, or no attempts left
    COMPLETED = "completed"  # done, with its result

    @property
    def active(self) -> bool:
        """Whether an owner is working on it."""
        return self in {OperationState.RUNNING, OperationState.WAITING}

    @property
    def ended(self) -> bool:
        """Whether nothing more happens to it without a command."""
        return self in {OperationState.CANCELLED, OperationState.FAILED, OperationState.COMPLETED}


_STATES = {
    OperationState.QUEUED: message("state.queued"),
    OperationState.RUNNING: message("state.running"),
    OperationState.WAITING: message("state.waiting"),
    OperationState.PAUSED: message("state.paused"),
    OperationState.INTERRUPTED: message("state.interrupted"),
    OperationState.CANCELLED: message("state.cancelled"),
    OperationState.FAILED: message("state.failed"),
    OperationState.COMPLETED: message("state.completed"),
}


def state_message(state: OperationState) -> Message:
    """Return the display name of ``state``."""
    return _STATES[state]


class AttemptOutcome(StrEnum):
    """How one attempt ended; ``RUNNING`` while it has not."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"


class CommandKind(StrEnum):
    """The kinds of commands."""

    RESUME = "resume"
    PAUSE = "pause"
    CANCEL = "cancel"
    RETRY = "retry"  # retry now: skip the wait (in the queue: be next), or start again after a failure
    REMOVE = "remove"


class CommandState(StrEnum):
    """Whether a command has been answered, and how."""

    PENDING = "pending"
    DONE = "done"
    REFUSED = "refused"


class EventKind(StrEnum):
    """The kinds of events."""

    OPERATION_ADDED = "operation_added"
    OPERATION_CLAIMED = "operation_claimed"
    OPERATION_MOVED = "operation_moved"  # within the queue
    OPERATION_REMOVED = "operation_removed"
    ARGUMENTS_CHANGED = "arguments_changed"
    OPERATION_QUEUED = "operation_queued"
    OPERATION_RUNNING = "operation_running"
    OPERATION_WAITING = "operation_waiting"
    OPERATION_PAUSED = "operation_paused"
    OPERATION_INTERRUPTED = "operation_interrupted"
    OPERATION_CANCELLED = "operation_cancelled"
    OPERATION_FAILED = "operation_failed"
    OPERATION_COMPLETED = "operation_completed"
    ATTEMPT_STARTED = "attempt_started"
    ATTEMPT_RESUMED = "attempt_resumed"  # its resume offset is known
    ATTEMPT_SUCCEEDED = "attempt_succeeded"
    ATTEMPT_FAILED = "attempt_failed"
    ATTEMPT_PAUSED = "attempt_paused"
    ATTEMPT_CANCELLED = "attempt_cancelled"
    ATTEMPT_INTERRUPTED = "attempt_interrupted"
    COMMAND_REQUESTED = "command_requested"
    COMMAND_ANSWERED = "command_answered"
    BREAKER_CLOSED = "breaker_closed"
    BREAKER_OPEN = "breaker_open"
    BREAKER_HALF_OPEN = "breaker_half_open"
    BREAKER_ISOLATED = "breaker_isolated"
    SETTING_CHANGED = "setting_changed"
    MESSAGE_DELIVERED = "message_delivered"  # a task's message, by its broker


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of an operation.

    Attributes:
        done: Units finished (bytes for downloads).
        total: Units in all, ``None`` while unknown.
        phase: What is being done, in one word ("downloading", "verifying"); empty if there is only one phase.
        at: When it was measured.
    """

    done: int = 0
    total: int | None = None
    phase: str = ""
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Operation:
    """One supervised call, from its first attempt to its outcome, as the store has it.

    Attributes:
        id: Its id.
        function: The registered name of the function; looked up, never imported.
        arguments: The arguments of the call, as JSON data.
        exclusive_key: What only one unfinished operation may work on (a destination), or ``None``.
        scope: The scope of its circuit breaker, or ``None``.
        state: Its state.
        attempt: Number of the latest attempt, 0 before the first.
        attempt_limit: Number of the last attempt allowed at present; progress raises it.
        retry_at: When the wait ends, while waiting.
        reason: The cause of the present state ("connection reset").
        decision: The latest decision and its reason.
        owner_id: The process that works on it, or ``None``.
        version: Incremented with every change of this row.
        progress: Its progress.
        result: What the call returned, as JSON data.
        created_at: When it was requested.
        updated_at: When this row last changed.
        ended_at: When it ended, if it has.
        parent_id: The operation that it is a step of, or ``None``.
        priority: Its priority in the queue, which takes precedence over its position.
        queue_position: Its position among the queued operations of its priority, kept for when it is queued again.
        ignores_schedule: Whether it runs outside the schedule, too.
    """

    id: str
    function: str
    arguments: dict[str, Any]
    exclusive_key: str | None
    scope: str | None
    state: OperationState
    attempt: int
    attempt_limit: int
    retry_at: float | None
    reason: Message
    decision: Message
    owner_id: str | None
    version: int
    progress: Progress
    result: Any
    created_at: float
    updated_at: float
    ended_at: float | None
    parent_id: str | None = None
    priority: Priority = Priority.NORMAL
    queue_position: float = 0.0
    ignores_schedule: bool = False


def generate_operation_id() -> str:
    """Return a new operation id: 16 hexadecimal digits from the system's random source."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class NewOperation:
    """An operation before it is added to a store; the fields are those of ``Operation``."""

    function: str
    arguments: dict[str, Any]
    exclusive_key: str | None = None
    scope: str | None = None
    id: str = field(default_factory=generate_operation_id)
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One execution of an operation, counted from 1.

    Attributes:
        number: Counted from 1 over the whole life of the operation.
        started_at: When it began.
        ended_at: When it ended, ``None`` while it runs.
        outcome: How it ended.
        category: The category of the error, empty if there was none.
        error: What happened.
        failure_kind: The failure kind that the classifier names, empty if it names none.
        detail: Technical details, free of secrets.
        decision: The decision after it and its reason.
        wait_s: The chosen wait, if another attempt follows.
        resumed_from: The offset from which it resumed (bytes for downloads).
        resume_note: Why it resumed from there.
        owner_id: The process that made it.
    """

    number: int
    started_at: float
    ended_at: float | None = None
    outcome: AttemptOutcome = AttemptOutcome.RUNNING
    category: str = ""
    error: Message = NOTHING
    detail: str = ""
    decision: Message = NOTHING
    wait_s: float | None = None
    resumed_from: int = 0
    resume_note: Message = NOTHING
    owner_id: str = ""
    failure_kind: str = ""


@dataclass(frozen=True, slots=True)
class Owner:
    """One process that holds leases.

    Attributes:
        id: Unique for every start of a process.
        pid: Its process id on that host.
        process_started: The kernel's start time of the process, which distinguishes reused pids. Empty if unknown.
        host: The machine, and the boot of it, that the pid belongs to.
        kind: The kind of program for display: "window", "command line" …
        started_at: When it registered.
        lease_until: Until when it counts as alive without another heartbeat.
    """

    id: str
    pid: int
    process_started: str
    host: str
    kind: str
    started_at: float
    lease_until: float


@dataclass(frozen=True, slots=True)
class Command:
    """A request of the user, stored as a row together with its answer.

    Attributes:
        id: Its order among all commands.
        operation_id: The operation.
        kind: The kind of command.
        arguments: Choices that go with it (``{"discard": true}``); those of resume and retry stay with the operation.
        operation_version: The version of the row that the user saw.
        state: Whether it has been answered, and how.
        answer: The answer.
        requested_by: The sender ("window", "command line").
        requested_at: When it was sent.
        answered_at: When it was answered.
    """

    id: int
    operation_id: str
    kind: CommandKind
    arguments: dict[str, Any]
    operation_version: int
    state: CommandState
    answer: Message
    requested_by: str
    requested_at: float
    answered_at: float | None


@dataclass(frozen=True, slots=True)
class Event:
    """A fact in the past tense, written in the same transaction as the row that it changes.

    Attributes:
        seq: Its order among all events of the store.
        at: When it happened.
        operation_id: The operation; empty for facts about breakers and settings.
        kind: What happened: an ``EventKind``, or one of a newer version's.
        data: The details; messages in the form of ``to_data``.
    """

    seq: int
    at: float
    operation_id: str
    kind: str
    data: dict[str, Any]

    def message(self, name: str) -> Message:
        """Return the message called ``name`` in the data; nothing if there is none."""
        value = self.data.get(name)
        if isinstance(value, dict):
            with contextlib.suppress(ValueError):
                return from_data(value)
        return foreign(str(value)) if value and not isinstance(value, dict) else NOTHING


_to_json = json.JSONEncoder(separators=(",", ":")).encode


def to_json(value: object) -> str:
    """Return ``value`` as compact JSON text.

    Raises:
        TypeError: If something in it has no JSON form.
    """
    # In ASCII: a file name that is not UTF-8 contains lone surrogates, which SQLite would refuse as text.
    return _to_json(value)


def to_text(value: str) -> str:
    """Return ``value`` as text that the store accepts: what is not Unicode becomes question marks."""
    return value.encode("utf-8", "replace").decode()
