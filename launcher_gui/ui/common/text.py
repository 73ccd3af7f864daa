"""Text in a cell: one line, elided if too long, or a few lines wrapped at words."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

LEADING = 2
"""Pixels between the lines of a cell."""

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_ABSOLUTE = Qt.AlignmentFlag.AlignAbsolute

_UNIT = re.compile(r"(?<=\d) (?=(?:[kMGTP]?B|s|min|h|d)\b)")
"""Places where a figure must not be separated from its unit."""


def paint_line(
    painter: QPainter,
    option: QStyleOptionViewItem,
    rect: QRect,
    text: str,
    colour: str,
    alignment: Qt.AlignmentFlag = LEFT,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """Paint ``text`` as one line, vertically centred in ``rect``."""
    painter.setPen(QColor(colour))
    painter.setLayoutDirection(direction_of(text))
    shown = option.fontMetrics.elidedText(text, elide, rect.width())
    painter.drawText(rect, QStyle.visualAlignment(option.direction, alignment) | _ABSOLUTE, shown)


def paint_lines(
    painter: QPainter, option: QStyleOptionViewItem, rect: QRect, text: str, colour: str, most: int
) -> None:
    """Paint ``text`` in at most ``most`` lines, vertically centred in ``rect``."""
    lines = wrapped(text, option.font, rect.width(), most)
    step = option.fontMetrics.lineSpacing() + LEADING
    top = rect.top() + (rect.height() - height_of(len(lines), option)) // 2
    painter.setPen(QColor(colour))
    painter.setLayoutDirection(direction_of(text))
    alignment = QStyle.visualAlignment(option.direction, LEFT) | _ABSOLUTE
    for number, line in enumerate(lines):
        painter.drawText(QRect(rect.left(), top + number * step, rect.width(), step), alignment, line)


def direction_of(text: str) -> Qt.LayoutDirection:
    """Return the direction of ``text``, by its first letter, so that a path stays a path."""
    first = next((kind for kind in map(unicodedata.bidirectional, text) if kind in {"L", "R", "AL"}), "L")
    return Qt.LayoutDirection.LeftToRight if first == "L" else Qt.LayoutDirection.RightToLeft


def height_of(lines: int, option: QStyleOptionViewItem) -> int:
    """Return the height of that many lines."""
    return lines * (option.fontMetrics.lineSpacing() + LEADING) - LEADING


def without_beginning(path: str, metrics: QFontMetrics, width: int) -> str:
    """Return as many of the last parts of ``path`` as fit into ``width``, with a mark if some are left out."""
    shown, parts = path, PurePath(path).parts
    for first in range(1, len(parts)):
        if metrics.horizontalAdvance(shown) <= width:
            break
        shown = str(PurePath("…", *parts[first:]))
    return shown


def wrapped(text: str, font: QFont, width: int, most: int) -> list[str]:
    """Return ``text`` in at most ``most`` lines of ``width`` pixels; the last one is elided if necessary."""
    text = _UNIT.sub("\N{NO-BREAK SPACE}", text)
    # Qt counts in UTF-16, Python in characters.
    units = text.encode("utf-16-le", "surrogatepass")
    layout = QTextLayout(text, font)
    layout.setTextOption(_option())
    lines: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start, end = 2 * line.textStart(), 2 * (line.textStart() + line.textLength())
        last = len(lines) == most - 1
        part = units[start : None if last else end].decode("utf-16-le", "replace").strip()
        lines.append(QFontMetrics(font).elidedText(part, Qt.TextElideMode.ElideRight, width) if last else part)
        if last:
            break
    layout.endLayout()
    return lines


def _option() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
