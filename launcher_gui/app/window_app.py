"""The composition root of the window: the only module that knows every package."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator, Mapping
from typing import Any

from PySide6.QtCore import QSettings, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from launcher_gui import APP_ID, __version__
from launcher_gui.app import qt_check
from launcher_gui.app.add_controller import AddController, problem_text, refusal_of
from launcher_gui.app.settings_controller import answer_account, exchange, exchange_problem, unkept
from launcher_gui.desktop.presence import Presence
from launcher_gui.desktop.single_instance import Asked, Instance
from launcher_gui.downloads.errors.download_error import DownloadError
from launcher_gui.downloads.request import problems
from launcher_gui.downloads.service import DownloadService
from launcher_gui.downloads.sources.tokens import TokenSource
from launcher_gui.models.drafts import AddForm
from launcher_gui.monitor import feed
from launcher_gui.monitor.commands import QueueChange, change_host, change_queue, give
from launcher_gui.monitor.hosts import HostAction
from launcher_gui.monitor.log import LogLine, read_log
from launcher_gui.monitor.operation_text import refusal_text
from launcher_gui.monitor.projection import Projection
from launcher_gui.monitor.totals import UNDER_WAY
from launcher_gui.recovery.exceptions import (
    ExclusiveKeyError,
    InvalidInputError,
    RecoveryError,
    RecoveryStateError,
    StoreError,
)
from launcher_gui.recovery.log_hook import operations_log
from launcher_gui.recovery.operation import Command, CommandKind, CommandState
from launcher_gui.recovery.runtime.tasks import spawn
from launcher_gui.recovery.worker.worker import Worker
from launcher_gui.settings.schema import Settings
from launcher_gui.text.i18n import translate
from launcher_gui.text.message import localize
from launcher_gui.ui.attention.fixes import RelocateRequest, TokenEntered
from launcher_gui.ui.common.language import SETTING as LANGUAGE
from launcher_gui.ui.common.language import use_language
from launcher_gui.ui.common.theme import choose_theme, follow_system
from launcher_gui.ui.main_window.main_window import MainWindow
from launcher_gui.ui.settings.accounts_page import AccountAsk
from launcher_gui.ui.settings.settings_dialog import Exchange

NAME = "ComfyUI Launcher Recovery Monitor"
WHO = "window"
"""How this program names itself to others."""

TICK_MS = 500
"""Interval at which countdowns and speeds are redrawn."""

BUSY_AFTER_S = 1.0
"""A store that accepts nothing for this long is reported as busy."""


def run(store_path: str | None, asked_for: Asked = None, instance: Instance | None = None) -> int:
    """Open the window and return the exit status when it has closed.

    Args:
        store_path: The store's file, ``None`` for the default.
        asked_for: Links for the add dialog, empty for an empty dialog; ``None`` for no dialog.
        instance: Where later starts with the same store find this one; ``None`` for none.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    operations_log.setLevel(logging.ERROR)  # the window shows what happens to downloads
    if (unable := qt_check.problem()) is not None:
        sys.stderr.write(f"comfyui-recovery: {unable}\n")
        return 1
    try:
        service = DownloadService(store_path, WHO)
    except InvalidInputError as error:  # in an environment variable, which only a terminal can correct
        sys.stderr.write(f"comfyui-recovery: {error}\n")
        return 2
    with qt_check.exit_on_qt_fatal():
        application = QApplication(sys.argv[:1])
    application.setApplicationName(NAME)
    application.setApplicationVersion(__version__)
    application.setDesktopFileName(APP_ID)
    # The window closes when the work is checkpointed, not when its frame is closed.
    application.setQuitOnLastWindowClosed(False)
    follow_system(application)
    layout = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "comfyui-recovery", "window")
    use_language(application, service.settings().language or str(layout.value(LANGUAGE, "")))
    with QEventLoop(application) as loop:
        desk = WindowApp(service, layout, asked_for, instance or Instance(None, None))
        gc.freeze()  # long-lived objects are not scanned again: each collection would be noticeable
        gc.enable()
        loop.run_until_complete(desk.run())
    return 0


class WindowApp:
    """One window and the work behind it, from opening the store to the last checkpoint.

    Args:
        service: The downloads, not yet opened.
        settings: Where the window's layout is kept.
        asked_for: As for ``run``.
        instance: Where later starts find this one.
    """

    def __init__(
        self,
        service: DownloadService,
        settings: QSettings,
        asked_for: Asked = None,
        instance: Instance | None = None,
    ) -> None:
        self._service = service
        self._asked_for = asked_for
        self._instance = instance or Instance(None, None)
        self._worker: Worker | None = None
        self._opened = asyncio.Event()
        self._unusable: StoreError | None = None
        self._asked: dict[int, str] = {}
        self._done = asyncio.Event()
        self._changing = asyncio.Lock()
        self.window = MainWindow(settings, _problems)
        self._adding = AddController(service, self.window.adding, self._store_is_open, self.window.show_notice)
        self._projection = Projection()
        self._presence = Presence(self.window, service.store.path, lambda: len(self._active))
        self._connect()

    async def run(self) -> None:
        """Show the window and work until it is closed and everything is checkpointed."""
        self.window.show()
        self._instance.listen(asyncio.get_running_loop().call_soon_threadsafe, self._come_to)
        with self._ticking(), _on_signals(self._quit):
            try:
                async with self._service:
                    await self._work()
            except StoreError as error:
                await self._explain(error)
            finally:
                self._presence.stop()
                self.window.hide()
                self.window.deleteLater()
                self._instance.close()  # not before everything is saved: the next window continues from there

    async def _work(self) -> None:
        service = self._service
        self.window.set_default_folder(str(service.default_folder()))
        self._show_settings(service.settings())
        service.settings.listen(self._show_settings)
        if service.settings().auto_resume:
            await service.requeue_interrupted()
        self._worker = service.worker()
        self._opened.set()
        if self._asked_for is not None:
            await self._ask_for(self._asked_for)
        working = spawn(self._worker.run(), "working the queue")
        showing = spawn(self._show(), "showing the store")
        try:
            await self._done.wait()
        finally:
            await self._worker.stop()
            showing.cancel()
            await asyncio.wait([working, showing])

    async def _explain(self, error: StoreError) -> None:
        """Show the problem with the store until the window is closed; nothing is written to it."""
        self._unusable = error
        self._opened.set()
        self.window.show_notice(localize(error.sentences), error.path)
        await self._done.wait()

    async def _show(self) -> None:
        service = self._service
        async for changes in feed.follow(service.watch, service.clock, feed.DRAWING_INTERVAL_S, recent_first=True):
            self._projection = projection = self._projection.apply(changes)
            if changes.older:
                gc.freeze()  # all existing objects are loaded by now and need not be scanned again
            if changes.records:  # a countdown that begins now must not begin half a tick ago
                self.window.tick(self._service.clock.now())
            self.window.show_projection(projection, changes.ids)
            self._presence.show_projection(projection, changes, self._service.clock.now())
            if self._asked:
                self._tell_refusals(await self._answers(tuple(self._asked)), projection)

    async def _answers(self, asked: tuple[int, ...]) -> dict[int, Command | None]:
        """Return which of the commands ``asked`` have been answered, or were removed with their operation."""
        found = await self._service.watch.read(lambda tx: {each: tx.commands.get(each) for each in asked})
        return {
            i: command for i, command in found.items() if command is None or command.state is not CommandState.PENDING
        }

    @contextlib.contextmanager
    def _ticking(self) -> Iterator[None]:
        """Advance the window's clock; this also lets Python see signals while nothing else happens."""
        timer = QTimer()
        timer.timeout.connect(self._tick)
        timer.start(TICK_MS)
        try:
            yield
        finally:
            timer.stop()

    def _tick(self) -> None:
        self.window.tick(self._service.clock.now())
        self._presence.tick(self._service.clock.now())
        self.window.show_store_busy(busy=self._service.store.waiting_s > BUSY_AFTER_S)

    def _connect(self) -> None:
        window = self.window
        window.command_requested.connect(lambda kind, ids: self._do(self._give(kind, ids, {}), "a command"))
        window.remove_requested.connect(
            lambda ids, discard: self._do(self._give(CommandKind.REMOVE, ids, {"discard": discard}), "removing")
        )
        window.discard_requested.connect(
            lambda ids: self._do(self._give(CommandKind.RESUME, ids, {"discard": True}), "discarding")
        )
        window.host_requested.connect(lambda action, scope: self._do(self._change_host(action, scope), "a host"))
        window.queue_requested.connect(lambda change: self._do(self._change_queue(change), "the queue's order"))
        window.folder_requested.connect(lambda folder: QDesktopServices.openUrl(QUrl.fromLocalFile(folder)))
        window.fixes.asked.connect(lambda asked: self._do(self._fix(asked), "a fix"))
        window.fixes.page.connect(lambda page: QDesktopServices.openUrl(QUrl(page)))
        window.fixes.space.connect(lambda folder: self._do(self._tell_space(folder), "looking at a disk"))
        window.settings_asked.connect(self._settings_asked)
        window.auto_resume_toggled.connect(lambda on: self._do(self._set_auto_resume(on), "changing a setting"))
        window.log_asked.connect(lambda ids, after: self._do(self._tell_log(ids, after), "reading the log"))
        window.settings_changed.connect(lambda changes: self._do(self._change_settings(changes), "changing settings"))
        window.close_requested.connect(self._close)
        window.quit_requested.connect(self._ask_to_quit)
        self._presence.show_requested.connect(window.come_to_front)
        self._presence.command_requested.connect(window.command_requested)
        self._presence.quit_requested.connect(self._ask_to_quit)
        window.quit_confirmed.connect(self._quit)
        window.never_asked_again.connect(lambda: self._do(self._change_settings({"confirm_quit": False}), "a setting"))

    def _do(self, work: Coroutine[Any, Any, None], name: str) -> None:
        spawn(self._reported(work), name)

    async def _reported(self, work: Coroutine[Any, Any, None]) -> None:
        """Carry out a request of the user, and report it if it fails."""
        try:
            await work
        except RecoveryError as error:
            self.window.show_notice(problem_text(error))

    async def _store_is_open(self) -> None:
        """Wait until the store is open: the user can be faster than the disk.

        Raises:
            StoreError: If it cannot be opened.
        """
        await self._opened.wait()
        if self._unusable is not None:
            raise self._unusable

    async def _give(self, kind: CommandKind, ids: tuple[str, ...], arguments: Mapping[str, Any]) -> None:
        await self._store_is_open()
        arguments = {**arguments, **self._service.wanted_now(kind)}
        async with self._changing:  # earlier changes apply to this request
            pass
        for operation_id in ids:
            command = await give(self._service.store, self._service.clock, operation_id, kind, WHO, arguments)
            self._asked[command.id] = operation_id

    async def _change_host(self, action: HostAction, scope: str) -> None:
        await self._store_is_open()
        await change_host(self._service.store, self._service.clock, scope, action, WHO)

    async def _change_queue(self, change: QueueChange) -> None:
        await self._store_is_open()
        await change_queue(self._service.store, self._service.clock, change, WHO)

    async def _fix(self, asked: TokenEntered | RelocateRequest) -> None:
        """Carry out a remedy; its dialog shows a problem and stays open."""
        try:
            await self._store_is_open()
            if isinstance(asked, TokenEntered):
                await self._keep_token(asked)
            else:
                await self._send_elsewhere(asked)
        except (RecoveryError, DownloadError) as error:
            words = refusal_of(error)[1]
            if not self.window.fixes.refuse(words):
                self.window.show_notice(words)
        else:
            self.window.fixes.accept()

    async def _keep_token(self, given: TokenEntered) -> None:
        state = await self._service.tokens.keep(given.site, given.token)
        if state.source is TokenSource.RUN:
            self.window.show_notice(*unkept(state))
        await self._give(CommandKind.RETRY, given.ids, {})

    async def _send_elsewhere(self, asked: RelocateRequest) -> None:
        for operation_id in asked.ids:
            try:
                await self._service.send_elsewhere(operation_id, asked.url, asked.folder, asked.name)
            except ExclusiveKeyError:
                raise
            except RecoveryStateError:
                if len(asked.ids) == 1:  # those that continue by now need nothing
                    raise

    async def _tell_space(self, folder: str) -> None:
        self.window.fixes.show_space(folder, await self._service.free_space(folder))

    def _settings_asked(self, asked: AccountAsk | Exchange) -> None:
        if isinstance(asked, Exchange):
            self._do(self._exchange(asked), "settings and a file")
        else:
            self._do(answer_account(asked, self._service, self.window), "a token")

    async def _exchange(self, asked: Exchange) -> None:
        await self._store_is_open()
        try:
            words = await exchange(asked, self._service, WHO)
        except (InvalidInputError, OSError) as error:
            self.window.show_exchange(exchange_problem(error), good=False)
        else:
            self._show_settings(self._service.settings())
            self.window.show_exchange(words, good=True)

    async def _tell_log(self, ids: frozenset[str] | None, after: int) -> None:
        lines: tuple[LogLine, ...] = ()
        try:
            await self._store_is_open()
            lines = await self._service.watch.read(lambda tx: read_log(tx, ids, after))
        finally:  # without an answer it would never ask again
            self.window.show_log(ids, lines)

    def _tell_refusals(self, answers: Mapping[int, Command | None], projection: Projection) -> None:
        """Report requests of this window that were refused."""
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
                translate("app", "This setting is set by {name} (environment variable).").format(
                    name="RECOVERY_AUTO_RESUME"
                )
            )

    async def _change_settings(self, changes: Mapping[str, Any]) -> None:
        async with self._changing:
            await self._store_is_open()
            self._show_settings(await self._write_settings(changes))

    async def _write_settings(self, changes: Mapping[str, Any]) -> Settings:
        """Change settings for every process that shares the store and return the result; the only place that does."""
        return await self._service.settings.change(changes, WHO)

    def _show_settings(self, settings: Settings) -> None:
        self.window.set_settings(settings, self._service.settings.fixed)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            choose_theme(application, settings.theme)
        self._presence.set_settings(settings)

    def _come_to(self, asked: Asked) -> None:
        """Carry out the request that a later start has handed over."""
        self.window.come_to_front()
        if asked is not None:
            spawn(self._ask_for(asked), "asking for links")

    async def _ask_for(self, asked: tuple[str, ...]) -> None:
        await self._opened.wait()  # not earlier: the dialog offers the folder from the settings
        self.window.adding.ask_for(asked)

    def _close(self) -> None:
        if self._presence.can_close_to_tray:
            self.window.hide()
        else:
            self._ask_to_quit()

    def _ask_to_quit(self) -> None:
        """Quit, or ask first if that stops work of this process that is not known to have ended."""
        shown = self._projection.views
        active = [i for i in self._active if i not in shown or shown[i].state in UNDER_WAY]
        if active and self._service.settings().confirm_quit:
            self.window.confirm_quit(len(active))
        else:
            self._quit()

    @property
    def _active(self) -> frozenset[str]:
        """The operations that this process works on."""
        return self._worker.active if self._worker is not None else frozenset()

    def _quit(self) -> None:
        self._instance.hush()
        self._adding.stop()
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
    """Return the problems of a form, by field."""
    return {field: localize(text) for field, text in problems(form.url, form.folder, form.name, form.sha256).items()}
