"""Classifies the exceptions of aiohttp by type, never by text."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import replace

import aiohttp

from launcher_gui.downloads.errors.remedies import FailureKind
from launcher_gui.downloads.errors.statuses import classify_status
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory
from launcher_gui.recovery.classify.http_status import status_words
from launcher_gui.recovery.exceptions import ExclusiveKeyError
from launcher_gui.text.message import NOTHING, Message, message

_PERMANENT = Disposition.PERMANENT
_TRANSIENT = Disposition.TRANSIENT
_CHECK_PROXY = message("fix.proxy")


def classify_connection(
    error: BaseException, classify_cause: Callable[[BaseException], Classification]
) -> Classification | None:
    """Return what is known about an exception of aiohttp, ``None`` for others.

    Args:
        error: The exception.
        classify_cause: Classifies the errors of the standard library, one of which is inside some of aiohttp's.
    """
    if isinstance(error, aiohttp.ClientConnectorError):
        return _connector(error, classify_cause)
    if isinstance(error, aiohttp.ClientHttpProxyError):
        reason = message("http.proxy_answered", status=status_words(error.status))
        return replace(classify_status(error.status), reason=reason, fix=_CHECK_PROXY)
    if isinstance(error, aiohttp.ClientOSError) and error.errno is not None:
        return classify_cause(error)
    return next((kind for types, kind in _AIOHTTP if isinstance(error, types)), None)


def failure_kind_of_connection(error: BaseException) -> FailureKind | None:
    """Return the failure kind that the type of an exception determines, ``None`` if its classification does."""
    return next((kind for types, kind in _FAILURE_KINDS if isinstance(error, types)), None)


def _connector(
    error: aiohttp.ClientConnectorError, classify_cause: Callable[[BaseException], Classification]
) -> Classification:
    cause = error.certificate_error if isinstance(error, aiohttp.ClientConnectorCertificateError) else error.os_error
    known = classify_cause(cause)
    if isinstance(error, aiohttp.ClientProxyConnectionError):
        return replace(known, reason=message("http.proxy_unreachable", cause=known.reason), fix=_CHECK_PROXY)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return _network(message("http.host_not_found", host=error.host), message("http.check_spelling"))
    return known


def _network(reason: Message, fix: Message = NOTHING) -> Classification:
    return Classification(ErrorCategory.NETWORK, _TRANSIENT, reason, fix, host_fault=True)


_FAILURE_KINDS: tuple[tuple[tuple[type[BaseException], ...], FailureKind], ...] = (
    ((aiohttp.ClientConnectorCertificateError, ssl.SSLCertVerificationError), FailureKind.CERTIFICATE),
    ((aiohttp.ClientHttpProxyError, aiohttp.ClientProxyConnectionError), FailureKind.PROXY),
    ((ExclusiveKeyError,), FailureKind.TARGET_TAKEN),
)
_AIOHTTP: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], Classification], ...] = (
    (
        aiohttp.ConnectionTimeoutError,
        Classification(ErrorCategory.TIMEOUT, _TRANSIENT, message("connection.connect_timeout"), host_fault=True),
    ),
    (
        aiohttp.ServerTimeoutError,
        Classification(ErrorCategory.TIMEOUT, _TRANSIENT, message("http.silent"), host_fault=True),
    ),
    (aiohttp.ServerDisconnectedError, _network(message("http.server_closed"))),
    (aiohttp.ClientPayloadError, _network(message("connection.closed_early"))),
    (
        aiohttp.TooManyRedirects,
        Classification(ErrorCategory.SERVER, _PERMANENT, message("server.redirect_loop"), host_fault=True),
    ),
    (
        (aiohttp.InvalidUrlRedirectClientError, aiohttp.NonHttpUrlRedirectClientError),
        Classification(ErrorCategory.SERVER, _PERMANENT, message("http.bad_redirect")),
    ),
    (
        (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError),
        Classification(ErrorCategory.VALIDATION, _PERMANENT, message("url.invalid"), message("fix.check_link")),
    ),
    (
        aiohttp.ClientResponseError,
        Classification(ErrorCategory.SERVER, _TRANSIENT, message("server.bad_response"), host_fault=True),
    ),
    (aiohttp.ClientConnectionResetError, _network(message("connection.reset"))),
    (aiohttp.ClientConnectionError, _network(message("connection.lost"))),
    (aiohttp.ClientError, _network(message("http.failed"))),
)
