"""What the list shows and in which order: filtered, with groups collapsed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QMimeData, QModelIndex, QObject, QSortFilterProxyModel, Qt, Signal

from launcher_gui.models.filtering import Filter
from launcher_gui.models.operation_columns import SORTABLE, Column
from launcher_gui.models.operation_table import OperationTableModel, Role
from launcher_gui.models.table import Index
from launcher_gui.recovery.operation import OperationState

_MIME = "application/x-comfyui-recovery-operations"


class OperationOrder(QSortFilterProxyModel):
    """The visible rows, in the order of adding or sorted by a stable column.

    It sorts on request, not at every change: live sorting costs a core, and rows that move under the mouse get clicked
    by mistake. The source model sorts its rows: Qt would call back for each comparison.

    Attributes:
        ordered_by: The column to sort by, -1 for none, and the direction.
    """

    dropped = Signal(object, object)
    """A tuple of ids to move before the operation of that id in the queue; to the end if ``None``."""

    def __init__(self, model: OperationTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setDynamicSortFilter(False)
        self.ordered_by = -1, Qt.SortOrder.AscendingOrder
        self._model = model
        self._filter = Filter()
        self._filters = False
        self._accepted: frozenset[str] = frozenset()
        self.setSourceModel(model)
        model.queue_changed.connect(self._keep_queue_order)

    @property
    def by_turn(self) -> bool:
        """Whether the rows are in queue order, so that dragging can change it."""
        return self.ordered_by == (Column.QUEUE, Qt.SortOrder.AscendingOrder)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Allow queued rows to be dragged while in queue order, and dropped between others."""
        flags = super().flags(index)
        if not index.isValid():
            return flags | Qt.ItemFlag.ItemIsDropEnabled
        queued = self.by_turn and index.data(Role.STATE) == OperationState.QUEUED
        return flags | Qt.ItemFlag.ItemIsDragEnabled if queued else flags

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802
        """Return that rows are moved."""
        return Qt.DropAction.MoveAction

    def supportedDragActions(self) -> Qt.DropAction:  # noqa: N802
        """Return that rows are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:  # noqa: N802
        """Return the MIME type of dragged rows."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802
        """Return the dragged rows of ``indexes``."""
        data = QMimeData()
        data.setData(_MIME, "\n".join(dict.fromkeys(index.data(Role.ID) for index in indexes)).encode())
        return data

    def canDropMimeData(self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: Index) -> bool:  # noqa: N802
        """Return whether rows can be dropped between others here."""
        return self.by_turn and data.hasFormat(_MIME) and not parent.isValid()

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:  # noqa: N802
        """Request the new position of dropped rows; they move when the store says so."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        ids = tuple(bytes(data.data(_MIME).data()).decode().split("\n"))
        self.dropped.emit(ids, self._queued_from(row if row >= 0 else self.rowCount()))
        return True

    def _queued_from(self, row: int) -> str | None:
        """Return the queued operation in ``row`` or below; if none is visible, the one after the last visible."""
        seen = [self.index(at, 0).data(Role.ID) for at in range(self.rowCount())]
        queue = self._model.queue
        below = next((each for each in seen[row:] if self._model.place_of(each) is not None), None)
        above = next((each for each in reversed(seen[:row]) if self._model.place_of(each) is not None), None)
        if below is not None or above is None:
            return below
        place = self._model.place_of(above) or 0  # counted from 1: the next one
        return queue[place] if place < len(queue) else None

    def set_filter(self, wanted: Filter) -> None:
        """Show only what ``wanted`` accepts."""
        self.beginFilterChange()
        self._filter, self._filters = wanted, wanted != Filter()
        self._accepted = self._accepts() if wanted.group else frozenset()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def refilter(self) -> None:
        """Filter again after states have changed; Qt asks row by row, so only where it matters."""
        if self._filter.group and self._accepts() != self._accepted:
            self.set_filter(self._filter)

    def fold(self, ids: frozenset[str]) -> None:
        """Collapse the steps of exactly these operations, including ones that do not exist yet."""
        self.beginFilterChange()
        self._model.fold(ids)
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort whole groups by ``column``, steps following their operation; -1 for the order of adding."""
        self.ordered_by = column if column in SORTABLE else -1, order
        self._model.order_by(*self.ordered_by)

    def filterAcceptsRow(self, source_row: int, _parent: Index) -> bool:  # noqa: N802
        """Return whether a row is visible; a step is, unless its operation is hidden or collapsed."""
        if self._model.folded and self._model.is_folded_away(source_row):
            return False
        return not self._filters or self._filter.accepts(self._model.view_at(self._model.top_of(source_row)))

    def _keep_queue_order(self) -> None:
        """Follow the queue while sorted by it and something was moved; operations that merely started stay."""
        column, order = self.ordered_by
        if column != Column.QUEUE:
            return
        places = [place for view in self._model.views if (place := self._model.place_of(view.id)) is not None]
        if order == Qt.SortOrder.DescendingOrder:
            places.reverse()
        if any(one > two for one, two in pairwise(places)):
            self.sort(column, order)

    def _accepts(self) -> frozenset[str]:
        return frozenset(view.id for view in self._model.views if self._filter.accepts(view))
