"""Whether Qt can open a window here; if not, one message and an exit status instead of an abort."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QMessageLogContext, QtMsgType, qInstallMessageHandler

from launcher_gui import startup_errors
from launcher_gui.ui.common.resources import resource_folder


def problem() -> str | None:
    """Return why no window can be opened, as far as that is known beforehand."""
    folder = resource_folder()
    if not ((folder / "app.svg").is_file() and (folder / "icons").is_dir()):
        return startup_errors.missing_pictures(folder)
    return startup_errors.no_display(os.environ, sys.platform)


@contextlib.contextmanager
def exit_on_qt_fatal() -> Iterator[None]:
    """Exit with one message and status 1 where Qt would abort: no display, or a missing library.

    Qt's own messages about each platform plugin that it tries are left out.
    """
    qInstallMessageHandler(_end_if_fatal)
    try:
        yield
    finally:
        qInstallMessageHandler(None)


def _end_if_fatal(kind: QtMsgType, _context: QMessageLogContext, _message: str) -> None:
    if kind is QtMsgType.QtFatalMsg:
        library = _missing_library()
        reason = (
            startup_errors.silent_display(os.environ) if library is None else startup_errors.missing_library(library)
        )
        sys.stderr.write(f"comfyui-recovery: {reason}\n")
        sys.stderr.flush()
        os._exit(1)  # Qt aborts as soon as this returns


def _missing_library() -> str | None:
    """Return a library that Qt's X11 plugin needs and that is missing."""
    plugin = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms" / "libqxcb.so"
    if not plugin.exists():
        return None
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return startup_errors.library_named_in(str(error))
    return None
