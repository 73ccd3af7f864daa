"""What the program tells a desktop, on a real message bus: staying awake, notifications, the taskbar's progress."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from launcher_gui import APP_ID
from launcher_gui.desktop.notifications import Notifier
from launcher_gui.desktop.sleep import Wakefulness
from launcher_gui.desktop.taskbar import Taskbar
from launcher_gui.monitor.notifications import Notification
from tests.support.gui import desktop_bus
from tests.support.gui.desktop_bus import LOGIND, PORTAL, POWER, Desktop

pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="dbus-daemon is not installed")


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bus that stands for the session's and for the system's."""
    with desktop_bus.bus() as where:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", where)
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", where)
        yield where


def test_who_manages_power_keeps_it_awake(qtbot: QtBot, address: str) -> None:
    """It is asked once, with a reason, and closing the connection ends the request."""
    desktop, awake = Desktop(address, POWER, LOGIND), Wakefulness()
    before = _connections(address)
    awake.keep(awake=True)
    awake.keep(awake=True)
    qtbot.waitUntil(lambda: awake.held)
    (call,) = desktop.calls
    assert (call.interface, call.method, call.signature) == (f"{POWER}.Inhibit", "Inhibit", "ss")
    assert call.arguments == ("ComfyUI Launcher Recovery Monitor", "Downloads are running")
    assert len(_connections(address)) == len(before) + 1
    awake.keep(awake=False)
    assert not awake.held
    qtbot.waitUntil(lambda: len(_connections(address)) == len(before))
    desktop.close()


def test_without_it_logind_is_asked(qtbot: QtBot, address: str) -> None:
    """What it hands out is kept open for as long as it is needed, and closed then."""
    desktop, awake = Desktop(address, LOGIND), Wakefulness()
    awake.keep(awake=True)
    qtbot.waitUntil(lambda: awake.held)
    (call,) = desktop.calls
    assert (call.method, call.signature) == ("Inhibit", "ssss")
    assert call.arguments[0] == "sleep:idle"
    assert call.arguments[3] == "block"
    assert not desktop.let_go
    awake.keep(awake=False)
    qtbot.waitUntil(lambda: desktop.let_go)
    desktop.close()


def test_what_is_not_wanted_any_more_is_let_go_however_late_it_is_granted(qtbot: QtBot, address: str) -> None:
    """An answer that comes after the last download has ended keeps nobody awake."""
    desktop, awake = Desktop(address, LOGIND), Wakefulness()
    awake.keep(awake=True)
    awake.keep(awake=False)
    awake.keep(awake=True)
    qtbot.waitUntil(lambda: awake.held)
    awake.keep(awake=False)
    qtbot.waitUntil(lambda: desktop.let_go)
    assert not awake.held
    desktop.close()


def test_a_desktop_that_knows_none_of_it_is_left_alone(qtbot: QtBot, address: str) -> None:
    """Nobody there to ask, on a bus or without one, is no trouble."""
    awake = Wakefulness()
    awake.keep(awake=True)
    qtbot.wait(100)
    assert not awake.held
    awake.keep(awake=False)


def test_notifications_go_to_the_portal_where_there_is_no_tray(qtbot: QtBot, address: str) -> None:
    """The later of two of one kind takes the earlier one's place: they have one name."""
    desktop, icon = Desktop(address, PORTAL), QSystemTrayIcon()
    notifier = Notifier(icon)
    notifier.tell(Notification(trouble=True, title="40 downloads need attention", body="a, b, c and 37 more"))
    notifier.tell(Notification(trouble=False, title="d finished", body="Installed in /models"))
    qtbot.waitUntil(lambda: len(desktop.calls) == 2)
    assert [call.signature for call in desktop.calls] == ["sa{sv}", "sa{sv}"]
    assert [call.arguments[0] for call in desktop.calls] == ["trouble", "finished"]
    notifier.close()
    desktop.close()


@pytest.mark.skipif(shutil.which("dbus-monitor") is None, reason="dbus-monitor is not installed")
def test_the_taskbar_hears_each_percent_once(qtbot: QtBot, address: str, tmp_path: Path) -> None:
    """Progress goes out as docks know it, only when it looks different, and is taken away at the end."""
    rule = "interface='com.canonical.Unity.LauncherEntry'"
    with desktop_bus.listening(address, rule, tmp_path / "heard") as heard:
        taskbar = Taskbar()
        for fraction in (0.5, 0.501, 0.504, 0.51):
            taskbar.show(fraction)
        taskbar.close()
        qtbot.waitUntil(lambda: "boolean false" in heard())
        told = heard()
    assert [line.split()[-1] for line in told.splitlines() if " double " in line] == ["0.5", "0.51", "0"]
    assert f"application://{APP_ID}.desktop" in told


def _connections(address: str) -> set[str]:
    """Return who is on the bus."""
    name = "looking"
    names = QDBusConnection.connectToBus(address, name).interface().registeredServiceNames().value()
    QDBusConnection.disconnectFromBus(name)
    return {str(one) for one in names if str(one).startswith(":")}
