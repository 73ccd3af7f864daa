"""Send the user's commands: each becomes a row, which the operation's owner executes and answers."""

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
    """A change to the order of the queue.

    Attributes:
        ids: The operations to change.
        to: Where to move them, or which priority to give them.
        before: For ``Move.BEFORE``, the operation to put them in front of; ``None`` moves them to the end.
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
    """Send a command; it is executed at once if no process works on the operation, else its owner answers it.

    Removing is always left to a worker, because files are deleted, too.

    Returns:
        The command in its present state: answered, or pending.

    Raises:
        RecoveryStateError: If there is no such operation.
    """
    now = clock.now()
    return await store.write(lambda tx: _give(tx, operation_id, kind, requested_by, now, dict(arguments or {})))


async def change_host(store: Store, clock: Clock, scope: str, action: HostAction, requested_by: str) -> Breaker | None:
    """Change the breaker of ``scope`` for every process of the store, and record who did it.

    Returns:
        The breaker after the change; ``None`` if there is none to reset or release.

    Raises:
        ValueError: If ``action`` is a probe, which only a waiting operation can make: send it a ``RETRY``.
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
    """Change the order of the queue for every process of the store, and record who did it.

    Returns:
        The ids that now have the requested place or priority; the others are no longer queued or no longer have one.
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
    assert command is not None  # noqa: S101 requested in this transaction
    return command
