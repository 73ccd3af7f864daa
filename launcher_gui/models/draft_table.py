"""The table of downloads to add, one row each."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from launcher_gui.models.drafts import DraftRow
from launcher_gui.models.table import ColumnSpec, Index, TableModel
from launcher_gui.text.formatting import human_size
from launcher_gui.text.i18n import marked, translate


class DraftColumn(IntEnum):
    """The columns from left to right."""

    NAME = 0
    SIZE = 1
    RESUMES = 2
    NOTE = 3


class DraftRole(IntEnum):
    """Raw values besides the displayed text."""

    IS_PROBLEM = Qt.ItemDataRole.UserRole + 1


def _resumes(row: DraftRow, _: None) -> str:
    if row.resumable is None:
        return ""
    return translate("DraftTableModel", "yes") if row.resumable else translate("DraftTableModel", "no")


_COLUMNS: dict[int, ColumnSpec[DraftRow, None]] = {
    DraftColumn.NAME: ColumnSpec(marked("DraftTableModel", "File"), lambda row, _: row.name),
    DraftColumn.SIZE: ColumnSpec(
        marked("DraftTableModel", "Size"),
        lambda row, _: "" if row.size is None else human_size(row.size),
        numeric=True,
    ),
    DraftColumn.RESUMES: ColumnSpec(marked("DraftTableModel", "Resumes"), _resumes),
    DraftColumn.NOTE: ColumnSpec(marked("DraftTableModel", "Notes"), lambda row, _: row.note),
}


class DraftTableModel(TableModel):
    """Rows of downloads to add."""

    columns = _COLUMNS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[DraftRow] = []

    @property
    def rows(self) -> Sequence[DraftRow]:
        """The rows."""
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

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text, alignment or problem mark of a cell."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return _COLUMNS[index.column()].text(row, None)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(index.column(), _COLUMNS[index.column()].text(row, None))
            case DraftRole.IS_PROBLEM:
                return row.is_problem and index.column() == DraftColumn.NOTE
            case _:
                return None
