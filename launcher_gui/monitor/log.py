"""The history of the store in words: one line for each thing that happened, for a person to read.

Reading is a query for the reader's thread; the words are pure. What is not known by its kind is told by its kind.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from launcher_gui.monitor.wording import button_label, human_size
from launcher_gui.recovery.operation import CommandKind, Event
from launcher_gui.recovery.persistence import events

MOST_LINES = 1_000
"""So many lines are read at once, the newest."""

_OPERATION = {
    "operation added": "put into the queue",
    "operation claimed": "taken up by a program",
    "operation removed": "taken off the list",
    "arguments changed": "where it comes from or goes to was changed",
}
_BREAKER = {
    "closed": "trusted again: calls go through",
    "open": "left alone",
    "half_open": "being probed by a single call",
    "isolated": "held back by a person",
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


def read_log(db: sqlite3.Connection, ids: frozenset[str] | None, after: int) -> tuple[LogLine, ...]:
    """Return what happened lately to these operations, or at all, after the line ``after``; oldest first."""
    return tuple(line_of(event) for event in events.newest_about(db, ids, after, MOST_LINES))


def line_of(event: Event) -> LogLine:
    """Return an event as a line."""
    host, words = str(event.data.get("scope", "")), _words(event.kind, event.data)
    return LogLine(event.seq, event.at, event.operation_id, host, words[:1].upper() + words[1:])


def _words(kind: str, data: Mapping[str, Any]) -> str:
    subject, _, what = kind.partition(" ")
    if kind in _OPERATION:
        return _OPERATION[kind]
    match subject:
        case "operation":
            return _with(what, data.get("decision") or data.get("reason"))
        case "attempt":
            return _attempt(what, data)
        case "command":
            return _command(what, data)
        case "breaker":
            by = f" by {data['by']}" if data.get("by") else ""
            return _with(f"{_BREAKER.get(what, what)}{by}", data.get("error"))
        case "setting":
            change = f"from {data.get('before')} to {data.get('after')} by {data.get('by')}"
            return f"the setting {data.get('field')} was changed {change}"
        case _:
            return kind


def _attempt(what: str, data: Mapping[str, Any]) -> str:
    head = f"attempt {data.get('number')}"
    match what:
        case "started":
            return f"{head} began"
        case "went on":
            return f"{head} goes on from {human_size(float(data.get('resumed_from') or 0))}"
        case _:
            return _with(f"{head} {what}", data.get("error"))


def _command(what: str, data: Mapping[str, Any]) -> str:
    if what == "asked":
        asked = str(data.get("command"))
        kind = next((kind for kind in CommandKind if kind.value == asked), None)
        return f"a person asked: {asked if kind is None else button_label(kind)}"
    return f"what was asked was answered: {data.get('answer') or data.get('state')}"


def _with(words: str, cause: object) -> str:
    if not cause:
        return words
    return str(cause) if str(cause).startswith(words) else f"{words}: {cause}"
