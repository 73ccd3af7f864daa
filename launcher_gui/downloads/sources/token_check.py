"""Asking a site who a token belongs to: the way to find out whether it is any good.

``/api/whoami-v2`` at Hugging Face answers with ``name`` (huggingface_hub, ``hf_api.py``: ``whoami``), ``/api/v1/me`` at
Civitai with ``username`` (https://developer.civitai.com/site/reference/me); both answer 401 to a token that they do not
accept.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import aiohttp
from aiohttp import hdrs

from launcher_gui.downloads.errors.classifier import DownloadClassifier
from launcher_gui.downloads.errors.http_errors import HttpStatusError
from launcher_gui.downloads.errors.refusals import BadAnswerError
from launcher_gui.downloads.http.proxies import proxy_for
from launcher_gui.downloads.sources.sites import Sites, is_private
from launcher_gui.downloads.sources.tokens import Site

_PATHS = {Site.HUB: ("/api/whoami-v2", "name"), Site.CIVITAI: ("/api/v1/me", "username")}
_LIMIT = 256 * 1024
_NAME_LIMIT = 80
_classifier = DownloadClassifier()


@dataclass(frozen=True, slots=True)
class Account:
    """What came of asking a site.

    Attributes:
        accepted: Whether it knows who the token belongs to.
        words: What it said, as a sentence.
    """

    accepted: bool
    words: str


async def check_token(session: aiohttp.ClientSession, sites: Sites, site: Site) -> Account:
    """Return what ``site`` says of the token that is used there, whatever goes wrong; nothing is recorded."""
    try:
        if await sites.tokens.of(site) is None:
            return Account(accepted=False, words=f"There is no token for {site.label} to try.")
        return await _asked(session, sites, site)
    except Exception as error:  # noqa: BLE001 whatever it is, the person is told
        return Account(accepted=False, words=str(_classifier.sentences(error)))


async def _asked(session: aiohttp.ClientSession, sites: Sites, site: Site) -> Account:
    settings = sites.settings()
    path, field = _PATHS[site]
    target = sites.base(site).joinpath(path.lstrip("/"))
    if not is_private(target):
        return Account(accepted=False, words=f"The token is not sent to {target.host}: it is not reached by https.")
    timeout = aiohttp.ClientTimeout(
        total=settings.connect_timeout + settings.stall_timeout, sock_connect=settings.connect_timeout
    )
    proxy = proxy_for(target, settings.proxy)
    async with session.request(
        hdrs.METH_GET,
        target,
        timeout=timeout,
        allow_redirects=False,
        proxy=proxy,
        headers={"Accept-Encoding": "identity"},
    ) as answer:
        if answer.status != 200:
            raise HttpStatusError(answer.status, str(target))
        return Account(
            accepted=True, words=f"{site.label} knows you as {_name(await _body(answer), field, str(target))}."
        )


async def _body(answer: aiohttp.ClientResponse) -> bytes:
    data = await answer.content.read(_LIMIT)
    while len(data) < _LIMIT and (more := await answer.content.read(_LIMIT - len(data))):
        data += more
    return data


def _name(data: bytes, field: str, url: str) -> str:
    try:
        name = json.loads(data)[field]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise BadAnswerError(url, "it does not say whose the token is") from error
    if not isinstance(name, str) or not name.isprintable() or not 0 < len(name) <= _NAME_LIMIT:
        raise BadAnswerError(url, "it does not say whose the token is")
    return name
