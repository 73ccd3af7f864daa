"""A picture of the waits that the settings give: a bar for each failure, its random part hatched."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from launcher_gui.text.formatting import human_duration
from launcher_gui.ui.common.theme import theme_of

_HEIGHT = 132
_FOOT, _HEAD = 20, 22
_WIDEST = 46


class SchedulePicture(QWidget):
    """The waits after the first failures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waits: tuple[tuple[float, float], ...] = ()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size that it needs."""
        return QSize(480, _HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the same height."""
        return QSize(200, _HEIGHT)

    def show_waits(self, waits: tuple[tuple[float, float], ...]) -> None:
        """Show the shortest and longest wait after each failure."""
        self._waits = waits
        self.setAccessibleName(self.words)
        self.setToolTip(self.words)
        self.update()

    @property
    def words(self) -> str:
        """The content of the picture as text."""
        if not self._waits:
            return self.tr("Failures are not retried.")
        waits = ", ".join(human_duration(longest) for _, longest in self._waits)
        return self.tr("Longest waits after each failure: {waits}").format(waits=waits)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the bars."""
        painter, theme = QPainter(self), theme_of(self.palette())
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # the first is on the left in every language
        painter.setPen(QColor(theme.muted))
        if not self._waits:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.words)
            painter.end()
            return
        tallest = max(longest for _, longest in self._waits) or 1.0
        step = min(_WIDEST + 14.0, self.width() / len(self._waits))
        room = self.height() - _HEAD - _FOOT
        sure, chance = QColor(theme.accent), QBrush(QColor(theme.accent), Qt.BrushStyle.BDiagPattern)
        for number, (least, longest) in enumerate(self._waits):
            left, width = number * step, min(_WIDEST, step - 4)
            top, split = (self.height() - _FOOT - room * wait / tallest for wait in (longest, least))
            painter.fillRect(QRectF(left, top, width, split - top), chance)
            painter.fillRect(QRectF(left, split, width, self.height() - _FOOT - split), sure)
            painter.setPen(QColor(theme.text))
            centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
            words = human_duration(longest).replace(" min 00 s", " min")
            painter.drawText(QRectF(left - 8, top - _HEAD, width + 16, _HEAD - 3), centre, words)
            painter.setPen(QColor(theme.muted))
            foot = QRectF(left, self.height() - _FOOT + 2, width, _FOOT - 2)
            painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, str(number + 1))
        painter.end()
