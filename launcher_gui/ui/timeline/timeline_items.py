"""The two halves of the timeline as scene items: the names of the lanes, and the lanes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from launcher_gui.models.timeline import TimelineModel
from launcher_gui.monitor.lanes import Lane
from launcher_gui.ui.common import resources
from launcher_gui.ui.timeline.timeline_paint import ROW, Picture, paint_ground, paint_lane, paint_live, paint_now

NAMES = 216
"""Width of the column of names in pixels."""

_PADDING = 12
_STEP = 16
_ICON = 14


@dataclass(frozen=True, slots=True)
class _Strip:
    """What the cached picture of a lane shows."""

    lane: Lane
    place: Picture
    selected: bool
    ratio: float

    def is_still_right(self, other: _Strip) -> bool:
        """Return whether a picture of ``other`` would be the same; lanes are compared by identity, not kept alive."""
        same_look = self.place == other.place and self.ratio == other.ratio
        return self.lane is other.lane and self.selected is other.selected and same_look


class _Item(QGraphicsObject):
    """An item that paints what ``look`` returns.

    Args:
        model: The lanes.
        look: Returns the visible part; ``None`` while nothing is visible.
        parent: The item whose coordinates it uses.
    """

    def __init__(
        self, model: TimelineModel, look: Callable[[], Picture | None], parent: QGraphicsItem | None = None
    ) -> None:
        super().__init__(parent)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._model = model
        self._look = look
        self._rect = QRectF()

    def set_rect(self, rect: QRectF) -> None:
        """Set the area."""
        self.prepareGeometryChange()
        self._rect = rect

    def boundingRect(self) -> QRectF:  # noqa: N802
        """Return the area."""
        return self._rect


class LanesItem(_Item):
    """The lanes. The static part of each is painted once and cached until it or the visible range changes.

    What still runs is painted each time: at most one span per lane.
    """

    def __init__(
        self, model: TimelineModel, look: Callable[[], Picture | None], parent: QGraphicsItem | None = None
    ) -> None:
        super().__init__(model, look, parent)
        self._kept: dict[int, tuple[_Strip, QPixmap]] = {}

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the visible lanes."""
        picture = self._look()
        if picture is None:
            return
        painter.setClipRect(self._rect)
        font = widget.font() if widget is not None else painter.font()
        ratio = painter.device().devicePixelRatioF()
        rows = picture.rows(len(self._model.lanes))
        self._kept = {row: self._painted(row, picture, font, ratio) for row in rows}
        paint_ground(painter, picture, len(self._model.lanes))
        paint_now(painter, picture)  # below the text, which it would strike through
        painter.setFont(font)
        for row, (_, pixmap) in self._kept.items():
            painter.drawPixmap(QPointF(0, picture.y(row)), pixmap)
            paint_live(painter, picture, row, self._model.lanes[row], self._model.arrays(row))

    def _painted(self, row: int, picture: Picture, font: QFont, ratio: float) -> tuple[_Strip, QPixmap]:
        lane = self._model.lanes[row]
        place = replace(picture, top=row, now=picture.last, selected=None)
        selected = row == picture.selected
        key = _Strip(lane, place, selected, ratio)
        kept = self._kept.get(row)
        if kept is not None and kept[0].is_still_right(key):
            return kept
        pixmap = QPixmap(ceil(picture.width * ratio), ROW * ceil(ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(QColor(0, 0, 0, 0))
        painter = QPainter(pixmap)
        painter.setFont(font)
        shown = replace(place, height=ROW, selected=row if selected else None)
        paint_lane(painter, shown, row, lane, self._model.arrays(row))
        painter.end()
        return key, pixmap


class NamesItem(_Item):
    """The names beside the lanes."""

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the names of visible lanes; a host's in bold with its sign, a step's indented."""
        picture = self._look()
        if picture is None:
            return
        painter.setClipRect(self._rect)
        painter.translate(self._rect.topLeft())
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        font = widget.font() if widget is not None else painter.font()
        paint_ground(painter, picture, len(self._model.lanes))
        for row in picture.rows(len(self._model.lanes)):
            lane = self._model.lanes[row]
            left = _PADDING + (_STEP if lane.is_step else 0)
            if lane.is_host:
                place = QPointF(left, picture.y(row) + (ROW - _ICON) / 2)
                painter.drawPixmap(place, resources.pixmap("host", picture.theme.muted, _ICON))
                left += _ICON + 6
            font.setBold(lane.is_host)
            painter.setFont(font)
            metrics = QFontMetricsF(font, painter.device())
            room = QRectF(left, picture.y(row), NAMES - left - _PADDING, ROW)
            painter.setPen(QColor(picture.theme.text))
            name = metrics.elidedText(lane.name, Qt.TextElideMode.ElideMiddle, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
