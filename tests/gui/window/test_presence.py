"""The program beside its window: tray, closing to it, notifications, staying awake, quitting."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QSystemTrayIcon

from launcher_gui.desktop.tray import progress_icon
from launcher_gui.ui.add.add_dialog import AddDialog
from launcher_gui.ui.common.dialogs import QuitQuestion
from launcher_gui.ui.common.resources import app_icon
from tests.support.builders.files import MIB, Content
from tests.support.gui import desktop_bus, gestures
from tests.support.gui.desktop_bus import LOGIND, PORTAL, Desktop
from tests.support.gui.person import Person, at_desk
from tests.support.servers.behaviours import Answer, Serve, Stall
from tests.support.servers.misbehaving import MisbehavingServer

NAME = "model.safetensors"
MODEL = Content(4 * MIB)
HALF = Serve(ending=Stall(2 * MIB), content=MODEL)
BIT = Serve(ending=Stall(1000), content=MODEL)


@pytest.fixture
def with_tray(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the desktop have a tray, which no screen that is not there has."""
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))


def _choose(person: Person, text: str) -> None:
    """Choose an entry of the tray's menu."""
    entry = next(a for a in person.desk._presence.tray.menu.actions() if a.text() == text)
    assert entry.isEnabled(), text
    entry.trigger()


def _tip(person: Person) -> str:
    return person.desk._presence.tray.icon.toolTip()


async def _set(person: Person, **changes: object) -> None:
    await person.until(person.window.window_actions.settings.isEnabled, "the settings")
    person.window.settings_changed.emit(changes)
    settings = person.desk._service.settings
    await person.until(lambda: all(getattr(settings(), n) == v for n, v in changes.items()), f"{changes}")


@pytest.mark.usefixtures("with_tray")
async def test_the_tray_tells_and_takes_orders(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """Its tip says how far everything is; pausing and resuming all works from its menu."""
    misbehaving.script(HALF, then=Serve(content=MODEL))
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path)
        await person.until(lambda: "1 running · 50 %" in _tip(person), "half of it in the tray's tip")
        _choose(person, "Pause all")
        await person.sees(NAME, "Paused")
        await person.until(lambda: "No active downloads" in _tip(person), "the tip")
        _choose(person, "Resume all")
        await person.sees(NAME, "Done")


@pytest.mark.usefixtures("with_tray")
async def test_closing_leaves_it_in_the_tray_and_quit_quits(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """Closed to the tray it works on; "Show" brings it back, "Quit" asks where that ends work."""
    misbehaving.script(HALF, then=BIT)
    async with at_desk(store_path) as person:
        await _set(person, close_to_tray=True)
        await person.adds(misbehaving.url(), tmp_path)
        await person.sees(NAME, "Downloading")
        person.window.close()
        assert not person.window.isVisible()
        assert not person.ended.done()
        _choose(person, "Show the window")
        assert person.window.isVisible()
        person.window.close()
        _choose(person, "Quit")
        question = await person.dialog(QuitQuestion)
        assert person.window.isVisible()
        gestures.answer(question, "Quit")
        await asyncio.wait_for(person.ended, 10)


async def test_without_a_tray_the_window_closes_as_ever(store_path: Path) -> None:
    """A window that could not be found again is never hidden."""
    async with at_desk(store_path) as person:
        await _set(person, close_to_tray=True)
        person.window.close()
        await asyncio.wait_for(person.ended, 10)


async def test_who_does_not_want_to_be_asked_is_not(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """A tick in the question is kept: the next time, quitting just checkpoints."""
    misbehaving.script(HALF, then=BIT)
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path)
        await person.sees(NAME, "Downloading")
        person.key(Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
        question = await person.dialog(QuitQuestion)
        gestures.click(gestures.child(question, QCheckBox))
        gestures.answer(question, "Quit")
        await asyncio.wait_for(person.ended, 10)
    async with at_desk(store_path) as person:
        await person.sees(NAME, "Downloading")
        person.key(Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
        await asyncio.wait_for(person.ended, 10)
        assert not person.asked_to_quit()


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch, no_desktop: None) -> Iterator[Desktop]:
    """A desktop on a bus of its own."""
    if shutil.which("dbus-daemon") is None or shutil.which("dbus-monitor") is None:
        pytest.skip("dbus-daemon or dbus-monitor is not installed")
    with desktop_bus.bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        made = Desktop(address, LOGIND, PORTAL)
        yield made
        made.close()


async def test_it_stays_awake_while_it_downloads_and_not_longer(
    desktop: Desktop, misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """The computer is kept awake while work runs, and no longer when it is paused or the program quits."""
    misbehaving.script(HALF, then=BIT)
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path)
        await person.until(lambda: person.desk._presence.awake.held, "the hold")
        assert [call.method for call in desktop.calls] == ["Inhibit"]
        person.select(NAME)
        person.press("Pause")
        await person.sees(NAME, "Paused")
        await person.until(lambda: desktop.let_go, "its end")
        person.press("Resume")
        await person.until(lambda: person.desk._presence.awake.held, "the hold again")
        await person.quits()
    assert desktop.let_go


async def test_who_switched_it_off_is_not_kept_awake(
    desktop: Desktop, misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """The setting counts at once."""
    misbehaving.script(HALF, then=BIT)
    async with at_desk(store_path) as person:
        await _set(person, inhibit_sleep=False)
        await person.adds(misbehaving.url(), tmp_path)
        await person.sees(NAME, "Downloading")
        await asyncio.sleep(0.7)  # more than a tick
        assert desktop.calls == []


async def test_who_looks_elsewhere_is_told_once_of_many_failures(
    desktop: Desktop, misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """Failures that come together are one notification; nobody is told of what they see."""
    links = [misbehaving.url(f"/{number}.bin") for number in range(6)]
    for number in range(6):
        misbehaving.script(then=Answer(404), path=f"/{number}.bin")
    async with at_desk(store_path) as person:
        await _set(person, inhibit_sleep=False)
        person.window.set_default_folder(str(tmp_path))
        person.window.adding.ask_for(links)
        gestures.submit(gestures.in_sight(person.window, AddDialog))
        await person.until(lambda: not person.adding(), "the dialog has closed")
        person.window.showMinimized()
        with desktop_bus.listening(
            os.environ["DBUS_SESSION_BUS_ADDRESS"], "member='AddNotification'", tmp_path / "heard"
        ) as heard:
            await person.until(lambda: bool(desktop.calls), "the notification")
            await person.until(lambda: '"6 downloads need attention"' in heard(), "its words")
        for number in range(6):
            await person.sees(f"{number}.bin", "Failed")
        (call,) = desktop.calls
        assert (call.method, call.arguments[0]) == ("AddNotification", "trouble")


async def test_the_entry_for_the_login_follows_the_setting(store_path: Path, tmp_path: Path) -> None:
    """Switched on in the settings it is there, switched off it is gone."""
    folder = tmp_path / "config" / "autostart"
    async with at_desk(store_path) as person:
        await _set(person, autostart=True)
        await person.until(lambda: folder.exists() and any(folder.iterdir()), "the entry")
        await _set(person, autostart=False)
        await person.until(lambda: not any(folder.iterdir()), "its end")


def test_the_icon_differs_by_progress_and_trouble() -> None:
    """Nothing under way is the plain icon; a ring closes, and a dot tells of trouble."""
    pictures = [
        progress_icon(fraction, trouble=trouble).pixmap(64).toImage()
        for fraction, trouble in ((None, False), (0.2, False), (0.8, False), (0.8, True), (None, True))
    ]
    assert pictures[0] == app_icon().pixmap(64).toImage()
    assert all(one != other for n, one in enumerate(pictures) for other in pictures[n + 1 :])
