"""Window tests need no screen: the offscreen platform is chosen before Qt starts."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from launcher_gui.panels.main_window import MainWindow

os.environ["QT_QPA_PLATFORM"] = "offscreen"


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Let the offscreen platform say what it cannot do; every other Qt warning fails the test."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support", extend=True))


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
