"""The table of operations: one row each, oldest first, steps below what they are steps of.

It owns rows, columns and roles. It never resets, reads no clock (``tick`` brings the time), and tells views only of
cells that look different.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from launcher_gui.models.table import RIGHT, Index, TableModel
from launcher_gui.monitor import wording
from launcher_gui.monitor.projection import OperationView, Projection, Turn, turn_of
from launcher_gui.recovery.operation import OperationState
from launcher_gui.settings.hours import ALWAYS, Hours, on_the_wall


class Column(IntEnum):
    """The columns from left to right."""

    NAME = 0
    STATE = 1
    PROGRESS = 2
    SIZE = 3
    SPEED = 4
    TIME_LEFT = 5
    ATTEMPT = 6
    NEXT = 7
    HOST = 8
    ADDED = 9
    QUEUE = 10


class Role(IntEnum):
    """Raw values, apart from what is displayed."""

    ID = Qt.ItemDataRole.UserRole + 1
    FRACTION = Qt.ItemDataRole.UserRole + 2  # 0 to 1, or None while the total is unknown
    STATE = Qt.ItemDataRole.UserRole + 3  # OperationState
    PHASE = Qt.ItemDataRole.UserRole + 4
    FOLDER = Qt.ItemDataRole.UserRole + 5
    IS_STEP = Qt.ItemDataRole.UserRole + 6


SORTABLE = frozenset({Column.NAME, Column.SIZE, Column.HOST, Column.ADDED, Column.QUEUE})
"""Columns that stand still: only these can be sorted by without the order going stale."""

_NUMERIC = frozenset({Column.SIZE, Column.SPEED, Column.TIME_LEFT, Column.ATTEMPT})
_ALL = (Column.NAME, Column.NEXT)
_BY_PROGRESS = (Column.PROGRESS, Column.TIME_LEFT)
_BY_TIME: dict[OperationState, tuple[Column, ...]] = {
    OperationState.RUNNING: (Column.SPEED, Column.TIME_LEFT),
    OperationState.WAITING: (Column.NEXT,),
}


def cell_text(view: OperationView, column: int, now: float) -> str:
    """Return what the cell of ``view`` in ``column`` says at ``now``."""
    match column:
        case Column.NAME:
            return view.name
        case Column.STATE:
            return wording.state_label(view)
        case Column.PROGRESS:
            return wording.progress_text(view)
        case Column.SIZE:
            return wording.size_text(view)
        case Column.SPEED:
            return wording.human_rate(view.rate(now)) if view.state is OperationState.RUNNING else ""
        case Column.TIME_LEFT:
            return wording.time_left_text(view, now)
        case Column.ATTEMPT:
            return wording.attempt_text(view)
        case Column.HOST:
            return view.operation.scope or ""
        case Column.ADDED:
            return wording.clock_time(view.operation.created_at, now)
        case _:
            return wording.next_action(view, now)


class OperationTableModel(TableModel):
    """Rows of operations; fed by ``show`` when something changed and by ``tick`` when time passed."""

    columns = Column
    numeric = _NUMERIC

    queue_changed = Signal()
    """Who is queued, or their order, is different."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[OperationView] = []
        self._row_of: dict[str, int] = {}
        self._live: set[str] = set()
        self._counts: Counter[OperationState] = Counter()
        self._turns: dict[str, Turn] = {}
        self._places: dict[str, int] = {}
        self._queue_is_stale = False
        self._hours, self._closed = ALWAYS, ""
        self._now = 0.0

    @property
    def counts(self) -> Mapping[OperationState, int]:
        """How many operations are in each state."""
        return self._counts

    @property
    def total_rate(self) -> float | None:
        """The speed of all that is being transferred, ``None`` where nothing is; checking a file is no transfer."""
        live = (self._rows[self._row_of[i]] for i in self._live)
        rates = [view.rate(self._now) for view in live if not wording.has_come(view)]
        known = [r for r in rates if r is not None]
        return sum(known) if known else None

    @property
    def now(self) -> float:
        """The time that the cells speak of."""
        return self._now

    @property
    def views(self) -> Sequence[OperationView]:
        """The operations, in the order of the rows."""
        return self._rows

    def top_of(self, row: int) -> int:
        """Return the row of the operation that the one in ``row`` is a step of, however deep; else ``row``."""
        parent = self._row_of.get(self._rows[row].operation.parent_id or "")
        return row if parent is None or parent >= row else self.top_of(parent)

    def view_at(self, row: int) -> OperationView:
        """Return the operation in ``row``."""
        return self._rows[row]

    def row_of(self, operation_id: str) -> int | None:
        """Return the row of an operation, ``None`` if it is not shown."""
        return self._row_of.get(operation_id)

    def show(self, projection: Projection, changed: frozenset[str]) -> None:
        """Take over from ``projection`` the operations named in ``changed``: new, different or gone."""
        self._remove([self._row_of[i] for i in changed if i in self._row_of and i not in projection.views])
        self._replace([projection.views[i] for i in changed if i in self._row_of])
        fresh = {i for i in changed if i in projection.views and i not in self._row_of}
        if fresh:
            self._add([v for i, v in projection.views.items() if i in fresh])
        if self._queue_is_stale:
            self._count_places()

    def place_of(self, operation_id: str) -> int | None:
        """Return where in the queue an operation stands, from 1; ``None`` if it is not in it."""
        return self._places.get(operation_id)

    @property
    def queue(self) -> Sequence[str]:
        """Who is queued, the next first."""
        return tuple(self._places)

    def show_hours(self, hours: Hours) -> None:
        """Let what is queued say when downloads run."""
        self._hours = hours
        self._look_at_hours()

    def tick(self, now: float) -> None:
        """Let time pass: speeds fall, times left and countdowns change."""
        before, self._now = self._now, now
        self._look_at_hours()
        for operation_id in self._live:
            row = self._row_of[operation_id]
            view = self._rows[row]
            for column in _BY_TIME.get(view.state, ()):
                if cell_text(view, column, before) != cell_text(view, column, now):
                    self._tell([row], column, column)

    def _look_at_hours(self) -> None:
        """Tell views if what is queued waits for another hour than before, or for none."""
        before, self._closed = self._closed, self._hours.closed_at(on_the_wall(self._now))
        if before != self._closed:
            self._tell_from_to([self._row_of[i] for i in self._places], Column.NEXT)

    def _count_places(self) -> None:
        """Give everybody in the queue their place; one message tells views, however many have moved up."""
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
        """Insert new operations: what belongs to none that is listed already at the end, steps below theirs."""
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
            self._note(view)
        self.endInsertRows()

    def _replace(self, views: Sequence[OperationView]) -> None:
        whole: list[int] = []
        progress: list[int] = []
        for view in views:
            row = self._row_of[view.id]
            before = self._rows[row]
            (progress if _only_progressed(before, view) else whole).append(row)
            self._counts[before.state] -= 1
            self._rows[row] = view
            self._note(view)
        self._tell(whole, *_ALL)
        self._tell(progress, *_BY_PROGRESS)

    def _note(self, view: OperationView) -> None:
        self._counts[view.state] += 1
        (self._live.add if view.state.active else self._live.discard)(view.id)
        self._note_turn(view.id, turn_of(view))
        # A sample may be newer than the last tick; a speed taken between the two would be too high.
        self._now = max(self._now, view.operation.progress.at)

    def _note_turn(self, operation_id: str, turn: Turn | None) -> None:
        if self._turns.get(operation_id) != turn:
            self._queue_is_stale = True
        if turn is None:
            self._turns.pop(operation_id, None)
        else:
            self._turns[operation_id] = turn

    def _forget(self, view: OperationView) -> None:
        del self._row_of[view.id]
        self._live.discard(view.id)
        self._counts[view.state] -= 1
        self._note_turn(view.id, None)

    def _renumber(self, first: int) -> None:
        for row in range(first, len(self._rows)):
            self._row_of[self._rows[row].id] = row

    def _tell(self, rows: Sequence[int], left: Column, right: Column) -> None:
        for first, last in runs(rows):
            self.dataChanged.emit(self.index(first, left), self.index(last, right))

    def titles(self) -> tuple[str, ...]:
        """Return the titles of the columns."""
        return (
            self.tr("Name"),
            self.tr("State"),
            self.tr("Progress"),
            self.tr("Size"),
            self.tr("Speed"),
            self.tr("Time left"),
            self.tr("Attempts"),
            self.tr("What happens next"),
            self.tr("Host"),
            self.tr("Added"),
            self.tr("Queue"),
        )

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """Return what a header shows; that of the queue says what it is good for."""
        if role == Qt.ItemDataRole.ToolTipRole and section == Column.QUEUE:
            return self.tr("Whose turn is when. Sort by it to drag rows to another place.")
        return super().headerData(section, orientation, role)

    def _text(self, view: OperationView, column: int) -> str:
        match column:
            case Column.NEXT:
                return wording.next_action(view, self._now, self._hours)
            case Column.QUEUE:
                return wording.place_text(view, self._places.get(view.id))
            case _:
                return cell_text(view, column, self._now)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, or one of the raw values of ``Role``."""
        if not self.checkIndex(index, TableModel.CheckIndexOption.IndexIsValid):
            return None
        view, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(view, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if column in _NUMERIC else None
            case Qt.ItemDataRole.ToolTipRole:
                return self._tool_tip(view, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.titles()[column]}: {self._text(view, column)}"
            case _:
                return _raw(view, role)

    def _tool_tip(self, view: OperationView, column: int) -> str:
        match column:
            case Column.NAME:
                return view.destination
            case Column.ATTEMPT:
                return wording.attempt_tip(view)
            case _:
                return self._text(view, column)

    def sort_key(self, row: int, column: int) -> Any:
        """Return by what the operation in ``row`` is ordered in ``column``."""
        view = self._rows[row]
        return self._places.get(view.id, len(self._places) + 1) if column == Column.QUEUE else sort_key(view, column)


def _raw(view: OperationView, role: int) -> Any:
    match role:
        case Role.ID:
            return view.id
        case Role.FRACTION:
            return wording.fraction(view)
        case Role.STATE:
            return view.state
        case Role.PHASE:
            return view.operation.progress.phase
        case Role.FOLDER:
            return view.folder
        case Role.IS_STEP:
            return view.operation.parent_id is not None
        case _:
            return None


def sort_key(view: OperationView, column: int) -> Any:
    """Return by what ``view`` is ordered in ``column``; ``None`` where nothing can be ordered by."""
    match column:
        case Column.NAME:
            return view.name.casefold()
        case Column.HOST:
            return view.operation.scope or ""
        case Column.ADDED:
            return view.operation.created_at
        case Column.SIZE:
            # A float, because a Qt int ends at 2 GiB.
            return float(-1 if view.operation.progress.total is None else view.operation.progress.total)
        case _:
            return None


def _only_progressed(before: OperationView, after: OperationView) -> bool:
    old, new = before.operation, after.operation
    return (
        old.version == new.version
        and old.progress.phase == new.progress.phase
        and before.pending == after.pending
        and before.attempts == after.attempts
    )


def runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Return ``rows`` as runs of neighbours, (first, last), in ascending order."""
    found: list[tuple[int, int]] = []
    for row in sorted(rows):
        if found and row == found[-1][1] + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found


def grouped(views: Sequence[OperationView]) -> list[OperationView]:
    """Return ``views`` with each step below what it is a step of, else in the order in which they came."""
    here = {view.id for view in views}
    steps: dict[str, list[OperationView]] = {}
    for view in views:
        if view.operation.parent_id in here:
            steps.setdefault(view.operation.parent_id or "", []).append(view)
    if not steps:
        return list(views)

    def family(view: OperationView) -> Iterator[OperationView]:
        yield view
        for step in steps.get(view.id, ()):
            yield from family(step)

    return [member for view in views if view.operation.parent_id not in here for member in family(view)]
