"""The table in the add dialog: what is known about each download before it is added."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from launcher_gui.models.draft_table import DraftColumn, DraftRole, DraftTableModel
from launcher_gui.models.drafts import DraftRow
from launcher_gui.ui.common.theme import theme_of

_ROW_HEIGHT, _MOST_ROWS = 40, 6  # two lines of text
_WIDTHS = {DraftColumn.NAME: 230, DraftColumn.SIZE: 84, DraftColumn.RESUMES: 104}


class DraftView(QTableView):
    """The table; hidden while it is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = DraftTableModel(self)
        self.setModel(self.draft)
        self.setObjectName("draft")
        self.setAccessibleName(self.tr("Files to add"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setItemDelegateForColumn(DraftColumn.NOTE, _NoteDelegate(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in _WIDTHS.items():
            header.resizeSection(column, width)
        self.hide()

    def show_rows(self, rows: Sequence[DraftRow]) -> None:
        """Show ``rows``, up to a few at full height."""
        self.draft.show(rows)
        lines = min(_MOST_ROWS, len(rows))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + lines * _ROW_HEIGHT + 2 * self.frameWidth())
        self.setVisible(bool(rows))


class _NoteDelegate(QStyledItemDelegate):
    """Colours what prevents a download from being added; the text says it too."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802
        """Use the cell's text and colour."""
        super().initStyleOption(option, index)
        theme = theme_of(option.palette)
        colour = QColor(theme.careful if index.data(DraftRole.IS_PROBLEM) else theme.muted)
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, colour)
