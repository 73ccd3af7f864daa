"""A shop in a real SQLite file, as SQLAlchemy knows it."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import ForeignKey, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry


class Base(DeclarativeBase):
    """What its tables are made from."""


class Order(Base):
    """Somebody wants something."""

    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy wants it


class Line(Base):
    """One thing in an order; that its order exists is checked by the commit."""

    __tablename__ = "lines"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", deferrable=True, initially="DEFERRED"))
    article: Mapped[str]


class Shop:
    """The shop's database.

    Args:
        path: Its file.
        engine: Connects to it, and waits for no lock.
    """

    def __init__(self, path: Path, engine: AsyncEngine) -> None:
        self.path = path
        self.engine = engine
        self.session = async_sessionmaker(engine)

    def rows(self) -> list[tuple[str, str | None]]:
        """Return customers with their articles, as another connection sees them."""
        return self.look("SELECT customer, article FROM orders LEFT JOIN lines ON order_id = orders.id ORDER BY 1, 2")

    def orphans(self) -> int:
        """Return how many lines have no order."""
        found = self.look("SELECT count(*) FROM lines WHERE order_id NOT IN (SELECT id FROM orders)")
        return int(found[0][0])

    def look(self, query: str) -> list[tuple[Any, ...]]:
        """Return what a connection of its own reads."""
        db = self.somebody_else()
        try:
            return db.execute(query).fetchall()
        finally:
            db.close()

    def somebody_else(self) -> sqlite3.Connection:
        """Return another connection, which does not wait for locks."""
        return sqlite3.connect(self.path, isolation_level=None, timeout=0)


@asynccontextmanager
async def opened(path: Path, **options: Any) -> AsyncIterator[Shop]:
    """Open a shop, with more options for its engine if need be; its tables are made where there are none."""
    before = set(threading.enumerate())
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}", connect_args={"timeout": 0}, **options)
    event.listen(engine.sync_engine, "connect", _check_references)
    try:
        async with engine.begin() as db:
            await db.run_sync(Base.metadata.create_all)
        yield Shop(path, engine)
    finally:
        await engine.dispose()
        await _drivers_ended(before)


def buying(session: AsyncSession, customer: str) -> Order:
    """Add an order to a session, not yet written."""
    order = Order(customer=customer)
    session.add(order)
    return order


async def _drivers_ended(before: set[threading.Thread]) -> None:
    """Wait for aiosqlite's threads that were not there before: after a connection failed they still need the loop."""
    for thread in set(threading.enumerate()) - before:
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join, 10)


def _check_references(db: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    cursor = db.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()
