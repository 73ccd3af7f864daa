"""The timeline as lanes of spans and marks: a pure view of the projection, with one lane per operation and per host.

It decides what counts as an attempt, a wait or a pause, and how each is described. It does not read the clock: a span
in progress has no end, and the caller that draws it supplies the present time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from launcher_gui.monitor.operation_text import button_label, program_label, waiting_its_turn
from launcher_gui.monitor.projection import BreakerMove, OperationView, Projection
from launcher_gui.recovery.operation import Attempt, AttemptOutcome, Command, CommandState, OperationState
from launcher_gui.recovery.rules.applicable_commands import STOPS
from launcher_gui.recovery.rules.breaker import BreakerState
from launcher_gui.text.i18n import marked, translate
from launcher_gui.text.message import localize


class SpanKind(StrEnum):
    """What happened during a span of time."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    STOPPED = "stopped"  # an attempt that the user ended
    CUT_OFF = "cut off"  # an attempt that ended with its process
    WAIT = "wait"
    PAUSE = "pause"  # until the user resumes it
    OPEN = "open"
    HALF_OPEN = "half_open"
    ISOLATED = "isolated"


class MarkKind(StrEnum):
    """What happened at a point in time."""

    ASKED = "asked"  # the user sent a command
    OWNER = "owner"  # another process took over
    CLOSED = "closed"  # a host is available again


_OF_OUTCOME = {
    AttemptOutcome.RUNNING: SpanKind.RUNNING,
    AttemptOutcome.SUCCEEDED: SpanKind.SUCCEEDED,
    AttemptOutcome.FAILED: SpanKind.FAILED,
    AttemptOutcome.PAUSED: SpanKind.STOPPED,
    AttemptOutcome.CANCELLED: SpanKind.STOPPED,
    AttemptOutcome.INTERRUPTED: SpanKind.CUT_OFF,
}
_OF_BREAKER = {
    BreakerState.OPEN: SpanKind.OPEN,
    BreakerState.HALF_OPEN: SpanKind.HALF_OPEN,
    BreakerState.ISOLATED: SpanKind.ISOLATED,
}
_ATTEMPT_WORDS = {
    AttemptOutcome.RUNNING: marked("lanes", "Attempt {number} running"),
    AttemptOutcome.SUCCEEDED: marked("lanes", "Attempt {number} succeeded"),
    AttemptOutcome.FAILED: marked("lanes", "Attempt {number} failed"),
    AttemptOutcome.PAUSED: marked("lanes", "Attempt {number} paused"),
    AttemptOutcome.CANCELLED: marked("lanes", "Attempt {number} cancelled"),
    AttemptOutcome.INTERRUPTED: marked("lanes", "Attempt {number} interrupted"),
}
_BREAKER_WORDS = {
    BreakerState.CLOSED: marked("lanes", "host OK again"),
    BreakerState.OPEN: marked("lanes", "host paused"),
    BreakerState.HALF_OPEN: marked("lanes", "testing"),
    BreakerState.ISOLATED: marked("lanes", "paused by you"),
}


class Span(NamedTuple):
    """A period of time on a lane.

    Attributes:
        kind: What it shows.
        start: When it began.
        end: When it ended; ``None`` while it is in progress.
        number: The number of the attempt that it shows or follows; 0 if there is none.
        words: A description for the user, as a sentence.
        until: For a wait in progress, when it is expected to end.
    """

    kind: SpanKind
    start: float
    end: float | None
    number: int = 0
    words: str = ""
    until: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in time on a lane.

    Attributes:
        kind: What it shows.
        at: When it happened.
        words: A description for the user, as a sentence.
    """

    kind: MarkKind
    at: float
    words: str


@dataclass(frozen=True)  # without slots, because cached properties compute spans and marks on first use
class Lane:
    """One row of the timeline.

    Attributes:
        id: The operation's id, or the host's name.
        name: The label beside it.
        is_step: Whether it shows a step of the operation above it.
        view: The operation; ``None`` if it shows a host's breaker.
        moves: The state changes of the host's breaker, in order.
    """

    id: str
    name: str
    is_step: bool = False
    view: OperationView | None = None
    moves: tuple[BreakerMove, ...] = ()

    @property
    def is_host(self) -> bool:
        """Whether it shows a host's breaker."""
        return self.view is None

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The spans in order; they never overlap, and only the last can be in progress."""
        return tuple(_in_order(_host_spans(self.moves) if self.view is None else _spans(self.view)))

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The marks in order."""
        if self.view is None:
            closed = (m for m in self.moves if m.state is BreakerState.CLOSED)
            return tuple(Mark(MarkKind.CLOSED, m.at, _breaker_words(m)) for m in closed)
        made = (*_asked(self.view.commands), *_takeovers(self.view.attempts))
        return tuple(sorted(made, key=lambda mark: mark.at))

    @property
    def begins(self) -> float | None:
        """The time of its first span or mark."""
        if self.view is None:
            return self.moves[0].at if self.moves else None
        firsts = [c.requested_at for c in self.view.commands]
        if self.view.attempts:
            firsts.append(self.view.attempts[0].started_at)
        elif not self.view.state.ended:
            firsts.append(self.view.base.operation.created_at)
        return min(firsts, default=None)

    def go_on_from(self, before: Lane) -> None:
        """Reuse the spans that ``before`` has computed, as far as they are still valid.

        A finished attempt does not change, nor does the gap after it once the next attempt has begun.
        """
        then, now = before.view, self.view
        if now is None or then is None or "spans" not in before.__dict__ or then.commands != now.commands:
            return
        last = len(then.attempts) - 1
        if last < 1 or len(now.attempts) <= last or now.attempts[last - 1] != then.attempts[last - 1]:
            return
        number, kept = then.attempts[last].number, len(before.spans)
        while kept and before.spans[kept - 1].number >= number:
            kept -= 1
        rest = _in_order(_spans(now, last), before.spans[kept - 1].end if kept else None)
        self.__dict__["spans"] = (*before.spans[:kept], *rest)


def lanes_of(projection: Projection, known: Mapping[str, Lane] | None = None) -> tuple[Lane, ...]:
    """Return the lanes: each host's breaker, then the host's operations, each followed by its steps.

    Args:
        projection: The state to show.
        known: Lanes of operations that are still valid, by id; they are reused without looking at the operation.
    """
    steps: dict[str, list[OperationView]] = {}
    tops: dict[str, list[OperationView]] = {}
    for view in projection.views.values():
        parent = view.base.operation.parent_id
        if parent is not None and parent in projection.views:
            steps.setdefault(parent, []).append(view)
        else:
            tops.setdefault(view.base.operation.scope or "", []).append(view)
    hosts = _host_lanes(projection.moves)
    lanes: list[Lane] = []
    for scope in dict.fromkeys([*tops, *hosts]):
        if scope in hosts:
            lanes.append(hosts[scope])
        for view in tops.get(scope, ()):
            lanes.extend(_with_steps(view, steps, known or {}))
    return tuple(lanes)


def lane_of(view: OperationView) -> Lane:
    """Return the lane of one operation."""
    return Lane(view.id, view.name, view.base.operation.parent_id is not None, view)


def _with_steps(
    view: OperationView, steps: Mapping[str, Sequence[OperationView]], known: Mapping[str, Lane]
) -> Iterator[Lane]:
    yield known.get(view.id) or lane_of(view)
    for step in steps.get(view.id, ()):
        yield from _with_steps(step, steps, known)


def _spans(view: OperationView, first: int = 0) -> Iterator[Span]:
    """Yield the spans of an operation, from the attempt at index ``first`` on."""
    pauses, attempts = _pauses(view.commands), view.attempts
    if not attempts:
        yield from _rest_without_attempt(view)
    for place in range(first, len(attempts)):
        attempt = attempts[place]
        yield _attempt_span(attempt)
        if attempt.ended_at is not None:
            is_last = place + 1 == len(attempts)
            after = _open_gap(view, attempt) if is_last else _gap(attempt, attempts[place + 1].started_at)
            if after is not None and pauses:
                yield from _parted(after, pauses)
            elif after is not None:
                yield after


def _attempt_span(attempt: Attempt) -> Span:
    outcome = translate("lanes", _ATTEMPT_WORDS[attempt.outcome]).format(number=attempt.number)
    text = f"{outcome}: {localize(attempt.error)}" if attempt.error else outcome
    return Span(_OF_OUTCOME[attempt.outcome], attempt.started_at, attempt.ended_at, attempt.number, text)


def _gap(attempt: Attempt, until: float) -> Span:
    """Return the span between an attempt and the next."""
    waited = attempt.outcome is AttemptOutcome.FAILED and attempt.wait_s is not None
    kind = SpanKind.WAIT if waited else SpanKind.PAUSE
    return Span(kind, attempt.ended_at or until, until, attempt.number, localize(attempt.decision))


def _open_gap(view: OperationView, attempt: Attempt) -> Span | None:
    """Return the span in progress since the last attempt; ``None`` if the operation has ended."""
    operation, start = view.operation, attempt.ended_at or view.operation.updated_at
    if view.state is OperationState.WAITING:
        words = localize(operation.decision or operation.reason)
        return Span(SpanKind.WAIT, start, None, attempt.number, words, operation.retry_at)
    if view.state.ended:
        return None
    return Span(SpanKind.PAUSE, start, None, attempt.number, localize(operation.decision or operation.reason))


def _rest_without_attempt(view: OperationView) -> Iterator[Span]:
    operation = view.operation
    words = localize(operation.decision or operation.reason)
    if view.state is OperationState.WAITING:
        yield Span(SpanKind.WAIT, operation.created_at, None, 0, words, operation.retry_at)
    elif not view.state.ended:
        yield Span(SpanKind.PAUSE, operation.created_at, None, 0, words or waiting_its_turn())


def _pauses(commands: Iterable[Command]) -> tuple[float, ...]:
    done = (c for c in commands if c.state is CommandState.DONE and c.kind in STOPS)
    return tuple(c.answered_at for c in done if c.answered_at is not None)


def _parted(gap: Span, pauses: Iterable[float]) -> Iterator[Span]:
    """Yield a wait; if the user paused during it, split it there into a wait and a pause."""
    cut = next((at for at in pauses if gap.start < at and (gap.end is None or at < gap.end)), None)
    if gap.kind is SpanKind.WAIT and cut is not None and gap.until is None:
        yield Span(SpanKind.WAIT, gap.start, cut, gap.number, gap.words)
        yield Span(SpanKind.PAUSE, cut, gap.end, gap.number, translate("lanes", "paused by you"))
    else:
        yield gap


def _in_order(spans: Iterable[Span], after: float | None = None) -> Iterator[Span]:
    """Yield spans that do not overlap: if the clock was set back they become shorter, never negative."""
    last = float("-inf") if after is None else after
    for span in spans:
        start, end = span.start, span.end
        if start >= last and (end is None or end >= start):
            last = start if end is None else end
            yield span
            continue
        start = max(start, last)
        last = start if end is None else max(end, start)
        yield span._replace(start=start, end=None if end is None else last)


def _asked(commands: Iterable[Command]) -> Iterator[Mark]:
    for command in commands:
        pending = command.state is CommandState.PENDING
        answer = translate("lanes", "no answer yet") if pending else localize(command.answer) or command.state.value
        sentence = translate("lanes", "{button} ({who}): {answer}")
        who = program_label(command.requested_by)
        words = sentence.format(button=button_label(command.kind), who=who, answer=answer)
        yield Mark(MarkKind.ASKED, command.requested_at, words)


def _takeovers(attempts: Sequence[Attempt]) -> Iterator[Mark]:
    for before, after in pairwise(attempts):
        if before.owner_id != after.owner_id:
            yield Mark(MarkKind.OWNER, after.started_at, translate("lanes", "resumed by another program"))


def _host_lanes(moves: Iterable[BreakerMove]) -> dict[str, Lane]:
    by_scope: dict[str, list[BreakerMove]] = {}
    for move in moves:
        by_scope.setdefault(move.scope, []).append(move)
    return {scope: Lane(scope, scope, moves=tuple(made)) for scope, made in by_scope.items()}


def _host_spans(moves: Sequence[BreakerMove]) -> Iterator[Span]:
    for move, after in pairwise((*moves, None)):
        if move is not None and move.state in _OF_BREAKER:
            yield Span(_OF_BREAKER[move.state], move.at, None if after is None else after.at, 0, _breaker_words(move))


def _breaker_words(move: BreakerMove) -> str:
    cause = f": {localize(move.error)}" if move.error and move.state is BreakerState.OPEN else ""
    return f"{translate('lanes', _BREAKER_WORDS[move.state])}{cause}"
