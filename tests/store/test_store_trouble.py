"""While a store accepts no writes, calls continue; their records are written later."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from launcher_gui.recovery import SQLitePersistence, recoverable
from launcher_gui.recovery.execution import journal as journal_module
from launcher_gui.recovery.operation import Attempt, Operation, OperationState
from launcher_gui.recovery.store.sqlite import write_backlog as backlog_module
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from launcher_gui.recovery.store.sqlite.write_backlog import Backlog
from tests.store.looking import held, only
from tests.support.builders.clock import FakeClock


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten the time that calls wait for the store."""
    monkeypatch.setattr(journal_module, "PATIENCE_S", 0.02)


async def test_a_call_is_not_held_up_by_a_busy_store(
    store: SQLitePersistence,
    clock: FakeClock,
    options: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Three attempts run during a lock and are recorded in order afterwards."""
    begun, ready = asyncio.Event(), asyncio.Event()
    outcomes: list[Exception | str] = [ConnectionError(), TimeoutError(), "done"]

    @recoverable(**options)
    async def work() -> str:
        begun.set()
        await ready.wait()
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    call = asyncio.ensure_future(work())
    await begun.wait()
    with held(store, monkeypatch):
        ready.set()
        assert await clock.pass_time_until(call) == "done"
        assert (await only(store))[0].state is OperationState.RUNNING
        assert len(store._backlog) == 5
    await store.write(lambda tx: tx.db.execute("SELECT 1"))
    operation, made = await only(store)
    assert operation.state is OperationState.COMPLETED
    assert operation.result == "done"
    assert [(a.number, a.outcome) for a in made] == [(1, "failed"), (2, "failed"), (3, "succeeded")]
    assert caplog.text.count("takes nothing, what happens is written later") == 1
    assert "5 that were kept are written" in caplog.text


def test_a_plain_call_is_not_held_up_either(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same on a thread; the rest is written when the store closes."""
    store, holding = SQLitePersistence(path), contextlib.ExitStack()

    @recoverable(persistence=store, clock=FakeClock(), max_retries=2)
    def work() -> str:
        if not tries:
            tries.append(1)
            holding.enter_context(held(store, monkeypatch))
            raise ConnectionError
        return "done"

    tries: list[int] = []
    assert work() == "done"
    assert len(store._backlog) == 3
    holding.close()
    store.close_blocking()

    async def look() -> tuple[Operation, list[Attempt]]:
        async with SQLitePersistence(path) as fresh:
            return await only(fresh)

    operation, made = asyncio.run(look())
    assert operation.state is OperationState.COMPLETED
    assert [a.outcome for a in made] == ["failed", "succeeded"]


async def test_the_backlog_is_written_when_the_store_is_closed(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closing writes the last outcome, so the work does not look active."""
    async with SQLitePersistence(path) as store:
        with contextlib.ExitStack() as holding:

            @recoverable(persistence=store, clock=clock)
            async def work() -> str:
                holding.enter_context(held(store, monkeypatch))
                return "done"

            assert await work() == "done"
            assert len(store._backlog) == 1
    async with SQLitePersistence(path) as fresh:
        assert (await only(fresh))[0].state is OperationState.COMPLETED


async def test_closing_says_what_could_not_be_written(
    store: SQLitePersistence, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A store that refuses writes to the end closes with a log entry."""
    store._backlog.keep(lambda tx: tx.db.execute("SELECT 1"), OSError("gone"))
    with held(store, monkeypatch):
        await store.close()
    assert f"{store.path} was closed before it took 1 change: database is locked" in caplog.text


async def test_a_call_begins_unrecorded_where_the_store_does_not_open(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """An invalid store costs the record, not the call."""
    path = tmp_path / "notes.txt"
    path.write_text("dear diary", encoding="utf-8")
    store = SQLitePersistence(path)

    @recoverable(persistence=store)
    async def work() -> str:
        return "done"

    @recoverable(persistence=store)
    def plain() -> str:
        return "done"

    assert [await work(), plain()] == ["done", "done"]
    assert caplog.text.count("runs without being recorded") == 2
    assert path.read_text(encoding="utf-8") == "dear diary"


async def test_recording_can_be_switched_off(store: SQLitePersistence, monkeypatch: pytest.MonkeyPatch) -> None:
    """The contract's variable turns off recording but not supervision."""
    monkeypatch.setenv("RECOVERY_PERSISTENCE_ENABLED", "false")
    tries: list[int] = []

    @recoverable(persistence=store, initial_delay=0.0)
    async def work() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise ConnectionError
        return "done"

    assert await work() == "done"
    assert await store.read(lambda tx: tx.operations.in_states(tuple(OperationState))) == []


def test_a_backlog_drops_what_can_never_be_written(caplog: pytest.LogCaptureFixture) -> None:
    """A permanently refused change does not block later ones."""
    backlog, db = Backlog("store"), sqlite3.connect(":memory:", isolation_level=None)
    db.execute("CREATE TABLE t (x UNIQUE)")
    for value in (1, 1, 2):
        backlog.keep(lambda tx, value=value: tx.db.execute("INSERT INTO t VALUES (?)", (value,)), OSError("gone"))  # type: ignore[misc]
    backlog.catch_up(lambda job: job(SQLiteTransaction(db)))
    assert (db.execute("SELECT x FROM t").fetchall(), len(backlog)) == ([(1,), (2,)], 0)
    assert "is dropped: UNIQUE constraint failed" in caplog.text
    db.close()


def test_a_backlog_keeps_what_is_not_written_yet() -> None:
    """If the store is busy again, the rest is written later, each change once."""
    backlog, written = Backlog("store"), list[str]()

    def job(name: str) -> Any:
        return lambda _: written.append(name)

    for name in "abc":
        backlog.keep(job(name), OSError("busy"))
    turns = iter([None, sqlite3.OperationalError("database is locked")])

    def write(kept: Any) -> None:
        if (error := next(turns, None)) is not None:
            raise error
        kept(None)

    with pytest.raises(sqlite3.OperationalError):
        backlog.catch_up(write)
    assert (written, len(backlog)) == (["a"], 2)
    backlog.catch_up(write)
    assert written == ["a", "b", "c"]


def test_a_backlog_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The backlog of an unavailable store has a size limit."""
    monkeypatch.setattr(backlog_module, "LIMIT", 3)
    backlog = Backlog("store")
    for number in range(10):
        backlog.keep(lambda _, number=number: number, OSError("gone"))  # type: ignore[misc]
    assert len(backlog) == 3
