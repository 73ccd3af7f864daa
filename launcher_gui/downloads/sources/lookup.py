"""Asking a site about a file before it is downloaded: its exact version, its hashes, its name."""

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
from launcher_gui.downloads.sources.all_sources import locate
from launcher_gui.downloads.sources.sites import Sites
from launcher_gui.downloads.sources.source import Answer, LookedUp
from launcher_gui.text.message import message

_LIMIT = 4 * 1024 * 1024
_ASKING = {"Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class Lookup:
    """Asks the sites; a ``SiteClient`` for them.

    Attributes:
        session: Speaks HTTP, with the tokens of the sites.
        sites: Where the sites are reached.
    """

    session: aiohttp.ClientSession
    sites: Sites

    async def find(self, url: str) -> LookedUp | None:
        """Return what the site of ``url`` knows about the file, ``None`` for a plain link.

        Raises:
            SiteRefusalError: If the site refuses and gives a reason.
            HttpStatusError: If it answers with another error.
            BadAnswerError: If its answer is not valid.
        """
        located = locate(url)
        return None if located is None else await located.source.look_up(located.file, self)

    async def why_refused(self, url: str, refused: SiteRefusalError) -> SiteRefusalError:
        """Return the reason for ``refused`` that only a further look-up tells, else ``refused``."""
        located = locate(url)
        return refused if located is None else await located.source.explain(located.file, refused, self)

    async def head(self, url: str) -> Answer:
        """Return the answer to a HEAD request, as ``SiteClient`` has it."""
        async with self._ask(hdrs.METH_HEAD, url) as answer:
            if answer.status >= 400:
                raise _error(answer)
            return Answer(str(answer.url), answer.status, answer.headers)

    async def json(self, url: str) -> Any:
        """Return the JSON at ``url``, as ``SiteClient`` has it."""
        async with self._ask(hdrs.METH_GET, url) as answer:
            if answer.status != 200:
                raise _error(answer)
            data = await answer.content.read(_LIMIT)
            while len(data) < _LIMIT and (more := await answer.content.read(_LIMIT - len(data))):
                data += more
        try:
            return json.loads(data)
        except (ValueError, RecursionError) as error:
            raise BadAnswerError(url, message("site.not_json")) from error

    def _ask(self, method: str, url: str) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        reached = self.sites.reached(url)
        target = URL(reached, encoded=reached.isascii())
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


def _error(answer: aiohttp.ClientResponse) -> HttpStatusError:
    remote = remote_file(str(answer.url), answer.status, answer.headers)
    return HttpStatusError(answer.status, str(answer.url), remote.retry_after_s)
