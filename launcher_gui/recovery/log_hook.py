"""The default hook: logs facts through the standard library's logging.

Every record has the attributes ``operation_id``, ``parent_id``, ``function`` and ``scope``, and those of ``attempt``,
``duration`` (seconds), ``outcome``, ``wait`` (seconds), ``category`` and ``decision`` that apply, for formatters that
write structured logs. Texts of exceptions are not logged, because they may contain secrets.
"""

from __future__ import annotations

import logging

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
from launcher_gui.text.message import english

operations_log = logging.getLogger("launcher_gui.recovery.operations")
"""The logger. A program that displays operations in another way sets its level."""


def log_fact(fact: Fact) -> None:
    """Log one fact: a retry or a failure as a warning, an end as information, the rest for debugging."""
    match fact:
        case AttemptFailed():
            retries = fact.decision.retry
            failed = f"attempt {fact.number} of {fact.call.function}" if retries else fact.call.function
            _say(
                logging.WARNING,
                f"{failed} failed: {fact.decision.words}",
                fact.call,
                attempt=fact.number,
                duration=fact.duration_s,
                outcome="retrying" if retries else "failed",
                category=str(fact.failure.category),
                decision=english(fact.decision.words),
                **({"wait": fact.decision.wait_s} if retries else {}),
            )
        case OperationEnded():
            _say(
                logging.INFO,
                f"{fact.call.function} {_ended(fact.state)} after {fact.duration_s:.3f} s",
                fact.call,
                attempt=fact.attempts,
                duration=fact.duration_s,
                outcome=str(fact.state),
            )
        case OperationStarted():
            _say(logging.DEBUG, f"{fact.call.function} started", fact.call, outcome="started")
        case ProgressMade():
            pass
        case BreakerMoved():
            operations_log.warning(
                "the circuit breaker of %s is %s: %s",
                fact.scope,
                fact.after,
                fact.reason,
                extra={"scope": fact.scope, "outcome": str(fact.after)},
            )


_WORDS = {OperationState.PAUSED: "was paused", OperationState.QUEUED: "was parked"}


def _ended(state: OperationState) -> str:
    return _WORDS.get(state, str(state))


def _say(level: int, words: str, call: Call, **particulars: object) -> None:
    if operations_log.isEnabledFor(level):
        identity = {
            "operation_id": call.operation_id,
            "parent_id": call.parent_id,
            "function": call.function,
            "scope": call.scope,
        }
        operations_log.log(level, "%s", words, extra=identity | particulars)
