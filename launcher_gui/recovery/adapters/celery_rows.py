"""The transactions of the Celery adapter; each function is a transaction body. Does not depend on Celery."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from launcher_gui.recovery.operation import CommandKind, CommandState, Event, EventKind, Operation, OperationState
from launcher_gui.recovery.rules.applicable_commands import applicable
from launcher_gui.recovery.store.ports import Transaction
from launcher_gui.recovery.store.records import NOT_SAVED, StateChange
from launcher_gui.text.message import NOTHING, Message, message

SEND_AGAIN_S = 300.0
"""A message that no worker has received is sent again after this time: the broker may have lost it."""

_SENT = message("celery.sent")
_SENT_AGAIN = message("celery.sent_again")

_OVERDUE = StateChange(
    OperationState.FAILED,
    message("celery.time_limit"),
    message("decision.celery_time_limit"),
)


@dataclass(frozen=True, slots=True)
class Left:
    """An operation without an owner.

    Attributes:
        operation: The operation.
        options: The options of its message; empty if none has ever been delivered.
    """

    operation: Operation
    options: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Delivery:
    """The state of a task when its message is delivered.

    Attributes:
        is_over: Whether it had completed or failed before this delivery.
        is_held: Whether a live owner runs it.
        given_up: Why it has failed; empty if it has not.
        attempts: How many attempts had been made.
    """

    is_over: bool = False
    is_held: bool = False
    given_up: Message = NOTHING
    attempts: int = 0


def deliver(tx: Transaction, operation_id: str, options: Mapping[str, Any], recoveries: int, now: float) -> Delivery:
    """Record that a task's message was delivered and its options, and return the state of the task.

    A task that has lost more than ``recoveries`` workers in a row fails.
    """
    tx.owners.sweep(now)
    found = tx.operations.get(operation_id)
    if found is not None and found.state is OperationState.COMPLETED:
        return Delivery(is_over=True)
    if found is not None and found.owner_id is not None:
        return Delivery(is_held=True)
    last = None if found is None else tx.events.latest(EventKind.MESSAGE_DELIVERED, operation_id)
    if found is not None and found.state is OperationState.FAILED and last is not None and not _is_later(options, last):
        return Delivery(is_over=True, given_up=found.decision, attempts=found.attempt)
    tx.events.append(now, EventKind.MESSAGE_DELIVERED, operation_id, options=dict(options))
    failed = None if found is None else tx.crash_counts.give_up(operation_id, recoveries, now)
    return Delivery() if failed is None else Delivery(given_up=failed.decision, attempts=failed.attempt)


def left(tx: Transaction, functions: Collection[str], now: float) -> list[Left]:
    """Return the operations of ``functions`` whose messages are to be sent, marked so that no other worker sends them.

    Commands about operations without an owner are executed first.
    """
    tx.owners.sweep(now)
    for command in tx.commands.pending():
        operation = tx.operations.get(command.operation_id)
        if operation is None or operation.function in functions:
            tx.commands.obey_unowned(command, now)
    resting = tx.operations.in_states((OperationState.INTERRUPTED, OperationState.QUEUED))
    return [
        Left(operation, _options(tx, operation.id))
        for operation in resting
        if operation.function in functions and _is_to_be_sent(operation, now) and _mark_sent(tx, operation, now)
    ]


def cancelled_since(tx: Transaction, functions: Collection[str], since: float) -> list[str]:
    """Return the ids of the operations of ``functions`` that were cancelled at or after ``since``."""
    cancelled = tx.operations.cancelled_since(since)
    return [operation_id for operation_id, function in cancelled if function in functions]


def cancel(tx: Transaction, operation_id: str, now: float) -> None:
    """Request an operation's cancellation, if it exists and can be cancelled."""
    found = tx.operations.get(operation_id)
    if found is not None and CommandKind.CANCEL in applicable(found.state):
        tx.commands.ask(operation_id, CommandKind.CANCEL, "Celery", now)


def fail_overdue(tx: Transaction, operation_id: str, now: float) -> None:
    """Record that an operation was ended at its hard time limit, whichever process owns it."""
    found = tx.operations.get(operation_id)
    if found is None:
        return
    if found.owner_id is not None:
        tx.operations.settle(operation_id, found.owner_id, _OVERDUE, now)
    elif found.state in (OperationState.INTERRUPTED, OperationState.QUEUED):
        tx.operations.rest(operation_id, _OVERDUE, now)


def answer(tx: Transaction, operation_id: str, now: float) -> None:
    """Answer the commands that an operation did not receive before it ended."""
    for command in tx.commands.pending():
        if command.operation_id == operation_id:
            state = tx.commands.obey_unowned(command, now)
            if state is CommandState.PENDING:
                return  # another process owns it by now and will answer


def _is_later(options: Mapping[str, Any], last: Event) -> bool:
    """Return whether a message is a retry that the task requested after the last delivery."""
    return int(options.get("retries", 0)) > int(last.data["options"].get("retries", 0))


def _options(tx: Transaction, operation_id: str) -> dict[str, Any]:
    last = tx.events.latest(EventKind.MESSAGE_DELIVERED, operation_id)
    return {} if last is None else last.data["options"]


def _is_to_be_sent(operation: Operation, now: float) -> bool:
    if operation.parent_id is not None or NOT_SAVED in operation.arguments:
        return False
    already = operation.state is OperationState.QUEUED and operation.decision in (_SENT, _SENT_AGAIN)
    return not already or operation.updated_at < now - SEND_AGAIN_S


def _mark_sent(tx: Transaction, operation: Operation, now: float) -> bool:
    if operation.state is OperationState.INTERRUPTED:
        return tx.operations.queue(operation.id, now, _SENT_AGAIN) is not None
    decision = operation.decision if operation.decision == _SENT_AGAIN else _SENT
    return tx.operations.explain_queued(operation.id, decision, now)
