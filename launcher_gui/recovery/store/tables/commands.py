"""Commands: requests to the owner of an operation, answered once."""

from __future__ import annotations

import json
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
from launcher_gui.recovery.store import ports
from launcher_gui.recovery.store.records import (
    CANCELLED,
    CHOICES,
    DONE,
    IGNORE_SCHEDULE,
    NOT_SAVED,
    PAUSED,
    StateChange,
    too_late,
)
from launcher_gui.recovery.store.tables.events import told
from launcher_gui.recovery.store.tables.message_columns import columns, restored
from launcher_gui.recovery.store.tables.table import Table
from launcher_gui.text.message import Message, foreign, message

_COLUMNS = (
    "id, operation_id, kind, arguments, operation_version, state, answer, answer_code, answer_params,"
    " requested_by, requested_at, answered_at"
)


class CommandsTable(Table, ports.Commands):
    """Commands in SQLite."""

    def ask(
        self,
        operation_id: str,
        kind: CommandKind,
        requested_by: str,
        now: float,
        arguments: Mapping[str, Any] | None = None,
    ) -> int:
        operation = self._tx.operations.get(operation_id)
        if operation is None:
            raise RecoveryStateError(message("operation.missing", operation=operation_id))
        cursor = self._db.execute(
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
        self._tx.events.append(now, EventKind.COMMAND_REQUESTED, operation_id, command=kind)
        if operation.parent_id is not None:
            words = message("answer.step", operation=operation.parent_id)
            self.answer(command_id, CommandState.REFUSED, words, now)
        return command_id

    def answer(self, command_id: int, state: CommandState, words: Message, now: float) -> None:
        row = self._db.execute(
            "UPDATE commands SET state = ?, answer = ?, answer_code = ?, answer_params = ?, answered_at = ?"
            " WHERE id = ? AND state = ? RETURNING operation_id",
            (state, *columns(words), now, command_id, CommandState.PENDING),
        ).fetchone()
        if row is not None:
            facts = {"command_id": command_id, "state": state, **told(answer=words)}
            self._tx.events.append(now, EventKind.COMMAND_ANSWERED, row[0], **facts)

    def stop_asked(self, operation_id: str) -> CommandKind | None:
        row = self._db.execute(
            "WITH RECURSIVE whole (id) AS (SELECT ? UNION ALL"
            " SELECT o.parent_id FROM operations o JOIN whole w ON o.id = w.id WHERE o.parent_id IS NOT NULL)"
            " SELECT kind FROM commands WHERE state = 'pending' AND kind IN (?, ?)"
            " AND operation_id IN (SELECT id FROM whole) ORDER BY id DESC LIMIT 1",
            (operation_id, *STOPS),
        ).fetchone()
        return None if row is None else CommandKind(row[0])

    def answer_stops(self, operation_id: str, state: OperationState, now: float) -> None:
        """Answer the stop commands about an operation that has come to ``state``: carried out, or too late."""
        asked = self._db.execute(
            "SELECT id, kind FROM commands WHERE operation_id = ? AND state = 'pending' AND kind IN (?, ?)",
            (operation_id, *STOPS),
        ).fetchall()
        for command_id, kind in asked:
            if STOPS[kind] is state:
                self.answer(command_id, CommandState.DONE, DONE, now)
            elif state in {OperationState.COMPLETED, OperationState.FAILED}:
                self.answer(command_id, CommandState.REFUSED, too_late(state), now)

    def retry_asked(self, operation_id: str, now: float) -> bool:
        asked = [each for each in self.pending() if each.operation_id == operation_id and each.kind in GOES_ON]
        for command in asked:
            self.answer(command.id, CommandState.DONE, DONE, now)
        return bool(asked)

    def settle(self, operation_id: str, owner_id: str, standing: StateChange, now: float) -> None:
        self._tx.operations.settle(operation_id, owner_id, standing, now)
        if not standing.state.active:
            self.answer_stops(operation_id, standing.state, now)

    def get(self, command_id: int) -> Command | None:
        row = self._db.execute(f"SELECT {_COLUMNS} FROM commands WHERE id = ?", (command_id,)).fetchone()
        return None if row is None else _command(row)

    def among(self, operation_ids: Collection[str]) -> dict[str, list[Command]]:
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM commands WHERE operation_id IN (SELECT value FROM json_each(?)) ORDER BY id",
            (to_json(list(operation_ids)),),
        )
        found: dict[str, list[Command]] = {}
        for row in rows:
            found.setdefault(row[1], []).append(_command(row))
        return found

    def pending(self) -> list[Command]:
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM commands WHERE state = 'pending' ORDER BY id")
        return [_command(row) for row in rows]

    def all_latest_pending(self) -> dict[str, CommandKind]:
        return {command.operation_id: command.kind for command in self.pending()}

    def obey_unowned(self, command: Command, now: float) -> CommandState:
        stored = self.get(command.id)
        if stored is None or stored.state is not CommandState.PENDING:
            return command.state if stored is None else stored.state
        operation = self._tx.operations.get(command.operation_id)
        if operation is None:
            return self._answered(command, CommandState.REFUSED, message("answer.gone"), now)
        if operation.owner_id is not None:
            return CommandState.PENDING
        if (reason := _refusal(command.kind, operation)) is not None:
            return self._answered(command, CommandState.REFUSED, reason, now)
        match command.kind:
            case CommandKind.RESUME | CommandKind.RETRY:
                try:
                    words = self._resume(command, operation, now)
                except ExclusiveKeyError as error:
                    return self._answered(command, CommandState.REFUSED, error.message, now)
                return self._answered(command, CommandState.DONE, words, now)
            case CommandKind.PAUSE:
                self._tx.operations.rest(operation.id, PAUSED, now)
            case CommandKind.CANCEL:
                self._tx.operations.rest(operation.id, CANCELLED, now)
            case CommandKind.REMOVE:
                self._tx.operations.remove(operation.id, now)
        return self._answered(command, CommandState.DONE, DONE, now)

    def _resume(self, command: Command, operation: Operation, now: float) -> Message:
        """Queue an operation, or make a queued one the next, and return the answer.

        Raises:
            ExclusiveKeyError: If another operation has taken its key meanwhile.
        """
        ignores_schedule = command.arguments.get(IGNORE_SCHEDULE) is True
        if operation.state is OperationState.QUEUED:
            self._tx.queue.hasten(operation.id, command.requested_by, now, ignores_schedule=ignores_schedule)
        else:
            self._tx.operations.queue(operation.id, now, message("decision.resumed"), ignores_schedule=ignores_schedule)
        self._tx.crash_counts.forget(operation.id)
        self.choose(operation, _choices(command.arguments), now)
        return message("answer.done_now") if ignores_schedule else DONE

    def choose(self, operation: Operation, choices: Mapping[str, Any], now: float) -> None:
        if choices != operation.arguments.get(CHOICES, {}):
            arguments = {**operation.arguments, CHOICES: dict(choices)}
            self._tx.operations.change_arguments(operation.id, arguments, operation.exclusive_key, now)

    def _answered(self, command: Command, state: CommandState, words: Message, now: float) -> CommandState:
        self.answer(command.id, state, words, now)
        return state


def _choices(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if name != IGNORE_SCHEDULE}


def _refusal(kind: CommandKind, operation: Operation) -> Message | None:
    """Return why no process can carry out a command, ``None`` if one can."""
    if kind not in applicable(operation.state):
        return message("answer.state", state=state_message(operation.state))
    if kind in GOES_ON and NOT_SAVED in operation.arguments:
        return message("answer.not_resumable", cause=foreign(str(operation.arguments[NOT_SAVED])))
    return None


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
