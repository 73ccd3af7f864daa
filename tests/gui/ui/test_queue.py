"""The order of the queue in the window: seen in a column, changed by menu, keys and dragging."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QSettings, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QStandardItemModel
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QMenu, QTableView, QToolButton
from pytestqt.qtbot import QtBot

from launcher_gui.models.operation_columns import Column
from launcher_gui.monitor.commands import QueueChange
from launcher_gui.monitor.projection import OperationRecord
from launcher_gui.recovery.operation import OperationState, Priority
from launcher_gui.recovery.rules.queue_order import Move
from launcher_gui.settings.hours import on_the_wall, parse_hours
from launcher_gui.settings.schema import Settings
from launcher_gui.ui.downloads.filter_bar import FilterBar
from launcher_gui.ui.main_window.main_window import MainWindow
from tests.support.gui.gestures import choose, click_row, mime, open_context_menu, open_menu, tool
from tests.support.store.projections import NOW, project, record

S = OperationState
LEFT, NO_KEY, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def show(window: MainWindow, *records: OperationRecord) -> None:
    projection = project(*records)
    window.show_projection(projection, frozenset(projection.views))
    window.tick(NOW)


def queued(operation_id: str, place: float, priority: Priority = Priority.NORMAL, version: int = 1) -> OperationRecord:
    return record(operation_id, name=f"{operation_id}.bin", place=place, priority=priority, version=version)


def names(window: MainWindow) -> list[str]:
    model = window.table.model()
    return [str(model.index(row, Column.NAME).data())[0] for row in range(model.rowCount())]


def places(window: MainWindow) -> list[str]:
    model = window.table.model()
    return [str(model.index(row, Column.QUEUE).data()) for row in range(model.rowCount())]


def sort_by_queue(qtbot: QtBot, window: MainWindow) -> None:
    header = window.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(Column.QUEUE) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), LEFT, pos=place)


def drag(window: MainWindow, data: QMimeData, to: QPoint) -> bool:
    """Drag ``data`` over the list and drop it at ``to``; return whether the drop was accepted."""
    port, move = window.table.viewport(), Qt.DropAction.MoveAction
    enter = QDragEnterEvent(to, move, data, LEFT, NO_KEY)
    QApplication.sendEvent(port, enter)
    over = QDragMoveEvent(to, move, data, LEFT, NO_KEY)
    QApplication.sendEvent(port, over)
    if over.isAccepted():
        QApplication.sendEvent(port, QDropEvent(to, move, data, LEFT, NO_KEY))
    return over.isAccepted()


def rows(window: MainWindow, *numbers: int) -> QMimeData:
    """Return rows of the list as they are dragged."""
    model = window.table.model()
    return model.mimeData([model.index(row, column) for row in numbers for column in range(model.columnCount())])


def above(window: MainWindow, row: int) -> QPoint:
    """Return a point in the upper part of ``row``; under the last row, a point in the space below."""
    table = window.table
    if row == table.model().rowCount():
        return QPoint(30, table.rowViewportPosition(row - 1) + table.rowHeight(row - 1) + 20)
    return QPoint(30, table.rowViewportPosition(row) + 3)


def test_the_column_says_whose_turn_is_when(window: MainWindow) -> None:
    """Places count from one; only what is queued has one, and an unusual priority is told with it."""
    show(window, queued("a", 2.0), queued("b", 1.0), record("r", S.RUNNING), queued("c", 9.0, Priority.HIGH))
    assert places(window) == ["3", "2", "", "1 · high"]


def test_whoever_is_behind_moves_up(window: MainWindow) -> None:
    """Once the first is begun, everybody behind it is shown one place nearer, with one message for all."""
    show(window, *(queued(each, place) for place, each in enumerate("abcd")))
    told = QSignalSpy(window.model.dataChanged)
    show(window, record("a", S.RUNNING, version=2), *(queued(each, place) for place, each in enumerate("bcd", start=1)))
    assert places(window) == ["", "1", "2", "3"]
    queue = [told.at(at) for at in range(told.count()) if told.at(at)[0].column() == Column.QUEUE]
    assert [(first.row(), last.row()) for first, last, _ in queue] == [(0, 3)]


@pytest.mark.parametrize(
    ("key", "move"),
    [
        (Qt.Key.Key_Home, Move.FRONT),
        (Qt.Key.Key_Up, Move.UP),
        (Qt.Key.Key_Down, Move.DOWN),
        (Qt.Key.Key_End, Move.BACK),
    ],
)
def test_keys_move_what_is_selected(qtbot: QtBot, window: MainWindow, key: Qt.Key, move: Move) -> None:
    """Ctrl with an arrow, Home or End asks for all selected that are queued; the list itself stays as it is."""
    show(window, queued("a", 1.0), record("r", S.RUNNING), queued("b", 2.0))
    click_row(window, 0)
    click_row(window, 2, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(window.queue_requested) as asked:
        qtbot.keyClick(window.table, key, CTRL)
    assert asked.args == [QueueChange(("a", "b"), move)]
    assert names(window) == ["a", "m", "b"]


def test_the_menus_move_and_prioritise(qtbot: QtBot, window: MainWindow) -> None:
    """The row's menu and that of the toolbar are the same one; the priority of the selection is ticked."""
    show(window, queued("a", 1.0), queued("b", 2.0, Priority.HIGH))
    menu = open_context_menu(window, 1)
    entry = next(action for action in menu.actions() if action.text() == "&Queue")
    queue = entry.menu()
    assert isinstance(queue, QMenu)
    assert [a.text().replace("&", "") for a in queue.actions() if a.isChecked()] == ["High priority"]
    queue.popup(QPoint(0, 0))
    with qtbot.waitSignal(window.queue_requested) as asked:
        choose(queue, "Low priority")
    assert asked.args == [QueueChange(("b",), Priority.LOW)]
    assert window.window_actions.priorities[Priority.HIGH].isChecked()  # until the store says otherwise
    menu.close()
    edit = open_menu(window, "Edit")
    assert queue.menuAction() in edit.actions()
    edit.close()
    button = tool(window, "Queue")
    assert button.popupMode() is QToolButton.ToolButtonPopupMode.InstantPopup
    assert button.defaultAction() is queue.menuAction()


def test_only_what_is_queued_can_be_moved(window: MainWindow) -> None:
    """What runs or rests may be given a priority for later; what is done has none."""
    moves, priorities = window.window_actions.moves[Move.UP], window.window_actions.priorities[Priority.LOW]
    for state, expected in ((S.QUEUED, (True, True)), (S.PAUSED, (False, True)), (S.COMPLETED, (False, False))):
        show(window, record("a", state, version=hash(state)))
        click_row(window, 0)
        assert (moves.isEnabled(), priorities.isEnabled()) == expected
        assert tool(window, "Queue").isEnabled() is any(expected)


def test_rows_are_dragged_where_they_stand_in_the_queues_order(qtbot: QtBot, window: MainWindow) -> None:
    """Dropped between two, they are asked to stand before the lower; the rows move once the store says so."""
    show(window, *(queued(each, place) for place, each in enumerate("dcba")))
    sort_by_queue(qtbot, window)
    assert names(window) == ["d", "c", "b", "a"]
    with qtbot.waitSignal(window.queue_requested) as asked:
        assert drag(window, rows(window, 2, 3), above(window, 1))
    assert asked.args == [QueueChange(("b", "a"), Move.BEFORE, "c")]
    assert names(window) == ["d", "c", "b", "a"]
    show(window, queued("b", 0.3, version=2), queued("a", 0.6, version=2), queued("d", 0.0), queued("c", 1.0))
    assert names(window) == ["d", "b", "a", "c"]


def test_rows_dropped_below_all_come_last(qtbot: QtBot, window: MainWindow) -> None:
    """Under the last that is queued is the back of the queue, also where others stand below."""
    show(window, queued("a", 1.0), queued("b", 2.0), record("z", S.COMPLETED, name="z.bin"))
    sort_by_queue(qtbot, window)
    for row in (2, 3):
        with qtbot.waitSignal(window.queue_requested) as asked:
            assert drag(window, rows(window, 0), above(window, row))
        assert asked.args == [QueueChange(("a",), Move.BEFORE, None)]


def test_rows_dropped_below_what_the_filter_shows(qtbot: QtBot, window: MainWindow) -> None:
    """They come behind the one above them, before what is not seen."""
    show(window, queued("a", 1.0), queued("b", 2.0), queued("c", 3.0))
    sort_by_queue(qtbot, window)
    bar = window.findChild(FilterBar)
    assert bar is not None
    bar.text.setText("a.bin")
    assert names(window) == ["a"]
    with qtbot.waitSignal(window.queue_requested) as asked:
        assert drag(window, rows(window, 0), above(window, 1))
    assert asked.args == [QueueChange(("a",), Move.BEFORE, "b")]


def test_elsewhere_nothing_is_dragged(qtbot: QtBot, window: MainWindow) -> None:
    """In any other order dragging selects, as in every list; what is not queued is never dragged."""
    show(window, queued("a", 1.0), record("r", S.RUNNING))
    assert not window.table.dragEnabled()
    assert not drag(window, rows(window, 0), above(window, 1))
    sort_by_queue(qtbot, window)
    assert window.table.dragEnabled()
    draggable = Qt.ItemFlag.ItemIsDragEnabled
    model = window.table.model()
    assert [bool(model.flags(model.index(row, 0)) & draggable) for row in range(2)] == [True, False]
    sort_by_queue(qtbot, window)
    assert not window.table.dragEnabled()


def test_links_can_still_be_dropped_on_the_list(window: MainWindow) -> None:
    """The list leaves to the window what is not its own."""
    show(window, queued("a", 1.0))
    assert not drag(window, mime("https://example.org/a.bin"), above(window, 0))


def test_what_is_begun_stays_where_it_is(qtbot: QtBot, window: MainWindow) -> None:
    """Sorted by the queue, a row moves only when somebody was moved: nothing jumps under the mouse."""
    show(window, queued("a", 1.0), queued("b", 2.0), queued("c", 3.0))
    sort_by_queue(qtbot, window)
    show(window, record("a", S.RUNNING, name="a.bin", version=2), queued("b", 2.0), queued("c", 3.0), queued("d", 4.0))
    assert names(window) == ["a", "b", "c", "d"]
    assert places(window) == ["", "1", "2", "3"]


def test_what_is_queued_says_when_downloads_run(window: MainWindow) -> None:
    """Outside the schedule the row says until when it waits, and within it that it waits for a free slot."""
    hours, local = parse_hours("22:00-07:00"), on_the_wall(NOW)
    opens = local.replace(hour=22, minute=0, second=0)
    assert hours.open_at(opens)
    show(window, queued("a", 1.0), record("b", name="b.bin", ignores_schedule=True))
    window.set_settings(Settings(download_hours="22:00-07:00"), frozenset())
    at = NOW + (opens - local).total_seconds()
    window.tick(at - 60)
    cells = [str(window.model.index(row, Column.NEXT).data()) for row in range(2)]
    assert cells == [
        "Waiting until 22:00: downloads run from 22:00 to 07:00",
        "Next up (ignores the schedule)",
    ]
    told = QSignalSpy(window.model.dataChanged)
    window.tick(at + 60)
    assert window.model.index(0, Column.NEXT).data() == "Waiting for a free slot"
    assert told.count() == 1


def test_a_layout_from_before_the_column_is_taken_over(qtbot: QtBot, settings: QSettings) -> None:
    """Widths are as they were left, and the new column can be seen."""
    before, shape = QTableView(), QStandardItemModel(1, len(Column) - 1)
    qtbot.addWidget(before)
    before.setModel(shape)
    before.setColumnWidth(Column.NAME, 333)
    settings.setValue("window/columns", before.horizontalHeader().saveState())
    made = MainWindow(settings, lambda _form: {})
    qtbot.addWidget(made)
    assert made.table.columnWidth(Column.NAME) == 333
    assert not made.table.isColumnHidden(Column.QUEUE)
