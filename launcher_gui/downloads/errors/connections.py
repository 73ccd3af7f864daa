"""What kind of failure aiohttp's exceptions are: told apart by type, never by text."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import replace

import aiohttp

from launcher_gui.downloads.errors.remedies import FailureKind
from launcher_gui.downloads.errors.statuses import classify_status
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory
from launcher_gui.recovery.classify.http_status import PROXY_FIX, status_words
from launcher_gui.recovery.exceptions import ExclusiveKeyError
from launcher_gui.text.message import foreign

_PERMANENT = Disposition.PERMANENT
_TRANSIENT = Disposition.TRANSIENT


def classify_connection(
    error: BaseException, classify_cause: Callable[[BaseException], Classification]
) -> Classification | None:
    """Return what is known about an exception of aiohttp's, ``None`` for others.

    Args:
        error: The exception.
        classify_cause: Knows the standard library's errors, one of which is inside some of aiohttp's.
    """
    if isinstance(error, aiohttp.ClientConnectorError):
        return _connector(error, classify_cause)
    if isinstance(error, aiohttp.ClientHttpProxyError):
        reason = foreign(f"the proxy answered {status_words(error.status)}")
        return replace(classify_status(error.status), reason=reason, fix=PROXY_FIX)
    if isinstance(error, aiohttp.ClientOSError) and error.errno is not None:
        return classify_cause(error)
    return next((kind for types, kind in _AIOHTTP if isinstance(error, types)), None)


def failure_kind_of_connection(error: BaseException) -> FailureKind | None:
    """Return the class of a failure that aiohttp's exception alone tells, ``None`` where its kind decides."""
    return next((trouble for types, trouble in _TROUBLES if isinstance(error, types)), None)


def _connector(
    error: aiohttp.ClientConnectorError, classify_cause: Callable[[BaseException], Classification]
) -> Classification:
    cause = error.certificate_error if isinstance(error, aiohttp.ClientConnectorCertificateError) else error.os_error
    known = classify_cause(cause)
    if isinstance(error, aiohttp.ClientProxyConnectionError):
        return replace(known, reason=foreign(f"the proxy could not be reached: {known.reason}"), fix=PROXY_FIX)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return replace(
            _network(f"the host {error.host} was not found"),
            fix=foreign("Check the spelling of the address and the network connection."),
        )
    return known


def _network(reason: str) -> Classification:
    return Classification(ErrorCategory.NETWORK, _TRANSIENT, reason, host_fault=True)


_TROUBLES: tuple[tuple[tuple[type[BaseException], ...], FailureKind], ...] = (
    ((aiohttp.ClientConnectorCertificateError, ssl.SSLCertVerificationError), FailureKind.CERTIFICATE),
    ((aiohttp.ClientHttpProxyError, aiohttp.ClientProxyConnectionError), FailureKind.PROXY),
    ((ExclusiveKeyError,), FailureKind.TARGET_TAKEN),
)
_AIOHTTP: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], Classification], ...] = (
    (
        aiohttp.ConnectionTimeoutError,
        Classification(ErrorCategory.TIMEOUT, _TRANSIENT, "connecting took too long", host_fault=True),
    ),
    (
        aiohttp.ServerTimeoutError,
        Classification(ErrorCategory.TIMEOUT, _TRANSIENT, "the server went silent", host_fault=True),
    ),
    (aiohttp.ServerDisconnectedError, _network("the server closed the connection")),
    (aiohttp.ClientPayloadError, _network("connection closed early")),
    (
        aiohttp.TooManyRedirects,
        Classification(ErrorCategory.SERVER, _PERMANENT, "redirects without end", host_fault=True),
    ),
    (
        (aiohttp.InvalidUrlRedirectClientError, aiohttp.NonHttpUrlRedirectClientError),
        Classification(ErrorCategory.SERVER, _PERMANENT, "the server redirected to an address that makes no sense"),
    ),
    (
        (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError),
        Classification(ErrorCategory.VALIDATION, _PERMANENT, "the address makes no sense", "Check the address."),
    ),
    (
        aiohttp.ClientResponseError,
        Classification(ErrorCategory.SERVER, _TRANSIENT, "the answer could not be understood", host_fault=True),
    ),
    (aiohttp.ClientConnectionResetError, _network("connection reset")),
    (aiohttp.ClientConnectionError, _network("connection lost")),
    (aiohttp.ClientError, _network("the transfer failed")),
)
