"""Window tests need no screen: the offscreen platform is chosen before Qt starts.

Async tests run on qasync's loop, the one that the program runs on; nothing that ticks or runs may outlive its test.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPropertyAnimation, QSettings, QThread, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from qasync import QEventLoop
from shiboken6 import delete, isValid

from launcher_gui.ui.common.resources import resource_folder
from launcher_gui.ui.main_window.main_window import MainWindow

os.environ["QT_QPA_PLATFORM"] = "offscreen"

_OF_NO_SCREEN = ("^This plugin does not support", "No such signal .*systemTrayWindowChanged")


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], QEventLoop]]:
    """Run async tests on Qt's event loop."""
    return {"qasync": _loop}


def _loop() -> QEventLoop:
    """Return a loop that takes its timers along when it closes.

    qasync's loop leaves them to the garbage collector; run by a thread of the store's or the files', that would destroy
    the object under Qt's feet.
    """
    loop = QEventLoop(_application())
    close = loop.close

    def close_with_timers() -> None:
        timers = loop._timer
        close()
        if isValid(timers):
            delete(timers)

    loop.close = close_with_timers
    return loop


def _application() -> QApplication:
    """Return the one application of the whole run; pytest-qt takes over the one that it finds."""
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else QApplication([])


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Let the offscreen platform say what it cannot do; every other Qt warning fails the test."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.qt_log_ignore(*_OF_NO_SCREEN, extend=True))


@pytest.fixture(scope="session", autouse=True)
def english(qapp: QApplication) -> None:
    """Let the windows of all tests have their English plurals, whatever this machine speaks."""
    translator = QTranslator(qapp)
    assert translator.load(str(resource_folder() / "translations" / "en.qm"))
    qapp.installTranslator(translator)


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test after which a timer still ticks, a thread still runs, or a window could still speak up."""
    qapp.setQuitOnLastWindowClosed(False)  # as in the program: the window of one test must not end the loop of the next
    started: list[QObject] = []
    for kind in (QTimer, QThread):
        monkeypatch.setattr(kind, "start", _noted(kind.start, started))
    yield
    for widget in qapp.topLevelWidgets():
        if isinstance(widget, MainWindow):  # which lives a little longer than its test, and must not move then
            for moving in widget.findChildren(QPropertyAnimation):
                moving.stop()
            widget.hide()
    # What a closing window still has to say belongs to this test, not to the next; so it goes now, with its timers.
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    assert QGuiApplication.topLevelWindows() == []
    assert [x for x in started if isValid(x) and isinstance(x, QTimer) and x.isActive()] == []
    assert [x for x in started if isValid(x) and isinstance(x, QThread) and x.isRunning()] == []
    for thread in threading.enumerate():
        if thread.name.startswith("files"):
            thread.join(5.0)
            assert not thread.is_alive(), f"{thread.name} still runs"


def _noted(start: Callable[..., None], started: list[QObject]) -> Callable[..., None]:
    def noted(self: QObject, *arguments: object) -> None:
        started.append(self)
        start(self, *arguments)

    return noted


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """A file for the window's layout that nothing else reads."""
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def window(qtbot: QtBot, settings: QSettings) -> MainWindow:
    """An open, empty window that finds every form right."""
    made = MainWindow(settings, lambda _form: {})
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture(autouse=True)
def no_desktop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let no test speak to the desktop of whoever runs it, or change what opens when they log in."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture(autouse=True)
def quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for chance or for long; a test that watches a wait sets its own."""
    for name in [name for name in os.environ if name.startswith("RECOVERY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("RECOVERY_INITIAL_DELAY", "0.02")
    monkeypatch.setenv("RECOVERY_JITTER", "0")
    monkeypatch.setenv("RECOVERY_PROBE_LINKS", "false")  # it would use up what the servers' scripts hold
