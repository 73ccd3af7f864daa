"""The program as people start it, which prints a line on standard output once its window is shown and answers."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent

from launcher_gui.entry import main
from launcher_gui.ui.main_window.main_window import MainWindow


def _tell(self: MainWindow, _event: QShowEvent) -> None:
    QTimer.singleShot(0, lambda: print("shown", flush=True))  # noqa: T201 whoever started it waits for this


if __name__ == "__main__":
    MainWindow.showEvent = _tell  # type: ignore[method-assign, assignment]
    sys.exit(main())
