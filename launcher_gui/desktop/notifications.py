"""Notifications: through the tray icon, else through the desktop portal, else none."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSystemTrayIcon

from launcher_gui.desktop.bus import Bus, session_address
from launcher_gui.monitor.notifications import Notification
from launcher_gui.ui.common.resources import app_icon

_SHOWN_MS = 10_000
_PORTAL = (
    "org.freedesktop.portal.Desktop",
    "/org/freedesktop/portal/desktop",
    "org.freedesktop.portal.Notification",
    "AddNotification",
)


class Notifier(QObject):
    """Shows notifications.

    Args:
        icon: The tray icon.
    """

    def __init__(self, icon: QSystemTrayIcon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._bus: Bus | None = None

    def tell(self, notice: Notification) -> None:
        """Show ``notice``; a later one of the same kind replaces it."""
        if self._icon.isVisible() and self._icon.supportsMessages():
            self._icon.showMessage(notice.title, notice.body, app_icon(), _SHOWN_MS)
            return
        if self._bus is None:
            self._bus = Bus(session_address())
        kind = "trouble" if notice.trouble else "finished"
        content = {"title": notice.title, "body": notice.body, "priority": "high" if notice.trouble else "normal"}
        # The classic interface needs an unsigned number, which PySide cannot send.
        self._bus.call(_PORTAL, [kind, content], lambda _reply: None, self)

    def close(self) -> None:
        """Withdraw all notifications."""
        if self._bus is not None:
            self._bus.close()
            self._bus = None
