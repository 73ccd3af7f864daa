"""How cells are painted: text with space around it, a state as icon and word, progress as a bar with its figure.

Everything is painted, no cell contains a widget, and nothing is shown by colour alone.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOption, QStyleOptionViewItem, QTableView

from launcher_gui.models.attempt_table import AttemptRole
from launcher_gui.models.host_table import HostRole
from launcher_gui.models.operation_table import Role
from launcher_gui.monitor.hosts import HistorySlice
from launcher_gui.recovery.operation import AttemptOutcome, OperationState
from launcher_gui.recovery.rules.breaker import BreakerState
from launcher_gui.ui.common.resources import icon
from launcher_gui.ui.common.text import (
    LEADING,
    LEFT,
    RIGHT,
    height_of,
    paint_line,
    paint_lines,
    without_beginning,
    wrapped,
)
from launcher_gui.ui.common.theme import Theme, theme_of

Index = QModelIndex | QPersistentModelIndex

_PADDING = 10
_ICON = 18
_BAR = 8
_STEP = 20
_FOLD = 16
_SPARK, _SPARK_BAR = 20, 5
_NEXT_LINES = 2
_MOST_LINES = 12
_SENTENCE_MARGIN = 8

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
    """A cell of text; the selection covers the row, and a hairline separates rows.

    Args:
        parent: The view.
        first_line: Height of the first line where rows differ in height; 0 to centre the text.
    """

    def __init__(self, parent: QObject, first_line: int = 0) -> None:
        super().__init__(parent)
        self._first_line = first_line

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the background of the row, then the content of the cell."""
        theme = theme_of(option.palette)
        rect: QRect = option.rect
        painter.save()
        painter.setFont(option.font)
        _paint_ground(painter, option, theme)
        content = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        if self._first_line:
            content.setHeight(self._first_line)
        self.paint_content(painter, option, index, content)
        painter.restore()

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        """Paint the content of the cell into ``rect``."""
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        text = index.data(Qt.ItemDataRole.DisplayRole)
        colour = theme_of(option.palette).text
        paint_line(painter, option, rect, text, colour, LEFT if alignment is None else Qt.AlignmentFlag(alignment))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Return the size of the text with its padding."""
        return super().sizeHint(option, index) + QSize(2 * _PADDING, 12)


class NameDelegate(CellDelegate):
    """A file's name and its folder below; if too long, the part that distinguishes files stays."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        """Paint name and folder."""
        theme = theme_of(option.palette)
        if index.data(Role.IS_STEP):
            branch = QRect(rect.left(), option.rect.top(), _STEP, option.rect.height())
            _paint_branch(painter, option, _visual(option, rect, branch), theme)
            rect = _visual(option, rect, rect.adjusted(_STEP, 0, 0, 0))
        if index.data(Role.STEPS):
            _paint_fold(painter, option, self.fold_place(option.rect), folded=index.data(Role.FOLDED))
            rect = _visual(option, rect, rect.adjusted(_FOLD, 0, 0, 0))
        name, folder = index.data(Qt.ItemDataRole.DisplayRole), index.data(Role.FOLDER)
        top = rect.top() + (rect.height() - height_of(2 if folder else 1, option)) // 2
        line = QRect(rect.left(), top, rect.width(), option.fontMetrics.lineSpacing())
        paint_line(painter, option, line, name, theme.text, elide=Qt.TextElideMode.ElideMiddle)
        if folder:
            below = line.translated(0, line.height() + LEADING)
            shown = without_beginning(folder, option.fontMetrics, rect.width())
            paint_line(painter, option, below, shown, theme.muted)

    @staticmethod
    def fold_place(cell: QRect) -> QRect:
        """Return where in a cell the sign is that collapses the steps of an operation."""
        return QRect(cell.left() + _PADDING - 3, cell.top(), _FOLD, cell.height())


class NextDelegate(CellDelegate):
    """The next step in up to two lines; muted unless it needs the user."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        """Paint the sentence."""
        theme = theme_of(option.palette)
        failed = OperationState(index.data(Role.STATE)) is OperationState.FAILED
        sentence = index.data(Qt.ItemDataRole.DisplayRole)
        paint_lines(painter, option, rect, sentence, theme.text if failed else theme.muted, _NEXT_LINES)


class SentenceDelegate(CellDelegate):
    """A sentence in as many lines as it takes, from the top of its row."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        """Paint the sentence."""
        text = index.data(Qt.ItemDataRole.DisplayRole)
        rect.setHeight(self.sizeHint(option, index).height())
        paint_lines(painter, option, rect, text, theme_of(option.palette).text, _MOST_LINES)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Return the width of the column and the height of the sentence at that width."""
        view: object = option.widget
        width = view.columnWidth(index.column()) if isinstance(view, QTableView) else option.rect.width()
        lines = wrapped(index.data(Qt.ItemDataRole.DisplayRole), option.font, width - 2 * _PADDING, _MOST_LINES)
        return QSize(width, height_of(max(1, len(lines)), option) + 2 * _SENTENCE_MARGIN)


class StateDelegate(CellDelegate):
    """The state of an operation as icon and word."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        """Paint icon and word."""
        theme = theme_of(option.palette)
        state = OperationState(index.data(Role.STATE))
        drawn = state_icon(theme, state, index.data(Role.PHASE))
        colour = theme.bad if state is OperationState.FAILED else theme.text
        _paint_icon_and_text(painter, option, rect, drawn, index.data(Qt.ItemDataRole.DisplayRole), colour)


class OutcomeDelegate(CellDelegate):
    """The outcome of an attempt as icon and word."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        """Paint icon and word."""
        theme = theme_of(option.palette)
        outcome = AttemptOutcome(index.data(AttemptRole.OUTCOME))
        drawn = icon(_OUTCOME_ICONS[outcome], theme.of_outcome(outcome))
        _paint_icon_and_text(painter, option, rect, drawn, index.data(Qt.ItemDataRole.DisplayRole), theme.text)


class HostStateDelegate(CellDelegate):
    """The state of a host's breaker as icon and word."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        """Paint icon and word."""
        theme = theme_of(option.palette)
        name, colour = {
            BreakerState.CLOSED: ("state-completed", theme.good),
            BreakerState.OPEN: ("state-failed", theme.bad),
            BreakerState.HALF_OPEN: ("state-connecting", theme.careful),
            BreakerState.ISOLATED: ("state-paused", theme.muted),
        }[BreakerState(index.data(HostRole.STATE))]
        text = index.data(Qt.ItemDataRole.DisplayRole)
        _paint_icon_and_text(painter, option, rect, icon(name, colour), text, theme.text)


class HistoryDelegate(CellDelegate):
    """The last hours of a host as small bars: height by attempts, weight by failures."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        """Paint a bar for each slice, the oldest where reading begins."""
        history: tuple[HistorySlice, ...] = index.data(HostRole.HISTORY)
        most = max((part.ended for part in history), default=0)
        theme = theme_of(option.palette)
        painter.setPen(Qt.PenStyle.NoPen)
        base = rect.center().y() + _SPARK // 2
        width = min(_SPARK_BAR, rect.width() // max(1, len(history)))
        painter.fillRect(_visual(option, rect, QRect(rect.left(), base, width * len(history), 1)), QColor(theme.line))
        light = QColor(theme.good)
        light.setAlpha(110)
        for number, part in enumerate(history if most else ()):
            height, failed = (_share(count, most) for count in part[::-1])
            left = rect.left() + number * width
            above = QRect(left + 1, base - height, width - 2, height - failed)
            painter.fillRect(_visual(option, rect, above), light)
            painter.fillRect(_visual(option, rect, QRect(left, base - failed, width - 1, failed)), QColor(theme.bad))


def _share(count: int, most: int) -> int:
    """Return the height of ``count`` relative to ``most``; never too little to see."""
    return max(2, round(_SPARK * count / most)) if count else 0


class ProgressDelegate(CellDelegate):
    """A bar and its figure; hatched while the total size is unknown."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        """Paint bar and figure."""
        theme = theme_of(option.palette)
        state = OperationState(index.data(Role.STATE))
        fraction: float | None = index.data(Role.FRACTION)
        if fraction is None and state is not OperationState.RUNNING:
            return
        figure = option.fontMetrics.horizontalAdvance("100.0 %") + _PADDING
        bar = _visual(option, rect, rect.adjusted(0, 0, -figure, 0))
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        colour = QColor(theme.of_state(state, index.data(Role.PHASE)))
        self._paint_bar(painter, bar, fraction, theme, colour, mirrored=mirrored)
        text_rect = _visual(option, rect, QRect(rect.right() - figure, rect.top(), figure + 1, rect.height()))
        paint_line(painter, option, text_rect, index.data(Qt.ItemDataRole.DisplayRole), theme.text, RIGHT)

    def _paint_bar(
        self, painter: QPainter, rect: QRect, fraction: float | None, theme: Theme, colour: QColor, *, mirrored: bool
    ) -> None:
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
            # Never narrower than it is high, or a short bar looks like a smudge.
            width = max(_BAR, track.width() * fraction)
            track.setLeft(track.right() - width if mirrored else track.left())
            track.setWidth(width)
            painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)


def _paint_branch(painter: QPainter, option: QStyleOptionViewItem, rect: QRect, theme: Theme) -> None:
    """Paint the line from an operation to its step."""
    painter.setPen(QColor(theme.faint))
    down = _visual(option, rect, QRect(rect.left() + 6, rect.top(), 1, rect.height() // 2))
    across = _visual(option, rect, QRect(rect.left() + 6, rect.center().y(), rect.width() - 10, 1))
    for line in (down, across):
        painter.drawLine(line.topLeft(), line.bottomRight())


def _paint_fold(painter: QPainter, option: QStyleOptionViewItem, rect: QRect, *, folded: bool) -> None:
    """Paint the sign that shows whether steps are collapsed, and where to click."""
    arrow = QStyleOption()
    arrow.rect = QRect(rect.left() + 2, rect.center().y() - 5, 11, 11)
    arrow.palette = option.palette
    arrow.direction = option.direction
    aside = QStyle.PrimitiveElement.PE_IndicatorArrowRight
    if option.direction is Qt.LayoutDirection.RightToLeft:
        aside = QStyle.PrimitiveElement.PE_IndicatorArrowLeft
    which = aside if folded else QStyle.PrimitiveElement.PE_IndicatorArrowDown
    option.widget.style().drawPrimitive(which, arrow, painter, option.widget)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
    rect: QRect = option.rect
    state: QStyle.StateFlag = option.state
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, QColor(theme.selected))
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    thickness, colour = (2, theme.accent) if focused else (1, theme.line)
    painter.fillRect(rect.left(), rect.bottom() + 1 - thickness, rect.width(), thickness, QColor(colour))


def _paint_icon_and_text(
    painter: QPainter, option: QStyleOptionViewItem, rect: QRect, drawn: QIcon, text: str, colour: str
) -> None:
    top = rect.top() + (rect.height() - _ICON) // 2
    drawn.paint(painter, _visual(option, rect, QRect(rect.left(), top, _ICON, _ICON)))
    paint_line(painter, option, _visual(option, rect, rect.adjusted(_ICON + 8, 0, 0, 0)), text, colour)


def _visual(option: QStyleOptionViewItem, whole: QRect, part: QRect) -> QRect:
    """Return where ``part`` of ``whole`` is in the reading direction."""
    return QStyle.visualRect(option.direction, whole, part)
