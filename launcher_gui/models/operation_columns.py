"""The columns of the list of operations: each specified once, with its text, tooltip, alignment and sort key."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from launcher_gui.models.table import ColumnSpec
from launcher_gui.monitor import operation_text
from launcher_gui.monitor.projection import OperationView
from launcher_gui.recovery.operation import OperationState
from launcher_gui.settings.hours import ALWAYS, Hours
from launcher_gui.text import formatting
from launcher_gui.text.i18n import marked


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


@dataclass(frozen=True, slots=True)
class Moment:
    """What the text of a cell depends on besides its operation.

    Attributes:
        now: POSIX seconds.
        hours: When downloads run.
        position: Position in the queue from 1, ``None`` if it is not queued.
    """

    now: float
    hours: Hours = ALWAYS
    position: int | None = None


def _speed(view: OperationView, at: Moment) -> str:
    return formatting.human_rate(view.rate(at.now)) if view.state is OperationState.RUNNING else ""


def _size_key(view: OperationView) -> float:
    # A float, because a Qt int ends at 2 GiB.
    return float(-1 if view.progress.total is None else view.progress.total)


COLUMNS: dict[int, ColumnSpec[OperationView, Moment]] = {
    Column.NAME: ColumnSpec(
        marked("OperationTableModel", "Name"),
        lambda view, _: view.name,
        tip=lambda view: view.destination,
        sort_key=lambda view: view.name.casefold(),
    ),
    Column.STATE: ColumnSpec(marked("OperationTableModel", "State"), lambda view, _: operation_text.state_label(view)),
    Column.PROGRESS: ColumnSpec(
        marked("OperationTableModel", "Progress"), lambda view, _: operation_text.progress_text(view)
    ),
    Column.SIZE: ColumnSpec(
        marked("OperationTableModel", "Size"),
        lambda view, _: operation_text.size_text(view),
        numeric=True,
        sort_key=_size_key,
    ),
    Column.SPEED: ColumnSpec(marked("OperationTableModel", "Speed"), _speed, numeric=True),
    Column.TIME_LEFT: ColumnSpec(
        marked("OperationTableModel", "Time left"),
        lambda view, at: operation_text.time_left_text(view, at.now),
        numeric=True,
    ),
    Column.ATTEMPT: ColumnSpec(
        marked("OperationTableModel", "Attempts"),
        lambda view, _: operation_text.attempt_text(view),
        numeric=True,
        tip=operation_text.attempt_tip,
    ),
    Column.NEXT: ColumnSpec(
        marked("OperationTableModel", "Next step"),
        lambda view, at: operation_text.next_action(view, at.now, at.hours),
    ),
    Column.HOST: ColumnSpec(
        marked("OperationTableModel", "Host"),
        lambda view, _: view.operation.scope or "",
        sort_key=lambda view: view.operation.scope or "",
    ),
    Column.ADDED: ColumnSpec(
        marked("OperationTableModel", "Added"),
        lambda view, at: formatting.clock_time(view.operation.created_at, at.now),
        sort_key=lambda view: view.operation.created_at,
    ),
    Column.QUEUE: ColumnSpec(
        marked("OperationTableModel", "Queue"),
        lambda view, at: operation_text.place_text(view, at.position),
        hint=marked("OperationTableModel", "Queue position. Sort by this column to drag rows."),
    ),
}

SORTABLE = frozenset({column for column in Column if COLUMNS[column].sort_key is not None} | {Column.QUEUE})
"""The columns to sort by; the model knows the order of the queue."""


def cell_text(view: OperationView, column: int, now: float) -> str:
    """Return what the cell of ``view`` in ``column`` shows at ``now``, without a schedule."""
    return COLUMNS[column].text(view, Moment(now))
