"""The order of the list: steps below their operation, whatever comes first, and only the rows that match the filter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from launcher_gui.models.filtering import Filter
from launcher_gui.models.operation_columns import Column
from launcher_gui.models.operation_order import OperationOrder
from launcher_gui.models.operation_table import OperationTableModel, Role
from launcher_gui.monitor.projection import Changes, OperationRecord, Projection
from launcher_gui.recovery.operation import OperationState
from tests.support.store.projections import record, view

S = OperationState


class Listed:
    """A list that receives one change after another."""

    def __init__(self) -> None:
        self.model = OperationTableModel()
        self.order = OperationOrder(self.model)
        self.projection = Projection()

    def feed(self, *records: OperationRecord) -> None:
        changes = Changes(records)
        self.projection = self.projection.apply(changes)
        self.model.show(self.projection, changes.ids)

    @property
    def ids(self) -> list[str]:
        return [self.order.index(row, 0).data(Role.ID) for row in range(self.order.rowCount())]


def step(operation_id: str, of: str, **facts: object) -> OperationRecord:
    return record(operation_id, parent_id=of, **facts)  # type: ignore[arg-type]


def test_steps_stand_below_their_operation() -> None:
    """The steps of a project are a group, including those that are added after other downloads."""
    listed = Listed()
    listed.feed(record("a"), record("b"))
    listed.feed(step("a1", "a"), step("b1", "b"))
    listed.feed(step("a2", "a"), step("a1x", "a1"), record("c"))
    assert listed.ids == ["a", "a1", "a1x", "a2", "b", "b1", "c"]


@given(st.permutations(["a", "b", "a1", "a2", "b1", "a1x"]), st.integers(1, 6))
def test_whoever_comes_first_groups_stay_together(arrival: list[str], at_once: int) -> None:
    """However parents and steps are batched, each step is within its operation's group."""
    parents = {"a1": "a", "a2": "a", "b1": "b", "a1x": "a1"}
    arrival = sorted(arrival, key=len)
    listed = Listed()
    for first in range(0, len(arrival), at_once):
        batch = arrival[first : first + at_once]
        listed.feed(*(step(i, parents[i]) if i in parents else record(i) for i in batch))
    tops = [i[0] for i in listed.ids]
    assert tops == sorted(tops, key=tops.index)
    assert all(listed.ids.index(parent) < listed.ids.index(child) for child, parent in parents.items())


def test_the_models_keep_qts_rules(qtmodeltester: ModelTester) -> None:
    """Inserted steps, filters and sorting follow Qt's model rules."""
    listed = Listed()
    qtmodeltester.check(listed.order)
    listed.feed(record("a", name="x.bin"), record("b", name="y.bin"))
    listed.feed(step("a1", "a", name="z.bin"))
    listed.order.set_filter(Filter(text="x"))
    listed.order.sort(Column.NAME, Qt.SortOrder.DescendingOrder)
    listed.order.set_filter(Filter())
    assert len(listed.ids) == 3


@pytest.mark.parametrize(
    ("order", "ids"),
    [(Qt.SortOrder.AscendingOrder, ["b", "b1", "b2", "a"]), (Qt.SortOrder.DescendingOrder, ["a", "b", "b1", "b2"])],
)
def test_groups_are_sorted_whole(order: Qt.SortOrder, ids: list[str]) -> None:
    """A step moves with its operation and stays below it."""
    listed = Listed()
    listed.feed(record("a", name="zz.bin"), record("b", name="aa.bin"))
    listed.feed(step("b1", "b", name="zzz.bin"), step("b2", "b", name="0.bin"))
    listed.order.sort(Column.NAME, order)
    assert listed.ids == ids


@pytest.mark.parametrize("order", list(Qt.SortOrder))
def test_what_comes_after_sorting_comes_last(order: Qt.SortOrder) -> None:
    """A new download moves none of the visible rows, whatever the sort order."""
    listed = Listed()
    listed.feed(record("a", name="b.bin"), record("b", name="c.bin"))
    listed.order.sort(Column.NAME, order)
    before = listed.ids
    listed.feed(record("c", name="a.bin"))
    assert listed.ids == [*before, "c"]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Filter(), ["a", "a1", "b", "c"]),
        (Filter("failed"), ["a", "a1"]),
        (Filter(host="civitai.com"), ["c"]),
        (Filter(text="FLUX dev"), ["b"]),
        (Filter("under way", "civitai.com"), []),
    ],
)
def test_only_what_is_wanted_is_seen(wanted: Filter, ids: list[str]) -> None:
    """State, host and text filter the list; steps are shown with their operation."""
    listed = Listed()
    listed.feed(
        record("a", S.FAILED),
        step("a1", "a", state=S.COMPLETED),
        record("b", S.PAUSED, name="flux1-dev.safetensors"),
        record("c", S.COMPLETED, scope="civitai.com"),
    )
    listed.order.set_filter(wanted)
    assert listed.ids == ids


def test_what_changes_its_state_leaves_the_filter() -> None:
    """Refreshing the filter applies it to the present states."""
    listed = Listed()
    listed.order.set_filter(Filter("failed"))
    listed.feed(record("a", S.FAILED), record("b", S.QUEUED))
    assert listed.ids == ["a"]
    listed.feed(record("a", S.QUEUED, version=2), record("b", S.FAILED, version=2))
    listed.order.refilter()
    assert listed.ids == ["b"]


def test_words_are_looked_for_in_name_folder_and_link() -> None:
    """A search finds a download by any of its texts."""
    shown = view(name="vae.pt", folder="/models/vae", url="https://example.org/x?y")
    assert all(Filter(text=text).accepts(shown) for text in ("VAE.pt", "models", "example.org", "vae example"))
    assert not Filter(text="vae checkpoint").accepts(shown)


def test_steps_can_be_folded_away(qtmodeltester: ModelTester) -> None:
    """A collapsed operation hides its present and future steps, and reports that to screen readers."""
    listed = Listed()
    qtmodeltester.check(listed.order)
    listed.order.fold(frozenset({"a", "not there yet"}))
    listed.feed(record("a"), step("a1", "a"), step("a1x", "a1"), record("b"))
    assert listed.ids == ["a", "b"]
    listed.feed(step("a2", "a"))
    assert listed.ids == ["a", "b"]
    cell = listed.order.index(0, Column.NAME)
    assert (cell.data(Role.STEPS), cell.data(Role.FOLDED)) == (2, True)
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "Name: model.safetensors, 2 steps, folded"
    listed.order.fold(frozenset({"a1"}))
    assert listed.ids == ["a", "a1", "a2", "b"]
    listed.order.fold(frozenset())
    assert listed.ids == ["a", "a1", "a1x", "a2", "b"]


def test_what_is_folded_stays_so_when_it_is_sorted() -> None:
    """Neither sorting nor filtering shows collapsed steps."""
    listed = Listed()
    listed.feed(record("a", name="b.bin"), step("a1", "a"), record("b", name="a.bin"))
    listed.order.fold(frozenset({"a"}))
    listed.order.sort(Column.NAME)
    assert listed.ids == ["b", "a"]
    listed.order.set_filter(Filter(text="b.bin"))
    assert listed.ids == ["a"]
