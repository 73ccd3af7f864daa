"""Host rows: which hosts are listed, their order, their texts and their actions."""

from __future__ import annotations

import pytest

from launcher_gui.monitor.hosts import (
    SLICES,
    HostAction,
    HostRow,
    held_back,
    history_text,
    host_rows,
    host_sentence,
    probe_text,
    rate_text,
    state_text,
)
from launcher_gui.monitor.projection import Changes, OperationRecord, Projection
from launcher_gui.recovery.operation import AttemptOutcome, OperationState
from launcher_gui.recovery.rules.breaker import Breaker, BreakerState
from launcher_gui.text.message import foreign
from tests.support.store.projections import NOW, attempt, record

B, S, H = BreakerState, OperationState, HostAction


def board(*records: OperationRecord, breakers: tuple[Breaker, ...] = ()) -> tuple[HostRow, ...]:
    return host_rows(Projection().apply(Changes(records, breakers=breakers)), NOW)


def test_what_needs_a_look_comes_first() -> None:
    """Paused hosts come before available ones."""
    guards = tuple(Breaker(state.value, state) for state in (B.CLOSED, B.HALF_OPEN, B.ISOLATED, B.OPEN))
    assert [row.breaker.state for row in board(breakers=guards)] == [B.ISOLATED, B.OPEN, B.HALF_OPEN, B.CLOSED]


def test_hosts_of_unfinished_work_are_on_it_before_they_fail() -> None:
    """A host of unfinished work is listed before its first failure; without a breaker, finished work is not listed."""
    rows = board(record("a", S.RUNNING, scope="new"), record("b", S.COMPLETED, scope="done"), record("c", scope=None))
    assert [(row.scope, row.breaker.state) for row in rows] == [("new", B.CLOSED)]


def test_who_waits_is_told_for_hosts_that_are_held_back() -> None:
    """Only waiting downloads of a paused host count as waiting for it."""
    waits = (
        record("a", S.WAITING, scope="bad"),
        record("b", S.RUNNING, scope="bad"),
        record("c", S.WAITING, scope="ok"),
    )
    bad, ok = board(*waits, breakers=(Breaker("bad", B.OPEN), Breaker("ok")))
    assert [view.id for view in bad.waiting] == ["a"]
    assert ok.waiting == ()


def test_the_share_that_failed_is_of_the_last_minutes() -> None:
    """Attempts that ended long ago, or were stopped by the user, do not count."""
    tries = (
        attempt(1, AttemptOutcome.FAILED, started_at=NOW - 4000, ended_at=NOW - 3990),
        attempt(2, AttemptOutcome.FAILED, started_at=NOW - 90, ended_at=NOW - 80),
        attempt(3, AttemptOutcome.PAUSED, started_at=NOW - 70, ended_at=NOW - 60),
        attempt(4, AttemptOutcome.SUCCEEDED, started_at=NOW - 50, ended_at=NOW - 40),
    )
    (row,) = board(record(state=S.QUEUED, attempts=tries, scope="host"))
    assert rate_text(row) == "1 of 2 (50 %)"


@pytest.mark.parametrize(
    ("breaker", "waits", "actions"),
    [
        (Breaker("h"), False, {H.ISOLATE}),
        (Breaker("h", failures=2), False, {H.ISOLATE, H.RESET}),
        (Breaker("h", B.OPEN), True, {H.PROBE, H.RESET, H.ISOLATE}),
        (Breaker("h", B.OPEN), False, {H.RESET, H.ISOLATE}),
        (Breaker("h", B.HALF_OPEN), False, {H.RESET, H.ISOLATE}),
        (Breaker("h", B.ISOLATED), True, {H.RELEASE}),
    ],
)
def test_only_what_makes_sense_can_be_done(breaker: Breaker, waits: bool, actions: set[HostAction]) -> None:
    """Each state has its actions; a probe needs a waiting download."""
    records = [record(state=S.WAITING, scope="h")] if waits else []
    (row,) = board(*records, breakers=(breaker,))
    assert row.actions == actions


def test_the_countdown_never_goes_below_nothing() -> None:
    """After the wait, the next call is the probe."""
    row = HostRow(Breaker("h", B.OPEN, retry_at=NOW + 9.2))
    assert [probe_text(row, NOW + s) for s in (0, 9, 9.2, 99)] == ["in 10 s", "in 1 s", *2 * ["with the next download"]]


@pytest.mark.parametrize(
    ("breaker", "state", "words"),
    [
        (
            Breaker("h", B.OPEN, 5, 2, NOW + 5, 1, foreign("503"), NOW),
            "Paused after failures",
            ("after 2 failed tests", "failure: 503", "in 5 s"),
        ),
        (Breaker("h", B.HALF_OPEN), "Testing", ("one download",)),
        (Breaker("h", B.ISOLATED), "Paused by you", ("by you", "until you resume it")),
        (Breaker("h", failures=3, last_error=foreign("reset")), "OK", ("3 failures in a row", "reset")),
        (Breaker("h", failures=1), "OK", ("after 1 failure in a row",)),
        (Breaker("h"), "OK", ("Working normally.",)),
    ],
)
def test_each_state_is_told_in_words(breaker: Breaker, state: str, words: tuple[str, ...]) -> None:
    """The sentence contains state, cause and next step."""
    row = HostRow(breaker)
    assert state_text(row) == state
    assert all(part in host_sentence(row, NOW) for part in words)


def test_the_tab_counts_what_is_not_trusted() -> None:
    """The tab counts the breakers that are not closed."""
    guards = (Breaker("a"), Breaker("b", B.OPEN), Breaker("c", B.ISOLATED))
    assert held_back(Projection().apply(Changes(breakers=guards))) == 2


@pytest.mark.parametrize("now", [NOW, NOW + 899.0, NOW - 450.0])
def test_the_history_is_told_in_slices(now: float) -> None:
    """Each attempt counts in the slice in which it ended; older ones are left out."""
    tries = tuple(
        attempt(n, outcome, started_at=now - ago - 1, ended_at=now - ago)
        for n, (ago, outcome) in enumerate(
            [(90_000, AttemptOutcome.FAILED), (4_000, AttemptOutcome.FAILED), (1, AttemptOutcome.SUCCEEDED)], 1
        )
    )
    shown = Projection().apply(Changes((record("a", S.RUNNING, attempts=tries),)))
    (row,) = host_rows(shown, now)
    assert len(row.history) == SLICES
    assert row.history[-1] == (0, 1)
    assert [part for part in row.history if part.ended] == [(1, 1), (0, 1)]
    assert history_text(row) == "1 of 2 attempts failed in 6 h 00 min"
