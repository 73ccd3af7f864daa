"""The key to the timeline's signs, painted as in the timeline."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QWidget

from launcher_gui.monitor.lanes import MarkKind, SpanKind
from launcher_gui.ui.common.text import LEFT
from launcher_gui.ui.common.theme import theme_of
from launcher_gui.ui.timeline.timeline_paint import paint_bar, paint_mark, paint_sign

_SWATCH = 18
_BAR = 14
_GAP = 6
_BETWEEN = 16


class TimelineLegend(QWidget):
    """Explains each sign; entries that do not fit are left out from the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[tuple[SpanKind | MarkKind, str], ...] = (
            (SpanKind.RUNNING, self.tr("running")),
            (SpanKind.SUCCEEDED, self.tr("succeeded")),
            (SpanKind.FAILED, self.tr("failed")),
            (SpanKind.CUT_OFF, self.tr("interrupted")),
            (SpanKind.STOPPED, self.tr("stopped")),
            (SpanKind.WAIT, self.tr("waiting")),
            (SpanKind.PAUSE, self.tr("paused")),
            (MarkKind.ASKED, self.tr("your action")),
            (MarkKind.OWNER, self.tr("resumed by another program")),
            (SpanKind.OPEN, self.tr("host paused")),
            (SpanKind.ISOLATED, self.tr("paused by you")),
        )
        self.setAccessibleName(self.tr("Key: {words}").format(words=", ".join(words for _, words in self._entries)))

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of all entries."""
        return QSize(sum(self._width(words) for _, words in self._entries), 26)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return that it may be left out."""
        return QSize(0, 26)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the entries."""
        painter, theme = QPainter(self), theme_of(self.palette())
        at, top = 0, (self.height() - _BAR) / 2
        for kind, words in self._entries:
            if at + self._width(words) - _BETWEEN > self.width():
                break
            sign = self._visual(at, _SWATCH)
            left = float(sign.left())
            if isinstance(kind, MarkKind):
                paint_mark(painter, theme, kind, left + _SWATCH / 2, top + (3 if kind is MarkKind.ASKED else -8))
            else:
                paint_bar(painter, theme, kind, [QRectF(left, top, _SWATCH, _BAR)])
                solid = kind in {SpanKind.RUNNING, SpanKind.SUCCEEDED}
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
                colour = QColor(theme.on_accent if solid else theme.text)
                paint_sign(painter, kind, QPointF(left + _SWATCH / 2, top + _BAR / 2), colour)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(QColor(theme.muted))
            room = self._visual(at + _SWATCH + _GAP, self._width(words) - _SWATCH - _GAP)
            alignment = QStyle.visualAlignment(self.layoutDirection(), LEFT)
            painter.drawText(room, alignment | Qt.AlignmentFlag.AlignAbsolute, words)
            at += self._width(words)
        painter.end()

    def _visual(self, left: int, width: int) -> QRect:
        """Return where a part is in the reading direction."""
        return QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(left, 0, width, self.height()))

    def _width(self, words: str) -> int:
        return _SWATCH + _GAP + self.fontMetrics().horizontalAdvance(words) + _BETWEEN
