"""The service that assembles what downloads need; the window and the command line each open one."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp
from platformdirs import user_downloads_path
from yarl import URL

from launcher_gui.downloads import download_store
from launcher_gui.downloads.errors.classifier import DownloadClassifier
from launcher_gui.downloads.errors.refusals import MisconfiguredError
from launcher_gui.downloads.http.http_client import new_session
from launcher_gui.downloads.http.proxies import proxy_for
from launcher_gui.downloads.link_list import UnreadableListError
from launcher_gui.downloads.link_preview import DestinationInfo, LinkPreview
from launcher_gui.downloads.link_probe import Prober, listed, look_around
from launcher_gui.downloads.partial.disk import free_space
from launcher_gui.downloads.partial.install import check_destination, forget_install
from launcher_gui.downloads.partial.staging import discard_partial
from launcher_gui.downloads.redaction import split_secrets
from launcher_gui.downloads.request import DownloadRequest, parse_request
from launcher_gui.downloads.sources.all_sources import token_in
from launcher_gui.downloads.sources.auth_middleware import AuthMiddleware
from launcher_gui.downloads.sources.lookup import Lookup
from launcher_gui.downloads.sources.sites import Sites
from launcher_gui.downloads.sources.source import Source
from launcher_gui.downloads.sources.token_check import Account, check_token
from launcher_gui.downloads.sources.tokens import Tokens
from launcher_gui.downloads.transfer.engine import DownloadEngine
from launcher_gui.downloads.transfer.file_threads import file_threads
from launcher_gui.downloads.transfer.network_state import NetworkState
from launcher_gui.downloads.transfer.receive import DEFAULT_LIMITS, CheckpointLimits, Files
from launcher_gui.downloads.transfer.source_attempt import SourceAttempts
from launcher_gui.downloads.transfer.suspend_detection import SuspendDetector
from launcher_gui.recovery import OwnerLease, Recoverable, SQLitePersistence, recoverable, recovery_of
from launcher_gui.recovery.operation import CommandKind, Operation, OperationState
from launcher_gui.recovery.rules.applicable_commands import GOES_ON
from launcher_gui.recovery.rules.queue_order import QueueLimits
from launcher_gui.recovery.runtime.clock import Clock, SystemClock
from launcher_gui.recovery.runtime.tasks import spawn
from launcher_gui.recovery.store.ports import Store, Watch
from launcher_gui.recovery.store.records import IGNORE_SCHEDULE
from launcher_gui.recovery.worker.housekeeping import HistoryLimits, trim_periodically
from launcher_gui.recovery.worker.worker import Worker
from launcher_gui.settings.current import CurrentSettings
from launcher_gui.settings.hours import Hours, on_the_wall, parse_hours
from launcher_gui.text.message import Message, message

FUNCTION = "download"
"""The name under which downloads are recorded."""


class DownloadService:
    """The downloads of one process on one store.

    Args:
        store_path: The store's file, ``None`` for the usual one.
        kind: The name of this kind of process ("window", "command line").
        clock: The clock.
        machine: The state of this computer's network.
        limits: When the data of a download is made to survive a power cut.
    """

    store: Store
    watch: Watch
    settings: CurrentSettings
    owner_lease: OwnerLease
    files: Files
    download: Recoverable[[DownloadRequest], str]

    def __init__(
        self,
        store_path: str | None,
        kind: str,
        clock: Clock | None = None,
        machine: NetworkState | None = None,
        limits: CheckpointLimits = DEFAULT_LIMITS,
    ) -> None:
        self.clock = clock or SystemClock()
        self._machine = machine or NetworkState()
        self._limits = limits
        self._slumber = SuspendDetector()
        self.store = SQLitePersistence(store_path)
        self.watch = self.store.watch()
        self.settings = CurrentSettings(self.store, self.clock)
        self.owner_lease = OwnerLease(self.store, kind, self.clock)
        self._executor = file_threads()
        self.files = Files(self._executor)
        self.tokens = Tokens()
        self.sites = Sites(self.settings, self.tokens, os.environ)
        self._session: aiohttp.ClientSession | None = None
        self._chores: tuple[asyncio.Task[None], ...] = ()
        # URLs with their secrets are kept in the memory of this process and nowhere else.
        self._full_urls: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        """Open the store and everything on it.

        Raises:
            StoreUnusableError: If the store cannot be opened.
        """
        await self.store.open()
        try:
            await self.settings.reload()
            await self.owner_lease.start()
            await self.watch.start()
            self._chores = (
                spawn(trim_periodically(self.store, self._history_limits, self.clock), "trimming the history"),
                spawn(self.settings.follow(self.watch), "following the settings"),
                spawn(self._slumber.follow(self._machine, self.clock), "noticing that the computer slept"),
            )
        except BaseException:
            await self.store.close()
            raise
        self._session = new_session(AuthMiddleware(self.sites))
        self.download = self._supervised(self._session)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()
        self.tokens.close()
        for chore in self._chores:
            chore.cancel()
        if self._chores:
            await asyncio.wait(self._chores)
        await self.watch.stop()
        await self.owner_lease.stop()
        await self.store.close()
        self._executor.shutdown(wait=False)

    def worker(self, only: str | None = None) -> Worker:
        """Return a worker for the queue, or for one operation alone, which is not delayed."""
        worker = Worker(
            self.store,
            self.watch,
            self.owner_lease,
            {FUNCTION: self.download},
            lambda: QueueLimits(1) if only is not None else self._terms(),
            self._discard,
            self._installed,
            self.clock,
            only,
        )
        self.settings.listen(lambda _: worker.look())
        return worker

    def closed(self) -> Message:
        """Return why downloads do not run at present and until when; nothing if they do."""
        return self.hours().closed_at(on_the_wall(self.clock.now()))

    def hours(self) -> Hours:
        """Return the hours in which downloads run."""
        return parse_hours(self.settings().download_hours)

    def wanted_now(self, kind: CommandKind) -> dict[str, bool]:
        """Return the choices sent with a command: what the user resumes outside the hours runs at any hour."""
        return {IGNORE_SCHEDULE: True} if kind in GOES_ON and self.closed() else {}

    def _terms(self) -> QueueLimits:
        """Return the present limits of the queue."""
        settings, hours, at = self.settings(), self.hours(), on_the_wall(self.clock.now())
        change = hours.next_change(at)
        return QueueLimits(
            settings.concurrent_downloads,
            settings.concurrent_downloads_per_host,
            hours.closed_at(at),
            None if change is None else (change - at).total_seconds(),
        )

    def parse(
        self,
        url: str,
        folder: str,
        name: str | None = None,
        sha256: str | None = None,
        mirrors: Sequence[str] = (),
    ) -> DownloadRequest:
        """Return the request for what the user typed; secrets in its URLs are kept by this process alone.

        Raises:
            InvalidInputError: If a field is not valid.
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
        """Return the folder that files are saved in by default."""
        chosen = self.settings().download_folder
        return Path(chosen).expanduser() if chosen else user_downloads_path()

    def _history_limits(self) -> HistoryLimits:
        settings = self.settings()
        return HistoryLimits.of(settings.history_days, settings.history_limit_mb)

    def _asked_at(self, url: str) -> str:
        return self.sites.reached(self.full_url(url))

    async def check(self, request: DownloadRequest) -> None:
        """Make sure that the file can be saved at its destination.

        Raises:
            DownloadError: If it cannot.
        """
        await self.files(check_destination, request.destination)

    async def probe(self, request: DownloadRequest) -> LinkPreview:
        """Return what is known of a file before it is downloaded; a failure is reported in it."""
        if self._session is None:
            raise RuntimeError("the service is not open")
        lookup = Lookup(self._session, self.sites)
        return await Prober(self._session, lookup, self._asked_at, self.settings).probe(request)

    async def look_around(
        self, requests: Sequence[DownloadRequest], names: Iterable[str], known: Iterable[str]
    ) -> DestinationInfo:
        """Return what is known of the destinations of ``requests``; see ``link_probe.look_around``."""
        here = await self.files(look_around, requests, tuple(names), tuple(known))
        destinations = tuple(str(request.destination) for request in requests)
        return replace(here, listed=await self.store.read(lambda tx: listed(tx, destinations)))

    async def read_list(self, path: str, limit: int) -> str:
        """Return the text of a list of downloads.

        Raises:
            OSError: If it cannot be read.
            UnreadableListError: If it is longer than ``limit`` bytes, or not text in UTF-8.
        """
        return await self.files(_read_list, Path(path), limit)

    async def add(self, request: DownloadRequest, *, discard: bool = False) -> Operation:
        """Queue a download, or the one that it repeats.

        Args:
            request: The download.
            discard: Whether the user consents to discarding saved data that cannot be used.

        Raises:
            ExclusiveKeyError: If another download saves to the same destination.
        """
        new, now = self.download.prepare(request), self.clock.now()
        return await self.store.write(lambda tx: download_store.add(tx, new, _choices(discard), now))

    async def send_elsewhere(self, operation_id: str, url: str = "", folder: str = "", name: str = "") -> Operation:
        """Give a stopped download another link for its file, another folder or another name, and queue it.

        Saved data moves with it; the store records both destinations until that is done. Secrets in ``url`` are kept by
        this process alone.

        Raises:
            InvalidInputError: If one of them is not valid.
            DownloadError: If the file cannot be saved there.
            ExclusiveKeyError: If another download saves to the same destination.
            RecoveryStateError: If it is active, or no longer exists.
        """
        operation = await self.store.read(lambda tx: tx.operations.require(operation_id))
        request = DownloadRequest.from_arguments(operation.arguments).sent_elsewhere(url, folder, name)
        if folder or name:
            await self.check(request)
        if url:
            self._remember_secrets(request.url, url.strip())
        now = self.clock.now()
        return await self.store.write(lambda tx: download_store.send_elsewhere(tx, operation_id, request, now))

    async def check_token(self, site: Source[Any]) -> Account:
        """Return the account at ``site`` that the token in use belongs to."""
        assert self._session is not None  # noqa: S101 open
        return await check_token(self._session, self.sites, site)

    async def free_space(self, folder: str) -> int | None:
        """Return how many bytes are free in ``folder``, ``None`` if unknown."""
        return await self.files(free_space, Path(folder))

    async def take_up(self, request: DownloadRequest, *, discard: bool = False) -> Operation:
        """Claim a download for this process: the one that it repeats, else a new one.

        Args:
            request: The download.
            discard: Whether the user consents to discarding saved data that cannot be used.

        Raises:
            ExclusiveKeyError: If another download saves to the same destination.
            RecoveryStateError: If another process is working on it.
        """
        new, now = self.download.prepare(request), self.clock.now()
        return await self.store.write(
            lambda tx: download_store.claim(tx, new, _choices(discard), self.owner_lease.owner, now)
        )

    async def requeue_interrupted(self) -> int:
        """Queue the interrupted downloads and return how many.

        Those whose process crashed repeatedly without progress fail instead.
        """
        most, now = self.settings().max_recoveries, self.clock.now()
        return await self.store.write(lambda tx: download_store.requeue_interrupted(tx, most, now))

    def _supervised(self, session: aiohttp.ClientSession) -> Recoverable[[DownloadRequest], str]:
        engine = DownloadEngine(
            session,
            self.settings,
            self._asked_at,
            self._renamed,
            self._may_discard,
            self.files,
            self.clock,
            self._limits,
            slumber=self._slumber,
        )
        downloads = SourceAttempts(engine, Lookup(session, self.sites), self._asked_at, self._found)
        supervise = recoverable(
            name=FUNCTION,
            config=self.settings,
            persistence=self.store,
            owner_lease=self.owner_lease,
            classifier=DownloadClassifier(),
            circuit_breaker_scope=lambda request: request.host,
            offline_reason=self._offline_reason,
            wait_for_breaker=True,
            exclusive_key=lambda request: str(request.destination),
            state_serializer=DownloadRequest.to_arguments,
            state_deserializer=DownloadRequest.from_arguments,
            clock=self.clock,
        )
        return recovery_of(supervise(downloads.download))

    def _offline_reason(self, host: str) -> str:
        """Return what this computer lacks to reach ``host``, taking its mirror and its proxy into account."""
        try:
            target = URL(self.sites.reached(f"https://{host}/"))
            asked = proxy_for(target, self.settings().proxy) or target
        except (MisconfiguredError, ValueError):
            return ""
        return "" if self._machine.reaches(asked.host or "") else "the network"

    async def _renamed(self, operation_id: str, request: DownloadRequest) -> None:
        now = self.clock.now()
        await self.store.write(
            lambda tx: download_store.rename(tx, operation_id, request.name, str(request.destination), now)
        )

    async def _found(self, operation_id: str, request: DownloadRequest) -> None:
        now = self.clock.now()
        await self.store.write(lambda tx: download_store.change(tx, operation_id, request, now))

    async def _may_discard(self, operation_id: str) -> bool:
        now = self.clock.now()
        return await self.store.write(lambda tx: download_store.consume_discard_consent(tx, operation_id, now))

    async def _discard(self, operation: Operation, choices: Mapping[str, Any]) -> None:
        unfinished = operation.state is not OperationState.COMPLETED
        key = operation.exclusive_key
        if not (unfinished and choices.get("discard") and key):
            return
        holder = await self.store.read(lambda tx: tx.operations.by_key(key))
        # The destination may belong to another download by now, and its data with it.
        if holder is not None and holder.id == operation.id:
            await self.files(discard_partial, Path(key))

    async def _installed(self, path: str) -> None:
        # This can be long after the download: by now, another one may have the same destination and its own record.
        if await self.store.read(lambda tx: tx.operations.by_key(path)) is None:
            await self.files(forget_install, Path(path))


def _read_list(path: Path, limit: int) -> str:
    with path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise UnreadableListError(message("list.too_large", limit_bytes=limit))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableListError(message("list.not_utf8")) from None


def _choices(discard: bool) -> Mapping[str, Any]:
    return {"discard": True} if discard else {}
