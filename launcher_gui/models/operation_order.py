"""The order of the list: what a person wants to see of it, in the order that they chose."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSortFilterProxyModel, Qt

from launcher_gui.models.filtering import Filter
from launcher_gui.models.operation_table import SORTABLE, OperationTableModel, sort_key
from launcher_gui.models.table import Index


class OperationOrder(QSortFilterProxyModel):
    """The rows that a person wants to see, as they were added, or by a column that stands still.

    It sorts when asked, not at every change: a live sort costs a core, and rows that move under the mouse get
    clicked by mistake.
    """

    def __init__(self, model: OperationTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setDynamicSortFilter(False)
        self._model = model
        self._filter = Filter()
        self._accepted: frozenset[str] = frozenset()
        self._ranks: dict[str, int] = {}
        self.setSourceModel(model)

    def set_filter(self, wanted: Filter) -> None:
        """Let be seen what ``wanted`` accepts."""
        self.beginFilterChange()
        self._filter = wanted
        self._accepted = self._accepts() if wanted.group else frozenset()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def refilter(self) -> None:
        """Look again at states, which may have changed; Qt asks row by row, so only where it makes a difference."""
        if self._filter.group and self._accepts() != self._accepted:
            self.set_filter(self._filter)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order whole groups by ``column``, which steps follow as they are; -1 for the order of adding."""
        self._ranks = self._ranked(column, order) if column in SORTABLE else {}
        super().sort(column, order)

    def filterAcceptsRow(self, source_row: int, _parent: Index) -> bool:  # noqa: N802
        """Return whether a row is to be seen; steps go with what they are steps of."""
        return self._filter == Filter() or self._filter.accepts(self._model.view_at(self._model.top_of(source_row)))

    def lessThan(self, left: Index, right: Index) -> bool:  # noqa: N802
        """Return which of two rows comes first; what came since it was sorted comes last."""
        last = len(self._ranks) if self.sortOrder() == Qt.SortOrder.AscendingOrder else -len(self._ranks)
        first, second = (self._model.view_at(index.row()).id for index in (left, right))
        return self._ranks.get(first, last) < self._ranks.get(second, last)

    def _accepts(self) -> frozenset[str]:
        return frozenset(view.id for view in self._model.views if self._filter.accepts(view))

    def _ranked(self, column: int, order: Qt.SortOrder) -> dict[str, int]:
        """Return the place of each row; worked out at once, because Qt would ask for each comparison."""
        groups: list[list[int]] = []
        for row in range(self._model.rowCount()):
            if self._model.top_of(row) == row:
                groups.append([])
            groups[-1].append(row)
        descending = order == Qt.SortOrder.DescendingOrder
        groups.sort(key=lambda rows: sort_key(self._model.view_at(rows[0]), column), reverse=descending)
        places = enumerate(row for rows in groups for row in rows)
        # Qt turns the order round by itself.
        return {self._model.view_at(row).id: -place if descending else place for place, row in places}
