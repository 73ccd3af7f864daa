"""The bar above the list, clicked and typed into."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from launcher_gui.models.operation_table import Role
from launcher_gui.monitor.projection import Changes
from launcher_gui.recovery.operation import CommandKind, OperationState
from launcher_gui.ui.downloads.filter_bar import FilterBar
from launcher_gui.ui.main_window.main_window import MainWindow
from tests.support.gui.crowd import HUB, MIRROR, SLOW, day, many
from tests.support.gui.gestures import click
from tests.support.store.projections import NOW, project, record

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bar(window: MainWindow) -> FilterBar:
    """The bar over a day in which everything happens."""
    projection = day()
    window.tick(NOW)
    window.show_projection(projection, frozenset(projection.views))
    return window.list_page.bar


def ids(window: MainWindow) -> list[str]:
    order = window.table.order
    return [order.index(row, 0).data(Role.ID) for row in range(order.rowCount())]


def test_typing_narrows_the_list(qtbot: QtBot, window: MainWindow, bar: FilterBar) -> None:
    """Ctrl+F and a word leave just what has it; the bar says how much that is."""
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    assert bar.text.hasFocus()
    QTest.keyClicks(bar.text, "flux")
    assert ids(window) == ["op-2"]
    assert bar._shown.text() == "1 of 9"
    bar.clear()
    assert len(ids(window)) == 9


def test_state_and_host_are_chosen_by_keyboard(qtbot: QtBot, window: MainWindow, bar: FilterBar) -> None:
    """The boxes offer the hosts that there are."""
    assert [bar.host.itemData(n) for n in range(bar.host.count())] == ["", SLOW, HUB, MIRROR]
    bar.host.setFocus()
    qtbot.keyClick(bar.host, Qt.Key.Key_Down)
    assert ids(window) == ["op-8", "op-9"]
    bar.group.setFocus()
    qtbot.keyClick(bar.group, Qt.Key.Key_End)
    assert ids(window) == []


def test_all_failed_of_a_host_are_resumed_at_once(qtbot: QtBot, window: MainWindow, bar: FilterBar) -> None:
    """Choosing a host offers to resume just what failed there."""
    failed = [record(f"f{n}", OperationState.FAILED, scope=HUB if n % 2 else SLOW) for n in range(5)]
    projection = project(*failed)
    window.show_projection(projection, frozenset({*projection.views, *day().views}))
    assert bar.resume.text() == "Resume 5 failed"
    bar.host.setCurrentIndex(bar.host.findData(HUB))
    assert bar.resume.text() == f"Resume 2 failed from {HUB}"
    with qtbot.waitSignal(window.command_requested) as told:
        click(bar.resume)
    assert told.args == [CommandKind.RESUME, ("f1", "f3")]


def test_nothing_failed_offers_nothing(window: MainWindow) -> None:
    """The button is there while there is something that it could do."""
    projection = project(record())
    window.show_projection(projection, frozenset(projection.views))
    assert not window.list_page.bar.resume.isVisible()


def test_what_is_picked_elsewhere_can_be_seen(window: MainWindow, bar: FilterBar) -> None:
    """A click in the timeline on what is filtered out lets it be seen."""
    bar.text.setText("flux")
    window.workspace.picked.emit("op-8", 0)
    assert [view.id for view in window.table.selected] == ["op-8"]


def test_ten_thousand_are_filtered_in_the_blink_of_an_eye(window: MainWindow) -> None:
    """Ten thousand rows come, are narrowed and come back, and the list is right each time."""
    projection = many(10_000, 1)
    window.show_projection(projection, frozenset(projection.views))
    window.list_page.bar.text.setText("model-0999")
    assert len(ids(window)) == 10
    window.list_page.bar.clear()
    assert window.table.order.rowCount() == 10_000


def test_what_is_too_old_to_be_listed_is_owned_up_to(window: MainWindow) -> None:
    """Nobody looks in vain for what is only in the store."""
    projection = project(record("op-1", OperationState.COMPLETED)).apply(Changes(left_out=90_000))
    window.show_projection(projection, frozenset(projection.views))
    assert window.list_page.bar._shown.text() == "90000 older finished downloads are not listed"
