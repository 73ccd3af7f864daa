"""Looking up a file and its destination without downloading it, for a preview."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from launcher_gui.downloads.errors.classifier import DownloadClassifier
from launcher_gui.downloads.errors.download_error import DownloadError
from launcher_gui.downloads.errors.refusals import SiteRefusalError
from launcher_gui.downloads.http.http_client import open_response
from launcher_gui.downloads.link_preview import DestinationInfo, LinkPreview, kind_of, model_folders
from launcher_gui.downloads.partial.disk import free_space
from launcher_gui.downloads.request import DownloadRequest
from launcher_gui.downloads.rules.headers import RemoteFile
from launcher_gui.downloads.rules.naming import name_from_url
from launcher_gui.downloads.rules.resume import refusal
from launcher_gui.downloads.sources.lookup import Lookup
from launcher_gui.downloads.sources.source import LookedUp
from launcher_gui.recovery.store.ports import Transaction
from launcher_gui.settings.schema import Settings
from launcher_gui.text.message import message

PATIENCE_S = 15.0
"""How long a server may take to answer; the download itself waits longer."""

_FIRST_BYTE = {"Range": "bytes=0-0"}
_classifier = DownloadClassifier()


@dataclass(frozen=True, slots=True)
class Prober:
    """Asks servers and sites.

    Attributes:
        session: The HTTP session.
        lookup: Looks files up at sites.
        asked: Returns the URL to request for a link, with its secrets.
        settings: Time limits.
        patience_s: How long one lookup may take, in seconds.
    """

    session: aiohttp.ClientSession
    lookup: Lookup
    asked: Callable[[str], str]
    settings: Callable[[], Settings]
    patience_s: float = PATIENCE_S

    async def probe(self, request: DownloadRequest) -> LinkPreview:
        """Return what is known of a file; a failure is reported in it and never raised.

        Only the first byte is requested: unlike HEAD, which some servers refuse and a signed link does not allow, that
        shows whether the download can be resumed, and the connection is closed before more is sent.
        """
        name = request.destination.name
        try:
            async with asyncio.timeout(self.patience_s):
                return await self._probe(request)
        except TimeoutError:
            return LinkPreview(
                name, problem=message("download.failed", problem=message("http.no_answer", limit_s=self.patience_s))
            )
        except Exception as error:  # noqa: BLE001 every failure is reported
            return LinkPreview(name, problem=_classifier.sentences(error))

    async def _probe(self, request: DownloadRequest) -> LinkPreview:
        found = await self.lookup.find(request.url)
        address = self.asked(request.url if found is None else found.url)
        try:
            async with open_response(self.session, address, _FIRST_BYTE, self.settings()) as answer:
                return _prospect(request, found, answer.remote)
        except SiteRefusalError as refused:
            raise await self.lookup.why_refused(request.url, refused) from refused


def _prospect(request: DownloadRequest, found: LookedUp | None, remote: RemoteFile) -> LinkPreview:
    name = request.name or (found and found.name) or remote.name or name_from_url(request.url)
    empty = remote.status == 416 and remote.content_range is not None and remote.content_range.total == 0
    problem: DownloadError | None = None if empty else refusal(remote, name, part=False)
    if problem is not None:
        raise problem
    sha256 = request.sha256 or (found.sha256 if found is not None else None)
    size = remote.total if remote.total is not None or found is None else found.size
    # Without a validator or a hash, saved bytes cannot be distinguished from the beginning of another file.
    known = remote.etag is not None or remote.last_modified is not None or sha256 is not None
    return LinkPreview(name, size, sha256, remote.status == 206 and known, "" if found is None else found.site)


def look_around(requests: Sequence[DownloadRequest], names: Iterable[str], known: Iterable[str]) -> DestinationInfo:
    """Return what is known of the destinations of ``requests``. Blocks.

    Args:
        requests: Downloads that may be added.
        names: File names for which to suggest folders.
        known: Recently used folders, among which ComfyUI's are looked for.
    """
    roots = [Path(folder) for folder in model_folders(known)]
    free = {folder: free_space(_nearest(Path(folder))) for folder in {request.folder for request in requests}}
    suggested = {}
    for name in names:
        kind = kind_of(name)
        fitting = (root / kind for root in roots if kind is not None and (root / kind).is_dir())
        if (folder := next(fitting, None)) is not None:
            suggested[name] = str(folder)
    return DestinationInfo(
        {folder: count for folder, count in free.items() if count is not None},
        frozenset(str(r.destination) for r in requests if os.path.lexists(r.destination)),
        suggested=suggested,
    )


def listed(tx: Transaction, destinations: Iterable[str]) -> dict[str, str]:
    """Return the link of the unfinished download that saves to each of ``destinations``, where there is one."""
    holders = ((destination, tx.operations.by_key(destination)) for destination in destinations)
    return {d: str(holder.arguments.get("url", "")) for d, holder in holders if holder is not None}


def _nearest(folder: Path) -> Path:
    return next((place for place in (folder, *folder.parents) if place.is_dir()), folder)
