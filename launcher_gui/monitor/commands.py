"""Commands out: what a person asks for becomes a row, which the owner of the work obeys and answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from launcher_gui.monitor.hosts import HostAction
from launcher_gui.recovery.operation import Command, CommandKind, Priority
from launcher_gui.recovery.rules.breaker import Breaker
from launcher_gui.recovery.rules.queue_order import Move
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.recovery.store.ports import Store, Transaction


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
    store: Store,
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
    now = clock.now()
    return await store.write(lambda tx: _give(tx, operation_id, kind, requested_by, now, dict(arguments or {})))


async def change_host(store: Store, clock: Clock, scope: str, action: HostAction, requested_by: str) -> Breaker | None:
    """Let the breaker of ``scope`` be as a person wants it, for every process of the store; the history tells who.

    Returns:
        The breaker as it is now; ``None`` if there is none that could be reset or released.

    Raises:
        ValueError: If it is a probe, which is a waiting operation's to make: give that one a ``RETRY``.
    """
    match action:
        case HostAction.ISOLATE:
            now = clock.now()
            return (await store.write(lambda tx: tx.breakers.isolate(scope, now, requested_by))).after
        case HostAction.RESET | HostAction.RELEASE:
            now = clock.now()
            change = await store.write(lambda tx: tx.breakers.reset(scope, now, requested_by))
            return None if change is None else change.after
        case HostAction.PROBE:
            raise ValueError("a probe is made by an operation that waits")


async def change_queue(store: Store, clock: Clock, change: QueueChange, requested_by: str) -> tuple[str, ...]:
    """Let the queue be in another order, for every process of the store; the history tells who asked.

    Returns:
        The operations that are as it was asked. The others have no place in the queue, or no priority any more.
    """
    to, now = change.to, clock.now()
    if isinstance(to, Priority):
        return await store.write(lambda tx: tx.queue.prioritise(change.ids, to, requested_by, now))
    return await store.write(lambda tx: tx.queue.move(change.ids, to, requested_by, now, change.before))


def _give(
    tx: Transaction, operation_id: str, kind: CommandKind, by: str, now: float, arguments: dict[str, Any]
) -> Command:
    tx.owners.sweep(now)
    command_id = tx.commands.ask(operation_id, kind, by, now, arguments)
    command = _stored(tx, command_id)
    if kind is not CommandKind.REMOVE:
        tx.commands.obey_unowned(command, now)
    return _stored(tx, command_id)


def _stored(tx: Transaction, command_id: int) -> Command:
    command = tx.commands.get(command_id)
    assert command is not None  # noqa: S101 asked in this very transaction
    return command
