"""The history of the store as text: one readable line per event.

Reading is a query for the reader's thread; making the text is pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from launcher_gui.monitor.operation_text import button_label, program_label
from launcher_gui.recovery.operation import CommandKind, Event, EventKind
from launcher_gui.recovery.store.ports import Transaction
from launcher_gui.text.formatting import human_size
from launcher_gui.text.i18n import marked, translate
from launcher_gui.text.message import localize, sentence

MOST_LINES = 1_000
"""How many lines are read at once, the newest."""

_KINDS = {
    EventKind.OPERATION_ADDED: marked("log", "Added"),
    EventKind.OPERATION_CLAIMED: marked("log", "Started"),
    EventKind.OPERATION_REMOVED: marked("log", "Removed from the list"),
    EventKind.OPERATION_MOVED: marked("log", "Moved in the queue"),
    EventKind.ARGUMENTS_CHANGED: marked("log", "Link or folder changed"),
    EventKind.OPERATION_QUEUED: marked("log", "Queued"),
    EventKind.OPERATION_RUNNING: marked("log", "Running"),
    EventKind.OPERATION_WAITING: marked("log", "Waiting"),
    EventKind.OPERATION_PAUSED: marked("log", "Paused"),
    EventKind.OPERATION_INTERRUPTED: marked("log", "Interrupted"),
    EventKind.OPERATION_CANCELLED: marked("log", "Cancelled"),
    EventKind.OPERATION_FAILED: marked("log", "Failed"),
    EventKind.OPERATION_COMPLETED: marked("log", "Done"),
    EventKind.ATTEMPT_STARTED: marked("log", "Attempt {number} started"),
    EventKind.ATTEMPT_RESUMED: marked("log", "Attempt {number} resumed at {size}"),
    EventKind.ATTEMPT_SUCCEEDED: marked("log", "Attempt {number} succeeded"),
    EventKind.ATTEMPT_FAILED: marked("log", "Attempt {number} failed"),
    EventKind.ATTEMPT_PAUSED: marked("log", "Attempt {number} paused"),
    EventKind.ATTEMPT_CANCELLED: marked("log", "Attempt {number} cancelled"),
    EventKind.ATTEMPT_INTERRUPTED: marked("log", "Attempt {number} interrupted"),
    EventKind.COMMAND_REQUESTED: marked("log", "You pressed {button}"),
    EventKind.COMMAND_ANSWERED: marked("log", "Answer: {answer}"),
    EventKind.BREAKER_CLOSED: marked("log", "Host OK again"),
    EventKind.BREAKER_OPEN: marked("log", "Host paused after failures"),
    EventKind.BREAKER_HALF_OPEN: marked("log", "Testing the host"),
    EventKind.BREAKER_ISOLATED: marked("log", "Host paused by you"),
    EventKind.SETTING_CHANGED: marked("log", "Setting {field} changed from {before} to {after}"),
    EventKind.MESSAGE_DELIVERED: marked("log", "Message delivered"),
}
_TOLD_BY_DECISION = frozenset({EventKind.OPERATION_WAITING, EventKind.OPERATION_PAUSED, EventKind.OPERATION_CANCELLED})
"""Kinds of events whose decision, if they have one, says everything."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log.

    Attributes:
        seq: The event's order.
        at: When it happened.
        operation_id: The operation; empty for events about a host or the settings.
        host: The host, for events about one.
        words: What happened, as text.
    """

    seq: int
    at: float
    operation_id: str
    host: str
    words: str


def read_log(tx: Transaction, ids: frozenset[str] | None, after: int) -> tuple[LogLine, ...]:
    """Return the newest lines after ``after`` of the operations ``ids``, or of everything, oldest first."""
    return tuple(line_of(event) for event in tx.events.newest_about(ids, after, MOST_LINES))


def line_of(event: Event) -> LogLine:
    """Return an event as a line of the log."""
    host, words = str(event.data.get("scope", "")), _words(event)
    return LogLine(event.seq, event.at, event.operation_id, host, words)


def _words(event: Event) -> str:
    if event.kind not in _KINDS:  # written by a newer version
        return event.kind
    decision = event.message("decision")
    if decision and event.kind in _TOLD_BY_DECISION:
        return sentence(decision)
    words = translate("log", _KINDS[EventKind(event.kind)]).format_map(_fields(event))
    if by := event.data.get("by"):
        words = translate("log", "{what} ({who})").format(what=words, who=program_label(str(by)))
    cause = decision or event.message("reason") or event.message("error")
    return f"{words}: {localize(cause)}" if cause else words


def _fields(event: Event) -> dict[str, object]:
    """Return the values for the placeholders in the text of an event."""
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
