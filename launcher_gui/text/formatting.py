"""Sizes, rates, durations and times for people: the only functions that format them.

Each takes a language, by default that of the process.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime

from launcher_gui.text import i18n
from launcher_gui.text.i18n import Language, marked

_CONTEXT = "formatting"
_UNITS = (
    marked("formatting", "kB"),
    marked("formatting", "MB"),
    marked("formatting", "GB"),
    marked("formatting", "TB"),
    marked("formatting", "PB"),
)
_B = marked("formatting", "B")
_RATE = marked("formatting", "{size}/s")
_PERCENT = marked("formatting", "{figure} %")
_LONG = marked("formatting", "over 99 d")
_SHORT = marked("formatting", "< 1 s")
_SECONDS = marked("formatting", "{s} s")
_MINUTES = marked("formatting", "{min} min {s} s")
_HOURS = marked("formatting", "{h} h {min} min")
_DAYS = marked("formatting", "{d} d {h} h")

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_LONGEST_S = 100 * _DAY


def human_size(size: float, language: Language | None = None) -> str:
    """Return ``size`` bytes with a decimal unit and, above bytes, one digit after the point: "3.2 GB"."""
    if size < 1000:
        return f"{int(max(0, size))} {_say(_B, language)}"
    unit = _unit_of(size)
    return f"{_in_unit(size, unit, language)} {_say(_UNITS[unit], language)}"


def size_of(done: int, total: int) -> str:
    """Return ``done`` of ``total`` bytes with one unit for both: "3.2 / 6.9 GB"."""
    if total < 1000:
        return f"{done} / {total} {_say(_B, None)}"
    unit = _unit_of(total)
    return f"{_in_unit(done, unit, None)} / {_in_unit(total, unit, None)} {_say(_UNITS[unit], None)}"


def human_rate(rate: float | None) -> str:
    """Return ``rate`` bytes per second as "12.3 MB/s"; empty where nothing is being transferred."""
    return "" if rate is None else _say(_RATE, None).format(size=human_size(rate))


def percent(value: float) -> str:
    """Return ``value`` as "45.3 %"."""
    return _say(_PERCENT, None).format(figure=i18n.number(value, 1))


def human_duration(seconds: float, language: Language | None = None) -> str:
    """Return ``seconds`` in its two largest units: "12 s", "3 min 20 s", "1 h 05 min", "2 d 03 h"."""
    if seconds >= _LONGEST_S:
        return _say(_LONG, language)
    if 0 < seconds < 1:
        return _say(_SHORT, language)
    whole = int(max(0.0, seconds))
    if whole < _MINUTE:
        return _say(_SECONDS, language).format(s=whole)
    if whole < _HOUR:
        return _say(_MINUTES, language).format(min=whole // _MINUTE, s=f"{whole % _MINUTE:02}")
    if whole < _DAY:
        minutes = f"{whole % _HOUR // _MINUTE:02}"
        return _say(_HOURS, language).format(h=whole // _HOUR, min=minutes)
    return _say(_DAYS, language).format(d=whole // _DAY, h=f"{whole % _DAY // _HOUR:02}")


def exact_duration(seconds: float, language: Language | None = None) -> str:
    """Return ``seconds`` as ``human_duration`` does, with a tenth below ten seconds if it is not whole: "1.5 s"."""
    if not 0 < seconds < 10 or math.isclose(seconds, round(seconds)):
        return human_duration(seconds, language)
    figure = (language or i18n.current()).number(seconds, 1 if seconds >= 0.1 else 2)
    return _say(_SECONDS, language).format(s=figure)


def clock_time(at: float, now: float) -> str:
    """Return ``at`` in local time: "14:03:21" if it is the same day as ``now``, else with its date."""
    local, today = _local(at), _local(now).date()
    return i18n.clock(local) if local.date() == today else i18n.date_and_clock(local)


def utc_time(at: float, timespec: str = "seconds") -> str:
    """Return ``at`` in UTC for readers anywhere, as RFC 3339 writes it: "2026-01-31T14:03:21Z"."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec=timespec).replace("+00:00", "Z")


def _unit_of(size: float) -> int:
    """Return the index of the unit in which ``size`` is written; rounding never shows "1000.0"."""
    unit = 0
    while unit < len(_UNITS) - 1 and round(size / 1000 ** (unit + 1), 1) >= 1000:
        unit += 1
    return unit


def _in_unit(size: float, unit: int, language: Language | None) -> str:
    return (language or i18n.current()).number(size / 1000 ** (unit + 1), 1)


def _local(at: float) -> datetime:
    return datetime.fromtimestamp(at, tz=UTC).astimezone()


def _say(text: str, language: Language | None) -> str:
    return (language or i18n.current()).translate(_CONTEXT, text, "", -1)
