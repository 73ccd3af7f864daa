"""The crash campaign in its small size, and tests that its checks detect faults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher_gui.recovery.operation import CommandKind, NewOperation, OperationState, Owner
from launcher_gui.recovery.store.records import StateChange
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from tests.faults.campaign import Campaign, Execution, broken_promises, overlaps
from tests.support.store.history import History, faults

KILLS = 12


def test_nothing_is_lost_however_processes_are_killed(store_path: Path) -> None:
    """Killing windows, workers and commands at random leaves an explainable history."""
    campaign = Campaign(store_path, seed=1)
    campaign.run(KILLS)
    assert any(life.state is OperationState.COMPLETED for life in campaign.history.lives.values())
    assert campaign.history.answers


@pytest.fixture
def tx(store_path: Path) -> Iterator[SQLiteTransaction]:
    """A store with a retried, paused operation and a running one."""
    session = SQLitePersistence(store_path).connect()
    tx = session.tx
    tx.owners.register(Owner("owner", 1, "", "elsewhere", "window", 1.0, 9.0))
    for name in ("one", "two"):
        tx.operations.insert(NewOperation("work", {}, id=name), 1.0)
        tx.operations.claim(name, "owner", 1.0)
        tx.attempts.begin(name, "owner", 3, 1.0)
    tx.commands.ask("one", CommandKind.PAUSE, "window", 2.0)
    tx.commands.settle("one", "owner", StateChange(OperationState.PAUSED), 3.0)
    yield tx
    session.close()


def test_a_store_as_it_should_be_has_no_faults(tx: SQLiteTransaction) -> None:
    """A store written by the library passes the checks."""
    wrong, history = faults(tx, {"work": 4})
    assert wrong == []
    assert history.lives["one"].state is OperationState.PAUSED


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE operations SET state = 'completed' WHERE id = 'one'",
        "UPDATE operations SET owner_id = 'another' WHERE id = 'two'",
        "UPDATE operations SET attempt = 2 WHERE id = 'two'",
        "UPDATE attempts SET outcome = 'failed' WHERE operation_id = 'two'",
        "DELETE FROM attempts WHERE operation_id = 'one'",
        "DELETE FROM operations WHERE id = 'two'",
        "DELETE FROM events WHERE seq = 3",
        "UPDATE commands SET state = 'pending'",
        "UPDATE events SET operation_id = 'nobody' WHERE kind = 'operation_claimed'",
        "UPDATE events SET operation_id = 'two' WHERE operation_id = 'one'",
    ],
)
def test_whatever_is_damaged_is_seen(tx: SQLiteTransaction, damage: str) -> None:
    """The checks find every kind of damage."""
    tx.db.execute(damage)
    wrong, _ = faults(tx, {"work": 4})
    assert wrong


def test_too_many_attempts_are_seen(tx: SQLiteTransaction) -> None:
    """The checks find more attempts than an owner may make."""
    assert faults(tx, {"work": 0})[0]


def test_broken_promises_are_seen() -> None:
    """The checks find reported facts that the store lacks."""
    for told in (
        {"told": "added", "operation": "one"},
        {"told": "begun", "operation": "one"},
        {"told": "completed", "operation": "one", "number": 1},
        {"told": "attempt_failed", "operation": "one", "number": 1},
        {"told": "command", "command": 1, "state": "done", "answer": "done"},
    ):
        assert broken_promises([told], History())


def test_two_at_once_are_seen() -> None:
    """The checks find two processes in one function, but accept one after another."""
    assert overlaps([Execution("one", 1.0, 3.0), Execution("one", 2.0, 4.0)])
    assert overlaps([Execution("one", 3.0, 4.0), Execution("one", 1.0, 3.0), Execution("two", 2.0, 3.0)]) == []
