"""A report for bug reports: what happened to operations, as data and as text, without secrets.

This module decides what the report contains. The caller supplies the rules for what is secret.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from launcher_gui.recovery.operation import Attempt, Command, Event, Operation, OperationState, Owner
from launcher_gui.recovery.rules.breaker import Breaker
from launcher_gui.recovery.store.ports import Transaction
from launcher_gui.recovery.store.records import SettingChange
from launcher_gui.text.formatting import utc_time
from launcher_gui.text.message import Message, english

MOST_EVENTS = 200
"""How many events of an operation are included, the newest."""

LEFT_OUT = "(left out)"

Redact = Callable[[str], str]
IsSecret = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class OperationReport:
    """Everything that the store has about one operation.

    Attributes:
        operation: Its row.
        attempts: Its attempts, by number.
        commands: The user's commands, oldest first.
        events: Its newest events, oldest first, at most ``MOST_EVENTS``.
    """

    operation: Operation
    attempts: tuple[Attempt, ...]
    commands: tuple[Command, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The contents of the store at one moment.

    Attributes:
        stories: The operations, oldest first.
        owners: The processes that use the store.
        breakers: The circuit breakers.
        settings: The shared settings, by field.
        changes: Who changed which setting.
    """

    stories: tuple[OperationReport, ...]
    owners: tuple[Owner, ...]
    breakers: tuple[Breaker, ...]
    settings: Mapping[str, Any]
    changes: tuple[SettingChange, ...]


def collect(tx: Transaction, ids: Collection[str] | None = None) -> Report:
    """Return what the store has about the operations with these ids, by default about all."""
    found = [each for each in tx.operations.in_states(tuple(OperationState)) if ids is None or each.id in ids]
    chosen = [each.id for each in found]
    asked, happened = tx.commands.among(chosen), tx.events.newest_by_operation(chosen, MOST_EVENTS)
    made = tx.attempts.of_these(chosen)
    return Report(
        stories=tuple(
            OperationReport(each, tuple(made.get(each.id, ())), tuple(asked.get(each.id, ())), tuple(happened[each.id]))
            for each in found
        ),
        owners=tuple(tx.owners.every().values()),
        breakers=tuple(tx.breakers.every()),
        settings=tx.settings.load(),
        changes=tuple(tx.settings.history()),
    )


def as_data(report: Report, about: Mapping[str, str], redact: Redact, is_secret: IsSecret) -> dict[str, Any]:
    """Return the report as JSON data.

    Args:
        report: The contents of the store.
        about: Further facts, such as versions and the time of the report.
        redact: Removes secrets from a text.
        is_secret: Whether a value is secret because of its name.
    """
    data = {
        "about": dict(about),
        "settings": dict(report.settings),
        "setting_changes": [_plain(change) for change in report.changes],
        "breakers": [_plain(breaker) for breaker in report.breakers],
        "owners": [_plain(owner) for owner in report.owners],
        "operations": [_plain(story) for story in report.stories],
    }
    cleaned: dict[str, Any] = without_secrets(data, redact, is_secret)
    return cleaned


def _plain(value: Any) -> Any:
    """Return ``value`` as JSON data; messages are in English, as reports are."""
    if isinstance(value, Message):
        return english(value)
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {name: _plain(member) for name, member in value.items()}
    return [_plain(member) for member in value] if isinstance(value, list | tuple) else value


def without_secrets(value: Any, redact: Redact, is_secret: IsSecret) -> Any:
    """Return JSON data without the values that are secret by name or by form."""
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, Mapping):
        return {
            redact(str(name)): LEFT_OUT if is_secret(str(name)) else without_secrets(member, redact, is_secret)
            for name, member in value.items()
        }
    if isinstance(value, Sequence):
        return [without_secrets(member, redact, is_secret) for member in value]
    return value


def as_text(data: Mapping[str, Any]) -> str:
    """Return a report made by ``as_data`` as readable text."""
    parts = ["\n".join(f"{name}: {value}" for name, value in data["about"].items())]
    parts += [_operation_text(story) for story in data["operations"]] or ["No operations."]
    if data["breakers"]:
        parts.append("\n".join(["Circuit breakers", *(_breaker_text(breaker) for breaker in data["breakers"])]))
    if data["settings"]:
        lines = [f"  {field}: {value}" for field, value in data["settings"].items()]
        parts.append("\n".join(["Settings that are not the default", *lines]))
    return "\n\n".join(parts) + "\n"


def _operation_text(story: Mapping[str, Any]) -> str:
    operation = story["operation"]
    progress = operation["progress"]
    total = "?" if progress["total"] is None else progress["total"]
    lines = [
        f"{operation['function']} {operation['id']}: {operation['state']}",
        f"  because      {operation['reason'] or '-'}",
        f"  decision     {operation['decision'] or '-'}",
        f"  what         {operation['arguments']}",
        f"  progress     {progress['done']} of {total} {progress['phase']}".rstrip(),
        f"  added        {utc_time(operation['created_at'])}",
    ]
    lines += [line for attempt in story["attempts"] for line in _attempt_lines(attempt)]
    lines += [
        f"  {utc_time(command['requested_at'])}  {command['requested_by']} asked: {command['kind']}; "
        f"{command['state']}: {command['answer'] or '-'}"
        for command in story["commands"]
    ]
    return "\n".join(lines)


def _attempt_lines(attempt: Mapping[str, Any]) -> list[str]:
    took = "" if attempt["ended_at"] is None else f"{attempt['ended_at'] - attempt['started_at']:.1f} s"
    lines = [f"  {utc_time(attempt['started_at'])}  attempt {attempt['number']}: {attempt['outcome']} {took}".rstrip()]
    told = {
        "resumed from": f"{attempt['resumed_from']} {attempt['resume_note']}".strip()
        if attempt["resumed_from"]
        else "",
        "cause": attempt["error"],
        "decision": attempt["decision"],
        "detail": attempt["detail"],
    }
    return lines + [f"      {label:<12} {text}" for label, text in told.items() if text]


def _breaker_text(breaker: Mapping[str, Any]) -> str:
    error = f", last error: {breaker['last_error']}" if breaker["last_error"] else ""
    return f"  {breaker['scope']}: {breaker['state']}, {breaker['failures']} failures in a row{error}"
