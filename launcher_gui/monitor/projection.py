"""The picture of everything under way: a pure fold of the change feed.

It owns what window and command line show. It refuses to know the store, the clock and Qt: changes go in, a new
projection comes out, and ``now`` is always an argument.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from launcher_gui.recovery.breaker import Breaker, BreakerState
from launcher_gui.recovery.operation import Attempt, Command, CommandKind, Operation, OperationState, Owner, Progress

RATE_WINDOW_S = 6.0
"""Progress older than this does not count towards the present speed."""

MOST_MOVES = 2_000
"""So many changes of breakers are kept, the newest."""

Turn = tuple[int, float, float, str]
"""Orders what is queued; an operation's id comes last in it."""


@dataclass(frozen=True, slots=True)
class OperationRecord:
    """One operation as the feed reads it, all in one transaction.

    Attributes:
        operation: The row.
        attempts: Its attempts, by number.
        owner: Who works on it, if anyone.
        pending: The latest command that nobody has answered yet, if any.
        commands: What people asked of it, in the order of asking.
    """

    operation: Operation
    attempts: tuple[Attempt, ...] = ()
    owner: Owner | None = None
    pending: CommandKind | None = None
    commands: tuple[Command, ...] = ()


@dataclass(frozen=True, slots=True)
class BreakerMove:
    """A breaker's change to another state.

    Attributes:
        scope: Which one.
        state: To what it changed.
        at: When.
        error: Its latest failure in words.
    """

    scope: str
    state: BreakerState
    at: float
    error: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What the feed found since it last looked.

    Attributes:
        records: Operations whose row, attempts or commands changed, or that are new.
        progress: Operation id to its newest progress, where only that changed.
        removed: Ids of operations that are gone.
        beats: The owners that have told of themselves since, by the operations that they work on.
        breakers: All breakers, if any of them is different; else ``None``.
        moves: Their changes of state, oldest first.
        anew: Whether ``moves`` are all that are known, not only those that came since.
    """

    records: tuple[OperationRecord, ...] = ()
    progress: Mapping[str, Progress] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    beats: Mapping[str, Owner] = field(default_factory=dict)
    breakers: tuple[Breaker, ...] | None = None
    moves: tuple[BreakerMove, ...] = ()
    anew: bool = False

    @property
    def ids(self) -> frozenset[str]:
        """The operations that look different now."""
        return (
            frozenset(r.operation.id for r in self.records)
            | self.progress.keys()
            | set(self.removed)
            | self.beats.keys()
        )


@dataclass(frozen=True, slots=True)
class OperationView:
    """One operation as it is shown.

    Attributes:
        record: What the store says.
        samples: Progress of the last seconds of the present attempt, oldest first, for the speed.
    """

    record: OperationRecord
    samples: tuple[Progress, ...] = ()

    @property
    def operation(self) -> Operation:
        """The row."""
        return self.record.operation

    @property
    def id(self) -> str:
        """Its id."""
        return self.record.operation.id

    @property
    def state(self) -> OperationState:
        """Where it stands."""
        return self.record.operation.state

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """Its attempts, by number."""
        return self.record.attempts

    @property
    def commands(self) -> tuple[Command, ...]:
        """What people asked of it, in the order of asking."""
        return self.record.commands

    @property
    def pending(self) -> CommandKind | None:
        """What was asked for and has not been answered yet."""
        return self.record.pending

    @property
    def url(self) -> str:
        """Where it comes from, without secrets; empty if it is not a download."""
        return str(self.operation.arguments.get("url", ""))

    @property
    def destination(self) -> str:
        """The file that it will be installed as."""
        return self.operation.exclusive_key or ""

    @property
    def name(self) -> str:
        """What people call it: the file's name, else the function's."""
        return PurePath(self.destination).name or self.operation.function

    @property
    def folder(self) -> str:
        """The folder of the destination, empty if there is none."""
        return str(PurePath(self.destination).parent) if self.destination else ""

    @property
    def sha256(self) -> str | None:
        """The SHA-256 that the file must have, in hexadecimal, if known."""
        value = self.operation.arguments.get("sha256")
        return str(value) if value else None

    @property
    def blake3(self) -> str | None:
        """The BLAKE3 that the file must have, in hexadecimal, if known."""
        value = self.operation.arguments.get("blake3")
        return str(value) if value else None

    @property
    def known_hash(self) -> str:
        """What the file must hash to, as it is typed: the digits of a SHA-256, or a BLAKE3 that says so; else empty."""
        return self.sha256 or (f"blake3:{self.blake3}" if self.blake3 else "")

    def rate(self, now: float) -> float | None:
        """Return units per second over the last seconds, ``None`` where nothing is being transferred.

        A stream that has gone silent falls to zero instead of keeping its last value. One that is just slow tells of
        its progress seldom, and is measured from the last time before the window.
        """
        if self.state is not OperationState.RUNNING or not self.samples:
            return None
        *earlier, last = self.samples
        if not earlier or now - last.at > 2 * max(RATE_WINDOW_S, last.at - earlier[-1].at):
            return 0.0
        first = next((s for s in reversed(earlier) if s.at <= now - RATE_WINDOW_S), earlier[0])
        return (last.done - first.done) / (max(now, last.at) - first.at)

    def time_left(self, now: float) -> float | None:
        """Return the seconds until done at the present rate, ``None`` where that cannot be said."""
        rate, progress = self.rate(now), self.operation.progress
        if not rate or progress.total is None:
            return None
        return max(0, progress.total - progress.done) / rate


@dataclass(frozen=True, slots=True)
class Projection:
    """Everything that is shown.

    Attributes:
        views: Operations by id, oldest first.
        breakers: Breakers by scope.
        moves: The breakers' latest changes of state, oldest first.
    """

    views: Mapping[str, OperationView] = field(default_factory=dict)
    breakers: Mapping[str, Breaker] = field(default_factory=dict)
    moves: tuple[BreakerMove, ...] = ()

    def apply(self, changes: Changes) -> Projection:
        """Return the projection after ``changes``."""
        views = dict(self.views)
        for record in changes.records:
            views[record.operation.id] = _shown(views.get(record.operation.id), record)
        for operation_id, progress in changes.progress.items():
            if operation_id in views:
                views[operation_id] = _advanced(views[operation_id], progress)
        for operation_id, owner in changes.beats.items():
            if operation_id in views:
                view = views[operation_id]
                views[operation_id] = replace(view, record=replace(view.record, owner=owner))
        for operation_id in changes.removed:
            views.pop(operation_id, None)
        breakers = self.breakers if changes.breakers is None else {b.scope: b for b in changes.breakers}
        moves = () if changes.anew else self.moves
        return Projection(views, breakers, (*moves, *changes.moves)[-MOST_MOVES:] if changes.moves else moves)

    def steps_of(self, operation_id: str) -> tuple[OperationView, ...]:
        """Return the steps of an operation, oldest first."""
        return tuple(v for v in self.views.values() if v.operation.parent_id == operation_id)

    @property
    def queue(self) -> tuple[str, ...]:
        """The ids of what is queued, the next first."""
        turns = (turn_of(view) for view in self.views.values())
        return tuple(turn[-1] for turn in sorted(turn for turn in turns if turn is not None))

    def in_states(self, states: Iterable[OperationState]) -> tuple[OperationView, ...]:
        """Return the views in any of ``states``, oldest first."""
        wanted = frozenset(states)
        return tuple(v for v in self.views.values() if v.state in wanted)


def turn_of(view: OperationView) -> Turn | None:
    """Return what says whose turn is before whose, the smaller the sooner; ``None`` if it is not queued."""
    operation = view.operation
    if operation.state is not OperationState.QUEUED:
        return None
    return -operation.priority, operation.place, operation.created_at, operation.id


def _shown(before: OperationView | None, record: OperationRecord) -> OperationView:
    same_attempt = before is not None and before.operation.attempt == record.operation.attempt
    samples = before.samples if before is not None and same_attempt else ()
    return _with_sample(OperationView(record, samples), record.operation.progress)


def _advanced(view: OperationView, progress: Progress) -> OperationView:
    record = replace(view.record, operation=replace(view.operation, progress=progress))
    return _with_sample(OperationView(record, view.samples), progress)


def _with_sample(view: OperationView, progress: Progress) -> OperationView:
    """Keep the samples of one phase, in order, within the rate's window and one before it: slow work tells seldom."""
    begun_at = view.attempts[-1].started_at if view.attempts else 0.0
    if not progress.at or progress.at < begun_at:
        return replace(view, samples=())  # never told, or by an earlier attempt: the pause since is no time of work
    samples = view.samples
    if samples and samples[-1].phase != progress.phase:
        samples = ()
    if samples and (progress.at < samples[-1].at or progress.done < samples[-1].done):
        samples = ()  # the clock was set back, or the work began again: there is nothing to measure from
    if not samples or progress.at > samples[-1].at:
        samples = (*samples, progress)
    before = sum(s.at <= samples[-1].at - RATE_WINDOW_S for s in samples)
    return replace(view, samples=samples[max(0, before - 1) :])
