"""The table of events, newest last and limited in length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from launcher_gui.models.table import ColumnSpec, Index, TableModel
from launcher_gui.monitor.log import MOST_LINES, LogLine
from launcher_gui.monitor.projection import OperationView
from launcher_gui.text.formatting import clock_time
from launcher_gui.text.i18n import marked


class LogColumn(IntEnum):
    """The columns from left to right."""

    TIME = 0
    HOST = 1
    OPERATION = 2
    WHAT = 3


@dataclass(frozen=True, slots=True)
class _Row:
    """A line with the name of its download."""

    line: LogLine
    host: str
    name: str


_COLUMNS: dict[int, ColumnSpec[_Row, float]] = {
    LogColumn.TIME: ColumnSpec(marked("LogTableModel", "Time"), lambda row, now: clock_time(row.line.at, now)),
    LogColumn.HOST: ColumnSpec(marked("LogTableModel", "Host"), lambda row, _: row.host),
    LogColumn.OPERATION: ColumnSpec(marked("LogTableModel", "Download"), lambda row, _: row.name),
    LogColumn.WHAT: ColumnSpec(marked("LogTableModel", "Event"), lambda row, _: row.line.words),
}


class LogTableModel(TableModel):
    """Rows of lines."""

    columns = _COLUMNS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._now = 0.0

    @property
    def last(self) -> int:
        """The sequence number of the newest line, 0 if there is none."""
        return self._rows[-1].line.seq if self._rows else 0

    def clear(self) -> None:
        """Remove all lines: others follow."""
        if self._rows:
            self.beginRemoveRows(QModelIndex(), 0, len(self._rows) - 1)
            self._rows.clear()
            self.endRemoveRows()

    def add(self, lines: Sequence[LogLine], views: Mapping[str, OperationView], now: float) -> None:
        """Append ``lines``; the oldest are removed. Removed operations are shown by id."""
        self._now = now
        news = [line for line in lines if line.seq > self.last][-MOST_LINES:]
        surplus = len(self._rows) + len(news) - MOST_LINES
        if surplus > 0 and self._rows:
            surplus = min(surplus, len(self._rows))
            self.beginRemoveRows(QModelIndex(), 0, surplus - 1)
            del self._rows[:surplus]
            self.endRemoveRows()
        if news:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(news) - 1)
            self._rows.extend(_named(line, views.get(line.operation_id)) for line in news)
            self.endInsertRows()

    def as_text(self, rows: Sequence[int]) -> str:
        """Return rows as lines of text."""
        return "\n".join(
            "  ".join(t for spec in _COLUMNS.values() if (t := spec.text(self._rows[row], 0.0))) for row in rows
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not self.checkIndex(index, TableModel.CheckIndexOption.IndexIsValid):
            return None
        text = _COLUMNS[index.column()].text(self._rows[index.row()], self._now)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return text
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(index.column(), text)
            case _:
                return None


def _named(line: LogLine, view: OperationView | None) -> _Row:
    if view is None:
        return _Row(line, line.host, line.operation_id)
    return _Row(line, line.host or view.base.operation.scope or "", view.name)
