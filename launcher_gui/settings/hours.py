"""The hours during which downloads run: a rule about the clock on the wall. Pure: the local time goes in.

By the clock on the wall, so that a change of it or of summer time needs no thought: what matters is what it shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

FORM = 'text like 22:00-07:00 or "Mon-Fri 22:00-07:00, Sat-Sun 00:00-24:00"'
"""What hours are written like."""

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT = tuple(day[:3].lower() for day in _DAYS)
_EVERY_DAY = frozenset(range(7))
_DAY_MIN = 24 * 60
_SPAN = re.compile(
    r"(?:(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))?\s+)?(?P<start>\d{1,2}:\d\d)\s*-\s*(?P<end>\d{1,2}:\d\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A time of the day.

    Attributes:
        days: The days on which it begins, Monday being 0.
        start: The minute of the day at which it begins.
        end: The minute at which it is over; the next day's, if it is not after ``start``.
    """

    days: frozenset[int]
    start: int
    end: int

    def holds(self, at: datetime) -> bool:
        """Return whether ``at`` is within it."""
        day, minute = at.weekday(), at.hour * 60 + at.minute
        if self.start < self.end:
            return day in self.days and self.start <= minute < self.end
        return (day in self.days and minute >= self.start) or ((day - 1) % 7 in self.days and minute < self.end)


@dataclass(frozen=True, slots=True)
class Hours:
    """The times during which downloads run; always, if there are none.

    Attributes:
        spans: Each of them.
        text: They as somebody wrote them.
    """

    spans: tuple[TimeRange, ...] = ()
    text: str = ""

    def open_at(self, at: datetime) -> bool:
        """Return whether downloads run when the clock on the wall shows ``at``."""
        return not self.spans or any(span.holds(at) for span in self.spans)

    def next_change(self, at: datetime) -> datetime | None:
        """Return what the clock on the wall shows when that is different for the first time after ``at``, if ever."""
        now = at.replace(tzinfo=None)
        ends = sorted(when for when in self._ends(now) if when > now)
        return next((when for when in ends if self.open_at(when) != self.open_at(now)), None)

    def closed_at(self, at: datetime) -> str:
        """Return why downloads do not run at ``at`` and until when, as a clause; empty if they do."""
        if self.open_at(at):
            return ""
        return f"waits until {self._until(at)}: downloads run {self}"

    def __str__(self) -> str:
        return (
            self.text if any(span.days != _EVERY_DAY for span in self.spans) else " and ".join(map(_said, self.spans))
        )

    def _until(self, at: datetime) -> str:
        opens = self.next_change(at)
        assert opens is not None  # noqa: S101 what is closed at some time and has hours is open at another
        day = f"{_DAYS[opens.weekday()]} " if opens - at.replace(tzinfo=None) >= timedelta(days=1) else ""
        return f"{day}{opens:%H:%M}"

    def _ends(self, now: datetime) -> Iterator[datetime]:
        """Yield when spans begin and end, from the day before ``now`` until a week after."""
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        for day in (midnight + timedelta(days=days) for days in range(-1, 9)):
            for span in self.spans:
                yield day + timedelta(minutes=span.start)
                yield day + timedelta(minutes=span.end)


ALWAYS = Hours()


@lru_cache(maxsize=16)
def parse_hours(text: str) -> Hours:
    """Return the hours that ``text`` stands for, such as "Mon-Fri 22:00-07:00, Sat-Sun 00:00-24:00"; empty for always.

    Raises:
        ValueError: If it stands for none; says why, as the end of a sentence.
    """
    if not text.strip():
        return ALWAYS
    parts = [part.strip() for part in text.split(",")]
    return Hours(tuple(_span(part) for part in parts), ", ".join(parts))


def on_the_wall(now: float) -> datetime:
    """Return what the clock on the wall shows at ``now``, POSIX seconds, where this program runs."""
    return datetime.fromtimestamp(now, UTC).astimezone().replace(tzinfo=None)


def _span(text: str) -> TimeRange:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(f'has "{text}", which is no time of the day')
    start, end = _minute(found["start"]), _minute(found["end"])
    if start in {end, _DAY_MIN}:
        raise ValueError("has a time that ends where it begins")
    return TimeRange(_days(found["first"], found["last"]), start, end)


def _minute(text: str) -> int:
    hour, minute = map(int, text.split(":"))
    if minute > 59 or hour * 60 + minute > _DAY_MIN:
        raise ValueError(f"has {text}, which no clock shows")
    return hour * 60 + minute


def _days(first: str | None, last: str | None) -> frozenset[int]:
    if first is None:
        return _EVERY_DAY
    begin = _day(first)
    length = (_day(last) - begin) % 7 if last else 0
    return frozenset((begin + day) % 7 for day in range(length + 1))


def _day(text: str) -> int:
    if text.lower() not in _SHORT:
        raise ValueError(f"has {text}, which is no day: Mon, Tue, Wed, Thu, Fri, Sat and Sun are")
    return _SHORT.index(text.lower())


def _said(span: TimeRange) -> str:
    return f"from {_clock(span.start)} to {_clock(span.end)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
