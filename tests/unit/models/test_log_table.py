"""The table of the log: newest last, with a limited length."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from launcher_gui.models.log_table import LogColumn, LogTableModel
from launcher_gui.monitor.log import LogLine
from tests.support.store.projections import NOW, view

VIEWS = {"op-1": view(name="model.bin")}


def lines(first: int, last: int, operation_id: str = "op-1") -> list[LogLine]:
    return [LogLine(n, NOW + n, operation_id, "", f"line {n}") for n in range(first, last + 1)]


def words(model: LogTableModel) -> list[str]:
    return [model.index(row, LogColumn.WHAT).data() for row in range(model.rowCount())]


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester, monkeypatch: pytest.MonkeyPatch) -> None:
    """Added, dropped and removed lines follow Qt's model rules."""
    monkeypatch.setattr("launcher_gui.models.log_table.MOST_LINES", 5)
    model = LogTableModel()
    qtmodeltester.check(model)
    model.add(lines(1, 3), VIEWS, NOW)
    model.add(lines(4, 7), VIEWS, NOW)
    model.add(lines(8, 20), VIEWS, NOW)
    model.clear()
    model.add(lines(1, 2), VIEWS, NOW)
    assert model.rowCount() == 2


def test_the_oldest_make_room_and_none_comes_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """However results overlap, each line is listed once, and only the newest remain."""
    monkeypatch.setattr("launcher_gui.models.log_table.MOST_LINES", 4)
    model = LogTableModel()
    model.add(lines(1, 3), VIEWS, NOW)
    model.add(lines(2, 5), VIEWS, NOW)
    assert words(model) == ["line 2", "line 3", "line 4", "line 5"]
    assert model.last == 5


def test_a_line_says_what_it_is_about() -> None:
    """Host and name are the operation's; a removed operation is named by its id."""
    model = LogTableModel()
    model.add([*lines(1, 1), *lines(2, 2, "gone")], VIEWS, NOW)
    cells = [[model.index(row, c).data() for c in (LogColumn.HOST, LogColumn.OPERATION)] for row in (0, 1)]
    assert cells == [["huggingface.co", "model.bin"], ["", "gone"]]
    spoken = model.index(0, LogColumn.WHAT).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Event: line 1"
    assert model.as_text([0]).endswith("huggingface.co  model.bin  line 1")
