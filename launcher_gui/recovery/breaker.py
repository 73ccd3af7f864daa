"""The circuit breaker as a pure state machine.

It owns when calls to a scope are let through. It refuses to know I/O, locks and the clock: ``now`` is an argument, a
new ``Breaker`` is the result, and whoever calls keeps it (persistence/breakers.py, in one transaction).

    closed ──failures reach the threshold──▶ open ──its time is over──▶ half_open ──probe succeeds──▶ closed
                                              ▲                            │
                                              └────────probe fails─────────┘

Two verbs: ``admit`` before a call, ``record`` after it. A half-open breaker lets one probe through at a time; a probe
that never reports gives its place back when its lease ends. A result that belongs to an older generation than the
present one changes nothing, so a late answer cannot close a breaker that has opened since.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

MAX_OPEN_GROWTH = 8
"""An open interval grows at most to this many times the configured one while probes keep failing."""


class BreakerState(StrEnum):
    """Whether calls are let through."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(frozen=True, slots=True)
class BreakerPolicy:
    """When a breaker opens and for how long.

    Attributes:
        threshold: Failures in a row that open it.
        timeout_s: Seconds it stays open the first time; doubles with each failed probe up to ``MAX_OPEN_GROWTH`` times.
        probe_lease_s: Seconds after which an unreported probe gives its place back.
    """

    threshold: int = 5
    timeout_s: float = 60.0
    probe_lease_s: float = 60.0


@dataclass(frozen=True, slots=True)
class Breaker:
    """The breaker of one scope.

    Attributes:
        scope: What it guards; for downloads the host.
        state: Whether calls are let through.
        failures: Failures in a row.
        opens: How often it opened since it was last closed; sets the length of the open interval.
        retry_at: When the next probe may go through: the end of the open interval, or of a probe's lease.
        generation: Goes up with each change of state.
        last_error: The latest failure in words.
        changed_at: When its state last changed.
    """

    scope: str
    state: BreakerState = BreakerState.CLOSED
    failures: int = 0
    opens: int = 0
    retry_at: float | None = None
    generation: int = 0
    last_error: str = ""
    changed_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Admission:
    """The answer to "may I call?".

    Attributes:
        breaker: The breaker after asking.
        admitted: Whether the call may be made.
        retry_at: When to ask again, if not.
    """

    breaker: Breaker
    admitted: bool
    retry_at: float | None = None


def admit(breaker: Breaker, policy: BreakerPolicy, now: float) -> Admission:
    """Ask whether a call may be made at ``now``."""
    if breaker.state is BreakerState.CLOSED:
        return Admission(breaker, admitted=True)
    if breaker.retry_at is not None and now < breaker.retry_at:
        return Admission(breaker, admitted=False, retry_at=breaker.retry_at)
    probing = replace(_moved(breaker, BreakerState.HALF_OPEN, now), retry_at=now + policy.probe_lease_s)
    return Admission(probing, admitted=True)


def record_success(breaker: Breaker, generation: int, now: float) -> Breaker:
    """Return the breaker after a call admitted in ``generation`` succeeded."""
    if generation != breaker.generation or (breaker.state is BreakerState.CLOSED and not breaker.failures):
        return breaker
    if breaker.state is BreakerState.CLOSED:
        return replace(breaker, failures=0)
    return Breaker(breaker.scope, generation=breaker.generation + 1, last_error=breaker.last_error, changed_at=now)


def record_failure(breaker: Breaker, policy: BreakerPolicy, generation: int, error: str, now: float) -> Breaker:
    """Return the breaker after a call admitted in ``generation`` failed with ``error``."""
    if generation != breaker.generation:
        return breaker
    failed = replace(breaker, failures=breaker.failures + 1, last_error=error)
    if breaker.state is BreakerState.CLOSED and failed.failures < policy.threshold:
        return failed
    interval = policy.timeout_s * min(MAX_OPEN_GROWTH, 2 ** min(breaker.opens, 16))
    return replace(_moved(failed, BreakerState.OPEN, now), opens=breaker.opens + 1, retry_at=now + interval)


def reset(breaker: Breaker, now: float) -> Breaker:
    """Return the breaker closed, as a person asked."""
    return Breaker(breaker.scope, generation=breaker.generation + 1, last_error=breaker.last_error, changed_at=now)


def _moved(breaker: Breaker, state: BreakerState, now: float) -> Breaker:
    return replace(breaker, state=state, generation=breaker.generation + 1, changed_at=now)
