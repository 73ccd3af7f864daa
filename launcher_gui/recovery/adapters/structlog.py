"""A hook that logs each fact with structlog. Needs the extra ``structlog``."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import structlog
from structlog.typing import FilteringBoundLogger

from launcher_gui.recovery.adapters.errors import class_and_cause
from launcher_gui.recovery.classification import TEXT_LIMIT
from launcher_gui.recovery.hooks import (
    AttemptFailed,
    BreakerMoved,
    Call,
    Fact,
    OperationEnded,
    OperationStarted,
    ProgressMade,
)
from launcher_gui.recovery.operation import OperationState
from launcher_gui.recovery.rules.breaker import BreakerState

_LEVELS = {OperationState.FAILED: logging.ERROR, OperationState.INTERRUPTED: logging.WARNING}


@dataclass(frozen=True, slots=True)
class LogEvent:
    """One line of a log.

    Attributes:
        level: The level, as in the standard library.
        words: What happened; the same for all facts of a kind, so that they can be found.
        fields: The details; unknown ones are left out.
    """

    level: int
    words: str
    fields: dict[str, Any]


class StructlogHook:
    """Logs each fact as one structured event; texts of exceptions are left out.

    Args:
        logger: The logger; ``structlog.get_logger()`` by default.
    """

    def __init__(self, logger: FilteringBoundLogger | None = None) -> None:
        self._logger: FilteringBoundLogger = structlog.get_logger() if logger is None else logger

    def __call__(self, fact: Fact, /) -> None:
        """Log ``fact``."""
        event = event_of(fact)
        self._logger.log(event.level, event.words, **event.fields)


def event_of(fact: Fact) -> LogEvent:
    """Return the log event for a fact."""
    match fact:
        case OperationStarted():
            return _event(logging.INFO, "operation started", fact.call)
        case AttemptFailed():
            return _event(
                logging.WARNING,
                "attempt failed",
                fact.call,
                attempt=fact.number,
                duration_s=fact.duration_s,
                outcome="retrying" if fact.decision.retry else "failed",
                wait_s=fact.decision.wait_s if fact.decision.retry else None,
                decision=str(fact.decision.words)[:TEXT_LIMIT],
                category=str(fact.failure.category),
                error=class_and_cause(fact.error, fact.failure),
            )
        case ProgressMade():
            progress = fact.progress
            return _event(
                logging.DEBUG,
                "progress made",
                fact.call,
                done=progress.done,
                total=progress.total,
                phase=progress.phase or None,
            )
        case OperationEnded():
            return _event(
                _LEVELS.get(fact.state, logging.INFO),
                f"operation {fact.state}",
                fact.call,
                attempt=fact.attempts,
                duration_s=fact.duration_s,
                outcome=str(fact.state),
                error=None if fact.error is None else class_and_cause(fact.error, fact.failure),
            )
        case BreakerMoved():
            return LogEvent(
                logging.INFO if fact.after is BreakerState.CLOSED else logging.WARNING,
                "circuit breaker moved",
                {
                    "scope": fact.scope,
                    "before": str(fact.before),
                    "outcome": str(fact.after),
                    "error": str(fact.reason)[:TEXT_LIMIT],
                },
            )


def _event(level: int, words: str, call: Call, **particulars: object) -> LogEvent:
    fields = {
        "operation_id": call.operation_id,
        "parent_id": call.parent_id,
        "function": call.function,
        "scope": call.scope,
        **particulars,
    }
    return LogEvent(level, words, {name: value for name, value in fields.items() if value is not None})
