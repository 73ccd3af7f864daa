"""Retried work with SQLAlchemy's async sessions leaves exactly the right rows in a real SQLite file."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import exc, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from launcher_gui.recovery import InvalidInputError, recoverable
from launcher_gui.recovery.adapters.sqlalchemy import SQLAlchemyErrorClassifier, rolls_back
from launcher_gui.recovery.hooks import AttemptFailed, Fact
from tests.support.servers import shop as shops
from tests.support.servers.shop import Line, Order, Shop, buying


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten all waits."""
    monkeypatch.setenv("RECOVERY_INITIAL_DELAY", "0.001")
    monkeypatch.setenv("RECOVERY_MAX_DELAY", "0.01")


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    """Return a shop without orders."""
    async with shops.opened(tmp_path / "shop.sqlite3") as shop:
        yield shop


class Failures:
    """A hook that stores failures, and acts on them.

    Args:
        remedy: What to do after each failed attempt.
    """

    def __init__(self, remedy: Callable[[], object] = lambda: None) -> None:
        self.reasons: list[str] = []
        self._remedy = remedy

    def __call__(self, fact: Fact, /) -> None:
        """Store the reason, then act."""
        if isinstance(fact, AttemptFailed):
            self.reasons.append(str(fact.failure.reason))
            self._remedy()


def trouble(times: int) -> Callable[[], None]:
    """Return a function that raises several connection errors, then nothing."""
    left = [ConnectionResetError("lost")] * times

    def strike() -> None:
        if left:
            raise left.pop()

    return strike


@pytest.mark.parametrize("times", [0, 1, 3])
async def test_what_was_flushed_is_undone(shop: Shop, times: int) -> None:
    """However often a transaction fails, each row exists once."""
    strike = trouble(times)

    @recoverable(max_retries=3)
    @rolls_back
    async def buy(session: AsyncSession, customer: str) -> int:
        order = buying(session, customer)
        await session.flush()
        session.add(Line(order_id=order.id, article="tea"))
        await session.flush()
        strike()
        await session.commit()
        return times

    async with shop.session() as session:
        assert await buy(session, "ann") == times
    assert shop.rows() == [("ann", "tea")]
    assert shop.orphans() == 0


async def test_what_was_only_added_is_forgotten(shop: Shop) -> None:
    """An unflushed object of a failed attempt is not written by the next one."""
    strike, names = trouble(2), iter(["one", "two", "three"])

    @recoverable(max_retries=3)
    @rolls_back
    async def buy(session: AsyncSession) -> None:
        buying(session, next(names))
        strike()
        await session.commit()

    async with shop.session() as session:
        await buy(session)
    assert shop.rows() == [("three", None)]


async def test_nothing_is_left_when_all_attempts_fail(shop: Shop) -> None:
    """After the last failure there is an error, no row, and a usable session."""

    @recoverable(max_retries=2)
    @rolls_back
    async def buy(session: AsyncSession) -> None:
        buying(session, "ann")
        await session.flush()
        raise ConnectionResetError("lost")

    async with shop.session() as session:
        with pytest.raises(ConnectionResetError):
            await buy(session)
        assert (session.in_transaction(), list(session.new)) == (False, [])
        buying(session, "bob")
        await session.commit()
    assert shop.rows() == [("bob", None)]


async def test_the_contract_s_transaction(shop: Shop) -> None:
    """A function with its own transaction block writes its rows once."""
    strike = trouble(2)

    async def create_record(session: AsyncSession, data: dict[str, Any]) -> Order:
        order = buying(session, data["customer"])
        await session.flush()
        return order

    async def update_related_records(session: AsyncSession, order_id: int) -> None:
        session.add(Line(order_id=order_id, article="tea"))
        await session.flush()
        strike()

    @recoverable(max_retries=3)
    @rolls_back
    async def database_operation_with_recovery(session: AsyncSession, data: dict[str, Any]) -> Order:
        async with session.begin():
            record = await create_record(session, data)
            await update_related_records(session, record.id)
            return record

    async with shop.session() as session:
        await database_operation_with_recovery(session, {"customer": "ann"})
    assert shop.rows() == [("ann", "tea")]


async def test_a_locked_database_is_waited_for(shop: Shop) -> None:
    """Attempts fail while another process writes, then the rows are written once."""
    holder = shop.somebody_else()
    holder.execute("BEGIN IMMEDIATE")
    failures = Failures(remedy=lambda: holder.execute("COMMIT") if len(failures.reasons) == 2 else None)

    @recoverable(max_retries=3, classifier=SQLAlchemyErrorClassifier(), hooks=(failures,))
    @rolls_back
    async def buy(session: AsyncSession) -> None:
        buying(session, "ann")
        await session.commit()

    async with shop.session() as session:
        await buy(session)
    holder.close()
    assert failures.reasons == ["the database is locked"] * 2
    assert shop.rows() == [("ann", None)]


async def test_a_commit_that_fails_is_made_again(shop: Shop) -> None:
    """A commit that a reader blocks fails; the next attempt writes all rows once."""
    reader = shop.somebody_else()
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM orders").fetchall()
    failures, flushed = Failures(remedy=reader.close), list[int]()

    @recoverable(max_retries=3, classifier=SQLAlchemyErrorClassifier(), hooks=(failures,))
    @rolls_back
    async def buy(session: AsyncSession) -> None:
        order = buying(session, "ann")
        await session.flush()
        session.add(Line(order_id=order.id, article="tea"))
        await session.flush()
        flushed.append(order.id)
        await session.commit()

    async with shop.session() as session:
        await buy(session)
    assert len(flushed) == 2  # it was the commit that failed
    assert failures.reasons == ["the database is locked"]
    assert shop.rows() == [("ann", "tea")]


async def test_a_commit_that_a_constraint_refuses_is_not_made_again(shop: Shop) -> None:
    """A constraint violation at commit means one attempt and no row."""
    failures = Failures()

    @recoverable(max_retries=3, classifier=SQLAlchemyErrorClassifier(), hooks=(failures,))
    @rolls_back
    async def buy(session: AsyncSession) -> None:
        buying(session, "ann")
        session.add(Line(order_id=4711, article="tea"))
        await session.flush()
        await session.commit()

    async with shop.session() as session:
        with pytest.raises(exc.IntegrityError):
            await buy(session)
    assert failures.reasons == ["a database constraint was violated"]
    assert (shop.rows(), shop.orphans()) == ([], 0)


async def test_who_is_cancelled_leaves_nothing(shop: Shop) -> None:
    """Cancelling within a transaction leaves no row, no lock, and a clean session."""
    flushed = asyncio.Event()

    @recoverable(max_retries=3)
    @rolls_back
    async def buy(session: AsyncSession) -> None:
        buying(session, "ann")
        await session.flush()
        flushed.set()
        await asyncio.Event().wait()

    async with shop.session() as session:
        work = asyncio.create_task(buy(session))
        await flushed.wait()
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        assert not session.in_transaction()
        other = shop.somebody_else()
        other.execute("INSERT INTO orders (customer, version) VALUES ('bob', 1)")
        other.close()
    assert shop.rows() == [("bob", None)]


async def test_who_is_cancelled_within_a_statement_leaves_nothing(shop: Shop) -> None:
    """Cancelling within a statement leaves no row, no lock, and a usable session."""
    at_work, may_end, loop = asyncio.Event(), threading.Event(), asyncio.get_running_loop()

    def pause() -> bool:
        loop.call_soon_threadsafe(at_work.set)
        return may_end.wait(10)

    @recoverable(max_retries=3)
    @rolls_back
    async def buy(session: AsyncSession) -> None:
        driver = await _driver(session)
        await driver.create_function("pause", 0, pause)
        buying(session, "ann")
        await session.flush()
        await session.execute(text("SELECT pause()"))

    async with shop.session() as session:
        work = asyncio.create_task(buy(session))
        await at_work.wait()
        work.cancel()
        loop.call_later(0.01, may_end.set)
        with pytest.raises(asyncio.CancelledError):
            await work
        buying(session, "bob")
        await session.commit()
    assert shop.rows() == [("bob", None)]


async def test_who_is_cancelled_again_while_rolling_back_leaves_nothing(shop: Shop) -> None:
    """Further cancellations do not interrupt the rollback of any session."""
    flushed = asyncio.Event()

    @rolls_back
    async def buy(first: AsyncSession, second: AsyncSession) -> None:
        buying(first, "ann")
        await first.flush()
        await second.scalars(select(Order))
        flushed.set()
        await asyncio.Event().wait()

    async with shop.session() as first, shop.session() as second:
        work = asyncio.create_task(buy(first, second))
        await flushed.wait()
        for _ in range(3):
            work.cancel()
            await asyncio.sleep(0)
        with pytest.raises(asyncio.CancelledError):
            await work
        assert (first.in_transaction(), second.in_transaction()) == (False, False)
    assert shop.rows() == []


async def test_an_attempt_that_times_out_is_undone(shop: Shop) -> None:
    """Writes of a timed-out attempt are not duplicated by the next."""
    calls: list[str] = []

    @recoverable(max_retries=1, timeout=0.5)
    @rolls_back
    async def buy(session: AsyncSession) -> None:
        buying(session, "ann")
        await session.flush()
        calls.append("flushed")
        if len(calls) == 1:
            await asyncio.Event().wait()
        await session.commit()

    async with shop.session() as session:
        await buy(session)
    assert (len(calls), shop.rows()) == (2, [("ann", None)])


async def test_every_session_is_rolled_back(shop: Shop) -> None:
    """All sessions, positional or by name, are rolled back after a failure."""
    strike = trouble(1)

    @recoverable(max_retries=1)
    @rolls_back
    async def buy(first: AsyncSession, *, second: AsyncSession) -> None:
        buying(first, "ann")
        buying(second, "bob")
        strike()
        await first.commit()
        await second.commit()

    async with shop.session() as first, shop.session() as second:
        await buy(first, second=second)
    assert shop.rows() == [("ann", None), ("bob", None)]


async def test_a_lost_connection_is_replaced(shop: Shop) -> None:
    """After a lost connection the next attempt uses another, and rows exist once."""
    failures, calls = Failures(), list[int]()

    @recoverable(max_retries=1, classifier=SQLAlchemyErrorClassifier(), hooks=(failures,))
    @rolls_back
    async def buy(session: AsyncSession) -> None:
        calls.append(1)
        buying(session, "ann")
        await session.flush()
        if len(calls) == 1:
            await (await _driver(session)).close()  # as a server that goes away does
        session.add(Line(order_id=1, article="tea"))
        await session.commit()

    async with shop.session() as session:
        await buy(session)
    assert failures.reasons == ["the connection to the database was lost"]
    assert shop.rows() == [("ann", "tea")]


async def broken(self: AsyncSession) -> None:
    """Fail to roll back."""
    raise sqlite3.OperationalError("disk I/O error")


async def silent(self: AsyncSession) -> None:
    """Wait for a server that does not answer, then time out, as drivers do."""
    async with asyncio.timeout(0.01):
        await asyncio.Event().wait()


@pytest.mark.parametrize(("rollback", "why"), [(broken, "OperationalError"), (silent, "TimeoutError")])
async def test_a_rollback_that_fails_costs_the_connection(
    shop: Shop,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    rollback: Callable[[AsyncSession], Awaitable[None]],
    why: str,
) -> None:
    """A failed rollback is logged, closes its connection, and keeps the function's error."""

    @rolls_back
    async def buy(session: AsyncSession) -> None:
        buying(session, "ann")
        await session.flush()
        raise ConnectionResetError("lost")

    async with shop.session() as session:
        monkeypatch.setattr(AsyncSession, "rollback", rollback)
        with pytest.raises(ConnectionResetError):
            await asyncio.wait_for(buy(session), 10)
        assert not session.in_transaction()
        other = shop.somebody_else()
        other.execute("INSERT INTO orders (customer, version) VALUES ('bob', 1)")
        other.close()
    assert shop.rows() == [("bob", None)]
    ours = [record for record in caplog.records if record.name.startswith("launcher_gui")]
    assert [(record.levelno, record.getMessage()) for record in ours] == [
        (logging.WARNING, f"a session could not be rolled back ({why}); its connection is closed")
    ]


async def test_a_caller_s_own_work_is_not_rolled_back(shop: Shop) -> None:
    """A session with a transaction is refused at once and keeps its work."""
    failures = Failures()

    @recoverable(max_retries=3, hooks=(failures,))
    @rolls_back
    async def buy(session: AsyncSession) -> None:
        raise AssertionError("must not be called")

    async with shop.session() as session:
        buying(session, "ann")
        with pytest.raises(InvalidInputError, match=r"is in a transaction.*Commit or roll back before the call"):
            await buy(session)
        await session.commit()
    assert len(failures.reasons) == 1
    assert shop.rows() == [("ann", None)]


async def test_a_function_without_a_session_is_refused() -> None:
    """A function without a session is refused."""

    @rolls_back
    async def buy(customer: str) -> None:
        raise AssertionError("must not be called")

    with pytest.raises(InvalidInputError, match=r"contain no AsyncSession\. Pass the session"):
        await buy("ann")


def test_what_cannot_be_decorated() -> None:
    """Synchronous and already supervised functions are refused at their definition."""

    @recoverable
    async def supervised(session: AsyncSession) -> None:
        """Do nothing."""

    def plain(session: AsyncSession) -> None:
        """Do nothing."""

    with pytest.raises(TypeError, match="put rolls_back below recoverable"):
        rolls_back(supervised)
    with pytest.raises(TypeError, match="is not async"):
        rolls_back(plain)  # type: ignore[arg-type] # that is what is tried


async def _driver(session: AsyncSession) -> Any:
    """Return the driver's connection under a session."""
    return (await (await session.connection()).get_raw_connection()).driver_connection
