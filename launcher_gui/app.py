"""The window's composition root: the only file that knows every room."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sqlite3
import sys
from collections.abc import Coroutine, Mapping
from typing import Any

from PySide6.QtCore import QSettings, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from launcher_gui import __version__
from launcher_gui.downloads.failures import DestinationBusyError, DestinationExistsError, DownloadError
from launcher_gui.downloads.request import problems
from launcher_gui.downloads.service import DownloadService
from launcher_gui.monitor import feed
from launcher_gui.monitor.commands import give
from launcher_gui.monitor.projection import Projection
from launcher_gui.panels.add_dialog import AddForm
from launcher_gui.panels.main_window import MainWindow
from launcher_gui.panels.theme import follow_system
from launcher_gui.recovery.exceptions import (
    ExclusiveKeyError,
    InvalidInputError,
    RecoveryError,
    StoreUnusableError,
)
from launcher_gui.recovery.operation import CommandKind
from launcher_gui.recovery.tasks import spawn
from launcher_gui.recovery.worker import Worker

NAME = "ComfyUI Launcher Recovery Monitor"
TICK_MS = 500
"""How often countdowns and speeds are drawn anew."""

_FIELDS = {"URL": "url", "folder": "folder", "file name": "name", "SHA-256": "sha256"}


def run(store_path: str | None) -> int:
    """Open the window on the store at ``store_path`` and return the exit status when it has closed."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    if (problem := display_problem(os.environ, sys.platform)) is not None:
        sys.stderr.write(problem + "\n")
        return 1
    application = QApplication(sys.argv[:1])
    application.setApplicationName(NAME)
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("comfyui-recovery")
    # The window closes when the work is checkpointed, not when its frame says so.
    application.setQuitOnLastWindowClosed(False)
    follow_system(application)
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "comfyui-recovery", "window")
    with QEventLoop(application) as loop:
        desk = Desk(DownloadService(store_path, "window"), settings)
        loop.run_until_complete(desk.run())
    return 0


def display_problem(environ: Mapping[str, str], platform: str) -> str | None:
    """Return why no window can be opened here, in words, or ``None``."""
    headless = not any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if platform.startswith("linux") and headless:
        return (
            "There is no display to open the window on (DISPLAY and WAYLAND_DISPLAY are not set). "
            "Start it in a desktop session, or use a command: 'get URL' downloads without a window, --help shows all."
        )
    return None


class Desk:
    """One window and the work behind it, from opening the store to the last checkpoint.

    Args:
        service: The downloads, not yet opened.
        settings: Where the window's layout is kept.
    """

    def __init__(self, service: DownloadService, settings: QSettings) -> None:
        self._service = service
        self._worker: Worker | None = None
        self._done = asyncio.Event()
        self.window = MainWindow(settings, lambda form: problems(form.url, form.folder, form.name, form.sha256))
        self._connect()

    async def run(self) -> None:
        """Show the window and work until it is closed and everything is checkpointed."""
        self.window.show()
        self._stop_on_signals()
        try:
            async with self._service:
                await self._work()
        except StoreUnusableError as error:
            # The window says what is wrong and stays until it is closed; nothing was written.
            self.window.show_notice(f"{error.problem.capitalize()}: {error.path}. {error.remedy}", str(error))
            await self._done.wait()
        finally:
            self.window.hide()
            self.window.deleteLater()

    async def _work(self) -> None:
        service = self._service
        self.window.set_default_folder(str(service.default_folder()))
        self.window.set_auto_resume(service.settings().auto_resume)
        if service.settings().auto_resume:
            await service.requeue_interrupted()
        self._worker = service.worker()
        working = spawn(self._worker.run(), "working the queue")
        showing = spawn(self._show(), "showing the store")
        ticking = self._start_ticking()
        try:
            await self._done.wait()
        finally:
            ticking.stop()
            await self._worker.stop()
            showing.cancel()
            await asyncio.wait([working, showing])

    async def _show(self) -> None:
        projection = Projection()
        async for changes in feed.follow(self._service.watch, self._service.clock):
            projection = projection.apply(changes)
            self.window.show_projection(projection, changes.ids)

    def _start_ticking(self) -> QTimer:
        timer = QTimer(self.window)
        timer.timeout.connect(lambda: self.window.tick(self._service.clock.now()))
        timer.start(TICK_MS)
        return timer

    def _connect(self) -> None:
        window = self.window
        window.add_requested.connect(lambda form: self._do(self._add(form), "adding a download"))
        window.command_requested.connect(lambda kind, ids: self._do(self._give(kind, ids, {}), "a command"))
        window.remove_requested.connect(
            lambda ids, discard: self._do(self._give(CommandKind.REMOVE, ids, {"discard": discard}), "removing")
        )
        window.folder_requested.connect(lambda folder: QDesktopServices.openUrl(QUrl.fromLocalFile(folder)))
        window.auto_resume_toggled.connect(lambda on: self._do(self._set_auto_resume(on), "changing a setting"))
        window.close_requested.connect(self._close)
        window.quit_confirmed.connect(self._quit)

    def _do(self, work: Coroutine[Any, Any, None], name: str) -> None:
        spawn(self._reported(work), name)

    async def _reported(self, work: Coroutine[Any, Any, None]) -> None:
        """Do what a person asked for, and tell them if it could not be done."""
        try:
            await work
        except (RecoveryError, sqlite3.Error) as error:
            self.window.show_notice(str(error))

    async def _add(self, form: AddForm) -> None:
        service = self._service
        try:
            request = service.parse(form.url, form.folder, form.name, form.sha256)
            await service.check(request)
            await service.add(request)
        except InvalidInputError as error:
            self.window.add_refused(_FIELDS.get(error.field, ""), f"The {error.field} {error.problem}. {error.remedy}")
        except (DestinationExistsError, DestinationBusyError, ExclusiveKeyError) as error:
            self.window.add_refused("name", _sentence(str(error)))
        except DownloadError as error:
            self.window.add_refused("folder", _sentence(str(error)))
        except (RecoveryError, sqlite3.Error) as error:
            self.window.add_refused("", _sentence(str(error)))
        else:
            self.window.add_accepted()

    async def _give(self, kind: CommandKind, ids: tuple[str, ...], arguments: Mapping[str, Any]) -> None:
        for operation_id in ids:
            await give(self._service.store, self._service.clock, operation_id, kind, "window", arguments)

    async def _set_auto_resume(self, on: bool) -> None:
        settings = await self._service.settings.change("auto_resume", on)
        self.window.set_auto_resume(settings.auto_resume)

    def _close(self) -> None:
        active = self._worker.active if self._worker is not None else 0
        if active:
            self.window.confirm_quit(active)
        else:
            self._quit()

    def _quit(self) -> None:
        self.window.show_closing()
        self._done.set()

    def _stop_on_signals(self) -> None:
        """Let Ctrl-C and SIGTERM close the program as its window does, without the question."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._quit())


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".")
