"""One HTTP request, with redirects followed, and its response with the body still unread."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace

import aiohttp
from yarl import URL

from launcher_gui.downloads.errors.http_errors import (
    BadRedirectError,
    InsecureRedirectError,
    RedirectLoopError,
    StalledError,
)
from launcher_gui.downloads.errors.refusals import LinkRefusedError
from launcher_gui.downloads.errors.statuses import is_temporary
from launcher_gui.downloads.http.body import Body, body_of
from launcher_gui.downloads.http.proxies import proxy_for
from launcher_gui.downloads.rules.headers import RemoteFile, remote_file
from launcher_gui.settings.schema import Settings

MAX_REDIRECTS = 20
"""The longest chain of redirects that is followed, as in browsers (Fetch standard, HTTP-redirect fetch)."""

READ_BUFFER_BYTES = 512 * 1024
"""How much aiohttp buffers before it stops reading from the connection."""

_WITH_FILE = frozenset({200, 203, 206})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_EXPIRED = frozenset({401, 403, 404, 410})
_ASKING = {"Accept": "*/*", "Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class Response:
    """A server's response.

    Attributes:
        remote: What the headers say about the file.
        body: The body, unread.
        close: Closes the connection, if the rest of the body is not needed.
    """

    remote: RemoteFile
    body: Body
    close: Callable[[], None]


def new_session(*middlewares: aiohttp.ClientMiddlewareType) -> aiohttp.ClientSession:
    """Return a session for downloads: without cookies, without decoding, without a limit of connections.

    Args:
        *middlewares: Called for each request before it is sent and each response before it is checked.
    """
    session = aiohttp.ClientSession(
        middlewares=middlewares,
        connector=aiohttp.TCPConnector(limit=0),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        read_bufsize=READ_BUFFER_BYTES,
    )
    # aiohttp would silently repeat a request after a lost connection; attempts are counted by the recovery library.
    session._retry_connection = False  # noqa: SLF001 has no public equivalent
    return session


@contextlib.asynccontextmanager
async def open_response(
    session: aiohttp.ClientSession,
    url: str,
    headers: Mapping[str, str],
    settings: Settings,
    *,
    known_by_hash: bool = False,
) -> AsyncIterator[Response]:
    """Request ``url`` and yield the response at the end of its redirects.

    A redirect may lead to a URL that is signed for a limited time: if that is refused, ``url`` is requested once more
    to get a new one.

    aiohttp moves user information from a URL into an Authorization header of that one request, so that none of it
    follows a redirect to another origin (RFC 9110, section 15.4).

    Args:
        session: The HTTP session.
        url: The URL, with its secrets.
        headers: The headers of the request.
        settings: Time limits.
        known_by_hash: Whether the SHA-256 identifies the file: each response may come from another server then, so
            the validators are ignored (RFC 9110, section 8.8.1: they compare versions at one URL only).

    Raises:
        LinkRefusedError: If a redirect leads twice to a URL that is signed for a limited time and refused.
        BadRedirectError: If a redirect does not lead to an http address.
        InsecureRedirectError: If a redirect leads from https to http.
        RedirectLoopError: After ``MAX_REDIRECTS`` redirects.
        StalledError: If the server accepts the request but does not respond.
    """
    source = target = _as_given(url)
    asked_again = False
    for _ in range(MAX_REDIRECTS + 1):
        response = await _get(session, target, {**_ASKING, **headers}, settings)
        async with response:
            location = response.headers.get("Location")
            if response.status in _REDIRECTS and location:
                target = _next_hop(target, location)
                continue
            remote = remote_file(str(response.url), response.status, response.headers)
            if target != source and response.status in _EXPIRED:
                if not asked_again:
                    target, asked_again = source, True
                    continue
                if response.status != 404 and is_temporary(remote.url):
                    raise LinkRefusedError(response.status, remote.url, remote.retry_after_s)
            if known_by_hash:
                remote = replace(remote, etag=None, last_modified=None)
            length = remote.content_length if response.status in _WITH_FILE else None
            yield Response(remote, body_of(response, length, settings.stall_timeout), response.close)
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
    patience_s = settings.connect_timeout + settings.stall_timeout
    try:
        # Each byte of a header renews aiohttp's own limit, so a server that sends them slowly would never time out.
        async with asyncio.timeout(patience_s):
            return await session.get(
                target, headers=headers, timeout=timeout, allow_redirects=False, proxy=proxy_for(target, settings.proxy)
            )
    except aiohttp.ConnectionTimeoutError:
        raise
    except aiohttp.ServerTimeoutError as error:
        raise StalledError(settings.stall_timeout) from error
    except TimeoutError as error:
        raise StalledError(patience_s, answered=False) from error


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
    """Return ``url`` without normalisation where it can be sent as it is: a signature covers its exact text."""
    return URL(url, encoded=url.isascii())
