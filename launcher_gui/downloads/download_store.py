"""Changes of downloads in the store: added, claimed, renamed, moved.

Each function is the inside of one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from launcher_gui.downloads.request import DownloadRequest
from launcher_gui.recovery.exceptions import RecoveryStateError
from launcher_gui.recovery.operation import NewOperation, Operation, OperationState, Owner, state_message
from launcher_gui.recovery.runtime.process_identity import program_message
from launcher_gui.recovery.store.ports import Transaction
from launcher_gui.recovery.store.records import CHOICES, RESUMABLE
from launcher_gui.text.message import message


def send_elsewhere(tx: Transaction, operation_id: str, request: DownloadRequest, now: float) -> Operation:
    """Give a stopped download the link and destination of ``request``, and queue it.

    Raises:
        RecoveryStateError: If it is active.
        ExclusiveKeyError: If another download saves to the same destination.
    """
    tx.owners.sweep(now)
    operation = tx.operations.require(operation_id)
    if operation.state not in RESUMABLE:
        raise RecoveryStateError(message("queue.not_stopped", state=state_message(operation.state)))
    arguments = {**operation.arguments, **request.to_arguments()}
    tx.operations.change_arguments(operation_id, arguments, str(request.destination), now, scope=request.host)
    tx.crash_counts.forget(operation_id)
    return tx.operations.queue(operation_id, now, message("queue.moved")) or operation


def rename(tx: Transaction, operation_id: str, name: str | None, destination: str, now: float) -> None:
    """Give a download the name that the server sent.

    Raises:
        ExclusiveKeyError: If another download saves to the same destination.
    """
    operation = tx.operations.get(operation_id)
    if operation is not None:
        tx.operations.change_arguments(operation_id, {**operation.arguments, "name": name}, destination, now)


def change(tx: Transaction, operation_id: str, request: DownloadRequest, now: float) -> None:
    """Change what a download requests to ``request``; the choices of the user remain."""
    before = tx.operations.require(operation_id).arguments
    arguments = {**before, **request.to_arguments()}
    tx.operations.change_arguments(operation_id, arguments, str(request.destination), now)


def consume_discard_consent(tx: Transaction, operation_id: str, now: float) -> bool:
    """Return whether the user consented to discarding the saved data, and forget it: the consent counts once."""
    operation = tx.operations.get(operation_id)
    if operation is None or not operation.arguments.get(CHOICES, {}).get("discard"):
        return False
    tx.commands.choose(operation, {}, now)
    return True


def _repeated(tx: Transaction, new: NewOperation) -> Operation | None:
    """Return the unfinished operation that requests the same as ``new``.

    Where no name was given, the server may have given the earlier one its own name.
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
    """Add the hashes of ``new`` that were not known before."""
    given = {kind: new.arguments[kind] for kind in ("sha256", "blake3") if new.arguments[kind] is not None}
    if any(earlier.arguments.get(kind) != digits for kind, digits in given.items()):
        tx.operations.change_arguments(earlier.id, {**earlier.arguments, **given}, earlier.exclusive_key, now)


def add(tx: Transaction, new: NewOperation, choices: Mapping[str, Any], now: float) -> Operation:
    """Queue a download, or the one that it repeats.

    Raises:
        ExclusiveKeyError: If another download saves to the same destination.
    """
    tx.owners.sweep(now)
    earlier = _repeated(tx, new)
    if earlier is None:
        return _chosen(tx, tx.operations.insert(new, now), choices, now)
    if earlier.owner_id is None:
        _with_hash(tx, earlier, new, now)
    tx.crash_counts.forget(earlier.id)
    queued = tx.operations.queue(earlier.id, now, message("queue.added_again"), ignores_schedule=False)
    return earlier if queued is None else _chosen(tx, queued, choices, now)


def _chosen(tx: Transaction, operation: Operation, choices: Mapping[str, Any], now: float) -> Operation:
    tx.commands.choose(operation, choices, now)
    return tx.operations.require(operation.id)


def claim(tx: Transaction, new: NewOperation, choices: Mapping[str, Any], owner: Owner, now: float) -> Operation:
    """Claim a download for ``owner``: the one that it repeats, else a new one.

    Raises:
        ExclusiveKeyError: If another download saves to the same destination.
        RecoveryStateError: If another process is working on it.
    """
    tx.owners.sweep(now)
    earlier = _repeated(tx, new)
    if earlier is None:
        return _chosen(tx, tx.claims.insert_claimed(new, owner.id, now), choices, now)
    if earlier.owner_id is not None:
        worker = tx.owners.get(earlier.owner_id)
        name = Path(earlier.exclusive_key or "").name
        raise RecoveryStateError(
            message("queue.other_process", name=name, operation=earlier.id)
            if worker is None
            else message(
                "queue.worked_on", name=name, program=program_message(worker.kind), pid=worker.pid, operation=earlier.id
            )
        )
    _with_hash(tx, earlier, new, now)
    tx.crash_counts.forget(earlier.id)
    tx.operations.queue(earlier.id, now, message("queue.resumed"))
    claimed = tx.operations.claim(earlier.id, owner.id, now)
    if claimed is None:
        raise RecoveryStateError(message("queue.not_claimed", operation=earlier.id, state=state_message(earlier.state)))
    return _chosen(tx, claimed, choices, now)


def requeue_interrupted(tx: Transaction, recoveries: int, now: float) -> int:
    """Queue the interrupted downloads and return how many; those that have crashed too often fail."""
    queued = 0
    for operation in tx.operations.in_states([OperationState.INTERRUPTED]):
        if tx.crash_counts.give_up(operation.id, recoveries, now) is None:
            queued += tx.operations.queue(operation.id, now, message("queue.resumed_at_start")) is not None
    return queued
