"""The history of the store in words: one line for each thing that happened, for a person to read.

Reading is a query for the reader's thread; the words are pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from launcher_gui.monitor.operation_text import button_label, program_label
from launcher_gui.recovery.operation import CommandKind, Event, EventKind
from launcher_gui.recovery.store.ports import Transaction
from launcher_gui.text.formatting import human_size
from launcher_gui.text.i18n import marked, translate
from launcher_gui.text.message import localize

MOST_LINES = 1_000
"""So many lines are read at once, the newest."""

_KINDS = {
    EventKind.OPERATION_ADDED: marked("log", "put into the queue"),
    EventKind.OPERATION_CLAIMED: marked("log", "taken up by a program"),
    EventKind.OPERATION_REMOVED: marked("log", "taken off the list"),
    EventKind.OPERATION_MOVED: marked("log", "given another place in the queue"),
    EventKind.ARGUMENTS_CHANGED: marked("log", "where it comes from or goes to was changed"),
    EventKind.OPERATION_QUEUED: marked("log", "queued"),
    EventKind.OPERATION_RUNNING: marked("log", "running"),
    EventKind.OPERATION_WAITING: marked("log", "waiting"),
    EventKind.OPERATION_PAUSED: marked("log", "paused"),
    EventKind.OPERATION_INTERRUPTED: marked("log", "interrupted"),
    EventKind.OPERATION_CANCELLED: marked("log", "cancelled"),
    EventKind.OPERATION_FAILED: marked("log", "failed"),
    EventKind.OPERATION_COMPLETED: marked("log", "completed"),
    EventKind.ATTEMPT_STARTED: marked("log", "attempt {number} began"),
    EventKind.ATTEMPT_RESUMED: marked("log", "attempt {number} goes on from {size}"),
    EventKind.ATTEMPT_SUCCEEDED: marked("log", "attempt {number} succeeded"),
    EventKind.ATTEMPT_FAILED: marked("log", "attempt {number} failed"),
    EventKind.ATTEMPT_PAUSED: marked("log", "attempt {number} paused"),
    EventKind.ATTEMPT_CANCELLED: marked("log", "attempt {number} cancelled"),
    EventKind.ATTEMPT_INTERRUPTED: marked("log", "attempt {number} interrupted"),
    EventKind.COMMAND_REQUESTED: marked("log", "a person asked: {button}"),
    EventKind.COMMAND_ANSWERED: marked("log", "what was asked was answered: {answer}"),
    EventKind.BREAKER_CLOSED: marked("log", "trusted again: calls go through"),
    EventKind.BREAKER_OPEN: marked("log", "left alone"),
    EventKind.BREAKER_HALF_OPEN: marked("log", "being probed by a single call"),
    EventKind.BREAKER_ISOLATED: marked("log", "held back by a person"),
    EventKind.SETTING_CHANGED: marked("log", "the setting {field} was changed from {before} to {after}"),
    EventKind.MESSAGE_DELIVERED: marked("log", "message delivered"),
}
_TOLD_BY_DECISION = frozenset({EventKind.OPERATION_WAITING, EventKind.OPERATION_PAUSED, EventKind.OPERATION_CANCELLED})
"""Kinds whose decision, where there is one, says all of it."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """Something that happened.

    Attributes:
        seq: Its order.
        at: When.
        operation_id: What it is about; empty for what is about a host or the settings.
        host: The host that it is about, where it is about one.
        words: What happened.
    """

    seq: int
    at: float
    operation_id: str
    host: str
    words: str


def read_log(tx: Transaction, ids: frozenset[str] | None, after: int) -> tuple[LogLine, ...]:
    """Return what happened lately to these operations, or at all, after the line ``after``; oldest first."""
    return tuple(line_of(event) for event in tx.events.newest_about(ids, after, MOST_LINES))


def line_of(event: Event) -> LogLine:
    """Return an event as a line."""
    host, words = str(event.data.get("scope", "")), _words(event)
    return LogLine(event.seq, event.at, event.operation_id, host, words[:1].upper() + words[1:])


def _words(event: Event) -> str:
    if event.kind not in _KINDS:  # of a newer version
        return event.kind
    decision = event.message("decision")
    if decision and event.kind in _TOLD_BY_DECISION:
        return localize(decision)
    words = translate("log", _KINDS[EventKind(event.kind)]).format_map(_fields(event))
    if by := event.data.get("by"):
        words = translate("log", "{what} by {who}").format(what=words, who=program_label(str(by)))
    cause = decision or event.message("reason") or event.message("error")
    return f"{words}: {localize(cause)}" if cause else words


def _fields(event: Event) -> dict[str, object]:
    """Return what stands in the braces of the words about an event."""
    data = event.data
    return {
        "number": data.get("number"),
        "size": human_size(float(data.get("resumed_from") or 0)),
        "button": _button(str(data.get("command"))),
        "answer": localize(event.message("answer")) or data.get("state"),
        "field": data.get("field"),
        "before": data.get("before"),
        "after": data.get("after"),
    }


def _button(command: str) -> str:
    kind = next((kind for kind in CommandKind if kind.value == command), None)
    return command if kind is None else button_label(kind)
