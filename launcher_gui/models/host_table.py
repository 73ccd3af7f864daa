"""The table of hosts: one row each, those that are held back first."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from launcher_gui.models.table import Index, TableModel
from launcher_gui.monitor import hosts
from launcher_gui.monitor.hosts import HostRow
from launcher_gui.text.message import localize


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
    """Raw values, apart from what is displayed."""

    SCOPE = Qt.ItemDataRole.UserRole + 1
    STATE = Qt.ItemDataRole.UserRole + 2  # BreakerState
    HISTORY = Qt.ItemDataRole.UserRole + 3  # a tuple of slices


def host_text(row: HostRow, column: int, now: float) -> str:
    """Return what the cell of ``row`` in ``column`` says at ``now``."""
    match column:
        case HostColumn.NAME:
            return row.scope
        case HostColumn.STATE:
            return hosts.state_text(row)
        case HostColumn.WAITING:
            return str(len(row.waiting)) if row.waiting else ""
        case HostColumn.PROBE:
            return hosts.probe_text(row, now)
        case HostColumn.RATE:
            return hosts.rate_text(row)
        case HostColumn.HISTORY:
            return hosts.history_text(row)
        case _:
            return localize(row.breaker.last_error)


class HostTableModel(TableModel):
    """Rows of hosts."""

    columns = HostColumn

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
        """Show ``rows`` as they are at ``now``; a host that stays keeps its place in every view's selection."""
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
            if any(host_text(old, c, before) != host_text(row, c, now) for c in HostColumn):
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(HostColumn) - 1))

    def _bring(self, number: int, row: HostRow) -> None:
        """Let the host of ``row`` stand at ``number``; what lies above it is in place."""
        present = self.row_of(row.scope)
        if present is None:
            self.beginInsertRows(QModelIndex(), number, number)
            self._rows.insert(number, row)
            self.endInsertRows()
        elif present != number:
            self.beginMoveRows(QModelIndex(), present, present, QModelIndex(), number)
            self._rows.insert(number, self._rows.pop(present))
            self.endMoveRows()

    def titles(self) -> tuple[str, ...]:
        """Return the titles of the columns."""
        return (
            self.tr("Host"),
            self.tr("State"),
            self.tr("Downloads waiting"),
            self.tr("Next retry"),
            self.tr("Recent failures"),
            self.tr("Last 6 h"),
            self.tr("Last failure"),
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, or one of the raw values of ``HostRole``."""
        if not self.checkIndex(index, TableModel.CheckIndexOption.IndexIsValid):
            return None
        row, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return host_text(row, column, self._now)
            case Qt.ItemDataRole.ToolTipRole if column == HostColumn.HISTORY:
                return host_text(row, column, self._now)
            case Qt.ItemDataRole.ToolTipRole:
                return hosts.host_sentence(row, self._now)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.titles()[column]}: {host_text(row, column, self._now)}"
            case HostRole.SCOPE:
                return row.scope
            case HostRole.STATE:
                return row.breaker.state
            case HostRole.HISTORY:
                return row.history
            case _:
                return None
