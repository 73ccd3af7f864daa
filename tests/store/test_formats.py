"""Stores of earlier formats are migrated completely, once, and after a backup."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from launcher_gui.recovery.exceptions import StoreUnusableError
from launcher_gui.recovery.operation import CommandState, OperationState
from launcher_gui.recovery.rules.queue_order import Move
from launcher_gui.recovery.store.sqlite import schema
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence

FORMATS = (1, 2, 3, 4)
"""The formats that were ever in use before the present one; format-N.sql is a store of each."""

UPDATE_UNTIL = """
import os, signal, sys, types
from launcher_gui.recovery.store.sqlite import backup as copying
from launcher_gui.recovery.store.sqlite import schema
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence

path, step = sys.argv[1:]

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

if step == "copy begun":
    copying.sqlite3 = types.SimpleNamespace(connect=die)
elif step == "copy made":
    schema._execute_all = die
else:
    real = schema._execute_all
    def execute(db, statements):
        real(db, statements)
        die()
    schema._execute_all = execute
SQLitePersistence(path).connect()
"""


def old_store(path: Path, version: int, story: str = "") -> None:
    """Write a store of a former format, with a paused operation and an open breaker, or of a ``story``."""
    path.parent.mkdir(parents=True)
    db = sqlite3.connect(path)
    db.executescript((Path(__file__).parent / f"format-{version}{story}.sql").read_text(encoding="utf-8"))
    db.close()


def version_of(path: Path) -> int:
    """Return the format of an intact store."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def test_every_former_format_has_a_store() -> None:
    """Every former format has a test of its migration."""
    assert tuple(range(1, schema.SCHEMA_VERSION)) == FORMATS


@pytest.mark.parametrize("version", FORMATS)
async def test_an_older_store_is_migrated(path: Path, version: int) -> None:
    """Nothing is lost, and a backup is beside the store."""
    old_store(path, version)
    async with SQLitePersistence(path) as store:
        row, *steps = await store.read(lambda tx: tx.operations.in_states(tuple(OperationState)))
        assert (row.id, row.state, row.parent_id) == ("0123456789abcdef", OperationState.PAUSED, None)
        assert [step.parent_id for step in steps] == [row.id] * (version >= 2)
        assert row.progress.done == 4_194_304
        assert [a.number for a in await store.read(lambda tx: tx.attempts.of(row.id))] == [1, 2]
        (breaker,) = await store.read(lambda tx: tx.breakers.every())
        recent = ((1_700_000_000, 4, 2),) if version >= 2 else ()
        assert (breaker.scope, breaker.state, breaker.recent) == ("example.org", "open", recent)
    copy = schema.copy_of(str(path), version)
    assert os.stat(copy).st_mode & 0o077 == 0  # noqa: PTH116 a test may wait for the disk
    assert (version_of(copy), version_of(path)) == (version, schema.SCHEMA_VERSION)
    SQLitePersistence(path).connect().close()


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
@pytest.mark.parametrize("version", FORMATS)
@pytest.mark.parametrize("step", ["copy begun", "copy made", "a step made"])
def test_a_killed_migration_starts_again(path: Path, version: int, step: str) -> None:
    """A kill leaves the old store; the next process migrates it after a complete backup."""
    old_store(path, version)
    killed = subprocess.run([sys.executable, "-c", UPDATE_UNTIL, str(path), step], check=False)
    assert killed.returncode == -9
    assert version_of(path) == version
    SQLitePersistence(path).connect().close()
    assert version_of(path) == schema.SCHEMA_VERSION
    assert version_of(schema.copy_of(str(path), version)) == version
    assert not [left for left in path.parent.iterdir() if left.suffix == ".part"]


async def test_an_older_programs_work_is_lost_and_resumed(path: Path) -> None:
    """Work and steps of a dead owner survive from format 2, and its losses count."""
    old_store(path, 2, "-under-way")
    async with SQLitePersistence(path) as store:
        assert await store.write(lambda tx: tx.owners.sweep(1_760_000_100.0)) == 1
        found = {row.id: row for row in await store.read(lambda tx: tx.operations.in_states(tuple(OperationState)))}
        whole, step = found["0123456789abcdef"], found["fedcba9876543210"]
        assert (whole.state, whole.progress.done) == (OperationState.INTERRUPTED, 1)
        assert (step.state, step.parent_id, step.result) == (OperationState.COMPLETED, whole.id, "vae")
        assert await store.write(lambda tx: tx.crash_counts.give_up(whole.id, 0, 1_760_000_101.0)) is not None
    assert schema.copy_of(str(path), 2).exists()


async def test_a_queue_keeps_its_order(path: Path) -> None:
    """A queue from format 3 keeps its order of adding, and can be reordered."""
    old_store(path, 3, "-queue")
    async with SQLitePersistence(path) as store:
        first, second, third = (turn.id for turn in await store.read(lambda tx: tx.queue.order()))
        assert [int(first), int(second), int(third)] == [1, 2, 3]
        assert await store.write(lambda tx: tx.queue.move({third}, Move.UP, "window", 1_760_000_005.0)) == (third,)
        (command,) = await store.read(lambda tx: tx.commands.pending())
        assert await store.write(lambda tx: tx.commands.obey_unowned(command, 1_760_000_006.0)) is CommandState.DONE
        assert [turn.id for turn in await store.read(lambda tx: tx.queue.order())] == [first, third]


def test_several_programs_at_once_bring_it_up_to_date_once(path: Path) -> None:
    """Only the first program migrates the store."""
    old_store(path, 1)
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


def test_a_store_without_a_backup_is_not_migrated(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a backup the migration is refused with a reason, and the store stays."""
    old_store(path, 1)
    in_the_way = Path(f"{schema.copy_of(str(path), 1)}.part")
    in_the_way.mkdir()
    with pytest.raises(StoreUnusableError, match="could not be copied before") as refused:
        SQLitePersistence(path).connect()
    assert "Free some space" in str(refused.value.remedy)
    old = sqlite3.connect(path)
    assert old.execute("PRAGMA user_version").fetchone() == (1,)
    old.close()
    in_the_way.rmdir()
    SQLitePersistence(path).connect().close()
