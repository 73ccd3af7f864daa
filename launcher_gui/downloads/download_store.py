"""What the downloads room changes in the store: downloads added, taken up, renamed, sent elsewhere.

Each function is the inside of one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from launcher_gui.downloads.request import DownloadRequest
from launcher_gui.recovery.exceptions import RecoveryStateError
from launcher_gui.recovery.operation import NewOperation, Operation, OperationState, Owner
from launcher_gui.recovery.store.ports import Transaction
from launcher_gui.recovery.store.records import CHOICES, RESUMABLE
from launcher_gui.text.message import foreign


def send_elsewhere(tx: Transaction, operation_id: str, request: DownloadRequest, now: float) -> Operation:
    """Give a download that rests the places in ``request``, and queue it.

    Raises:
        RecoveryStateError: If it does not rest.
        ExclusiveKeyError: If another download goes to the same destination.
    """
    tx.owners.sweep(now)
    operation = tx.operations.require(operation_id)
    if operation.state not in RESUMABLE:
        raise RecoveryStateError(f"it is {operation.state}: only a download that rests can be sent elsewhere")
    arguments = {**operation.arguments, **request.to_arguments()}
    tx.operations.change_arguments(operation_id, arguments, str(request.destination), now, scope=request.host)
    tx.crash_counts.forget(operation_id)
    return tx.operations.queue(operation_id, now, foreign("sent elsewhere by a person")) or operation


def rename(tx: Transaction, operation_id: str, name: str | None, destination: str, now: float) -> None:
    """Let a download have the name that the server gave.

    Raises:
        ExclusiveKeyError: If another download goes to the same destination.
    """
    operation = tx.operations.get(operation_id)
    if operation is not None:
        tx.operations.change_arguments(operation_id, {**operation.arguments, "name": name}, destination, now)


def change(tx: Transaction, operation_id: str, request: DownloadRequest, now: float) -> None:
    """Let a download ask for ``request`` from now on; what a person chose with it stays."""
    before = tx.operations.require(operation_id).arguments
    arguments = {**before, **request.to_arguments()}
    tx.operations.change_arguments(operation_id, arguments, str(request.destination), now)


def consume_discard_consent(tx: Transaction, operation_id: str, now: float) -> bool:
    """Return whether a person chose to discard what is here; that counts once, so it is forgotten."""
    operation = tx.operations.get(operation_id)
    if operation is None or not operation.arguments.get(CHOICES, {}).get("discard"):
        return False
    tx.commands.choose(operation, {}, now)
    return True


def _repeated(tx: Transaction, new: NewOperation) -> Operation | None:
    """Return the unfinished operation that asks for the same as ``new``.

    Where no name was asked for, the server may have given the earlier one a name of its own.
    """
    holder = tx.operations.by_key(new.exclusive_key) if new.exclusive_key is not None else None
    if holder is not None and holder.arguments.get("url") == new.arguments["url"]:
        return holder
    if new.arguments["name"] is not None:
        return None
    unfinished = [state for state in OperationState if state is not OperationState.COMPLETED]
    return next(
        (
            operation
            for operation in tx.operations.in_states(unfinished)
            if operation.function == new.function
            and operation.arguments.get("url") == new.arguments["url"]
            and operation.arguments.get("folder") == new.arguments["folder"]
        ),
        None,
    )


def _with_hash(tx: Transaction, earlier: Operation, new: NewOperation, now: float) -> None:
    """Let a hash that was not known before count from now on."""
    given = {kind: new.arguments[kind] for kind in ("sha256", "blake3") if new.arguments[kind] is not None}
    if any(earlier.arguments.get(kind) != digits for kind, digits in given.items()):
        tx.operations.change_arguments(earlier.id, {**earlier.arguments, **given}, earlier.exclusive_key, now)


def add(tx: Transaction, new: NewOperation, choices: Mapping[str, Any], now: float) -> Operation:
    """Queue a download, or put the one that it repeats back into the queue.

    Raises:
        ExclusiveKeyError: If another download goes to the same destination.
    """
    tx.owners.sweep(now)
    earlier = _repeated(tx, new)
    if earlier is None:
        return _chosen(tx, tx.operations.insert(new, now), choices, now)
    if earlier.owner_id is None:
        _with_hash(tx, earlier, new, now)
    tx.crash_counts.forget(earlier.id)
    queued = tx.operations.queue(earlier.id, now, foreign("asked for again"), ignores_schedule=False)
    return earlier if queued is None else _chosen(tx, queued, choices, now)


def _chosen(tx: Transaction, operation: Operation, choices: Mapping[str, Any], now: float) -> Operation:
    tx.commands.choose(operation, choices, now)
    return tx.operations.require(operation.id)


def claim(tx: Transaction, new: NewOperation, choices: Mapping[str, Any], owner: Owner, now: float) -> Operation:
    """Claim a download for ``owner``: the one that it repeats, else a new one.

    Raises:
        ExclusiveKeyError: If another download goes to the same destination.
        RecoveryStateError: If another process is at work on it.
    """
    tx.owners.sweep(now)
    earlier = _repeated(tx, new)
    if earlier is None:
        return _chosen(tx, tx.claims.insert_claimed(new, owner.id, now), choices, now)
    if earlier.owner_id is not None:
        worker = tx.owners.get(earlier.owner_id)
        words = f"the {worker.kind}, process {worker.pid}" if worker is not None else "another process"
        raise RecoveryStateError(
            f"{Path(earlier.exclusive_key or '').name} is being downloaded already by {words} (operation {earlier.id})"
        )
    _with_hash(tx, earlier, new, now)
    tx.crash_counts.forget(earlier.id)
    tx.operations.queue(earlier.id, now, foreign("taken up again"))
    claimed = tx.operations.claim(earlier.id, owner.id, now)
    if claimed is None:
        raise RecoveryStateError(f"operation {earlier.id} could not be taken up: it is {earlier.state}")
    return _chosen(tx, claimed, choices, now)


def requeue_interrupted(tx: Transaction, recoveries: int, now: float) -> int:
    """Put what was interrupted back into the queue and return how much that was; what was lost too often fails."""
    queued = 0
    for operation in tx.operations.in_states([OperationState.INTERRUPTED]):
        if tx.crash_counts.give_up(operation.id, recoveries, now) is None:
            queued += tx.operations.queue(operation.id, now, foreign("resumed at the program's start")) is not None
    return queued
