"""The table of one operation's attempts, each with its cause and what was decided after it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from launcher_gui.models.table import Index, TableModel
from launcher_gui.monitor import operation_text
from launcher_gui.recovery.operation import Attempt
from launcher_gui.text import formatting


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
    """Raw values, apart from what is displayed."""

    OUTCOME = Qt.ItemDataRole.UserRole + 1  # AttemptOutcome
    DETAIL = Qt.ItemDataRole.UserRole + 2  # the technical side of the error


def attempt_text(attempt: Attempt, column: int, now: float) -> str:
    """Return what the cell of ``attempt`` in ``column`` says at ``now``."""
    match column:
        case AttemptColumn.NUMBER:
            return str(attempt.number)
        case AttemptColumn.STARTED:
            return formatting.clock_time(attempt.started_at, now)
        case AttemptColumn.DURATION:
            return operation_text.attempt_duration(attempt, now)
        case AttemptColumn.OUTCOME:
            return operation_text.outcome_label(attempt.outcome)
        case AttemptColumn.CAUSE:
            return operation_text.cause_text(attempt)
        case AttemptColumn.DECISION:
            return operation_text.decision_text(attempt)
        case _:
            return operation_text.resumed_text(attempt)


class AttemptTableModel(TableModel):
    """Rows of attempts, the first one first."""

    columns = AttemptColumn

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Attempt] = []
        self._now = 0.0

    def show(self, attempts: Sequence[Attempt], now: float) -> None:
        """Show ``attempts`` instead of what was shown, touching only rows that differ."""
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
        """Let time pass: the attempt that runs grows longer."""
        before, self._now = self._now, now
        for row, attempt in enumerate(self._rows):
            if attempt.ended_at is not None:
                continue
            column = AttemptColumn.DURATION
            if attempt_text(attempt, column, before) != attempt_text(attempt, column, now):
                self.dataChanged.emit(self.index(row, column), self.index(row, column))

    def titles(self) -> tuple[str, ...]:
        """Return the titles of the columns."""
        return (
            self.tr("#"),
            self.tr("Started"),
            self.tr("Duration"),
            self.tr("Outcome"),
            self.tr("Cause"),
            self.tr("Decision"),
            self.tr("Resumed from"),
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, or one of the raw values of ``AttemptRole``."""
        if not self.checkIndex(index, TableModel.CheckIndexOption.IndexIsValid):
            return None
        attempt, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return attempt_text(attempt, column, self._now)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.titles()[column]}: {attempt_text(attempt, column, self._now)}"
            case AttemptRole.OUTCOME:
                return attempt.outcome
            case AttemptRole.DETAIL:
                return attempt.detail
            case _:
                return None
