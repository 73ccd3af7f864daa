"""What of the list is to be seen, in the order that a person chose: filtered, and with groups folded."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSortFilterProxyModel, Qt

from launcher_gui.models.filtering import Filter
from launcher_gui.models.operation_table import SORTABLE, OperationTableModel
from launcher_gui.models.table import Index


class OperationOrder(QSortFilterProxyModel):
    """The rows that a person wants to see, as they were added, or by a column that stands still.

    It sorts when asked, not at every change: a live sort costs a core, and rows that move under the mouse get
    clicked by mistake. The model below puts its rows in order: Qt would ask for each comparison.

    Attributes:
        ordered_by: The column that the rows are ordered by, -1 for none, and which way.
    """

    def __init__(self, model: OperationTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setDynamicSortFilter(False)
        self.ordered_by = -1, Qt.SortOrder.AscendingOrder
        self._model = model
        self._filter = Filter()
        self._filters = False
        self._accepted: frozenset[str] = frozenset()
        self.setSourceModel(model)

    def set_filter(self, wanted: Filter) -> None:
        """Let be seen what ``wanted`` accepts."""
        self.beginFilterChange()
        self._filter, self._filters = wanted, wanted != Filter()
        self._accepted = self._accepts() if wanted.group else frozenset()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def refilter(self) -> None:
        """Look again at states, which may have changed; Qt asks row by row, so only where it makes a difference."""
        if self._filter.group and self._accepts() != self._accepted:
            self.set_filter(self._filter)

    def fold(self, ids: frozenset[str]) -> None:
        """Fold away the steps of just these operations; those that are not there yet are folded when they come."""
        self.beginFilterChange()
        self._model.fold(ids)
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order whole groups by ``column``, which steps follow as they are; -1 for the order of adding."""
        self.ordered_by = column if column in SORTABLE else -1, order
        self._model.order_by(*self.ordered_by)

    def filterAcceptsRow(self, source_row: int, _parent: Index) -> bool:  # noqa: N802
        """Return whether a row is to be seen; steps go with what they are steps of, unless that is folded."""
        if self._model.folded and self._model.is_folded_away(source_row):
            return False
        return not self._filters or self._filter.accepts(self._model.view_at(self._model.top_of(source_row)))

    def _accepts(self) -> frozenset[str]:
        return frozenset(view.id for view in self._model.views if self._filter.accepts(view))
