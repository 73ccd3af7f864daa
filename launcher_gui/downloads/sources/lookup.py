"""Asking a site what a file is before fetching it: which version exactly, its SHA-256, its name."""

from __future__ import annotations

import json
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import hdrs
from yarl import URL

from launcher_gui.downloads.errors.http_errors import HttpStatusError
from launcher_gui.downloads.errors.refusals import BadAnswerError, SiteRefusalError
from launcher_gui.downloads.http.proxies import proxy_for
from launcher_gui.downloads.rules.headers import remote_file
from launcher_gui.downloads.sources import civitai, hugging_face
from launcher_gui.downloads.sources.addresses import CIVITAI, CivitaiFile, HubFile, source_file
from launcher_gui.downloads.sources.sites import Sites

_HOPS = 5
_LIMIT = 4 * 1024 * 1024
_ASKING = {"Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What a site says of a file.

    Attributes:
        site: What people call the site.
        url: Its address at the site itself.
        is_pinned: Whether that names one version, for good.
        sha256: What it hashes to, if the site says so.
        name: What the site calls it, where the address does not tell.
        size: How many bytes it has, or nearly; the answer that brings it decides.
        blake3: What its BLAKE3 is, if the site says so.
    """

    site: str
    url: str
    is_pinned: bool
    sha256: str | None
    name: str | None
    size: int | None
    blake3: str | None = None


@dataclass(frozen=True, slots=True)
class Lookup:
    """Asks the sites.

    Attributes:
        session: Speaks HTTP, through the gate.
        sites: Where the sites are reached.
    """

    session: aiohttp.ClientSession
    sites: Sites

    async def find(self, url: str) -> LookedUp | None:
        """Return what the site says of the file at ``url``, ``None`` if it is at no site that is known.

        Raises:
            SiteRefusalError: If the site refuses and says why.
            HttpStatusError: If it answers with something else than what was asked for.
            BadAnswerError: If its answer makes no sense.
        """
        match source_file(url):
            case HubFile() as file:
                return await self._at_hub(file)
            case CivitaiFile() as file:
                return await self._at_civitai(file)
            case None:
                return None

    async def why_refused(self, url: str, refused: SiteRefusalError) -> SiteRefusalError:
        """Return the reason for ``refused`` that only the site's list of files tells, else itself."""
        file = source_file(url)
        if not isinstance(file, CivitaiFile) or file.version is None:
            return refused
        try:
            entry = await self._listed(file)
        except (SiteRefusalError, HttpStatusError, BadAnswerError, aiohttp.ClientError):
            return refused
        if entry is None or entry.early_access_until is None:
            return refused
        return civitai.early_access(file.version, entry.early_access_until, refused.status)

    async def _at_hub(self, file: HubFile) -> LookedUp:
        target = URL(self.sites.reached(file.url), encoded=True)
        for _ in range(_HOPS):
            async with self._asked(hdrs.METH_HEAD, target) as hop:
                identity = hugging_face.identity(hop.headers)
                onward = hop.headers.get("Location", "")
                # A repository that was renamed redirects within the site, and says nothing of the file yet.
                if hop.status in {301, 302, 307, 308} and identity.sha256 is None and onward.startswith("/"):
                    target = target.join(URL(onward, encoded=True))
                    continue
                if hop.status >= 400:
                    raise _refused(hop)
                pinned = file if identity.commit is None else file.at(identity.commit)
                return LookedUp(hugging_face.SITE, pinned.url, pinned.is_pinned, identity.sha256, None, identity.size)
        raise BadAnswerError(str(target), "it redirects in circles")

    async def _at_civitai(self, file: CivitaiFile) -> LookedUp:
        if file.version is None:
            answer = await self._json(f"{CIVITAI}/api/v1/models/{file.model}")
            version = civitai.newest_version(answer)
            if version is None:
                raise BadAnswerError(file.url, "the model has no version")
            file = CivitaiFile(None, version)
        entry = await self._listed(file)
        if entry is None:
            raise BadAnswerError(file.url, "its list of files makes no sense")
        if not entry.offered:
            raise civitai.not_offered(entry.version)
        return LookedUp(civitai.SITE, file.url, file.is_pinned, entry.sha256, entry.name, entry.size, entry.blake3)

    async def _listed(self, file: CivitaiFile) -> civitai.Listed | None:
        """Return what the site's list of files says of ``file``, ``None`` where the list makes no sense."""
        return civitai.listed(await self._json(f"{CIVITAI}/api/v1/model-versions/{file.version}"), file)

    async def _json(self, url: str) -> Any:
        target = self.sites.reached(url)
        async with self._asked(hdrs.METH_GET, URL(target)) as answer:
            if answer.status != 200:
                raise _refused(answer)
            data = await answer.content.read(_LIMIT)
            while len(data) < _LIMIT and (more := await answer.content.read(_LIMIT - len(data))):
                data += more
        try:
            return json.loads(data)
        except (ValueError, RecursionError) as error:
            raise BadAnswerError(target, "it is not JSON") from error

    def _asked(self, method: str, target: URL) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        settings = self.sites.settings()
        timeout = aiohttp.ClientTimeout(
            total=settings.connect_timeout + settings.stall_timeout,
            sock_connect=settings.connect_timeout,
            sock_read=settings.stall_timeout,
        )
        proxy = proxy_for(target, settings.proxy)
        return self.session.request(
            method, target, headers=_ASKING, timeout=timeout, allow_redirects=False, proxy=proxy
        )


def _refused(answer: aiohttp.ClientResponse) -> HttpStatusError:
    remote = remote_file(str(answer.url), answer.status, answer.headers)
    return HttpStatusError(answer.status, str(answer.url), remote.retry_after_s)
