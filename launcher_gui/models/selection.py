"""What can be done with the selected operations: pure questions of buttons and menus."""

from __future__ import annotations

from collections.abc import Sequence

from launcher_gui.downloads.errors.remedies import FailureKind, recorded_failure_kind
from launcher_gui.monitor.operation_text import fetched_bytes
from launcher_gui.monitor.projection import OperationView
from launcher_gui.recovery.operation import CommandKind, OperationState
from launcher_gui.recovery.rules.applicable_commands import applies


def takers(views: Sequence[OperationView], kind: CommandKind) -> tuple[str, ...]:
    """Return the ids among ``views`` that ``kind`` applies to; none with a pending command."""
    return tuple(v.id for v in views if v.pending is None and applies(kind, v.base.operation))


def toggle(views: Sequence[OperationView]) -> tuple[CommandKind, tuple[str, ...]] | None:
    """Return what the pause/resume key does for ``views``: pause active ones, else resume stopped ones."""
    under_way = [v for v in views if v.state.active or v.state is OperationState.QUEUED]
    if to_pause := takers(under_way, CommandKind.PAUSE):
        return CommandKind.PAUSE, to_pause
    to_resume = takers(views, CommandKind.RESUME)
    return (CommandKind.RESUME, to_resume) if to_resume else None


def movable(views: Sequence[OperationView]) -> tuple[str, ...]:
    """Return the ids among ``views`` that are queued."""
    return tuple(v.id for v in views if v.state is OperationState.QUEUED)


def prioritisable(views: Sequence[OperationView]) -> tuple[str, ...]:
    """Return the ids among ``views`` with a priority, now or when queued again."""
    return tuple(v.id for v in views if v.state is not OperationState.COMPLETED and v.base.operation.parent_id is None)


def partial_bytes(views: Sequence[OperationView]) -> int:
    """Return the bytes of partial data of ``views`` that discarding would delete."""
    return sum(fetched_bytes(v) for v in views if v.state is not OperationState.COMPLETED)


def would_discard(view: OperationView) -> bool:
    """Return whether a download stopped because resuming would discard much partial data."""
    last = view.attempts[-1] if view.attempts and view.operation.owner_id is None else None
    return last is not None and recorded_failure_kind(last.failure_kind) is FailureKind.DISCARDING
