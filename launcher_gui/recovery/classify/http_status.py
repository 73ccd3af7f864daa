"""What an HTTP status code means for another attempt, and how to find one on an exception of any library.

The codes are those of RFC 9110, section 15, and RFC 6585; others name their source.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from launcher_gui.recovery.classify.exception_introspection import attribute, is_a, plain_text, whole_number
from launcher_gui.recovery.classify.failure import (
    Classification,
    ErrorCategory,
    permanent,
    throttled,
    transient,
)
from launcher_gui.recovery.classify.retry_after import parse_retry_after, requested_wait
from launcher_gui.text.message import foreign

PROXY_FIX = "Check the proxy's address and password in the system's network settings."
CHECK_ADDRESS = "Check the address."

_SIGN_IN = "Sign in, or give a token that is allowed to do this."
_GONE = "Check the address: what was there may have been moved or removed."
_UNABLE = "Use another address: this server cannot do what is asked."

_MOST_FIELDS = 200
_LONGEST = 500
_STATUS_ATTRIBUTES = ("status_code", "status", "code")

WITH_RETRY_AFTER = frozenset({403, 413, 429, 503})
"""Codes that are a request for patience as soon as the answer says for how long: GitHub sends 403 for its quotas."""

OTHER_4XX = permanent(ErrorCategory.VALIDATION, "the server refused the request", CHECK_ADDRESS)
OTHER_5XX = transient(ErrorCategory.SERVER, "the server failed")

STATUSES = {
    401: permanent(ErrorCategory.PERMISSION, "the server wants to know who asks", _SIGN_IN),
    402: permanent(ErrorCategory.PERMISSION, "the server wants to be paid", "Settle it on the site, then try again."),
    403: permanent(ErrorCategory.PERMISSION, "the server does not allow it", _SIGN_IN),
    404: permanent(ErrorCategory.NOT_FOUND, "there is nothing at this address", _GONE),
    407: permanent(ErrorCategory.PERMISSION, "the proxy wants to know who asks", PROXY_FIX),
    408: transient(ErrorCategory.TIMEOUT, "the server waited too long for the request"),
    409: permanent(
        ErrorCategory.VALIDATION, "it conflicts with what the server holds", "Look at what is there, then try again."
    ),
    410: permanent(ErrorCategory.NOT_FOUND, "it was removed for good", _GONE),
    416: permanent(ErrorCategory.VALIDATION, "the server has no such part of it", "Start from the beginning."),
    421: transient(ErrorCategory.SERVER, "this connection does not lead to the right server"),
    # RFC 4918, section 11.3
    423: transient(ErrorCategory.RESOURCE, "somebody else has locked it on the server", "Wait until it is released."),
    # RFC 8470, section 5.2
    425: transient(ErrorCategory.SERVER, "the server found the request too early", host_fault=False),
    429: throttled("the server got too many requests"),
    431: permanent(
        ErrorCategory.VALIDATION, "the request's header fields are too large", "Shorten the address or delete cookies."
    ),
    451: permanent(
        ErrorCategory.PERMISSION, "it is withheld for legal reasons", "It may not be offered where you are."
    ),
    501: permanent(ErrorCategory.SERVER, "the server does not know how to do that", _UNABLE),
    505: permanent(ErrorCategory.SERVER, "the server does not speak this version of HTTP", _UNABLE),
    # RFC 4918, section 11.5: not to be repeated until a person asks for it
    507: permanent(ErrorCategory.RESOURCE, "the server's disk is full", "Free some space on the server, then resume."),
    # RFC 5842, section 7.2
    508: permanent(ErrorCategory.SERVER, "the server goes round in circles", CHECK_ADDRESS, host_fault=True),
    511: permanent(
        ErrorCategory.PERMISSION,
        "the network wants a person to sign in",
        "Open a browser and sign in to the network that you are on.",
    ),
}


def status_words(status: int) -> str:
    """Return the code with its phrase: ``503 (Service Unavailable)``."""
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


def of_status(status: int, wait_s: float | None = None) -> Classification | None:
    """Return what kind of failure ``status`` is, ``None`` if it is none.

    Args:
        status: The status code.
        wait_s: How long the server asked to wait, if it did.
    """
    known = _BY_STATUS.get(status)
    if known is None or wait_s is None:
        return known
    if status in WITH_RETRY_AFTER:
        return throttled(known.reason, wait_s)
    return replace(known, retry_after_s=wait_s)


def status_of(error: BaseException) -> int | None:
    """Return the status of an answer from 400 to 599 that ``error`` carries, itself or in its ``response``."""
    for name in _STATUS_ATTRIBUTES:
        if _failed(found := attribute(error, name)):
            return whole_number(found)
    response = attribute(error, "response")
    if response is not None:
        for name in _STATUS_ATTRIBUTES:
            if _failed(found := attribute(response, name)):
                return whole_number(found)
    return None


def classify_answer(error: BaseException, now: Callable[[], float]) -> Classification | None:
    """Judge an error by the HTTP status that it carries, whatever library it comes from.

    Args:
        error: The exception.
        now: POSIX seconds; asked only where an answer names a date to wait for and not its own.
    """
    status = status_of(error)
    if status is None or _is_made_up(error):
        return None
    return of_status(status, _wait(error, status, now))


def _is_made_up(error: BaseException) -> bool:
    """Return whether the status is not the server's: aiohttp gives 400 to an answer that it could not read."""
    cause = attribute(error, "__cause__")
    return cause is not None and any(
        kind.__name__ == "HttpProcessingError" and kind.__module__ == "aiohttp.http_exceptions"
        for kind in type.mro(type(cause))
    )


def _failed(value: object) -> bool:
    number = whole_number(value)
    return number is not None and 400 <= number <= 599


def _wait(error: BaseException, status: int, now: Callable[[], float]) -> float | None:
    for name in ("retry_after", "retry_after_s"):
        asked = attribute(error, name)
        if asked is not None and (wait := _seconds(asked, now)) is not None:
            return wait
    for holder in (error, attribute(error, "response")):
        headers = attribute(holder, "headers")
        if headers is not None and (wait := requested_wait(status, _reader(headers), now)) is not None:
            return wait
    return None


def _seconds(asked: object, now: Callable[[], float]) -> float | None:
    try:
        if isinstance(asked, str):
            return parse_retry_after(asked[:_LONGEST], None) or parse_retry_after(asked[:_LONGEST], now())
        if isinstance(asked, int | float) and not isinstance(asked, bool):
            seconds = float(asked)
            return max(0.0, seconds) if math.isfinite(seconds) else None
    except Exception:  # noqa: BLE001 a number of somebody's own may refuse, and an int be too large
        return None
    return None


def _reader(headers: Any) -> Callable[[str], str]:
    """Return what reads a field by its name from a mapping of any library, whatever case its names are in."""
    fields = _by_small_name(headers) if is_a(headers, dict) else headers

    def field(name: str) -> str:
        try:
            return _text(fields.get(name))
        except Exception:  # noqa: BLE001 headers made by hand may be anything
            return ""

    return field


def _by_small_name(headers: dict[Any, Any]) -> dict[str, Any]:
    """Return the fields of a dict by their names in lower case; the first of a name counts."""
    found: dict[str, Any] = {}
    for name, value in itertools.islice(dict.items(headers), _MOST_FIELDS):
        found.setdefault(_text(name).lower(), value)
    return found


def _text(value: object) -> str:
    if is_a(value, bytes):
        return bytes.__getitem__(value, slice(_LONGEST)).decode("latin-1")
    return plain_text(value)[:_LONGEST]


def _named(status: int) -> Classification:
    reason = f"the server answered {status_words(status)}"
    if known := STATUSES.get(status):
        return replace(known, reason=foreign(f"{reason}: {known.reason}"))
    return replace(OTHER_4XX if status < 500 else OTHER_5XX, reason=foreign(reason))


_BY_STATUS = {status: _named(status) for status in range(400, 600)}
