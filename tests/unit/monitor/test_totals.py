"""Totals over all operations."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.monitor.totals import Totals, totals_of, totals_text
from launcher_gui.recovery.operation import OperationState
from tests.support.store.projections import NOW, project, record

S = OperationState


def test_only_what_is_under_way_counts() -> None:
    """Operations that have ended or are stopped do not count towards the progress."""
    shown = project(
        record("op-1", S.RUNNING, done=50, total=100),
        record("op-2", S.WAITING, done=10, total=100),
        record("op-3", S.COMPLETED, done=900, total=900),
        record("op-4", S.PAUSED, done=1, total=900),
        record("op-5", S.RUNNING, done=5),
    )
    totals = totals_of(shown.views.values(), NOW)
    assert (totals.running, totals.waiting, totals.done, totals.total) == (2, 1, 60, 200)
    assert totals.fraction == 0.3


def test_it_is_said_in_one_line() -> None:
    """Counts, progress, speed and time left, as far as each is known."""
    assert totals_text(Totals()) == "No active downloads"
    text = totals_text(Totals(2, 1, 450_000_000, 1_000_000_000, 10_000_000))
    assert text == "2 running, 1 waiting · 45 % · 10.0 MB/s · 55 s left"


@given(st.lists(st.tuples(st.sampled_from(list(S)), st.integers(0, 10**12), st.none() | st.integers(0, 10**12))))
def test_the_share_is_one(rows: list[tuple[OperationState, int, int | None]]) -> None:
    """Whatever sizes servers claim, the share that is done is from 0 to 1."""
    shown = project(*(record(f"op-{n}", state, done=d, total=t) for n, (state, d, t) in enumerate(rows)))
    fraction = totals_of(shown.views.values(), NOW).fraction
    assert fraction is None or 0 <= fraction <= 1
