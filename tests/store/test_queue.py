"""The order of the queue in the store, and how operations move in it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from launcher_gui.recovery.operation import CommandKind, CommandState, NewOperation, OperationState, Priority
from launcher_gui.recovery.rules.queue_order import Move, QueueLimits
from launcher_gui.recovery.store.records import CANCELLED, IGNORE_SCHEDULE, INTERRUPTED, PAUSED, StateChange
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.text.message import foreign
from tests.store.processes import programs

NOW = 1_700_000_000.0

CLAIM = """
import sys
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.rules.queue_order import QueueLimits
store = SQLitePersistence(sys.argv[1])
session = store.connect()
print("ready", flush=True)
input()
terms = QueueLimits(100, per_scope=2)
while True:
    got = session.write(lambda tx: tx.queue.claim_next(["work"], "owner-" + sys.argv[2], 1.0, (), terms))
    if got is None:
        break
    print(got.scope, flush=True)
print("", flush=True)
"""


async def line_of(store: SQLitePersistence) -> str:
    """Return the queued operations, the next one first."""
    return "".join(turn.id for turn in await store.read(lambda tx: tx.queue.order()))


async def put(store: SQLitePersistence, ids: str, scope: str | None = None) -> None:
    """Queue an operation for each letter of ``ids``, at the same moment."""
    for each in ids:
        await store.write(lambda tx: tx.operations.insert(NewOperation("work", {}, scope=scope, id=each), NOW))


async def take(store: SQLitePersistence, terms: QueueLimits) -> str | None:
    """Claim the next operation on ``terms`` and return it."""
    claimed = await store.write(lambda tx: tx.queue.claim_next(["work"], "owner-1", NOW, (), terms))
    return None if claimed is None else claimed.id


async def test_what_is_added_at_the_same_moment_keeps_its_order(store: SQLitePersistence) -> None:
    """A list of downloads keeps its order, whatever the ids."""
    await put(store, "dacb")
    assert await line_of(store) == "dacb"


async def test_a_clock_that_was_set_back_puts_nobody_in_front(store: SQLitePersistence) -> None:
    """The last one added is last, also after the clock was set back."""
    await put(store, "a")
    await store.write(lambda tx: tx.operations.insert(NewOperation("work", {}, id="b"), NOW - 86_400))
    assert await line_of(store) == "ab"


@pytest.mark.parametrize(
    ("ids", "where", "before", "line"),
    [
        ("d", Move.FRONT, None, "dabc"),
        ("ab", Move.BACK, None, "cdab"),
        ("cd", Move.UP, None, "acdb"),
        ("a", Move.DOWN, None, "bacd"),
        ("d", Move.BEFORE, "b", "adbc"),
        ("a", Move.BEFORE, "nobody", "bcda"),
    ],
)
async def test_a_person_moves_what_is_queued(
    store: SQLitePersistence, ids: str, where: Move, before: str | None, line: str
) -> None:
    """Moves change the order, with an event for each moved operation that names the requester."""
    await put(store, "abcd")
    seq = await store.read(lambda tx: tx.events.last_seq())
    assert await store.write(lambda tx: tx.queue.move(set(ids), where, "window", NOW, before)) == tuple(sorted(ids))
    assert await line_of(store) == line
    told = await store.read(lambda tx: tx.events.since(seq))
    assert [(e.operation_id, e.kind, e.data) for e in told] == [
        (each, "operation_moved", {"move": where, "by": "window"}) for each in ids
    ]
    for each in ids:
        moved = await store.read(lambda tx: tx.operations.require(each))
        assert (moved.version, moved.updated_at) == (2, NOW)


async def test_a_move_that_changes_nothing_is_no_event(store: SQLitePersistence) -> None:
    """Moving the first to the front, or an operation that is not queued, adds no event."""
    await put(store, "abc")
    await store.write(lambda tx: tx.operations.rest("c", PAUSED, NOW))
    seq = await store.read(lambda tx: tx.events.last_seq())
    assert await store.write(lambda tx: tx.queue.move({"a"}, Move.FRONT, "window", NOW)) == ("a",)
    assert await store.write(lambda tx: tx.queue.move({"c", "nobody"}, Move.FRONT, "window", NOW)) == ()
    assert await store.read(lambda tx: tx.events.last_seq()) == seq


async def test_priority_comes_before_place(store: SQLitePersistence) -> None:
    """A changed priority puts an operation last among its equals, and moves apply within a priority."""
    await put(store, "abcdef")
    await store.write(lambda tx: tx.queue.prioritise({"e", "c"}, Priority.HIGH, "window", NOW))
    await store.write(lambda tx: tx.queue.prioritise({"a"}, Priority.LOW, "window", NOW))
    assert await line_of(store) == "cebdfa"
    await put(store, "g")
    await store.write(lambda tx: tx.queue.move({"e", "g", "a"}, Move.FRONT, "window", NOW))
    assert await line_of(store) == "ecgbdfa"


async def test_what_is_dragged_takes_the_priority_of_where_it_is_put(store: SQLitePersistence) -> None:
    """A row dropped above another one takes its priority and comes before it."""
    await put(store, "abcd")
    await store.write(lambda tx: tx.queue.prioritise({"d"}, Priority.HIGH, "window", NOW))
    await store.write(lambda tx: tx.queue.prioritise({"a"}, Priority.LOW, "window", NOW))
    await store.write(lambda tx: tx.queue.move({"c"}, Move.BEFORE, "window", NOW, "d"))
    await store.write(lambda tx: tx.queue.move({"b"}, Move.BEFORE, "window", NOW))
    assert [(turn.id, turn.priority) for turn in await store.read(lambda tx: tx.queue.order())] == [
        ("c", Priority.HIGH),
        ("d", Priority.HIGH),
        ("a", Priority.LOW),
        ("b", Priority.LOW),
    ]


async def test_priority_outlives_a_rest(store: SQLitePersistence) -> None:
    """A paused operation keeps its position and can get a priority; a finished one cannot."""
    await put(store, "abc")
    await store.write(lambda tx: tx.operations.rest("b", PAUSED, NOW))
    assert await line_of(store) == "ac"
    await store.write(lambda tx: tx.operations.queue("b", NOW + 100, foreign("resumed")))
    assert await line_of(store) == "abc"
    await store.write(lambda tx: tx.operations.rest("c", CANCELLED, NOW))
    assert await store.write(lambda tx: tx.queue.prioritise({"c"}, Priority.HIGH, "window", NOW)) == ("c",)
    await store.write(lambda tx: tx.operations.queue("c", NOW, foreign("resumed")))
    assert await line_of(store) == "cab"
    await store.write(lambda tx: tx.operations.claim("c", "owner-1", NOW))
    await store.write(lambda tx: tx.operations.settle("c", "owner-1", StateChange(OperationState.COMPLETED), NOW))
    assert await store.write(lambda tx: tx.queue.prioritise({"c"}, Priority.LOW, "window", NOW)) == ()


async def test_a_queue_without_room_is_spread_out(store: SQLitePersistence) -> None:
    """Repeated moves into one gap renumber the queue with events and keep the order."""
    await put(store, "abc")
    for _ in range(60):
        line = await line_of(store)
        await store.write(lambda tx: tx.queue.move({line[2]}, Move.UP, "window", NOW))
        assert await line_of(store) == line[0] + line[2] + line[1]
    told = Counter(event.operation_id for event in await store.read(lambda tx: tx.events.since(0)))
    assert told["a"] > 1  # it was never moved itself


@pytest.mark.parametrize("ignores_schedule", [False, True])
async def test_retry_now_makes_it_the_next(store: SQLitePersistence, ignores_schedule: bool) -> None:
    """Retry now makes an operation the next, outside the schedule too, and the answer says so."""
    await put(store, "abc")
    asked = await store.write(
        lambda tx: tx.commands.ask("c", CommandKind.RETRY, "window", NOW, {IGNORE_SCHEDULE: ignores_schedule})
    )
    command = await store.read(lambda tx: tx.commands.get(asked))
    assert command is not None
    assert await store.write(lambda tx: tx.commands.obey_unowned(command, NOW)) is CommandState.DONE
    assert await line_of(store) == "cab"
    answered = await store.read(lambda tx: tx.commands.get(asked))
    assert answered is not None
    assert str(answered.answer) == ("done; ignores the schedule" if ignores_schedule else "done")
    assert await take(store, QueueLimits(1, closed=foreign("waits"))) == ("c" if ignores_schedule else None)


async def test_nothing_is_begun_outside_the_hours(store: SQLitePersistence) -> None:
    """Outside the schedule only operations that the user resumed for any hour begin."""
    await put(store, "ab")
    await store.write(lambda tx: tx.operations.rest("b", PAUSED, NOW))
    await store.write(lambda tx: tx.operations.queue("b", NOW, foreign("resumed by you"), ignores_schedule=True))
    closed = QueueLimits(1, closed=foreign("waiting until 22:00"))
    assert await take(store, closed) == "b"
    await store.write(lambda tx: tx.operations.settle("b", "owner-1", INTERRUPTED, NOW))
    await store.write(lambda tx: tx.operations.queue("b", NOW, foreign("resumed at the program's start")))
    assert await take(store, closed) == "b"
    assert await take(store, closed) is None
    assert await take(store, QueueLimits(1)) == "a"


async def test_a_host_at_its_limit_is_passed_over(store: SQLitePersistence) -> None:
    """A host at its limit is skipped, and its operation is first when a slot is free."""
    await put(store, "abc", "here.test")
    await put(store, "d", "there.test")
    await put(store, "e")
    terms = QueueLimits(9, per_scope=1)
    assert [await take(store, terms) for _ in range(4)] == ["a", "d", "e", None]
    await store.write(
        lambda tx: tx.operations.settle("a", "owner-1", StateChange(OperationState.WAITING, retry_at=9.0), NOW)
    )
    assert await take(store, terms) is None  # it goes on by itself, without asking again
    await store.write(lambda tx: tx.operations.settle("a", "owner-1", StateChange(OperationState.COMPLETED), NOW))
    assert [await take(store, terms) for _ in range(2)] == ["b", None]
    assert await take(store, QueueLimits(9, per_scope=2)) == "c"


async def test_the_steps_of_what_runs_are_not_counted_for_themselves(store: SQLitePersistence) -> None:
    """A project and its steps on one host count once."""
    await put(store, "ab", "here.test")
    terms = QueueLimits(9, per_scope=2)
    assert await take(store, terms) == "a"
    step = NewOperation("fetch", {}, scope="here.test", id="a-step", parent_id="a")
    await store.write(lambda tx: tx.claims.insert_claimed(step, "owner-1", NOW))
    assert await take(store, terms) == "b"


def test_the_limit_of_a_host_holds_across_processes(path: Path) -> None:
    """Processes that claim simultaneously stay within two for each host."""
    store = SQLitePersistence(path)
    session = store.connect()
    for number in range(30):
        new = NewOperation("work", {}, scope=f"host-{number % 3}", id=f"{number:03}")
        session.write(lambda tx, new=new: tx.operations.insert(new, NOW))  # type: ignore[misc]
    taken: Counter[str] = Counter()
    with programs(CLAIM, 3, path) as claiming:
        for program in claiming:
            assert program.says() == "ready"
        for program in claiming:
            program.tell()
        for program in claiming:
            while said := program.says():
                taken[said] += 1
    session.close()
    assert taken == {"host-0": 2, "host-1": 2, "host-2": 2}


def test_claims_and_commands_go_by_an_index(path: Path) -> None:
    """Finding the next operation or its commands needs no sort and no table scan."""
    store = SQLitePersistence(path)
    session = store.connect()
    plans: list[str] = []

    def explained(statement: str) -> None:
        if statement.startswith("SELECT"):
            rows = second.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
            plans.append("; ".join(str(row[3]) for row in rows))

    second = sqlite3.connect(path)
    session.tx.db.set_trace_callback(explained)
    for terms in (QueueLimits(1), QueueLimits(1, per_scope=3, closed=foreign("waits"))):
        session.read(lambda tx, terms=terms: tx.queue.next_queued(["work"], ["a"], terms))  # type: ignore[misc]
    session.read(lambda tx: tx.commands.among(["a"]))
    session.tx.db.set_trace_callback(None)
    second.close()
    session.close()
    chosen = [plan for plan in plans if "sqlite_schema" not in plan and plan != "SCAN CONSTANT ROW"]
    simple, bounded, asked = chosen
    assert simple == "SCAN operations USING COVERING INDEX queue"
    assert bounded.startswith("SCAN operations USING COVERING INDEX queue")
    assert "SCAN operations" not in bounded.removeprefix("SCAN operations USING COVERING INDEX queue")
    assert "commands USING INDEX commands_by_operation" in asked
