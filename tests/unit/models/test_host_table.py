"""The table of hosts follows Qt's model rules and keeps rows in place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester

from launcher_gui.models.host_table import HostColumn, HostRole, HostTableModel
from launcher_gui.monitor.hosts import HostRow
from launcher_gui.recovery.rules.breaker import Breaker, BreakerState
from tests.support.store.projections import NOW

SCOPES = st.lists(st.sampled_from("abcdef"), unique=True)


def rows(*scopes: str) -> list[HostRow]:
    return [HostRow(Breaker(scope)) for scope in scopes]


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    """Added, moved and removed rows follow Qt's model rules."""
    model = HostTableModel()
    qtmodeltester.check(model)
    for shown in ("abc", "cab", "b", "", "dcb"):
        model.show(rows(*shown), NOW)
    assert model.rowCount() == 3


@given(st.lists(SCOPES, max_size=5))
def test_a_host_keeps_its_index_wherever_it_moves(histories: list[list[str]]) -> None:
    """The selection is kept while hosts are added, removed and moved."""
    model = HostTableModel()
    model.show(rows("f"), NOW)
    kept = QPersistentModelIndex(model.index(0, 0))
    for scopes in histories:
        wanted = list(dict.fromkeys([*scopes, "f"]))
        model.show(rows(*wanted), NOW)
        assert [model.index(n, 0).data(HostRole.SCOPE) for n in range(model.rowCount())] == wanted
        assert kept.data(HostRole.SCOPE) == "f"


def test_time_changes_what_counts_down_and_nothing_else() -> None:
    """A tick reports rows whose text changed."""
    model, told = HostTableModel(), list[int]()
    shown = [HostRow(Breaker("a", BreakerState.OPEN, retry_at=NOW + 20)), HostRow(Breaker("b"))]
    model.show(shown, NOW)
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    model.show(shown, NOW)
    model.show(shown, NOW + 1)
    assert told == [0]
    assert model.index(0, HostColumn.PROBE).data() == "in 19 s"


def test_cells_speak_with_their_title() -> None:
    """A screen reader gets the meaning of a number."""
    model = HostTableModel()
    model.show(rows("a"), NOW)
    assert model.index(0, HostColumn.STATE).data(Qt.ItemDataRole.AccessibleTextRole) == "State: OK"
