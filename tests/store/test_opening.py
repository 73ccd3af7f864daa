"""Opening a store: what is created and what is refused, unchanged."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher_gui.recovery.exceptions import StoreUnusableError
from launcher_gui.recovery.operation import NewOperation, Operation
from launcher_gui.recovery.store.sqlite import connection, schema
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence

NEW = NewOperation("download", {"url": "https://example.org/m"}, id="one")

posix = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")


async def _written(path: Path) -> Operation:
    async with SQLitePersistence(path) as store:
        return await store.write(lambda tx: tx.operations.insert(NEW, 1.0))


async def _found(path: Path) -> Operation | None:
    async with SQLitePersistence(path) as store:
        return await store.read(lambda tx: tx.operations.get("one"))


async def _made(path: Path) -> None:
    async with SQLitePersistence(path):
        pass


def written(path: Path) -> Operation:
    """Open the store at ``path``, add an operation and return it."""
    return asyncio.run(_written(path))


def refusal(path: Path) -> StoreUnusableError:
    """Return the error with which the store at ``path`` is refused."""
    with pytest.raises(StoreUnusableError) as caught:
        written(path)
    error = caught.value
    assert str(path) in str(error)
    assert "--store" in str(error.remedy) or "Free some space" in str(error.remedy)
    return error


async def modes_while_open(path: Path) -> dict[str, int]:
    """Return the permissions of an open store and its side files, by suffix."""
    async with SQLitePersistence(path) as store:
        await store.write(lambda tx: tx.operations.insert(NEW, 1.0))
        return {
            file.name.removeprefix(path.name): mode(file) for file in await asyncio.to_thread(path.parent.glob, "*")
        }


def mode(path: Path) -> int:
    """Return the permissions of ``path``."""
    return stat.S_IMODE(path.stat().st_mode)


@posix
def test_folder_and_files_are_private(path: Path) -> None:
    """Only the owner can read the store and its side files, whatever the umask."""
    before = os.umask(0)
    try:
        assert asyncio.run(modes_while_open(path)) == {"": 0o600, "-shm": 0o600, "-wal": 0o600}
    finally:
        os.umask(before)
    assert mode(path.parent) == 0o700


@posix
def test_a_store_that_was_readable_becomes_private(path: Path) -> None:
    """Opening a copy with open permissions makes it private again."""
    asyncio.run(_made(path))
    path.chmod(0o644)
    assert set(asyncio.run(modes_while_open(path)).values()) == {0o600}


def test_what_was_written_is_there_again(path: Path) -> None:
    """Closing and opening loses nothing."""
    made = written(path)
    assert asyncio.run(_found(path)) == made


@pytest.mark.parametrize("name", ["größer 模型.db", "with 'quotes' and %41?x=1#y", "🦊", "file:x.db"])
def test_any_name_will_do(tmp_path: Path, name: str) -> None:
    """No character of a path has a special meaning."""
    path = tmp_path / name / name
    written(path)
    assert path.is_file()


async def test_a_relative_path_stays_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later change of the working directory does not move the store."""
    monkeypatch.chdir(tmp_path)
    store = SQLitePersistence("here.db")
    monkeypatch.chdir("/")
    async with store:
        assert (tmp_path / "here.db").is_file()


async def test_a_store_in_memory_works_alike() -> None:
    """An in-memory store behaves like one on disk."""
    async with SQLitePersistence(":memory:") as store:
        made = await store.write(lambda tx: tx.operations.insert(NEW, 1.0))
        assert await store.read(lambda tx: tx.operations.get("one")) == made


@pytest.mark.parametrize("content", [b"these are notes, not a database\n" * 100, b"SQLite format 3\0 or so" * 300])
def test_a_file_that_is_no_database_is_not_changed(tmp_path: Path, content: bytes) -> None:
    """A file that is not a database is refused and not changed."""
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    path.chmod(0o644)
    error = refusal(path)
    assert str(error.problem) in {"is not a database", "is damaged"}
    assert path.read_bytes() == content
    assert mode(path) == 0o644
    assert list(tmp_path.iterdir()) == [path]


def test_another_programs_database_is_not_changed(tmp_path: Path) -> None:
    """Another program's database is refused before its bytes or permissions change."""
    path = tmp_path / "bookmarks.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE bookmarks (url TEXT)")
    db.close()
    path.chmod(0o644)
    before = path.read_bytes()
    assert str(refusal(path).problem) == "is another program's database"
    assert path.read_bytes() == before
    assert mode(path) == 0o644
    assert list(tmp_path.iterdir()) == [path]


def test_a_newer_store_is_not_changed(path: Path) -> None:
    """A store of a later version is refused with both versions in the message, and not changed."""
    asyncio.run(_made(path))
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
    db.close()
    before = path.read_bytes()
    error = refusal(path)
    assert "newer version of this program" in str(error.problem)
    assert f"(format {schema.SCHEMA_VERSION + 1}; this version supports up to {schema.SCHEMA_VERSION})" in str(
        error.problem
    )
    assert path.read_bytes() == before


def test_a_damaged_store_is_not_changed(path: Path) -> None:
    """A store with overwritten pages is reported as damaged and kept."""
    asyncio.run(_made(path))
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * (4096 - 100)
    path.write_bytes(content)
    assert str(refusal(path).problem) == "is damaged"
    assert path.read_bytes() == content


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    """A folder in the store's place is reported."""
    assert str(refusal(tmp_path).problem) == "is a folder"


def test_a_path_below_a_file_is_told(tmp_path: Path) -> None:
    """A file in the folder's place is reported."""
    (tmp_path / "file").touch()
    assert "folder is a file" in str(refusal(tmp_path / "file" / "store.db").problem)
    assert "not a directory" in str(refusal(tmp_path / "file" / "deeper" / "store.db").problem)


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """Return a folder with a store that not even the superuser can write."""
    folder, source = tmp_path / "mounted", tmp_path / "source"
    folder.mkdir()
    source.mkdir()
    asyncio.run(_made(source / "store.db"))
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if os.geteuid() != 0 or mount is None or umount is None:
        shutil.copy(source / "store.db", folder)
        (folder / "store.db").chmod(0o400)
        folder.chmod(0o500)
        yield folder
        folder.chmod(0o700)
        return
    for options in (["--bind", str(source), str(folder)], ["-o", "remount,bind,ro", str(folder)]):
        if subprocess.run([mount, *options], check=False, capture_output=True).returncode != 0:
            subprocess.run([umount, str(folder)], check=False, capture_output=True)
            pytest.skip("the superuser may not mount here, and nothing else is read-only to it")
    yield folder
    subprocess.run([umount, str(folder)], check=True)


@pytest.mark.skipif(os.name != "posix", reason="mounts and modes are POSIX")
def test_a_read_only_place_is_told(read_only: Path) -> None:
    """Neither a new nor an old store opens on a read-only place, and both errors give the reason."""
    assert "cannot be" in str(refusal(read_only / "new.db").problem)
    assert "cannot be" in str(refusal(read_only / "store.db").problem)


@pytest.mark.parametrize("statement", ["BEGIN EXCLUSIVE", "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE"])
def test_a_store_that_is_held_is_told(path: Path, statement: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A locked file is waited for, then reported as the reason."""
    asyncio.run(_made(path))
    monkeypatch.setattr(connection, "BUSY_LIMIT_S", 0.2)
    holder = sqlite3.connect(path, isolation_level=None)
    try:
        for part in statement.split(";"):
            holder.execute(part)
        error = refusal(path)
        assert "has been locked by another program" in str(error.problem)
    finally:
        holder.close()
    written(path)


async def test_many_first_uses_open_it_once(path: Path) -> None:
    """Calls before the store is open share one connection."""
    store = SQLitePersistence(path)
    made: list[object] = []
    real = store.open_connection

    def counted() -> sqlite3.Connection:
        made.append(True)
        return real()

    store.open_connection = counted  # type: ignore[method-assign]
    await asyncio.gather(*(store.read(lambda tx: tx.operations.get("one")) for _ in range(50)))
    await store.close()
    assert len(made) == 1


async def test_a_latecomer_does_not_open_it_again(store: SQLitePersistence) -> None:
    """Calls in progress at close are refused and leave no connection behind."""
    await store.close()
    with pytest.raises(StoreUnusableError, match="was closed"):
        await store.read(lambda tx: tx.operations.get("one"))
    async with store:
        assert await store.read(lambda tx: tx.operations.get("one")) is None


async def test_a_cancelled_opening_leaves_a_usable_store(path: Path) -> None:
    """Cancelling the opening leaves neither a thread nor a lock."""
    store = SQLitePersistence(path)
    opening = asyncio.create_task(store.open())
    await asyncio.sleep(0)
    opening.cancel()
    await asyncio.wait([opening])
    async with store:
        await store.write(lambda tx: tx.operations.insert(NEW, 1.0))


CREATE_UNTIL = """
import os, signal, sqlite3, sys
from pathlib import Path
from launcher_gui.recovery.store.sqlite import schema
from launcher_gui.recovery.store.sqlite import database as sqlite

path, step = sys.argv[1:]

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

if step == "file made":
    sqlite.connect = die
elif step == "log switched on":
    schema.prepare = die
elif step == "tables made":
    real = schema._execute_all
    def execute(db, statements):
        real(db, statements)
        die()
    schema._execute_all = execute
sqlite.SQLitePersistence(path).connect()
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
@pytest.mark.parametrize("step", ["file made", "log switched on", "tables made"])
def test_a_creation_that_was_killed_is_begun_again(path: Path, step: str) -> None:
    """A process killed while it makes the store leaves nothing that the next one could not use."""
    killed = subprocess.run([sys.executable, "-c", CREATE_UNTIL, str(path), step], check=False)
    assert killed.returncode == -9
    assert path.is_file()
    written(path)


def test_a_program_that_forgets_to_close_ends_all_the_same(path: Path) -> None:
    """An unclosed store does not keep its program alive."""
    program = (
        "import asyncio, sys\n"
        "from launcher_gui.recovery import SQLitePersistence\n"
        "store = SQLitePersistence(sys.argv[1])\n"
        "asyncio.run(store.open())\n"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=True, timeout=20)
