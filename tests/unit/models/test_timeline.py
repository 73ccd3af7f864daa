"""The timeline's arrays and boxes: everything is drawn, with at most one box per pixel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.models.timeline import LaneArrays, TimelineModel, boxes, span_label, span_text, span_tip
from launcher_gui.monitor.lanes import Span, SpanKind
from launcher_gui.monitor.projection import Changes, Projection
from launcher_gui.recovery.operation import OperationState, Progress
from tests.support.gui.crowd import day
from tests.support.store.projections import NOW, attempt, project, record

K = SpanKind


@st.composite
def lanes(draw: st.DrawFn) -> list[Span]:
    """Any spans in order."""
    at, made = 0.0, []
    for _ in range(draw(st.integers(1, 120))):
        start = at + draw(st.floats(0, 5))
        at = start + draw(st.floats(0, 5))
        made.append(Span(draw(st.sampled_from(K)), start, at))
    return made


@given(lanes(), st.floats(0, 400), st.floats(1, 2000))
def test_boxes_cover_what_is_seen(spans: list[Span], first: float, length: float) -> None:
    """Every visible span is in a box of its kind, and no kind has more boxes than pixels."""
    width, now = 300.0, 5000.0
    found = boxes(LaneArrays.of(spans), first, first + length, width, now)
    for kind in K:
        assert sum(box.kind is kind for box in found) <= max(64, width)
    for span in spans:
        middle = (span.start + (span.end or now)) / 2
        if first < middle < first + length:
            x = (middle - first) / length * width
            assert any(b.kind is span.kind and b.left - 0.01 <= x <= b.right + 0.01 for b in found)


def test_a_box_is_never_too_narrow_to_see() -> None:
    """A moment within a year is one pixel wide."""
    (box,) = boxes(LaneArrays.of([Span(K.FAILED, 100.0, 100.1)]), 0, 3e7, 1000, 1e6)
    assert box.right - box.left >= 1


def test_what_goes_on_ends_now() -> None:
    """A span without an end is drawn up to the present."""
    (box,) = boxes(LaneArrays.of([Span(K.RUNNING, 10, None)]), 0, 100, 100, 50)
    assert (box.left, box.right) == (10, 50)


def test_a_wait_counts_down_and_never_below_nothing() -> None:
    """The text of a wait follows the remaining time."""
    wait = Span(K.WAIT, NOW - 5, None, 1, "waiting 20 s: connection reset", NOW + 15)
    assert span_text(wait, NOW) == "Retrying in 15 s: connection reset"
    assert span_text(wait, NOW + 60) == "Retrying now: connection reset"
    assert span_label(wait, NOW) == "15 s"


def test_a_tip_says_when_and_how_long() -> None:
    """A tooltip says what happened, when and for how long."""
    assert span_tip(Span(K.FAILED, NOW - 8, NOW - 3, 2, "Attempt 2 failed: 503"), NOW).endswith(", 5 s")
    assert span_tip(Span(K.RUNNING, NOW - 8, None, 2, "Attempt 2 running"), NOW).endswith("8 s so far")


def test_progress_alone_changes_no_lane() -> None:
    """Progress does not change the timeline."""
    projection = project(record("op-1", OperationState.RUNNING, attempts=[attempt(1)]))
    model = TimelineModel()
    assert model.show(projection, frozenset({"op-1"})) is None
    after = projection.apply(Changes(progress={"op-1": Progress(5, 10, "", NOW)}))
    assert model.show(after, frozenset({"op-1"})) == frozenset()


@pytest.mark.parametrize("gone", ["op-1", "op-3", "op-m1"])
def test_changes_one_by_one_lead_to_the_same_lanes(gone: str) -> None:
    """Whatever the sequence of changes, the timeline equals that of the projection."""
    whole, model = day(), TimelineModel()
    shown = Projection(breakers=whole.breakers, moves=whole.moves)
    for view in whole.views.values():
        shown = Projection({**shown.views, view.id: view}, whole.breakers, whole.moves)
        model.show(shown, frozenset({view.id}))
    left = whole.apply(Changes(removed=(gone,)))
    model.show(left, frozenset({gone}))
    fresh = TimelineModel()
    fresh.show(left, frozenset(left.views))
    assert model.lanes == fresh.lanes
    assert [model.row_of(i) for i in left.views] == [fresh.row_of(i) for i in left.views]
    assert model.row_of(gone) is None


def test_a_span_is_found_where_it_lies() -> None:
    """A click finds the span under it, or one within reach."""
    model, projection = TimelineModel(), project(record("op-1", OperationState.COMPLETED, attempts=[attempt(1)]))
    model.show(projection, frozenset({"op-1"}))
    span = model.lanes[0].spans[0]
    assert model.span_at(0, span.start + 1, NOW) == 0
    assert model.span_at(0, (span.end or 0) + 5, NOW) is None
    assert model.span_at(0, (span.end or 0) + 5, NOW, tolerance_s=6) == 0
