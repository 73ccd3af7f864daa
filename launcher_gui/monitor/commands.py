"""Commands out: what a person asks for becomes a row, which the owner of the work obeys and answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from launcher_gui.recovery.clock import Clock
from launcher_gui.recovery.operation import Command, CommandKind
from launcher_gui.recovery.persistence import commands, owners
from launcher_gui.recovery.persistence.sqlite import SQLitePersistence


async def give(
    store: SQLitePersistence,
    clock: Clock,
    operation_id: str,
    kind: CommandKind,
    requested_by: str,
    arguments: Mapping[str, Any] | None = None,
) -> Command:
    """Ask for ``kind``. Where nobody works on the operation it is obeyed at once; else its owner will answer.

    Removing is always left to a worker, since files go with it.

    Returns:
        The command as it stands: answered, or pending.

    Raises:
        RecoveryStateError: If there is no such operation.
    """
    return await store.write(_give, operation_id, kind, requested_by, clock.now(), dict(arguments or {}))


def _give(
    db: sqlite3.Connection, operation_id: str, kind: CommandKind, by: str, now: float, arguments: dict[str, Any]
) -> Command:
    owners.sweep(db, now)
    command_id = commands.ask(db, operation_id, kind, by, now, arguments)
    command = _stored(db, command_id)
    if kind is not CommandKind.REMOVE:
        commands.obey_unowned(db, command, now)
    return _stored(db, command_id)


def _stored(db: sqlite3.Connection, command_id: int) -> Command:
    command = commands.get(db, command_id)
    assert command is not None  # noqa: S101 asked in this very transaction
    return command
