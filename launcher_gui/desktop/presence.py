"""The program on the desktop, apart from its window: tray, notifications, taskbar, sleep, start at login."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from launcher_gui.desktop.autostart import set_autostart
from launcher_gui.desktop.notifications import Notifier
from launcher_gui.desktop.sleep import Wakefulness
from launcher_gui.desktop.taskbar import Taskbar
from launcher_gui.desktop.tray import Tray
from launcher_gui.models.selection import takers
from launcher_gui.monitor.notifications import Notification, Notifications
from launcher_gui.monitor.projection import Changes, OperationView, Projection
from launcher_gui.monitor.totals import UNDER_WAY, totals_of
from launcher_gui.recovery.operation import CommandKind, OperationState
from launcher_gui.settings.schema import Settings

_log = logging.getLogger(__name__)


class Presence(QObject):
    """Keeps the desktop up to date.

    Args:
        window: The window; while it is active, there are no notifications.
        store: The store's file, named in the login entry.
        at_work: Returns how many operations this process works on.
    """

    command_requested = Signal(object, object)
    """``CommandKind`` and a tuple of operation ids."""
    show_requested = Signal()
    """Bring the window to the front."""
    quit_requested = Signal()
    """Quit the program."""

    def __init__(self, window: QWidget, store: str, at_work: Callable[[], int]) -> None:
        super().__init__(window)
        self._window, self._store, self._at_work = window, store, at_work
        self._projection, self._news = Projection(), Notifications()
        # Updated by changes: thousands of ended operations are not scanned twice a second.
        self._moving: dict[str, OperationView] = {}
        self._standing: set[str] = set()
        self._failed: set[str] = set()
        self._settings: Settings | None = None
        self._disk = ThreadPoolExecutor(1, "files-login")
        self.tray = Tray(window.windowTitle(), self)
        self.awake = Wakefulness(self)
        self._notifier, self._taskbar = Notifier(self.tray.icon, self), Taskbar()
        self.tray.show_requested.connect(self.show_requested)
        self.tray.quit_requested.connect(self.quit_requested)
        self.tray.pause_requested.connect(lambda: self._ask(CommandKind.PAUSE))
        self.tray.resume_requested.connect(lambda: self._ask(CommandKind.RESUME))
        self.tray.show()

    @property
    def can_close_to_tray(self) -> bool:
        """Whether closing the window leaves the program in the tray, and there is one."""
        return self._settings is not None and self._settings.close_to_tray and self.tray.is_there

    def show_projection(self, projection: Projection, changes: Changes, now: float) -> None:
        """Take note of ``changes``, after which everything is as in ``projection``."""
        self._projection, changed = projection, changes.ids
        self._news = self._news.after(projection, changed, now, anew=changes.anew)
        for operation_id in changed:
            self._sort(operation_id, projection.views.get(operation_id))

    def tick(self, now: float) -> None:
        """Update what depends on the time."""
        totals = totals_of(self._moving.values(), now)
        self.tray.show_totals(totals, standing=len(self._standing), failed=len(self._failed))
        self._taskbar.show(totals.fraction)
        settings = self._settings
        if settings is None:
            return
        self.awake.keep(awake=settings.inhibit_sleep and self._at_work() > 0)
        self._news, notices = self._news.told(now)
        for notice in notices:
            if self._is_wanted(notice, settings):
                self._notifier.tell(notice)

    def set_settings(self, settings: Settings) -> None:
        """Follow the settings."""
        before, self._settings = self._settings, settings
        if before is None or before.autostart is not settings.autostart:
            self._disk.submit(_at_login, self._store, on=settings.autostart)

    def stop(self) -> None:
        """Remove everything from the desktop."""
        self.tray.hide()
        self.awake.keep(awake=False)
        self._taskbar.close()
        self._notifier.close()
        self._disk.shutdown(wait=False)

    def _sort(self, operation_id: str, view: OperationView | None) -> None:
        """Note whether an operation is active, stopped or failed; ``None`` if it is gone."""
        self._moving.pop(operation_id, None)
        self._standing.discard(operation_id)
        self._failed.discard(operation_id)
        if view is None:
            return
        if view.state in UNDER_WAY:
            self._moving[operation_id] = view
        if takers(_to_resume((view,)), CommandKind.RESUME):
            self._standing.add(operation_id)
        if view.state is OperationState.FAILED:
            self._failed.add(operation_id)

    def _is_wanted(self, notice: Notification, settings: Settings) -> bool:
        if self._window.isActiveWindow() and not self._window.isMinimized():
            return False
        return settings.notify_trouble if notice.trouble else settings.notify_finished

    def _ask(self, kind: CommandKind) -> None:
        views = tuple(self._projection.views.values())
        if ids := takers(_to_resume(views) if kind is CommandKind.RESUME else views, kind):
            self.command_requested.emit(kind, ids)


def _to_resume(views: tuple[OperationView, ...]) -> tuple[OperationView, ...]:
    """Return what "Resume all" applies to: not to cancelled operations."""
    return tuple(view for view in views if view.state is not OperationState.CANCELLED)


def _at_login(store: str, *, on: bool) -> None:
    try:
        set_autostart(store, on=on)
    except OSError as error:
        _log.warning("the entry for the login could not be changed: %s", error)
