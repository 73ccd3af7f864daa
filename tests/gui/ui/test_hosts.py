"""The board of hosts as a person uses it, by itself and on the real store with a real download."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from launcher_gui.monitor.hosts import HostAction
from launcher_gui.monitor.projection import Changes
from launcher_gui.recovery.operation import CommandKind
from launcher_gui.ui.activity.hosts_view import HostsView
from launcher_gui.ui.main_window.main_window import MainWindow
from launcher_gui.ui.main_window.workspace import View
from tests.support.builders.files import MIB, ONE_MIB
from tests.support.gui.crowd import HUB, MIRROR, SLOW, day
from tests.support.gui.gestures import click
from tests.support.gui.person import Person, at_desk
from tests.support.servers.behaviours import Serve, Stall
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.store.projections import NOW

NAME = "model.safetensors"


@pytest.fixture
def board(qtbot: QtBot, window: MainWindow) -> HostsView:
    """The board of a day in which everything happens, opened by its shortcut."""
    projection = day()
    window.tick(NOW)
    window.show_projection(projection, frozenset(projection.views))
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    return window.workspace.hosts


def offered(board: HostsView) -> set[HostAction]:
    return {action for action, button in board.buttons.items() if button.isVisible()}


def test_the_tab_says_how_many_are_held_back(window: MainWindow, board: HostsView) -> None:
    """Whoever looks at the list sees that there is something to see elsewhere."""
    assert window.workspace._tabs.tabText(View.HOSTS) == "Hosts (2)"


@pytest.mark.parametrize(
    ("scope", "actions"),
    [
        (SLOW, {HostAction.RELEASE}),
        (MIRROR, {HostAction.PROBE, HostAction.RESET, HostAction.ISOLATE}),
        (HUB, {HostAction.RESET, HostAction.ISOLATE}),
    ],
)
def test_each_host_offers_what_can_be_done(board: HostsView, scope: str, actions: set[HostAction]) -> None:
    """The buttons are those of the host that is chosen."""
    board.choose(scope)
    assert offered(board) == actions


@pytest.mark.parametrize(
    ("scope", "action"),
    [(SLOW, HostAction.RELEASE), (MIRROR, HostAction.RESET), (MIRROR, HostAction.ISOLATE)],
)
def test_a_click_asks_the_store(
    qtbot: QtBot, window: MainWindow, board: HostsView, scope: str, action: HostAction
) -> None:
    """Each button asks for its action on its host, and changes nothing by itself."""
    board.choose(scope)
    before = offered(board)
    with qtbot.waitSignal(window.host_requested) as told:
        click(board.buttons[action])
    assert told.args == [action, scope]
    assert offered(board) == before


def test_a_probe_is_a_waiting_download_that_asks_at_once(qtbot: QtBot, window: MainWindow, board: HostsView) -> None:
    """Probe now retries the first of those that wait, and only that one."""
    board.choose(MIRROR)
    with qtbot.waitSignal(window.command_requested) as told:
        click(board.buttons[HostAction.PROBE])
    assert told.args == [CommandKind.RETRY, ("op-m0",)]


def test_who_waits_can_be_gone_to(window: MainWindow, board: HostsView) -> None:
    """A click on a waiting download selects it everywhere."""
    board.choose(MIRROR)
    assert board.waiting.count() == 3
    place = board.waiting.visualItemRect(board.waiting.item(1)).center()
    QTest.mouseClick(board.waiting.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [view.id for view in window.table.selected] == ["op-m1"]


def test_the_countdown_is_live(window: MainWindow, board: HostsView) -> None:
    """The sentence goes along with the time."""
    board.choose(MIRROR)
    window.tick(NOW + 10)
    assert any("Next retry: in 31 s" in label.text() for label in board.findChildren(QLabel))


def test_the_choice_stays_when_hosts_change_places(window: MainWindow, board: HostsView) -> None:
    """Who is about to click Release does not find another host under the button."""
    board.choose(HUB)
    guards = tuple(guard for guard in day().breakers.values() if guard.scope != MIRROR)
    window.show_projection(day().apply(Changes(breakers=guards)), frozenset())
    assert board.chosen is not None
    assert board.chosen.scope == HUB


def test_an_empty_board_teaches(window: MainWindow) -> None:
    """With no host to show, it says what will be there and what can be done."""
    window.workspace.show_view(View.HOSTS)
    lesson = next(label for label in window.workspace.hosts.findChildren(QLabel) if label.isVisible())
    assert "paused for a while" in lesson.text()


def test_a_host_can_be_chosen_from_the_timeline(window: MainWindow, board: HostsView) -> None:
    """A click on a host's lane leads to its board."""
    window.workspace.show_view(View.TIMELINE)
    window.workspace.timeline.host_picked.emit(MIRROR)
    assert window.workspace.view is View.HOSTS
    assert board.chosen is not None
    assert board.chosen.scope == MIRROR


def test_every_button_says_what_it_does(window: MainWindow, board: HostsView) -> None:
    """Name and description are there for a screen reader."""
    assert all(b.text() and b.accessibleDescription() for b in board.buttons.values())
    assert board.table.accessibleName()


async def _board(person: Person) -> HostsView:
    person.window.workspace.show_view(View.HOSTS)
    board = person.window.workspace.hosts
    await person.until(lambda: board.chosen is not None, "a host on the board")
    return board


async def test_a_host_is_held_back_and_released(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """While a person holds a host back its downloads wait; released, they come."""
    misbehaving.script(then=Serve(ending=Stall(MIB // 2), content=ONE_MIB), path="/slow.bin")
    misbehaving.script(then=Serve(content=ONE_MIB), path=f"/{NAME}")
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url("/slow.bin"), tmp_path)
        board = await _board(person)
        await person.until(board.buttons[HostAction.ISOLATE].isVisible, "Hold back")
        click(board.buttons[HostAction.ISOLATE])
        await person.until(board.buttons[HostAction.RELEASE].isVisible, "Release")
        await person.adds(misbehaving.url(f"/{NAME}"), tmp_path)
        await person.until(lambda: board.waiting.count() == 1, "a download that waits for it")
        click(board.buttons[HostAction.RELEASE])
        await person.sees(NAME, "Done")
