"""What to do after a failure, and why: a pure function, so that each decision can be explained."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from launcher_gui.recovery.classification import Classification, Disposition
from launcher_gui.recovery.config import RecoveryConfig
from launcher_gui.recovery.strategies import LONGEST_S
from launcher_gui.text.message import NOTHING, Message, message

NOT_RETRIED = "decision.not_retried"
_BECAUSE, _WITH_REMEDY, _SERVER_ASKED = "decision.because", "decision.with_remedy", "decision.server_asked"


class Parts(NamedTuple):
    """What a decision consists of.

    Attributes:
        decision: What was chosen.
        cause: Why.
        remedy: What the user can do.
    """

    decision: Message
    cause: Message
    remedy: Message


@dataclass(frozen=True, slots=True)
class Decision:
    """What was chosen after a failure.

    Attributes:
        retry: Whether another attempt follows.
        wait_s: Seconds until then.
        words: What was chosen and why.
        exhausted: Whether attempts, time or budget were used up, and nothing else rules out another attempt.
        until_back: Whether the next attempt waits for something that this machine lacks, not for a time.
    """

    retry: bool
    wait_s: float
    words: Message
    exhausted: bool = False
    until_back: bool = False


def decide(
    failure: Classification,
    number: int,
    failures: int,
    backoff_s: float,
    config: RecoveryConfig,
    *,
    word: bool | None = None,
    left_s: float = math.inf,
) -> Decision:
    """Choose what follows when attempt ``number`` has failed.

    Args:
        failure: What is known about the failure.
        number: The attempt that failed, counted over the operation's whole life.
        failures: Failures since the last progress, including this one; the allowed retries count from there.
        backoff_s: The wait that the strategy chose, used unless the other side asked for one.
        config: Bounds.
        word: Whether to retry, according to a strategy that decides for itself; ``None`` if it does not.
        left_s: Seconds left of the total time limit.
    """
    if word is False:
        return Decision(retry=False, wait_s=0.0, words=because(message("decision.not_retried"), failure.reason))
    if failure.disposition is Disposition.PERMANENT and not word:
        words = with_remedy(because(message("decision.not_retried"), failure.reason), failure.fix)
        return Decision(retry=False, wait_s=0.0, words=words)
    if not failure.counts and left_s > 0:
        return Decision(retry=True, wait_s=0.0, words=because(message("decision.retry_now"), failure.reason))
    if failures > config.max_retries:
        return _exhausted(with_remedy(_given_up(number, config), failure.fix))
    asked = _sane(failure.retry_after_s)
    if asked is not None and asked > config.max_retry_after:
        too_long = message("decision.server_wait_too_long", asked_s=asked, most_s=config.max_retry_after)
        return Decision(retry=False, wait_s=0.0, words=with_remedy(too_long, message("fix.resume_later")))
    wait = _chosen(backoff_s, config) if asked is None else asked
    if wait >= left_s:
        return _exhausted(message("decision.total_time", wait_s=wait))
    limit = number + config.max_retries - failures + 1
    chosen = message("decision.wait", wait_s=wait, number=number + 1, limit=limit)
    cause = failure.reason if asked is None else message("decision.server_asked")
    return Decision(retry=True, wait_s=wait, words=because(chosen, cause))


def until_back(lack: Message, failure: Classification) -> Decision:
    """Return the decision to wait until this machine has what it lacks: a network, mostly."""
    words = because(message("decision.wait_for", lack=lack), failure.reason)
    return Decision(retry=True, wait_s=0.0, words=words, until_back=True)


def over_budget(scope: str) -> Decision:
    """Return the decision not to retry because calls to ``scope`` have failed too often recently."""
    return _exhausted(with_remedy(message("decision.over_budget", host=scope), message("fix.resume_later")))


def because(decision: Message, cause: Message) -> Message:
    """Return ``decision`` with its cause."""
    return message("decision.because", decision=decision, cause=cause)


def with_remedy(decision: Message, remedy: Message) -> Message:
    """Return ``decision`` with what the user can do; unchanged if there is nothing."""
    return message("decision.with_remedy", decision=decision, remedy=remedy) if remedy else decision


def taken_apart(words: Message) -> Parts:
    """Return what a decision consists of, as far as it was put together of parts."""
    remedy, cause = NOTHING, NOTHING
    if words.code == _WITH_REMEDY:
        words, remedy = _part(words, "decision"), _part(words, "remedy")
    if words.code == _BECAUSE:
        words, cause = _part(words, "decision"), _part(words, "cause")
    return Parts(words, cause, remedy)


def without_cause(words: Message) -> Message:
    """Return a decision without its cause, for where that stands beside it; that the server asked for a wait stays."""
    parts = taken_apart(words)
    keeps = not parts.cause or parts.cause.code == _SERVER_ASKED
    return words if keeps else with_remedy(parts.decision, parts.remedy)


def _part(words: Message, name: str) -> Message:
    value = words.get(name)
    return value if isinstance(value, Message) else NOTHING


def _exhausted(words: Message) -> Decision:
    return Decision(retry=False, wait_s=0.0, words=words, exhausted=True)


def _chosen(backoff_s: float, config: RecoveryConfig) -> float:
    """Return the wait that a strategy chose as one that can be waited: finite and not negative."""
    wait = _sane(backoff_s) or 0.0
    return min(wait, LONGEST_S) if math.isfinite(wait) else config.max_delay


def _given_up(number: int, config: RecoveryConfig) -> Message:
    if config.max_retries == 0:
        return message("decision.no_retries")
    return message("decision.exhausted", n=number, last=config.max_retries + 1)


def _sane(seconds: float | None) -> float | None:
    """Return a wait that can be waited, ``None`` where there is none: servers and strategies can give any number."""
    return None if seconds is None or math.isnan(seconds) else max(0.0, seconds)
