"""The table of attempts: the attempts of one operation, updated only where they changed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from launcher_gui.models.attempt_table import AttemptColumn, AttemptRole, AttemptTableModel
from launcher_gui.recovery.operation import Attempt, AttemptOutcome
from tests.support.store.projections import NOW, attempt


def shown(*attempts: Attempt) -> tuple[AttemptTableModel, list[tuple[int, int, int]]]:
    """A model of ``attempts`` and the (row, first column, last column) that it reports from now on."""
    model = AttemptTableModel()
    model.show(attempts, NOW)
    changed: list[tuple[int, int, int]] = []

    def note(first: QModelIndex, last: QModelIndex) -> None:
        changed.append((first.row(), first.column(), last.column()))

    model.dataChanged.connect(note)
    return model, changed


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    """Qt's model tester finds no error while attempts are added and another operation is selected."""
    model, _ = shown(attempt(1), attempt(2))
    qtmodeltester.check(model, force_py=True)
    model.show((attempt(1), attempt(2), attempt(3)), NOW)
    model.show((attempt(1, detail="other"),), NOW)
    assert model.rowCount() == 1


def test_an_attempt_says_why_and_what_then() -> None:
    """One row has cause, decision and resume offset."""
    model, _ = shown(attempt(2, started_at=NOW - 90, ended_at=NOW - 29.5, resumed_from=1_200_000_000))
    row = [model.index(0, column).data() for column in AttemptColumn]
    assert row[0] == "2"
    assert row[2:] == [
        "1 min 00 s",
        "Failed",
        "Connection reset",
        "waiting 4 s: the network may recover",
        "1.2 GB",
    ]


def test_raw_values_stand_apart_from_words() -> None:
    """Outcome and technical details have their own roles."""
    model, _ = shown(attempt(1))
    cell = model.index(0, AttemptColumn.OUTCOME)
    assert cell.data(AttemptRole.OUTCOME) == AttemptOutcome.FAILED
    assert "Errno 104" in cell.data(AttemptRole.DETAIL)
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "Outcome: Failed"


def test_only_rows_that_differ_are_repainted() -> None:
    """An attempt that ended repaints its row, not those before it."""
    model, changed = shown(attempt(1), attempt(2, AttemptOutcome.RUNNING))
    model.show((attempt(1), attempt(2), attempt(3, AttemptOutcome.RUNNING)), NOW)
    assert changed == [(1, AttemptColumn.NUMBER, AttemptColumn.RESUMED_FROM)]
    assert model.rowCount() == 3


@pytest.mark.parametrize(("seconds", "rows"), [(1.0, [1]), (0.0001, [])])
def test_time_repaints_what_runs(seconds: float, rows: list[int]) -> None:
    """A tick updates the duration of the running attempt, if its text changed."""
    model, changed = shown(attempt(1), attempt(2, AttemptOutcome.RUNNING, started_at=NOW - 10.5))
    model.tick(NOW + seconds)
    assert changed == [(row, AttemptColumn.DURATION, AttemptColumn.DURATION) for row in rows]


def test_headers_have_titles() -> None:
    """Every column has a header."""
    model = AttemptTableModel()
    assert all(model.headerData(c, Qt.Orientation.Horizontal) for c in AttemptColumn)
    assert model.headerData(0, Qt.Orientation.Vertical) is None
