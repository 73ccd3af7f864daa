"""Which commands apply to an operation in its present state: one table for buttons, menus, command line and workers."""

from __future__ import annotations

from launcher_gui.recovery.operation import CommandKind, Operation, OperationState

_RESUME, _PAUSE, _CANCEL = CommandKind.RESUME, CommandKind.PAUSE, CommandKind.CANCEL
_RETRY, _REMOVE = CommandKind.RETRY, CommandKind.REMOVE

_APPLICABLE: dict[OperationState, frozenset[CommandKind]] = {
    OperationState.QUEUED: frozenset({_PAUSE, _CANCEL, _RETRY, _REMOVE}),
    OperationState.RUNNING: frozenset({_PAUSE, _CANCEL}),
    OperationState.WAITING: frozenset({_PAUSE, _CANCEL, _RETRY}),
    OperationState.PAUSED: frozenset({_RESUME, _CANCEL, _REMOVE}),
    OperationState.INTERRUPTED: frozenset({_RESUME, _PAUSE, _CANCEL, _REMOVE}),
    OperationState.CANCELLED: frozenset({_RESUME, _REMOVE}),
    OperationState.FAILED: frozenset({_RESUME, _RETRY, _CANCEL, _REMOVE}),
    OperationState.COMPLETED: frozenset({_REMOVE}),
}

GOES_ON = frozenset({_RESUME, _RETRY})
"""The commands that continue an operation."""

STOPS = {_PAUSE: OperationState.PAUSED, _CANCEL: OperationState.CANCELLED}
"""The commands that stop a run, and the state that follows."""


def applicable(state: OperationState) -> frozenset[CommandKind]:
    """Return the commands that apply to an operation in ``state``."""
    return _APPLICABLE[state]


def applies(kind: CommandKind, operation: Operation) -> bool:
    """Return whether ``kind`` applies to ``operation``; a step follows the operation that it belongs to."""
    return operation.parent_id is None and kind in applicable(operation.state)
