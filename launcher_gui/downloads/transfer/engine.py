"""One attempt at a download, from the saved data to the installed file.

Retrying, waiting and recording are done by the recovery library; this file knows only a single attempt.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import aiohttp

from launcher_gui.downloads import relocation
from launcher_gui.downloads.discard_consent import DiscardingError, needs_consent
from launcher_gui.downloads.errors.integrity_errors import (
    ChecksumMismatchError,
    DoubtfulBytesError,
    UnprovenLengthError,
)
from launcher_gui.downloads.http.body import Body
from launcher_gui.downloads.http.http_client import Response, open_response
from launcher_gui.downloads.partial import install
from launcher_gui.downloads.partial.space_reservations import SpaceReservations
from launcher_gui.downloads.partial.staging import Staging
from launcher_gui.downloads.request import DownloadRequest
from launcher_gui.downloads.rules.known_hash import Algorithm, KnownHash
from launcher_gui.downloads.rules.range_request import is_sharable, part_error, part_headers
from launcher_gui.downloads.rules.resume import (
    Recorded,
    RequestPlan,
    ResumeAction,
    ResumePlan,
    decide_resume,
    note_of,
    plan_request,
    record_of,
)
from launcher_gui.downloads.rules.segment_scheduler import WORTH_SHARING_BYTES
from launcher_gui.downloads.rules.token_bucket import TokenBucket
from launcher_gui.downloads.transfer.file_threads import progress_from_thread
from launcher_gui.downloads.transfer.receive import DEFAULT_LIMITS, CheckpointLimits, Files, receive
from launcher_gui.downloads.transfer.segments import receive_in_pieces
from launcher_gui.downloads.transfer.suspend_detection import SuspendDetector
from launcher_gui.downloads.transfer.throttle import Throttle, ThrottledBody
from launcher_gui.recovery.progress import ProgressTracker
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.settings.schema import Settings
from launcher_gui.text.message import Message, message

CONNECTING = "connecting"
DOWNLOADING = "downloading"
VERIFYING = "verifying"
MOVING = "moving"
INSTALLING = "installing"

T = TypeVar("T")

Renamed = Callable[[str, DownloadRequest], Awaitable[None]]
"""Called with the operation and its request under the name that the server sent; refuses by raising."""

MayDiscard = Callable[[str], Awaitable[bool]]
"""Returns whether the user consents to discarding the saved data of an operation; the consent counts once."""


@dataclass(frozen=True, slots=True)
class DownloadEngine:
    """Makes attempts at downloads.

    Attributes:
        session: The HTTP session.
        settings: Returns the present settings.
        full_url: Returns a URL with its secrets, as far as this process knows them.
        also: Other links to the same file, with their secrets.
        renamed: Called when the server's name for a file replaces the one from the URL.
        may_discard: Called before much saved data is discarded.
        files: Runs work on files.
        pace: The rate limit of all its downloads together.
        room: The disk space that they need.
        slumber: Ends transfers after a suspend.
        clock: The clock.
        limits: When checkpoints are made.
    """

    session: aiohttp.ClientSession
    settings: Callable[[], Settings]
    full_url: Callable[[str], str]
    renamed: Renamed
    may_discard: MayDiscard
    files: Files
    clock: Clock
    limits: CheckpointLimits = DEFAULT_LIMITS
    pace: TokenBucket = field(default_factory=TokenBucket)
    room: SpaceReservations = field(default_factory=SpaceReservations)
    slumber: SuspendDetector = field(default_factory=SuspendDetector)
    also: tuple[str, ...] = ()
    _names: dict[str, str] = field(default_factory=dict)

    async def download(self, request: DownloadRequest, progress_tracker: ProgressTracker) -> str:
        """Make one attempt and return the path of the installed file.

        Raises:
            DownloadError: If it fails.
            aiohttp.ClientError: If the connection fails.
        """
        if request.name is None:
            # A retry still has the request as it was before the server named the file.
            request = replace(request, name=self._names.get(progress_tracker.operation_id))
        destination = request.destination
        if await self.files(install.resume_install, request):
            return str(destination)
        await self.files(install.check_destination, request.destination)
        if request.earlier_destinations or request.earlier_urls:
            await self._bring_along(request, progress_tracker)
        staging = await self.opened(destination)
        attempt = _Attempt(self, request, progress_tracker, staging)
        try:
            async with self.slumber.watched():
                await attempt.fetch()
            return await attempt.finish()
        finally:
            await self.files(attempt.staging.close)

    async def _bring_along(self, request: DownloadRequest, tracker: ProgressTracker) -> None:
        tracker.enter(MOVING, 0, tracker.latest.done or None)
        await self.reading(lambda *told: relocation.bring_along(request, *told), tracker)

    async def reading(
        self, read: Callable[[Callable[[int], None], Callable[[], bool]], T], tracker: ProgressTracker
    ) -> T:
        """Return what ``read`` returns, giving it callbacks that report progress and say when to stop."""
        stop = threading.Event()
        reading = self.files.start(read, progress_from_thread(tracker.update, self.clock), stop.is_set)
        try:
            return await asyncio.shield(reading)
        except asyncio.CancelledError:
            stop.set()
            await asyncio.wait([reading])
            raise

    async def opened(self, destination: Path) -> Staging:
        """Return the partial file for ``destination``; close it again if the caller was cancelled meanwhile."""
        opening = self.files.start(Staging.open, destination)
        try:
            return await asyncio.shield(opening)
        except asyncio.CancelledError:
            await asyncio.wait([opening])
            if opening.exception() is None:
                await self.files(opening.result().close)
            raise

    async def adopt_server_name(self, operation_id: str, name: str, request: DownloadRequest) -> None:
        """Continue under ``name``, which ``request`` also has, in this attempt and all later ones.

        Raises:
            ExclusiveKeyError: If another download saves to that destination.
        """
        await self.renamed(operation_id, request)
        self._names[operation_id] = name


class _Attempt:
    """An attempt in progress: a request, the partial file, and what is known of the remote file."""

    def __init__(
        self, engine: DownloadEngine, request: DownloadRequest, tracker: ProgressTracker, staging: Staging
    ) -> None:
        self._engine = engine
        self._request = request
        self._tracker = tracker
        self._files = engine.files
        self._proven = False
        self._damaged = 0
        self._mixed = False
        self._throttle = Throttle(engine.settings, engine.pace)
        self.staging = staging

    async def fetch(self) -> None:
        """Download what is missing from the partial file."""
        recorded = self.staging.recorded
        await self._check()
        self._tracker.enter(CONNECTING, self.staging.held.count, recorded.total if recorded is not None else None)
        plan: RequestPlan | None = self._plan()
        while plan is not None:
            plan = await self._ask(plan)

    async def finish(self) -> str:
        """Verify the partial file, install it, and return its path."""
        destination = self._request.destination
        proof = self._request.proof
        if proof is not None:
            await self._verify(proof)
        elif not self._proven:
            raise UnprovenLengthError(self.staging.written)
        total = self.staging.written
        self._tracker.enter(INSTALLING, total, total)
        await self._files(self.staging.install, None if proof is None else str(proof))
        return str(destination)

    def _plan(self) -> RequestPlan:
        staging, request = self.staging, self._request
        return plan_request(staging.recorded, staging.staged, request.proof, url=request.url, beyond=self._beyond)

    @property
    def _beyond(self) -> int:
        """Return how many bytes are saved behind the first gap."""
        held = self.staging.held
        return held.count - held.prefix

    async def _ask(self, plan: RequestPlan) -> RequestPlan | None:
        """Make one request; return the plan of the next one, ``None`` once the partial file is complete."""
        engine, by_hash = self._engine, self._request.is_known_by_hash
        url = engine.full_url(self._request.url)
        async with open_response(engine.session, url, plan.headers, engine.settings(), known_by_hash=by_hash) as answer:
            if await self._take_name(answer) and self.staging.held.count:
                return self._plan()  # bytes may be saved under that name, and usable
            verdict = decide_resume(
                self.staging.recorded,
                answer.remote,
                plan,
                self._request.proof,
                staged=self.staging.staged,
                name=self._request.destination.name,
                beyond=self._beyond,
            )
            return await self._act(verdict, answer)

    async def _act(self, verdict: ResumePlan, answer: Response) -> RequestPlan | None:
        match verdict.action:
            case ResumeAction.REFUSE:
                raise verdict.error or AssertionError("a refusal without an error")
            case ResumeAction.ASK_AGAIN:
                return verdict.again
            case ResumeAction.ALREADY_WHOLE:
                await self._files(self.staging.begin, self._recorded(answer, verdict.offset), verdict.offset)
                await self._tracker.resumed(verdict.offset, self._note(verdict))
                self._proven = True
            case ResumeAction.APPEND:
                # A single response cannot keep what lies behind the first gap.
                lost = 0 if self._connections(answer) else self._beyond
                await self._require_consent(verdict.discarded + lost, verdict.why)
                await self._tracker.resumed(verdict.kept, self._note(verdict))
                await self._transfer(answer, verdict.offset)
            case ResumeAction.START_OVER:
                await self._require_consent(verdict.discarded, verdict.why)
                await self._files(self.staging.give_up, ((0, self.staging.held.end),))
                await self._tracker.resumed(0, self._note(verdict))
                await self._transfer(answer, 0)
        return None

    async def _require_consent(self, discarded: int, why: Message) -> None:
        """Make sure that ``discarded`` bytes, and those that the disk has lost, may be discarded.

        Raises:
            DiscardingError: If the user has to consent first.
        """
        discarded += self._damaged
        settings, operation_id = self._engine.settings(), self._tracker.operation_id
        if needs_consent(discarded, settings) and not await self._engine.may_discard(operation_id):
            raise DiscardingError(discarded, why or message("resume.altered_reason"))

    async def _transfer(self, answer: Response, offset: int) -> None:
        connections, room = self._connections(answer), self._engine.room
        recorded = self._recorded(answer, offset)
        try:
            await self._files(room.begin, self.staging, recorded, offset, in_pieces=connections > 0)
            await self._receive(answer, offset, connections)
        finally:
            room.forget(self.staging)

    async def _receive(self, answer: Response, offset: int, connections: int) -> None:
        engine, remote, staging = self._engine, answer.remote, self.staging
        total = remote.total
        self._tracker.enter(DOWNLOADING, staging.held.count, total)
        body = ThrottledBody(answer.body, self._throttle, self._engine.clock)
        by_hash = self._request.sha256 is not None
        if total is not None and connections:
            await receive_in_pieces(
                answer,
                body,
                staging,
                total,
                self._files,
                self._tracker.update,
                self._part,
                connections=connections,
                clock=engine.clock,
                limits=engine.limits,
                hashing=by_hash,
            )
        else:
            hashing = by_hash and await self._files(staging.hash_along)
            await receive(
                body,
                staging,
                total,
                self._files,
                self._tracker.update,
                clock=engine.clock,
                limits=engine.limits,
                hashing=hashing,
            )
        # Content-Length and the last chunk prove that the body is complete; the end of the connection does not.
        self._proven = total is not None or remote.chunked
        if total is None and self._proven:
            # The length is known now, so a later attempt need not download the file again to learn it.
            whole = replace(self._recorded(answer, offset), total=staging.written)
            await self._files(staging.begin, whole, staging.written)

    def _connections(self, answer: Response) -> int:
        """Return how many connections to download segments through, 0 to append the body of this one response."""
        remote, held = answer.remote, self.staging.held
        if remote.total is None or not is_sharable(remote, self._request.proof):
            return 0
        wanted = self._engine.settings().connections_per_download
        if wanted > 1 and remote.total - held.count >= WORTH_SHARING_BYTES:
            return wanted
        return 1 if held.islands else 0

    @contextlib.asynccontextmanager
    async def _part(self, number: int, start: int, end: int) -> AsyncIterator[Body]:
        """Request a part of the file, from one of its addresses after the other if it has several."""
        engine, recorded = self._engine, self.staging.recorded
        assert recorded is not None  # noqa: S101 - the file is being fetched
        addresses = (engine.full_url(self._request.url), *engine.also)
        by_hash = self._request.is_known_by_hash
        if by_hash:  # each server has its own validators
            recorded = replace(recorded, etag=None, last_modified=None)
        headers = part_headers(recorded, start, end)
        url = addresses[number % len(addresses)]
        self._mixed = self._mixed or url != addresses[0]
        async with open_response(engine.session, url, headers, engine.settings(), known_by_hash=by_hash) as answer:
            if (error := part_error(recorded, answer.remote, start, end)) is not None:
                raise error
            yield ThrottledBody(answer.body, self._throttle, self._engine.clock)

    async def _take_name(self, answer: Response) -> bool:
        """Adopt the server's name for the file, unless the user chose one or data is saved under another.

        Returns:
            Whether it was adopted: the partial file is another one then.
        """
        name = answer.remote.name
        successful = answer.remote.status in {200, 206}
        if not successful or self._request.name is not None or name is None or self.staging.held.count:
            return False
        request = replace(self._request, name=name)
        if request.destination == self._request.destination:
            return False
        await self._files(install.check_destination, request.destination)
        await self._engine.adopt_server_name(self._tracker.operation_id, name, request)
        before, self.staging = self.staging, await self._engine.opened(request.destination)
        self._request = request
        await self._files(before.discard)
        return True

    async def _check(self) -> None:
        """Check whether the saved data has changed on disk, and treat the changed parts as missing."""
        if not await self._files(self.staging.damage_at_the_end):
            return
        before = self.staging.held.count
        self._tracker.enter(VERIFYING, 0, before)
        damaged = await self._engine.reading(lambda *told: self.staging.damage(0, *told), self._tracker)
        self.staging.give_up(damaged)
        self._damaged = before - self.staging.held.count

    async def _verify(self, expected: KnownHash) -> None:
        self._tracker.enter(VERIFYING, 0, self.staging.written)
        read = self.staging.sha256 if expected.algorithm is Algorithm.SHA256 else self.staging.blake3
        actual = await self._engine.reading(read, self._tracker)
        self._tracker.update(self.staging.written)
        if actual is None or actual == expected.digits:
            return
        doubtful_from, recorded = self.staging.unvouched_from, self.staging.recorded
        if doubtful_from and recorded is not None:
            doubtful = self.staging.written - doubtful_from
            await self._files(self.staging.begin, recorded, doubtful_from)
            raise DoubtfulBytesError(doubtful, expected.algorithm)
        kept_at = await self._files(self.staging.quarantine)
        raise ChecksumMismatchError(expected.digits, actual, kept_at, expected.algorithm, mixed=self._mixed)

    def _note(self, verdict: ResumePlan) -> Message:
        aside = self.staging.set_aside
        return note_of(verdict, self._damaged, aside.name if aside is not None else None)

    def _recorded(self, answer: Response, offset: int) -> Recorded:
        return record_of(answer.remote, self.staging.recorded if offset else None, self._request.url)
