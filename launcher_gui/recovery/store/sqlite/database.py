"""One SQLite file that several processes share, and the one way to write to it.

A transaction is a plain function of a ``sqlite3.Connection``; those functions stand in the files beside this one.
``SQLitePersistence`` runs each as a whole on aiosqlite's thread, so that the event loop never waits for the disk and a
transaction costs one hop however many statements it has.
"""

from __future__ import annotations

import contextlib
import logging
import os
import random
import secrets
import sqlite3
import stat
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, Protocol, Self, TypeVar, cast

import aiosqlite

from launcher_gui.recovery.exceptions import StoreUnusableError
from launcher_gui.recovery.runtime.tasks import LoopLock, run_to_completion
from launcher_gui.recovery.store.sqlite import schema
from launcher_gui.recovery.store.sqlite.location import default_path
from launcher_gui.recovery.store.sqlite.write_backlog import Backlog
from launcher_gui.recovery.store.tables import owners
from launcher_gui.text.message import foreign, message

IN_MEMORY = ":memory:"
"""The path of a store that ends with the process."""

BUSY_LIMIT_S = 10.0
"""How long a transaction waits for other writers before it gives up."""

WAL_LIMIT_BYTES = 4 * 1024 * 1024
"""Size of the write-ahead log at which it is copied into the database."""

_BUSY_STEP_S = 0.005
COMMITS_BETWEEN_LOOKS = 64
"""How often the size of the log is looked at."""

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger(__name__)


class Shared(Protocol):
    """Something that functions share as long as their store is open."""

    def close(self) -> None:
        """Let go of it."""
        ...


class SQLitePersistence:
    """The state store in a file that windows, command lines and workers share.

    Args:
        path: The file; ``":memory:"`` for one that ends with the process; ``None`` for the platform's data folder
            (or ``RECOVERY_STORE``).
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        chosen = str(default_path() if path is None else path)
        # Absolute, because the log is looked after and the store watched by this name later on.
        self.path = chosen if chosen == IN_MEMORY else str(Path(chosen).absolute())
        # A shared cache lets connections of this process meet in one memory; each store has its own.
        self._address = f"file:{secrets.token_hex(8)}?mode=memory&cache=shared" if self.in_memory else self.path
        self._connection: aiosqlite.Connection | None = None
        self._opening = LoopLock()
        self._closed = False
        self._commits = 0
        self._under_way: dict[object, float] = {}
        # Connections that share a memory refuse one another table by table, in the middle of a transaction.
        self._turn: AbstractContextManager[object] = threading.RLock() if self.in_memory else contextlib.nullcontext()
        self.backlog = Backlog(self.path)
        """What the store did not take yet."""
        self.shared: dict[str, Shared] = {}
        """What functions that use this store share with one another, by name; it is closed with the store."""

    @property
    def in_memory(self) -> bool:
        """Whether the store ends with the process."""
        return self.path == IN_MEMORY

    @property
    def held_up_s(self) -> float:
        """For how many seconds the oldest transaction of the event loop has been waiting for its commit."""
        return time.monotonic() - min(self._under_way.values()) if self._under_way else 0.0

    async def open(self) -> Self:
        """Open the store, making it if there is none. Opening an open store does nothing.

        Raises:
            StoreUnusableError: If the file cannot be opened or is not ours; it is left as it was.
        """
        self._closed = False
        if self._connection is None:
            async with self._opening():
                if self._connection is None:
                    await run_to_completion(self._connected())
        return self

    async def close(self) -> None:
        """Close the store; what was written stays. Closing a closed store does nothing."""
        self._closed = True
        async with self._opening():
            connection, self._connection = self._connection, None
        self.close_blocking()
        if connection is not None:
            await run_to_completion(self._left(connection))

    def close_blocking(self) -> None:
        """Close what functions that are not async have opened; their next call opens it again."""
        while self.shared:
            self.shared.popitem()[1].close()

    async def __aenter__(self) -> Self:
        return await self.open()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def write(
        self, transaction: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``transaction`` as one write transaction and return what it returns once that is committed.

        It begins IMMEDIATE: a deferred one that turns into a writer fails at once when another writer was faster,
        whatever the busy timeout says. An exception rolls everything back.

        Raises:
            sqlite3.OperationalError: If other writers left no room for ``BUSY_LIMIT_S``, or the disk refuses.
        """
        return await self._transact(lambda db: transaction(db, *args, **kwargs), None)

    async def write_within(
        self,
        limit_s: float,
        transaction: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Do as ``write`` does, waiting no longer than ``limit_s`` for other writers."""
        return await self._transact(lambda db: transaction(db, *args, **kwargs), limit_s)

    async def write_sooner_or_later(
        self,
        limit_s: float,
        transaction: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T | None:
        """Do as ``write_within`` does; what the store does not take is kept, and written once it takes something.

        Returns:
            What ``transaction`` returns, ``None`` if it was kept.
        """
        try:
            return await self.write_within(limit_s, transaction, *args, **kwargs)
        except (sqlite3.Error, StoreUnusableError) as error:
            self.backlog.keep(lambda db: transaction(db, *args, **kwargs), error)
            return None

    async def read(
        self, query: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``query`` on one consistent view of the store and return what it returns."""
        return await self._run(lambda db: self.consistently(db, lambda: query(db, *args, **kwargs)))

    async def _left(self, connection: aiosqlite.Connection) -> None:
        """Write what is still kept, if the store takes it now, and close its connection."""
        try:
            if self.backlog:
                await self._on(
                    connection,
                    lambda db: self.backlog.close(lambda job: _transaction(db, lambda: job(db), BUSY_LIMIT_S)),
                )
        finally:
            await connection.close()

    async def _connected(self) -> None:
        self._connection = await on_thread(self.connect)

    async def _transact(self, body: Callable[[sqlite3.Connection], T], limit_s: float | None) -> T:
        asked = object()
        self._under_way[asked] = time.monotonic()
        try:
            return await self._run(lambda db: self.in_transaction(db, lambda: body(db), limit_s))
        finally:
            del self._under_way[asked]

    async def _run(self, job: Callable[[sqlite3.Connection], T]) -> T:
        if self._connection is None and not self._closed:
            await self.open()
        connection = self._connection
        if connection is None:  # a latecomer must not open it again: nobody would close it then
            raise StoreUnusableError(self.path, message("store.closed"), message("fix.start_again"))
        return await self._on(connection, job)

    async def _on(self, connection: aiosqlite.Connection, job: Callable[[sqlite3.Connection], T]) -> T:
        # aiosqlite's public calls take one hop to its thread per statement; its own _execute takes any function.
        raw = connection._conn  # noqa: SLF001
        if self.in_memory:
            return job(raw)  # it waits for no disk, so a hop would only cost
        return cast("T", await connection._execute(job, raw))  # type: ignore[no-untyped-call] # noqa: SLF001

    def in_transaction(self, db: sqlite3.Connection, body: Callable[[], T], limit_s: float | None = None) -> T:
        """Run ``body`` as one write transaction on ``db`` and return what it returns.

        What was kept while the store took nothing comes first, so that everything is written in the order in which it
        happened.
        """
        limit_s = BUSY_LIMIT_S if limit_s is None else limit_s
        with self._turn:
            if self.backlog:
                self.backlog.catch_up(lambda job: _transaction(db, lambda: job(db), limit_s))
            result = _transaction(db, body, limit_s)
        self._commits += 1
        if self._commits % COMMITS_BETWEEN_LOOKS == 0:
            self._checkpoint_if_large(db)
        return result

    def consistently(self, db: sqlite3.Connection, body: Callable[[], T]) -> T:
        """Run ``body`` on ``db`` so that all it reads is of one moment, and return what it returns."""
        with self._turn:
            return consistently(db, body)

    def _checkpoint_if_large(self, db: sqlite3.Connection) -> None:
        """Copy the log into the database while this process holds every writer out.

        SQLite 3.7.0 to 3.51.2 can corrupt a database when a commit runs beside a checkpoint (the WAL-reset bug, fixed
        in 3.51.3, 3.50.7 and 3.44.6), so automatic checkpoints are off and this one runs under the write lock.

        What was to be written is committed by now, so that a failure here is nobody's but the log's.
        """
        if self.in_memory or _size(log_of(self.path)) < WAL_LIMIT_BYTES:
            return
        try:
            begin_immediate(db)
            try:
                with contextlib.closing(sqlite3.connect(self.path, timeout=0, isolation_level=None)) as second:
                    second.execute("PRAGMA wal_autocheckpoint = 0")
                    second.execute("PRAGMA wal_checkpoint(PASSIVE)")
            finally:
                db.execute("ROLLBACK")
        except sqlite3.Error as error:
            _log.warning("the write-ahead log of %s was not copied into the database: %s", self.path, error)

    def connect(self) -> sqlite3.Connection:
        """Return a new connection to the store, which is made if there is none; whoever asks closes it.

        Raises:
            StoreUnusableError: If the file cannot be opened or is not ours; it is left as it was.
        """
        if not self.in_memory:
            _make_private(Path(self.path))
        db = connect(self._address)
        try:
            # Looked at before anything is set: journal_mode alone would already change another program's file.
            self.consistently(db, lambda: schema.recognise(db, self.path))
            if not self.in_memory:
                _keep_private(Path(self.path))
            patiently(lambda: db.execute("PRAGMA journal_mode = WAL"))
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA wal_autocheckpoint = 0")
            # A log that was copied is cut back when it begins anew; else its size would call for copying ever after.
            db.execute(f"PRAGMA journal_size_limit = {WAL_LIMIT_BYTES // 2}")
            self.in_transaction(db, lambda: schema.prepare(db, self.path))
            self.consistently(db, lambda: _require_one_machine(db, self.path))
        except sqlite3.DatabaseError as error:
            db.close()
            raise unusable(self.path, error) from error
        except BaseException:
            db.close()
            raise
        return db


def _require_one_machine(db: sqlite3.Connection, path: str) -> None:
    """Refuse a store that is in use elsewhere: the log's index is memory that only one machine's processes share.

    See https://sqlite.org/wal.html, "Overview".
    """
    machine = owners.machine_elsewhere(db, time.time())
    if machine is not None:
        raise StoreUnusableError(
            path,
            message("store.other_machine", machine=machine),
            message("fix.store_other_machine"),
        )


def log_of(path: str) -> Path:
    """Return the write-ahead log of a store; SQLite keeps it beside the real file, whatever links lead there."""
    return Path(f"{os.path.realpath(path)}-wal")


def connect(path: str) -> sqlite3.Connection:
    """Return a connection whose transactions are begun and ended by hand and that may change threads.

    A name is taken for a URI only if it is one of a memory: a file's may hold any character.
    """
    try:
        return sqlite3.connect(
            path,
            timeout=_BUSY_STEP_S,
            isolation_level=None,
            check_same_thread=False,
            uri=path.startswith("file:") and "mode=memory" in path,
        )
    except sqlite3.OperationalError as error:
        raise unusable(path, error) from error


def _transaction(db: sqlite3.Connection, body: Callable[[], T], limit_s: float) -> T:
    begin_immediate(db, limit_s)
    return to_commit(db, body)


def to_commit(db: sqlite3.Connection, body: Callable[[], T]) -> T:
    """Return what ``body`` returns once the transaction that has been begun is committed; undo it if it raises."""
    try:
        result = body()
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return result


def begin_immediate(db: sqlite3.Connection, limit_s: float | None = None) -> None:
    """Begin a write transaction, waiting for other writers up to ``limit_s``, ``BUSY_LIMIT_S`` by default."""
    patiently(lambda: db.execute("BEGIN IMMEDIATE"), limit_s)


def patiently(step: Callable[[], T], limit_s: float | None = None) -> T:
    """Return what ``step`` returns, trying again for up to ``limit_s`` while others hold the store.

    Short random sleeps share the lock fairly; SQLite's own ever longer ones let one process starve.
    """
    deadline = time.monotonic() + (BUSY_LIMIT_S if limit_s is None else limit_s)
    while True:
        try:
            return step()
        except sqlite3.OperationalError as error:
            busy = _primary_code(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(random.uniform(0.0005, 0.004))  # noqa: S311 fairness, not secrecy


def unusable(path: str, error: sqlite3.Error) -> StoreUnusableError:
    """Return the error that tells a person what is wrong with the store."""
    code = _primary_code(error)
    match code:
        case sqlite3.SQLITE_NOTADB:
            return StoreUnusableError(path, message("store.not_a_database"), message("fix.store_move"))
        case sqlite3.SQLITE_CORRUPT:
            return StoreUnusableError(path, message("store.damaged"), message("fix.store_start_over"))
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreUnusableError(
                path,
                message("store.busy", busy_s=BUSY_LIMIT_S),
                message("fix.store_busy"),
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return StoreUnusableError(path, message("store.read_only"), message("fix.store_rights"))
        case sqlite3.SQLITE_FULL:
            return StoreUnusableError(path, message("store.disk_full"), message("fix.store_space"))
        case _:
            problem = message("store.cannot_open", cause=foreign(str(error)))
            return StoreUnusableError(path, problem, message("fix.store_elsewhere"))


def consistently(db: sqlite3.Connection, body: Callable[[], T]) -> T:
    """Run ``body`` so that all it reads is of one moment.

    Readers need no lock that writers hold, but another process that opens the store after a crash, or is the last to
    close it, keeps them out for a moment.
    """
    db.execute("BEGIN")
    try:
        patiently(lambda: db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone())
        return body()
    finally:
        db.execute("ROLLBACK")


async def on_thread(connector: Callable[[], sqlite3.Connection]) -> aiosqlite.Connection:
    """Return what ``connector`` makes, on a thread of its own that does not keep a program alive which forgot it."""
    connection = aiosqlite.Connection(connector, iter_chunk_size=64)
    thread = connection._thread  # noqa: SLF001 aiosqlite gives no other way to reach it
    thread.daemon = True
    try:
        return await connection
    except BaseException:
        # It has been told to end and has nothing left to do; left alone it might outlive the loop that it reports to.
        thread.join(1.0)
        raise


def _primary_code(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _make_private(path: Path) -> None:
    """Make folder and file if they are missing, readable by their owner alone; SQLite's side files follow the file."""
    elsewhere = message("fix.store_elsewhere")
    try:
        if path.is_dir():
            raise StoreUnusableError(str(path), message("store.is_a_folder"), elsewhere)
        if path.parent.exists() and not path.parent.is_dir():
            raise StoreUnusableError(str(path), message("store.folder_is_a_file"), elsewhere)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # One that exists is never opened here: closing any descriptor of a file drops every POSIX lock that the process
        # holds on it, those of SQLite's other connections included (sqlite.org/howtocorrupt.html, 2.2).
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        reason = os.strerror(error.errno).lower() if error.errno else str(error)
        raise StoreUnusableError(str(path), message("store.cannot_open", cause=foreign(reason)), elsewhere) from error


def _keep_private(path: Path) -> None:
    """Take away the right of others to read a store that has been found to be ours, side files included."""
    if os.name != "posix":
        return
    for file in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        with contextlib.suppress(OSError):
            found = file.stat()
            if found.st_uid == os.getuid() and found.st_mode & 0o077:
                file.chmod(stat.S_IRUSR | stat.S_IWUSR)


def _size(path: str | Path) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0
