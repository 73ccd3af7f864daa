"""How cells are painted: text with room around it, a state as icon and word, progress as a bar with its figure.

Everything is painted, no widget sits in a cell, and nothing is said by colour alone.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from launcher_gui.models.attempt_table import AttemptRole
from launcher_gui.models.operation_table import Role
from launcher_gui.panels.resources import icon
from launcher_gui.panels.theme import Theme, theme_of
from launcher_gui.recovery.operation import AttemptOutcome, OperationState

Index = QModelIndex | QPersistentModelIndex

_PADDING = 10
_ICON = 18
_BAR = 8
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

_OUTCOME_ICONS = {
    AttemptOutcome.RUNNING: "state-downloading",
    AttemptOutcome.SUCCEEDED: "state-completed",
    AttemptOutcome.FAILED: "state-failed",
    AttemptOutcome.PAUSED: "state-paused",
    AttemptOutcome.CANCELLED: "state-cancelled",
    AttemptOutcome.INTERRUPTED: "state-interrupted",
}


def state_icon(theme: Theme, state: OperationState, phase: str) -> QIcon:
    """Return the icon of an operation in ``state``, in the colour of that state."""
    name = state.value
    if state is OperationState.RUNNING:
        name = phase if phase in {"connecting", "verifying"} else "downloading"
    return icon(f"state-{name}", theme.of_state(state, phase))


class CellDelegate(QStyledItemDelegate):
    """A cell of text; the selection covers the whole row and a hairline parts the rows."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row's ground, then what the cell says."""
        theme = theme_of(option.palette)
        rect: QRect = option.rect
        painter.save()
        painter.setFont(option.font)
        _paint_ground(painter, option, theme)
        self.paint_content(painter, option, index, rect.adjusted(_PADDING, 0, -_PADDING, 0))
        painter.restore()

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        """Paint what the cell says into ``rect``."""
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        text = index.data(Qt.ItemDataRole.DisplayRole)
        _paint_text(painter, option, rect, text, _LEFT if alignment is None else Qt.AlignmentFlag(alignment))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Return the room that the text needs, with the padding."""
        return super().sizeHint(option, index) + QSize(2 * _PADDING, 12)


class NameDelegate(CellDelegate):
    """A file's name; where it is too long, the middle goes, since the ends tell files apart."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        """Paint the name."""
        text = index.data(Qt.ItemDataRole.DisplayRole)
        _paint_text(painter, option, rect, text, _LEFT, elide=Qt.TextElideMode.ElideMiddle)


class QuietDelegate(CellDelegate):
    """Text of the second rank."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        """Paint the text in the muted colour."""
        theme = theme_of(option.palette)
        _paint_text(painter, option, rect, index.data(Qt.ItemDataRole.DisplayRole), _LEFT, colour=theme.muted)


class StateDelegate(CellDelegate):
    """The state of an operation as icon and word."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        """Paint icon and word."""
        theme = theme_of(option.palette)
        drawn = state_icon(theme, OperationState(index.data(Role.STATE)), index.data(Role.PHASE))
        _paint_icon_and_text(painter, option, rect, drawn, index.data(Qt.ItemDataRole.DisplayRole))


class OutcomeDelegate(CellDelegate):
    """The outcome of an attempt as icon and word."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        """Paint icon and word."""
        theme = theme_of(option.palette)
        outcome = AttemptOutcome(index.data(AttemptRole.OUTCOME))
        drawn = icon(_OUTCOME_ICONS[outcome], theme.of_outcome(outcome))
        _paint_icon_and_text(painter, option, rect, drawn, index.data(Qt.ItemDataRole.DisplayRole))


class ProgressDelegate(CellDelegate):
    """A bar and the figure beside it; a hatched bar while the size of the whole is unknown."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        """Paint bar and figure."""
        theme = theme_of(option.palette)
        state = OperationState(index.data(Role.STATE))
        fraction: float | None = index.data(Role.FRACTION)
        if fraction is None and state is not OperationState.RUNNING:
            return
        figure = option.fontMetrics.horizontalAdvance("100.0 %") + _PADDING
        bar = _visual(option, rect, rect.adjusted(0, 0, -figure, 0))
        self._paint_bar(painter, bar, fraction, theme, QColor(theme.of_state(state, index.data(Role.PHASE))))
        text_rect = _visual(option, rect, QRect(rect.right() - figure, rect.top(), figure + 1, rect.height()))
        text = index.data(Qt.ItemDataRole.DisplayRole)
        _paint_text(painter, option, text_rect, text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _paint_bar(self, painter: QPainter, rect: QRect, fraction: float | None, theme: Theme, colour: QColor) -> None:
        track = QRectF(rect.left(), rect.center().y() - _BAR / 2 + 0.5, rect.width(), _BAR)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        ground = QColor(theme.text)
        ground.setAlpha(32)
        painter.setBrush(ground)
        painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
        if fraction is None:
            painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
        elif fraction > 0:
            painter.setBrush(colour)
            # Never narrower than it is high, or a beginning looks like a smudge.
            track.setWidth(max(_BAR, track.width() * fraction))
            painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
    rect: QRect = option.rect
    state: QStyle.StateFlag = option.state
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, QColor(theme.selected))
    focused = state & QStyle.StateFlag.State_HasFocus and not state & QStyle.StateFlag.State_Selected
    colour = QColor(theme.accent if focused else theme.line)
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour)


def _paint_icon_and_text(painter: QPainter, option: QStyleOptionViewItem, rect: QRect, drawn: QIcon, text: str) -> None:
    top = rect.top() + (rect.height() - _ICON) // 2
    drawn.paint(painter, _visual(option, rect, QRect(rect.left(), top, _ICON, _ICON)))
    _paint_text(painter, option, _visual(option, rect, rect.adjusted(_ICON + 8, 0, 0, 0)), text, _LEFT)


def _paint_text(
    painter: QPainter,
    option: QStyleOptionViewItem,
    rect: QRect,
    text: str,
    alignment: Qt.AlignmentFlag,
    *,
    colour: str = "",
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    theme = theme_of(option.palette)
    painter.setPen(QColor(colour or theme.text))
    shown = option.fontMetrics.elidedText(text, elide, rect.width())
    painter.drawText(rect, QStyle.visualAlignment(option.direction, alignment), shown)


def _visual(option: QStyleOptionViewItem, whole: QRect, part: QRect) -> QRect:
    """Return where ``part`` of ``whole`` lies in the reading direction."""
    return QStyle.visualRect(option.direction, whole, part)
