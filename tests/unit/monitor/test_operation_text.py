"""Texts for the user: correct, stable, complete."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from launcher_gui.monitor import operation_text
from launcher_gui.recovery.operation import AttemptOutcome, Command, CommandKind, CommandState, OperationState, Priority
from launcher_gui.recovery.runtime.process_identity import HEARTBEAT_S, LEASE_S
from launcher_gui.settings.hours import on_the_wall, parse_hours
from launcher_gui.text import formatting
from launcher_gui.text.message import foreign
from tests.support.store.projections import NOW, WINDOW, attempt, view

S = OperationState
GB = 1_000_000_000
_FACTOR = {"B": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "PB": 1e15}

states = st.sampled_from(OperationState)
phases = st.sampled_from(["", "connecting", "downloading", "verifying", "installing"])
sizes = st.integers(0, 10**17)


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (999_949, "999.9 kB"),
        (999_950, "1.0 MB"),
        (3_200_000_000, "3.2 GB"),
        (10**18, "1,000.0 PB"),
        (-5, "0 B"),
    ],
)
def test_sizes_are_decimal(size: int, text: str) -> None:
    """Sizes use decimal units, as disks and servers do."""
    assert formatting.human_size(size) == text


@given(sizes)
def test_a_size_is_never_far_from_the_truth(size: int) -> None:
    """Parsing a size gives the value within one unit of its last digit."""
    figure, unit = formatting.human_size(size).split()
    assert abs(float(figure) * _FACTOR[unit] - size) <= 0.0501 * _FACTOR[unit]


@given(sizes)
def test_a_size_keeps_its_width(size: int) -> None:
    """No size is wider than four digits, a point and a unit."""
    assert re.fullmatch(r"\d{1,3} B|\d{1,3}\.\d [kMGTP]B|1,000\.0 PB", formatting.human_size(min(size, 10**18 - 1)))


def test_a_rate_is_a_size_per_second() -> None:
    """A speed is a size per second; no speed gives no text."""
    assert formatting.human_rate(48_300_000.4) == "48.3 MB/s"
    assert formatting.human_rate(0.0) == "0 B/s"
    assert formatting.human_rate(None) == ""


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-3, "0 s"),
        (0, "0 s"),
        (0.4, "< 1 s"),
        (12.9, "12 s"),
        (60, "1 min 00 s"),
        (200, "3 min 20 s"),
        (3_900, "1 h 05 min"),
        (86_400 * 2 + 3 * 3600, "2 d 03 h"),
        (float("inf"), "over 99 d"),
    ],
)
def test_durations_have_two_units(seconds: float, text: str) -> None:
    """Durations have readable units."""
    assert formatting.human_duration(seconds) == text


@given(st.floats(allow_nan=False))
def test_a_duration_is_never_negative(seconds: float) -> None:
    """Whatever the clock did, no minus sign is shown."""
    assert "-" not in formatting.human_duration(seconds)


def test_another_day_shows_its_date() -> None:
    """A time of today has no date; another day's has."""
    assert re.fullmatch(r"\d\d:\d\d:\d\d", formatting.clock_time(NOW, NOW))
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", formatting.clock_time(NOW - 40 * 86_400, NOW))


@pytest.mark.parametrize(
    ("state", "phase", "pending", "label"),
    [
        (S.RUNNING, "", None, "Running"),
        (S.RUNNING, "connecting", None, "Connecting"),
        (S.RUNNING, "downloading", None, "Downloading"),
        (S.RUNNING, "verifying", None, "Checking"),
        (S.RUNNING, "downloading", CommandKind.PAUSE, "Pausing…"),
        (S.WAITING, "downloading", None, "Waiting to retry"),
        (S.WAITING, "downloading", CommandKind.RETRY, "Retrying…"),
        (S.INTERRUPTED, "downloading", None, "Interrupted"),
        (S.PAUSED, "", CommandKind.RESUME, "Resuming…"),
        (S.QUEUED, "", CommandKind.CANCEL, "Cancelling…"),
        (S.COMPLETED, "installing", CommandKind.REMOVE, "Removing…"),
    ],
)
def test_the_state_says_what_was_asked_first(
    state: OperationState, phase: str, pending: CommandKind | None, label: str
) -> None:
    """An unanswered command is shown as in progress, else the state or its phase."""
    assert operation_text.state_label(view(state, phase=phase, pending=pending)) == label


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"state": S.QUEUED}, "Waiting for a free slot"),
        ({"state": S.RUNNING, "phase": "connecting"}, "Connecting to huggingface.co…"),
        ({"state": S.RUNNING, "phase": "downloading"}, "Then: move into place"),
        ({"state": S.RUNNING, "phase": "downloading", "sha256": "ab" * 32}, "Then: check SHA-256 and move into place"),
        ({"state": S.RUNNING, "phase": "verifying"}, "Checking SHA-256…"),
        (
            {"state": S.RUNNING, "phase": "downloading", "pending": CommandKind.PAUSE},
            "Pausing…",
        ),
        ({"state": S.WAITING, "retry_at": NOW + 11.2, "reason": "reset"}, "Retrying in 12 s: reset"),
        ({"state": S.WAITING, "retry_at": NOW - 5, "reason": "reset"}, "Retrying now: reset"),
        ({"state": S.WAITING, "retry_at": NOW + 90}, "Retrying in 1 min 30 s"),
        ({"state": S.PAUSED, "done": 2 * GB, "total": 3 * GB}, "Paused at 2.0 GB"),
        ({"state": S.PAUSED}, "Not started"),
        ({"state": S.INTERRUPTED, "done": GB}, "The program was closed. Paused at 1.0 GB"),
        ({"state": S.INTERRUPTED, "reason": "its owner was killed"}, "its owner was killed. Not started"),
        ({"state": S.CANCELLED, "done": GB}, "Paused at 1.0 GB"),
        ({"state": S.FAILED, "reason": "404 not found"}, "404 not found"),
        ({"state": S.FAILED, "decision": "not retried"}, "not retried"),
        ({"state": S.FAILED}, "Unknown error"),
        ({"state": S.COMPLETED}, "Saved to /models/checkpoints"),
    ],
)
def test_next_action_says_what_comes_and_why(facts: dict[str, object], text: str) -> None:
    """The text of each state says what happens next and what the user can do."""
    assert operation_text.next_action(view(**facts), NOW) == text  # type: ignore[arg-type]


@given(st.floats(-1e6, 1e6))
def test_a_countdown_is_never_negative(left: float) -> None:
    """However late the retry is, no minus sign is shown."""
    assert "-" not in operation_text.next_action(view(S.WAITING, retry_at=NOW + left), NOW)


@given(states, phases, sizes, st.none() | sizes, st.none() | st.sampled_from(CommandKind))
def test_everything_has_words(
    state: OperationState, phase: str, done: int, total: int | None, pending: CommandKind | None
) -> None:
    """Every combination of facts has a text."""
    shown = view(state, phase=phase, done=done, total=total, pending=pending)
    assert operation_text.state_label(shown)
    assert operation_text.next_action(shown, NOW) or not phase or phase == "installing"
    assert "-" not in operation_text.size_text(shown) + operation_text.progress_text(shown)


@given(sizes, sizes)
@example(2**54 - 1, 2**54)
def test_only_all_of_it_is_100_percent(done: int, total: int) -> None:
    """The percentage is rounded down, so that 100 % is never shown early, and never exceeds 100."""
    text = operation_text.progress_text(view(S.RUNNING, done=done, total=total))
    assert (text == "100.0 %") == (total > 0 and done >= total)


def test_an_unknown_total_has_no_percentage() -> None:
    """No percentage is shown while the total is unknown."""
    assert operation_text.fraction(view(S.RUNNING, done=5)) is None
    assert operation_text.progress_text(view(S.RUNNING, done=5)) == ""


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"done": 3_200_000_000, "total": 6_900_000_000}, "3.2 / 6.9 GB"),
        ({"done": 4_000_000, "total": 6_900_000_000}, "0.0 / 6.9 GB"),
        ({"done": 12, "total": 700}, "12 / 700 B"),
        ({"done": 6_900_000_000, "total": 6_900_000_000}, "6.9 GB"),
        ({"done": 5_000_000}, "5.0 MB"),
        ({}, ""),
        ({"done": 1, "total": 2_000_000, "phase": "verifying"}, "2.0 MB"),
    ],
)
def test_sizes_share_their_unit(facts: dict[str, object], text: str) -> None:
    """Done and total have one unit; verifying does not look like losing bytes."""
    assert operation_text.size_text(view(S.RUNNING, **facts)) == text


def test_attempts_are_counted_against_their_limit() -> None:
    """Attempt n of m, and nothing before the first."""
    assert operation_text.attempt_text(view(S.RUNNING, attempts=[attempt(2)], attempt_limit=9)) == "2 of 9"
    assert operation_text.attempt_text(view(S.QUEUED)) == ""


def test_what_has_ended_says_how_many_attempts_it_took() -> None:
    """An unreachable limit is not shown, and a tooltip explains the limit."""
    done = view(S.COMPLETED, attempts=[attempt(2)], attempt_limit=9)
    assert operation_text.attempt_text(done) == "2"
    assert operation_text.attempt_tip(done) == "Finished after 2 attempts."
    assert "attempt 9 is the last" in operation_text.attempt_tip(
        view(S.WAITING, attempts=[attempt(2)], attempt_limit=9)
    )
    assert operation_text.attempt_tip(view(S.QUEUED)) == "No attempts yet."


@pytest.mark.parametrize(
    ("reason", "decision", "text"),
    [
        ("404 (Not Found)", "not retried: 404 (Not Found). Check the link", "404 (Not Found). Check the link"),
        ("connection reset", "gave up after 9 attempts", "Connection reset; gave up after 9 attempts"),
        ("the disk is full", "", "The disk is full"),
        ("", "", "Unknown error"),
    ],
)
def test_a_failure_says_why_and_what_to_do(reason: str, decision: str, text: str) -> None:
    """One line contains cause and remedy, each once."""
    assert operation_text.next_action(view(S.FAILED, reason=reason, decision=decision), NOW) == text


def test_a_decision_does_not_repeat_the_cause_beside_it() -> None:
    """The decision does not repeat the cause, which has its own column."""
    made = attempt(1, error="connection reset", decision="waiting 4.0 s, then attempt 2 of 9: connection reset")
    assert operation_text.decision_text(made) == "Waiting 4 s, then attempt 2 of 9"
    asked = attempt(1, error="503", decision="waiting 4 s: the server asked for it")
    assert operation_text.decision_text(asked) == "waiting 4 s: the server asked for it"


def test_a_refusal_names_the_button_and_the_reason() -> None:
    """A refusal names the operation and the command."""
    asked = Command(1, "op-1", CommandKind.RETRY, {}, 1, CommandState.REFUSED, foreign("it runs"), "window", NOW, NOW)
    assert operation_text.refusal_text("a.pth", asked) == "Retry now is not possible for a.pth: it runs."


def test_time_left_needs_a_speed() -> None:
    """Without a speed there is no estimate."""
    assert operation_text.time_left_text(view(S.RUNNING, done=1, total=2), NOW) == ""


def test_attempts_have_words() -> None:
    """Outcome, duration, cause and resume offset are shown as text."""
    made = attempt(
        1, AttemptOutcome.RUNNING, started_at=NOW - 61, resumed_from=GB, resume_note="kept 1 GB: the ETag is the same"
    )
    assert operation_text.outcome_label(made.outcome) == "Running"
    assert operation_text.attempt_duration(made, NOW) == "1 min 01 s"
    assert operation_text.cause_text(attempt(1, error="", category="network")) == "network"
    assert operation_text.resumed_text(made) == "Resumed at 1.0 GB (the ETag is the same)"
    assert operation_text.resumed_text(attempt(1)) == ""


def test_owners_have_words() -> None:
    """The owner is shown by kind and process."""
    assert operation_text.owner_text(replace(WINDOW, lease_until=NOW + LEASE_S), NOW) == "Window (PID 4711)"
    assert operation_text.owner_text(None, NOW) == "Not running"


@pytest.mark.parametrize(
    ("silent_s", "words"),
    [
        (2 * HEARTBEAT_S, "Window (PID 4711)"),
        (9, "Window (PID 4711), not responding for 9 s; will be taken over in 6 s"),
        (70, "Window (PID 4711), not responding for 1 min 10 s; will be taken over"),
    ],
)
def test_a_silent_owner_is_told_with_the_evidence(silent_s: float, words: str) -> None:
    """An overdue heartbeat is shown with its time, and when the operation can be claimed."""
    assert operation_text.owner_text(replace(WINDOW, lease_until=NOW + LEASE_S - silent_s), NOW) == words


def test_the_summary_counts_states_in_order() -> None:
    """The summary has only states that occur, in the order of an operation's life."""
    assert (
        operation_text.summary({S.FAILED: 1, S.RUNNING: 2, S.PAUSED: 0}, 48.3e6) == "2 running · 1 failed · 48.3 MB/s"
    )
    assert operation_text.summary({}, None) == ""


def test_what_waits_for_a_person_says_so() -> None:
    """A wait without an end has no countdown."""
    waiting = view(OperationState.WAITING, decision="waiting until a person lets calls to x.test through")
    assert operation_text.next_action(waiting, NOW) == "Waiting: you paused x.test"


@pytest.mark.parametrize(
    ("place", "priority", "text"),
    [
        (3, Priority.NORMAL, "3"),
        (1, Priority.HIGH, "1 · high"),
        (9, Priority.LOW, "9 · low"),
        (None, Priority.HIGH, ""),
    ],
)
def test_place_in_the_queue(place: int | None, priority: Priority, text: str) -> None:
    """The place, and a priority other than the default; nothing for operations that are not queued."""
    assert operation_text.place_text(view(S.QUEUED, priority=priority), place) == text


def test_hours_are_told_of_what_waits_for_them() -> None:
    """A queued download shows until when it waits unless it ignores the schedule, which is for downloads only."""
    local = on_the_wall(NOW)
    start, end = (f"{local + timedelta(hours=hours):%H:%M}" for hours in (1, 2))
    hours = parse_hours(f"{start}-{end}")
    told = f"Waiting until {start}: downloads run from {start} to {end}"
    assert operation_text.next_action(view(S.QUEUED), NOW, hours) == told
    assert operation_text.next_action(view(S.QUEUED), NOW + 3600, hours) == "Waiting for a free slot"
    wanted = "Next up (ignores the schedule)"
    assert operation_text.next_action(view(S.QUEUED, ignores_schedule=True), NOW, hours) == wanted
    other = view(S.QUEUED)
    other = replace(other, base=replace(other.base, operation=replace(other.operation, arguments={})))
    assert operation_text.next_action(other, NOW, hours) == "Waiting for a free slot"
