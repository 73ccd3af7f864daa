"""The store's record of an operation as raw text, for debugging and bug reports."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from launcher_gui.monitor.projection import OperationView
from launcher_gui.recovery.operation import Attempt
from launcher_gui.text.formatting import utc_time
from launcher_gui.text.message import english


def recorded_text(view: OperationView, attempt: Attempt | None) -> str:
    """Return the technical details of an attempt, if there is one, and everything recorded of it and its operation."""
    parts = [] if attempt is None else [attempt.detail, "\n".join(_attempt_lines(attempt))]
    return "\n\n".join(part for part in (*parts, "\n".join(_operation_lines(view))) if part)


def _attempt_lines(attempt: Attempt) -> Iterator[str]:
    yield f"attempt: {attempt.number}"
    yield f"began: {utc_time(attempt.started_at, 'milliseconds')}"
    if attempt.ended_at is not None:
        yield f"ended: {utc_time(attempt.ended_at, 'milliseconds')}"
    told = {
        "outcome": attempt.outcome.value,
        "category": attempt.category,
        "resumed from byte": attempt.resumed_from,
        "failure kind": attempt.failure_kind,
        "evidence": english(attempt.resume_note),
        "decision": english(attempt.decision),
        "wait, s": attempt.wait_s,
        "process": attempt.owner_id,
    }
    yield from _lines(told)


def _operation_lines(view: OperationView) -> Iterator[str]:
    # Progress is left out: text that changes all the time cannot be selected.
    row = view.base.operation
    told = {
        "operation": row.id,
        "step of": row.parent_id,
        "function": row.function,
        "state": row.state.value,
        "version": row.version,
        "key": row.exclusive_key,
    }
    yield from _lines(told)
    yield from _lines({f"argument {name}": _plain(value) for name, value in row.arguments.items()})
    if row.result is not None:
        yield f"result: {_plain(row.result)}"


def _lines(told: Mapping[str, object]) -> Iterator[str]:
    return (f"{name}: {value}" for name, value in told.items() if value not in (None, ""))


def _plain(value: object) -> object:
    return value if isinstance(value, str) or value is None else json.dumps(value, ensure_ascii=False)
