"""Shows the window place by place: prints the name of each on a line of its own and waits for a line to go on."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QSocketNotifier
from PySide6.QtWidgets import QApplication

from tests.support.gui import tour


def main() -> None:
    """Take the tour."""
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    told = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    waiting = QEventLoop()
    told.activated.connect(waiting.quit)
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "window.ini"), QSettings.Format.IniFormat)
        for place in tour.places(settings):
            sys.stdout.write(f"{place.name}\n")
            sys.stdout.flush()
            waiting.exec()
            os.read(sys.stdin.fileno(), 64)


if __name__ == "__main__":
    main()
