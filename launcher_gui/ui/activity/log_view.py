"""The event log: events of the selection or of everything, newest last, with copying."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from launcher_gui.models.log_table import LogColumn, LogTableModel
from launcher_gui.monitor.log import LogLine
from launcher_gui.monitor.projection import Projection
from launcher_gui.ui.common.delegates import CellDelegate
from launcher_gui.ui.common.resources import icon
from launcher_gui.ui.common.table_view import TableView
from launcher_gui.ui.common.theme import theme_of

_ROW_HEIGHT = 26
_WIDTHS = {LogColumn.TIME: 130, LogColumn.HOST: 160, LogColumn.OPERATION: 240}


class LogView(QWidget):
    """The table of events; requests its lines when it is shown, and newer ones when something changed."""

    asked = Signal(object, int)
    """A frozen set of operation ids, ``None`` for all, and the event after which lines are wanted; answer with
    ``show_lines``.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = LogTableModel(self)
        self.table = _Lines()
        self._projection = Projection()
        self._now = 0.0
        self._ids: frozenset[str] | None = None
        self._chosen = frozenset[str]()
        self._asking = self._stale = False
        self._about, self._copy = QLabel(), QToolButton()
        self._set_up_table()
        self._lay_out()
        self._copy.clicked.connect(self.copy)
        self._say_about()
        self._recolour()

    def show_selection(self, ids: frozenset[str]) -> None:
        """Show the events of these operations and their steps; with none, of everything."""
        self._chosen = ids
        self._turn()

    def show_projection(self, projection: Projection, now: float) -> None:
        """Take note of new events."""
        self._projection, self._now = projection, now
        self._turn()

    def show_lines(self, ids: frozenset[str] | None, lines: Sequence[LogLine]) -> None:
        """Show the requested lines; an answer to an earlier request is ignored."""
        self._asking = False
        if ids == self._ids:
            bar = self.table.verticalScrollBar()
            at_end = bar.value() >= bar.maximum()
            self.model.add(lines, self._projection.views, self._now)
            if at_end:
                self.table.scrollToBottom()
        if self._stale:
            self._stale = False
            self._turn()

    def copy(self) -> None:
        """Copy the selected rows, or all."""
        chosen = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        QGuiApplication.clipboard().setText(self.model.as_text(chosen or range(self.model.rowCount())))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Catch up when it is shown."""
        super().showEvent(event)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Redraw the icon in the new colours."""
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()
        super().changeEvent(event)

    def _turn(self) -> None:
        """Follow the selection, steps included, and request what is new; only while shown."""
        if not self.isVisible():
            return
        views, chosen = self._projection.views.values(), self._chosen
        steps = (view.id for view in views if view.base.operation.parent_id in chosen) if chosen else ()
        wanted = chosen.union(steps) or None
        if wanted != self._ids:
            self._ids = wanted
            self.model.clear()
            self._say_about()
        self._ask()

    def _ask(self) -> None:
        """Request lines newer than those shown; one request at a time."""
        if self._asking:
            self._stale = True
            return
        self._asking, self._stale = True, False
        self.asked.emit(self._ids, self.model.last)

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(self.tr("Log"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setItemDelegate(CellDelegate(table))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        for column, width in _WIDTHS.items():
            header.resizeSection(column, width)
        copy = table.addAction(self.tr("&Copy"), QKeySequence(QKeySequence.StandardKey.Copy), self.copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _lay_out(self) -> None:
        self._about.setProperty("tone", "muted")
        self._about.setWordWrap(True)
        self._copy.setObjectName("quiet")
        self._copy.setText(self.tr("Copy"))
        self._copy.setToolTip(self.tr("Copy the selected lines, or all"))
        self._copy.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 8, 4)
        head.addWidget(self._about, 1)
        head.addWidget(self._copy)
        self.setObjectName("details")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)

    def _say_about(self) -> None:
        self._about.setText(
            self.tr("Events of all downloads. Select one to see only its own.")
            if self._ids is None
            else self.tr("Events for the selected downloads")
        )

    def _recolour(self) -> None:
        self._copy.setIcon(icon("copy", theme_of(self.palette()).muted))


class _Lines(TableView):
    """The table of lines."""

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Start at the newest line if none is current: without a current row, keyboard focus is invisible."""
        if not self.currentIndex().isValid() or not self.selectionModel().hasSelection():
            last = self.model().index(self.model().rowCount() - 1, LogColumn.WHAT)
            self.selectionModel().setCurrentIndex(last, QItemSelectionModel.SelectionFlag.NoUpdate)
        super().focusInEvent(event)
