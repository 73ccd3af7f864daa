"""One question to a server, redirects followed, and its answer with the body still to come."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

import aiohttp
from yarl import URL

from launcher_gui.downloads.body import Body, body_of
from launcher_gui.downloads.failures import (
    BadRedirectError,
    InsecureRedirectError,
    RedirectLoopError,
    StalledError,
)
from launcher_gui.downloads.headers import RemoteFile, remote_file
from launcher_gui.settings.schema import Settings

MAX_REDIRECTS = 20
"""Hops followed before a chain counts as a loop, as browsers do (Fetch standard, HTTP-redirect fetch)."""

READ_BUFFER_BYTES = 512 * 1024
"""How much aiohttp gathers before it lets the connection wait."""

_WITH_FILE = frozenset({200, 203, 206})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ASKING = {"Accept": "*/*", "Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered.

    Attributes:
        remote: What the headers say about the file.
        body: The bytes to come.
    """

    remote: RemoteFile
    body: Body


def new_session() -> aiohttp.ClientSession:
    """Return a session for downloads: no cookies kept, no decoding, as many connections as are asked for."""
    session = aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        read_bufsize=READ_BUFFER_BYTES,
    )
    # aiohttp would ask twice, unseen, where a server hangs up. Attempts are counted here, and the breaker goes by them.
    session._retry_connection = False  # noqa: SLF001 there is no public way to say so
    return session


@contextlib.asynccontextmanager
async def ask(
    session: aiohttp.ClientSession, url: str, headers: Mapping[str, str], settings: Settings
) -> AsyncIterator[Answer]:
    """Ask for ``url`` and yield the answer at the end of its redirects.

    aiohttp takes user information out of a URL into an Authorization header of that one request, so none of it follows
    a redirect to another origin (RFC 9110, section 15.4).

    Raises:
        BadRedirectError: If a redirect leads to no web address.
        InsecureRedirectError: If a redirect leads from https to http.
        RedirectLoopError: After ``MAX_REDIRECTS`` hops.
        StalledError: If the server takes the question and says nothing.
    """
    target = _as_given(url)
    for _ in range(MAX_REDIRECTS + 1):
        response = await _get(session, target, {**_ASKING, **headers}, settings)
        async with response:
            location = response.headers.get("Location")
            if response.status in _REDIRECTS and location:
                target = _next_hop(target, location)
                continue
            remote = remote_file(str(response.url), response.status, response.headers)
            length = remote.content_length if response.status in _WITH_FILE else None
            yield Answer(remote, body_of(response, length, settings.stall_timeout))
            return
    raise RedirectLoopError(MAX_REDIRECTS, str(target))


async def _get(
    session: aiohttp.ClientSession,
    target: URL,
    headers: Mapping[str, str],
    settings: Settings,
) -> aiohttp.ClientResponse:
    timeout = aiohttp.ClientTimeout(
        total=None, connect=None, sock_connect=settings.connect_timeout, sock_read=settings.stall_timeout
    )
    try:
        return await session.get(target, headers=headers, timeout=timeout, allow_redirects=False)
    except aiohttp.ConnectionTimeoutError:
        raise
    except aiohttp.ServerTimeoutError as error:
        raise StalledError(settings.stall_timeout) from error


def _next_hop(target: URL, location: str) -> URL:
    try:
        following = target.join(_as_given(location))
    except ValueError as error:
        raise BadRedirectError(str(target), location) from error
    if following.scheme not in {"http", "https"} or not following.host:
        raise BadRedirectError(str(target), location)
    if target.scheme == "https" and following.scheme != "https":
        raise InsecureRedirectError(str(following))
    same_origin = (following.scheme, following.host, following.port) == (target.scheme, target.host, target.port)
    if following.user is None and same_origin:
        return following.with_user(target.user).with_password(target.password)
    return following


def _as_given(url: str) -> URL:
    """Return ``url`` unchanged where it can be sent as it is: a signature covers its exact text."""
    return URL(url, encoded=url.isascii())
