"""The page of the list: the filter bar and the table."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from launcher_gui.models.filtering import Filter
from launcher_gui.models.operation_table import OperationTableModel
from launcher_gui.models.selection import takers
from launcher_gui.recovery.operation import CommandKind, OperationState
from launcher_gui.ui.downloads.filter_bar import FilterBar
from launcher_gui.ui.downloads.operations_view import OperationsView


class ListPage(QWidget):
    """Keeps bar and table in step."""

    resume_requested = Signal(object)
    """The ids of all failed operations in the list: resume them."""

    def __init__(self, model: OperationTableModel, table: OperationsView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = FilterBar()
        self._model, self._table = model, table
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(table, 1)
        self.home = table
        """What takes the keyboard when the page is turned to; as a focus proxy it would hide the bar from Tab."""
        self.bar.changed.connect(self._filter)
        self.bar.resume_failed.connect(lambda: self.resume_requested.emit(self._failed()))

    def refresh(self) -> None:
        """Take note that operations came, went or changed their states."""
        self._table.order.refilter()
        self.bar.show_hosts(self._model.hosts)
        self._show_counts()

    def reveal(self, operation_id: str) -> None:
        """Show an operation whatever the filter."""
        self._table.unfold_to(operation_id)
        row = self._model.row_of(operation_id)
        if row is not None and not self._table.order.mapFromSource(self._model.index(row, 0)).isValid():
            self.bar.clear()

    def _filter(self, wanted: Filter) -> None:
        self._table.order.set_filter(wanted)
        self._show_counts()

    def _show_counts(self) -> None:
        self.bar.show_counts(
            self._table.order.rowCount(), self._model.rowCount(), len(self._failed()), self._model.left_out
        )

    def _failed(self) -> tuple[str, ...]:
        if not self._model.counts.get(OperationState.FAILED):
            return ()
        failed = [v for v in self._model.views if v.state is OperationState.FAILED and self.bar.filter.accepts(v)]
        return takers(failed, CommandKind.RESUME)
