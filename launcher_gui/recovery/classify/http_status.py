"""Classification by HTTP status code, which is found on exceptions of any library.

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
from launcher_gui.text.message import message

PROXY_FIX = message("fix.proxy")
CHECK_ADDRESS = message("fix.check_link")

_SIGN_IN = message("fix.sign_in")
_GONE = message("fix.check_moved")
_UNABLE = message("fix.other_server")

_MOST_FIELDS = 200
_LONGEST = 500
_STATUS_ATTRIBUTES = ("status_code", "status", "code")

WITH_RETRY_AFTER = frozenset({403, 413, 429, 503})
"""Codes that limit the rate if the response says for how long: GitHub sends 403 for its secondary rate limits."""

OTHER_4XX = permanent(ErrorCategory.VALIDATION, message("http.refused"), CHECK_ADDRESS)
OTHER_5XX = transient(ErrorCategory.SERVER, message("http.server_error"))

STATUSES = {
    401: permanent(ErrorCategory.PERMISSION, message("http.401"), _SIGN_IN),
    402: permanent(ErrorCategory.PERMISSION, message("http.402"), message("fix.pay")),
    403: permanent(ErrorCategory.PERMISSION, message("http.403"), _SIGN_IN),
    404: permanent(ErrorCategory.NOT_FOUND, message("http.404"), _GONE),
    407: permanent(ErrorCategory.PERMISSION, message("http.407"), PROXY_FIX),
    408: transient(ErrorCategory.TIMEOUT, message("http.408")),
    409: permanent(ErrorCategory.VALIDATION, message("http.409"), message("fix.compare")),
    410: permanent(ErrorCategory.NOT_FOUND, message("http.410"), _GONE),
    416: permanent(ErrorCategory.VALIDATION, message("http.416"), message("fix.start_over")),
    421: transient(ErrorCategory.SERVER, message("http.421")),
    # RFC 4918, section 11.3
    423: transient(ErrorCategory.RESOURCE, message("http.423"), message("fix.wait_unlocked")),
    # RFC 8470, section 5.2
    425: transient(ErrorCategory.SERVER, message("http.425"), host_fault=False),
    429: throttled(message("http.429")),
    431: permanent(ErrorCategory.VALIDATION, message("http.431"), message("fix.shorten_link")),
    451: permanent(ErrorCategory.PERMISSION, message("http.451"), message("fix.not_in_country")),
    501: permanent(ErrorCategory.SERVER, message("http.501"), _UNABLE),
    505: permanent(ErrorCategory.SERVER, message("http.505"), _UNABLE),
    # RFC 4918, section 11.5: not to be repeated unless the user requests it
    507: permanent(ErrorCategory.RESOURCE, message("http.507"), message("fix.server_space")),
    # RFC 5842, section 7.2
    508: permanent(ErrorCategory.SERVER, message("http.508"), CHECK_ADDRESS, host_fault=True),
    511: permanent(
        ErrorCategory.PERMISSION,
        message("http.511"),
        message("fix.captive_portal"),
    ),
}


def status_words(status: int) -> str:
    """Return the code with its phrase: ``503 (Service Unavailable)``."""
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


def of_status(status: int, wait_s: float | None = None) -> Classification | None:
    """Return the classification of ``status``, ``None`` if it is not an error.

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
    """Return the status from 400 to 599 that ``error`` or its ``response`` carries."""
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
    """Classify an error of any library by the HTTP status that it carries.

    Args:
        error: The exception.
        now: POSIX seconds; called only if a response names a date to wait for and has no Date field.
    """
    status = status_of(error)
    if status is None or _is_made_up(error):
        return None
    return of_status(status, _wait(error, status, now))


def _is_made_up(error: BaseException) -> bool:
    """Return whether the status is not the server's: aiohttp sets 400 for a response that it could not parse."""
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
    except Exception:  # noqa: BLE001 a custom number may raise, and an int be too large
        return None
    return None


def _reader(headers: Any) -> Callable[[str], str]:
    """Return a function that reads a header field by name from a mapping of any library, ignoring case."""
    fields = _by_small_name(headers) if is_a(headers, dict) else headers

    def field(name: str) -> str:
        try:
            return _text(fields.get(name))
        except Exception:  # noqa: BLE001 hand-made headers may be anything
            return ""

    return field


def _by_small_name(headers: dict[Any, Any]) -> dict[str, Any]:
    """Return the fields of a dict by their names in lower case; of repeated names the first counts."""
    found: dict[str, Any] = {}
    for name, value in itertools.islice(dict.items(headers), _MOST_FIELDS):
        found.setdefault(_text(name).lower(), value)
    return found


def _text(value: object) -> str:
    if is_a(value, bytes):
        return bytes.__getitem__(value, slice(_LONGEST)).decode("latin-1")
    return plain_text(value)[:_LONGEST]


def _named(status: int) -> Classification:
    words = status_words(status)
    if known := STATUSES.get(status):
        return replace(known, reason=message("http.status_because", status=words, cause=known.reason))
    return replace(OTHER_4XX if status < 500 else OTHER_5XX, reason=message("http.status", status=words))


_BY_STATUS = {status: _named(status) for status in range(400, 600)}
