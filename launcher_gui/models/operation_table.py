"""The table of operations: one row each, oldest first, steps below their operation.

It owns rows, roles and order. It never resets and reads no clock (``tick`` brings the time). It signals only changed
cells, and only visible ones if a view reports which are: ten thousand changing rows cost as much as the twenty that are
visible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from enum import IntEnum
from itertools import groupby, islice
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from launcher_gui.models.grouping import grouped, runs
from launcher_gui.models.operation_columns import COLUMNS, SORTABLE, Column, Moment, cell_text
from launcher_gui.models.table import Index, TableModel
from launcher_gui.monitor import operation_text
from launcher_gui.monitor.projection import OperationView, Projection, Turn, turn_of
from launcher_gui.recovery.operation import OperationState
from launcher_gui.settings.hours import ALWAYS, Hours, on_the_wall
from launcher_gui.text.message import NOTHING


class Role(IntEnum):
    """Raw values besides the displayed text."""

    ID = Qt.ItemDataRole.UserRole + 1
    FRACTION = Qt.ItemDataRole.UserRole + 2  # 0 to 1, or None while the total is unknown
    STATE = Qt.ItemDataRole.UserRole + 3  # OperationState
    PHASE = Qt.ItemDataRole.UserRole + 4
    FOLDER = Qt.ItemDataRole.UserRole + 5
    IS_STEP = Qt.ItemDataRole.UserRole + 6
    STEPS = Qt.ItemDataRole.UserRole + 7  # number of direct steps
    FOLDED = Qt.ItemDataRole.UserRole + 8  # whether they are collapsed


RATES_PER_TICK = 1_000
"""How many speeds are recalculated per tick; beyond that, those not updated for the longest time."""

_ALL = (Column.NAME, Column.NEXT)
_BY_PROGRESS = (Column.PROGRESS, Column.TIME_LEFT)
_BY_TIME: dict[OperationState, tuple[Column, ...]] = {
    OperationState.RUNNING: (Column.SPEED, Column.TIME_LEFT),
    OperationState.WAITING: (Column.NEXT,),
}


class OperationTableModel(TableModel):
    """Rows of operations; fed by ``show`` when something changed and by ``tick`` when time passed."""

    columns = COLUMNS

    queue_changed = Signal()
    """The queue or its order has changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[OperationView] = []
        self._row_of: dict[str, int] = {}
        self._order = -1, Qt.SortOrder.AscendingOrder
        self._live: set[str] = set()
        self._rates: dict[str, float] = {}
        self._hosts: Counter[str] = Counter()
        self._steps: Counter[str] = Counter()
        self._folded: frozenset[str] = frozenset()
        self._in_sight: Callable[[], Collection[int]] | None = None
        self._counts: Counter[OperationState] = Counter()
        self._turns: dict[str, Turn] = {}
        self._places: dict[str, int] = {}
        self._queue_is_stale = False
        self._hours, self._closed = ALWAYS, NOTHING
        self._now = 0.0
        self.left_out = 0
        """How many finished operations the store has beside those that are listed."""

    @property
    def counts(self) -> Mapping[OperationState, int]:
        """How many operations are in each state."""
        return self._counts

    @property
    def total_rate(self) -> float | None:
        """The total speed of all transfers, ``None`` if there is none; checking a file is not a transfer."""
        return sum(self._rates.values()) if self._rates else None

    @property
    def rates(self) -> Mapping[str, float]:
        """The speed of each operation with a running transfer."""
        return self._rates

    @property
    def hosts(self) -> Collection[str]:
        """The hosts of the operations."""
        return [host for host, count in self._hosts.items() if host and count]

    @property
    def now(self) -> float:
        """The time that the cells show."""
        return self._now

    @property
    def views(self) -> Sequence[OperationView]:
        """The operations, in the order of the rows."""
        return self._rows

    def look(self, in_sight: Callable[[], Collection[int]]) -> None:
        """Signal changes only for the rows that ``in_sight`` returns; others are read when they become visible."""
        self._in_sight = in_sight

    @property
    def folded(self) -> frozenset[str]:
        """The operations whose steps are collapsed."""
        return self._folded

    def fold(self, ids: frozenset[str]) -> None:
        """Collapse the steps of exactly these operations."""
        changed, self._folded = ids ^ self._folded, ids
        self._tell([self._row_of[i] for i in changed if i in self._row_of], Column.NAME, Column.NAME)

    def is_folded_away(self, row: int) -> bool:
        """Return whether the operation in ``row`` is below a collapsed one, at any depth."""
        parent = self._row_of.get(self._rows[row].base.operation.parent_id or "")
        if parent is None or parent >= row:
            return False
        return self._rows[parent].id in self._folded or self.is_folded_away(parent)

    def top_of(self, row: int) -> int:
        """Return the row of the topmost operation that ``row`` belongs to; else ``row``."""
        parent = self._row_of.get(self._rows[row].base.operation.parent_id or "")
        return row if parent is None or parent >= row else self.top_of(parent)

    def view_at(self, row: int) -> OperationView:
        """Return the operation in ``row``."""
        return self._rows[row]

    def row_of(self, operation_id: str) -> int | None:
        """Return the row of an operation, ``None`` if it is not shown."""
        return self._row_of.get(operation_id)

    def show(self, projection: Projection, changed: frozenset[str]) -> None:
        """Apply the operations in ``changed`` from ``projection``: new, different or gone."""
        self.left_out = projection.left_out
        self._remove([self._row_of[i] for i in changed if i in self._row_of and i not in projection.views])
        self._replace([projection.views[i] for i in changed if i in self._row_of])
        fresh = {i for i in changed if i in projection.views and i not in self._row_of}
        if fresh:
            last = self._rows[-1] if self._rows else None
            added = [v for i, v in projection.views.items() if i in fresh]
            self._add(added)
            if last is not None and _added_at(added[0])[0] < _added_at(last)[0]:
                self.order_by(*self._order)  # what is older than the present rows belongs before them
        if self._queue_is_stale:
            self._count_places()

    def place_of(self, operation_id: str) -> int | None:
        """Return the queue position of an operation, from 1; ``None`` if it is not queued."""
        return self._places.get(operation_id)

    @property
    def queue(self) -> Sequence[str]:
        """The queue, the next first."""
        return tuple(self._places)

    def show_hours(self, hours: Hours) -> None:
        """Set the schedule shown for queued downloads."""
        self._hours = hours
        self._look_at_hours()

    def tick(self, now: float) -> None:
        """Update speeds, times left and countdowns."""
        before, self._now = self._now, now
        self._look_at_hours()
        for operation_id in list(islice(self._rates, RATES_PER_TICK)):
            self._note_rate(self._rows[self._row_of[operation_id]])
        seen = None if self._in_sight is None else self._in_sight()
        for row in map(self._row_of.__getitem__, self._live) if seen is None else seen:
            view = self._rows[row]
            for column in _BY_TIME.get(view.state, ()):
                if cell_text(view, column, before) != cell_text(view, column, now):
                    self.dataChanged.emit(self.index(row, column), self.index(row, column))

    def order_by(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort whole groups by ``column``, steps following their operation; -1 for the order of adding.

        New rows come last: rows that move under the mouse get clicked by mistake.
        """
        self._order = column, order
        if column in SORTABLE:
            groups = [list(group) for _, group in groupby(self._rows, key=lambda v: self.top_of(self._row_of[v.id]))]
            groups.sort(key=lambda g: self._sort_key(g[0], column), reverse=order == Qt.SortOrder.DescendingOrder)
            self._rearrange([view for group in groups for view in group])
        else:
            self._rearrange(grouped(sorted(self._rows, key=_added_at)))

    def _rearrange(self, rows: list[OperationView]) -> None:
        """Change the order of the rows; the selection stays."""
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        ids = [self._rows[index.row()].id for index in kept]
        self._rows = rows
        self._renumber(0)
        moved = [self.index(self._row_of[i], index.column()) for i, index in zip(ids, kept, strict=True)]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def _look_at_hours(self) -> None:
        """Signal a change if the schedule now holds queued downloads differently."""
        before, self._closed = self._closed, self._hours.closed_at(on_the_wall(self._now))
        if before != self._closed:
            self._tell_from_to([self._row_of[i] for i in self._places], Column.NEXT)

    def _count_places(self) -> None:
        """Number the queue; one signal, however many have moved."""
        self._queue_is_stale = False
        self._places = {turn[-1]: place for place, turn in enumerate(sorted(self._turns.values()), start=1)}
        self._tell_from_to(range(len(self._rows)), Column.QUEUE)
        self.queue_changed.emit()

    def _tell_from_to(self, rows: Sequence[int], column: Column) -> None:
        if rows:
            self.dataChanged.emit(self.index(min(rows), column), self.index(max(rows), column))

    def _remove(self, rows: Sequence[int]) -> None:
        for first, last in reversed(runs(rows)):
            self.beginRemoveRows(QModelIndex(), first, last)
            for view in self._rows[first : last + 1]:
                self._forget(view)
            del self._rows[first : last + 1]
            self._renumber(first)
            self.endRemoveRows()

    def _add(self, views: Sequence[OperationView]) -> None:
        """Insert new operations at the end, and steps below their operation."""
        ordered, joining = grouped(views), set[str]()
        for view in ordered:
            if view.operation.parent_id in self._row_of or view.operation.parent_id in joining:
                joining.add(view.id)
        rest = [view for view in ordered if view.id not in joining]
        if rest:
            self._insert(len(self._rows), rest)
        for step in (view for view in ordered if view.id in joining):
            self._insert(self._after_steps(self._row_of[step.operation.parent_id or ""]), [step])

    def _after_steps(self, row: int) -> int:
        """Return the row after the last step of the operation in ``row``."""
        within, after = {self._rows[row].id}, row + 1
        while after < len(self._rows) and self._rows[after].operation.parent_id in within:
            within.add(self._rows[after].id)
            after += 1
        return after

    def _insert(self, first: int, views: Sequence[OperationView]) -> None:
        self.beginInsertRows(QModelIndex(), first, first + len(views) - 1)
        self._rows[first:first] = views
        self._renumber(first)
        for view in views:
            self._count(view, 1)
            self._note(view)
        self.endInsertRows()

    def _replace(self, views: Sequence[OperationView]) -> None:
        whole: list[int] = []
        progress: list[int] = []
        latest = self._now
        for view in views:
            row = self._row_of[view.id]
            before = self._rows[row]
            self._rows[row] = view
            if view.base is before.base and view.progress.phase == before.progress.phase:
                progress.append(row)  # fast path for frequent updates
                latest = max(latest, view.progress.at)
                if not self._rates.get(view.id):
                    self._note_rate(view)
                continue
            (progress if _only_progressed(before, view) else whole).append(row)
            self._count(before, -1)
            self._count(view, 1)
            self._note(view)
        self._now = max(self._now, latest)
        self._tell(whole, *_ALL)
        self._tell(progress, *_BY_PROGRESS)

    def _count(self, view: OperationView, by: int) -> None:
        self._counts[view.state] += by
        self._hosts[view.base.operation.scope or ""] += by
        self._steps[view.base.operation.parent_id or ""] += by

    def _note(self, view: OperationView) -> None:
        (self._live.add if view.state.active else self._live.discard)(view.id)
        self._note_turn(view.id, turn_of(view))
        # A sample may be newer than the last tick; a speed between the two would be too high.
        self._now = max(self._now, view.progress.at)
        self._note_rate(view)

    def _note_rate(self, view: OperationView) -> None:
        """Update the speed of a transfer and put it last in the order of updates."""
        self._rates.pop(view.id, None)
        rate = None if operation_text.has_come(view) else view.rate(self._now)
        if rate is not None:
            self._rates[view.id] = rate

    def _note_turn(self, operation_id: str, turn: Turn | None) -> None:
        if self._turns.get(operation_id) != turn:
            self._queue_is_stale = True
        if turn is None:
            self._turns.pop(operation_id, None)
        else:
            self._turns[operation_id] = turn

    def _forget(self, view: OperationView) -> None:
        del self._row_of[view.id]
        self._rates.pop(view.id, None)
        self._live.discard(view.id)
        self._count(view, -1)
        self._note_turn(view.id, None)

    def _renumber(self, first: int) -> None:
        for row in range(first, len(self._rows)):
            self._row_of[self._rows[row].id] = row

    def _tell(self, rows: Collection[int], left: Column, right: Column) -> None:
        if rows and self._in_sight is not None:
            rows = set(self._in_sight()).intersection(rows)
        for first, last in runs(rows):
            self.dataChanged.emit(self.index(first, left), self.index(last, right))

    def _text(self, view: OperationView, column: int) -> str:
        return COLUMNS[column].text(view, Moment(self._now, self._hours, self._places.get(view.id)))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, or one of the raw values of ``Role``."""
        if not self.checkIndex(index, TableModel.CheckIndexOption.IndexIsValid):
            return None
        view, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(view, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tool_tip(view, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(column, f"{self._text(view, column)}{self._spoken_steps(view, column)}")
            case Role.STEPS:
                return self._steps[view.id]
            case Role.FOLDED:
                return view.id in self._folded
            case _:
                return _raw(view, role)

    def _spoken_steps(self, view: OperationView, column: int) -> str:
        if column != Column.NAME or not self._steps[view.id]:
            return ""
        words = self.tr(", {count} steps, folded") if view.id in self._folded else self.tr(", {count} steps")
        return words.format(count=self._steps[view.id])

    def _tool_tip(self, view: OperationView, column: int) -> str:
        tip = COLUMNS[column].tip
        return self._text(view, column) if tip is None else tip(view)

    def _sort_key(self, view: OperationView, column: int) -> Any:
        key = COLUMNS[column].sort_key
        return self._places.get(view.id, len(self._places) + 1) if key is None else key(view)


def _raw(view: OperationView, role: int) -> Any:
    match role:
        case Role.ID:
            return view.id
        case Role.FRACTION:
            return operation_text.fraction(view)
        case Role.STATE:
            return view.state
        case Role.PHASE:
            return view.progress.phase
        case Role.FOLDER:
            return view.folder
        case Role.IS_STEP:
            return view.operation.parent_id is not None
        case _:
            return None


def _added_at(view: OperationView) -> tuple[float, str]:
    return view.base.operation.created_at, view.id


def _only_progressed(before: OperationView, after: OperationView) -> bool:
    return (
        before.base.operation.version == after.base.operation.version
        and before.progress.phase == after.progress.phase
        and before.pending == after.pending
        and before.attempts == after.attempts
    )
