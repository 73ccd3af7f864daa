"""Stores of earlier formats: brought up to date whole, once, and never without a copy."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from launcher_gui.recovery.exceptions import StoreUnusableError
from launcher_gui.recovery.operation import OperationState
from launcher_gui.recovery.persistence import attempts, breakers, operations, schema
from launcher_gui.recovery.persistence.sqlite import SQLitePersistence

FORMAT_1 = Path(__file__).parent / "format-1.sql"


def format_1(path: Path) -> None:
    """Write a store as version 0.1's first format had it, with an operation under way and a breaker that is open."""
    path.parent.mkdir(parents=True)
    db = sqlite3.connect(path)
    db.executescript(FORMAT_1.read_text(encoding="utf-8"))
    db.close()


async def test_an_older_store_is_brought_up_to_date(path: Path) -> None:
    """Everything in it is there afterwards, and a copy of it as it was lies beside."""
    format_1(path)
    async with SQLitePersistence(path) as store:
        (row,) = await store.read(operations.in_states, tuple(OperationState))
        assert (row.id, row.state, row.parent_id) == ("0123456789abcdef", OperationState.PAUSED, None)
        assert row.progress.done == 4_194_304
        assert [a.number for a in await store.read(attempts.of, row.id)] == [1, 2]
        (breaker,) = await store.read(breakers.every)
        assert (breaker.scope, breaker.state, breaker.recent) == ("example.org", "open", ())
    copy = schema.copy_of(str(path), 1)
    assert os.stat(copy).st_mode & 0o077 == 0  # noqa: PTH116 a test may wait for the disk
    old = sqlite3.connect(copy)
    assert old.execute("PRAGMA user_version").fetchone() == (1,)
    assert old.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert old.execute("SELECT count(*) FROM operations").fetchone() == (1,)
    old.close()
    async with SQLitePersistence(path) as again:
        assert await again.read(lambda db: db.execute("PRAGMA user_version").fetchone()) == (schema.SCHEMA_VERSION,)


def test_several_programs_at_once_bring_it_up_to_date_once(path: Path) -> None:
    """Whoever comes second finds it done."""
    format_1(path)
    errors: list[BaseException] = []

    def open_it() -> None:
        try:
            SQLitePersistence(path).connect().close()
        except BaseException as error:  # noqa: BLE001 told to the test below
            errors.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert [p.name for p in path.parent.iterdir() if "format" in p.name] == [f"{path.name}.format-1"]


def test_a_store_that_cannot_be_copied_is_left_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said why, and the older program still finds it as it was."""
    format_1(path)
    in_the_way = Path(f"{schema.copy_of(str(path), 1)}.part")
    in_the_way.mkdir()
    with pytest.raises(StoreUnusableError, match="could not be copied before") as refused:
        SQLitePersistence(path).connect()
    assert "Make room" in refused.value.remedy
    old = sqlite3.connect(path)
    assert old.execute("PRAGMA user_version").fetchone() == (1,)
    old.close()
    in_the_way.rmdir()
    SQLitePersistence(path).connect().close()
