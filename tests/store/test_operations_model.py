"""Operations, attempts and commands in the store against a model, over two connections by two owners.

The model knows what a person would say must hold: who owns what, which command is answered, what a change leaves
behind. After every step the rows are compared with it, as both connections see them.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from launcher_gui.recovery.exceptions import ExclusiveKeyError, OwnershipLostError
from launcher_gui.recovery.operation import (
    AttemptOutcome,
    CommandKind,
    CommandState,
    NewOperation,
    OperationState,
    Priority,
    Progress,
)
from launcher_gui.recovery.rules.applicable_commands import STOPS, applicable
from launcher_gui.recovery.rules.queue_order import Move, QueueLimits, reordered
from launcher_gui.recovery.store.records import (
    CANCELLED,
    IGNORE_SCHEDULE,
    INTERRUPTED,
    PARKED,
    PAUSED,
    RESUMABLE,
    AttemptEnd,
    StateChange,
)
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from launcher_gui.text.message import foreign

T = TypeVar("T")

STATE = OperationState
OWNERS = ("owner-a", "owner-b")
WAITING = StateChange(STATE.WAITING, foreign("connection reset"), foreign("waiting 5 s"), retry_at=99.0)
FAILED = StateChange(STATE.FAILED, foreign("not found"), foreign("not retried: 404"))
COMPLETED = StateChange(STATE.COMPLETED, result='"/models/m"')
TOO_LATE = {STATE.COMPLETED: "finished", STATE.FAILED: "failed"}
ENDINGS = {
    AttemptOutcome.SUCCEEDED: COMPLETED,
    AttemptOutcome.FAILED: FAILED,
    AttemptOutcome.PAUSED: PAUSED,
    AttemptOutcome.CANCELLED: CANCELLED,
    AttemptOutcome.INTERRUPTED: INTERRUPTED,
}
LATER = {AttemptOutcome.FAILED: WAITING, AttemptOutcome.INTERRUPTED: PARKED}
"""Where else an attempt that ended so may leave its operation: it goes on by itself."""


@dataclass
class Model:
    """The expected state of an operation."""

    key: str | None
    state: OperationState = STATE.QUEUED
    owner: str | None = None
    attempts: int = 0
    attempt_runs: bool = False
    done: int = 0
    key_active: bool = True
    scope: str | None = None
    priority: Priority = Priority.NORMAL
    ignores_schedule: bool = False

    def put(self, standing: StateChange) -> None:
        """Change its state."""
        self.state = standing.state
        if not standing.state.active:
            self.owner, self.attempt_runs = None, False


class StoreStory(RuleBasedStateMachine):
    """Two processes and a user with the same file."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        stores = [SQLitePersistence(self.folder / "store.db") for _ in OWNERS]
        self.sessions = [store.connect() for store in stores]
        self.now = 100.0
        self.added = 0
        self.model: dict[str, Model] = {}
        self.removed: set[str] = set()
        self.versions: dict[str, int] = {}
        self.seq = 0
        self.lines: dict[Priority, list[str]] = {priority: [] for priority in Priority}
        self.asked: dict[int, tuple[str, CommandKind, bool]] = {}
        self.answers: dict[int, tuple[CommandState, str]] = {}

    def teardown(self) -> None:
        for session in self.sessions:
            session.close()
        shutil.rmtree(self.folder)

    def write(self, side: int, method: Callable[[SQLiteTransaction], Callable[..., T]], *args: Any) -> T:
        """Call a method of a transaction over one of the connections."""
        self.now += 1
        return self.sessions[side].write(lambda tx: method(tx)(*args))

    def pick(self, data: st.DataObject) -> tuple[str, Model]:
        """Return one of the operations."""
        operation_id = data.draw(st.sampled_from(sorted(self.model)), label="operation")
        return operation_id, self.model[operation_id]

    def take_key(self, key: str | None, operation_id: str) -> bool:
        """Return whether ``key`` is free for an operation, and release it from operations that ended without data."""
        for other_id, other in self.model.items():
            if other_id == operation_id or key is None or other.key != key or not other.key_active:
                continue
            if other.state is STATE.COMPLETED:
                continue
            if not other.state.ended or other.done:
                return False
            other.key_active = False
        return True

    @rule(
        side=st.integers(0, 1),
        key=st.sampled_from([None, "/models/a", "/models/b"]),
        scope=st.sampled_from([None, "here.test", "there.test"]),
        back=st.sampled_from([0, 1000]),
    )
    def somebody_adds(self, side: int, key: str | None, scope: str | None, back: float) -> None:
        self.added += 1
        url = {"url": "https://example.org/m"}
        new = NewOperation("download", url, exclusive_key=key, scope=scope, id=f"{self.added:03}")
        self.now -= back  # a clock that was set back puts nobody in front
        if self.take_key(key, new.id):
            self.write(side, lambda tx: tx.operations.insert, new, self.now)
            self.model[new.id] = Model(key, scope=scope)
            self.lines[Priority.NORMAL].append(new.id)
        else:
            with pytest.raises(ExclusiveKeyError):
                self.write(side, lambda tx: tx.operations.insert, new, self.now)

    @precondition(lambda self: self.model)
    @rule(side=st.integers(0, 1), data=st.data())
    def an_owner_claims(self, side: int, data: st.DataObject) -> None:
        operation_id, model = self.pick(data)
        claimed = self.write(side, lambda tx: tx.operations.claim, operation_id, OWNERS[side], self.now)
        assert (claimed is not None) == (model.state is STATE.QUEUED)
        if claimed is not None:
            model.state, model.owner = STATE.RUNNING, OWNERS[side]

    @rule(side=st.integers(0, 1), per_scope=st.integers(0, 2), is_closed=st.booleans())
    def a_worker_takes_the_next(self, side: int, per_scope: int, is_closed: bool) -> None:
        terms = QueueLimits(1, per_scope, foreign("waiting until 22:00" if is_closed else ""))
        claimed = self.write(side, lambda tx: tx.queue.claim_next, ["download"], OWNERS[side], self.now, (), terms)
        expected = next((each for each in self.line if self.may_begin(self.model[each], terms)), None)
        assert (None if claimed is None else claimed.id) == expected
        if claimed is not None:
            self.model[claimed.id].state, self.model[claimed.id].owner = STATE.RUNNING, OWNERS[side]

    @precondition(lambda self: self.model)
    @rule(side=st.integers(0, 1), data=st.data(), where=st.sampled_from(Move))
    def somebody_moves(self, side: int, data: st.DataObject, where: Move) -> None:
        chosen = data.draw(st.sets(st.sampled_from(sorted(self.model)), min_size=1), label="chosen")
        before = data.draw(st.sampled_from(sorted(self.model)), label="before") if where is Move.BEFORE else None
        line = [each for each in self.line if each in chosen]
        assert list(self.write(side, lambda tx: tx.queue.move, chosen, where, "window", self.now, before)) == line
        whole = self.line
        for priority in Priority:
            if where is Move.BEFORE and whole:
                anchor = self.model[before if before in whole else whole[-1]].priority
                if priority is not anchor:
                    self.lines[priority] = [each for each in self.lines[priority] if each not in line]
                    continue
                moved = line
            else:
                moved = [each for each in line if self.model[each].priority is priority]
            self.lines[priority] = reordered(self.standing(priority), moved, where, before)
            for each in moved:
                self.model[each].priority = priority

    @precondition(lambda self: self.model)
    @rule(side=st.integers(0, 1), data=st.data(), priority=st.sampled_from(Priority))
    def somebody_prioritises(self, side: int, data: st.DataObject, priority: Priority) -> None:
        chosen = data.draw(st.sets(st.sampled_from(sorted(self.model)), min_size=1), label="chosen")
        done = self.write(side, lambda tx: tx.queue.prioritise, chosen, priority, "window", self.now)
        line = self.line
        assert set(done) == {each for each in chosen if self.model[each].state is not STATE.COMPLETED}
        changed = [each for each in done if self.model[each].priority is not priority]
        for lane in self.lines.values():
            lane[:] = [each for each in lane if each not in changed]
        self.lines[priority] += [each for each in line if each in changed]
        for each in changed:
            self.model[each].priority = priority

    def standing(self, priority: Priority) -> list[str]:
        """Return the queued operations of a priority, in order."""
        return [each for each in self.lines[priority] if each in self.model and self.model[each].state is STATE.QUEUED]

    @property
    def line(self) -> list[str]:
        """Return the queued operations, in order."""
        return [each for priority in sorted(Priority, reverse=True) for each in self.standing(priority)]

    def may_begin(self, model: Model, terms: QueueLimits) -> bool:
        """Return whether a queued operation may begin on these terms."""
        at_work = sum(other.owner is not None and other.scope == model.scope for other in self.model.values())
        is_full = terms.per_scope > 0 and model.scope is not None and at_work >= terms.per_scope
        return not is_full and (not terms.closed or model.ignores_schedule)

    @precondition(lambda self: self.model)
    @rule(side=st.integers(0, 1), data=st.data(), retries=st.integers(0, 3))
    def an_attempt_begins(self, side: int, data: st.DataObject, retries: int) -> None:
        operation_id, model = self.pick(data)
        if model.attempt_runs:
            return  # a run begins its next attempt when it has ended the last
        if model.owner != OWNERS[side]:
            with pytest.raises(OwnershipLostError):
                self.write(side, lambda tx: tx.attempts.begin, operation_id, OWNERS[side], retries, self.now)
            return
        number = self.write(side, lambda tx: tx.attempts.begin, operation_id, OWNERS[side], retries, self.now)
        model.attempts += 1
        model.attempt_runs, model.state = True, STATE.RUNNING
        assert number == model.attempts

    @precondition(lambda self: self.model)
    @rule(side=st.integers(0, 1), data=st.data(), outcome=st.sampled_from(sorted(ENDINGS)), waits=st.booleans())
    def an_attempt_ends(self, side: int, data: st.DataObject, outcome: AttemptOutcome, waits: bool) -> None:
        operation_id, model = self.pick(data)
        standing = LATER.get(outcome, ENDINGS[outcome]) if waits else ENDINGS[outcome]
        told = (operation_id, OWNERS[side], model.attempts, AttemptEnd(outcome), standing, Progress(model.done + 1))
        if model.owner != OWNERS[side]:
            with pytest.raises(OwnershipLostError):
                self.write(side, lambda tx: tx.attempts.end, *told, self.now)
        elif model.attempt_runs:
            self.write(side, lambda tx: tx.attempts.end, *told, self.now)
            model.done += 1
            model.attempt_runs = False
            model.put(standing)
            self.stops_are_answered(operation_id, standing)

    @precondition(lambda self: self.model)
    @rule(
        side=st.integers(0, 1), data=st.data(), standing=st.sampled_from([WAITING, PAUSED, FAILED, INTERRUPTED, PARKED])
    )
    def an_owner_settles_between_attempts(self, side: int, data: st.DataObject, standing: StateChange) -> None:
        operation_id, model = self.pick(data)
        if model.owner != OWNERS[side]:
            with pytest.raises(OwnershipLostError):
                self.write(side, lambda tx: tx.commands.settle, operation_id, OWNERS[side], standing, self.now)
        elif not (model.attempt_runs and standing is WAITING):
            self.write(side, lambda tx: tx.commands.settle, operation_id, OWNERS[side], standing, self.now)
            model.put(standing)
            self.stops_are_answered(operation_id, standing)

    @precondition(lambda self: self.model)
    @rule(side=st.integers(0, 1), data=st.data(), more=st.integers(1, 5))
    def an_owner_tells_its_progress(self, side: int, data: st.DataObject, more: int) -> None:
        operation_id, model = self.pick(data)
        told = {operation_id: Progress(model.done + more, 100)}
        lost = self.write(side, lambda tx: tx.progress.save, told, OWNERS[side])
        assert lost == (frozenset() if model.owner == OWNERS[side] else {operation_id})
        model.done += more if not lost else 0

    @precondition(lambda self: self.model)
    @rule(side=st.integers(0, 1), data=st.data(), standing=st.sampled_from([PAUSED, CANCELLED]))
    def somebody_lays_it_to_rest(self, side: int, data: st.DataObject, standing: StateChange) -> None:
        operation_id, model = self.pick(data)
        moved = self.write(side, lambda tx: tx.operations.rest, operation_id, standing, self.now)
        assert (moved is not None) == (model.owner is None and model.state is not STATE.COMPLETED)
        if moved is not None:
            model.put(standing)

    @rule(side=st.integers(0, 1))
    def an_owner_goes(self, side: int) -> None:
        self.write(1 - side, lambda tx: tx.owners.retire, OWNERS[side], self.now)
        for model in self.model.values():
            if model.owner == OWNERS[side]:
                model.put(INTERRUPTED)

    @precondition(lambda self: self.model)
    @rule(side=st.integers(0, 1), data=st.data(), kind=st.sampled_from(CommandKind), ignores_schedule=st.booleans())
    def a_person_asks(self, side: int, data: st.DataObject, kind: CommandKind, ignores_schedule: bool) -> None:
        operation_id, _ = self.pick(data)
        command_id = self.write(
            side,
            lambda tx: tx.commands.ask,
            operation_id,
            kind,
            "window",
            self.now,
            {IGNORE_SCHEDULE: ignores_schedule},
        )
        self.asked[command_id] = (operation_id, kind, ignores_schedule)

    @precondition(lambda self: self.asked)
    @rule(side=st.integers(0, 1), data=st.data())
    def a_command_is_obeyed(self, side: int, data: st.DataObject) -> None:
        command_id = data.draw(st.sampled_from(sorted(self.asked)), label="command")
        command = self.sessions[side].tx.commands.get(command_id)
        assert command is not None
        answered = self.write(side, lambda tx: tx.commands.obey_unowned, command, self.now)
        operation_id, kind, ignores_schedule = self.asked[command_id]
        model = self.model.get(operation_id)
        if command_id in self.answers:
            assert answered is self.answers[command_id][0]
        elif model is not None and model.owner is not None:
            assert answered is CommandState.PENDING
        else:
            self.answers[command_id] = (
                self.expected(operation_id, model, kind, ignores_schedule),
                self.answer_of(command_id),
            )
            assert answered is self.answers[command_id][0]

    @precondition(lambda self: self.answers)
    @rule(side=st.integers(0, 1), data=st.data())
    def a_late_answer_comes(self, side: int, data: st.DataObject) -> None:
        command_id = data.draw(st.sampled_from(sorted(self.answers)), label="command")
        self.write(side, lambda tx: tx.commands.answer, command_id, CommandState.REFUSED, foreign("too late"), self.now)

    def stops_are_answered(self, operation_id: str, standing: StateChange) -> None:
        """Mark stop commands of an ended operation as answered."""
        for command_id in self.asked.keys() - self.answers.keys():
            asked_of, kind, _ = self.asked[command_id]
            if asked_of == operation_id and STOPS.get(kind) is standing.state:
                self.answers[command_id] = (CommandState.DONE, "done")
            elif asked_of == operation_id and kind in STOPS and standing.state in TOO_LATE:
                words = f"refused: it had already {TOO_LATE[standing.state]}"
                self.answers[command_id] = (CommandState.REFUSED, words)

    def answer_of(self, command_id: int) -> str:
        """Return the text of a command's answer."""
        command = self.sessions[0].tx.commands.get(command_id)
        assert command is not None
        return str(command.answer)

    def expected(
        self, operation_id: str, model: Model | None, kind: CommandKind, ignores_schedule: bool
    ) -> CommandState:
        """Return the expected answer, and apply its effect to the model."""
        if model is None or kind not in applicable(model.state):
            return CommandState.REFUSED
        if model.state is STATE.QUEUED and kind is CommandKind.RETRY:
            line = self.lines[model.priority]
            line.remove(operation_id)
            line.insert(0, operation_id)
            model.ignores_schedule |= ignores_schedule
        elif kind in {CommandKind.RESUME, CommandKind.RETRY}:
            assert model.state in RESUMABLE
            if not self.take_key(model.key, operation_id):
                return CommandState.REFUSED
            model.state, model.key_active, model.ignores_schedule = STATE.QUEUED, True, ignores_schedule
        elif kind is CommandKind.REMOVE:
            del self.model[operation_id]
            self.removed.add(operation_id)
        else:
            model.state = STATE.PAUSED if kind is CommandKind.PAUSE else STATE.CANCELLED
        return CommandState.DONE

    @invariant()
    def rows_and_model_agree(self) -> None:
        for tx in (session.tx for session in self.sessions):
            found = {row.id: row for row in tx.operations.in_states(tuple(STATE))}
            assert found.keys() == self.model.keys()
            for operation_id, row in found.items():
                model = self.model[operation_id]
                assert (row.state, row.owner_id, row.attempt) == (model.state, model.owner, model.attempts)
                assert row.progress.done == model.done
                assert (row.priority, row.ignores_schedule) == (model.priority, model.ignores_schedule)
                assert row.state.active == (row.owner_id is not None)
                assert (row.retry_at is not None) <= (row.state is STATE.WAITING)
                assert (row.ended_at is not None) == row.state.ended
                made = tx.attempts.of(operation_id)
                assert [attempt.number for attempt in made] == list(range(1, model.attempts + 1))
                running = [attempt.number for attempt in made if attempt.outcome is AttemptOutcome.RUNNING]
                assert running == ([model.attempts] if model.attempt_runs else [])
                assert all((attempt.ended_at is None) == (attempt.number in running) for attempt in made)

    @invariant()
    def the_queue_is_in_order(self) -> None:
        queued = {each: model.priority for each, model in self.model.items() if model.state is STATE.QUEUED}
        for tx in (session.tx for session in self.sessions):
            turns = tx.queue.order()
            assert [turn.priority for turn in turns] == sorted(queued.values(), reverse=True)
            for priority in Priority:
                line, found = self.standing(priority), [turn.id for turn in turns if turn.priority is priority]
                assert [each for each in found if each in line] == line
                assert set(found) == {each for each, its in queued.items() if its is priority}
            assert tx.queue.next_queued(["download"]) == (turns[0].id if turns else None)
        for priority in Priority:  # who comes back stands where it stood before, which the model does not know
            self.lines[priority] = [turn.id for turn in turns if turn.priority is priority]

    @invariant()
    def every_change_of_a_row_has_a_higher_version_and_an_event(self) -> None:
        tx = self.sessions[0].tx
        news = tx.events.since(self.seq)
        assert [event.seq for event in news] == list(range(self.seq + 1, self.seq + 1 + len(news)))
        self.seq += len(news)
        told = {event.operation_id for event in news if event.kind != "command_requested"}
        versions = {row.id: row.version for row in tx.operations.in_states(tuple(STATE))}
        for operation_id, version in versions.items():
            before = self.versions.get(operation_id, 0)
            assert version >= before
            assert version == before or operation_id in told
        assert self.versions.keys() - versions.keys() <= self.removed
        self.versions = versions

    @invariant()
    def every_command_is_answered_once(self) -> None:
        tx = self.sessions[1].tx
        answered = [event.data["command_id"] for event in tx.events.since(0) if event.kind == "command_answered"]
        assert sorted(answered) == sorted(self.answers)
        for command_id, answer in self.answers.items():
            command = tx.commands.get(command_id)
            assert command is not None
            assert (command.state, str(command.answer)) == answer
        assert {command.id for command in tx.commands.pending()} == self.asked.keys() - self.answers.keys()


StoreStory.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestStoreStory = StoreStory.TestCase
