"""What the events of a store say, against what its rows say: history explains the present, or something was lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from launcher_gui.recovery.operation import AttemptOutcome, CommandState, Event, OperationState
from launcher_gui.recovery.rules.applicable_commands import STOPS
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction

RESUMED = "resumed by you"

_MOVES = {f"operation_{state}": state for state in OperationState}
_CUT = {OperationState.COMPLETED: AttemptOutcome.SUCCEEDED, OperationState.QUEUED: AttemptOutcome.INTERRUPTED}
_ENDS = {f"attempt_{outcome}": outcome for outcome in AttemptOutcome}


@dataclass
class Life:
    """An operation as its events tell of it.

    Attributes:
        state: Where it stands.
        owner: Who works on it.
        attempts: The outcome of each attempt, by number.
        in_a_row: Attempts since it was last claimed.
        most_in_a_row: The most of them that any owner ever made.
        resumed: How often a person's command put it back into the queue.
        gone: Whether it was removed.
    """

    state: OperationState = OperationState.QUEUED
    owner: str | None = None
    attempts: dict[int, AttemptOutcome] = field(default_factory=dict)
    in_a_row: int = 0
    most_in_a_row: int = 0
    resumed: int = 0
    gone: bool = False

    def claim(self, owner: str) -> None:
        """Let it be claimed."""
        self.owner, self.state, self.in_a_row = owner, OperationState.RUNNING, 0

    def begin(self, number: int) -> None:
        """Let an attempt begin."""
        self.state = OperationState.RUNNING
        self.attempts[number] = AttemptOutcome.RUNNING
        self.in_a_row += 1
        self.most_in_a_row = max(self.most_in_a_row, self.in_a_row)

    def move(self, state: OperationState) -> None:
        """Let it come to ``state``; no attempt outlives the work on it."""
        self.state = state
        if state.active:
            return
        self.owner = None
        for number, outcome in self.attempts.items():
            if outcome is AttemptOutcome.RUNNING:
                self.attempts[number] = _CUT.get(state) or AttemptOutcome(state)


@dataclass
class History:
    """All that the events of a store tell.

    Attributes:
        lives: By operation.
        answers: The words of the answer to each command that was answered.
        wrong: What cannot have happened, as text.
    """

    lives: dict[str, Life] = field(default_factory=dict)
    answers: dict[int, tuple[str, str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, told: list[Event]) -> History:
        """Return what ``told``, all events from the first on, say."""
        history = cls()
        for number, event in enumerate(told, start=1):
            history.require(event.seq == number, f"event {number} is missing before {event}")
            if event.operation_id:
                history._tell(event)
        return history

    def require(self, holds: bool, words: str) -> None:
        """Note ``words`` unless it ``holds``."""
        if not holds:
            self.wrong.append(words)

    def _tell(self, event: Event) -> None:
        if event.kind == "operation_added":
            self.require(event.operation_id not in self.lives, f"added twice: {event}")
            self.lives[event.operation_id] = Life()
            return
        if event.kind == "command_answered":
            command = event.data["command_id"]
            self.require(command not in self.answers, f"answered twice: {event}")
            self.answers[command] = (event.data["state"], str(event.message("answer")))
            return
        life = self.lives.get(event.operation_id)
        if life is None or life.gone:
            self.require(event.kind == "command_requested", f"told of what is not there: {event}")
            return
        self._tell_of(life, event)

    def _tell_of(self, life: Life, event: Event) -> None:
        if event.kind == "operation_claimed":
            self.require(life.owner is None, f"claimed while {life.owner} owns it: {event}")
            life.claim(event.data["owner"])
        elif event.kind == "attempt_started":
            self.require(life.owner is not None, f"begun by nobody: {event}")
            self.require(event.data["number"] == len(life.attempts) + 1, f"not the next attempt: {event}")
            life.begin(event.data["number"])
        elif event.kind == "operation_removed":
            self.require(life.owner is None, f"removed while {life.owner} owns it: {event}")
            life.gone = True
        elif event.kind in _MOVES:
            life.move(_MOVES[event.kind])
            life.resumed += str(event.message("decision")) == RESUMED
        elif event.kind in _ENDS:
            life.attempts[event.data["number"]] = _ENDS[event.kind]


def faults(tx: SQLiteTransaction, most_attempts: Mapping[str, int]) -> tuple[list[str], History]:
    """Return what is wrong with a store whose events were never trimmed, and its history. Runs inside a transaction.

    Args:
        tx: The store.
        most_attempts: How many attempts an owner may make, by function, where progress allows no more.
    """
    history = History.of(tx.events.since(0))
    for name in ("integrity_check", "foreign_key_check"):
        found = tx.db.execute(f"PRAGMA {name}").fetchall()
        history.require(found in ([], [("ok",)]), f"{name}: {found}")
    _compare_operations(tx, history, most_attempts)
    _compare_commands(tx, history)
    return history.wrong, history


def _compare_operations(tx: SQLiteTransaction, history: History, most_attempts: Mapping[str, int]) -> None:
    rows = {row.id: row for row in tx.operations.in_states(tuple(OperationState))}
    made = tx.attempts.of_all()
    alive = {operation_id: life for operation_id, life in history.lives.items() if not life.gone}
    history.require(rows.keys() == alive.keys(), f"rows without history, or lost: {rows.keys() ^ alive.keys()}")
    for operation_id in rows.keys() & alive.keys():
        row, life = rows[operation_id], alive[operation_id]
        outcomes = {attempt.number: attempt.outcome for attempt in made.get(operation_id, [])}
        says = (row.state, row.owner_id, row.attempt, outcomes)
        told = (life.state, life.owner, len(life.attempts), life.attempts)
        history.require(says == told, f"{operation_id}: the row says {says}, history {told}")
        allowed = life.most_in_a_row <= most_attempts.get(row.function, life.most_in_a_row)
        history.require(allowed, f"{operation_id} was tried {life.most_in_a_row} times by one owner")
        history.require(row.state.active == (row.owner_id is not None), f"{operation_id} is {row.state} of nobody")


def _compare_commands(tx: SQLiteTransaction, history: History) -> None:
    done: Counter[str] = Counter()
    for (command_id,) in tx.db.execute("SELECT id FROM commands"):
        command = tx.commands.get(command_id)
        assert command is not None
        told = history.answers.get(command_id)
        says = None if command.state is CommandState.PENDING else (command.state, str(command.answer))
        history.require(says == told, f"command {command_id}: the row says {says}, history {told}")
        done[command.operation_id] += command.state is CommandState.DONE
        life = history.lives.get(command.operation_id)
        too_late = life is not None and life.state is OperationState.COMPLETED and command.kind in STOPS
        history.require(not too_late or says is not None, f"command {command_id} will never be answered")
    for operation_id, life in history.lives.items():
        obeyed = life.resumed <= done[operation_id]
        history.require(obeyed, f"{operation_id} was resumed {life.resumed} times by {done[operation_id]} commands")
