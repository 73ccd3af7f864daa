"""The list of operations: rows, columns, selection, order."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QByteArray, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFont, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QStyle, QWidget

from launcher_gui.models.operation_columns import SORTABLE, Column
from launcher_gui.models.operation_order import OperationOrder
from launcher_gui.models.operation_table import OperationTableModel, Role
from launcher_gui.monitor.projection import OperationView
from launcher_gui.ui.common.delegates import CellDelegate, NameDelegate, NextDelegate, ProgressDelegate, StateDelegate
from launcher_gui.ui.common.table_view import TableView

_ROW_HEIGHT = 48  # two lines of text, and space
_WIDTHS = {
    Column.NAME: 232,
    Column.STATE: 164,
    Column.PROGRESS: 144,
    Column.SIZE: 142,  # fits "999.9 / 999.9 MB"
    Column.SPEED: 90,
    Column.TIME_LEFT: 102,
    Column.ATTEMPT: 80,
    Column.NEXT: 240,  # and all remaining width
    Column.HOST: 150,
    Column.ADDED: 100,
    Column.QUEUE: 84,
}


class OperationsView(TableView):
    """The table; knows which operations are selected, by id."""

    chosen = Signal()
    """The selection has changed."""

    def __init__(self, model: OperationTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.order = OperationOrder(model, self)
        self._selected: tuple[str, ...] = ()
        self.setModel(self.order)
        model.look(self._in_sight)
        self.setAccessibleName(self.tr("Downloads"))
        self._set_behaviour()
        self._set_columns()
        self.selectionModel().selectionChanged.connect(self._selection_changed)

    @property
    def selected(self) -> tuple[OperationView, ...]:
        """The selected operations, in the order of the list."""
        rows = (self._model.row_of(i) for i in self._selected)
        return tuple(self._model.view_at(row) for row in rows if row is not None)

    @property
    def focused(self) -> OperationView | None:
        """The selected operation that the details show."""
        current = self.currentIndex().data(Role.ID)
        chosen = current if current in self._selected else next(iter(self._selected), None)
        row = self._model.row_of(chosen) if chosen is not None else None
        return self._model.view_at(row) if row is not None else None

    def select(self, operation_id: str) -> None:
        """Select one operation and scroll to it; do nothing if it is not in the list."""
        row = self._model.row_of(operation_id)
        if row is None:
            return
        # Not setCurrentIndex: with Ctrl held down it would extend the selection.
        index, only = self.order.mapFromSource(self._model.index(row, Column.NAME)), QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, only.ClearAndSelect | only.Rows)
        self.scrollTo(index)

    @property
    def folded(self) -> tuple[str, ...]:
        """The operations whose steps are collapsed."""
        return tuple(sorted(self._model.folded))

    def fold(self, ids: Collection[str]) -> None:
        """Collapse the steps of exactly these operations, including ones that do not exist yet."""
        self.order.fold(frozenset(ids))

    def unfold_to(self, operation_id: str) -> None:
        """Expand all ancestors of an operation."""
        row, above = self._model.row_of(operation_id), set[str]()
        while row is not None and (parent := self._model.view_at(row).base.operation.parent_id) is not None:
            above.add(parent)
            row = self._model.row_of(parent)
        if above & self._model.folded:
            self.fold(self._model.folded - above)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Collapse or expand on a click on the sign; select elsewhere."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        if index.column() == Column.NAME and index.data(Role.STEPS):
            sign = NameDelegate.fold_place(self.visualRect(index))
            if QStyle.visualRect(self.layoutDirection(), self.visualRect(index), sign).contains(place):
                self._fold(index.data(Role.ID), folded=not index.data(Role.FOLDED))
                return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Collapse with Left and expand with Right; Left on a step goes to its parent."""
        index = self.currentIndex().siblingAtColumn(Column.NAME)
        match event.key():
            case Qt.Key.Key_Left if index.data(Role.STEPS) and not index.data(Role.FOLDED):
                self._fold(index.data(Role.ID), folded=True)
            case Qt.Key.Key_Right if index.data(Role.STEPS) and index.data(Role.FOLDED):
                self._fold(index.data(Role.ID), folded=False)
            case Qt.Key.Key_Left if index.data(Role.IS_STEP):
                row = self.order.mapToSource(index).row()
                self.select(self._model.view_at(row).base.operation.parent_id or "")
            case _:
                super().keyPressEvent(event)

    def _fold(self, operation_id: str, *, folded: bool) -> None:
        self.fold(self._model.folded | {operation_id} if folded else self._model.folded - {operation_id})

    def save_columns(self) -> QByteArray:
        """Return the widths, positions and visibility of the columns."""
        return self.horizontalHeader().saveState()

    def restore_columns(self, state: QByteArray) -> None:
        """Restore what ``save_columns`` returned; ignore anything else."""
        self.horizontalHeader().restoreState(state)

    @property
    def sorted_by(self) -> str:
        """The present order, for ``sort_by``."""
        column, order = self.order.ordered_by
        descending = order == Qt.SortOrder.DescendingOrder
        return f"{Column(column).name}{' descending' if descending else ''}" if column in SORTABLE else ""

    def sort_by(self, chosen: str) -> None:
        """Restore an order from ``sorted_by``; the order of adding if it is invalid."""
        name, _, way = chosen.partition(" ")
        column = next((c for c in SORTABLE if c.name == name), None)
        descending = Qt.SortOrder.DescendingOrder if way == "descending" else Qt.SortOrder.AscendingOrder
        self._sort(-1 if column is None else column, descending)
        self.horizontalHeader().setSortIndicatorShown(column is not None)

    def fill_column_menu(self, menu: QMenu) -> None:
        """Fill ``menu`` with a check for each column; the name is always shown."""
        menu.clear()
        for column in Column:
            title = self._model.headerData(column, Qt.Orientation.Horizontal)
            action = QAction(title, menu, checkable=True, checked=not self.isColumnHidden(column))
            action.setEnabled(column is not Column.NAME)
            action.toggled.connect(lambda on, c=column: self.setColumnHidden(c, not on))
            menu.addAction(action)

    def _set_behaviour(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDragDropOverwriteMode(False)
        self.setDragEnabled(False)  # only in the order of the queue: elsewhere dragging selects
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        font = self.font()
        font.setFeature(QFont.Tag("tnum"), 1)  # digits of equal width: figures must not jump
        self.setFont(font)

    def _set_columns(self) -> None:
        self.setItemDelegate(CellDelegate(self))
        self.setItemDelegateForColumn(Column.NAME, NameDelegate(self))
        self.setItemDelegateForColumn(Column.STATE, StateDelegate(self))
        self.setItemDelegateForColumn(Column.PROGRESS, ProgressDelegate(self))
        self.setItemDelegateForColumn(Column.NEXT, NextDelegate(self))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setSortIndicatorClearable(True)
        header.setMinimumSectionSize(60)
        for column, width in _WIDTHS.items():
            header.resizeSection(column, width)
        for column in (Column.HOST, Column.ADDED):
            self.setColumnHidden(column, True)
        header.moveSection(header.visualIndex(Column.QUEUE), Column.STATE)
        header.moveSection(header.visualIndex(Column.NEXT), len(Column) - 1)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_column_menu)
        header.sectionClicked.connect(self._sort_clicked)

    def _show_column_menu(self, position: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_column_menu(menu)
        menu.popup(self.horizontalHeader().mapToGlobal(position))

    def _sort_clicked(self, column: int) -> None:
        """Cycle: ascending, descending, as added."""
        if column not in SORTABLE:
            return
        header = self.horizontalHeader()
        ascending, descending = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        match self.order.ordered_by:
            case (by, _) if by != column:
                self._sort(column, ascending)
            case (_, way) if way == ascending:
                self._sort(column, descending)
            case _:
                self._sort(-1, ascending)
        header.setSortIndicatorShown(self.order.ordered_by[0] >= 0)

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        self.order.sort(column, order)
        self.setDragEnabled(self.order.by_turn)
        self.horizontalHeader().setSortIndicator(column, order)

    def _in_sight(self) -> list[int]:
        """Return the visible rows of the model (not of the view); none while another view is shown."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if not self.isVisible() or first < 0:
            return []
        rows = range(first, (last if last >= 0 else self.order.rowCount() - 1) + 1)
        return [self.order.mapToSource(self.order.index(row, Column.NAME)).row() for row in rows]

    def _selection_changed(self) -> None:
        self._selected = tuple(index.data(Role.ID) for index in self.selectionModel().selectedRows(Column.NAME))
        self.chosen.emit()
