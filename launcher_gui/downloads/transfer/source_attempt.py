"""One attempt at a download from a site or its mirrors: looks up the exact version, then tries each address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from launcher_gui.downloads.errors.classifier import DownloadClassifier
from launcher_gui.downloads.errors.integrity_errors import ChecksumMismatchError
from launcher_gui.downloads.errors.refusals import OtherFileError, SiteRefusalError
from launcher_gui.downloads.errors.remedies import FailureKind
from launcher_gui.downloads.request import DownloadRequest
from launcher_gui.downloads.rules.known_hash import Algorithm
from launcher_gui.downloads.sources.lookup import Lookup
from launcher_gui.downloads.sources.source import LookedUp
from launcher_gui.downloads.transfer.engine import CONNECTING, DownloadEngine, Renamed
from launcher_gui.recovery.classification import Disposition
from launcher_gui.recovery.progress import ProgressTracker

_HERE = frozenset({FailureKind.DISK_FULL, FailureKind.FOLDER_GONE, FailureKind.TARGET_TAKEN})
"""Failures that another address does not avoid."""

_classifier = DownloadClassifier()


@dataclass(frozen=True, slots=True)
class SourceAttempts:
    """Makes attempts at downloads from sites that have versions, and from mirrors.

    Attributes:
        engine: Makes an attempt at one address.
        lookup: Looks files up at sites.
        asked: Returns the URL to request for a link, with its secrets.
        found: Called with an operation and its request once the version to download is known.
    """

    engine: DownloadEngine
    lookup: Lookup
    asked: Callable[[str], str]
    found: Renamed
    _known: dict[str, tuple[DownloadRequest, DownloadRequest]] = field(default_factory=dict)

    async def download(self, request: DownloadRequest, progress_tracker: ProgressTracker) -> str:
        """Make one attempt, at each address in turn until one delivers the file, and return the installed file's path.

        If the file is downloaded through several connections, the addresses that have not failed share it.

        Raises:
            DownloadError: If it fails.
            aiohttp.ClientError: If the connection fails.
        """
        failures: list[Exception] = []
        try:
            request = await self._settled(request, progress_tracker)
        except Exception as error:
            if not request.is_known_by_hash:
                raise
            failures.append(error)
        addresses = [] if failures else [request.pinned or request.url]
        if request.is_known_by_hash:
            addresses += request.mirrors
        together = True
        while addresses:
            also = addresses[1:] if together else []
            try:
                path = await self._download_from(addresses[0], also, request, progress_tracker)
            except Exception as error:
                if isinstance(error, ChecksumMismatchError) and error.mixed:
                    together = False  # one of them, unknown which, has another file: each is tried alone from now on
                    continue
                if (len(addresses) == 1 and not failures) or _classifier.failure_kind(error) in _HERE:
                    raise
                failures.append(error)
                del addresses[0]
            else:
                self._known.pop(progress_tracker.operation_id, None)
                return path
        raise _most_hopeful(failures)

    async def _download_from(
        self, address: str, also: Sequence[str], request: DownloadRequest, tracker: ProgressTracker
    ) -> str:
        others = tuple(self.asked(other) for other in also)
        engine = replace(self.engine, full_url=lambda _url: self.asked(address), also=others)
        try:
            # The saved bytes belong to one file whichever mirror sends them, and are recorded under one address.
            return await engine.download(replace(request, url=request.pinned or request.url), tracker)
        except SiteRefusalError as refused:
            raise await self.lookup.why_refused(address, refused) from refused

    async def _settled(self, request: DownloadRequest, tracker: ProgressTracker) -> DownloadRequest:
        """Return the request for the current version; later attempts keep that version."""
        if request.pinned is not None:
            return request
        # A retry still has the request as it was before the lookup.
        asked_for, known = self._known.get(tracker.operation_id, (None, request))
        if asked_for == request:
            return known
        tracker.enter(CONNECTING, tracker.latest.done)
        found = await self.lookup.find(request.url)
        if found is None:
            return request
        pinned = found.url if found.is_pinned else None
        settled = replace(_proven(request, found), pinned=pinned, name=request.name or found.name)
        tracker.update(tracker.latest.done, found.size)
        if settled != request:
            await self.found(tracker.operation_id, settled)
            self._known[tracker.operation_id] = request, settled
        return settled


def _proven(request: DownloadRequest, found: LookedUp) -> DownloadRequest:
    """Return the request with the hash that the site lists; a hash from the user takes precedence.

    Raises:
        OtherFileError: If the site lists another hash than the user gave.
    """
    for given, listed, algorithm in (
        (request.sha256, found.sha256, Algorithm.SHA256),
        (request.blake3, found.blake3, Algorithm.BLAKE3),
    ):
        if given is not None and listed not in {None, given}:
            raise OtherFileError(found.site, given, str(listed), algorithm)
    if request.proof is not None:
        return request
    return replace(request, sha256=found.sha256, blake3=found.blake3 if found.sha256 is None else None)


def _most_hopeful(failures: list[Exception]) -> Exception:
    """Return the first failure that a retry may resolve, else the first of all."""
    hopeful = (error for error in failures if _classifier.classify(error).disposition is not Disposition.PERMANENT)
    return next(hopeful, failures[0])
