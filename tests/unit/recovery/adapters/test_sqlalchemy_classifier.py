"""The classification of SQLAlchemy errors: SQLite's by SQLite itself, those of servers made by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import exc, select, text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from launcher_gui.recovery import SQLitePersistence, recoverable
from launcher_gui.recovery.adapters.sqlalchemy import SQLAlchemyErrorClassifier, rolls_back
from launcher_gui.recovery.classification import Disposition, ErrorCategory
from tests.store.looking import only
from tests.support.servers import shop as shops
from tests.support.servers.shop import Order, Shop, buying
from tests.support.store.facts import SECRET

CLASSIFIER = SQLAlchemyErrorClassifier()

TRANSIENT, PERMANENT = Disposition.TRANSIENT, Disposition.PERMANENT

Mishap = Callable[[Shop], Awaitable[None]]


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    """Return a shop with one order, with a single connection."""
    async with shops.opened(tmp_path / "shop.sqlite3", pool_size=1, max_overflow=0, pool_timeout=0.01) as shop:
        async with shop.session() as session:
            buying(session, "ann")
            await session.commit()
        yield shop


async def same_customer(shop: Shop) -> None:
    """Violate a constraint."""
    async with shop.session() as session:
        buying(session, "ann")
        await session.commit()


async def statement(shop: Shop, sql: str) -> None:
    """Execute a statement."""
    async with shop.session() as session:
        await session.execute(text(sql))


async def no_such_table(shop: Shop) -> None:
    """Query a missing table."""
    await statement(shop, "SELECT * FROM customers")


async def bad_syntax(shop: Shop) -> None:
    """Execute invalid SQL."""
    await statement(shop, "SELEKT 1")


async def locked(shop: Shop) -> None:
    """Write while another process does."""
    holder = shop.somebody_else()
    holder.execute("BEGIN IMMEDIATE")
    try:
        await statement(shop, "DELETE FROM orders")
    finally:
        holder.close()


async def read_only(shop: Shop) -> None:
    """Write to a read-only database."""
    engine = create_async_engine(f"sqlite+aiosqlite:///file:{shop.path}?mode=ro&uri=true")
    try:
        async with AsyncSession(engine) as session:
            await session.execute(text("DELETE FROM orders"))
    finally:
        await engine.dispose()


async def full(shop: Shop) -> None:
    """Write more than the file may contain."""
    async with shop.session() as session:
        await session.execute(text("PRAGMA max_page_count = 1"))
        for number in range(1000):
            buying(session, f"{number}" * 50)
        await session.commit()


async def no_database(shop: Shop) -> None:
    """Open a file that is not a database."""
    other = shop.path.with_name("letter.txt")
    other.write_bytes(b"Dear Ann, " * 1000)
    async with shops.opened(other):
        raise AssertionError("it must not open")


async def no_folder(shop: Shop) -> None:
    """Open a file in a missing folder."""
    async with shops.opened(shop.path.parent / "nowhere" / "shop.sqlite3"):
        raise AssertionError("it must not open")


async def pool_empty(shop: Shop) -> None:
    """Request a second connection from a pool of one."""
    async with shop.engine.connect():
        await statement(shop, "SELECT 1")


async def changed_meanwhile(shop: Shop) -> None:
    """Change a row that another process has changed since it was read."""
    async with shop.session() as session:
        order = (await session.scalars(select(Order))).one()
        order.customer = "anne"
        other = shop.somebody_else()
        other.execute("UPDATE orders SET version = version + 1")
        other.close()
        await session.commit()


async def nobody(shop: Shop) -> None:
    """Require a missing row."""
    async with shop.session() as session:
        (await session.scalars(select(Order).where(Order.customer == "bob"))).one()


async def missing_value(shop: Shop) -> None:
    """Omit a value that the statement needs."""
    async with shop.session() as session:
        await session.execute(text("SELECT :name"))


async def lost(shop: Shop) -> None:
    """Continue after the connection is lost."""
    async with shop.session() as session:
        connection = await (await session.connection()).get_raw_connection()
        assert connection.driver_connection is not None
        await connection.driver_connection.close()
        await session.execute(text("SELECT 1"))


@pytest.mark.parametrize(
    ("mishap", "category", "disposition", "reason"),
    [
        (same_customer, ErrorCategory.VALIDATION, PERMANENT, "a database constraint was violated"),
        (no_such_table, ErrorCategory.VALIDATION, PERMANENT, "the statement does not match the database"),
        (bad_syntax, ErrorCategory.VALIDATION, PERMANENT, "the statement does not match the database"),
        (missing_value, ErrorCategory.VALIDATION, PERMANENT, "SQLAlchemy was used incorrectly"),
        (locked, ErrorCategory.RESOURCE, TRANSIENT, "the database is locked"),
        (read_only, ErrorCategory.PERMISSION, PERMANENT, "the database is read-only"),
        (full, ErrorCategory.RESOURCE, PERMANENT, "the database's disk is full"),
        (no_database, ErrorCategory.INTEGRITY, PERMANENT, "the database file is damaged or not a database"),
        (no_folder, ErrorCategory.PERMISSION, PERMANENT, "the database file cannot be opened"),
        (pool_empty, ErrorCategory.RESOURCE, TRANSIENT, "timed out waiting for a database connection"),
        (changed_meanwhile, ErrorCategory.RESOURCE, TRANSIENT, "another transaction changed the same rows"),
        (nobody, ErrorCategory.NOT_FOUND, PERMANENT, "no such row"),
        (lost, ErrorCategory.NETWORK, TRANSIENT, "the connection to the database was lost"),
    ],
)
async def test_what_sqlite_says(
    shop: Shop, mishap: Mishap, category: ErrorCategory, disposition: Disposition, reason: str
) -> None:
    """Each error of a real database has the right kind and retry decision."""
    with pytest.raises(exc.SQLAlchemyError) as raised:
        await mishap(shop)
    known = CLASSIFIER.classify(raised.value)
    assert (known.category, known.disposition, str(known.reason)) == (category, disposition, reason)


class ServerError(Exception):
    """An error of a PostgreSQL driver, with an SQLSTATE."""

    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate
        super().__init__(f"Key (email)=({SECRET}) already exists")


class OldServerError(Exception):
    """An error of psycopg2, with another name for the same code."""

    def __init__(self, pgcode: str) -> None:
        self.pgcode = pgcode
        super().__init__("as it is")


@pytest.mark.parametrize(
    ("driver_error", "disposition", "reason", "host_fault"),
    [
        (ServerError("40001"), TRANSIENT, "another transaction changed the same rows", False),
        (OldServerError("40P01"), TRANSIENT, "the database resolved a deadlock", False),
        (ServerError("55P03"), TRANSIENT, "the database is locked", False),
        (ServerError("08006"), TRANSIENT, "the connection to the database was lost", True),
        (ServerError("57P03"), TRANSIENT, "the database is starting or shutting down", True),
        (ServerError("57014"), TRANSIENT, "the statement timed out", True),
        (ServerError("53300"), TRANSIENT, "the database is out of connections or memory", False),
        (ServerError("53100"), PERMANENT, "the database's disk is full", False),
        (ServerError("23505"), PERMANENT, "a database constraint was violated", False),
        (ServerError("22001"), PERMANENT, "the database rejected a value", False),
        (ServerError("42P01"), PERMANENT, "the statement does not match the database", False),
        (ServerError("42501"), PERMANENT, "access to the database denied", False),
        (ServerError("28P01"), PERMANENT, "access to the database denied", False),
        (ServerError("25006"), PERMANENT, "the database is read-only", False),
        (Exception(1205, "Lock wait timeout exceeded"), TRANSIENT, "the database is locked", False),
        (Exception(1213, "Deadlock found"), TRANSIENT, "the database resolved a deadlock", False),
        (Exception(2006, "MySQL server has gone away"), TRANSIENT, "the connection to the database was lost", True),
        (Exception(1045, "Access denied"), PERMANENT, "access to the database denied", False),
        (Exception("no number"), TRANSIENT, "the database reported an error", False),
        (Exception(), TRANSIENT, "the database reported an error", False),
    ],
)
def test_what_servers_say(driver_error: Exception, disposition: Disposition, reason: str, *, host_fault: bool) -> None:
    """PostgreSQL's and MySQL's codes decide, and only server faults count for the breaker."""
    known = CLASSIFIER.classify(exc.OperationalError("SELECT 1", {}, driver_error))
    assert (known.disposition, str(known.reason), known.host_fault) == (disposition, reason, host_fault)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (exc.IntegrityError, "a database constraint was violated"),
        (exc.DataError, "the database rejected a value"),
        (exc.ProgrammingError, "the statement does not match the database"),
        (exc.NotSupportedError, "the statement does not match the database"),
        (exc.InterfaceError, "the statement does not match the database"),
        (exc.OperationalError, "the database reported an error"),
    ],
)
def test_what_an_unknown_driver_says(kind: type[exc.DBAPIError], reason: str) -> None:
    """Without a known code the class decides; an invalidated connection counts as lost."""
    assert str(CLASSIFIER.classify(kind("SELECT 1", {}, Exception("as it is"))).reason) == reason
    cut = kind("SELECT 1", {}, Exception("as it is"), connection_invalidated=True)
    assert str(CLASSIFIER.classify(cut).reason) == "the connection to the database was lost"


def test_it_looks_through_what_wraps_an_error() -> None:
    """An error caused by a database error is classified like it."""
    error = RuntimeError("the order was not taken")
    error.__cause__ = exc.OperationalError("SELECT 1", {}, ServerError("40001"))
    assert str(CLASSIFIER.classify(error).reason) == "another transaction changed the same rows"


def test_the_rest_is_the_library_s() -> None:
    """Other errors are classified by the library."""
    error = ConnectionResetError("lost")
    known = CLASSIFIER.classify(error)
    assert str(known.reason) == "connection reset"
    assert str(CLASSIFIER.words(error, known)) == "connection reset"
    assert CLASSIFIER.detail(error) == "ConnectionResetError: lost"


def test_values_stay_out_of_what_is_told() -> None:
    """Messages contain code and statement, never values."""
    error = exc.IntegrityError("INSERT INTO users (email) VALUES (?)", (SECRET,), ServerError("23505"))
    error.__cause__ = error.orig
    assert SECRET in str(error)
    assert str(CLASSIFIER.words(error, CLASSIFIER.classify(error))) == "a database constraint was violated"
    told = CLASSIFIER.detail(error)
    assert told == "IntegrityError (23505) INSERT INTO users (email) VALUES (?) ← ServerError"


async def test_values_stay_out_of_the_store(shop: Shop) -> None:
    """The record of a failed call names table and column, never values."""
    persistence = SQLitePersistence(":memory:")

    @recoverable(persistence=persistence, classifier=CLASSIFIER)
    @rolls_back
    async def buy(session: AsyncSession) -> None:
        for _ in range(2):
            session.add(Order(customer=SECRET))
        await session.commit()

    async with shop.session() as session:
        with pytest.raises(exc.IntegrityError):
            await buy(session)
    _, (attempt,) = await only(persistence)
    await persistence.close()
    assert SECRET not in repr(attempt)
    assert str(attempt.error) == "a database constraint was violated"
    assert "UNIQUE constraint failed: orders.customer" in attempt.detail


def test_it_never_fails_at_odd_errors() -> None:
    """Errors without an original error, or with a circular cause, are classified."""
    error = exc.DBAPIError("SELECT 1", {}, sqlite3.OperationalError())
    error.orig = None
    error.__cause__ = error
    assert str(CLASSIFIER.classify(error).reason) == "the database reported an error"
    assert CLASSIFIER.detail(error) == "DBAPIError SELECT 1"
