"""Who works on what: claims, fencing, leases, stops and the queue."""

from __future__ import annotations

from dataclasses import replace

import pytest

from launcher_gui.recovery.exceptions import (
    ExclusiveKeyError,
    OperationHeldError,
    OperationStoppedError,
    OwnershipLostError,
    RecoveryStateError,
)
from launcher_gui.recovery.operation import (
    AttemptOutcome,
    CommandKind,
    CommandState,
    NewOperation,
    OperationState,
    Owner,
    Priority,
    Progress,
)
from launcher_gui.recovery.rules.queue_order import Move, QueueLimits
from launcher_gui.recovery.runtime.process_identity import LEASE_S, this_process
from launcher_gui.recovery.store.ports import Store, Transaction
from launcher_gui.recovery.store.records import (
    INTERRUPTED,
    PAUSED,
    RESUMABLE,
    AttemptEnd,
    StateChange,
)
from launcher_gui.text.message import foreign

NOW = 1_700_000_000.0
STATE = OperationState
DONE = StateChange(STATE.COMPLETED, result='"done"')


def owner(name: str, now: float = NOW) -> Owner:
    """Return an owner on another machine, which is gone once its lease has ended."""
    return replace(this_process("program", now), id=name, host="elsewhere")


def begun(tx: Transaction, operation_id: str, by: str, key: str | None = None) -> None:
    """Add an operation, claim it and begin its first attempt."""
    tx.owners.heartbeat(owner(by), NOW + LEASE_S)
    tx.operations.insert(NewOperation("work", {"n": 1}, exclusive_key=key, id=operation_id), NOW)
    tx.operations.claim(operation_id, by, NOW)
    assert tx.attempts.begin(operation_id, by, 3, NOW) == 1


async def test_one_of_many_gets_a_claim(store: Store) -> None:
    """The second finds that it is not queued any more."""
    await store.write(lambda tx: tx.operations.insert(NewOperation("work", {}, id="one"), NOW))
    claimed = await store.write(lambda tx: tx.operations.claim("one", "a", NOW))
    assert claimed is not None
    assert (claimed.state, claimed.owner_id) == (STATE.RUNNING, "a")
    assert await store.write(lambda tx: tx.operations.claim("one", "b", NOW)) is None


async def test_a_call_is_recorded_from_its_first_attempt_to_its_end(store: Store) -> None:
    """Begun in one transaction; ended in one with its progress; the events tell all of it in order."""
    claim = await store.write(lambda tx: tx.claims.begin(NewOperation("work", {}, id="one"), "a", 3, NOW))
    assert (claim.attempt, claim.is_done) == (1, False)
    await store.write(lambda tx: tx.attempts.explain("one", "a", 1, 5, foreign("the server can resume"), NOW))
    end = AttemptEnd(AttemptOutcome.SUCCEEDED)
    await store.write(lambda tx: tx.attempts.end("one", "a", 1, end, DONE, Progress(9, 9), NOW + 1))
    operation = await store.read(lambda tx: tx.operations.require("one"))
    assert (operation.state, operation.result, operation.owner_id) == (STATE.COMPLETED, "done", None)
    assert operation.progress.done == 9
    (attempt,) = await store.read(lambda tx: tx.attempts.of("one"))
    assert (attempt.outcome, attempt.resumed_from, attempt.ended_at) == (AttemptOutcome.SUCCEEDED, 5, NOW + 1)
    kinds = [event.kind for event in await store.read(lambda tx: tx.events.since(0))]
    assert kinds[0] == "operation_added"
    assert kinds[-1] == "attempt_succeeded"
    again = await store.write(lambda tx: tx.claims.begin_or_take(NewOperation("work", {}, id="one"), "b", 3, 5, NOW))
    assert again.is_done
    assert again.operation.result == "done"


async def test_a_stale_owner_changes_nothing(store: Store) -> None:
    """Once the operation has passed to another owner, its former one is refused."""
    await store.write(lambda tx: begun(tx, "one", "stale"))
    assert await store.write(lambda tx: tx.owners.sweep(NOW + LEASE_S + 1)) == 1
    left = await store.read(lambda tx: tx.operations.require("one"))
    assert (left.state, left.owner_id) == (STATE.INTERRUPTED, None)
    taken = await store.write(lambda tx: tx.claims.take_interrupted("work", "fresh", 5, NOW + 20))
    assert taken is not None
    seen = await store.read(lambda tx: (tx.operations.require("one"), tx.attempts.of("one"), tx.events.last_seq()))
    end = AttemptEnd(AttemptOutcome.SUCCEEDED)
    for late in (
        lambda tx: tx.attempts.begin("one", "stale", 3, NOW + 30),
        lambda tx: tx.attempts.end("one", "stale", 1, end, DONE, Progress(9), NOW + 30),
        lambda tx: tx.operations.settle("one", "stale", INTERRUPTED, NOW + 30),
        lambda tx: tx.commands.settle("one", "stale", INTERRUPTED, NOW + 30),
    ):
        with pytest.raises(OwnershipLostError):
            await store.write(late)
    assert await store.write(lambda tx: tx.progress.save({"one": Progress(5)}, "stale")) == {"one"}
    assert seen == await store.read(
        lambda tx: (tx.operations.require("one"), tx.attempts.of("one"), tx.events.last_seq())
    )


async def test_who_is_alive_or_was_stopped_is_not_taken_over(store: Store) -> None:
    """A live owner keeps its work; what was paused waits to be resumed."""
    new = NewOperation("work", {}, id="one")
    me = this_process("program", NOW)
    await store.write(lambda tx: tx.owners.register(me))
    await store.write(lambda tx: tx.claims.begin(new, me.id, 3, NOW))
    with pytest.raises(OperationHeldError):
        await store.write(lambda tx: tx.claims.begin_or_take(new, "b", 3, 5, NOW))
    await store.write(lambda tx: tx.operations.settle("one", me.id, PAUSED, NOW))
    with pytest.raises(OperationStoppedError):
        await store.write(lambda tx: tx.claims.begin_or_take(new, "b", 3, 5, NOW))
    with pytest.raises(RecoveryStateError):
        await store.write(lambda tx: tx.claims.begin_or_take(replace(new, function="other"), "b", 3, 5, NOW))


async def test_a_key_belongs_to_one_unfinished_operation(store: Store) -> None:
    """Until it has ended; and only with something to show for it."""
    await store.write(lambda tx: begun(tx, "one", "a", key="/models/m"))
    with pytest.raises(ExclusiveKeyError) as refusal:
        await store.write(
            lambda tx: tx.operations.insert(NewOperation("work", {}, exclusive_key="/models/m", id="two"), NOW)
        )
    assert refusal.value.holder_id == "one"
    await store.write(lambda tx: tx.operations.settle("one", "a", DONE, NOW))
    assert await store.read(lambda tx: tx.operations.by_key("/models/m")) is None


async def test_an_owner_that_retires_interrupts_its_work(store: Store) -> None:
    """And is gone from the list."""
    await store.write(lambda tx: begun(tx, "one", "a"))
    assert await store.read(lambda tx: tx.operations.held_by(["a"])) == [("one", "a")]
    assert [each.id for each in await store.read(lambda tx: tx.owners.alive(NOW))] == ["a"]
    await store.write(lambda tx: tx.owners.retire("a", NOW))
    assert await store.read(lambda tx: tx.owners.every()) == {}
    (attempt,) = await store.read(lambda tx: tx.attempts.of("one"))
    assert attempt.outcome is AttemptOutcome.INTERRUPTED
    assert (await store.read(lambda tx: tx.operations.require("one"))).state in RESUMABLE


async def test_what_keeps_losing_its_owner_fails(store: Store) -> None:
    """After as many losses as are allowed without progress."""
    await store.write(lambda tx: begun(tx, "one", "0"))
    for n in range(1, 4):
        at = NOW + 100 * n
        await store.write(lambda tx, at=at: tx.owners.sweep(at))  # type: ignore[misc]
        taken = await store.write(lambda tx, n=n, at=at: tx.claims.take_interrupted("work", str(n), 2, at))  # type: ignore[misc]
        assert (taken is None) == (n == 3)
        await store.write(lambda tx, n=n, at=at: tx.owners.heartbeat(owner(str(n)), at + LEASE_S))  # type: ignore[misc]
    assert (await store.read(lambda tx: tx.operations.require("one"))).state is STATE.FAILED


async def test_the_queue_has_an_order(store: Store) -> None:
    """Priority first, then position; a move is a transaction; limits skip without losing a place."""

    def fill(tx: Transaction) -> None:
        for name in "abcd":
            scope = "busy" if name in "ab" else None
            tx.operations.insert(NewOperation("work", {}, scope=scope, id=name), NOW)

    await store.write(fill)
    assert await store.write(lambda tx: tx.queue.move(["c"], Move.FRONT, "window", NOW)) == ("c",)
    assert await store.write(lambda tx: tx.queue.prioritise(["d"], Priority.HIGH, "window", NOW)) == ("d",)
    assert [turn.id for turn in await store.read(lambda tx: tx.queue.order())] == ["d", "c", "a", "b"]
    assert await store.read(lambda tx: tx.queue.next_queued(["other"])) is None
    assert await store.read(lambda tx: tx.queue.next_queued(["work"], but=["d"])) == "c"
    limits = QueueLimits(9, per_scope=1)
    taken = [await store.write(lambda tx: tx.queue.claim_next(["work"], "me", NOW, (), limits)) for _ in range(4)]
    assert [None if each is None else each.id for each in taken] == ["d", "c", "a", None]


async def test_commands_are_answered_once(store: Store) -> None:
    """By who obeys them; a later answer changes nothing."""
    await store.write(lambda tx: tx.operations.insert(NewOperation("work", {}, id="one"), NOW))
    asked = await store.write(lambda tx: tx.commands.ask("one", CommandKind.PAUSE, "window", NOW))
    (command,) = await store.read(lambda tx: tx.commands.pending())
    assert command.id == asked
    assert await store.read(lambda tx: tx.commands.stop_asked("one")) is CommandKind.PAUSE
    assert await store.write(lambda tx: tx.commands.obey_unowned(command, NOW)) is CommandState.DONE
    assert (await store.read(lambda tx: tx.operations.require("one"))).state is STATE.PAUSED
    before = await store.read(lambda tx: tx.commands.get(asked))
    assert await store.write(lambda tx: tx.commands.obey_unowned(command, NOW)) is CommandState.DONE
    assert await store.read(lambda tx: tx.commands.get(asked)) == before
    assert await store.read(lambda tx: tx.commands.all_latest_pending()) == {}


async def test_a_running_operation_hears_of_a_command(store: Store) -> None:
    """Its owner answers by stopping; no other process may obey for it."""
    await store.write(lambda tx: begun(tx, "one", "a"))
    await store.write(lambda tx: tx.commands.ask("one", CommandKind.PAUSE, "window", NOW))
    (command,) = await store.read(lambda tx: tx.commands.pending())
    assert await store.write(lambda tx: tx.commands.obey_unowned(command, NOW)) is CommandState.PENDING
    await store.write(lambda tx: tx.commands.settle("one", "a", PAUSED, NOW))
    answered = await store.read(lambda tx: tx.commands.get(command.id))
    assert answered is not None
    assert answered.state is CommandState.DONE
