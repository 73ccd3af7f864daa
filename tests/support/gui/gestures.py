"""What a person's hand does to widgets: clicks, keys, drops, and choosing from menus."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolBar,
    QToolButton,
    QWidget,
)

from launcher_gui.models.operation_columns import Column
from launcher_gui.ui.add.add_dialog import AddDialog
from launcher_gui.ui.main_window.main_window import MainWindow

W = TypeVar("W", bound=QWidget)

_LEFT, _NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def in_sight(parent: QWidget, kind: type[W]) -> W:
    """Return the one widget of ``kind`` under ``parent`` that can be seen."""
    (found,) = (widget for widget in parent.findChildren(kind) if widget.isVisible())
    return found


def child(parent: QWidget, kind: type[W]) -> W:
    """Return the one widget of ``kind`` under ``parent``."""
    (found,) = parent.findChildren(kind)
    return found


def tool(window: MainWindow, name: str) -> QToolButton:
    """Return the button ``name`` of the toolbar."""
    buttons = child(window, QToolBar).findChildren(QToolButton)
    return next(button for button in buttons if button.accessibleName() == name)


def click(widget: QWidget) -> None:
    """Click in the middle of ``widget``, which must take it."""
    assert widget.isVisible(), f"{widget} cannot be seen"
    assert widget.isEnabled(), f"{widget} cannot be clicked"
    QTest.mouseClick(widget, _LEFT)


def answer(question: QWidget, text: str) -> None:
    """Click the button of ``question`` that says ``text``."""
    click(
        next(b for b in question.findChildren(QAbstractButton) if b.isVisible() and b.text().replace("&", "") == text)
    )


def click_row(window: MainWindow, row: int, modifier: Qt.KeyboardModifier = _NO_KEY) -> None:
    """Click the name in ``row`` of the list, which is brought to sight as a person would."""
    index = window.table.model().index(row, Column.NAME)
    window.table.setFocus()
    window.table.scrollTo(index)
    place = window.table.visualRect(index).center()
    QTest.mouseClick(window.table.viewport(), _LEFT, modifier, place)


def choose(menu: QMenu, text: str) -> None:
    """Click the entry of an open ``menu`` that says ``text``."""
    entry = next(action for action in menu.actions() if action.text().replace("&", "") == text)
    assert entry.isEnabled(), f"{text} cannot be chosen"
    QTest.mouseClick(menu, _LEFT, _NO_KEY, menu.actionGeometry(entry).center())


def open_menu(window: MainWindow, title: str) -> QMenu:
    """Click ``title`` in the menu bar and return the menu that opens."""
    bar = window.menuBar()
    entry: QAction = next(action for action in bar.actions() if action.text().replace("&", "") == title)
    QTest.mouseClick(bar, _LEFT, _NO_KEY, bar.actionGeometry(entry).center())
    return _popped_up()


def open_queue_menu(window: MainWindow) -> QMenu:
    """Open the menu of the toolbar that changes the queue, and return it."""
    menu = tool(window, "Queue").defaultAction().menu()
    assert isinstance(menu, QMenu)
    menu.popup(QPoint(0, 0))
    return menu


def open_context_menu(window: MainWindow, row: int) -> QMenu:
    """Click the name in ``row``, ask there for the context menu, and return it."""
    click_row(window, row)
    place = window.table.visualRect(window.table.model().index(row, Column.NAME)).center()
    window.table.customContextMenuRequested.emit(place)
    return _popped_up()


def fill(form: QWidget, label: str, text: str) -> None:
    """Type ``text`` into the field of ``form`` whose label begins with ``label``, in place of what stands there."""
    edits: list[QLineEdit | QPlainTextEdit] = [*form.findChildren(QLineEdit), *form.findChildren(QPlainTextEdit)]
    edit = next(edit for edit in edits if edit.accessibleName().startswith(label))
    edit.setFocus()
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    QTest.keyClicks(edit, text)
    form.activateWindow()  # where there is no screen, nobody else takes the keyboard back from a list of proposals


def submit(dialog: AddDialog) -> None:
    """Click the button that adds."""
    click(child(dialog, QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok))


def mime(*links: str) -> QMimeData:
    """Return ``links`` as a browser hands them over when they are dragged."""
    data = QMimeData()
    data.setUrls([QUrl(link) for link in links])
    return data


def drop(window: MainWindow, data: QMimeData) -> bool:
    """Drag ``data`` over the window and drop it; return whether it was accepted."""
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(50, 50), copy, data, _LEFT, _NO_KEY)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPoint(50, 50), copy, data, _LEFT, _NO_KEY))
    return enter.isAccepted()


def _popped_up() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu), "no menu has opened"
    return menu
