"""Breakers and budgets that processes share through the store, and their replacements while it is busy."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest

from launcher_gui.recovery import CircuitBreakerOpenError, SQLitePersistence, recoverable
from launcher_gui.recovery.hooks import AttemptFailed, BreakerMoved, Fact
from launcher_gui.recovery.integration import get_recovery_integrator
from launcher_gui.recovery.rules.breaker import BreakerState
from launcher_gui.recovery.rules.retry_budget import Budget
from launcher_gui.recovery.store.tables.breakers import BreakersTable
from launcher_gui.recovery.store.tables.budgets import BudgetsTable
from launcher_gui.text.message import message
from tests.support.builders.clock import FakeClock


@pytest.fixture(autouse=True)
def _afresh() -> Any:
    """Clear this process's scopes before and after."""
    get_recovery_integrator().reset()
    yield
    get_recovery_integrator().reset()


async def test_a_breaker_is_shared_through_the_store(
    store: SQLitePersistence, path: Path, clock: FakeClock, options: dict[str, Any]
) -> None:
    """A breaker opened by one program stops calls of another, sync ones too."""

    @recoverable(**options, max_retries=0, circuit_breaker_threshold=2, circuit_breaker_scope="host")
    async def here() -> None:
        raise ConnectionError

    elsewhere = SQLitePersistence(path)

    @recoverable(persistence=elsewhere, circuit_breaker_scope="host", clock=clock)
    def there() -> None: ...

    for _ in range(2):
        with pytest.raises(ConnectionError):
            await here()
    with pytest.raises(CircuitBreakerOpenError) as held:
        there()
    assert (held.value.scope, held.value.remaining_s) == ("host", 60.0)
    elsewhere.close_blocking()


async def test_an_isolated_scope_holds_calls_back_until_it_is_reset(
    store: SQLitePersistence, options: dict[str, Any]
) -> None:
    """Isolation by the user is stored and reported as such."""

    @recoverable(**options, circuit_breaker_scope="host")
    async def work() -> str:
        return "done"

    await store.write(lambda tx: tx.breakers.isolate("host", 1.0))
    with pytest.raises(CircuitBreakerOpenError, match="until you resume them") as held:
        await work()
    assert held.value.remaining_s is None
    await store.write(lambda tx: tx.breakers.reset("host", 2.0))
    assert await work() == "done"


async def test_an_isolated_scope_is_waited_for_where_that_is_asked(
    store: SQLitePersistence, clock: FakeClock, options: dict[str, Any]
) -> None:
    """If configured, the wait lasts until the user resets the scope."""

    @recoverable(**options, circuit_breaker_scope="host", wait_for_breaker=True)
    async def work() -> str:
        return "done"

    await store.write(lambda tx: tx.breakers.isolate("host", 1.0))
    call = asyncio.ensure_future(work())
    for _ in range(5):
        await clock.advance(await clock.asleep())
    assert not call.done()
    await store.write(lambda tx: tx.breakers.reset("host", 2.0))
    assert await clock.pass_time_until(call) == "done"


async def test_a_cancelled_probe_frees_its_permit(
    store: SQLitePersistence, clock: FakeClock, options: dict[str, Any]
) -> None:
    """A cancelled probe frees its permit at once, not after its lease."""
    begun = asyncio.Event()

    @recoverable(**options, max_retries=0, circuit_breaker_threshold=1, circuit_breaker_scope="host")
    async def work(how: str) -> str:
        if how == "fail":
            raise ConnectionError
        if how == "hang":
            begun.set()
            await asyncio.Event().wait()
        return "done"

    with pytest.raises(ConnectionError):
        await work("fail")
    clock.jump(60)
    probe = asyncio.ensure_future(work("hang"))
    await begun.wait()
    with pytest.raises(CircuitBreakerOpenError):
        await work("well")
    probe.cancel()
    with pytest.raises(asyncio.CancelledError):
        await probe
    assert await work("well") == "done"
    assert (await store.read(lambda tx: tx.breakers.get("host"))).state is BreakerState.CLOSED


async def test_a_failing_share_of_all_processes_opens_it(store: SQLitePersistence, options: dict[str, Any]) -> None:
    """The window of calls is stored, so a restart continues the count."""
    rated: dict[str, Any] = {"circuit_breaker_failure_rate": 0.5, "circuit_breaker_minimum_calls": 4}

    def program() -> Any:
        @recoverable(**options, **rated, max_retries=0, circuit_breaker_scope="host")
        async def work(how: str) -> None:
            if how == "fail":
                raise ConnectionError

        return work

    for how in ("well", "fail"):
        await program()(how) if how == "well" else await _fails(program()(how))
    await program()("well")
    await _fails(program()("fail"))
    assert (await store.read(lambda tx: tx.breakers.get("host"))).state is BreakerState.OPEN


async def _fails(call: Any) -> None:
    with pytest.raises(ConnectionError):
        await call


async def test_a_retry_budget_is_shared_through_the_store(
    store: SQLitePersistence, clock: FakeClock, options: dict[str, Any]
) -> None:
    """Two functions spend one budget, and a success pays back."""
    shared = {**options, "retry_budget": 3 * 14, "circuit_breaker_scope": "host", "circuit_breaker_threshold": 99}
    made: list[str] = []

    def function(name: str) -> Any:
        @recoverable(**{**shared, "name": name})
        async def work(fails: int) -> None:
            made.append(name)
            if made.count(name) <= fails:
                raise ConnectionError

        return work

    first, second, third = function("first"), function("second"), function("third")
    await clock.pass_time_until(first(2))  # takes two retries, and pays back the last
    assert made == ["first"] * 3
    with pytest.raises(ConnectionError) as spent:
        await clock.pass_time_until(second(99))
    assert made.count("second") == 3  # the two that were left
    assert "not retried: host has been failing" in spent.value.__notes__[0]
    await clock.pass_time_until(third(0))
    assert await store.read(lambda tx: tx.db.execute("SELECT spent FROM budgets").fetchall()) == [(41,)]


async def test_guards_of_this_process_stand_in_for_those_of_a_busy_store(
    store: SQLitePersistence,
    clock: FakeClock,
    options: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """With a busy store, local breakers open and local budgets are spent."""

    def refuse(*_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    for name in ("admit", "spend", "refund"):
        monkeypatch.setattr(BreakersTable if name == "admit" else BudgetsTable, name, refuse)

    @recoverable(**options, max_retries=9, retry_budget=3 * 14, circuit_breaker_threshold=99, circuit_breaker_scope="a")
    async def poor() -> None:
        raise ConnectionError

    @recoverable(**options, max_retries=0, circuit_breaker_threshold=1, circuit_breaker_scope="b")
    async def guarded() -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError) as spent:
        await clock.pass_time_until(poor())
    assert spent.value.recovery.attempts == 4  # type: ignore[attr-defined]
    with pytest.raises(ConnectionError):
        await guarded()
    with pytest.raises(CircuitBreakerOpenError):
        await guarded()
    assert "could not be reached in the store" in caplog.text


async def test_hooks_are_told_of_a_breaker_in_the_store(options: dict[str, Any]) -> None:
    """Hooks get each change once, after the attempt's failure is recorded."""
    told: list[Fact] = []

    @recoverable(
        **options, max_retries=0, circuit_breaker_threshold=1, circuit_breaker_scope="host", hooks=(told.append,)
    )
    async def work() -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await work()
    (moved,) = [fact for fact in told if isinstance(fact, BreakerMoved)]
    assert moved == BreakerMoved("host", BreakerState.CLOSED, BreakerState.OPEN, message("connection.lost"))
    assert [type(fact) for fact in told].index(BreakerMoved) < [type(fact) for fact in told].index(AttemptFailed)


def test_functions_that_name_one_scope_share_its_breaker() -> None:
    """Without a store, functions share a breaker only by naming one scope."""

    def function(**scope: Any) -> Any:
        @recoverable(max_retries=0, circuit_breaker_threshold=1, **scope)
        def work(*, fails: bool) -> None:
            if fails:
                raise ConnectionError

        return work

    first, second = function(circuit_breaker_scope="models"), function(circuit_breaker_scope="models")
    lonely, other = function(), function()
    for opened in (first, lonely):
        with pytest.raises(ConnectionError):
            opened(fails=True)
    with pytest.raises(CircuitBreakerOpenError):
        second(fails=False)
    other(fails=False)
    integrator = get_recovery_integrator()
    assert integrator.breaker("models").state is BreakerState.OPEN
    integrator.reset_breaker("models")
    second(fails=False)
    integrator.isolate_breaker("models")
    with pytest.raises(CircuitBreakerOpenError, match="until you resume them"):
        first(fails=False)


def test_excluded_errors_do_not_count_against_the_breaker() -> None:
    """Excluded errors leave the breaker closed."""

    class OursError(ConnectionError):
        pass

    @recoverable(max_retries=0, circuit_breaker_threshold=1, circuit_breaker_excluded=(OursError,))
    def work(error: type[Exception]) -> None:
        raise error

    for error in (OursError, OursError, ConnectionError):
        with pytest.raises(error):
            work(error)
    with pytest.raises(CircuitBreakerOpenError):
        work(OursError)


def test_slow_calls_open_a_breaker(tmp_path: Path) -> None:
    """If configured, slow successes count as failures."""
    clock = FakeClock()

    @recoverable(clock=clock, circuit_breaker_slow_call=5.0, circuit_breaker_threshold=2)
    def work(takes: float) -> None:
        clock.sleep_blocking(takes)

    for _ in range(4):
        work(4)
    work(6)
    work(6)
    with pytest.raises(CircuitBreakerOpenError):
        work(4)


def test_threads_take_no_more_probes_than_there_are() -> None:
    """A half-open breaker admits one of many threads."""
    clock = FakeClock()
    inside, go_on = threading.Barrier(9), threading.Event()
    probed: list[int] = []

    @recoverable(clock=clock, max_retries=0, circuit_breaker_threshold=1)
    def work(*, fails: bool) -> None:
        if fails:
            raise ConnectionError
        probed.append(1)
        go_on.wait(10)

    with pytest.raises(ConnectionError):
        work(fails=True)
    clock.jump(60)
    refused: list[Exception] = []

    def probe() -> None:
        inside.wait()
        try:
            work(fails=False)
        except CircuitBreakerOpenError as error:
            refused.append(error)
        if len(refused) == 7:
            go_on.set()

    threads = [threading.Thread(target=probe) for _ in range(8)]
    for thread in threads:
        thread.start()
    inside.wait()
    for thread in threads:
        thread.join(10)
    assert (len(probed), len(refused)) == (1, 7)


def test_a_call_that_was_under_way_when_the_breaker_opened_ends_with_its_own_error() -> None:
    """An admitted call reports its own error and does not change the breaker."""
    inside, go_on = threading.Event(), threading.Event()

    @recoverable(max_retries=0, circuit_breaker_threshold=1)
    def work(*, late: bool) -> None:
        if late:
            inside.set()
            go_on.wait(10)
            raise TimeoutError
        raise ConnectionError

    caught: list[BaseException] = []

    def call_late() -> None:
        try:
            work(late=True)
        except Exception as error:  # noqa: BLE001 told below
            caught.append(error)

    thread = threading.Thread(target=call_late)
    thread.start()
    inside.wait(10)
    with pytest.raises(ConnectionError):
        work(late=False)
    go_on.set()
    thread.join(10)
    assert [type(error) for error in caught] == [TimeoutError]
    with pytest.raises(CircuitBreakerOpenError, match="are paused for another"):
        work(late=False)


def test_a_success_between_failures_counts_without_a_store_too() -> None:
    """A success resets consecutive failures and pays the retry back."""
    scope = "counted"

    @recoverable(max_retries=0, circuit_breaker_threshold=2, circuit_breaker_scope=scope, retry_budget=28)
    def work(*, fails: bool) -> None:
        if fails:
            raise ConnectionError

    for fails in (True, False, True, False):
        with contextlib.suppress(ConnectionError):
            work(fails=fails)
    assert get_recovery_integrator().breaker(scope).state is BreakerState.CLOSED
    get_recovery_integrator().scope(scope).keep_budget(Budget(scope, 20))
    for _ in range(5):
        work(fails=False)
    assert get_recovery_integrator().scope(scope).budget.spent == 15


@pytest.mark.parametrize("refused", ["record", "abandon", "refund"])
async def test_a_store_that_takes_no_reports_costs_no_call(
    refused: str,
    store: SQLitePersistence,
    clock: FakeClock,
    options: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Calls succeed or are cancelled as usual when the store refuses reports."""

    def refuse(*_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(BreakersTable if hasattr(BreakersTable, refused) else BudgetsTable, refused, refuse)
    begun = asyncio.Event()

    @recoverable(**options, retry_budget=100, circuit_breaker_threshold=9, circuit_breaker_scope="host")
    async def work(*, hangs: bool) -> str:
        begun.set()
        if hangs:
            await asyncio.Event().wait()
        return "done"

    assert await work(hangs=False) == "done"
    begun.clear()
    call = asyncio.ensure_future(work(hangs=True))
    await begun.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert "could not be reached in the store: " in caplog.text
    assert "failed (database is locked)" in caplog.text
