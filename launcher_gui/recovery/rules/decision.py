"""What to do after a failure, and why: a pure function, so that the reason can always be told."""

from __future__ import annotations

import math
from dataclasses import dataclass

from launcher_gui.recovery.classification import Classification, Disposition
from launcher_gui.recovery.config import RecoveryConfig
from launcher_gui.recovery.strategies import LONGEST_S
from launcher_gui.text.message import Message, foreign


@dataclass(frozen=True, slots=True)
class Decision:
    """What was chosen after a failure.

    Attributes:
        retry: Whether another attempt follows.
        wait_s: Seconds until then.
        words: What was chosen and why.
        exhausted: Whether the attempts, the time or the budget were used up, and nothing else forbids another try.
        until_back: Whether the next attempt waits, not for a time, but until this machine has what it lacks.
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
        failures: Failures since the work last came further, this one included; the retries allowed count from there.
        backoff_s: The wait that the strategy chose, used unless the other side asked for one.
        config: Bounds.
        word: What a strategy that decides for itself says: whether to retry.
        left_s: Seconds that are left for the operation as a whole.
    """
    if word is False:
        return Decision(retry=False, wait_s=0.0, words=foreign(f"not retried: the strategy says so ({failure.reason})"))
    if failure.disposition is Disposition.PERMANENT and not word:
        return Decision(
            retry=False, wait_s=0.0, words=foreign(_with_fix(f"not retried: {failure.reason}", str(failure.fix)))
        )
    if not failure.counts and left_s > 0:
        return Decision(retry=True, wait_s=0.0, words=foreign(f"trying again at once: {failure.reason}"))
    if failures > config.max_retries:
        return _exhausted(_with_fix(_given_up(number, config), str(failure.fix)))
    asked = _sane(failure.retry_after_s)
    if asked is not None and asked > config.max_retry_after:
        return Decision(
            retry=False,
            wait_s=0.0,
            words=foreign(
                f"not retried: the server asked for {asked:.0f} s, longer than the {config.max_retry_after:.0f} s "
                "allowed. Resume it later"
            ),
        )
    wait = _chosen(backoff_s, config) if asked is None else asked
    if wait >= left_s:
        return _exhausted(f"gave up: the next wait of {_s(wait)} goes beyond the time allowed in all")
    limit = number + config.max_retries - failures + 1
    following = f"attempt {number + 1} of {limit}"
    if asked is not None:
        return Decision(
            retry=True, wait_s=asked, words=foreign(f"waiting {_s(asked)}, then {following}: the server asked for it")
        )
    return Decision(retry=True, wait_s=wait, words=foreign(f"waiting {_s(wait)}, then {following}: {failure.reason}"))


def until_back(lack: Message, failure: Classification) -> Decision:
    """Return the decision to wait until this machine has ``lack`` again, which is no fault of anybody's."""
    return Decision(retry=True, wait_s=0.0, words=foreign(f"waiting for {lack}: {failure.reason}"), until_back=True)


def over_budget(scope: str) -> Decision:
    """Return the decision not to retry because calls to ``scope`` have failed too often of late."""
    return _exhausted(f"not retried: too many calls to {scope} have failed of late. Resume it later")


def _exhausted(words: str) -> Decision:
    return Decision(retry=False, wait_s=0.0, words=foreign(words), exhausted=True)


def _chosen(backoff_s: float, config: RecoveryConfig) -> float:
    """Return the wait that a strategy chose, whatever it said, as one that can be waited."""
    wait = _sane(backoff_s) or 0.0
    return min(wait, LONGEST_S) if math.isfinite(wait) else config.max_delay


def _given_up(number: int, config: RecoveryConfig) -> str:
    if config.max_retries == 0:
        return "not retried: retries are set to 0"
    return f"gave up after {number} attempts: the last {config.max_retries + 1} brought nothing new"


def _with_fix(words: str, fix: str) -> str:
    return f"{words}. {fix}".removesuffix(".") if fix else words


def _sane(seconds: float | None) -> float | None:
    """Return a wait that can be waited, ``None`` where there is none: servers and strategies can ask for nonsense."""
    return None if seconds is None or math.isnan(seconds) else max(0.0, seconds)


def _s(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 10 and not math.isclose(seconds, round(seconds)) else f"{seconds:.0f} s"
