"""The window without a mouse: everything is reached, in the order of reading, and it shows where the keyboard is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from launcher_gui.ui.common.theme import apply_theme
from launcher_gui.ui.main_window.main_window import MainWindow
from tests.support.gui import crowd, tour
from tests.support.gui.speaking import speaking

_MOST = 100


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[QApplication]:
    """The application as it looks in the light."""
    apply_theme(qapp, Qt.ColorScheme.Light)
    yield qapp
    qapp.setStyleSheet("")
    qapp.setPalette(qapp.style().standardPalette())


def test_tab_reaches_every_control(settings: QSettings) -> None:
    """At every place, Tab goes through all that can be used and comes back to where it began."""
    for place in tour.places(settings):
        place.widget.activateWindow()
        reached = set(_tabbed(place.widget))
        assert [_called(c) for c in _usable(place.widget) if c not in reached] == [], place.name


def test_tab_goes_from_top_to_bottom(settings: QSettings) -> None:
    """In the list: toolbar, message, views, filters, list, facts, attempts; back up from there."""
    walk = tour.places(settings)  # kept: what it shows goes with it
    place = next(place for place in walk if place.name.startswith("list"))
    place.widget.activateWindow()
    names = [_called(control) for control in _tabbed(place.widget)]
    first = names.index("Add…")
    names = names[first:] + names[:first]
    landmarks = ["Add…", "Open folder", "Dismiss the message", "Views", "Filter by name, folder or link"]
    landmarks += ["Filter by host", "Downloads", "Link", "ID", "Attempts"]
    assert [name for name in names if name in landmarks] == landmarks


def test_it_shows_where_the_keyboard_is(themed: QApplication, settings: QSettings) -> None:
    """Every control looks different while it has the keyboard."""
    for place in tour.places(settings):
        place.widget.activateWindow()
        for control in _tabbed(place.widget):
            assert _look(control) != _look_without_keyboard(control, place.widget), f"{place.name}: {_called(control)}"


def test_the_current_row_comes_into_view_with_the_keyboard(window: MainWindow) -> None:
    """A list that was scrolled, or has become smaller, shows its current row when Tab leads there, not at a click."""
    shown = crowd.hundred()
    window.show_projection(shown, frozenset(shown.views))
    table = window.table
    table.setCurrentIndex(table.model().index(table.model().rowCount() - 1, 0))
    for reason, in_view in ((Qt.FocusReason.MouseFocusReason, False), (Qt.FocusReason.TabFocusReason, True)):
        table.clearFocus()
        table.scrollToTop()
        table.setFocus(reason)
        visible = table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())
        assert visible is in_view, reason


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_menu_entry_has_a_key_of_its_own(
    qtbot: QtBot, qapp: QApplication, settings: QSettings, language: str
) -> None:
    """In each menu every entry has an underlined letter, and no two have the same one."""
    with speaking(qapp, language):
        window = MainWindow(settings, lambda _form: {})
        qtbot.addWidget(window)
        menus = [window.menuBar().actions(), *(menu.actions() for menu in _menus(window))]
        for entries in menus:
            keys = Counter(_key(entry) for entry in entries if not entry.isSeparator())
            assert [key for key, times in keys.items() if not key or times > 1] == [], [e.text() for e in entries]


def test_every_action_is_in_a_menu(window: MainWindow) -> None:
    """What has no shortcut, or whose shortcut somebody does not know, is found in the menus."""
    offered = {entry for menu in _menus(window) for entry in menu.actions()}
    assert {action.text() for action in window.window_actions.all if action not in offered} == set()


def test_no_two_actions_share_a_shortcut(window: MainWindow) -> None:
    """A shortcut that two actions have does neither."""
    keys = Counter(a.shortcut().toString() for a in window.window_actions.all if not a.shortcut().isEmpty())
    assert [key for key, times in keys.items() if times > 1] == []


def _menus(window: MainWindow) -> list[QMenu]:
    """Return the menus of the menu bar and those within them; the columns fill theirs when it opens."""
    menus, found = [entry.menu() for entry in window.menuBar().actions()], list[QMenu]()
    while menus:
        menu = menus.pop()
        if isinstance(menu, QMenu):
            found.append(menu)
            menus += [entry.menu() for entry in menu.actions()]
    return found


def _key(entry: QAction) -> str:
    before, mark, after = entry.text().replace("&&", "").partition("&")
    assert before or mark or after
    return after[:1].lower()


def _tabbed(window: QWidget) -> list[QWidget]:
    """Return what Tab goes through, from where the keyboard is until it is there again."""
    seen: list[QWidget] = []
    while (control := QApplication.focusWidget()) is not None and control not in seen:
        assert len(seen) < _MOST, "Tab never comes back"
        seen.append(control)
        QTest.keyClick(control, Qt.Key.Key_Tab)
    return seen


def _usable(window: QWidget) -> list[QWidget]:
    def is_usable(control: QWidget) -> bool:
        by_tab = bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus)
        own = control.window() is window and control.focusProxy() is None
        return own and by_tab and control.isVisible() and control.isEnabled()

    return [control for control in window.findChildren(QWidget) if is_usable(control)]


def _called(control: QWidget) -> str:
    return control.accessibleName() or str(control.property("text") or type(control).__name__)


def _look(control: QWidget) -> QImage:
    control.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    return control.grab().toImage()


def _look_without_keyboard(control: QWidget, window: QWidget) -> QImage:
    control.clearFocus()
    QApplication.processEvents()
    return control.grab().toImage()
