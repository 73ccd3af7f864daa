"""Stores of earlier formats: brought up to date whole, once, and never without a copy."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from launcher_gui.recovery.exceptions import StoreUnusableError
from launcher_gui.recovery.operation import OperationState
from launcher_gui.recovery.persistence import attempts, breakers, losses, operations, owners, schema
from launcher_gui.recovery.persistence.sqlite import SQLitePersistence

FORMAT_1, FORMAT_2 = (Path(__file__).parent / f"format-{number}.sql" for number in (1, 2))


def format_1(path: Path) -> None:
    """Write a store as version 0.1's first format had it, with an operation under way and a breaker that is open."""
    written(path, FORMAT_1)


def written(path: Path, dump: Path) -> None:
    """Write a store of an earlier format."""
    path.parent.mkdir(parents=True)
    db = sqlite3.connect(path)
    db.executescript(dump.read_text(encoding="utf-8"))
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


async def test_work_that_an_older_program_left_is_lost_and_taken_up(path: Path) -> None:
    """A store of format 2, whose owner died: its work and its done steps are there, and its losses are counted."""
    written(path, FORMAT_2)
    async with SQLitePersistence(path) as store:
        assert await store.write(owners.sweep, 1_760_000_100.0) == 1
        found = {row.id: row for row in await store.read(operations.in_states, tuple(OperationState))}
        whole, step = found["0123456789abcdef"], found["fedcba9876543210"]
        assert (whole.state, whole.progress.done) == (OperationState.INTERRUPTED, 1)
        assert (step.state, step.parent_id, step.result) == (OperationState.COMPLETED, whole.id, "vae")
        assert await store.write(losses.give_up, whole.id, 0, 1_760_000_101.0) is not None
    assert schema.copy_of(str(path), 2).exists()


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
