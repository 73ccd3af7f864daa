"""The table of hosts, one row each, paused ones first."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from launcher_gui.models.table import ColumnSpec, Index, TableModel
from launcher_gui.monitor import hosts
from launcher_gui.monitor.hosts import HostRow
from launcher_gui.text.i18n import marked
from launcher_gui.text.message import sentence


class HostColumn(IntEnum):
    """The columns from left to right."""

    NAME = 0
    STATE = 1
    WAITING = 2
    PROBE = 3
    RATE = 4
    HISTORY = 5
    ERROR = 6


class HostRole(IntEnum):
    """Raw values besides the displayed text."""

    SCOPE = Qt.ItemDataRole.UserRole + 1
    STATE = Qt.ItemDataRole.UserRole + 2  # BreakerState
    HISTORY = Qt.ItemDataRole.UserRole + 3  # a tuple of slices


_COLUMNS: dict[int, ColumnSpec[HostRow, float]] = {
    HostColumn.NAME: ColumnSpec(marked("HostTableModel", "Host"), lambda row, _: row.scope),
    HostColumn.STATE: ColumnSpec(marked("HostTableModel", "State"), lambda row, _: hosts.state_text(row)),
    HostColumn.WAITING: ColumnSpec(
        marked("HostTableModel", "Waiting"), lambda row, _: str(len(row.waiting)) if row.waiting else ""
    ),
    HostColumn.PROBE: ColumnSpec(marked("HostTableModel", "Next retry"), hosts.probe_text),
    HostColumn.RATE: ColumnSpec(marked("HostTableModel", "Recent failures"), lambda row, _: hosts.rate_text(row)),
    HostColumn.HISTORY: ColumnSpec(
        marked("HostTableModel", "Last 6 h"), lambda row, _: hosts.history_text(row), tip=hosts.history_text
    ),
    HostColumn.ERROR: ColumnSpec(
        marked("HostTableModel", "Last failure"), lambda row, _: sentence(row.breaker.last_error)
    ),
}


class HostTableModel(TableModel):
    """Rows of hosts."""

    columns = _COLUMNS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[HostRow] = []
        self._now = 0.0

    def row_at(self, row: int) -> HostRow:
        """Return the host in ``row``."""
        return self._rows[row]

    def row_of(self, scope: str) -> int | None:
        """Return the row of a host, ``None`` if it is not shown."""
        return next((number for number, row in enumerate(self._rows) if row.scope == scope), None)

    def show(self, rows: Sequence[HostRow], now: float) -> None:
        """Show ``rows`` as of ``now``; a host that stays keeps its selection."""
        wanted = [row.scope for row in rows]
        for number in reversed(range(len(self._rows))):
            if self._rows[number].scope not in wanted:
                self.beginRemoveRows(QModelIndex(), number, number)
                del self._rows[number]
                self.endRemoveRows()
        for number, row in enumerate(rows):
            self._bring(number, row)
        before, self._now = self._now, now
        for number, row in enumerate(rows):
            old, self._rows[number] = self._rows[number], row
            if any(spec.text(old, before) != spec.text(row, now) for spec in _COLUMNS.values()):
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(HostColumn) - 1))

    def _bring(self, number: int, row: HostRow) -> None:
        """Move the host of ``row`` to position ``number``; the rows above are in place."""
        present = self.row_of(row.scope)
        if present is None:
            self.beginInsertRows(QModelIndex(), number, number)
            self._rows.insert(number, row)
            self.endInsertRows()
        elif present != number:
            self.beginMoveRows(QModelIndex(), present, present, QModelIndex(), number)
            self._rows.insert(number, self._rows.pop(present))
            self.endMoveRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, or one of the raw values of ``HostRole``."""
        if not self.checkIndex(index, TableModel.CheckIndexOption.IndexIsValid):
            return None
        row, spec = self._rows[index.row()], _COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return spec.text(row, self._now)
            case Qt.ItemDataRole.ToolTipRole:
                return hosts.host_sentence(row, self._now) if spec.tip is None else spec.tip(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(index.column(), spec.text(row, self._now))
            case HostRole.SCOPE:
                return row.scope
            case HostRole.STATE:
                return row.breaker.state
            case HostRole.HISTORY:
                return row.history
            case _:
                return None
