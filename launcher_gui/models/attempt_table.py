"""The table of one operation's attempts, each with its cause and the decision after it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from launcher_gui.models.table import ColumnSpec, Index, TableModel
from launcher_gui.monitor import operation_text
from launcher_gui.recovery.operation import Attempt
from launcher_gui.text import formatting
from launcher_gui.text.i18n import marked


class AttemptColumn(IntEnum):
    """The columns from left to right."""

    NUMBER = 0
    STARTED = 1
    DURATION = 2
    OUTCOME = 3
    CAUSE = 4
    DECISION = 5
    RESUMED_FROM = 6


class AttemptRole(IntEnum):
    """Raw values besides the displayed text."""

    OUTCOME = Qt.ItemDataRole.UserRole + 1  # AttemptOutcome
    DETAIL = Qt.ItemDataRole.UserRole + 2  # error details


_COLUMNS: dict[int, ColumnSpec[Attempt, float]] = {
    AttemptColumn.NUMBER: ColumnSpec(marked("AttemptTableModel", "#"), lambda attempt, _: str(attempt.number)),
    AttemptColumn.STARTED: ColumnSpec(
        marked("AttemptTableModel", "Started"), lambda attempt, now: formatting.clock_time(attempt.started_at, now)
    ),
    AttemptColumn.DURATION: ColumnSpec(marked("AttemptTableModel", "Duration"), operation_text.attempt_duration),
    AttemptColumn.OUTCOME: ColumnSpec(
        marked("AttemptTableModel", "Outcome"), lambda attempt, _: operation_text.outcome_label(attempt.outcome)
    ),
    AttemptColumn.CAUSE: ColumnSpec(
        marked("AttemptTableModel", "Cause"), lambda attempt, _: operation_text.cause_text(attempt)
    ),
    AttemptColumn.DECISION: ColumnSpec(
        marked("AttemptTableModel", "Decision"), lambda attempt, _: operation_text.decision_text(attempt)
    ),
    AttemptColumn.RESUMED_FROM: ColumnSpec(
        marked("AttemptTableModel", "Resumed from"), lambda attempt, _: operation_text.resumed_text(attempt)
    ),
}


class AttemptTableModel(TableModel):
    """Rows of attempts, oldest first."""

    columns = _COLUMNS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Attempt] = []
        self._now = 0.0

    def show(self, attempts: Sequence[Attempt], now: float) -> None:
        """Show ``attempts``, changing only rows that differ."""
        self._now = now
        common = min(len(self._rows), len(attempts))
        for row in range(common):
            if self._rows[row] != attempts[row]:
                self._rows[row] = attempts[row]
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(AttemptColumn) - 1))
        if len(self._rows) > common:
            self.beginRemoveRows(QModelIndex(), common, len(self._rows) - 1)
            del self._rows[common:]
            self.endRemoveRows()
        if len(attempts) > common:
            self.beginInsertRows(QModelIndex(), common, len(attempts) - 1)
            self._rows.extend(attempts[common:])
            self.endInsertRows()

    def tick(self, now: float) -> None:
        """Update the duration of the running attempt."""
        before, self._now = self._now, now
        for row, attempt in enumerate(self._rows):
            if attempt.ended_at is not None:
                continue
            column = AttemptColumn.DURATION
            if _COLUMNS[column].text(attempt, before) != _COLUMNS[column].text(attempt, now):
                self.dataChanged.emit(self.index(row, column), self.index(row, column))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, or one of the raw values of ``AttemptRole``."""
        if not self.checkIndex(index, TableModel.CheckIndexOption.IndexIsValid):
            return None
        attempt, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return _COLUMNS[column].text(attempt, self._now)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(column, _COLUMNS[column].text(attempt, self._now))
            case AttemptRole.OUTCOME:
                return attempt.outcome
            case AttemptRole.DETAIL:
                return attempt.detail
            case _:
                return None
