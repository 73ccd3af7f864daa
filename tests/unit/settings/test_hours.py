"""The hours of downloads: a pure rule about local time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.settings.hours import ALWAYS, parse_hours
from launcher_gui.settings.schema import Settings

NIGHT = parse_hours("22:00-07:00")
WORKING_WEEK = parse_hours("Mon-Fri 22:00-07:00, Sat-Sun 00:00-24:00")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def at(text: str) -> datetime:
    """Return a time in the week of Monday, 2 November 2026."""
    day, clock = text.split()
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, 2 + DAYS.index(day), hour, minute)  # noqa: DTZ001 what the clock on the wall shows


@st.composite
def hours(draw: st.DrawFn) -> str:
    """Return hours in any form that a user may type."""

    def span() -> str:
        start, end = draw(st.integers(0, 1439)), draw(st.integers(0, 1440))
        days = draw(st.sampled_from(["", "Mon ", "Mon-Fri ", "sat-sun ", "Fri-Mon "]))
        end += (end == start) * (1 if end < 1440 else -1)
        return f"{days}{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"

    return ", ".join(span() for _ in range(draw(st.integers(1, 3))))


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31))  # noqa: DTZ001 as above


@pytest.mark.parametrize(
    ("text", "is_open"),
    [("Wed 21:59", False), ("Wed 22:00", True), ("Thu 00:00", True), ("Thu 06:59", True), ("Thu 07:00", False)],
)
def test_hours_cross_midnight(text: str, is_open: bool) -> None:
    """A range starts at its first minute and ends before its last, across midnight if necessary."""
    assert NIGHT.open_at(at(text)) is is_open


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("Mon 06:59", False),  # Sunday's range ends at midnight
        ("Mon 22:00", True),
        ("Sat 06:59", True),
        ("Sat 15:00", True),
        ("Fri 15:00", False),
    ],
)
def test_days_are_those_on_which_a_time_begins(text: str, is_open: bool) -> None:
    """Friday night lasts until Saturday morning and has no effect on Monday."""
    assert WORKING_WEEK.open_at(at(text)) is is_open


@pytest.mark.parametrize(
    ("hours_", "text", "words"),
    [
        ("22:00-07:00", "Wed 15:00", "waiting until 22:00: downloads run from 22:00 to 07:00"),
        ("9:00-12:30, 14:00-17:00", "Wed 13:00",
         "waiting until 14:00: downloads run from 09:00 to 12:30 and from 14:00 to 17:00"),
        ("9:00-12:30", "Wed 13:00", "waiting until 09:00: downloads run from 09:00 to 12:30"),
        ("Sat 08:00-09:00", "Wed 13:00", "waiting until Saturday 08:00: downloads run Sat 08:00-09:00"),
        ("22:00-07:00", "Wed 23:00", ""),
        ("", "Wed 23:00", ""),
    ],
)  # fmt: skip
def test_it_says_until_when_and_why(hours_: str, text: str, words: str) -> None:
    """The text for a waiting download; it names the day unless the change is within one day."""
    assert str(parse_hours(hours_).closed_at(at(text))) == words


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("at night", "not a time of day"),
        ("22:00", "not a time of day"),
        ("22:00-22:00", "ends when it starts"),
        ("24:00-07:00", "ends when it starts"),
        ("22:00-07:60", "07:60, which is not a time"),
        ("25:00-07:00", "25:00, which is not a time"),
        ("Mon-Fre 22:00-07:00", "Fre, which is not a day"),
        ("22:00-07:00,", "not a time of day"),
    ],
)
def test_invalid_input_is_refused(text: str, problem: str) -> None:
    """An error says what is wrong and what hours look like; the setting allows exactly what the rule does."""
    with pytest.raises(ValueError, match=problem):
        parse_hours(text)
    with pytest.raises(InvalidInputError, match=problem) as refused:
        Settings(download_hours=text)
    assert "22:00-07:00" in str(refused.value.remedy)


def test_a_stored_value_of_another_version_is_passed_over() -> None:
    """An invalid stored value falls back to the default."""
    assert Settings.load({}, {"download_hours": "always at night"}).download_hours == ""


@given(hours(), moments)
def test_it_is_open_or_says_until_when(text: str, now: datetime) -> None:
    """The text agrees with the rule at every moment."""
    rule = parse_hours(text)
    assert bool(rule.closed_at(now)) is not rule.open_at(now)
    assert ALWAYS.open_at(now)


@given(hours(), moments)
def test_nothing_changes_before_the_next_change(text: str, now: datetime) -> None:
    """Until the next change every minute is as now; then the state changes."""
    rule = parse_hours(text)
    change = rule.next_change(now)
    if change is None:
        assert rule.open_at(now)
        return
    assert now < change
    assert rule.open_at(change) is not rule.open_at(now)
    minutes = int((change - now).total_seconds() // 60)
    assert all(rule.open_at(now + timedelta(minutes=m)) is rule.open_at(now) for m in range(0, minutes, 7))


@given(hours(), st.integers(0, 365 * 24 * 4))
def test_whoever_looks_twice_a_minute_is_never_late_for_long(text: str, quarter: int) -> None:
    """At the start and end of daylight saving time the local time jumps: periodic checks see what it shows."""
    try:
        zone = ZoneInfo("Europe/Berlin")
    except ZoneInfoNotFoundError:
        pytest.skip("this machine knows no time zones")
    rule = parse_hours(text)
    instant = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * quarter)
    local = instant.astimezone(zone).replace(tzinfo=None)
    change = rule.next_change(local)
    wait = timedelta(seconds=30) if change is None else min(change - local, timedelta(seconds=30))
    seen = (instant + wait).astimezone(zone).replace(tzinfo=None)
    if seen - local == wait:  # the clock did not jump meanwhile
        assert rule.open_at(seen) is rule.open_at(local) or seen == change


@pytest.mark.parametrize(
    ("hours_", "instant", "is_open"),
    [
        ("02:30-05:00", "2026-03-29T00:59:59", False),  # 01:59:59 in winter time; 02:30 does not exist
        ("02:30-05:00", "2026-03-29T01:00:00", True),  # 03:00 in summer time
        ("02:30-03:00", "2026-03-29T01:00:00", False),  # does not exist in that night
        ("02:00-02:30", "2026-10-25T00:10:00", True),  # 02:10 in summer time
        ("02:00-02:30", "2026-10-25T00:40:00", False),
        ("02:00-02:30", "2026-10-25T01:10:00", True),  # 02:10 again, in winter time
    ],
)
def test_summer_time_begins_and_ends(hours_: str, instant: str, is_open: bool) -> None:
    """Local time counts, also when it skips an hour or repeats one."""
    try:
        zone = ZoneInfo("Europe/Berlin")
    except ZoneInfoNotFoundError:
        pytest.skip("this machine knows no time zones")
    local = datetime.fromisoformat(f"{instant}+00:00").astimezone(zone)
    assert parse_hours(hours_).open_at(local) is is_open
