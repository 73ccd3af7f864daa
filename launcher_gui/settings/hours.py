"""The schedule of downloads: a pure rule about local time.

It uses local wall-clock time, so that daylight saving time and changes of the clock need no special case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from launcher_gui.text.message import NOTHING, Message, english, foreign, message

FORM = 'text like 22:00-07:00 or "Mon-Fri 22:00-07:00, Sat-Sun 00:00-24:00"'
"""An example of how hours are written."""

_SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EVERY_DAY = frozenset(range(7))
_DAY_MIN = 24 * 60
_SPAN = re.compile(
    r"(?:(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))?\s+)?(?P<start>\d{1,2}:\d\d)\s*-\s*(?P<end>\d{1,2}:\d\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A time range of the day.

    Attributes:
        days: The days on which it begins; Monday is 0.
        start: The minute of the day at which it begins.
        end: The minute at which it ends, on the next day if it is not after ``start``.
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


class ScheduleError(ValueError):
    """A text does not describe a schedule.

    Attributes:
        message: Why, as the end of a sentence that begins with the field.
    """

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


@dataclass(frozen=True, slots=True)
class Hours:
    """The times during which downloads run; without any, they always run.

    Attributes:
        spans: The time ranges.
        text: The text that they were parsed from.
    """

    spans: tuple[TimeRange, ...] = ()
    text: str = ""

    def open_at(self, at: datetime) -> bool:
        """Return whether downloads run at the local time ``at``."""
        return not self.spans or any(span.holds(at) for span in self.spans)

    def next_change(self, at: datetime) -> datetime | None:
        """Return the local time after ``at`` at which downloads next start or stop, if ever."""
        now = at.replace(tzinfo=None)
        ends = sorted(when for when in self._ends(now) if when > now)
        return next((when for when in ends if self.open_at(when) != self.open_at(now)), None)

    def closed_at(self, at: datetime) -> Message:
        """Return why downloads do not run at ``at`` and until when; nothing if they run."""
        if self.open_at(at):
            return NOTHING
        return message("schedule.closed", until=self._until(at), hours=self._written())

    def __str__(self) -> str:
        return english(self._written())

    def _written(self) -> Message:
        if not self.spans:
            return NOTHING
        if any(span.days != _EVERY_DAY for span in self.spans):
            return foreign(self.text)
        first, *others = map(_range, self.spans)
        for other in others:
            first = message("schedule.ranges", first=first, second=other)
        return first

    def _until(self, at: datetime) -> Message:
        opens = self.next_change(at)
        assert opens is not None  # noqa: S101 hours that are closed now open at another time
        clock = f"{opens:%H:%M}"
        is_later = opens - at.replace(tzinfo=None) >= timedelta(days=1)
        return _on_day(opens.weekday(), clock) if is_later else foreign(clock)

    def _ends(self, now: datetime) -> Iterator[datetime]:
        """Yield when time ranges begin and end, from the day before ``now`` until a week after."""
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        for day in (midnight + timedelta(days=days) for days in range(-1, 9)):
            for span in self.spans:
                yield day + timedelta(minutes=span.start)
                yield day + timedelta(minutes=span.end)


ALWAYS = Hours()


@lru_cache(maxsize=16)
def parse_hours(text: str) -> Hours:
    """Parse hours such as "Mon-Fri 22:00-07:00, Sat-Sun 00:00-24:00"; an empty text means always.

    Raises:
        ScheduleError: If the text is not valid.
    """
    if not text.strip():
        return ALWAYS
    parts = [part.strip() for part in text.split(",")]
    return Hours(tuple(_span(part) for part in parts), ", ".join(parts))


def on_the_wall(now: float) -> datetime:
    """Return the local time at ``now``, which is in POSIX seconds."""
    return datetime.fromtimestamp(now, UTC).astimezone().replace(tzinfo=None)


def _span(text: str) -> TimeRange:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ScheduleError(message("schedule.not_a_time", text=text))
    start, end = _minute(found["start"]), _minute(found["end"])
    if start in {end, _DAY_MIN}:
        raise ScheduleError(message("schedule.empty_range", text=text))
    return TimeRange(_days(found["first"], found["last"]), start, end)


def _minute(text: str) -> int:
    hour, minute = map(int, text.split(":"))
    if minute > 59 or hour * 60 + minute > _DAY_MIN:
        raise ScheduleError(message("schedule.not_a_clock_time", text=text))
    return hour * 60 + minute


def _days(first: str | None, last: str | None) -> frozenset[int]:
    if first is None:
        return _EVERY_DAY
    begin = _day(first)
    length = (_day(last) - begin) % 7 if last else 0
    return frozenset((begin + day) % 7 for day in range(length + 1))


def _day(text: str) -> int:
    if text.lower() not in _SHORT:
        raise ScheduleError(message("schedule.not_a_day", text=text))
    return _SHORT.index(text.lower())


def _range(span: TimeRange) -> Message:
    return message("schedule.range", start=_clock(span.start), end=_clock(span.end))


def _on_day(weekday: int, clock: str) -> Message:
    return (
        message("schedule.monday", clock=clock),
        message("schedule.tuesday", clock=clock),
        message("schedule.wednesday", clock=clock),
        message("schedule.thursday", clock=clock),
        message("schedule.friday", clock=clock),
        message("schedule.saturday", clock=clock),
        message("schedule.sunday", clock=clock),
    )[weekday]


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
