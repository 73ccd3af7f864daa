"""Host rows for the dashboard: each host's breaker, the downloads that wait for it, and the available actions.

Pure: takes the projection and the time. The labels of the breaker's states are the ones that the user sees.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from launcher_gui.monitor.projection import OperationView, Projection
from launcher_gui.recovery.operation import AttemptOutcome, OperationState
from launcher_gui.recovery.rules.breaker import Breaker, BreakerState
from launcher_gui.text.formatting import clock_time, human_duration
from launcher_gui.text.i18n import counted, marked, translate
from launcher_gui.text.message import localize

RECENT_S = 600.0
"""Attempts that ended longer ago than this do not count towards the failure rate."""

SLICES, SLICE_S = 24, 900.0
"""A host's history consists of this many slices, each this many seconds long."""

_COUNTED = (AttemptOutcome.SUCCEEDED, AttemptOutcome.FAILED)
_ORDER = (BreakerState.ISOLATED, BreakerState.OPEN, BreakerState.HALF_OPEN, BreakerState.CLOSED)
_STATES = {
    BreakerState.CLOSED: marked("hosts", "OK"),
    BreakerState.OPEN: marked("hosts", "Paused after failures"),
    BreakerState.HALF_OPEN: marked("hosts", "Testing"),
    BreakerState.ISOLATED: marked("hosts", "Paused by you"),
}


class HistorySlice(NamedTuple):
    """The outcome of the attempts within one slice of the history.

    Attributes:
        failed: How many failed.
        ended: How many failed or succeeded.
    """

    failed: int = 0
    ended: int = 0


class HostAction(StrEnum):
    """What the user can do about a host."""

    PROBE = "probe"  # lets one waiting download through; its result decides the breaker's state
    RESET = "reset"
    ISOLATE = "isolate"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class HostRow:
    """A host.

    Attributes:
        breaker: Its breaker; a closed one if it has never failed.
        waiting: The downloads that wait for its breaker, oldest first.
        failed: Attempts of the last minutes that failed.
        ended: Attempts of the last minutes that failed or succeeded.
        history: The last hours, the oldest slice first.
    """

    breaker: Breaker
    waiting: tuple[OperationView, ...] = ()
    failed: int = 0
    ended: int = 0
    history: tuple[HistorySlice, ...] = ()

    @property
    def scope(self) -> str:
        """The host's name."""
        return self.breaker.scope

    @property
    def actions(self) -> frozenset[HostAction]:
        """The actions that its present state allows."""
        match self.breaker.state:
            case BreakerState.ISOLATED:
                return frozenset({HostAction.RELEASE})
            case BreakerState.CLOSED:
                reset = {HostAction.RESET} if self.breaker.failures else set()
                return frozenset({HostAction.ISOLATE, *reset})
            case _:
                probe = {HostAction.PROBE} if self.waiting else set()
                return frozenset({HostAction.RESET, HostAction.ISOLATE, *probe})


def host_rows(projection: Projection, now: float) -> tuple[HostRow, ...]:
    """Return every host that has a breaker or unfinished work, paused hosts first."""
    views: dict[str, list[OperationView]] = {scope: [] for scope in projection.breakers}
    for view in projection.views.values():
        scope = view.base.operation.scope
        if scope and (scope in views or not view.state.ended):
            views.setdefault(scope, []).append(view)
    rows = [_row(projection.breakers.get(scope, Breaker(scope)), found, now) for scope, found in views.items()]
    return tuple(sorted(rows, key=lambda row: (_ORDER.index(row.breaker.state), row.scope)))


def held_back(projection: Projection) -> int:
    """Return how many hosts have a breaker that is not closed."""
    return sum(breaker.state is not BreakerState.CLOSED for breaker in projection.breakers.values())


def state_text(row: HostRow) -> str:
    """Return the short label of the breaker's state."""
    return translate("hosts", _STATES[row.breaker.state])


def rate_text(row: HostRow) -> str:
    """Return how many of the latest attempts failed, "4 of 5 (80 %)"; empty if none ended recently."""
    if not row.ended:
        return ""
    share = 100 * row.failed // row.ended
    sentence = translate("hosts", "{failed} of {ended} ({share} %)")
    return sentence.format(failed=row.failed, ended=row.ended, share=share)


def history_text(row: HostRow) -> str:
    """Return the history as text, "12 of 40 attempts failed in 6 h 00 min"; empty if no attempt ended."""
    failed, ended = sum(s.failed for s in row.history), sum(s.ended for s in row.history)
    told = translate("hosts", "{failed} of {ended} attempts failed in {time}")
    return told.format(failed=failed, ended=ended, time=human_duration(SLICES * SLICE_S)) if ended else ""


def probe_text(row: HostRow, now: float) -> str:
    """Return when the host is tried again: a countdown, or the reason why there is none."""
    match row.breaker.state:
        case BreakerState.OPEN:
            left = math.ceil(max(0.0, (row.breaker.retry_at or now) - now))
            soon = translate("hosts", "with the next download")
            return translate("hosts", "in {time}").format(time=human_duration(left)) if left else soon
        case BreakerState.HALF_OPEN:
            return translate("hosts", "now")
        case BreakerState.ISOLATED:
            return translate("hosts", "When you resume it")
        case _:
            return ""


def host_sentence(row: HostRow, now: float) -> str:
    """Return the host's state, its cause, and what happens next."""
    breaker, since = row.breaker, clock_time(row.breaker.changed_at, now)
    match breaker.state:
        case BreakerState.OPEN:
            often = translate("hosts", "Paused since {since} after {count} failed tests.")
            first = translate("hosts", "Paused since {since}.")
            begun = (first if breaker.times_opened < 2 else often).format(since=since, count=breaker.times_opened)
            probed = translate("hosts", "Next retry: {when}.").format(when=probe_text(row, now))
            return _joined(begun, _cause(breaker), probed)
        case BreakerState.HALF_OPEN:
            probing = translate("hosts", "Testing with one download.")
            return _joined(probing, _cause(breaker))
        case BreakerState.ISOLATED:
            held = translate("hosts", "Paused by you since {since}. Downloads from this host wait until you resume it.")
            return held.format(since=since)
        case _ if breaker.failures:
            failed = counted("hosts", "Working, after %n failure(s) in a row.", breaker.failures)
            return _joined(failed, _cause(breaker))
        case _:
            return translate("hosts", "Working normally.")


def _cause(breaker: Breaker) -> str:
    cause = translate("hosts", "Last failure: {error}.").format(error=localize(breaker.last_error))
    return cause if breaker.last_error else ""


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _row(breaker: Breaker, views: Iterable[OperationView], now: float) -> HostRow:
    seen = tuple(views)
    held = breaker.state is not BreakerState.CLOSED
    waiting = tuple(v for v in seen if held and v.state is OperationState.WAITING)
    lately, history = HistorySlice(), [HistorySlice()] * SLICES
    # Slices are aligned to the clock rather than to now, so that a bar does not move from one slice to the next.
    latest = int(now // SLICE_S)
    for at, failed in _ended(seen, (latest - SLICES + 1) * SLICE_S):
        place = int(at // SLICE_S) - latest + SLICES - 1
        history[min(place, SLICES - 1)] = _counted(history[min(place, SLICES - 1)], failed)
        lately = _counted(lately, failed) if at >= now - RECENT_S else lately
    return HostRow(breaker, waiting, lately.failed, lately.ended, tuple(history))


def _counted(slice_: HistorySlice, failed: bool) -> HistorySlice:
    return HistorySlice(slice_.failed + failed, slice_.ended + 1)


def _ended(views: Iterable[OperationView], since: float) -> Iterator[tuple[float, bool]]:
    """Yield the end time of each attempt that ended since ``since``, and whether it failed."""
    for view in views:
        if view.base.operation.updated_at < since:
            continue
        for attempt in reversed(view.attempts):
            if attempt.ended_at is not None and attempt.ended_at < since:
                break
            if attempt.ended_at is not None and attempt.outcome in _COUNTED:
                yield attempt.ended_at, attempt.outcome is AttemptOutcome.FAILED
