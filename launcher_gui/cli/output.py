"""The output of the command line: JSON for scripts, text for people."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, TextIO

from launcher_gui.monitor import operation_text
from launcher_gui.monitor.projection import OperationView
from launcher_gui.recovery.operation import Attempt, CommandKind, CommandState, Operation, OperationState
from launcher_gui.recovery.rules.breaker import Breaker
from launcher_gui.recovery.rules.decision import NOT_RETRIED, taken_apart, without_cause
from launcher_gui.recovery.store.records import DONE, DONE_NOW
from launcher_gui.settings.hours import ALWAYS, Hours
from launcher_gui.text import formatting
from launcher_gui.text.message import Message

_BAR_WIDTH = 24
_DONE = {
    CommandKind.RESUME: "queued again",
    CommandKind.PAUSE: "paused",
    CommandKind.CANCEL: "cancelled; the partial file is kept until you remove the download",
    CommandKind.RETRY: "retrying now",
    CommandKind.REMOVE: "removed from the list",
}


class OutputError(Exception):
    """Output could not be written, so that a reader might take a part of it for all of it."""


def operation_json(view: OperationView, place: int | None = None) -> dict[str, Any]:
    """Return the object that ``--json`` prints for an operation; ``place`` is its place in the queue, if it has one."""
    progress = view.operation.progress
    return {
        "id": view.id,
        "state": view.state,
        "priority": view.operation.priority.name.lower(),
        "place": place,
        "url": view.url,
        "destination": view.destination,
        "bytes_done": operation_text.fetched_bytes(view),
        "bytes_total": progress.total,
        "sha256": view.sha256,
        "blake3": view.blake3,
        "attempts": [_attempt_json(attempt) for attempt in view.attempts],
    }


def breaker_json(breaker: Breaker) -> dict[str, Any]:
    """Return the object that ``--json`` prints for a breaker."""
    return {
        "scope": breaker.scope,
        "state": breaker.state,
        "failures": breaker.failures,
        "retry_at": iso(breaker.retry_at),
        "last_error": str(breaker.last_error),
    }


def print_json(value: Mapping[str, Any]) -> None:
    """Print one object on one line of standard output; characters that the encoding lacks are escaped."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value)
    say(text)


def say(text: str, stream: TextIO | None = None) -> None:
    """Print a line at once; characters that the terminal's encoding lacks are replaced."""
    write(text + "\n", stream or sys.stdout)


def write(text: str, stream: TextIO) -> None:
    """Print at once. A closed pipe (``list | head``) or a closed terminal does not stop the work.

    Raises:
        OutputError: If it could not be written for another reason, such as a full disk.
    """
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "replace").decode(encoding))
        stream.flush()
    except OSError as error:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # else Python reports the same error again when it flushes at exit
        os.close(nowhere)
        if error.errno not in {errno.EPIPE, errno.EIO}:
            raise OutputError(f"the output could not be written: {(error.strerror or '').lower()}") from error


def complain(text: str) -> None:
    """Print a line on standard error."""
    say(text, sys.stderr)


def table(rows: list[list[str]]) -> str:
    """Return ``rows`` in aligned columns; the last column is not padded."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in rows
    )


def operations_table(views: list[OperationView], places: Mapping[str, int], now: float, hours: Hours = ALWAYS) -> str:
    """Return the list of downloads for a terminal; the steps of an operation are indented below it.

    Args:
        views: The operations.
        places: Their places in the queue, by id.
        now: POSIX seconds.
        hours: When downloads run.
    """
    rows = [["ID", "NAME", "STATE", "QUEUE", "DONE", "SIZE", "NEXT"]]
    rows += [
        [
            view.id,
            "  " * depth + view.name,
            operation_text.state_label(view),
            operation_text.place_text(view, places.get(view.id)),
            operation_text.progress_text(view),
            operation_text.size_text(view),
            operation_text.next_action(view, now, hours),
        ]
        for view, depth in _as_tree(views)
    ]
    return table(rows)


def _as_tree(views: list[OperationView]) -> Iterator[tuple[OperationView, int]]:
    """Yield every operation before its steps, with its depth in the tree."""
    steps: dict[str | None, list[OperationView]] = {}
    for view in views:
        steps.setdefault(view.operation.parent_id, []).append(view)

    def below(parent_id: str | None, depth: int) -> Iterator[tuple[OperationView, int]]:
        for view in steps.get(parent_id, ()):
            yield view, depth
            yield from below(view.id, depth + 1)

    return below(None, 0)


def operation_details(view: OperationView, now: float, hours: Hours = ALWAYS) -> str:
    """Return everything about one download for a terminal."""
    operation = view.operation
    fetched = " ".join(filter(None, [operation_text.size_text(view), operation_text.progress_text(view)]))
    lines = [
        f"{view.name}: {operation_text.state_label(view)}",
        f"  id           {view.id}",
        f"  from         {view.url}",
        f"  to           {view.destination}",
        f"  BLAKE3       {view.blake3}" if view.blake3 else f"  SHA-256      {view.sha256 or 'not given'}",
        f"  fetched      {fetched or 'nothing yet'}",
        f"  owner        {operation_text.owner_text(view.record.owner, now)}",
        f"  added        {formatting.clock_time(operation.created_at, now)}",
        f"  next         {operation_text.next_action(view, now, hours)}",
    ]
    for attempt in view.attempts:
        lines.append(
            f"  attempt {attempt.number} at {formatting.clock_time(attempt.started_at, now)}: {attempt.outcome}"
        )
        resumed = operation_text.resumed_text(attempt) if attempt.resumed_from or attempt.resume_note else ""
        details = {"resumed from": resumed, "cause": attempt.error, "decision": attempt.decision}
        lines += [f"      {label:<12} {text}" for label, text in details.items() if text]
    return "\n".join(lines)


def steps_text(steps: Sequence[OperationView]) -> str:
    """Return the steps of an operation for a terminal, one per line."""
    return "\n".join(f"    {operation_text.state_label(step)}  {step.name}  {step.id}" for step in steps)


def failed_attempt(attempt: Attempt) -> str:
    """Return that an attempt failed, why, and what follows; a cause that the decision repeats is printed once."""
    return f"attempt {attempt.number} failed: {attempt.error}; {without_cause(attempt.decision)}"


def outcome_text(view: OperationView) -> str:
    """Return how a download ended, in one or two sentences."""
    operation = view.operation
    match view.state:
        case OperationState.COMPLETED:
            return f"Installed {view.destination}"
        case OperationState.FAILED:
            last = view.attempts[-1] if view.attempts else None
            cause = (last.error if last is not None else None) or operation.reason
            decision, _, remedy = taken_apart(operation.decision)
            rest = remedy if decision.code == NOT_RETRIED else without_cause(operation.decision)
            return f"{view.name} failed: {str(cause).removesuffix('.')}. {_sentence(str(rest))}".rstrip()
        case _:
            return f"{view.name}: {operation.decision or operation.reason or view.state}."


def done_text(operation: Operation, kind: CommandKind, answer: Message = DONE) -> str:
    """Return that a command to ``operation`` was executed, with what the answer adds."""
    hastened = kind is CommandKind.RETRY and operation.state is OperationState.QUEUED
    words = "next in the queue" if hastened else _DONE[kind]
    more = "; ignores the schedule" if answer.code == DONE_NOW else ""
    return f"{_called(operation)}: {words}{more}"


def not_done_text(operation: Operation, kind: CommandKind, state: CommandState, answer: Message) -> str:
    """Return that a command was not executed, and why."""
    verb = "cannot" if state is CommandState.REFUSED else "asked to"
    return f"{_called(operation)}: {verb} {kind}: {answer}"


def place_line(view: OperationView, place: int | None, count: int) -> str:
    """Return a download's place in a queue of ``count``, and its priority."""
    priority = f"{view.operation.priority.name.lower()} priority"
    where = f"{place} of {count} in the queue" if place is not None else f"{view.state}, not in the queue now"
    return f"{_called(view.operation)}: {where}, {priority}"


def not_moved_text(operation: Operation) -> str:
    """Return that a download has no position in the queue to change, and why."""
    why = "it is a step of another operation" if operation.parent_id is not None else f"it is {operation.state}"
    return f"{_called(operation)}: cannot be moved in the queue: {why}"


def _called(operation: Operation) -> str:
    return f"{operation.id}  {PurePath(operation.exclusive_key or operation.function).name}"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + "." * (words != "" and not words.endswith("."))


def breakers_table(breakers: list[Breaker], now: float) -> str:
    """Return the circuit breakers for a terminal."""
    rows = [["SCOPE", "STATE", "FAILURES", "NEXT RETRY", "LAST ERROR"]]
    for breaker in breakers:
        remaining = (
            "" if breaker.retry_at is None else f"in {formatting.human_duration(max(0, breaker.retry_at - now))}"
        )
        rows.append([breaker.scope, breaker.state, str(breaker.failures), remaining, str(breaker.last_error)])
    return table(rows)


def progress_line(view: OperationView, now: float) -> str:
    """Return a download's progress as one line: name, share, size, speed, time left."""
    parts = [
        operation_text.state_label(view),
        operation_text.progress_text(view),
        operation_text.size_text(view),
        formatting.human_rate(view.rate(now)),
    ]
    left = operation_text.time_left_text(view, now)
    return "  ".join(part for part in [*parts, f"{left} left" if left else ""] if part)


def bar(view: OperationView) -> str:
    """Return the progress bar for a terminal; empty while the total is unknown."""
    share = operation_text.fraction(view)
    if share is None:
        return ""
    full = int(share * _BAR_WIDTH)
    return f"[{'#' * full}{'.' * (_BAR_WIDTH - full)}]"


def _attempt_json(attempt: Attempt) -> dict[str, Any]:
    return {
        "number": attempt.number,
        "started_at": iso(attempt.started_at),
        "ended_at": iso(attempt.ended_at),
        "outcome": attempt.outcome,
        "category": attempt.category or None,
        "error": str(attempt.error) or None,
        "decision": str(attempt.decision) or None,
        "resumed_from": attempt.resumed_from,
    }


def iso(at: float | None) -> str | None:
    """Return a time as RFC 3339 text in UTC."""
    return None if at is None else formatting.utc_time(at, "milliseconds")
