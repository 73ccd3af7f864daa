"""Testing a token: the site is asked whose it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import hdrs

from launcher_gui.downloads.errors.classifier import DownloadClassifier
from launcher_gui.downloads.errors.http_errors import HttpStatusError
from launcher_gui.downloads.errors.refusals import BadAnswerError
from launcher_gui.downloads.http.proxies import proxy_for
from launcher_gui.downloads.sources.sites import Sites, is_private
from launcher_gui.downloads.sources.source import Source
from launcher_gui.text.message import Message, message

_LIMIT = 256 * 1024
_NAME_LIMIT = 80
_classifier = DownloadClassifier()


@dataclass(frozen=True, slots=True)
class Account:
    """The result of testing a token.

    Attributes:
        accepted: Whether the site knows whose the token is.
        words: What it answered, as a sentence.
    """

    accepted: bool
    words: Message


async def check_token(session: aiohttp.ClientSession, sites: Sites, source: Source[Any]) -> Account:
    """Return what ``source`` says about the token that is used there. Never raises, records nothing."""
    try:
        if await sites.tokens.of(source) is None:
            return Account(accepted=False, words=message("token.none", site=source.label))
        return await _ask(session, sites, source)
    except Exception as error:  # noqa: BLE001 shown to the user, whatever it is
        return Account(accepted=False, words=_classifier.sentences(error))


async def _ask(session: aiohttp.ClientSession, sites: Sites, source: Source[Any]) -> Account:
    settings = sites.settings()
    target = sites.account_url(source)
    if not is_private(target):
        return Account(accepted=False, words=message("token.not_private", host=target.host or ""))
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
        name = _name(await _body(answer), source, str(target))
        return Account(accepted=True, words=message("token.accepted", site=source.label, name=name))


async def _body(answer: aiohttp.ClientResponse) -> bytes:
    data = await answer.content.read(_LIMIT)
    while len(data) < _LIMIT and (more := await answer.content.read(_LIMIT - len(data))):
        data += more
    return data


def _name(data: bytes, source: Source[Any], url: str) -> str:
    no_account = BadAnswerError(url, message("token.no_account", site=source.label))
    try:
        name = source.account_name(json.loads(data))
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise no_account from error
    if not isinstance(name, str) or not name.isprintable() or not 0 < len(name) <= _NAME_LIMIT:
        raise no_account
    return name
