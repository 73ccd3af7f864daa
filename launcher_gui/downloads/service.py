"""Everything that downloads need, put together: window and command line each open one of these."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp
from platformdirs import user_downloads_path

from launcher_gui.downloads.answer import new_session
from launcher_gui.downloads.engine import DownloadEngine, file_threads
from launcher_gui.downloads.failures import DownloadClassifier
from launcher_gui.downloads.install import check_destination, forget_install
from launcher_gui.downloads.probing import Prober, listed, look_around
from launcher_gui.downloads.prospect import Prospect, Surroundings
from launcher_gui.downloads.request import DownloadRequest, parse_request, split_secrets
from launcher_gui.downloads.sourced import SourcedDownloads
from launcher_gui.downloads.sources.gate import Gate
from launcher_gui.downloads.sources.lookup import Lookup
from launcher_gui.downloads.sources.sites import Sites, Tokens, token_in
from launcher_gui.downloads.staging import discard_partial
from launcher_gui.downloads.transfer import Files
from launcher_gui.recovery.clock import Clock, SystemClock
from launcher_gui.recovery.exceptions import RecoveryStateError
from launcher_gui.recovery.housekeeping import HistoryLimits, keep_house
from launcher_gui.recovery.incarnation import Incarnation
from launcher_gui.recovery.operation import NewOperation, Operation, OperationState, Owner
from launcher_gui.recovery.options import Options
from launcher_gui.recovery.persistence import calls, losses, operations, owners
from launcher_gui.recovery.persistence.sqlite import SQLitePersistence
from launcher_gui.recovery.persistence.watch import StoreWatch
from launcher_gui.recovery.supervised import Recoverable
from launcher_gui.recovery.tasks import spawn
from launcher_gui.recovery.worker import Worker
from launcher_gui.settings.current import CurrentSettings

FUNCTION = "download"
"""The name under which operations of this room are recorded."""


class DownloadService:
    """The downloads of one process on one store.

    Args:
        store_path: The store's file, ``None`` for the usual one.
        kind: What people call this process ("window", "command line").
        clock: Time.
    """

    store: SQLitePersistence
    watch: StoreWatch
    settings: CurrentSettings
    incarnation: Incarnation
    download: Recoverable[[DownloadRequest], str]

    def __init__(self, store_path: str | None, kind: str, clock: Clock | None = None) -> None:
        self.clock = clock or SystemClock()
        self.store = SQLitePersistence(store_path)
        self.watch = StoreWatch(self.store)
        self.settings = CurrentSettings(self.store, self.clock)
        self.incarnation = Incarnation(self.store, kind, self.clock)
        self._executor = file_threads()
        self._files = Files(self._executor)
        self.tokens = Tokens()
        self.sites = Sites(self.settings, self.tokens, os.environ)
        self._session: aiohttp.ClientSession | None = None
        self._chores: tuple[asyncio.Task[None], ...] = ()
        # URLs with their secrets live here and nowhere else: in this process, for as long as it runs.
        self._full_urls: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        """Open the store and everything on it.

        Raises:
            StoreUnusableError: If the store cannot be opened.
        """
        await self.store.open()
        try:
            await self.settings.reload()
            await self.incarnation.start()
            await self.watch.start()
            self._chores = (
                spawn(keep_house(self.store, self._history_limits, self.clock), "trimming the history"),
                spawn(self.settings.follow(self.watch), "following the settings"),
            )
        except BaseException:
            await self.store.close()
            raise
        self._session = new_session(Gate(self.sites))
        self.download = self._supervised(self._session)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()
        for chore in self._chores:
            chore.cancel()
        if self._chores:
            await asyncio.wait(self._chores)
        await self.watch.stop()
        await self.incarnation.stop()
        await self.store.close()
        self._executor.shutdown(wait=False)

    def worker(self, only: str | None = None) -> Worker:
        """Return a worker for the queue, or for one operation alone."""
        return Worker(
            self.store,
            self.watch,
            self.incarnation,
            {FUNCTION: self.download},
            lambda: 1 if only is not None else self.settings().concurrent_downloads,
            self._discard,
            self._installed,
            self.clock,
            only,
        )

    def parse(
        self,
        url: str,
        folder: str,
        name: str | None = None,
        sha256: str | None = None,
        mirrors: Sequence[str] = (),
    ) -> DownloadRequest:
        """Return the request that somebody typed; secrets in its URLs are remembered by this process alone.

        Raises:
            InvalidInputError: If a field makes no sense.
        """
        request = parse_request(url, folder, name, sha256, mirrors)
        for public, typed in zip((request.url, *request.mirrors), (url, *mirrors), strict=True):
            self._remember_secrets(public, typed.strip())
        return request

    def _remember_secrets(self, public: str, typed: str) -> None:
        site, token = token_in(typed)
        if site is not None and token:
            self.tokens.give(site, token)
        elif site is None and split_secrets(typed)[1]:
            self._full_urls[public] = typed

    def full_url(self, url: str) -> str:
        """Return the URL with its secrets, as far as this process knows them."""
        return self._full_urls.get(url, url)

    def default_folder(self) -> Path:
        """Return where files go unless told otherwise."""
        chosen = self.settings().download_folder
        return Path(chosen).expanduser() if chosen else user_downloads_path()

    def _history_limits(self) -> HistoryLimits:
        settings = self.settings()
        return HistoryLimits.of(settings.history_days, settings.history_limit_mb)

    def _asked_at(self, url: str) -> str:
        return self.sites.reached(self.full_url(url))

    async def check(self, request: DownloadRequest) -> None:
        """Make sure that the file can go where it should.

        Raises:
            DownloadError: If it cannot, with the reason in words.
        """
        await self._files(check_destination, request.destination)

    async def probe(self, request: DownloadRequest) -> Prospect:
        """Return what is known of a file before it is asked for; what goes wrong is told in it."""
        if self._session is None:
            raise RuntimeError("the service is not open")
        lookup = Lookup(self._session, self.sites)
        return await Prober(self._session, lookup, self._asked_at, self.settings).probe(request)

    async def look_around(
        self, requests: Sequence[DownloadRequest], names: Iterable[str], known: Iterable[str]
    ) -> Surroundings:
        """Return what disk and store say of the places that ``requests`` go to; see ``probing.look_around``."""
        here = await self._files(look_around, requests, tuple(names), tuple(known))
        return replace(here, listed=await self.store.read(listed, tuple(str(r.destination) for r in requests)))

    async def read_list(self, path: str, limit: int) -> str:
        """Return the text of a list of downloads.

        Raises:
            OSError: If it cannot be read.
            ValueError: If it is longer than ``limit`` bytes, or no text.
        """
        return await self._files(_read_list, Path(path), limit)

    async def add(self, request: DownloadRequest) -> Operation:
        """Queue a download, or put the one that it repeats back into the queue.

        Raises:
            ExclusiveKeyError: If another download goes to the same destination.
        """
        return await self.store.write(_add, self.download.prepare(request), self.clock.now())

    async def take_up(self, request: DownloadRequest) -> Operation:
        """Claim a download for this process: the one that it repeats, else a new one.

        Raises:
            ExclusiveKeyError: If another download goes to the same destination.
            RecoveryStateError: If another process is at work on it.
        """
        new = self.download.prepare(request)
        return await self.store.write(_take_up, new, self.incarnation.owner, self.clock.now())

    async def requeue_interrupted(self) -> int:
        """Put what was interrupted back into the queue and return how much that was.

        What has lost one process after the other and came no further has failed instead.
        """
        return await self.store.write(_requeue_interrupted, self.settings().max_recoveries, self.clock.now())

    def _supervised(self, session: aiohttp.ClientSession) -> Recoverable[[DownloadRequest], str]:
        engine = DownloadEngine(
            session,
            self.settings,
            self._asked_at,
            self._renamed,
            self._files,
        )
        downloads = SourcedDownloads(engine, Lookup(session, self.sites), self._asked_at, self._found)
        options = Options(
            name=FUNCTION,
            config=self.settings,
            persistence=self.store,
            incarnation=self.incarnation,
            classifier=DownloadClassifier(),
            circuit_breaker_scope=lambda request: request.host,
            wait_for_breaker=True,
            exclusive_key=lambda request: str(request.destination),
            state_serializer=DownloadRequest.to_arguments,
            state_deserializer=DownloadRequest.from_arguments,
            clock=self.clock,
        )
        return Recoverable(downloads.download, options)

    async def _renamed(self, operation_id: str, request: DownloadRequest) -> None:
        await self.store.write(_rename, operation_id, request.name, str(request.destination), self.clock.now())

    async def _found(self, operation_id: str, request: DownloadRequest) -> None:
        await self.store.write(
            operations.change_arguments,
            operation_id,
            request.to_arguments(),
            str(request.destination),
            self.clock.now(),
        )

    async def _discard(self, operation: Operation, choices: Mapping[str, Any]) -> None:
        unfinished = operation.state is not OperationState.COMPLETED
        if not (unfinished and choices.get("discard") and operation.exclusive_key):
            return
        holder = await self.store.read(operations.by_key, operation.exclusive_key)
        # The destination may have passed to another download, whose bytes these are then.
        if holder is not None and holder.id == operation.id:
            await self._files(discard_partial, Path(operation.exclusive_key))

    async def _installed(self, path: str) -> None:
        await self._files(forget_install, Path(path))


def _read_list(path: Path, limit: int) -> str:
    with path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise ValueError(f"it has more than {limit:,} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("it is no text in UTF-8") from None


def _rename(db: sqlite3.Connection, operation_id: str, name: str | None, destination: str, now: float) -> None:
    operation = operations.get(db, operation_id)
    if operation is not None:
        operations.change_arguments(db, operation_id, {**operation.arguments, "name": name}, destination, now)


def _repeated(db: sqlite3.Connection, new: NewOperation) -> Operation | None:
    """Return the unfinished operation that asks for the same as ``new``.

    Where no name was asked for, the server may have given the earlier one a name of its own.
    """
    holder = operations.by_key(db, new.exclusive_key) if new.exclusive_key is not None else None
    if holder is not None and holder.arguments.get("url") == new.arguments["url"]:
        return holder
    if new.arguments["name"] is not None:
        return None
    unfinished = [state for state in OperationState if state is not OperationState.COMPLETED]
    return next(
        (
            operation
            for operation in operations.in_states(db, unfinished)
            if operation.function == new.function
            and operation.arguments.get("url") == new.arguments["url"]
            and operation.arguments.get("folder") == new.arguments["folder"]
        ),
        None,
    )


def _with_hash(db: sqlite3.Connection, earlier: Operation, new: NewOperation, now: float) -> None:
    """Let a SHA-256 that was not known before count from now on."""
    sha256 = new.arguments["sha256"]
    if sha256 is not None and earlier.arguments.get("sha256") != sha256:
        operations.change_arguments(db, earlier.id, {**earlier.arguments, "sha256": sha256}, earlier.exclusive_key, now)


def _add(db: sqlite3.Connection, new: NewOperation, now: float) -> Operation:
    owners.sweep(db, now)
    earlier = _repeated(db, new)
    if earlier is None:
        return operations.insert(db, new, now)
    if earlier.owner_id is None:
        _with_hash(db, earlier, new, now)
    losses.forget(db, earlier.id)
    return operations.queue(db, earlier.id, now, "asked for again") or earlier


def _take_up(db: sqlite3.Connection, new: NewOperation, owner: Owner, now: float) -> Operation:
    owners.sweep(db, now)
    earlier = _repeated(db, new)
    if earlier is None:
        return calls.insert_claimed(db, new, owner.id, now)
    if earlier.owner_id is not None:
        worker = owners.get(db, earlier.owner_id)
        words = f"the {worker.kind}, process {worker.pid}" if worker is not None else "another process"
        raise RecoveryStateError(
            f"{Path(earlier.exclusive_key or '').name} is being downloaded already by {words} (operation {earlier.id})"
        )
    _with_hash(db, earlier, new, now)
    losses.forget(db, earlier.id)
    operations.queue(db, earlier.id, now, "taken up again")
    claimed = operations.claim(db, earlier.id, owner.id, now)
    if claimed is None:
        raise RecoveryStateError(f"operation {earlier.id} could not be taken up: it is {earlier.state}")
    return claimed


def _requeue_interrupted(db: sqlite3.Connection, recoveries: int, now: float) -> int:
    queued = 0
    for operation in operations.in_states(db, [OperationState.INTERRUPTED]):
        if losses.give_up(db, operation.id, recoveries, now) is None:
            queued += operations.queue(db, operation.id, now, "resumed at the program's start") is not None
    return queued
