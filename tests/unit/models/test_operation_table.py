"""The table of operations changes only where the projection changed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester

from launcher_gui.models.grouping import runs
from launcher_gui.models.operation_columns import SORTABLE, Column
from launcher_gui.models.operation_order import OperationOrder
from launcher_gui.models.operation_table import OperationTableModel, Role
from launcher_gui.models.selection import partial_bytes, takers, toggle
from launcher_gui.monitor.projection import Changes, OperationRecord, Projection
from launcher_gui.recovery.operation import CommandKind, OperationState, Progress
from launcher_gui.text.formatting import clock_time
from tests.support.store.projections import NOW, attempt, record, view

S = OperationState
MB = 1_000_000


class Watched:
    """A model that receives changes as in the window, and the signals that it sent to its views."""

    def __init__(self, *records: OperationRecord) -> None:
        self.model = OperationTableModel()
        self.projection = Projection()
        self.changed: list[tuple[int, int, int, int]] = []
        self.resets = 0
        self.model.modelReset.connect(self._reset)
        self.feed(Changes(records=records))
        self.model.tick(NOW)
        self.model.dataChanged.connect(self._note)

    def feed(self, changes: Changes) -> None:
        self.projection = self.projection.apply(changes)
        self.model.show(self.projection, changes.ids)

    def text(self, row: int, column: Column) -> str:
        return str(self.model.index(row, column).data())

    @property
    def ids(self) -> list[str]:
        return [self.model.index(row, 0).data(Role.ID) for row in range(self.model.rowCount())]

    def _note(self, first: QModelIndex, last: QModelIndex) -> None:
        self.changed.append((first.row(), last.row(), first.column(), last.column()))

    def _reset(self) -> None:
        self.resets += 1


def running(operation_id: str = "op-1", **facts: object) -> OperationRecord:
    known = {"done": 10 * MB, "total": 100 * MB, "phase": "downloading", "at": NOW - 2, "attempts": [attempt(1)]}
    return record(operation_id, S.RUNNING, **(known | facts))  # type: ignore[arg-type]


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    """Qt's model tester finds no error while rows are added, changed and removed."""
    watched = Watched(running(), record("op-2", S.WAITING, retry_at=NOW + 5), record("op-3"))
    qtmodeltester.check(watched.model, force_py=True)
    watched.feed(Changes(records=(record("op-4"), record("op-2", S.RUNNING, version=2)), removed=("op-1", "op-3")))
    watched.model.tick(NOW + 1)
    assert watched.ids == ["op-2", "op-4"]


def test_a_row_says_all_that_is_known() -> None:
    """Each column shows its own fact."""
    watched = Watched(running(name="flux.safetensors", attempt_limit=9))
    watched.feed(Changes(progress={"op-1": Progress(30 * MB, 100 * MB, "downloading", NOW)}))
    assert [watched.text(0, column) for column in Column] == [
        "flux.safetensors",
        "Downloading",
        "30.0 %",
        "30.0 / 100.0 MB",
        "10.0 MB/s",
        "7 s",
        "1 of 9",
        "Then: move into place",
        "huggingface.co",
        clock_time(NOW - 600, NOW),
        "",
    ]


def test_raw_values_stand_apart_from_words() -> None:
    """Delegates read numbers and states, not text."""
    model = Watched(running()).model
    cell = model.index(0, Column.PROGRESS)
    assert cell.data(Role.ID) == "op-1"
    assert cell.data(Role.FRACTION) == pytest.approx(0.1)
    assert cell.data(Role.STATE) == S.RUNNING
    assert cell.data(Role.PHASE) == "downloading"
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "Progress: 10.0 %"


def test_progress_touches_progress_only() -> None:
    """New progress repaints the columns of its own row from progress to time left."""
    watched = Watched(running("op-1"), running("op-2"), running("op-3"))
    watched.feed(Changes(progress={"op-2": Progress(30 * MB, 100 * MB, "downloading", NOW)}))
    assert watched.changed == [(1, 1, Column.PROGRESS, Column.TIME_LEFT)]


def test_neighbours_are_told_together() -> None:
    """Adjacent rows are reported in one signal."""
    watched = Watched(*(running(f"op-{n}") for n in range(5)))
    newer = Progress(30 * MB, 100 * MB, "downloading", NOW)
    watched.feed(Changes(progress={"op-1": newer, "op-2": newer, "op-4": newer}))
    assert [(first, last) for first, last, _, _ in watched.changed] == [(1, 2), (4, 4)]


@pytest.mark.parametrize(
    "after",
    [
        record("op-1", S.PAUSED, version=2),
        running(pending=CommandKind.PAUSE),
        running(phase="verifying"),
        running(attempts=[attempt(1), attempt(2)]),
    ],
    ids=["state", "pending command", "phase", "attempts"],
)
def test_any_other_change_repaints_the_row(after: OperationRecord) -> None:
    """A change of state, command, phase or attempts repaints every column."""
    watched = Watched(running())
    watched.feed(Changes(records=(after,)))
    assert watched.changed == [(0, 0, Column.NAME, Column.NEXT)]


def test_time_touches_live_rows_only() -> None:
    """A tick repaints countdowns and speeds, not constant values."""
    watched = Watched(
        record("op-1", S.PAUSED), record("op-2", S.WAITING, retry_at=NOW + 9), record("op-3"), record("op-4", S.FAILED)
    )
    watched.model.tick(NOW + 1)
    assert watched.changed == [(1, 1, Column.NEXT, Column.NEXT)]
    assert watched.text(1, Column.NEXT).startswith("Retrying in 8 s")


def test_time_that_changes_no_word_is_silent() -> None:
    """Within one second a countdown is not repainted."""
    watched = Watched(record("op-1", S.WAITING, retry_at=NOW + 9))
    watched.model.tick(NOW + 0.0001)
    watched.model.tick(NOW + 0.0002)
    assert watched.changed == []


def test_a_silent_stream_slows_down_on_screen() -> None:
    """Without new bytes the speed falls instead of keeping its value."""
    watched = Watched(running())
    watched.feed(Changes(progress={"op-1": Progress(30 * MB, 100 * MB, "downloading", NOW)}))
    speeds = []
    for seconds in (0, 2, 4, 20):
        watched.model.tick(NOW + seconds)
        speeds.append(watched.text(0, Column.SPEED))
    assert speeds == ["10.0 MB/s", "5.0 MB/s", "3.3 MB/s", "0 B/s"]


def test_rows_come_and_go_without_a_reset() -> None:
    """The selection and the scroll position survive every change."""
    watched = Watched(record("op-1"), record("op-2"), record("op-3"))
    kept = QPersistentModelIndex(watched.model.index(1, 0))
    watched.feed(Changes(records=(record("op-4"), record("op-5")), removed=("op-1", "op-3")))
    assert watched.ids == ["op-2", "op-4", "op-5"]
    assert kept.data(Role.ID) == "op-2"
    assert watched.resets == 0


def test_totals_follow_the_rows() -> None:
    """Counts and the total speed are those of the rows."""
    watched = Watched(running("op-1"), running("op-2"), record("op-3", S.PAUSED))
    newer = Progress(30 * MB, 100 * MB, "downloading", NOW)
    watched.feed(Changes(progress={"op-1": newer, "op-2": newer}))
    assert watched.model.total_rate == pytest.approx(20 * MB)
    watched.feed(Changes(records=(record("op-1", S.COMPLETED, version=2),), removed=("op-2",)))
    assert {s: n for s, n in watched.model.counts.items() if n} == {S.COMPLETED: 1, S.PAUSED: 1}
    assert watched.model.total_rate is None


def test_checking_a_file_is_no_transfer() -> None:
    """The total speed counts received data, not data that is read back from the disk."""
    watched = Watched(running("op-1", phase="verifying"))
    watched.feed(Changes(progress={"op-1": Progress(30 * MB, 100 * MB, "verifying", NOW)}))
    assert watched.model.total_rate is None


steps = st.lists(
    st.tuples(st.sets(st.integers(0, 7)), st.sets(st.integers(0, 7)), st.sampled_from(OperationState)), max_size=12
)


@given(steps)
def test_the_rows_are_always_the_projections(story: Sequence[tuple[set[int], set[int], OperationState]]) -> None:
    """After any sequence of changes the table equals the projection, in its order."""
    watched = Watched()
    for version, (shown, removed, state) in enumerate(story):
        watched.feed(
            Changes(
                records=tuple(record(f"op-{n}", state, version=version) for n in sorted(shown)),
                removed=tuple(f"op-{n}" for n in removed),
            )
        )
        assert watched.ids == list(watched.projection.views)
        assert [watched.model.row_of(i) for i in watched.ids] == list(range(len(watched.ids)))
        assert sum(watched.model.counts.values()) == len(watched.ids)


@given(st.sets(st.integers(0, 40)))
def test_runs_cover_exactly_the_rows(rows: set[int]) -> None:
    """Runs are maximal, ascending, and contain each row once."""
    found = runs(rows)
    assert [n for first, last in found for n in range(first, last + 1)] == sorted(rows)
    assert all(later[0] > earlier[1] + 1 for earlier, later in pairwise(found))


@pytest.mark.parametrize(("column", "order"), [(Column.NAME, ["c", "a", "b"]), (Column.SIZE, ["b", "c", "a"])])
def test_order_by_what_stands_still(column: Column, order: list[str]) -> None:
    """Names are sorted without regard to case, sizes by bytes, unknown sizes first."""
    assert column in SORTABLE
    watched = Watched(
        record("a", name="B.bin", total=5 * 10**9),
        record("b", name="c.bin"),
        record("c", name="A.bin", total=3 * 10**9),
    )
    sorted_ = OperationOrder(watched.model)
    sorted_.sort(column)
    assert [sorted_.index(row, 0).data(Role.ID) for row in range(3)] == order


def test_what_is_selected_stays_so_when_the_order_changes() -> None:
    """Sorting keeps the identity of rows, and the original order can be restored."""
    watched = Watched(record("a", name="b.bin"), record("b", name="c.bin"), record("c", name="a.bin"))
    kept = QPersistentModelIndex(watched.model.index(1, 0))
    watched.model.order_by(Column.NAME, Qt.SortOrder.DescendingOrder)
    assert watched.ids == ["b", "a", "c"]
    assert (kept.row(), kept.data(Role.ID)) == (0, "b")
    watched.model.order_by(-1)
    assert watched.ids == ["a", "b", "c"]
    assert watched.resets == 0


def test_only_what_is_in_sight_is_told_of() -> None:
    """Rows outside the viewport change without signals, and are up to date when they are scrolled into view."""
    watched = Watched(running("op-1"), running("op-2"), record("op-3", S.WAITING, retry_at=NOW + 9))
    watched.model.look(lambda: [1])
    newer = Progress(30 * MB, 100 * MB, "downloading", NOW)
    watched.feed(Changes(progress={"op-1": newer, "op-2": newer}))
    watched.model.tick(NOW + 1)
    assert {row for row, *_ in watched.changed} == {1}
    assert watched.text(0, Column.PROGRESS) == "30.0 %"
    assert watched.text(2, Column.NEXT).startswith("Retrying in 8 s")


def test_of_many_speeds_the_oldest_are_worked_out_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """With more transfers than one tick checks, every stalled one is noticed within a few ticks."""
    monkeypatch.setattr("launcher_gui.models.operation_table.RATES_PER_TICK", 2)
    watched = Watched(*(running(f"op-{n}") for n in range(4)))
    newer = Progress(30 * MB, 100 * MB, "downloading", NOW)
    watched.feed(Changes(progress={f"op-{n}": newer for n in range(4)}))
    assert watched.model.total_rate == pytest.approx(40 * MB)
    watched.model.tick(NOW + 60)
    assert watched.model.total_rate == pytest.approx(20 * MB)
    watched.model.tick(NOW + 60)
    assert watched.model.total_rate == 0


def test_headers_have_titles() -> None:
    """Every column has a header."""
    model = OperationTableModel()
    titles = [model.headerData(c, Qt.Orientation.Horizontal) for c in Column]
    assert titles[0] == "Name"
    assert all(titles)
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_commands_go_only_to_those_that_take_them() -> None:
    """Neither a state that does not allow a command nor an unanswered command offers another."""
    views = [view(S.RUNNING, operation_id="a"), view(S.COMPLETED, operation_id="b")]
    asked = view(S.RUNNING, operation_id="c", pending=CommandKind.CANCEL)
    assert takers([*views, asked], CommandKind.PAUSE) == ("a",)


def test_the_toggle_pauses_before_it_resumes() -> None:
    """If any operation runs, the key pauses; if all are stopped, it resumes."""
    active, standing = view(S.RUNNING, operation_id="a"), view(S.INTERRUPTED, operation_id="b")
    assert toggle([active, standing]) == (CommandKind.PAUSE, ("a",))
    assert toggle([standing]) == (CommandKind.RESUME, ("b",))
    assert toggle([view(S.COMPLETED)]) is None


def test_only_unfinished_data_can_be_discarded() -> None:
    """Installed files do not count as partial."""
    assert partial_bytes([view(S.PAUSED, done=7, total=9), view(S.COMPLETED, done=9, total=9)]) == 7
