"""How long a server asks to wait: parses the header fields that say so, without trust.

What cannot be parsed counts as absent. Pure: dates are counted from the server's own Date field, so that a wrong local
clock has no effect; only without that field is the caller's clock used.
"""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Callable
from datetime import UTC, datetime

_DELAY = re.compile(r"[0-9]{1,10}(?:\.[0-9]{1,9})?")
_RATE_LIMIT = re.compile(r";\s*r=([0-9]{1,19})\s*;\s*t=([0-9]{1,10})")
_MOMENT = re.compile(r"[0-9]{10}")

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = "(?P<month>" + "|".join(_MONTHS) + ")"
_TIME = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
_DATES = (
    re.compile(rf"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?P<day>[0-9]{{2}}) {_MONTH} (?P<year>[0-9]{{4}}) {_TIME} GMT"),
    re.compile(
        rf"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?P<day>[0-9]{{2}})-{_MONTH}-(?P<year>[0-9]{{2}}) {_TIME} GMT"
    ),
    re.compile(rf"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) {_MONTH} (?P<day>[ 0-9][0-9]) {_TIME} (?P<year>[0-9]{{4}})"),
)


def requested_wait(status: int, field: Callable[[str], str], now: Callable[[], float] | None = None) -> float | None:
    """Return how many seconds a response asks to wait, ``None`` if it does not.

    Args:
        status: The status code.
        field: Returns a header field by its name in lower case, empty if there is none.
        now: POSIX seconds, to count a date from if the response has no Date field; without it such a date is ignored.
    """
    asked = field("retry-after")
    wait = parse_retry_after(asked, None) if asked else None  # in seconds, as nearly always: no date to parse
    if wait is None and asked:
        wait = parse_retry_after(asked, _answered_at(field, now))
    if wait is None and status in {429, 503}:
        wait = parse_rate_limit(field("ratelimit"))
    if wait is None and status in {403, 429} and field("x-ratelimit-remaining").strip() == "0":
        # GitHub's time of the renewal of an exhausted quota, in POSIX seconds.
        moment = field("x-ratelimit-reset").strip()
        start = _answered_at(field, now)
        if _MOMENT.fullmatch(moment) and start is not None:
            wait = max(0.0, float(moment) - start)
    return wait


def _answered_at(field: Callable[[str], str], now: Callable[[], float] | None) -> float | None:
    answered = parse_http_date(field("date"))
    return now() if answered is None and now is not None else answered


def parse_retry_after(value: str, now: float | None) -> float | None:
    """Return the seconds to wait (RFC 9110, section 10.2.3), never negative.

    Args:
        value: Seconds or an HTTP date.
        now: The time to count a date from, preferably the server's own Date; without it a date is ignored.
    """
    value = value.strip()
    if _DELAY.fullmatch(value):
        return float(value)
    until = parse_http_date(value)
    return None if until is None or now is None else max(0.0, until - now)


def parse_rate_limit(value: str) -> float | None:
    """Return the seconds until an exhausted quota is renewed.

    The ``RateLimit`` field of draft-ietf-httpapi-ratelimit-headers: ``"name";r=remaining;t=seconds``, as Hugging Face
    sends it.
    """
    waits = [float(match[2]) for match in _RATE_LIMIT.finditer(value) if int(match[1]) == 0]
    return max(waits, default=None)


def parse_http_date(value: str) -> float | None:
    """Return POSIX seconds for any of the three formats of RFC 9110, section 5.6.7."""
    value = value.strip()
    match = next((found for pattern in _DATES if (found := pattern.fullmatch(value))), None)
    if match is None:
        return None
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 2000 if year < 70 else 1900
    second = min(int(match["second"]), 59)  # a leap second has no POSIX time of its own
    try:
        moment = datetime(
            year,
            _MONTHS.index(match["month"]) + 1,
            int(match["day"]),
            int(match["hour"]),
            int(match["minute"]),
            second,
            tzinfo=UTC,
        )
    except ValueError:
        return None
    return float(timegm(moment.utctimetuple()))
