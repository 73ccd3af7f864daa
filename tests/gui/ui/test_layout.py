"""The window's lay-out: columns, order, menus, help, and getting about by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from launcher_gui.models.filtering import Filter
from launcher_gui.models.operation_columns import Column
from launcher_gui.models.operation_table import Role
from launcher_gui.monitor.projection import OperationRecord
from launcher_gui.recovery.operation import CommandKind, OperationState
from launcher_gui.ui.common.delegates import NameDelegate
from launcher_gui.ui.main_window.about import AboutSheet
from launcher_gui.ui.main_window.main_window import MainWindow
from launcher_gui.ui.main_window.shortcuts import ShortcutSheet
from tests.support.gui.gestures import click_row, in_sight
from tests.support.store.projections import NOW, project, record

S = OperationState


def show(window: MainWindow, *records: OperationRecord) -> None:
    projection = project(*records)
    window.show_projection(projection, frozenset(projection.views))
    window.tick(NOW)


def test_layout_survives_a_restart(qtbot: QtBot, window: MainWindow, settings: QSettings) -> None:
    """Columns and details are as they were left."""
    window.table.horizontalHeader().resizeSection(Column.NAME, 333)
    window.table.setColumnHidden(Column.SPEED, True)
    window.window_actions.details.trigger()
    window.close()
    settings.sync()
    again = MainWindow(QSettings(settings.fileName(), QSettings.Format.IniFormat), lambda _form: {})
    qtbot.addWidget(again)
    assert again.table.columnWidth(Column.NAME) == 333
    assert again.table.isColumnHidden(Column.SPEED)
    assert again.below.isHidden()


def test_order_and_filter_survive_a_restart(qtbot: QtBot, window: MainWindow, settings: QSettings) -> None:
    """What was looked for, and in which order, is there again before the first row comes."""
    rows = [
        record("op-1", S.FAILED, name="b.bin", scope="one.example"),
        record("op-2", S.FAILED, name="a.bin", scope="two.example"),
        record("op-3", S.FAILED, name="c.bin", scope="one.example"),
        record("op-4", S.COMPLETED, name="d.bin", scope="one.example"),
    ]
    show(window, *rows)
    window.list_page.bar.choose(Filter("failed", "one.example", "bin"))
    window.table.sort_by("NAME descending")
    window.close()
    again = MainWindow(QSettings(settings.fileName(), QSettings.Format.IniFormat), lambda _form: {})
    qtbot.addWidget(again)
    show(again, *rows)
    model = again.table.model()
    assert [model.index(row, Column.NAME).data() for row in range(model.rowCount())] == ["c.bin", "b.bin"]
    assert again.list_page.bar.filter == Filter("failed", "one.example", "bin")
    assert again.table.horizontalHeader().sortIndicatorSection() == Column.NAME


def test_the_sheet_of_shortcuts_is_what_the_menus_have(qtbot: QtBot, window: MainWindow) -> None:
    """Each key of a menu is on the sheet, which either of two keys opens."""
    for key, modifier in (
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier),
    ):
        qtbot.keyClick(window, key, modifier)
        sheet = in_sight(window, ShortcutSheet)
        caps = {label.text() for label in sheet.findChildren(QLabel) if label.objectName() == "key"}
        assert caps == {keys.toString() for action in window.window_actions.all for keys in action.shortcuts()}
        assert {"F1", "Ctrl+/", "Ctrl+N", "Space"} <= caps
        sheet.reject()


def test_nonsense_in_the_layout_file_is_passed_over(qtbot: QtBot, settings: QSettings) -> None:
    """A damaged layout file gives the layout of a first start."""
    for key in ("geometry", "splitter", "columns", "sorted", "view", "filter"):
        settings.setValue(f"window/{key}", "nonsense")
    made = MainWindow(settings, lambda _form: {})
    qtbot.addWidget(made)
    assert not made.table.isColumnHidden(Column.NAME)


def test_sorting_goes_round_three_ways(qtbot: QtBot, window: MainWindow) -> None:
    """The name's header sorts up, down, and back to the order of adding."""
    show(window, record("op-1", name="b.bin"), record("op-2", name="a.bin"), record("op-3", name="c.bin"))
    header = window.table.horizontalHeader()

    def names() -> list[str]:
        place = QPoint(header.sectionViewportPosition(Column.NAME) + 20, header.height() // 2)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        model = window.table.model()
        return [model.index(row, Column.NAME).data()[0] for row in range(model.rowCount())]

    assert [names(), names(), names()] == [["a", "b", "c"], ["c", "b", "a"], ["b", "a", "c"]]


def test_live_columns_cannot_be_sorted_by(qtbot: QtBot, window: MainWindow) -> None:
    """A column that changes all the time gives no order."""
    show(window, record("op-1"), record("op-2"))
    header = window.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(Column.SPEED) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not header.isSortIndicatorShown()


def test_columns_can_be_hidden(window: MainWindow) -> None:
    """The menu of the header hides a column; the name stays."""
    window.table.horizontalHeader().customContextMenuRequested.emit(QPoint(5, 5))
    menu = next(m for m in window.table.findChildren(QMenu) if m.isVisible())
    speed = next(a for a in menu.actions() if a.text() == "Speed")
    speed.trigger()
    assert window.table.isColumnHidden(Column.SPEED)
    assert not menu.actions()[Column.NAME].isEnabled()
    menu.close()


def test_the_context_menu_offers_what_the_toolbar_does(qtbot: QtBot, window: MainWindow) -> None:
    """A right click on a download offers its commands."""
    show(window, record(state=S.RUNNING))
    click_row(window, 0)
    window.table.customContextMenuRequested.emit(QPoint(20, 10))
    menu = next(m for m in window.findChildren(QMenu) if m.isVisible())
    assert window.window_actions.commands[CommandKind.PAUSE] in menu.actions()
    menu.close()


def test_links_of_the_selection_can_be_copied(qtbot: QtBot, window: MainWindow) -> None:
    """Ctrl+C in the list copies where the selected downloads come from."""
    show(window, record("op-1", url="https://example.org/1"), record("op-2", url="https://example.org/2"))
    qtbot.keyClick(window.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "https://example.org/1\nhttps://example.org/2"


@pytest.mark.parametrize(("action", "kind"), [("shortcuts", ShortcutSheet), ("about", AboutSheet)])
def test_help_opens_without_blocking(window: MainWindow, action: str, kind: type[QWidget]) -> None:
    """Each entry of the help menu opens its sheet and returns at once."""
    getattr(window.window_actions, action).trigger()
    in_sight(window, kind).close()


def test_every_control_has_a_name_for_screen_readers(window: MainWindow) -> None:
    """Whatever takes the focus says what it is."""
    show(window, record(state=S.RUNNING))
    window.show_notice("Something happened.")
    focusable = [
        w
        for w in window.findChildren(QWidget)
        if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None
    ]
    assert [w for w in focusable if not (w.accessibleName() or getattr(w, "text", str)())] == []


def test_tab_leaves_the_table(qtbot: QtBot, window: MainWindow) -> None:
    """The keyboard is never caught in the list."""
    show(window, record(state=S.RUNNING))
    click_row(window, 0)
    qtbot.keyClick(window.table, Qt.Key.Key_Tab)
    assert not window.table.hasFocus()


@pytest.fixture
def installing(window: MainWindow) -> MainWindow:
    """A list with a project of two steps and another download, the project selected."""
    show(
        window, record("op-1", name="project"), *(record(f"step-{n}", parent_id="op-1") for n in (1, 2)), record("op-2")
    )
    window.table.select("op-1")
    return window


def listed(window: MainWindow) -> list[str]:
    model = window.table.model()
    return [model.index(row, Column.NAME).data(Role.ID) for row in range(model.rowCount())]


def test_steps_fold_at_a_click(qtbot: QtBot, installing: MainWindow) -> None:
    """The sign before the name folds and unfolds, and selects nothing."""
    table = installing.table
    cell = table.visualRect(table.model().index(0, Column.NAME))
    sign = NameDelegate.fold_place(cell).center()
    table.select("op-2")
    for expected in (["op-1", "op-2"], ["op-1", "step-1", "step-2", "op-2"]):
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=sign)
        assert listed(installing) == expected
    assert [view.id for view in table.selected] == ["op-2"]


def test_steps_fold_by_keyboard(qtbot: QtBot, installing: MainWindow) -> None:
    """Left folds, Right unfolds, and Left on a step goes up to what it is a step of."""
    table = installing.table
    qtbot.keyClick(table, Qt.Key.Key_Left)
    assert listed(installing) == ["op-1", "op-2"]
    qtbot.keyClick(table, Qt.Key.Key_Right)
    table.select("step-2")
    qtbot.keyClick(table, Qt.Key.Key_Left)
    assert [view.id for view in table.selected] == ["op-1"]


def test_a_folded_step_that_is_picked_elsewhere_is_unfolded(installing: MainWindow) -> None:
    """A click in the timeline on a step lets it be seen."""
    installing.table.fold(["op-1"])
    installing.workspace.picked.emit("step-2", 0)
    assert [view.id for view in installing.table.selected] == ["step-2"]


def test_what_is_folded_survives_a_restart(qtbot: QtBot, installing: MainWindow, settings: QSettings) -> None:
    """A project that was folded comes back folded."""
    installing.table.fold(["op-1"])
    installing.close()
    settings.sync()
    again = MainWindow(QSettings(settings.fileName(), QSettings.Format.IniFormat), lambda _form: {})
    qtbot.addWidget(again)
    show(again, record("op-1", name="project"), record("step-1", parent_id="op-1"))
    assert listed(again) == ["op-1"]
