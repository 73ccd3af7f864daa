"""The tray icon: overall progress as a ring and as text, and a short menu."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from launcher_gui.monitor.totals import Totals, totals_text
from launcher_gui.ui.common.resources import app_icon

_SIZE = 64
_RING, _DONE, _TROUBLE = "#5a6472", "#5b8cff", "#e5484d"


class Tray(QObject):
    """The icon and its menu; absent if the desktop has no tray."""

    show_requested = Signal()
    """Bring the window to the front."""
    pause_requested = Signal()
    """Pause all active downloads."""
    resume_requested = Signal()
    """Resume all stopped downloads."""
    quit_requested = Signal()
    """Quit the program."""

    def __init__(self, title: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._shown: tuple[int, bool] | None = None
        self.menu = QMenu()
        self.icon = QSystemTrayIcon(app_icon(), self)
        self.icon.setContextMenu(self.menu)
        self.icon.setToolTip(title)
        open_ = self.menu.addAction(self.tr("Show the window"))
        self.menu.addSeparator()
        pause, resume = self.menu.addAction(self.tr("Pause all")), self.menu.addAction(self.tr("Resume all"))
        self.menu.addSeparator()
        quit_ = self.menu.addAction(self.tr("Quit"))
        for action, signal in (
            (open_, self.show_requested),
            (pause, self.pause_requested),
            (resume, self.resume_requested),
            (quit_, self.quit_requested),
        ):
            action.triggered.connect(lambda _checked=False, s=signal: s.emit())
        self._pause, self._resume = pause, resume
        self.icon.activated.connect(self._activated)
        self.icon.messageClicked.connect(self.show_requested)

    @property
    def is_there(self) -> bool:
        """Whether the desktop has a tray."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        """Show the icon, if there is a tray."""
        if self.is_there:
            self.icon.show()

    def hide(self) -> None:
        """Remove the icon."""
        self.icon.hide()

    def show_totals(self, totals: Totals, *, standing: int, failed: int) -> None:
        """Show the overall progress.

        Args:
            totals: The active downloads.
            standing: How many can be resumed.
            failed: How many of those have failed.
        """
        self._pause.setEnabled(totals.running + totals.waiting > 0)
        self._resume.setEnabled(standing > 0)
        trouble = self.tr("{count} failed").format(count=failed) if failed else ""
        self.icon.setToolTip("\n".join(part for part in (self._title, totals_text(totals), trouble) if part))
        shown = (-1 if totals.fraction is None else int(totals.fraction * 100), failed > 0)
        if shown != self._shown:
            self._shown = shown
            self.icon.setIcon(progress_icon(totals.fraction, trouble=failed > 0))

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}:
            self.show_requested.emit()


def progress_icon(fraction: float | None, *, trouble: bool) -> QIcon:
    """Return the program's icon in a progress ring, with a dot if something failed."""
    if fraction is None and not trouble:
        return app_icon()
    picture = QPixmap(_SIZE, _SIZE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if fraction is None:
        app_icon().paint(painter, picture.rect())
    else:
        app_icon().paint(painter, picture.rect().adjusted(13, 13, -13, -13))
        ring = QRectF(5, 5, _SIZE - 10, _SIZE - 10)
        painter.setPen(QPen(QColor(_RING), 7))
        painter.drawEllipse(ring)
        painter.setPen(QPen(QColor(_DONE), 7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(ring, 90 * 16, -int(fraction * 360 * 16))
    if trouble:
        painter.setPen(QPen(QColor("white"), 3))
        painter.setBrush(QColor(_TROUBLE))
        painter.drawEllipse(QPointF(_SIZE - 13, _SIZE - 13), 11, 11)
    painter.end()
    return QIcon(picture)
