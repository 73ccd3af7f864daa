"""The table of downloads that may be added: one row each."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from launcher_gui.models.drafts import DraftRow
from launcher_gui.models.table import LEFT, RIGHT, Index, TableModel
from launcher_gui.text.formatting import human_size


class DraftColumn(IntEnum):
    """The columns from left to right."""

    NAME = 0
    SIZE = 1
    RESUMES = 2
    NOTE = 3


class DraftRole(IntEnum):
    """Raw values, apart from what is displayed."""

    IS_PROBLEM = Qt.ItemDataRole.UserRole + 1


class DraftTableModel(TableModel):
    """Rows of downloads that may be added."""

    columns = DraftColumn
    numeric = frozenset({DraftColumn.SIZE})

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[DraftRow] = []

    @property
    def rows(self) -> Sequence[DraftRow]:
        """What is shown."""
        return self._rows

    def show(self, rows: Sequence[DraftRow]) -> None:
        """Show ``rows``."""
        if list(rows) == self._rows:
            return
        if len(rows) != len(self._rows):
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
            return
        self._rows = list(rows)
        self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, DraftColumn.NOTE))

    def titles(self) -> tuple[str, ...]:
        """Return the titles of the columns, in their order."""
        return (self.tr("File"), self.tr("Size"), self.tr("Resumes"), self.tr("Notes"))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says, how it is aligned, and whether it tells of a problem."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text(row, index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if index.column() in self.numeric else LEFT
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.titles()[index.column()]}: {self._text(row, index.column())}"
            case DraftRole.IS_PROBLEM:
                return row.is_problem and index.column() == DraftColumn.NOTE
            case _:
                return None

    def _text(self, row: DraftRow, column: int) -> str:
        match column:
            case DraftColumn.NAME:
                return row.name
            case DraftColumn.SIZE:
                return "" if row.size is None else human_size(row.size)
            case DraftColumn.RESUMES:
                return {True: self.tr("yes"), False: self.tr("no"), None: ""}[row.resumable]
            case _:
                return row.note
