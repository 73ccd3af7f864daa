"""Commands in the store: asked, and answered once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from typing import Any

from launcher_gui.recovery.exceptions import ExclusiveKeyError, RecoveryStateError
from launcher_gui.recovery.operation import (
    Command,
    CommandKind,
    CommandState,
    EventKind,
    Operation,
    OperationState,
    state_message,
    to_json,
)
from launcher_gui.recovery.rules.applicable_commands import GOES_ON, STOPS, applicable
from launcher_gui.recovery.store.tables import crash_counts, events, operations, queue
from launcher_gui.recovery.store.tables.claims import NOT_SAVED
from launcher_gui.recovery.store.tables.message_columns import columns, restored
from launcher_gui.recovery.store.tables.operations import CANCELLED, PAUSED
from launcher_gui.text.message import Message, foreign, message

IGNORE_SCHEDULE = "ignore_schedule"
"""Stands in the arguments of a command that is to be obeyed whatever the schedule says."""

CHOICES = "choices"
"""Stands among an operation's arguments for what was chosen when somebody last asked to go on with it."""

DONE = message("answer.done")
DONE_NOW = "answer.done_now"
"""The code of the answer that what was asked ignores the schedule."""

_COLUMNS = (
    "id, operation_id, kind, arguments, operation_version, state, answer, answer_code, answer_params,"
    " requested_by, requested_at, answered_at"
)


def ask(
    db: sqlite3.Connection,
    operation_id: str,
    kind: CommandKind,
    requested_by: str,
    now: float,
    arguments: Mapping[str, Any] | None = None,
) -> int:
    """Record that somebody asks for ``kind`` and return the command's id.

    What is asked of a step is answered at once: steps go the way of the operation that they belong to.

    Raises:
        RecoveryStateError: If there is no such operation.
    """
    operation = operations.get(db, operation_id)
    if operation is None:
        raise RecoveryStateError(message("operation.missing", operation=operation_id))
    cursor = db.execute(
        "INSERT INTO commands (operation_id, kind, arguments, operation_version, state, requested_by, requested_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            operation_id,
            kind,
            to_json(dict(arguments or {})),
            operation.version,
            CommandState.PENDING,
            requested_by,
            now,
        ),
    )
    command_id = int(cursor.lastrowid or 0)
    events.append(db, now, EventKind.COMMAND_REQUESTED, operation_id, command=kind)
    if operation.parent_id is not None:
        words = message("answer.step", operation=operation.parent_id)
        answer(db, command_id, CommandState.REFUSED, words, now)
    return command_id


def answer(db: sqlite3.Connection, command_id: int, state: CommandState, words: Message, now: float) -> None:
    """Record the answer to a command; one that has been answered keeps its answer."""
    row = db.execute(
        "UPDATE commands SET state = ?, answer = ?, answer_code = ?, answer_params = ?, answered_at = ?"
        " WHERE id = ? AND state = ? RETURNING operation_id",
        (state, *columns(words), now, command_id, CommandState.PENDING),
    ).fetchone()
    if row is not None:
        events.append(
            db,
            now,
            EventKind.COMMAND_ANSWERED,
            row[0],
            command_id=command_id,
            state=state,
            **events.told(answer=words),
        )


def too_late(state: OperationState) -> Message:
    """Return the answer to a command about an operation that has come to ``state`` before."""
    if state is OperationState.COMPLETED:
        return message("answer.finished")
    if state is OperationState.FAILED:
        return message("answer.failed")
    return message("answer.already", state=state_message(state))


def stop_asked(db: sqlite3.Connection, operation_id: str) -> CommandKind | None:
    """Return how an operation, or one that it is a step of, was asked to stop last; ``None`` if it was not."""
    row = db.execute(
        "WITH RECURSIVE whole (id) AS (SELECT ? UNION ALL"
        " SELECT o.parent_id FROM operations o JOIN whole w ON o.id = w.id WHERE o.parent_id IS NOT NULL)"
        " SELECT kind FROM commands WHERE state = 'pending' AND kind IN (?, ?)"
        " AND operation_id IN (SELECT id FROM whole) ORDER BY id DESC LIMIT 1",
        (operation_id, *STOPS),
    ).fetchone()
    return None if row is None else CommandKind(row[0])


def answer_stops(db: sqlite3.Connection, operation_id: str, state: OperationState, now: float) -> None:
    """Answer what asked an operation to stop that has come to ``state``: there it is, or it was too late."""
    asked = db.execute(
        "SELECT id, kind FROM commands WHERE operation_id = ? AND state = 'pending' AND kind IN (?, ?)",
        (operation_id, *STOPS),
    ).fetchall()
    for command_id, kind in asked:
        if STOPS[kind] is state:
            answer(db, command_id, CommandState.DONE, DONE, now)
        elif state in (OperationState.COMPLETED, OperationState.FAILED):
            answer(db, command_id, CommandState.REFUSED, too_late(state), now)


def retry_asked(db: sqlite3.Connection, operation_id: str, now: float) -> bool:
    """Return whether an operation that waits was asked to be tried at once, and answer what asked for it."""
    asked = [each for each in pending(db) if each.operation_id == operation_id and each.kind in GOES_ON]
    for command in asked:
        answer(db, command.id, CommandState.DONE, DONE, now)
    return bool(asked)


def settle(
    db: sqlite3.Connection, operation_id: str, owner_id: str, standing: operations.StateChange, now: float
) -> None:
    """Do as ``operations.settle`` does, and answer what asked for it, or for what it is too late for.

    Raises:
        OwnershipLostError: If it is not, or no longer, that owner's.
    """
    operations.settle(db, operation_id, owner_id, standing, now)
    if not standing.state.active:
        answer_stops(db, operation_id, standing.state, now)


def get(db: sqlite3.Connection, command_id: int) -> Command | None:
    """Return the command, ``None`` if there is none of that id."""
    row = db.execute(f"SELECT {_COLUMNS} FROM commands WHERE id = ?", (command_id,)).fetchone()
    return None if row is None else _command(row)


def among(db: sqlite3.Connection, operation_ids: Collection[str]) -> dict[str, list[Command]]:
    """Return what was asked of any of ``operation_ids``, each operation's in the order of asking.

    One look at the table serves all of them.
    """
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM commands WHERE operation_id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (to_json(list(operation_ids)),),
    )
    found: dict[str, list[Command]] = {}
    for row in rows:
        found.setdefault(row[1], []).append(_command(row))
    return found


def pending(db: sqlite3.Connection) -> list[Command]:
    """Return the commands that nobody has answered, in the order of asking."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM commands WHERE state = 'pending' ORDER BY id")
    return [_command(row) for row in rows]


def all_latest_pending(db: sqlite3.Connection) -> dict[str, CommandKind]:
    """Return the kind of the latest unanswered command about each operation of which something is asked."""
    return {command.operation_id: command.kind for command in pending(db)}


def obey_unowned(db: sqlite3.Connection, command: Command, now: float) -> CommandState:
    """Obey a command about an operation that nobody works on, and answer it.

    Returns:
        The answer; ``PENDING`` where it is left to the operation's owner.
    """
    stored = get(db, command.id)
    if stored is None or stored.state is not CommandState.PENDING:
        return command.state if stored is None else stored.state
    operation = operations.get(db, command.operation_id)
    if operation is None:
        return _answered(db, command, CommandState.REFUSED, message("answer.gone"), now)
    if operation.owner_id is not None:
        return CommandState.PENDING
    if (reason := _why_not(command.kind, operation)) is not None:
        return _answered(db, command, CommandState.REFUSED, reason, now)
    match command.kind:
        case CommandKind.RESUME | CommandKind.RETRY:
            try:
                words = _go_on(db, command, operation, now)
            except ExclusiveKeyError as error:
                return _answered(db, command, CommandState.REFUSED, error.message, now)
            return _answered(db, command, CommandState.DONE, words, now)
        case CommandKind.PAUSE:
            operations.rest(db, operation.id, PAUSED, now)
        case CommandKind.CANCEL:
            operations.rest(db, operation.id, CANCELLED, now)
        case CommandKind.REMOVE:
            operations.remove(db, operation.id, now)
    return _answered(db, command, CommandState.DONE, DONE, now)


def _go_on(db: sqlite3.Connection, command: Command, operation: Operation, now: float) -> Message:
    """Let an operation that rests be queued, or one that is queued be next, and return the answer.

    Raises:
        ExclusiveKeyError: If another operation took its key meanwhile.
    """
    ignores_schedule = command.arguments.get(IGNORE_SCHEDULE) is True
    if operation.state is OperationState.QUEUED:
        queue.hasten(db, operation.id, command.requested_by, now, ignores_schedule=ignores_schedule)
    else:
        operations.queue(db, operation.id, now, message("decision.resumed"), ignores_schedule=ignores_schedule)
    crash_counts.forget(db, operation.id)
    choose(db, operation, _choices(command.arguments), now)
    return message("answer.done_now") if ignores_schedule else DONE


def choose(db: sqlite3.Connection, operation: Operation, choices: Mapping[str, Any], now: float) -> None:
    """Keep what was chosen with an operation, in place of earlier choices: whoever works on it next goes by them."""
    if choices != operation.arguments.get(CHOICES, {}):
        arguments = {**operation.arguments, CHOICES: dict(choices)}
        operations.change_arguments(db, operation.id, arguments, operation.exclusive_key, now)


def _choices(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if name != IGNORE_SCHEDULE}


def _why_not(kind: CommandKind, operation: Operation) -> Message | None:
    """Return why a command cannot be obeyed whoever tries, ``None`` if it can."""
    if kind not in applicable(operation.state):
        return message("answer.state", state=state_message(operation.state))
    if kind in GOES_ON and NOT_SAVED in operation.arguments:
        return message("answer.not_resumable", cause=foreign(str(operation.arguments[NOT_SAVED])))
    return None


def _answered(
    db: sqlite3.Connection, command: Command, state: CommandState, words: Message, now: float
) -> CommandState:
    answer(db, command.id, state, words, now)
    return state


def _command(row: tuple[Any, ...]) -> Command:
    return Command(
        row[0],
        row[1],
        CommandKind(row[2]),
        json.loads(row[3]),
        row[4],
        CommandState(row[5]),
        restored(*row[6:9]),
        *row[9:],
    )
