"""The projection as a fold: however changes are grouped, the result is the same, and its speeds are plausible."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.monitor.projection import (
    RATE_WINDOW_S,
    Changes,
    OperationRecord,
    OperationView,
    Projection,
)
from launcher_gui.recovery.operation import Attempt, CommandKind, Operation, OperationState, Progress

NOW = 1_700_000_000.0
RUNNING = OperationState.RUNNING


def operation(operation_id: str = "one", state: OperationState = RUNNING, **facts: object) -> Operation:
    """Return an operation as the store has it."""
    known: dict[str, object] = {
        "id": operation_id,
        "function": "download",
        "arguments": {},
        "exclusive_key": None,
        "scope": None,
        "state": state,
        "attempt": 1,
        "attempt_limit": 4,
        "retry_at": None,
        "reason": "",
        "decision": "",
        "owner_id": None,
        "version": 1,
        "progress": Progress(),
        "result": None,
        "created_at": NOW,
        "updated_at": NOW,
        "ended_at": None,
    }
    return Operation(**(known | facts))  # type: ignore[arg-type]


def view_after(*told: Progress, state: OperationState = RUNNING) -> OperationView:
    """Return the view of an operation that has reported these values of progress."""
    projection = Projection().apply(Changes((OperationRecord(operation(state=state)),)))
    for progress in told:
        projection = projection.apply(Changes(progress={"one": progress}))
    return projection.views["one"]


class Store:
    """What a feed reads: rows that change, progress that only increases, rows that are removed."""

    def __init__(self) -> None:
        self.rows: dict[str, OperationRecord] = {}
        self.touched: dict[str, None] = {}
        self.moved: dict[str, None] = {}

    def take(self, step: tuple[str, int, int]) -> None:
        """Change one row."""
        kind, number, amount = step
        operation_id = f"operation_{number}"
        record = self.rows.get(operation_id)
        if kind == "remove":
            if self.rows.pop(operation_id, None) is not None:
                self.touched[operation_id] = None
            return
        if record is None:
            if operation_id not in self.touched and kind == "change":  # an id is never reused
                self.rows[operation_id] = OperationRecord(operation(operation_id, OperationState.QUEUED))
                self.touched[operation_id] = None
            return
        row = record.operation
        if kind == "progress":
            progress = Progress(amount, 100, at=row.progress.at + 1)
            self.rows[operation_id] = replace(record, operation=replace(row, progress=progress))
            self.moved[operation_id] = None
            return
        state = tuple(OperationState)[amount % len(OperationState)]
        pending = tuple(CommandKind)[amount % len(CommandKind)]
        changed = replace(row, state=state, version=row.version + 1, attempt=row.attempt + amount % 2)
        self.rows[operation_id] = replace(record, operation=changed, pending=pending)
        self.touched[operation_id] = None

    def read(self) -> Changes:
        """Return what has changed since the previous read."""
        touched, moved = self.touched, self.moved
        self.touched, self.moved = {}, {}
        return Changes(
            records=tuple(self.rows[id_] for id_ in touched if id_ in self.rows),
            progress={id_: self.rows[id_].operation.progress for id_ in moved if id_ not in touched},
            removed=tuple(id_ for id_ in touched if id_ not in self.rows),
        )


steps = st.tuples(st.sampled_from(["change", "change", "progress", "remove"]), st.integers(0, 4), st.integers(0, 100))


@given(st.lists(st.tuples(steps, st.booleans()), max_size=60))
def test_any_split_of_the_changes_gives_the_same_picture(story: list[tuple[tuple[str, int, int], bool]]) -> None:
    """Reading after every change and reading once at the end give the same operations in the same order."""
    often, once = Store(), Store()
    step_by_step, at_the_end = Projection(), Projection()
    gone: set[int] = set()
    for step, look in story:
        if step[1] in gone:
            continue
        if step[0] == "remove":
            gone.add(step[1])
        often.take(step)
        once.take(step)
        if look:
            step_by_step = step_by_step.apply(often.read())
    step_by_step = step_by_step.apply(often.read())
    at_the_end = at_the_end.apply(once.read())
    assert [view.record for view in step_by_step.views.values()] == [view.record for view in at_the_end.views.values()]
    assert {id_: view.record for id_, view in at_the_end.views.items()} == once.rows


@given(st.lists(steps, max_size=30))
def test_nothing_new_changes_nothing(story: list[tuple[str, int, int]]) -> None:
    """An empty read changes nothing, and a projection is immutable."""
    store = Store()
    for step in story:
        store.take(step)
    changes = store.read()
    projection = Projection().apply(changes)
    before = dict(projection.views)
    assert projection.apply(Changes()) == projection
    projection.apply(Changes(removed=tuple(before)))
    assert projection.views == before
    assert changes.ids == {r.operation.id for r in changes.records} | set(changes.removed) | changes.progress.keys()


def test_progress_of_what_is_not_there_is_passed_over() -> None:
    """Progress of a removed operation does not bring it back."""
    assert Projection().apply(Changes(progress={"gone": Progress(5)})).views == {}


@given(st.lists(st.sampled_from(OperationState), max_size=12), st.sets(st.sampled_from(OperationState)))
def test_states_are_picked_in_order(states: list[OperationState], wanted: set[OperationState]) -> None:
    """Selecting by state keeps the order."""
    records = tuple(OperationRecord(operation(f"{n:02}", state)) for n, state in enumerate(states))
    picked = Projection().apply(Changes(records)).in_states(wanted)
    assert [view.id for view in picked] == [f"{n:02}" for n, state in enumerate(states) if state in wanted]


progresses = st.builds(
    Progress,
    done=st.integers(0, 10**13),
    total=st.none() | st.integers(0, 10**13),
    phase=st.sampled_from(["", "downloading", "verifying"]),
    at=st.floats(NOW - 100, NOW + 100),
)


@given(
    st.lists(progresses, min_size=1, max_size=30), st.floats(NOW - 200, NOW + 10_000), st.sampled_from(OperationState)
)
def test_speeds_can_always_be_shown(told: list[Progress], now: float, state: OperationState) -> None:
    """Whatever clock and work do, the speed is none, zero or a finite number, and so is the time left."""
    view = view_after(*told, state=state)
    rate, left = view.rate(now), view.time_left(now)
    assert rate is None or (math.isfinite(rate) and rate >= 0)
    assert (rate is None) == (state is not RUNNING)
    assert left is None or (math.isfinite(left) and left >= 0)
    assert rate or left is None


@given(st.lists(progresses, min_size=1, max_size=30))
def test_samples_stay_few_and_in_order(told: list[Progress]) -> None:
    """The samples are of one phase, in order, and cover the window and one sample before it."""
    samples = view_after(*told).samples
    assert [s.at for s in samples] == sorted({s.at for s in samples})
    assert [s.done for s in samples] == sorted(s.done for s in samples)
    assert len({s.phase for s in samples}) == 1
    assert sum(s.at <= samples[-1].at - RATE_WINDOW_S for s in samples) <= 1


@given(
    st.floats(0.05, 25),
    st.integers(1, 10**7),
    st.integers(4, 40),
    st.floats(0, 1),
)
def test_a_steady_stream_has_its_speed(period: float, step: int, count: int, waited: float) -> None:
    """Steady work has its speed with frequent and rare reports, and slightly less while the next report is due."""
    told = [Progress(n * step, None, "downloading", NOW + n * period) for n in range(count)]
    rate = view_after(*told).rate(told[-1].at + waited * period)
    assert rate is not None
    assert 0.49 * step / period <= rate <= 1.01 * step / period


def test_a_silent_stream_falls_to_zero() -> None:
    """The speed falls with every second without progress, and reaches zero."""
    told = [Progress(n * 250, None, "", NOW + n / 4) for n in range(40)]
    view, last = view_after(*told), NOW + 39 / 4
    rates = [view.rate(last + silence) or 0.0 for silence in (0, 2, 5, 8, 11, 13, 1_000)]
    assert rates == sorted(rates, reverse=True)
    assert rates[0] == pytest.approx(1_000, rel=0.05)
    assert rates[-2:] == [0.0, 0.0]


def test_a_clock_that_is_set_back_costs_a_moment() -> None:
    """After a jump of the wall clock the speed is measured again, without waiting for the clock to catch up."""
    told = [Progress(n * 1_000, None, "", NOW + n) for n in range(10)]
    told += [Progress((10 + n) * 1_000, None, "", NOW - 3_600 + n) for n in range(5)]
    assert view_after(*told).rate(NOW - 3_596) == pytest.approx(1_000)


def test_work_that_begins_again_has_the_speed_of_its_new_beginning() -> None:
    """Starting over does not give a negative speed."""
    told = [Progress(done, None, "", NOW + n) for n, done in enumerate([0, 5_000, 0, 100, 200])]
    assert view_after(*told).rate(NOW + 4) == pytest.approx(100)


def test_each_phase_has_its_own_speed() -> None:
    """Verifying does not begin with the speed of downloading."""
    told = [Progress(n * 1_000, None, "downloading", NOW + n) for n in range(5)]
    told += [Progress(n * 9_000, None, "verifying", NOW + 5 + n) for n in range(3)]
    assert view_after(*told).rate(NOW + 7) == pytest.approx(9_000)


def test_the_pause_before_an_attempt_is_no_time_of_work() -> None:
    """Progress of an earlier attempt does not lower the speed of the present one."""
    begun = Attempt(2, started_at=NOW)
    row = operation(attempt=2, progress=Progress(500, at=NOW - 3_600))
    projection = Projection().apply(Changes((OperationRecord(row, (begun,)),)))
    for n in range(1, 4):
        projection = projection.apply(Changes(progress={"one": Progress(500 + n * 100, at=NOW + n)}))
    assert projection.views["one"].rate(NOW + 3) == pytest.approx(100)


def test_a_new_attempt_begins_with_no_speed() -> None:
    """Each attempt has its own samples."""
    view = view_after(*(Progress(n * 1_000, at=NOW + n) for n in range(5)))
    again = replace(view.operation, attempt=2, version=9)
    shown = Projection({"one": view}).apply(Changes((OperationRecord(again, (Attempt(2, NOW + 60),)),))).views["one"]
    assert (shown.samples, shown.rate(NOW + 60)) == ((), None)


def test_time_left_is_what_is_missing_at_the_present_speed() -> None:
    """300 more at 100 per second take three seconds; without a total or a speed there is no estimate."""
    told = [Progress(n * 100, 600, at=NOW + n) for n in range(4)]
    assert view_after(*told).time_left(NOW + 3) == pytest.approx(3)
    assert view_after(*(replace(p, total=None) for p in told)).time_left(NOW + 3) is None
    assert view_after(*told).time_left(NOW + 1_000) is None
    assert view_after(*told, Progress(700, 600, at=NOW + 4)).time_left(NOW + 4) == 0


@pytest.mark.parametrize(
    ("key", "name", "folder"),
    [("/models/a b.safetensors", "a b.safetensors", "/models"), (None, "download", ""), ("", "download", "")],
)
def test_names_come_from_the_destination(key: str | None, name: str, folder: str) -> None:
    """The name and folder are the file's, or the name is the function's if there is no file."""
    view = OperationView(OperationRecord(operation(exclusive_key=key)))
    assert (view.name, view.folder, view.destination) == (name, folder, key or "")


@pytest.mark.parametrize("arguments", [{}, {"url": "https://example.org/m", "sha256": "ab"}, {"sha256": None}])
def test_arguments_that_are_not_a_download_s_are_shown_empty(arguments: dict[str, object]) -> None:
    """Operations of any function can be shown."""
    view = OperationView(OperationRecord(operation(arguments=arguments)))
    assert view.url == arguments.get("url", "")
    assert view.sha256 == arguments.get("sha256")
