"""The circuit breaker as a pure state machine.

It decides when calls to a scope are allowed. It knows nothing of I/O, locks or the clock: ``now`` is an argument, a new
``Breaker`` is the result, and the caller keeps it (``execution/guards.py`` in this process, the store for all).

    closed ──failures in a row, or their share──▶ open ──its interval ends──▶ half_open ──probes succeed──▶ closed
                                                   ▲                            │
                                                   └───────a probe fails────────┘
    any ──the user isolates it──▶ isolated ──the user resets it──▶ closed

Two verbs: ``admit`` before a call, ``record`` after it; ``abandon`` if no result will follow. A half-open breaker
admits a limited number of probes; a probe that never reports frees its permit when its lease ends. A result whose
ticket belongs to an older generation, or to a permit that was freed, changes nothing: a late result cannot close a
breaker that has opened since.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from launcher_gui.text.message import NOTHING, Message, message

MAX_OPEN_GROWTH = 8
"""Limit of the growth of the open interval, as a multiple of the configured one, while probes keep failing."""

WINDOW_SLICES = 10
"""The window of the failure rate moves in steps of a tenth of its length."""


class BreakerState(StrEnum):
    """Whether calls are admitted."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"
    ISOLATED = "isolated"  # held open by the user; only the user closes it


@dataclass(frozen=True, slots=True)
class BreakerPolicy:
    """When a breaker opens and for how long.

    Attributes:
        threshold: Failures in a row that open it.
        timeout_s: Seconds it stays open the first time; doubles with each failed probe up to ``MAX_OPEN_GROWTH`` times.
        failure_rate: Share of failed calls within the window, above 0 up to 1, that opens it; 0 turns this off.
        window_s: Length of that window in seconds.
        minimum_calls: Fewest calls within the window for the rate to count.
        slow_call_s: A call that takes longer than this counts as failed; 0 turns this off.
        probes: How many calls a half-open breaker admits, and how many of them must succeed to close it.
        probe_lease_s: Seconds after which a probe without a result frees its permit.
    """

    threshold: int = 5
    timeout_s: float = 60.0
    failure_rate: float = 0.0
    window_s: float = 60.0
    minimum_calls: int = 10
    slow_call_s: float = 0.0
    probes: int = 1
    probe_lease_s: float = 60.0


class CallCounts(NamedTuple):
    """Calls within one slice of the window."""

    number: int
    calls: int
    failed: int


class Probe(NamedTuple):
    """A call that a half-open breaker admitted."""

    permit: int
    lease_until: float


@dataclass(frozen=True, slots=True)
class Breaker:
    """The breaker of one scope.

    Attributes:
        scope: What it guards; for downloads the host.
        state: Whether calls are admitted.
        failures: Failures in a row.
        times_opened: How often it opened since it was last closed; sets the length of the open interval.
        retry_at: When to ask again: the end of the open interval, or of a probe's lease; ``None`` if neither
            applies.
        generation: Goes up with each change of state.
        last_error: The latest failure.
        changed_at: When its state last changed.
        recent: The calls within the window, oldest first; kept while it is closed and a failure rate is set.
        probes: The running probes.
        probed: Probes admitted since it became half-open.
        proven: How many of them have succeeded.
    """

    scope: str
    state: BreakerState = BreakerState.CLOSED
    failures: int = 0
    times_opened: int = 0
    retry_at: float | None = None
    generation: int = 0
    last_error: Message = NOTHING
    changed_at: float = 0.0
    recent: tuple[CallCounts, ...] = ()
    probes: tuple[Probe, ...] = ()
    probed: int = 0
    proven: int = 0


FORCED = 0
"""The permit of a call that the user forces through: its result counts, and it uses no probe permit."""


class Ticket(NamedTuple):
    """What an admitted call hands back with its result.

    Attributes:
        generation: Of the breaker at admission.
        permit: Number of the probe; ``FORCED`` for a call that is not a probe.
    """

    generation: int
    permit: int = FORCED


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether a call may be made.

    Attributes:
        breaker: The breaker after asking.
        admitted: Whether the call may be made.
        ticket: Goes with the result, also of a call that is made without being admitted.
        retry_at: When to ask again, if not admitted; ``None`` while the breaker is isolated.
    """

    breaker: Breaker
    admitted: bool
    ticket: Ticket
    retry_at: float | None = None


def admit(breaker: Breaker, policy: BreakerPolicy, now: float) -> Admission:
    """Ask whether a call may be made at ``now``."""
    ticket = Ticket(breaker.generation)
    match breaker.state:
        case BreakerState.CLOSED:
            return Admission(breaker, admitted=True, ticket=ticket)
        case BreakerState.ISOLATED:
            return Admission(breaker, admitted=False, ticket=ticket)
        case BreakerState.OPEN if _is_ahead(breaker.retry_at, now, policy.timeout_s * MAX_OPEN_GROWTH):
            return Admission(breaker, admitted=False, ticket=ticket, retry_at=breaker.retry_at)
        case BreakerState.OPEN:
            return _probing(_moved(breaker, BreakerState.HALF_OPEN, now), policy, now)
        case BreakerState.HALF_OPEN:
            under_way = tuple(p for p in breaker.probes if _is_ahead(p.lease_until, now, policy.probe_lease_s))
            if len(under_way) + breaker.proven < policy.probes:
                return _probing(replace(breaker, probes=under_way), policy, now)
            return Admission(breaker, admitted=False, ticket=ticket, retry_at=breaker.retry_at)


def record(
    breaker: Breaker, policy: BreakerPolicy, ticket: Ticket, now: float, error: Message | None, duration_s: float = 0.0
) -> Breaker:
    """Return the breaker after a call with ``ticket`` succeeded, or failed with ``error``, after ``duration_s``."""
    known = ticket.permit == FORCED or any(probe.permit == ticket.permit for probe in breaker.probes)
    if ticket.generation != breaker.generation or not known or breaker.state is BreakerState.ISOLATED:
        return breaker
    if error is None and policy.slow_call_s and duration_s > policy.slow_call_s:
        error = message("breaker.slow_call", took_s=round(duration_s, 1))
    if breaker.state is BreakerState.CLOSED:
        return _counted(breaker, policy, now, error)
    if error is not None:
        return _opened(replace(breaker, failures=breaker.failures + 1), policy, now, error)
    proving = abandon(breaker, ticket)
    if breaker.state is BreakerState.OPEN or breaker.proven + 1 >= policy.probes:
        return reset(breaker, now)
    return replace(proving, proven=breaker.proven + 1)


def abandon(breaker: Breaker, ticket: Ticket) -> Breaker:
    """Return the breaker after a call with ``ticket`` ended without a result: its permit is free again."""
    if ticket.generation != breaker.generation or all(probe.permit != ticket.permit for probe in breaker.probes):
        return breaker
    left = tuple(probe for probe in breaker.probes if probe.permit != ticket.permit)
    return replace(breaker, probes=left, retry_at=min((probe.lease_until for probe in left), default=None))


def reset(breaker: Breaker, now: float) -> Breaker:
    """Return the breaker closed: the user reset it, or its probes succeeded."""
    return Breaker(breaker.scope, generation=breaker.generation + 1, last_error=breaker.last_error, changed_at=now)


def isolate(breaker: Breaker, now: float) -> Breaker:
    """Return the breaker held open until the user resets it."""
    return replace(_moved(breaker, BreakerState.ISOLATED, now), retry_at=None, recent=())


def _counted(breaker: Breaker, policy: BreakerPolicy, now: float, error: Message | None) -> Breaker:
    """Return a closed breaker after one more result."""
    recent = _with_call(breaker.recent, policy, now, failed=error is not None) if policy.failure_rate else ()
    if error is None:
        return replace(breaker, failures=0, recent=recent) if breaker.failures or recent != breaker.recent else breaker
    failed = replace(breaker, failures=breaker.failures + 1, recent=recent, last_error=error)
    if failed.failures >= policy.threshold or _is_failing(recent, policy):
        return _opened(failed, policy, now, error)
    return failed


def _with_call(
    recent: tuple[CallCounts, ...], policy: BreakerPolicy, now: float, *, failed: bool
) -> tuple[CallCounts, ...]:
    number = int(now / policy.window_s * WINDOW_SLICES)
    # Later slices were counted before the clock was set back.
    kept = [s for s in recent if number - WINDOW_SLICES < s.number <= number]
    last = kept.pop() if kept and kept[-1].number == number else CallCounts(number, 0, 0)
    return (*kept, CallCounts(number, last.calls + 1, last.failed + failed))


def _is_failing(recent: tuple[CallCounts, ...], policy: BreakerPolicy) -> bool:
    calls = sum(s.calls for s in recent)
    return calls >= policy.minimum_calls and sum(s.failed for s in recent) >= policy.failure_rate * calls > 0


def _probing(breaker: Breaker, policy: BreakerPolicy, now: float) -> Admission:
    probe = Probe(breaker.probed + 1, now + policy.probe_lease_s)
    probes = (*breaker.probes, probe)
    after = replace(breaker, probes=probes, probed=probe.permit, retry_at=min(probe.lease_until for probe in probes))
    return Admission(after, admitted=True, ticket=Ticket(after.generation, probe.permit))


def _opened(breaker: Breaker, policy: BreakerPolicy, now: float, error: Message) -> Breaker:
    interval = policy.timeout_s * min(MAX_OPEN_GROWTH, 2 ** min(breaker.times_opened, 16))
    return replace(
        _moved(breaker, BreakerState.OPEN, now),
        times_opened=breaker.times_opened + 1,
        retry_at=now + interval,
        last_error=error,
        recent=(),
    )


def _moved(breaker: Breaker, state: BreakerState, now: float) -> Breaker:
    return replace(
        breaker, state=state, generation=breaker.generation + 1, changed_at=now, probes=(), probed=0, proven=0
    )


def _is_ahead(time: float | None, now: float, longest_s: float) -> bool:
    """Return whether ``time`` is in the future; one further ahead than possible is another clock's."""
    return time is not None and now < time <= now + longest_s
