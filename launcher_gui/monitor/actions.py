"""Which commands apply to an operation as it stands: one pure table that buttons, menus and the command line share."""

from __future__ import annotations

from launcher_gui.recovery.operation import CommandKind, OperationState

_APPLICABLE: dict[OperationState, frozenset[CommandKind]] = {
    OperationState.QUEUED: frozenset({CommandKind.PAUSE, CommandKind.CANCEL, CommandKind.REMOVE}),
    OperationState.RUNNING: frozenset({CommandKind.PAUSE, CommandKind.CANCEL}),
    OperationState.WAITING: frozenset({CommandKind.PAUSE, CommandKind.CANCEL, CommandKind.RETRY}),
    OperationState.PAUSED: frozenset({CommandKind.RESUME, CommandKind.CANCEL, CommandKind.REMOVE}),
    OperationState.INTERRUPTED: frozenset(
        {CommandKind.RESUME, CommandKind.PAUSE, CommandKind.CANCEL, CommandKind.REMOVE}
    ),
    OperationState.CANCELLED: frozenset({CommandKind.RESUME, CommandKind.REMOVE}),
    OperationState.FAILED: frozenset({CommandKind.RESUME, CommandKind.RETRY, CommandKind.CANCEL, CommandKind.REMOVE}),
    OperationState.COMPLETED: frozenset({CommandKind.REMOVE}),
}


def applicable(state: OperationState) -> frozenset[CommandKind]:
    """Return the commands that can be given to an operation in ``state``."""
    return _APPLICABLE[state]
