"""The history of the store in words: one line for each thing that happened, for a person to read.

Reading is a query for the reader's thread; the words are pure. What is not known by its kind is told by its kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from launcher_gui.monitor.operation_text import button_label, program_label
from launcher_gui.monitor.recorded import said
from launcher_gui.recovery.operation import CommandKind, Event
from launcher_gui.recovery.store.ports import Transaction
from launcher_gui.text.formatting import human_size
from launcher_gui.text.i18n import marked, translate

MOST_LINES = 1_000
"""So many lines are read at once, the newest."""

_OPERATION = {
    "operation added": marked("log", "Added"),
    "operation claimed": marked("log", "Started"),
    "operation removed": marked("log", "Removed from the list"),
    "operation moved": marked("log", "Moved in the queue"),
    "arguments changed": marked("log", "Link or folder changed"),
}
_STATES = {
    "queued": marked("log", "Queued"),
    "running": marked("log", "Running"),
    "waiting": marked("log", "Waiting"),
    "paused": marked("log", "Paused"),
    "interrupted": marked("log", "Interrupted"),
    "cancelled": marked("log", "Cancelled"),
    "failed": marked("log", "Failed"),
    "completed": marked("log", "Completed"),
}
_ATTEMPT = {
    "started": marked("log", "Attempt {number} started"),
    "succeeded": marked("log", "Attempt {number} succeeded"),
    "failed": marked("log", "Attempt {number} failed"),
    "paused": marked("log", "Attempt {number} paused"),
    "cancelled": marked("log", "Attempt {number} cancelled"),
    "interrupted": marked("log", "Attempt {number} interrupted"),
}
_BREAKER = {
    "closed": marked("log", "Host OK again"),
    "open": marked("log", "Host paused after failures"),
    "half_open": marked("log", "Testing the host"),
    "isolated": marked("log", "Host paused by you"),
}


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
    host, words = str(event.data.get("scope", "")), _words(event.kind, event.data)
    return LogLine(event.seq, event.at, event.operation_id, host, words[:1].upper() + words[1:])


def _words(kind: str, data: Mapping[str, Any]) -> str:
    subject, _, what = kind.partition(" ")
    if kind in _OPERATION:
        return translate("log", _OPERATION[kind])
    match subject:
        case "operation":
            cause = data.get("decision") or data.get("reason")
            return said(str(cause)) if str(cause).startswith(what) else _with(_word(_STATES, what), cause)
        case "attempt":
            return _attempt(what, data)
        case "command":
            return _command(what, data)
        case "breaker":
            return _with(_by(_word(_BREAKER, what), data), data.get("error"))
        case "setting":
            changed = translate("log", "Setting {field} changed from {before} to {after}")
            told = changed.format(field=data.get("field"), before=data.get("before"), after=data.get("after"))
            return _by(told, data)
        case _:
            return kind


def _attempt(what: str, data: Mapping[str, Any]) -> str:
    number = data.get("number")
    if what == "went on":
        size = human_size(float(data.get("resumed_from") or 0))
        return translate("log", "Attempt {number} resumed at {size}").format(number=number, size=size)
    if what in _ATTEMPT:
        return _with(translate("log", _ATTEMPT[what]).format(number=number), data.get("error"))
    return _with(f"attempt {number} {what}", data.get("error"))


def _command(what: str, data: Mapping[str, Any]) -> str:
    if what == "asked":
        asked = str(data.get("command"))
        kind = next((kind for kind in CommandKind if kind.value == asked), None)
        button = asked if kind is None else button_label(kind)
        return translate("log", "You pressed {button}").format(button=button)
    answer = said(str(data.get("answer") or data.get("state")))
    return translate("log", "Answer: {answer}").format(answer=answer)


def _word(known: Mapping[str, str], what: str) -> str:
    return translate("log", known[what]) if what in known else what


def _by(words: str, data: Mapping[str, Any]) -> str:
    if not data.get("by"):
        return words
    return translate("log", "{what} by {who}").format(what=words, who=program_label(str(data["by"])))


def _with(words: str, cause: object) -> str:
    return f"{words}: {said(str(cause))}" if cause else words
