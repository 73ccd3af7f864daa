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
    "operation added": marked("log", "put into the queue"),
    "operation claimed": marked("log", "taken up by a program"),
    "operation removed": marked("log", "taken off the list"),
    "operation moved": marked("log", "given another place in the queue"),
    "arguments changed": marked("log", "where it comes from or goes to was changed"),
}
_STATES = {
    "queued": marked("log", "queued"),
    "running": marked("log", "running"),
    "waiting": marked("log", "waiting"),
    "paused": marked("log", "paused"),
    "interrupted": marked("log", "interrupted"),
    "cancelled": marked("log", "cancelled"),
    "failed": marked("log", "failed"),
    "completed": marked("log", "completed"),
}
_ATTEMPT = {
    "started": marked("log", "attempt {number} began"),
    "succeeded": marked("log", "attempt {number} succeeded"),
    "failed": marked("log", "attempt {number} failed"),
    "paused": marked("log", "attempt {number} paused"),
    "cancelled": marked("log", "attempt {number} cancelled"),
    "interrupted": marked("log", "attempt {number} interrupted"),
}
_BREAKER = {
    "closed": marked("log", "trusted again: calls go through"),
    "open": marked("log", "left alone"),
    "half_open": marked("log", "being probed by a single call"),
    "isolated": marked("log", "held back by a person"),
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
            changed = translate("log", "the setting {field} was changed from {before} to {after}")
            told = changed.format(field=data.get("field"), before=data.get("before"), after=data.get("after"))
            return _by(told, data)
        case _:
            return kind


def _attempt(what: str, data: Mapping[str, Any]) -> str:
    number = data.get("number")
    if what == "went on":
        size = human_size(float(data.get("resumed_from") or 0))
        return translate("log", "attempt {number} goes on from {size}").format(number=number, size=size)
    if what in _ATTEMPT:
        return _with(translate("log", _ATTEMPT[what]).format(number=number), data.get("error"))
    return _with(f"attempt {number} {what}", data.get("error"))


def _command(what: str, data: Mapping[str, Any]) -> str:
    if what == "asked":
        asked = str(data.get("command"))
        kind = next((kind for kind in CommandKind if kind.value == asked), None)
        button = asked if kind is None else button_label(kind)
        return translate("log", "a person asked: {button}").format(button=button)
    answer = said(str(data.get("answer") or data.get("state")))
    return translate("log", "what was asked was answered: {answer}").format(answer=answer)


def _word(known: Mapping[str, str], what: str) -> str:
    return translate("log", known[what]) if what in known else what


def _by(words: str, data: Mapping[str, Any]) -> str:
    if not data.get("by"):
        return words
    return translate("log", "{what} by {who}").format(what=words, who=program_label(str(data["by"])))


def _with(words: str, cause: object) -> str:
    return f"{words}: {said(str(cause))}" if cause else words
