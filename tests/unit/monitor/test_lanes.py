"""The timeline's lanes: spans and marks follow from the stored rows, and spans do not overlap."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.monitor.lanes import MarkKind, SpanKind, lane_of, lanes_of
from launcher_gui.monitor.projection import BreakerMove, Changes, OperationRecord, OperationView, Projection
from launcher_gui.recovery.operation import Attempt, AttemptOutcome, Command, CommandKind, CommandState, OperationState
from launcher_gui.recovery.rules.breaker import BreakerState
from launcher_gui.text.message import NOTHING, foreign
from tests.support.store.projections import NOW, project, record

A, S, K = AttemptOutcome, OperationState, SpanKind


def tried(number: int, at: float, took: float | None, outcome: AttemptOutcome, **facts: object) -> Attempt:
    ended = None if took is None else at + took
    return Attempt(number, at, ended, outcome, **facts)  # type: ignore[arg-type]


def shown(made: OperationRecord, *commands: Command) -> OperationView:
    return OperationView(replace(made, commands=commands))


def kinds(view: OperationView) -> list[SpanKind]:
    return [span.kind for span in lane_of(view).spans]


def paused(at: float, state: CommandState = CommandState.DONE) -> Command:
    return Command(1, "op-1", CommandKind.PAUSE, {}, 1, state, foreign("done"), "window", at - 1, at)


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (A.SUCCEEDED, K.SUCCEEDED),
        (A.FAILED, K.FAILED),
        (A.PAUSED, K.STOPPED),
        (A.CANCELLED, K.STOPPED),
        (A.INTERRUPTED, K.CUT_OFF),
    ],
)
def test_an_attempt_is_a_span_of_its_outcome(outcome: AttemptOutcome, kind: SpanKind) -> None:
    """Each outcome has a kind of span, as long as the attempt."""
    view = shown(record(state=S.COMPLETED, attempts=[tried(1, NOW, 7, outcome)]))
    (span,) = lane_of(view).spans
    assert (span.kind, span.start, span.end, span.number) == (kind, NOW, NOW + 7, 1)


def test_a_running_attempt_has_no_end() -> None:
    """A span in progress has no end; the drawing code supplies the present time."""
    (span,) = lane_of(shown(record(state=S.RUNNING, attempts=[tried(1, NOW, None, A.RUNNING)]))).spans
    assert (span.kind, span.end) == (K.RUNNING, None)


def test_what_lies_between_a_failure_and_the_next_attempt_is_a_wait() -> None:
    """A wait has its reason and the number of the attempt before it."""
    first = tried(1, NOW, 10, A.FAILED, wait_s=20.0, decision=foreign("waiting 20 s: connection reset"))
    wait = lane_of(shown(record(state=S.RUNNING, attempts=[first, tried(2, NOW + 30, None, A.RUNNING)]))).spans[1]
    assert (wait.kind, wait.start, wait.end) == (K.WAIT, NOW + 10, NOW + 30)
    assert (wait.number, wait.words) == (1, "waiting 20 s: connection reset")


def test_a_wait_that_goes_on_says_until_when() -> None:
    """A wait in progress has its expected end."""
    first = tried(1, NOW, 10, A.FAILED, wait_s=60.0)
    wait = lane_of(shown(record(state=S.WAITING, retry_at=NOW + 70, attempts=[first]))).spans[-1]
    assert (wait.kind, wait.end, wait.until) == (K.WAIT, None, NOW + 70)


def test_an_operation_that_a_breaker_holds_back_waits_before_its_first_attempt() -> None:
    """A wait before the first attempt is shown, too."""
    (wait,) = lane_of(shown(record(state=S.WAITING, retry_at=NOW + 9, decision="waiting"))).spans
    assert (wait.kind, wait.number, wait.until) == (K.WAIT, 0, NOW + 9)


@pytest.mark.parametrize("state", [S.PAUSED, S.INTERRUPTED, S.QUEUED])
def test_what_stands_still_rests(state: OperationState) -> None:
    """After the last attempt of an unfinished operation, an open span follows."""
    assert kinds(shown(record(state=state, attempts=[tried(1, NOW, 5, A.PAUSED)]))) == [K.STOPPED, K.PAUSE]


@pytest.mark.parametrize("state", [S.COMPLETED, S.FAILED, S.CANCELLED])
def test_nothing_follows_what_has_ended(state: OperationState) -> None:
    """A lane ends with its operation."""
    assert kinds(shown(record(state=state, attempts=[tried(1, NOW, 5, A.FAILED)]))) == [K.FAILED]


def test_a_pause_cuts_a_wait_short() -> None:
    """A pause during a wait ends the wait and begins a pause."""
    first = tried(1, NOW, 10, A.FAILED, wait_s=60.0)
    attempts = [first, tried(2, NOW + 100, None, A.RUNNING)]
    spans = lane_of(shown(record(state=S.RUNNING, attempts=attempts), paused(NOW + 30))).spans
    assert [(s.kind, s.start, s.end) for s in spans[1:3]] == [
        (K.WAIT, NOW + 10, NOW + 30),
        (K.PAUSE, NOW + 30, NOW + 100),
    ]


def test_what_people_asked_is_marked_with_its_answer() -> None:
    """A mark says who sent which command, and its answer."""
    (mark,) = lane_of(shown(record(), paused(NOW))).marks
    assert (mark.kind, mark.at, mark.words) == (MarkKind.ASKED, NOW - 1, "Pause (Window): done")


def test_a_command_without_answer_says_so() -> None:
    """A mark does not claim more than the store says."""
    asked = replace(paused(NOW), state=CommandState.PENDING, answer=NOTHING, answered_at=None)
    assert lane_of(shown(record(), asked)).marks[0].words.endswith("no answer yet")


def test_another_owner_is_marked() -> None:
    """A mark shows where another process took over."""
    attempts = [tried(1, NOW, 5, A.INTERRUPTED, owner_id="a"), tried(2, NOW + 9, None, A.RUNNING, owner_id="b")]
    (mark,) = lane_of(shown(record(state=S.RUNNING, attempts=attempts))).marks
    assert (mark.kind, mark.at) == (MarkKind.OWNER, NOW + 9)


def test_a_host_has_a_lane_above_its_operations() -> None:
    """The lane of a host's breaker comes directly before the operations of that host."""
    moves = (
        BreakerMove("b", BreakerState.OPEN, NOW, foreign("503")),
        BreakerMove("b", BreakerState.HALF_OPEN, NOW + 5),
        BreakerMove("b", BreakerState.CLOSED, NOW + 6),
        BreakerMove("b", BreakerState.ISOLATED, NOW + 9),
    )
    rows = (record("op-1", scope="a"), record("op-2", scope="b"), record("op-3", scope="a"))
    lanes = lanes_of(Projection().apply(Changes(rows, moves=moves)))
    assert [lane.id for lane in lanes] == ["op-1", "op-3", "b", "op-2"]
    host = lanes[2]
    assert [(s.kind, s.start, s.end) for s in host.spans] == [
        (K.OPEN, NOW, NOW + 5),
        (K.HALF_OPEN, NOW + 5, NOW + 6),
        (K.ISOLATED, NOW + 9, None),
    ]
    assert [mark.kind for mark in host.marks] == [MarkKind.CLOSED]
    assert host.spans[0].words == "host paused: 503"


def test_steps_follow_their_operation() -> None:
    """A step comes below its operation, whichever was created first."""
    lanes = lanes_of(project(record("step", parent_id="whole"), record("other"), record("whole")))
    assert [(lane.id, lane.is_step) for lane in lanes] == [("other", False), ("whole", False), ("step", True)]


def test_a_step_whose_operation_is_gone_is_still_shown() -> None:
    """A step without its operation has a lane, too."""
    assert [lane.id for lane in lanes_of(project(record("step", parent_id="gone")))] == ["step"]


@st.composite
def histories(draw: st.DrawFn) -> OperationView:
    """Any attempts at any times, including those that a clock that was set back produces."""
    count = draw(st.integers(0, 8))
    attempts = []
    for number in range(1, count + 1):
        at, took = draw(st.floats(0, 1000)), draw(st.floats(0, 200))
        last = number == count
        outcome = draw(st.sampled_from([o for o in A if o is not A.RUNNING or last]))
        wait = draw(st.none() | st.floats(0, 50))
        attempts.append(tried(number, at, None if outcome is A.RUNNING else took, outcome, wait_s=wait))
    commands = tuple(paused(at) for at in draw(st.lists(st.floats(0, 1200), max_size=3)))
    return shown(
        record(state=draw(st.sampled_from(S)), attempts=attempts, retry_at=draw(st.floats(0, 2000))), *commands
    )


@given(histories())
def test_spans_are_in_order_and_never_overlap(view: OperationView) -> None:
    """Whatever the clock did, no span is negative, none overlaps another, and only the last is in progress."""
    spans = lane_of(view).spans
    for before, after in pairwise(spans):
        assert before.end is not None
        assert before.start <= before.end <= after.start
    assert all(span.end is None or span.start <= span.end for span in spans)


@given(histories())
def test_every_attempt_has_its_span(view: OperationView) -> None:
    """Each attempt has exactly one span."""
    rests = {K.WAIT, K.PAUSE}
    assert [s.number for s in lane_of(view).spans if s.kind not in rests] == [a.number for a in view.attempts]


@given(st.lists(st.tuples(st.sampled_from(A), st.floats(-5, 30), st.booleans()), min_size=1, max_size=12))
def test_a_lane_that_goes_on_is_the_lane_made_anew(story: list[tuple[AttemptOutcome, float, bool]]) -> None:
    """Reused spans equal computed ones, whatever the clock did."""
    at, ended, asked = NOW, list[Attempt](), list[Command]()
    before = lane_of(shown(record()))
    for number, (outcome, took, pause) in enumerate(story, 1):
        runs = tried(number, at, None, A.RUNNING)
        last = runs if outcome is A.RUNNING else tried(number, at, took, outcome, wait_s=5.0 if pause else None)
        asked += [paused(at + took / 2)] if pause else []
        for attempts in ([*ended, runs], [*ended, last]):
            view = shown(record(state=S.RUNNING, attempts=attempts), *asked)
            lane = lane_of(view)
            lane.go_on_from(before)
            assert lane.spans == lane_of(view).spans
            before = lane
        at += took + 1
        ended.append(replace(last, ended_at=at) if last.ended_at is None else last)
