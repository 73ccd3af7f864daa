"""The retry timeline: when each attempt ran, how it ended, the waits, and what runs now.

It shows what ``show_projection`` brings and reports clicks through signals; time arrives through ``tick``.
"""

from __future__ import annotations

import time

import pyqtgraph
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollBar,
    QStackedLayout,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from launcher_gui.models.timeline import TimelineModel, span_tip
from launcher_gui.monitor.lanes import Lane
from launcher_gui.monitor.projection import Projection
from launcher_gui.ui.common.theme import theme_of
from launcher_gui.ui.timeline.timeline_items import NAMES, LanesItem, NamesItem
from launcher_gui.ui.timeline.timeline_legend import TimelineLegend
from launcher_gui.ui.timeline.timeline_paint import ROW, Picture

FIRST_SPAN_S = 600.0
"""The time range at first."""

_AHEAD = 0.22
"""Share of the width for the future, while the present is followed."""

_LEAST_S, _MOST_S = 2.0, 3.2e7
_ZOOM, _STEP = 1.5, 0.2
_JUMP = 8
"""Pixels per scroll step while the present is followed: each step repaints everything."""

_REACH = 4
"""Pixels by which a click may miss."""


class TimelineView(QWidget):
    """The timeline with its buttons and its key."""

    picked = Signal(str, int)
    """An operation's id and the number of the attempt that was clicked, or that preceded a clicked wait; 0 for none."""
    host_picked = Signal(str)
    """A host's name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = TimelineModel()
        self._now = time.time()
        self._selected = ""
        self._span_s = FIRST_SPAN_S
        self._plot = pyqtgraph.PlotWidget(axisItems={"bottom": pyqtgraph.DateAxisItem()})
        self._box = self._plot.getViewBox()
        self._scroll = QScrollBar(Qt.Orientation.Vertical)
        self._follow, self._fit = QToolButton(), QToolButton()
        self._closer, self._wider = QToolButton(), QToolButton()
        self._hint = QLabel(self.tr("Attempts, waits and pauses appear here when a download starts."))
        self._set_up_plot()
        self._lanes = LanesItem(self.model, lambda: self.picture(self._box.width()), self._box)
        self._names = NamesItem(self.model, lambda: self.picture(NAMES), self._plot.getPlotItem())
        self._set_up_buttons()
        self._lay_out()
        self._recolour()
        self._follow.setChecked(True)

    def show_projection(self, projection: Projection, changed: frozenset[str]) -> None:
        """Show ``projection``; the operations in ``changed`` are new, different or gone."""
        rows = self.model.show(projection, changed)
        if rows is None:
            self._stack.setCurrentIndex(1 if self.model.lanes else 0)
            self._fit_scroll()
            self._redraw()
        for row in rows or ():
            self._lanes.update(QRectF(0, row * ROW - self._scroll.value(), self._box.width(), ROW))

    def tick(self, now: float) -> None:
        """Update running spans and countdowns."""
        self._now = now
        if self.isVisible():
            self._move_on()

    def select(self, operation_id: str) -> None:
        """Show an operation as selected, if visible; none if empty."""
        if operation_id == self._selected:
            return
        self._selected = operation_id
        row = self.model.row_of(operation_id)
        if row is not None:
            self._bring_to_sight(row)
            self._plot.setAccessibleDescription(self._spoken(self.model.lanes[row]))
        self._redraw()

    @property
    def home(self) -> QWidget:
        """The widget that takes the keyboard when the page is shown."""
        plot: QWidget = self._plot
        return plot

    @property
    def follows(self) -> bool:
        """Whether the view follows the present."""
        return self._follow.isChecked()

    def picture(self, width: float) -> Picture | None:
        """Return the visible part at ``width`` pixels."""
        first, last = self._box.viewRange()[0]
        height = self._box.height()
        if width <= 1 or height <= 1 or not self.model.lanes:
            return None
        theme = theme_of(self.palette())
        return Picture(
            first,
            last,
            self._scroll.value() / ROW,
            width,
            height,
            self._now,
            self.model.row_of(self._selected),
            theme,
        )

    def zoom(self, factor: float, around: float | None = None) -> None:
        """Zoom by ``factor`` around a time; around now if that is followed."""
        first, last = self._box.viewRange()[0]
        self._span_s = min(_MOST_S, max(_LEAST_S, (last - first) * factor))
        if self.follows:
            self._move_on()
            return
        middle = (first + last) / 2 if around is None else around
        share = (middle - first) / (last - first)
        self._show_from(middle - share * self._span_s)

    def pan(self, share: float) -> None:
        """Scroll by a share of the visible range; stops following the present."""
        self._follow.setChecked(False)
        first, last = self._box.viewRange()[0]
        self._show_from(first + share * (last - first))

    def fit(self) -> None:
        """Show everything."""
        begins = self.model.begins()
        if begins is None:
            return
        self._span_s = min(_MOST_S, max(60.0, (self._now - begins) * (1 + 2 * _AHEAD)))
        self._follow.setChecked(False)
        self._show_from(begins - 0.02 * self._span_s)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Handle wheel, keys and mouse of the plot."""
        match event:
            case QWheelEvent():
                self._wheel(event)
                return True
            case QKeyEvent() if event.type() == QEvent.Type.KeyPress and self._key(event):
                return True
            case QMouseEvent() if event.type() == QEvent.Type.MouseMove and not event.buttons():
                self._tell(event.position().toPoint())
            case _:
                if event.type() == QEvent.Type.Resize:
                    self._place_items()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Redraw in the new colours."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_lanes"):
            self._recolour()
        super().changeEvent(event)

    def _set_up_plot(self) -> None:
        plot, item = self._plot, self._plot.getPlotItem()
        plot.setAccessibleName(self.tr("Timeline of attempts"))
        plot.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        plot.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # time runs to the right in every language
        plot.setFrameShape(plot.Shape.NoFrame)
        plot.viewport().setMouseTracking(True)
        plot.viewport().setAccessibleName(self.tr("Lanes"))  # screen readers stop there too
        item.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        item.hideAxis("left")
        item.hideButtons()
        item.setMenuEnabled(False)
        item.layout.setContentsMargins(NAMES, 0, 0, 0)
        self._box.setMouseEnabled(x=True, y=False)
        self._box.setDefaultPadding(0)
        self._box.setLimits(minXRange=_LEAST_S, maxXRange=_MOST_S)
        self._box.disableAutoRange()
        self._box.sigRangeChanged.connect(self._redraw)
        self._box.sigRangeChangedManually.connect(self._dragged)
        self._box.sigResized.connect(self._place_items)
        plot.scene().sigMouseClicked.connect(lambda click: self._clicked(click.scenePos()))
        plot.installEventFilter(self)
        plot.viewport().installEventFilter(self)
        self._scroll.valueChanged.connect(self._redraw)
        self._scroll.setSingleStep(ROW)
        self._scroll.setAccessibleName(self.tr("Scroll the lanes"))

    def _set_up_buttons(self) -> None:
        for button, text, tip, do in (
            (self._wider, "-", self.tr("Show more time (-)"), lambda: self.zoom(_ZOOM)),
            (self._closer, "+", self.tr("Show less time (+)"), lambda: self.zoom(1 / _ZOOM)),
            (self._fit, self.tr("Show all"), self.tr("Show all attempts (Home)"), self.fit),
        ):
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(do)
        self._follow.setText(self.tr("Follow now"))
        self._follow.setToolTip(self.tr("Keep the present in view (End)"))
        self._follow.setCheckable(True)
        self._follow.toggled.connect(self._move_on)
        for button in (self._wider, self._closer, self._fit, self._follow):
            button.setObjectName("quiet")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 8, 4)
        head.setSpacing(4)
        head.addWidget(TimelineLegend(), 1)
        for button in (self._wider, self._closer, self._fit, self._follow):
            head.addWidget(button)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._plot, 1)
        body.addWidget(self._scroll)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(body, 1)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setProperty("tone", "muted")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._hint)
        self._stack.addWidget(content)

    def _recolour(self) -> None:
        theme = theme_of(self.palette())
        self._plot.setBackground(QColor(theme.base))
        axis = self._plot.getAxis("bottom")
        axis.setPen(QColor(theme.line))
        axis.setStyle(tickLength=0)
        axis.setTextPen(QColor(theme.muted))
        self._redraw()

    def _redraw(self) -> None:
        if hasattr(self, "_lanes"):
            self._lanes.update()
            self._names.update()

    def _place_items(self) -> None:
        box = self._box.sceneBoundingRect()
        self._lanes.set_rect(QRectF(0, 0, self._box.width(), self._box.height()))
        self._names.set_rect(QRectF(box.left() - NAMES, box.top(), NAMES, box.height()))
        self._fit_scroll()
        self._redraw()

    def _fit_scroll(self) -> None:
        height = int(self._box.height())
        self._scroll.setPageStep(height)
        self._scroll.setMaximum(max(0, len(self.model.lanes) * ROW - height))
        self._scroll.setVisible(self._scroll.maximum() > 0)

    def _bring_to_sight(self, row: int) -> None:
        top = row * ROW
        self._scroll.setValue(min(top, max(top + ROW - int(self._box.height()), self._scroll.value())))

    def _move_on(self) -> None:
        if self.follows:
            jump = _JUMP * self._span_s / max(1.0, self._box.width())
            self._show_from((self._now - (1 - _AHEAD) * self._span_s) // jump * jump)
        self._lanes.update()

    def _show_from(self, first: float) -> None:
        self._box.setXRange(first, first + self._span_s, padding=0)

    def _dragged(self) -> None:
        self._follow.setChecked(False)

    def _wheel(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_ZOOM ** (-turned.y() / 120), self._time_at(event.position()))
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier or turned.x():
            self.pan(-(turned.x() or turned.y()) / 120 * _STEP)
        else:
            self._scroll.setValue(self._scroll.value() - turned.y() // 2)

    def _key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Left:
                self.pan(-_STEP)
            case Qt.Key.Key_Right:
                self.pan(_STEP)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(1 / _ZOOM)
            case Qt.Key.Key_Minus:
                self.zoom(_ZOOM)
            case Qt.Key.Key_Home:
                self.fit()
            case Qt.Key.Key_End:
                self._follow.setChecked(True)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._step(-1 if event.key() == Qt.Key.Key_Up else 1)
            case _:
                return False
        return True

    def _step(self, by: int) -> None:
        """Select the next lane of an operation, up or down."""
        row = self.model.row_of(self._selected)
        at = (-1 if by > 0 else len(self.model.lanes)) if row is None else row
        rows = range(at + 1, len(self.model.lanes)) if by > 0 else range(at - 1, -1, -1)
        found = next((r for r in rows if not self.model.lanes[r].is_host), None)
        if found is not None:
            self.picked.emit(self.model.lanes[found].id, 0)

    def _clicked(self, place: QPointF) -> None:
        row = self._row_at(place)
        if row is None:
            return
        lane = self.model.lanes[row]
        if lane.is_host:
            self.host_picked.emit(lane.id)
            return
        span = self.model.span_at(row, self._time_at(place), self._now, self._reach())
        self.picked.emit(lane.id, lane.spans[span].number if span is not None else 0)

    def _tell(self, place: QPoint) -> None:
        row = self._row_at(QPointF(place))
        QToolTip.showText(
            self._plot.mapToGlobal(place), self.tip_at(QPointF(place)) if row is not None else "", self._plot
        )

    def tip_at(self, place: QPointF) -> str:
        """Return the tooltip for a position of the plot."""
        row = self._row_at(place)
        if row is None:
            return ""
        lane, at = self.model.lanes[row], self._time_at(place)
        if place.x() < self._box.sceneBoundingRect().left():
            return self._spoken(lane)
        words = [mark.words for mark in lane.marks if abs(mark.at - at) <= self._reach()]
        span = self.model.span_at(row, at, self._now, self._reach())
        return "\n".join([*words, *([span_tip(lane.spans[span], self._now)] if span is not None else [])])

    def _spoken(self, lane: Lane) -> str:
        return "\n".join([lane.name, *([span_tip(lane.spans[-1], self._now)] if lane.spans else [])])

    def _row_at(self, place: QPointF) -> int | None:
        y = place.y() - self._box.sceneBoundingRect().top()
        row = int((y + self._scroll.value()) // ROW)
        return row if 0 <= y <= self._box.height() and row < len(self.model.lanes) else None

    def _time_at(self, place: QPointF) -> float:
        return float(self._box.mapSceneToView(place).x())

    def _reach(self) -> float:
        first, last = self._box.viewRange()[0]
        return float(_REACH * (last - first) / max(1.0, self._box.width()))
