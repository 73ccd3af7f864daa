"""Text for the user: sizes, speeds, times, and what an operation is doing and will do next.

The window and the command line share these texts. The functions are pure: ``now`` is always an argument, and nothing
here depends on Qt, a terminal or the store. All text is in the language of the process.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from launcher_gui.monitor.projection import OperationView
from launcher_gui.recovery.operation import (
    Attempt,
    AttemptOutcome,
    Command,
    CommandKind,
    Operation,
    OperationState,
    Owner,
    Priority,
)
from launcher_gui.recovery.rules.decision import NOT_RETRIED, taken_apart, with_remedy, without_cause
from launcher_gui.recovery.runtime.process_identity import HEARTBEAT_S, LEASE_S, silence_s
from launcher_gui.settings.hours import ALWAYS, Hours, on_the_wall
from launcher_gui.text.formatting import human_duration, human_rate, human_size, percent, size_of
from launcher_gui.text.i18n import counted, marked, translate
from launcher_gui.text.message import NOTHING, localize, message, sentence

_STATES: dict[OperationState, str] = {
    OperationState.QUEUED: marked("wording", "Queued"),
    OperationState.RUNNING: marked("wording", "Running"),
    OperationState.WAITING: marked("wording", "Waiting to retry"),
    OperationState.PAUSED: marked("wording", "Paused"),
    OperationState.INTERRUPTED: marked("wording", "Interrupted"),
    OperationState.CANCELLED: marked("wording", "Cancelled"),
    OperationState.FAILED: marked("wording", "Failed"),
    OperationState.COMPLETED: marked("wording", "Done"),
}
_COUNTED: dict[OperationState, str] = {
    OperationState.QUEUED: marked("wording", "{count} queued"),
    OperationState.RUNNING: marked("wording", "{count} running"),
    OperationState.WAITING: marked("wording", "{count} waiting to retry"),
    OperationState.PAUSED: marked("wording", "{count} paused"),
    OperationState.INTERRUPTED: marked("wording", "{count} interrupted"),
    OperationState.CANCELLED: marked("wording", "{count} cancelled"),
    OperationState.FAILED: marked("wording", "{count} failed"),
    OperationState.COMPLETED: marked("wording", "{count} done"),
}
_PENDING: dict[CommandKind, tuple[str, str]] = {
    CommandKind.RESUME: (marked("wording", "Resuming…"), marked("wording", "Resuming…")),
    CommandKind.PAUSE: (marked("wording", "Pausing…"), marked("wording", "Pausing…")),
    CommandKind.CANCEL: (marked("wording", "Cancelling…"), marked("wording", "Cancelling…")),
    CommandKind.RETRY: (marked("wording", "Retrying…"), marked("wording", "Retrying…")),
    CommandKind.REMOVE: (marked("wording", "Removing…"), marked("wording", "Removing…")),
}
_BUTTONS: dict[CommandKind, str] = {
    CommandKind.RESUME: marked("wording", "Resume"),
    CommandKind.PAUSE: marked("wording", "Pause"),
    CommandKind.CANCEL: marked("wording", "Cancel"),
    CommandKind.RETRY: marked("wording", "Retry now"),
    CommandKind.REMOVE: marked("wording", "Remove"),
}
_OUTCOMES: dict[AttemptOutcome, str] = {
    AttemptOutcome.RUNNING: marked("wording", "Running"),
    AttemptOutcome.SUCCEEDED: marked("wording", "Succeeded"),
    AttemptOutcome.FAILED: marked("wording", "Failed"),
    AttemptOutcome.PAUSED: marked("wording", "Paused"),
    AttemptOutcome.CANCELLED: marked("wording", "Cancelled"),
    AttemptOutcome.INTERRUPTED: marked("wording", "Interrupted"),
}
_PHASES = {
    "connecting": marked("wording", "Connecting"),
    "downloading": marked("wording", "Downloading"),
    "verifying": marked("wording", "Checking"),
    "installing": marked("wording", "Moving into place"),
}
_OWNERS = {"window": marked("wording", "Window"), "command line": marked("wording", "Command line")}

_AFTER_DOWNLOAD = frozenset({"verifying", "installing"})


def state_label(view: OperationView) -> str:
    """Return the short label of its state; an unanswered command takes precedence."""
    if view.pending is not None:
        return translate("wording", _PENDING[view.pending][0])
    if view.state is OperationState.RUNNING and (phase := view.operation.progress.phase):
        return translate("wording", _PHASES[phase]) if phase in _PHASES else phase.capitalize()
    return translate("wording", _STATES[view.state])


def button_label(kind: CommandKind) -> str:
    """Return the label of the button that sends a command of this kind."""
    return translate("wording", _BUTTONS[kind])


def attempt_text(view: OperationView) -> str:
    """Return the number of its attempt, "2 of 9", or how many it took, "2"; empty before the first."""
    operation = view.operation
    if not operation.attempt:
        return ""
    if view.state.ended:
        return f"{operation.attempt}"
    some = translate("wording", "{number} of {limit}")
    return some.format(number=operation.attempt, limit=operation.attempt_limit)


def attempt_tip(view: OperationView) -> str:
    """Return what ``attempt_text`` means: new data raises the limit, which does not cover the operation's lifetime."""
    operation = view.operation
    if not operation.attempt:
        return translate("wording", "No attempts yet.")
    if view.state.ended:
        return counted("wording", "Finished after %n attempt(s).", operation.attempt)
    return translate(
        "wording",
        "Attempt {number}. Without new data, attempt {limit} is the last; progress allows more.",
    ).format(number=operation.attempt, limit=operation.attempt_limit)


def has_come(view: OperationView) -> bool:
    """Return whether all bytes have been received and are being checked or installed."""
    return view.progress.phase in _AFTER_DOWNLOAD


def fetched_bytes(view: OperationView) -> int:
    """Return the number of bytes received so far; during checking and installing, all of them."""
    progress = view.progress
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
    """Return "45.3 %", rounded down so that 100 % means complete; empty while the total is unknown."""
    progress, total = view.operation.progress, view.operation.progress.total
    if view.state is OperationState.COMPLETED:
        return percent(100)
    if not total:
        return ""
    # Integer arithmetic: a float would round up to 1 when a few bytes of very many are missing.
    thousandths = max(0, min(1000, progress.done * 1000 // total))
    return percent(thousandths / 10)


def size_text(view: OperationView) -> str:
    """Return "3.2 / 6.9 GB", one of the two if only that is known, or nothing."""
    total, done = view.operation.progress.total, fetched_bytes(view)
    if not total:
        return human_size(done) if done else ""
    if done >= total or view.state is OperationState.COMPLETED:
        return human_size(total)
    return size_of(done, total)


def time_left_text(view: OperationView, now: float) -> str:
    """Return the time left in the present phase at the present speed; empty if unknown."""
    left = view.time_left(now)
    return "" if left is None else human_duration(left)


def next_action(view: OperationView, now: float, hours: Hours = ALWAYS) -> str:
    """Return what happens next and why, as one line; it is shown beside ``state_label`` and does not repeat it.

    Args:
        view: The operation.
        now: POSIX seconds.
        hours: When downloads run.
    """
    if view.pending is not None:
        return translate("wording", _PENDING[view.pending][1])
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
            reason = sentence(view.operation.reason) or translate("wording", "The program was closed")
            return f"{reason}. {_resume_offer(view)}"
        case OperationState.CANCELLED:
            return _resume_offer(view)
        case OperationState.FAILED:
            return _why_it_failed(view.operation)
        case OperationState.COMPLETED:
            installed = translate("wording", "Saved to {folder}").format(folder=view.folder)
            return installed if view.folder else translate("wording", "Done")


def waiting_its_turn() -> str:
    """Return the text for an operation that waits for a free slot."""
    return translate("wording", "Waiting for a free slot")


def _next_while_queued(view: OperationView, now: float, hours: Hours) -> str:
    closed = hours.closed_at(on_the_wall(now)) if view.url else NOTHING  # the schedule applies to downloads only
    if closed and view.operation.ignores_schedule:
        return translate("wording", "Next up (ignores the schedule)")
    return sentence(closed) or waiting_its_turn()


def place_text(view: OperationView, place: int | None) -> str:
    """Return its place in the queue, "3", with its priority if that is not the default, "1 · high"."""
    priority = view.operation.priority
    if place is None or priority is Priority.NORMAL:
        return "" if place is None else str(place)
    i18n = translate("wording", "high") if priority is Priority.HIGH else translate("wording", "low")
    return f"{place} · {i18n}"


def _next_while_running(view: OperationView) -> str:
    match view.operation.progress.phase:
        case "connecting":
            host = view.operation.scope or translate("wording", "the server")
            return translate("wording", "Connecting to {host}…").format(host=host)
        case "downloading":
            if view.known_hash:
                return translate("wording", "Then: check SHA-256 and move into place")
            return translate("wording", "Then: move into place")
        case "verifying":
            name = "BLAKE3" if view.blake3 else "SHA-256"
            return translate("wording", "Checking {name}…").format(name=name)
        case "installing":
            return translate("wording", "Finishing…")
        case _:
            return ""


def _countdown(view: OperationView, now: float) -> str:
    operation = view.operation
    cause = f": {localize(operation.reason)}" if operation.reason else ""
    if operation.retry_at is None and operation.decision:  # it needs attention
        return sentence(operation.decision)
    left = math.ceil(max(0.0, (operation.retry_at or now) - now))
    return f"{retrying(left)}{cause}"


def retrying(left_s: int) -> str:
    """Return that it is retried, and in how many seconds."""
    if not left_s:
        return translate("wording", "Retrying now")
    return translate("wording", "Retrying in {time}").format(time=human_duration(left_s))


def _why_it_failed(operation: Operation) -> str:
    """Return the cause and the decision, which includes what you can do."""
    chosen = taken_apart(operation.decision)
    cause = operation.reason or chosen.cause
    if cause and chosen.decision.code == NOT_RETRIED:
        return sentence(with_remedy(cause, chosen.remedy))
    if cause and chosen.decision and not chosen.cause:
        return sentence(with_remedy(message("failure.outcome", cause=cause, decision=chosen.decision), chosen.remedy))
    return sentence(operation.decision or cause) or translate("wording", "Unknown error")


def _resume_offer(view: OperationView) -> str:
    done = fetched_bytes(view)
    if not done:
        return translate("wording", "Not started")
    return translate("wording", "Paused at {size}").format(size=human_size(done))


def owner_text(owner: Owner | None, now: float) -> str:
    """Return which process works on it, "window, process 4711", and when its last heartbeat was if that is overdue."""
    if owner is None:
        return translate("wording", "Not running")
    kind, silence = program_label(owner.kind), silence_s(owner, now)
    who = translate("wording", "{program} (PID {number})").format(program=kind, number=owner.pid)
    if silence <= 2 * HEARTBEAT_S:
        return who
    left = LEASE_S - silence
    slow = translate("wording", "{who}, not responding for {silence}; will be taken over in {left}")
    gone = translate("wording", "{who}, not responding for {silence}; will be taken over")
    return (slow if left > 0 else gone).format(who=who, silence=human_duration(silence), left=human_duration(left))


def program_label(kind: str) -> str:
    """Return the label of a kind of program that works on operations or sends commands."""
    return translate("wording", _OWNERS[kind]) if kind in _OWNERS else kind


def refusal_text(name: str, command: Command) -> str:
    """Return that a command was refused and why: "Pause is not possible for model.bin: it has already finished."."""
    refusal = translate("wording", "{button} is not possible for {name}: {why}.")
    why = localize(command.answer).removesuffix(".")
    return refusal.format(name=name, button=button_label(command.kind), why=why)


def outcome_label(outcome: AttemptOutcome) -> str:
    """Return how an attempt ended, as one word."""
    return translate("wording", _OUTCOMES[outcome])


def attempt_duration(attempt: Attempt, now: float) -> str:
    """Return how long an attempt took, or has taken by ``now``."""
    end = now if attempt.ended_at is None else attempt.ended_at
    return human_duration(max(0.0, end - attempt.started_at))


def cause_text(attempt: Attempt) -> str:
    """Return why an attempt ended as it did; empty if there was no error."""
    return sentence(attempt.error) or attempt.category


def decision_text(attempt: Attempt) -> str:
    """Return the decision after an attempt, without the cause, which is shown beside it."""
    return sentence(without_cause(attempt.decision) if attempt.error else attempt.decision)


def resumed_text(attempt: Attempt) -> str:
    """Return from where an attempt resumed and why, "Resumed at 1.1 GB (the ETag is the same)"; empty if it did not."""
    return sentence(attempt.resume_note) or (human_size(attempt.resumed_from) if attempt.resumed_from else "")


def summary(counts: Mapping[OperationState, int], rate: float | None) -> str:
    """Return the number of operations per state and their total speed: "2 running · 1 failed · 48.3 MB/s"."""
    parts = [translate("wording", _COUNTED[s]).format(count=counts[s]) for s in OperationState if counts.get(s)]
    return " · ".join([*parts, *([human_rate(rate)] if rate is not None else [])])
