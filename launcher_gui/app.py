"""The window's composition root: the only file that knows every room."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sqlite3
import sys
from collections.abc import Callable, Coroutine, Iterator, Mapping
from typing import Any

from PySide6.QtCore import QSettings, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from launcher_gui import APP_ID, __version__, display
from launcher_gui.downloads.failures import DestinationBusyError, DestinationExistsError, DownloadError
from launcher_gui.downloads.request import problems
from launcher_gui.downloads.service import DownloadService
from launcher_gui.downloads.soundness import pickle_warning
from launcher_gui.monitor import feed
from launcher_gui.monitor.commands import change_host, give
from launcher_gui.monitor.hosts import HostAction
from launcher_gui.monitor.projection import Projection
from launcher_gui.monitor.recorded import said
from launcher_gui.monitor.wording import refusal_text
from launcher_gui.panels.add_dialog import AddForm
from launcher_gui.panels.language import SETTING as LANGUAGE
from launcher_gui.panels.language import use_language
from launcher_gui.panels.main_window import MainWindow
from launcher_gui.panels.theme import follow_system
from launcher_gui.recovery.exceptions import (
    ExclusiveKeyError,
    InvalidInputError,
    RecoveryError,
    StoreUnusableError,
)
from launcher_gui.recovery.logs import operations_log
from launcher_gui.recovery.operation import Command, CommandKind, CommandState
from launcher_gui.recovery.persistence import commands
from launcher_gui.recovery.persistence.sqlite import unusable
from launcher_gui.recovery.tasks import spawn
from launcher_gui.recovery.worker import Worker
from launcher_gui.settings.schema import Settings
from launcher_gui.words import translate

NAME = "ComfyUI Launcher Recovery Monitor"
WHO = "window"
"""What others are told of who asked."""

TICK_MS = 500
"""How often countdowns and speeds are drawn anew."""

BUSY_AFTER_S = 1.0
"""A store that takes nothing for so long is busy, and people are told."""

_FIELDS = {"URL": "url", "folder": "folder", "file name": "name", "SHA-256": "sha256"}


def run(store_path: str | None, asked_for: tuple[str, ...] | None = None) -> int:
    """Open the window and return the exit status when it has closed.

    Args:
        store_path: The store's file, ``None`` for the usual one.
        asked_for: Links to ask for in the add dialog, which is empty if there are none; ``None`` for no dialog.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    operations_log.setLevel(logging.ERROR)  # the window shows what happens to downloads
    if (unable := display.problem()) is not None:
        sys.stderr.write(f"comfyui-recovery: {unable}\n")
        return 1
    try:
        service = DownloadService(store_path, WHO)
    except InvalidInputError as error:  # in an environment variable, which only a terminal can put right
        sys.stderr.write(f"comfyui-recovery: {error}\n")
        return 2
    with display.told_when_qt_gives_up():
        application = QApplication(sys.argv[:1])
    application.setApplicationName(NAME)
    application.setApplicationVersion(__version__)
    application.setDesktopFileName(APP_ID)
    # The window closes when the work is checkpointed, not when its frame says so.
    application.setQuitOnLastWindowClosed(False)
    follow_system(application)
    layout = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "comfyui-recovery", "window")
    use_language(application, service.settings().language or str(layout.value(LANGUAGE, "")))
    with QEventLoop(application) as loop:
        loop.run_until_complete(Desk(service, layout, asked_for).run())
    return 0


class Desk:
    """One window and the work behind it, from opening the store to the last checkpoint.

    Args:
        service: The downloads, not yet opened.
        settings: Where the window's layout is kept.
        asked_for: As for ``run``.
    """

    def __init__(self, service: DownloadService, settings: QSettings, asked_for: tuple[str, ...] | None = None) -> None:
        self._service = service
        self._asked_for = asked_for
        self._worker: Worker | None = None
        self._opened = asyncio.Event()
        self._unusable: StoreUnusableError | None = None
        self._asked: dict[int, str] = {}
        self._done = asyncio.Event()
        self.window = MainWindow(settings, _problems)
        self._connect()

    async def run(self) -> None:
        """Show the window and work until it is closed and everything is checkpointed."""
        self.window.show()
        with self._ticking(), _on_signals(self._quit):
            try:
                async with self._service:
                    await self._work()
            except StoreUnusableError as error:
                await self._explain(error)
            except sqlite3.Error as error:
                await self._explain(unusable(self._service.store.path, error))
            finally:
                self.window.hide()
                self.window.deleteLater()

    async def _work(self) -> None:
        service = self._service
        self.window.set_default_folder(str(service.default_folder()))
        self._show_settings(service.settings())
        service.settings.listen(self._show_settings)
        if service.settings().auto_resume:
            await service.requeue_interrupted()
        self._worker = service.worker()
        self._opened.set()
        if self._asked_for is not None:  # not earlier: the dialog offers the folder that the settings name
            self.window.ask_for(self._asked_for)
        working = spawn(self._worker.run(), "working the queue")
        showing = spawn(self._show(), "showing the store")
        try:
            await self._done.wait()
        finally:
            await self._worker.stop()
            showing.cancel()
            await asyncio.wait([working, showing])

    async def _explain(self, error: StoreUnusableError) -> None:
        """Say what is wrong with the store until the window is closed; nothing is written to it."""
        self._unusable = error
        self._opened.set()
        self.window.show_notice(said(f"The store {error.problem}. {error.remedy}"), error.path)
        await self._done.wait()

    async def _show(self) -> None:
        projection = Projection()
        async for changes in feed.follow(self._service.watch, self._service.clock, feed.DRAWING_INTERVAL_S):
            projection = projection.apply(changes)
            if changes.records:  # a countdown that begins now must not begin half a tick ago
                self.window.tick(self._service.clock.now())
            self.window.show_projection(projection, changes.ids)
            if self._asked:
                self._tell_refusals(await self._service.watch.read(_answers, tuple(self._asked)), projection)

    @contextlib.contextmanager
    def _ticking(self) -> Iterator[None]:
        """Let time pass in the window; also what lets Python see a signal while nothing else happens."""
        timer = QTimer()
        timer.timeout.connect(self._tick)
        timer.start(TICK_MS)
        try:
            yield
        finally:
            timer.stop()

    def _tick(self) -> None:
        self.window.tick(self._service.clock.now())
        self.window.show_store_busy(busy=self._service.store.held_up_s > BUSY_AFTER_S)

    def _connect(self) -> None:
        window = self.window
        window.add_requested.connect(lambda form: self._do(self._add(form), "adding a download"))
        window.command_requested.connect(lambda kind, ids: self._do(self._give(kind, ids, {}), "a command"))
        window.remove_requested.connect(
            lambda ids, discard: self._do(self._give(CommandKind.REMOVE, ids, {"discard": discard}), "removing")
        )
        window.host_requested.connect(lambda action, scope: self._do(self._change_host(action, scope), "a host"))
        window.folder_requested.connect(lambda folder: QDesktopServices.openUrl(QUrl.fromLocalFile(folder)))
        window.auto_resume_toggled.connect(lambda on: self._do(self._set_auto_resume(on), "changing a setting"))
        window.settings_changed.connect(lambda changes: self._do(self._change_settings(changes), "changing settings"))
        window.close_requested.connect(self._close)
        window.quit_confirmed.connect(self._quit)

    def _do(self, work: Coroutine[Any, Any, None], name: str) -> None:
        spawn(self._reported(work), name)

    async def _reported(self, work: Coroutine[Any, Any, None]) -> None:
        """Do what a person asked for, and tell them if it could not be done."""
        try:
            await work
        except (RecoveryError, sqlite3.Error) as error:
            self.window.show_notice(_sentence(said(str(error))))

    async def _store_is_open(self) -> None:
        """Wait until the store is open: a person can be faster than a disk.

        Raises:
            StoreUnusableError: If it cannot be.
        """
        await self._opened.wait()
        if self._unusable is not None:
            raise self._unusable

    async def _add(self, form: AddForm) -> None:
        try:
            await self._store_is_open()
            request = self._service.parse(form.url, form.folder, form.name, form.sha256)
            await self._service.check(request)
            await self._service.add(request)
        except Exception as error:
            self.window.add_refused(*_refusal(error))
            if not isinstance(error, RecoveryError | DownloadError | sqlite3.Error):
                raise
        else:
            self.window.add_accepted()
            warning = pickle_warning(request.destination.name)
            if warning:
                self.window.show_notice(f"{request.destination.name}: {said(warning)}")

    async def _give(self, kind: CommandKind, ids: tuple[str, ...], arguments: Mapping[str, Any]) -> None:
        await self._store_is_open()
        for operation_id in ids:
            command = await give(self._service.store, self._service.clock, operation_id, kind, WHO, arguments)
            self._asked[command.id] = operation_id

    async def _change_host(self, action: HostAction, scope: str) -> None:
        await self._store_is_open()
        await change_host(self._service.store, self._service.clock, scope, action)

    def _tell_refusals(self, answers: Mapping[int, Command | None], projection: Projection) -> None:
        """Say so when something that was asked for here has been refused."""
        for command_id, command in answers.items():
            view = projection.views.get(self._asked.pop(command_id))
            if view is not None and command is not None and command.state is CommandState.REFUSED:
                self.window.show_notice(refusal_text(view.name, command))

    async def _set_auto_resume(self, on: bool) -> None:
        await self._store_is_open()
        settings = await self._write_settings({"auto_resume": on})
        self._show_settings(settings)
        if settings.auto_resume is not on:
            self.window.show_notice(
                translate("app", "The environment variable {name} holds this setting fixed.").format(
                    name="RECOVERY_AUTO_RESUME"
                )
            )

    async def _change_settings(self, changes: Mapping[str, Any]) -> None:
        await self._store_is_open()
        self._show_settings(await self._write_settings(changes))

    async def _write_settings(self, changes: Mapping[str, Any]) -> Settings:
        """Change settings for every process of the store and return those that result: the one place that does."""
        return await self._service.settings.change(changes, WHO)

    def _show_settings(self, settings: Settings) -> None:
        self.window.set_settings(settings, self._service.settings.fixed)

    def _close(self) -> None:
        active = self._worker.active if self._worker is not None else 0
        if active:
            self.window.confirm_quit(active)
        else:
            self._quit()

    def _quit(self) -> None:
        self.window.show_closing()
        self._done.set()


@contextlib.contextmanager
def _on_signals(quit_: Callable[[], None]) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM close the program as its window does, without the question."""
    loop = asyncio.get_running_loop()
    # Not at once: a handler runs between any two steps of the code that it interrupts.
    before = {n: signal.signal(n, lambda *_: loop.call_soon_threadsafe(quit_)) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


def _problems(form: AddForm) -> dict[str, str]:
    """Return what is wrong with a form, field to message."""
    return {field: said(text) for field, text in problems(form.url, form.folder, form.name, form.sha256).items()}


def _refusal(error: Exception) -> tuple[str, str]:
    """Return beside which field of the form ``error`` belongs, and what to say there."""
    match error:
        case InvalidInputError():
            return _FIELDS.get(error.field, ""), said(error.sentences)
        case DestinationExistsError() | DestinationBusyError() | ExclusiveKeyError():
            return "name", _with_fix(error)
        case DownloadError():
            return "folder", _with_fix(error)
        case RecoveryError() | sqlite3.Error():
            return "", _sentence(said(str(error)))
        case _:
            return "", translate("app", "It could not be added: {error}. The terminal says more.").format(
                error=type(error).__name__
            )


def _answers(db: sqlite3.Connection, asked: tuple[int, ...]) -> dict[int, Command | None]:
    """Return those of the commands ``asked`` that have been answered, or that went with their operation."""
    found = {command_id: commands.get(db, command_id) for command_id in asked}
    return {i: command for i, command in found.items() if command is None or command.state is not CommandState.PENDING}


def _with_fix(error: DownloadError | ExclusiveKeyError) -> str:
    """Return what is wrong and what to do about it."""
    fix = f" {error.classification.fix}" if isinstance(error, DownloadError) and error.classification.fix else ""
    return _sentence(said(str(error))) + said(fix)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".")
