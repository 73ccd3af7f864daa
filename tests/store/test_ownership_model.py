"""Leases, takeovers, commands and the queue against a model: three processes, a clock, and a user.

The processes are on a machine that cannot be asked, so that leases alone decide who is alive. Any of them may forget to
beat, be swept away, and come back not knowing it. After every step the history must explain all rows.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from launcher_gui.monitor.commands import _give
from launcher_gui.recovery.exceptions import OperationHeldError, OperationStoppedError, OwnershipLostError
from launcher_gui.recovery.operation import (
    AttemptOutcome,
    CommandKind,
    CommandState,
    NewOperation,
    OperationState,
    Owner,
    Progress,
)
from launcher_gui.recovery.rules.applicable_commands import STOPS, applicable
from launcher_gui.recovery.runtime.process_identity import LEASE_S
from launcher_gui.recovery.store.records import AttemptEnd, StateChange
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from launcher_gui.text.message import foreign
from tests.support.store.history import faults

T = TypeVar("T")

STATE = OperationState
PROCESSES = ("a", "b", "c")
RECOVERIES = 1
COMPLETED = StateChange(STATE.COMPLETED, result='"done"')
FAILED = StateChange(STATE.FAILED, foreign("not found"), foreign("not retried: 404"))
WAITING = StateChange(STATE.WAITING, foreign("connection reset"), foreign("waiting 5 s"), retry_at=99.0)

processes = st.sampled_from(PROCESSES)


@dataclass
class Model:
    """The expected state of an operation."""

    state: OperationState = STATE.QUEUED
    owner: str | None = None
    runs: bool = False
    attempts: int = 0
    done: int = 0
    far: int = 0
    lost: int = 0

    def put(self, state: OperationState, owner: str | None = None) -> None:
        """Change its state."""
        self.state, self.owner = state, owner
        self.runs = self.runs and state.active

    def lose(self) -> None:
        """Lose its owner."""
        self.lost = 1 if self.done > self.far else self.lost + 1
        self.far = max(self.far, self.done)
        self.put(STATE.INTERRUPTED)

    def give_up(self) -> bool:
        """Fail it if it exceeds the allowed recoveries; return whether it does."""
        given_up = self.state in {STATE.INTERRUPTED, STATE.QUEUED} and self.lost > RECOVERIES
        if given_up:
            self.put(STATE.FAILED)
            self.lost = self.far = 0
        return given_up


class Ownership(RuleBasedStateMachine):
    """Three processes and a user with one store."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = SQLitePersistence(self.folder / "store.db")
        self.sessions = {name: self.store.connect() for name in PROCESSES}
        self.now = 100.0
        self.leases: dict[str, float] = {}
        self.model: dict[str, Model] = {}
        self.gone = 0
        self.asked: dict[int, tuple[str, CommandKind]] = {}

    def teardown(self) -> None:
        for session in self.sessions.values():
            session.close()
        shutil.rmtree(self.folder)

    def write(self, process: str, method: Callable[[SQLiteTransaction], Callable[..., T]], *args: Any) -> T:
        """Call a method of a transaction over the connection of a process."""
        session = self.sessions[process]
        return session.write(lambda tx: method(tx)(*args))

    def pick(self, data: st.DataObject) -> tuple[str, Model]:
        """Return one of the operations."""
        operation_id = data.draw(st.sampled_from(sorted(self.model)), label="operation")
        return operation_id, self.model[operation_id]

    def is_there(self, owner: str) -> bool:
        """Return whether an owner counts as alive."""
        return owner in self.leases and self.now <= self.leases[owner]

    def swept(self) -> None:
        """Apply a sweep to the model."""
        for model in self.model.values():
            if model.owner is not None and not self.is_there(model.owner):
                model.lose()
        self.leases = {owner: until for owner, until in self.leases.items() if self.now <= until}

    def stops_are_answered(self, operation_id: str, state: OperationState) -> None:
        """Mark stop commands as answered where the operation has stopped or ended."""
        too_late = state in {STATE.COMPLETED, STATE.FAILED}
        self.asked = {
            command: (about, kind)
            for command, (about, kind) in self.asked.items()
            if about != operation_id or kind not in STOPS or not (too_late or STOPS[kind] is state)
        }

    @rule(seconds=st.sampled_from([1.0, LEASE_S / 2, LEASE_S + 1]))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @rule(process=processes)
    def a_process_beats(self, process: str) -> None:
        owner = Owner(process, 1, "", "elsewhere", "program", 1.0, 1.0)
        self.write(process, lambda tx: tx.owners.heartbeat, owner, self.now + LEASE_S)
        self.leases[process] = self.now + LEASE_S

    @rule(process=processes)
    def somebody_sweeps(self, process: str) -> None:
        self.write(process, lambda tx: tx.owners.sweep, self.now)
        self.swept()

    @rule(process=processes)
    def a_process_leaves(self, process: str) -> None:
        self.write(process, lambda tx: tx.owners.retire, process, self.now)
        self.leases.pop(process, None)
        for model in self.model.values():
            if model.owner == process:
                model.put(STATE.INTERRUPTED)

    @rule(process=processes)
    def somebody_adds(self, process: str) -> None:
        name = f"{len(self.model) + self.gone:03}"
        self.write(process, lambda tx: tx.operations.insert, NewOperation("work", {}, id=name), self.now)
        self.model[name] = Model()

    @rule(process=processes)
    def a_process_takes_from_the_queue(self, process: str) -> None:
        taken = self.write(process, lambda tx: tx.queue.claim_next, ["work"], process, self.now)
        queued = [name for name, model in self.model.items() if model.state is STATE.QUEUED]
        assert (taken is None) == (not queued)
        if taken is not None:
            assert taken.id in queued
            self.model[taken.id].put(STATE.RUNNING, process)

    @rule(process=processes)
    def a_process_goes_on_with_what_was_interrupted(self, process: str) -> None:
        taken = self.write(process, lambda tx: tx.claims.take_interrupted, "work", process, RECOVERIES, self.now)
        for name, model in sorted(self.model.items()):
            if model.state in {STATE.INTERRUPTED, STATE.QUEUED} and not model.give_up():
                assert taken is not None
                assert taken.id == name
                model.put(STATE.RUNNING, process)
                return
        assert taken is None

    @precondition(lambda self: self.model)
    @rule(process=processes, data=st.data())
    def a_process_is_told_to_do_it(self, process: str, data: st.DataObject) -> None:
        name, model = self.pick(data)
        told = (NewOperation("work", {}, id=name), process, 0, RECOVERIES, self.now)
        if model.state is STATE.COMPLETED:
            assert self.write(process, lambda tx: tx.claims.begin_or_take, *told).is_done
        elif model.owner is not None and self.is_there(model.owner):
            with pytest.raises(OperationHeldError):
                self.write(process, lambda tx: tx.claims.begin_or_take, *told)
        elif model.state in STOPS.values():
            with pytest.raises(OperationStoppedError):
                self.write(process, lambda tx: tx.claims.begin_or_take, *told)
        else:
            taken = self.write(process, lambda tx: tx.claims.begin_or_take, *told).operation
            if model.owner is not None:
                self.owner_found_gone(model.owner)
            if model.give_up():
                assert taken.state is STATE.FAILED
            else:
                assert taken.state is STATE.RUNNING
                model.put(STATE.RUNNING, process)

    def owner_found_gone(self, owner: str) -> None:
        """Apply the loss of one owner to the model."""
        self.leases.pop(owner, None)
        for model in self.model.values():
            if model.owner == owner:
                model.lose()

    @precondition(lambda self: self.model)
    @rule(process=processes, data=st.data())
    def an_attempt_begins(self, process: str, data: st.DataObject) -> None:
        name, model = self.pick(data)
        if model.owner != process:
            with pytest.raises(OwnershipLostError):
                self.write(process, lambda tx: tx.attempts.begin, name, process, 3, self.now)
        elif not model.runs:
            model.attempts += 1
            assert self.write(process, lambda tx: tx.attempts.begin, name, process, 3, self.now) == model.attempts
            model.runs, model.state = True, STATE.RUNNING

    @precondition(lambda self: self.model)
    @rule(process=processes, data=st.data(), standing=st.sampled_from([COMPLETED, FAILED, WAITING]))
    def an_attempt_ends(self, process: str, data: st.DataObject, standing: StateChange) -> None:
        name, model = self.pick(data)
        outcome = AttemptOutcome.SUCCEEDED if standing is COMPLETED else AttemptOutcome.FAILED
        told = (name, process, model.attempts, AttemptEnd(outcome), standing, None, self.now)
        if model.owner != process:
            with pytest.raises(OwnershipLostError):
                self.write(process, lambda tx: tx.attempts.end, *told)
        elif model.runs:
            self.write(process, lambda tx: tx.attempts.end, *told)
            model.runs = False
            model.put(standing.state, process if standing.state.active else None)
            self.stops_are_answered(name, standing.state)

    @precondition(lambda self: self.model)
    @rule(process=processes, data=st.data(), to=st.integers(0, 5))
    def a_process_tells_its_progress(self, process: str, data: st.DataObject, to: int) -> None:
        name, model = self.pick(data)
        lost = self.write(process, lambda tx: tx.progress.save, {name: Progress(to)}, process)
        assert lost == (frozenset() if model.owner == process else {name})
        model.done = model.done if lost else to

    @precondition(lambda self: self.model)
    @rule(process=processes, data=st.data(), kind=st.sampled_from(CommandKind))
    def a_person_asks(self, process: str, data: st.DataObject, kind: CommandKind) -> None:
        name, model = self.pick(data)
        command = self.write(process, lambda tx: partial(_give, tx), name, kind, "window", self.now, {})
        self.swept()
        if kind is CommandKind.REMOVE or model.owner is not None:
            assert command.state is CommandState.PENDING
            self.asked[command.id] = (name, kind)
        else:
            self.obeyed(name, kind, command.state)

    @precondition(lambda self: self.asked)
    @rule(process=processes, data=st.data())
    def a_process_obeys(self, process: str, data: st.DataObject) -> None:
        command_id = data.draw(st.sampled_from(sorted(self.asked)), label="command")
        name, kind = self.asked[command_id]
        command = self.sessions[process].tx.commands.get(command_id)
        assert command is not None
        answer = self.write(process, lambda tx: tx.commands.obey_unowned, command, self.now)
        model = self.model.get(name)
        if model is not None and model.owner is not None:
            assert answer is CommandState.PENDING
        else:
            del self.asked[command_id]
            self.obeyed(name, kind, answer)

    @precondition(lambda self: self.model)
    @rule(process=processes, data=st.data(), kind=st.sampled_from(sorted(STOPS)))
    def an_owner_obeys_a_stop(self, process: str, data: st.DataObject, kind: CommandKind) -> None:
        name, model = self.pick(data)
        standing = StateChange(STOPS[kind])
        if model.owner != process:
            with pytest.raises(OwnershipLostError):
                self.write(process, lambda tx: tx.commands.settle, name, process, standing, self.now)
            return
        self.write(process, lambda tx: tx.commands.settle, name, process, standing, self.now)
        model.put(standing.state)
        self.stops_are_answered(name, standing.state)

    def obeyed(self, name: str, kind: CommandKind, answer: CommandState) -> None:
        """Apply a command to an operation without an owner in the model."""
        model = self.model.get(name)
        if model is None or kind not in applicable(model.state):
            assert answer is CommandState.REFUSED
            return
        assert answer is CommandState.DONE
        if kind is CommandKind.REMOVE:
            del self.model[name]
            self.gone += 1
        elif kind in STOPS:
            model.put(STOPS[kind])
        else:
            model.put(STATE.QUEUED)
            model.lost = model.far = 0

    @invariant()
    def rows_and_model_agree(self) -> None:
        for tx in (session.tx for session in self.sessions.values()):
            found = {row.id: row for row in tx.operations.in_states(tuple(STATE))}
            assert found.keys() == self.model.keys()
            for name, model in self.model.items():
                row = found[name]
                says = (row.state, row.owner_id, row.attempt, row.progress.done)
                assert says == (model.state, model.owner, model.attempts, model.done)
            assert {command.id for command in tx.commands.pending()} == self.asked.keys()
            assert tx.owners.every().keys() == self.leases.keys()

    @invariant()
    def history_explains_the_present(self) -> None:
        wrong, _ = faults(self.sessions["a"].tx, {})
        assert wrong == []

    @invariant()
    def whoever_is_lost_is_found_by_the_next_sweep(self) -> None:
        tx = self.sessions["b"].tx
        tx.db.execute("BEGIN IMMEDIATE")
        tx.owners.sweep(self.now + 10 * LEASE_S)
        left = tx.db.execute("SELECT id FROM operations WHERE owner_id IS NOT NULL").fetchall()
        tx.db.execute("ROLLBACK")
        assert left == []


Ownership.TestCase.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
TestOwnership = Ownership.TestCase
