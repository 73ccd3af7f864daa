"""Words for people: sizes, speeds, times, and what an operation is doing and will do next.

It owns the wording that window and command line share. Pure functions: ``now`` is always an argument, and nothing
here knows Qt, a terminal or the store.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime

from launcher_gui.monitor.projection import OperationView
from launcher_gui.recovery.operation import (
    Attempt,
    AttemptOutcome,
    Command,
    CommandKind,
    Operation,
    OperationState,
    Owner,
)
from launcher_gui.recovery.owner import HEARTBEAT_S, LEASE_S, silence_s
from launcher_gui.recovery.queue_order import Priority
from launcher_gui.settings.hours import ALWAYS, Hours, on_the_wall

_UNITS = ("kB", "MB", "GB", "TB", "PB")
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_LONGEST_S = 100 * _DAY

_STATES: dict[OperationState, str] = {
    OperationState.QUEUED: "Queued",
    OperationState.RUNNING: "Running",
    OperationState.WAITING: "Waiting to retry",
    OperationState.PAUSED: "Paused",
    OperationState.INTERRUPTED: "Interrupted",
    OperationState.CANCELLED: "Cancelled",
    OperationState.FAILED: "Failed",
    OperationState.COMPLETED: "Completed",
}
_PENDING: dict[CommandKind, tuple[str, str]] = {
    CommandKind.RESUME: ("Resuming…", "asked to resume, not answered yet"),
    CommandKind.PAUSE: ("Pausing…", "asked to pause, not answered yet"),
    CommandKind.CANCEL: ("Cancelling…", "asked to cancel, not answered yet"),
    CommandKind.RETRY: ("Retrying…", "asked to retry now, not answered yet"),
    CommandKind.REMOVE: ("Removing…", "asked to remove, not answered yet"),
}
BUTTONS: dict[CommandKind, str] = {
    CommandKind.RESUME: "Resume",
    CommandKind.PAUSE: "Pause",
    CommandKind.CANCEL: "Cancel",
    CommandKind.RETRY: "Retry now",
    CommandKind.REMOVE: "Remove",
}
"""What the buttons are called that ask for something."""

_AFTER_DOWNLOAD = frozenset({"verifying", "installing"})


def human_size(size: float) -> str:
    """Return ``size`` bytes with a decimal unit and, above bytes, one digit after the point: "3.2 GB"."""
    if size < 1000:
        return f"{int(max(0, size))} B"
    unit = _unit_of(size)
    return f"{_in_unit(size, unit)} {_UNITS[unit]}"


def _unit_of(size: float) -> int:
    """Return the index of the unit in which ``size`` is written; rounding never shows "1000.0"."""
    unit = 0
    while unit < len(_UNITS) - 1 and round(size / 1000 ** (unit + 1), 1) >= 1000:
        unit += 1
    return unit


def _in_unit(size: float, unit: int) -> str:
    return f"{size / 1000 ** (unit + 1):.1f}"


def human_rate(rate: float | None) -> str:
    """Return ``rate`` bytes per second as "12.3 MB/s"; empty where nothing is being transferred."""
    return "" if rate is None else f"{human_size(rate)}/s"


def human_duration(seconds: float) -> str:
    """Return ``seconds`` in its two largest units: "12 s", "3 min 20 s", "1 h 05 min", "2 d 03 h"."""
    if seconds >= _LONGEST_S:
        return "over 99 d"
    if 0 < seconds < 1:
        return "< 1 s"
    whole = int(max(0.0, seconds))
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE:02} s"
    if whole < _DAY:
        return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE:02} min"
    return f"{whole // _DAY} d {whole % _DAY // _HOUR:02} h"


def clock_time(at: float, now: float) -> str:
    """Return ``at`` in local time: "14:03:21" if it is the same day as ``now``, else with its date."""
    local, today = _local(at), _local(now).date()
    return f"{local:%H:%M:%S}" if local.date() == today else f"{local:%Y-%m-%d %H:%M}"


def utc_time(at: float, timespec: str = "seconds") -> str:
    """Return ``at`` in UTC for readers anywhere, as RFC 3339 writes it: "2026-01-31T14:03:21Z"."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec=timespec).replace("+00:00", "Z")


def _local(at: float) -> datetime:
    return datetime.fromtimestamp(at, tz=UTC).astimezone()


def state_label(view: OperationView) -> str:
    """Return what it is doing in a word or two; what was asked for and not yet answered comes first."""
    if view.pending is not None:
        return _PENDING[view.pending][0]
    if view.state is OperationState.RUNNING and view.operation.progress.phase:
        return view.operation.progress.phase.capitalize()
    return _STATES[view.state]


def attempt_text(view: OperationView) -> str:
    """Return which attempt it is at, "2 of 9", or how many it took, "2"; empty before the first."""
    operation = view.operation
    if not operation.attempt:
        return ""
    return f"{operation.attempt}" if view.state.ended else f"{operation.attempt} of {operation.attempt_limit}"


def attempt_tip(view: OperationView) -> str:
    """Return what ``attempt_text`` means: the limit is not one of a lifetime, new data moves it on."""
    operation = view.operation
    if not operation.attempt:
        return "No attempt has been made yet."
    if view.state.ended:
        return f"It took {operation.attempt} {'attempt' if operation.attempt == 1 else 'attempts'}."
    return (
        f"This is attempt {operation.attempt}. If nothing new arrives, attempt {operation.attempt_limit} is the last; "
        "whatever does arrive allows more."
    )


def has_come(view: OperationView) -> bool:
    """Return whether all bytes are here and are being checked or installed."""
    return view.progress.phase in _AFTER_DOWNLOAD


def fetched_bytes(view: OperationView) -> int:
    """Return the bytes that have come so far; while it verifies or installs, that is all of them."""
    progress = view.operation.progress
    if has_come(view) and progress.total is not None:
        return progress.total
    return progress.done


def fraction(view: OperationView) -> float | None:
    """Return how much of the present phase is done, 0 to 1, or ``None`` while the total is unknown."""
    if view.state is OperationState.COMPLETED:
        return 1.0
    progress = view.operation.progress
    if not progress.total:
        return None
    return min(1.0, max(0.0, progress.done / progress.total))


def progress_text(view: OperationView) -> str:
    """Return "45.3 %", rounded down so that 100 % means all of it; empty while the total is unknown."""
    progress, total = view.operation.progress, view.operation.progress.total
    if view.state is OperationState.COMPLETED:
        return "100.0 %"
    if not total:
        return ""
    # In whole numbers: a fraction is rounded, up to 1 where but a byte of very many is lacking.
    thousandths = max(0, min(1000, progress.done * 1000 // total))
    return f"{thousandths // 10}.{thousandths % 10} %"


def size_text(view: OperationView) -> str:
    """Return "3.2 / 6.9 GB", one of the two where only that is known, or nothing."""
    total, done = view.operation.progress.total, fetched_bytes(view)
    if not total:
        return human_size(done) if done else ""
    if done >= total or view.state is OperationState.COMPLETED:
        return human_size(total)
    if total < 1000:
        return f"{done} / {total} B"
    unit = _unit_of(total)
    return f"{_in_unit(done, unit)} / {_in_unit(total, unit)} {_UNITS[unit]}"


def time_left_text(view: OperationView, now: float) -> str:
    """Return how long the present phase still takes at the present speed; empty where that cannot be said."""
    left = view.time_left(now)
    return "" if left is None else human_duration(left)


def next_action(view: OperationView, now: float, hours: Hours = ALWAYS) -> str:
    """Return what happens next and why, as one line; it stands beside ``state_label`` and does not repeat it.

    Args:
        view: The operation.
        now: POSIX seconds.
        hours: When downloads run.
    """
    if view.pending is not None:
        return _PENDING[view.pending][1]
    match view.state:
        case OperationState.QUEUED:
            return _next_while_queued(view, now, hours)
        case OperationState.RUNNING:
            return _next_while_running(view)
        case OperationState.WAITING:
            return _countdown(view, now)
        case OperationState.PAUSED:
            return _resume_offer(view)
        case OperationState.INTERRUPTED:
            return f"{view.operation.reason or 'the program was ended'}; {_resume_offer(view)}"
        case OperationState.CANCELLED:
            return _resume_offer(view)
        case OperationState.FAILED:
            return _why_it_failed(view.operation)
        case OperationState.COMPLETED:
            return f"installed in {view.folder}" if view.folder else "done"


def _next_while_queued(view: OperationView, now: float, hours: Hours) -> str:
    closed = hours.closed_at(on_the_wall(now)) if view.url else ""  # the hours are those of downloads
    if closed and view.operation.any_hour:
        return "waiting its turn; a person wants it at any hour"
    return closed or "waiting its turn"


def place_text(view: OperationView, place: int | None) -> str:
    """Return where it stands in the queue, "3", with its priority if that is not the usual one, "1 · high"."""
    priority = view.operation.priority
    if place is None or priority is Priority.NORMAL:
        return "" if place is None else str(place)
    return f"{place} · {priority.name.lower()}"


def _next_while_running(view: OperationView) -> str:
    match view.operation.progress.phase:
        case "connecting":
            return f"waiting for {view.operation.scope or 'the server'} to answer"
        case "downloading":
            return "verify, then install" if view.known_hash else "install"
        case "verifying":
            return f"install if the {'BLAKE3' if view.blake3 else 'SHA-256'} is right"
        case "installing":
            return "done in a moment"
        case _:
            return ""


def _countdown(view: OperationView, now: float) -> str:
    operation = view.operation
    cause = f": {operation.reason}" if operation.reason else ""
    if operation.retry_at is None and operation.decision:  # it waits for a person
        return operation.decision
    left = math.ceil(max(0.0, (operation.retry_at or now) - now))
    return f"retrying in {human_duration(left)}{cause}" if left else f"retrying now{cause}"


def _why_it_failed(operation: Operation) -> str:
    """Return the cause and what was decided, which also says what a person can do."""
    reason, decision = operation.reason, operation.decision.removeprefix("not retried: ")
    if not reason or decision.startswith(reason):
        return decision or "no reason was recorded"
    return f"{reason}; {decision}" if decision else reason


def _resume_offer(view: OperationView) -> str:
    done = fetched_bytes(view)
    return f"Resume goes on from {human_size(done)}" if done else "Resume starts it"


def owner_text(owner: Owner | None, now: float) -> str:
    """Return who works on it, "window, process 4711", and since when nothing is heard of it where that is unusual."""
    if owner is None:
        return "nobody"
    who, silence = f"{owner.kind}, process {owner.pid}", silence_s(owner, now)
    if silence <= 2 * HEARTBEAT_S:
        return who
    left = LEASE_S - silence
    outlook = f"counts as gone in {human_duration(left)}" if left > 0 else "counts as gone"
    return f"{who}; slow: not heard of for {human_duration(silence)}, {outlook}"


def refusal_text(name: str, command: Command) -> str:
    """Return that a command was refused and why: "model.bin: Pause was refused. It had already finished."."""
    why = command.answer.removeprefix("refused: ")
    return f"{name}: {BUTTONS[command.kind]} was refused. {why[:1].upper()}{why[1:].removesuffix('.')}."


def outcome_label(outcome: AttemptOutcome) -> str:
    """Return how an attempt ended, as one word."""
    return outcome.value.capitalize()


def attempt_duration(attempt: Attempt, now: float) -> str:
    """Return how long an attempt took, or has been taking until ``now``."""
    end = now if attempt.ended_at is None else attempt.ended_at
    return human_duration(max(0.0, end - attempt.started_at))


def cause_text(attempt: Attempt) -> str:
    """Return why an attempt ended as it did; empty where there was no error."""
    return attempt.error or attempt.category


def decision_text(attempt: Attempt) -> str:
    """Return what was decided after an attempt; the cause is left out where it stands beside it."""
    return attempt.decision.removesuffix(f": {attempt.error}") if attempt.error else attempt.decision


def resumed_text(attempt: Attempt) -> str:
    """Return where an attempt went on and why there, "kept 1.1 GB: the file is unchanged"; empty if it did not."""
    return attempt.resume_note or (human_size(attempt.resumed_from) if attempt.resumed_from else "")


def summary(counts: Mapping[OperationState, int], rate: float | None) -> str:
    """Return how many operations stand where and how fast all of them come: "2 running · 1 failed · 48.3 MB/s"."""
    parts = [f"{counts[s]} {_STATES[s].lower()}" for s in OperationState if counts.get(s)]
    return " · ".join([*parts, *([human_rate(rate)] if rate is not None else [])])
