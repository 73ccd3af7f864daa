"""The speed graph: total speed, the selected download with its attempts above, and the limit."""

from __future__ import annotations

from html import escape

import pyqtgraph
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsObject,
    QLabel,
    QStackedLayout,
    QStyleOptionGraphicsItem,
    QVBoxLayout,
    QWidget,
)

from launcher_gui.models.speed_history import SPAN_S, SpeedHistory, figures_text
from launcher_gui.models.timeline import LaneArrays
from launcher_gui.monitor.lanes import Lane, lane_of
from launcher_gui.monitor.projection import OperationView
from launcher_gui.text.formatting import human_rate
from launcher_gui.ui.common.theme import theme_of
from launcher_gui.ui.timeline.timeline_paint import ROW, Picture, paint_lane, paint_live

_MB = 1_000_000
_LEAST_MB = 0.1
_AXIS = 64
_FREE = 1.1
"""Height of the picture relative to the highest speed, below the strip of attempts."""


class SpeedView(QWidget):
    """The curves of the last minutes; their content is also there as text.

    Args:
        history: The speeds, which are recorded elsewhere.
        parent: The parent widget.
    """

    def __init__(self, history: SpeedHistory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._view: OperationView | None = None
        self._now, self._limit_mb = 0.0, 0.0
        self._words = QLabel()
        self._plot = pyqtgraph.PlotWidget(axisItems={"bottom": pyqtgraph.DateAxisItem()})
        self._box = self._plot.getViewBox()
        self._all = self._plot.plot([], [], fillLevel=0, antialias=False)
        self._one = self._plot.plot([], [], antialias=False)
        self._limit = pyqtgraph.InfiniteLine(angle=0, movable=False)
        self._strip = _Strip(self._box)
        self._set_up()
        self._lay_out()
        self._recolour()

    def take_keyboard(self) -> None:
        """Give the keyboard to the text."""
        self._words.setFocus()

    def show_view(self, view: OperationView | None) -> None:
        """Show the speed of ``view`` beside the total; ``None`` if nothing is selected."""
        self._view = view
        self._draw()

    def show_limit(self, limit_mb: float) -> None:
        """Show the total speed limit in MB/s; 0 for none."""
        self._limit_mb = limit_mb
        self._draw()

    def tick(self, now: float) -> None:
        """Update what depends on the time."""
        self._now = now
        self._draw()

    @property
    def words(self) -> str:
        """The content of the curves as text, for screen readers."""
        return str(self._plot.accessibleDescription())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Redraw in the new colours."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_stack"):
            self._recolour()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Catch up when it is shown."""
        super().showEvent(event)
        self._draw()

    def _set_up(self) -> None:
        plot, item = self._plot, self._plot.getPlotItem()
        plot.setFrameShape(plot.Shape.NoFrame)
        for part in (plot, plot.viewport()):  # it is not interactive, and its text can be read
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.setAccessibleName(self.tr("Recent download speed"))
        item.hideButtons()
        item.setMenuEnabled(False)
        self._box.setMouseEnabled(x=False, y=False)
        self._box.setDefaultPadding(0)
        self._box.disableAutoRange()
        self._box.sigResized.connect(self._draw)
        plot.addItem(self._limit, ignoreBounds=True)
        plot.getAxis("left").setWidth(_AXIS)
        plot.getAxis("left").enableAutoSIPrefix(False)
        plot.setLabel("left", self.tr("MB/s"))
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._words.setWordWrap(True)

    def _lay_out(self) -> None:
        lesson = QLabel(self.tr("Speed over the last 5 minutes will appear here."))
        lesson.setAlignment(Qt.AlignmentFlag.AlignCenter)
        lesson.setWordWrap(True)
        lesson.setProperty("tone", "muted")
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        column.addWidget(self._words)
        column.addWidget(self._plot, 1)
        self.setObjectName("details")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(lesson)
        self._stack.addWidget(content)

    def _recolour(self) -> None:
        theme = theme_of(self.palette())
        self._plot.setBackground(QColor(theme.base))
        ground = QColor(theme.accent)
        ground.setAlpha(36)
        self._all.setPen(pyqtgraph.mkPen(QColor(theme.accent), width=1))
        self._all.setBrush(ground)
        self._one.setPen(pyqtgraph.mkPen(QColor(theme.checking), width=1, style=Qt.PenStyle.DashLine))
        self._limit.setPen(pyqtgraph.mkPen(QColor(theme.careful), width=1, style=Qt.PenStyle.DotLine))
        for name in ("left", "bottom"):
            axis = self._plot.getAxis(name)
            axis.setPen(QColor(theme.line))
            axis.setTextPen(QColor(theme.muted))
            axis.setStyle(tickLength=0)
        self._draw()

    def _draw(self) -> None:
        if not self.isVisible():
            return
        self._stack.setCurrentIndex(1 if self._history.anything else 0)
        times, in_all = self._history.times(), [speed / _MB for speed in self._history.speeds()]
        one = [] if self._view is None else [speed / _MB for speed in self._history.speeds(self._view.id)]
        self._all.setData(times, in_all)
        self._one.setData(times if one else [], one)
        self._limit.setVisible(self._limit_mb > 0)
        self._limit.setValue(self._limit_mb)
        height = max(self._box.height(), 2.0 * ROW)
        top = max([_LEAST_MB, self._limit_mb, *in_all]) * _FREE * height / (height - ROW)
        first, last = self._now - SPAN_S, max(self._now, *times[-1:], self._now)
        self._box.setRange(xRange=(first, last), yRange=(0, top), padding=0)
        lane = None if self._view is None else lane_of(self._view)
        picture = Picture(first, last, 0, self._box.width(), ROW, self._now, None, theme_of(self.palette()))
        self._strip.show_lane(lane, picture)
        self._say()

    def _say(self) -> None:
        theme = theme_of(self.palette())
        told = [(theme.accent, "━━", self.tr("All"), figures_text(self._history.figures()))]
        if self._view is not None:
            told.append((theme.checking, "╍╍", self._view.name, figures_text(self._history.figures(self._view.id))))
        if self._limit_mb:
            told.append((theme.careful, "┈┈", self.tr("Limit"), human_rate(self._limit_mb * _MB)))
        rich = "<br>".join(f'<span style="color:{c}">{key}</span> <b>{escape(n)}</b>: {t}' for c, key, n, t in told)
        if rich != self._words.text():
            self._words.setText(rich)
            words = "\n".join(f"{name}: {text}" for _, _, name, text in told)
            self._plot.setAccessibleDescription(words)
            self._words.setAccessibleName(words)


class _Strip(QGraphicsObject):
    """The attempts of an operation above its curve, painted as in the timeline."""

    def __init__(self, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._lane: Lane | None = None
        self._picture: Picture | None = None

    def show_lane(self, lane: Lane | None, picture: Picture) -> None:
        """Show a lane, or none, in the time range of ``picture``."""
        if self._picture is None or picture.width != self._picture.width:
            self.prepareGeometryChange()
        self._lane, self._picture = lane, picture
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802
        """Return the area that it covers."""
        return QRectF(0, 0, self._picture.width if self._picture is not None else 0, ROW)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the attempts."""
        if self._lane is None or self._picture is None or self._picture.width <= 1:
            return
        painter.setClipRect(self.boundingRect())
        painter.setFont(widget.font() if widget is not None else painter.font())
        arrays = LaneArrays.of(self._lane.spans)
        paint_lane(painter, self._picture, 0, self._lane, arrays)
        paint_live(painter, self._picture, 0, self._lane, arrays)
