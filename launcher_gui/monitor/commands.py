"""Commands out: what a person asks for becomes a row, which the owner of the work obeys and answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from launcher_gui.monitor.hosts import HostAction
from launcher_gui.recovery.operation import Command, CommandKind, Priority
from launcher_gui.recovery.rules.breaker import Breaker
from launcher_gui.recovery.rules.queue_order import Move
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.tables import breakers, commands, owners, queue


@dataclass(frozen=True, slots=True)
class QueueChange:
    """What a person wants of the order of the queue.

    Attributes:
        ids: The operations that it is about.
        to: Where they are to stand, or which priority they are to have.
        before: For ``Move.BEFORE``, the operation before which they are to stand; last of all, if ``None``.
    """

    ids: tuple[str, ...]
    to: Move | Priority
    before: str | None = None


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


async def change_host(
    store: SQLitePersistence, clock: Clock, scope: str, action: HostAction, requested_by: str
) -> Breaker | None:
    """Let the breaker of ``scope`` be as a person wants it, for every process of the store; the history tells who.

    Returns:
        The breaker as it is now; ``None`` if there is none that could be reset or released.

    Raises:
        ValueError: If it is a probe, which is a waiting operation's to make: give that one a ``RETRY``.
    """
    match action:
        case HostAction.ISOLATE:
            return (await store.write(breakers.isolate, scope, clock.now(), requested_by)).after
        case HostAction.RESET | HostAction.RELEASE:
            change = await store.write(breakers.reset, scope, clock.now(), requested_by)
            return None if change is None else change.after
        case HostAction.PROBE:
            raise ValueError("a probe is made by an operation that waits")


async def change_queue(
    store: SQLitePersistence, clock: Clock, change: QueueChange, requested_by: str
) -> tuple[str, ...]:
    """Let the queue be in another order, for every process of the store; the history tells who asked.

    Returns:
        The operations that are as it was asked. The others have no place in the queue, or no priority any more.
    """
    if isinstance(change.to, Priority):
        return await store.write(queue.prioritise, change.ids, change.to, requested_by, clock.now())
    return await store.write(queue.move, change.ids, change.to, requested_by, clock.now(), change.before)


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
