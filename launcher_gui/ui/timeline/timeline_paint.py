"""How the timeline's lanes are painted: bars distinguished by colour, position and sign, with text where it fits.

An attempt that succeeded or runs fills its bar, a failed one has a heavy floor, an interrupted one a heavy ceiling, and
one that you stopped just a frame: each can be recognised without colour, however narrow.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from launcher_gui.models.timeline import KINDS, Box, LaneArrays, boxes, span_label, span_text
from launcher_gui.monitor.lanes import Lane, Mark, MarkKind, Span, SpanKind
from launcher_gui.ui.common.theme import Theme

ROW = 32
"""Height of a lane in pixels."""

_TOP, _HEIGHT = 7, 18
_PADDING = 5
_SIGN = 8
_LEAST_FOR_SIGN = 14
_LEAST_FOR_WORDS = 120

_STRIPS = {SpanKind.FAILED: (0.76, 0.24), SpanKind.CUT_OFF: (0.0, 0.24), SpanKind.PAUSE: (0.42, 0.16)}
"""Which part of the height is heavy: from where, and how much."""

_FRAMED = frozenset({SpanKind.STOPPED, SpanKind.OPEN, SpanKind.ISOLATED, SpanKind.HALF_OPEN})
_SOLID = frozenset({SpanKind.RUNNING, SpanKind.SUCCEEDED})
TINT = 44
"""Opacity of a bar's background, of 255."""

_HATCH = 150

_HATCHED = {
    SpanKind.WAIT: Qt.BrushStyle.BDiagPattern,
    SpanKind.OPEN: Qt.BrushStyle.FDiagPattern,
    SpanKind.HALF_OPEN: Qt.BrushStyle.Dense6Pattern,
    SpanKind.ISOLATED: Qt.BrushStyle.DiagCrossPattern,
    SpanKind.PAUSE: Qt.BrushStyle.Dense5Pattern,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """The visible part of the timeline.

    Attributes:
        first: The time at the left edge.
        last: The time at the right edge.
        top: Position of the upper edge, in lanes.
        width: Pixels.
        height: Pixels.
        now: The time.
        selected: The row of the selected operation, if it has one.
        theme: The colours.
    """

    first: float
    last: float
    top: float
    width: float
    height: float
    now: float
    selected: int | None
    theme: Theme

    def x(self, at: float) -> float:
        """Return the x position of a time."""
        return (at - self.first) / (self.last - self.first) * self.width

    def y(self, row: int) -> float:
        """Return the y position of a lane's upper edge."""
        return (row - self.top) * ROW

    def rows(self, count: int) -> range:
        """Return which of ``count`` lanes are visible."""
        return range(max(0, int(self.top)), min(count, int(self.top + self.height / ROW) + 1))


def colour_of(theme: Theme, kind: SpanKind) -> QColor:
    """Return the colour of a span; position, pattern and sign show the same."""
    return QColor(
        {
            SpanKind.RUNNING: theme.accent,
            SpanKind.SUCCEEDED: theme.good,
            SpanKind.FAILED: theme.bad,
            SpanKind.CUT_OFF: theme.careful,
            SpanKind.WAIT: theme.careful,
            SpanKind.OPEN: theme.bad,
            SpanKind.HALF_OPEN: theme.careful,
        }.get(kind, theme.muted)
    )


def paint_ground(painter: QPainter, picture: Picture, count: int) -> None:
    """Paint the background of names and bars: the selection, and a hairline below each lane."""
    line = QColor(picture.theme.line)
    for row in picture.rows(count):
        top = picture.y(row)
        if row == picture.selected:
            painter.fillRect(QRectF(0, top, picture.width, ROW), QColor(picture.theme.selected))
        painter.fillRect(QRectF(0, top + ROW - 1, picture.width, 1), line)


def paint_lane(painter: QPainter, picture: Picture, row: int, lane: Lane, arrays: LaneArrays) -> None:
    """Paint the static part of a lane."""
    still = arrays.without_last() if arrays.goes_on else arrays
    found = boxes(still, picture.first, picture.last, picture.width, picture.now)
    _paint_boxes(painter, picture, row, found)
    for box in found:
        if box.span is not None and box.right - box.left >= _LEAST_FOR_SIGN:
            _paint_words(painter, picture, row, lane.spans[box.span], box)
    if not arrays.goes_on:
        _paint_marks(painter, picture, row, lane)


def paint_live(painter: QPainter, picture: Picture, row: int, lane: Lane, arrays: LaneArrays) -> None:
    """Paint the running part of a lane, and its marks on top."""
    if not arrays.goes_on:
        return
    start, number = float(arrays.starts[-1]), len(arrays.starts) - 1
    if start <= picture.last:
        left = min(max(picture.x(start), 0.0), picture.width)
        right = max(min(max(picture.x(picture.now), 0.0), picture.width), left + 1)
        box = Box(KINDS[int(arrays.kinds[-1])], left, right, number)
        _paint_boxes(painter, picture, row, [box])
        _paint_words(painter, picture, row, lane.spans[number], box)
    _paint_marks(painter, picture, row, lane)


def paint_now(painter: QPainter, picture: Picture) -> None:
    """Paint the line of the present."""
    x = picture.x(picture.now)
    painter.setPen(QPen(QColor(picture.theme.accent), 1))
    painter.drawLine(QLineF(x, 0, x, picture.height))


def paint_bar(painter: QPainter, theme: Theme, kind: SpanKind, rects: list[QRectF]) -> None:
    """Paint bars of one kind."""
    colour, tint = colour_of(theme, kind), colour_of(theme, kind)
    painter.setPen(Qt.PenStyle.NoPen)
    if kind in _SOLID:
        painter.setBrush(colour)
        painter.drawRects(rects)
        return
    if kind is not SpanKind.PAUSE:
        tint.setAlpha(TINT)
        painter.setBrush(tint)
        painter.drawRects(rects)
    if (strip := _STRIPS.get(kind)) is not None:
        painter.setBrush(colour if kind not in _HATCHED else QBrush(colour, _HATCHED[kind]))
        height = rects[0].height()  # shared by all of them, like the top
        above, below = strip[0] * height, (strip[0] + strip[1] - 1) * height
        painter.drawRects([r.adjusted(0, above, 0, below) for r in rects])
    elif kind in _HATCHED:
        tint.setAlpha(_HATCH)
        painter.setBrush(QBrush(tint, _HATCHED[kind]))
        painter.drawRects(rects)
    if kind in _FRAMED:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1))
        painter.drawRects([r.adjusted(0.5, 0.5, -0.5, -0.5) for r in rects if r.width() > 2])


def paint_sign(painter: QPainter, kind: SpanKind, centre: QPointF, colour: QColor) -> None:
    """Paint the sign of an attempt's outcome around ``centre``."""
    half = _SIGN / 2
    x, y = centre.x(), centre.y()
    painter.setPen(QPen(colour, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    match kind:
        case SpanKind.SUCCEEDED:
            painter.drawPolyline(
                QPolygonF([QPointF(x - half, y), QPointF(x - 1, y + half - 1), QPointF(x + half, y - half + 1)])
            )
        case SpanKind.FAILED:
            s = half - 1
            painter.drawLine(QLineF(x - s, y - s, x + s, y + s))
            painter.drawLine(QLineF(x - s, y + s, x + s, y - s))
        case SpanKind.RUNNING:
            painter.setBrush(colour)
            painter.drawPolygon(
                QPolygonF([QPointF(x - 2, y - half + 1), QPointF(x + half - 1, y), QPointF(x - 2, y + half - 1)])
            )
        case SpanKind.STOPPED:
            painter.drawLine(QLineF(x - 2, y - 2, x - 2, y + 2))
            painter.drawLine(QLineF(x + 2, y - 2, x + 2, y + 2))
        case SpanKind.CUT_OFF:
            painter.drawPolyline(
                QPolygonF(
                    [QPointF(x + 1, y - half + 1), QPointF(x - 2, y), QPointF(x + 2, y), QPointF(x - 1, y + half - 1)]
                )
            )
        case _:
            return


def paint_mark(painter: QPainter, theme: Theme, kind: MarkKind, x: float, top: float) -> None:
    """Paint a mark: a wedge for a request of the user, a diamond for a takeover, a ring for a closed breaker."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    match kind:
        case MarkKind.ASKED:
            painter.setPen(QPen(QColor(theme.base), 1))
            painter.setBrush(QColor(theme.text))
            painter.drawPolygon(QPolygonF([QPointF(x - 5, top), QPointF(x + 5, top), QPointF(x, top + 8)]))
        case MarkKind.OWNER:
            painter.setPen(QPen(QColor(theme.base), 1))
            painter.setBrush(QColor(theme.checking))
            painter.drawPolygon(
                QPolygonF(
                    [QPointF(x, top + 9), QPointF(x + 6, top + 15), QPointF(x, top + 21), QPointF(x - 6, top + 15)]
                )
            )
        case MarkKind.CLOSED:
            painter.setPen(QPen(QColor(theme.good), 2))
            painter.setBrush(QColor(theme.base))
            painter.drawEllipse(QPointF(x, top + 14), 4, 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _paint_boxes(painter: QPainter, picture: Picture, row: int, found: list[Box]) -> None:
    top = picture.y(row) + _TOP
    of_kind: dict[SpanKind, list[QRectF]] = {}
    for kind, left, right, _ in found:
        # Neighbours must not merge into one bar.
        width = right - left
        rect = QRectF(left, top, width - 1 if width > 3 else width, _HEIGHT)
        of_kind.setdefault(kind, []).append(rect)
    for kind, rects in of_kind.items():
        paint_bar(painter, picture.theme, kind, rects)


def _paint_marks(painter: QPainter, picture: Picture, row: int, lane: Lane) -> None:
    for mark in _marks_seen(lane, picture):
        paint_mark(painter, picture.theme, mark.kind, picture.x(mark.at), picture.y(row))


def _marks_seen(lane: Lane, picture: Picture) -> list[Mark]:
    seen: list[Mark] = []
    for mark in lane.marks:
        far_enough = not seen or seen[-1].kind is not mark.kind or picture.x(mark.at) - picture.x(seen[-1].at) >= 3
        if picture.first <= mark.at <= picture.last and far_enough:
            seen.append(mark)
    return seen


def _paint_words(painter: QPainter, picture: Picture, row: int, span: Span, box: Box) -> None:
    top, right = picture.y(row) + _TOP, box.right
    if span.end is None and span.until is not None and span.until > picture.now:
        right = _paint_expected(painter, picture, span, top, right)
    width = right - box.left
    left, colour = box.left + _PADDING, QColor(picture.theme.on_accent if span.kind in _SOLID else picture.theme.text)
    heavy, share = _STRIPS.get(span.kind, (0.0, 0.0)) if span.kind not in _HATCHED else (0.0, 0.0)
    free = QRectF(left, top + (0 if heavy else share * _HEIGHT), right - left, (1 - share) * _HEIGHT)
    if width >= _LEAST_FOR_SIGN and span.kind not in _HATCHED:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        sign = colour if span.kind in _SOLID else colour_of(picture.theme, span.kind)
        paint_sign(painter, span.kind, QPointF(left + _SIGN / 2, free.center().y()), sign)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        left += _SIGN + _PADDING
    metrics = QFontMetricsF(painter.font(), painter.device())
    words = _fitting(metrics, span_text(span, picture.now), span_label(span, picture.now), right - left - _PADDING)
    if not words:
        return
    if span.kind in _HATCHED:  # text on a hatch is unreadable
        ground = QRectF(left - 3, top + 1, metrics.horizontalAdvance(words) + 6, _HEIGHT - 2)
        painter.fillRect(ground, QColor(picture.theme.selected if row == picture.selected else picture.theme.base))
    painter.setPen(colour)
    free.setLeft(left)
    painter.drawText(free, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


def _fitting(metrics: QFontMetricsF, words: str, label: str, room: float) -> str:
    """Return the text if it fits, all or most of it, else the label, else nothing."""
    if metrics.horizontalAdvance(words) <= room:
        return words
    if room >= _LEAST_FOR_WORDS:
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
    return label if metrics.horizontalAdvance(label) <= room else ""


def _paint_expected(painter: QPainter, picture: Picture, span: Span, top: float, left: float) -> float:
    """Paint the rest of a running wait, and return its right edge."""
    right = min(picture.width, picture.x(span.until or picture.now))
    painter.setPen(QPen(colour_of(picture.theme, span.kind), 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(left, top + 0.5, max(0.0, right - left), _HEIGHT - 1))
    return right
