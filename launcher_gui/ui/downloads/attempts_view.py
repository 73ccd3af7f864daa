"""The attempts of one operation: every cause and decision in full, wrapped where it is long."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from launcher_gui.models.attempt_table import AttemptColumn, AttemptTableModel
from launcher_gui.ui.common.delegates import CellDelegate, OutcomeDelegate, SentenceDelegate
from launcher_gui.ui.common.table_view import TableView

_ROW_HEIGHT = 32
_WIDTHS = {
    AttemptColumn.NUMBER: 34,
    AttemptColumn.STARTED: 82,
    AttemptColumn.DURATION: 92,
    AttemptColumn.OUTCOME: 134,
}
_SENTENCES = (
    AttemptColumn.CAUSE,
    AttemptColumn.DECISION,
    AttemptColumn.RESUMED_FROM,
)  # these share the remaining width
_MOST_FITTED = 200
"""Above this many rows the heights stay fixed: fitting each row would be noticeable."""


class AttemptsTable(TableView):
    """The attempts of one operation."""

    def __init__(self, model: AttemptTableModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(self.tr("Attempts"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(_ROW_HEIGHT)
        self.setItemDelegate(CellDelegate(self, _ROW_HEIGHT))
        self.setItemDelegateForColumn(AttemptColumn.OUTCOME, OutcomeDelegate(self, _ROW_HEIGHT))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(min(_WIDTHS.values()))
        for column, width in _WIDTHS.items():
            header.resizeSection(column, width)
        for column in _SENTENCES:
            self.setItemDelegateForColumn(column, SentenceDelegate(self))
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.geometriesChanged.connect(self._fit_all)
        header.sectionResized.connect(self._fit_all)
        model.rowsInserted.connect(lambda _parent, first, last: self._fit(first, last))
        model.dataChanged.connect(self._fit_changed)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Start at the last attempt if none is current: without a current row, keyboard focus is invisible."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(self.model().rowCount() - 1, AttemptColumn.NUMBER))

    def _fit_changed(self, top_left: QModelIndex, bottom_right: QModelIndex) -> None:
        if bottom_right.column() >= min(_SENTENCES):
            self._fit(top_left.row(), bottom_right.row())

    def _fit_all(self) -> None:
        self._fit(0, self.model().rowCount() - 1)

    def _fit(self, first: int, last: int) -> None:
        """Make the rows as high as their text."""
        if self.model().rowCount() <= _MOST_FITTED:
            for row in range(first, last + 1):
                self.resizeRowToContents(row)
