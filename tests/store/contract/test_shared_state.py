"""What processes share beside their work: breakers, budgets, progress, events, and the history's limits."""

from __future__ import annotations

from launcher_gui.recovery.operation import NewOperation, Progress
from launcher_gui.recovery.rules.breaker import BreakerPolicy, BreakerState
from launcher_gui.recovery.store.ports import Store, Transaction
from launcher_gui.recovery.store.records import CANCELLED
from launcher_gui.text.message import foreign

POLICY = BreakerPolicy(2, 30.0)


async def test_a_breaker_opens_for_all(store: Store) -> None:
    """Failures are counted, the change is told, and a person's word counts more."""
    for n in range(2):
        admission, _ = await store.write(lambda tx: tx.breakers.admit("host", POLICY, 1.0))
        assert admission.admitted
        ticket = admission.ticket
        change = await store.write(lambda tx: tx.breakers.record("host", POLICY, ticket, 1.0, foreign("reset"), 0.1))
        assert change.after.state is (BreakerState.OPEN if n else BreakerState.CLOSED)
    refused, change = await store.write(lambda tx: tx.breakers.admit("host", POLICY, 2.0))
    assert not refused.admitted
    assert change.before == change.after
    assert (await store.write(lambda tx: tx.breakers.isolate("host", 3.0, "window"))).after.state is (
        BreakerState.ISOLATED
    )
    reset = await store.write(lambda tx: tx.breakers.reset("host", 4.0, "window"))
    assert reset is not None
    assert await store.read(lambda tx: tx.breakers.every()) == [reset.after]
    assert await store.write(lambda tx: tx.breakers.reset("unknown", 4.0)) is None
    assert (await store.read(lambda tx: tx.breakers.get("unknown"))).state is BreakerState.CLOSED
    kinds = [event.kind for event in await store.read(lambda tx: tx.events.since(0))]
    assert kinds == ["breaker_open", "breaker_isolated", "breaker_closed"]


async def test_a_budget_is_spent_by_all(store: Store) -> None:
    """What is refunded can be spent again; more than its capacity never."""
    spend = [await store.write(lambda tx: tx.budgets.spend("host", 20, 10)) for _ in range(3)]
    assert spend == [True, True, False]
    await store.write(lambda tx: tx.budgets.refund("host", 10))
    assert await store.write(lambda tx: tx.budgets.spend("host", 20, 10))
    assert not await store.write(lambda tx: tx.budgets.spend("host", 20, 10))


async def test_progress_follows_a_tick(store: Store) -> None:
    """A reader sees each operation that moved since its last look, with the newest progress."""

    def add(tx: Transaction) -> None:
        for name in "ab":
            tx.operations.insert(NewOperation("work", {}, id=name), 1.0)

    await store.write(add)
    await store.write(lambda tx: tx.progress.save({"a": Progress(1, 9), "b": Progress(1), "gone": Progress(1)}))
    first, tick = await store.read(lambda tx: tx.progress.since(0))
    assert first == {"a": Progress(1, 9), "b": Progress(1)}
    await store.write(lambda tx: tx.progress.save({"b": Progress(2, phase="check")}))
    second, newest = await store.read(lambda tx: tx.progress.since(tick))
    assert second == {"b": Progress(2, phase="check")}
    assert newest == await store.read(lambda tx: tx.progress.last_tick()) > tick


async def test_old_history_goes_and_the_order_stays(store: Store) -> None:
    """Events about unfinished operations are kept, and numbers are never used again."""

    def fill(tx: Transaction) -> None:
        for name in ("ended", "waiting"):
            tx.operations.insert(NewOperation("work", {}, id=name), 1.0)
        tx.operations.rest("ended", CANCELLED, 2.0)

    await store.write(fill)
    assert await store.write(lambda tx: tx.history.take_turn(10.0, 60.0))
    assert not await store.write(lambda tx: tx.history.take_turn(20.0, 60.0))
    after: int | None = 0
    while after is not None:
        after = await store.write(lambda tx, at=after: tx.history.trim_events(at, 5.0))  # type: ignore[misc]
    kept = await store.read(lambda tx: tx.events.since(0))
    assert {event.operation_id for event in kept} == {"waiting"}
    assert await store.read(lambda tx: tx.events.trimmed()) == 3
    await store.write(lambda tx: tx.events.append(9.0, "told", "waiting"))
    assert await store.read(lambda tx: tx.events.last_seq()) == 4
    assert await store.read(lambda tx: tx.history.used_bytes()) > 0


async def test_events_are_found_by_what_they_are_about(store: Store) -> None:
    """The newest ones, in order."""

    def fill(tx: Transaction) -> None:
        for n in range(4):
            tx.events.append(float(n), "even" if n % 2 == 0 else "odd", "ab"[n % 2], n=n)

    await store.write(fill)
    assert [e.data["n"] for e in await store.read(lambda tx: tx.events.newest(["even"], 5))] == [0, 2]
    assert [e.data["n"] for e in await store.read(lambda tx: tx.events.newest_about({"b"}, 0, 1))] == [3]
    assert [e.data["n"] for e in await store.read(lambda tx: tx.events.newest_about(None, 2, 9))] == [2, 3]
    assert [e.data["n"] for e in await store.read(lambda tx: tx.events.of_kind("odd"))] == [1, 3]
    by_operation = await store.read(lambda tx: tx.events.newest_by_operation(["a", "c"], 1))
    assert {name: [e.data["n"] for e in told] for name, told in by_operation.items()} == {"a": [2], "c": []}
    latest = await store.read(lambda tx: tx.events.latest("odd", "b"))
    assert latest is not None
    assert latest.data == {"n": 3}
