"""The current state of everything: a pure fold of the change feed.

The window and the command line show it. It does not depend on the store, the clock or Qt: changes go in, a new
projection comes out, and ``now`` is always an argument.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePath

from launcher_gui.recovery.operation import Attempt, Command, CommandKind, Operation, OperationState, Owner, Progress
from launcher_gui.recovery.rules.breaker import Breaker, BreakerState
from launcher_gui.text.message import NOTHING, Message

RATE_WINDOW_S = 6.0
"""Progress older than this does not count towards the present speed."""

MOST_MOVES = 2_000
"""How many state changes of breakers are kept, the newest."""

Turn = tuple[int, float, float, str]
"""The sort key of the queue; its last part is the operation's id."""


@dataclass(frozen=True, slots=True)
class OperationRecord:
    """One operation as read by the feed, all in one transaction.

    Attributes:
        operation: The row.
        attempts: Its attempts, by number.
        owner: The process that works on it, if any.
        pending: The latest command that is not answered yet, if any.
        commands: The user's commands, in the order in which they were sent.
    """

    operation: Operation
    attempts: tuple[Attempt, ...] = ()
    owner: Owner | None = None
    pending: CommandKind | None = None
    commands: tuple[Command, ...] = ()


@dataclass(frozen=True, slots=True)
class BreakerMove:
    """A breaker's change of state.

    Attributes:
        scope: The breaker's scope.
        state: The new state.
        at: When it changed.
        error: The breaker's latest failure.
    """

    scope: str
    state: BreakerState
    at: float
    error: Message = NOTHING


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed in the store since the previous read.

    Attributes:
        records: Operations that are new, or whose row, attempts or commands changed.
        progress: The newest progress by operation id, where only that changed.
        removed: Ids of operations that no longer exist.
        beats: Owners with new heartbeats, by the operations that they work on.
        breakers: All breakers, if any of them changed; else ``None``.
        moves: State changes of breakers, oldest first.
        anew: Whether ``moves`` is the complete history rather than what was added to it.
        older: Whether ``records`` precede the known operations and are merged into them by time.
        left_out: How many finished operations are not included; ``None`` if that has not changed.
    """

    records: tuple[OperationRecord, ...] = ()
    progress: Mapping[str, Progress] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    beats: Mapping[str, Owner] = field(default_factory=dict)
    breakers: tuple[Breaker, ...] | None = None
    moves: tuple[BreakerMove, ...] = ()
    anew: bool = False
    older: bool = False
    left_out: int | None = None

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the operations that changed."""
        return (
            frozenset(r.operation.id for r in self.records)
            | self.progress.keys()
            | set(self.removed)
            | self.beats.keys()
        )


@dataclass(frozen=True)  # without slots, because cached properties need a ``__dict__``
class OperationView:
    """One operation as it is shown.

    Attributes:
        base: The record as last read in full.
        samples: Progress of the last seconds of the present attempt, oldest first, for the speed.
        told: Newer progress than that of ``base``, if any.
    """

    base: OperationRecord
    samples: tuple[Progress, ...] = ()
    told: Progress | None = None

    @cached_property
    def record(self) -> OperationRecord:
        """The record with the newest progress; built on first use, because progress arrives in thousands."""
        if self.told is None:
            return self.base
        return replace(self.base, operation=replace(self.base.operation, progress=self.told))

    @property
    def operation(self) -> Operation:
        """The row."""
        return self.record.operation

    @property
    def progress(self) -> Progress:
        """Its newest progress."""
        return self.told or self.base.operation.progress

    @property
    def id(self) -> str:
        """Its id."""
        return self.base.operation.id

    @property
    def state(self) -> OperationState:
        """Its state."""
        return self.base.operation.state

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """Its attempts, by number."""
        return self.base.attempts

    @property
    def commands(self) -> tuple[Command, ...]:
        """The user's commands, in the order in which they were sent."""
        return self.base.commands

    @property
    def pending(self) -> CommandKind | None:
        """The kind of the command that is not answered yet, if any."""
        return self.base.pending

    @property
    def url(self) -> str:
        """The URL that it downloads, without secrets; empty if it is not a download."""
        return str(self.base.operation.arguments.get("url", ""))

    @property
    def destination(self) -> str:
        """The path at which it installs the file."""
        return self.base.operation.exclusive_key or ""

    @cached_property
    def name(self) -> str:
        """Its display name: the file's name, else the function's."""
        return PurePath(self.destination).name or self.base.operation.function

    @cached_property
    def folder(self) -> str:
        """The folder of the destination; empty if there is none."""
        return str(PurePath(self.destination).parent) if self.destination else ""

    @property
    def sha256(self) -> str | None:
        """The expected SHA-256 in hexadecimal, if known."""
        value = self.base.operation.arguments.get("sha256")
        return str(value) if value else None

    @property
    def blake3(self) -> str | None:
        """The expected BLAKE3 in hexadecimal, if known."""
        value = self.operation.arguments.get("blake3")
        return str(value) if value else None

    @property
    def known_hash(self) -> str:
        """The expected hash as a user types it: a SHA-256's digits, or a BLAKE3 with its prefix; empty if unknown."""
        return self.sha256 or (f"blake3:{self.blake3}" if self.blake3 else "")

    def rate(self, now: float) -> float | None:
        """Return units per second over the last seconds, ``None`` if nothing is being transferred.

        The rate of a stalled stream falls to zero instead of keeping its last value. A slow one, which reports progress
        rarely, is measured from the last sample before the window.
        """
        samples = self.samples
        if self.state is not OperationState.RUNNING or not samples:
            return None
        last = samples[-1]
        if len(samples) == 1 or now - last.at > 2 * max(RATE_WINDOW_S, last.at - samples[-2].at):
            return 0.0
        first, since = samples[0], now - RATE_WINDOW_S
        for sample in samples:
            if sample.at > since or sample is last:
                break
            first = sample
        return (last.done - first.done) / (max(now, last.at) - first.at)

    def time_left(self, now: float) -> float | None:
        """Return the seconds until done at the present rate, ``None`` if unknown."""
        rate, progress = self.rate(now), self.progress
        if not rate or progress.total is None:
            return None
        return max(0, progress.total - progress.done) / rate


@dataclass(frozen=True, slots=True)
class Projection:
    """The current state of everything that is shown.

    Attributes:
        views: Operations by id, oldest first.
        breakers: Breakers by scope.
        moves: The breakers' latest changes of state, oldest first.
        left_out: How many finished operations the store has beside these.
    """

    views: Mapping[str, OperationView] = field(default_factory=dict)
    breakers: Mapping[str, Breaker] = field(default_factory=dict)
    moves: tuple[BreakerMove, ...] = ()
    left_out: int = 0

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
                views[operation_id] = replace(view, base=replace(view.base, owner=owner))
        for operation_id in changes.removed:
            views.pop(operation_id, None)
        if changes.older:
            views = dict(sorted(views.items(), key=lambda item: (item[1].base.operation.created_at, item[0])))
        breakers = self.breakers if changes.breakers is None else {b.scope: b for b in changes.breakers}
        moves = () if changes.anew else self.moves
        moves = (*moves, *changes.moves)[-MOST_MOVES:] if changes.moves else moves
        left_out = self.left_out if changes.left_out is None else changes.left_out
        return Projection(views, breakers, moves, left_out)

    def steps_of(self, operation_id: str) -> tuple[OperationView, ...]:
        """Return the steps of an operation, oldest first."""
        return tuple(v for v in self.views.values() if v.base.operation.parent_id == operation_id)

    @property
    def queue(self) -> tuple[str, ...]:
        """The ids of the queued operations, the next first."""
        turns = (turn_of(view) for view in self.views.values())
        return tuple(turn[-1] for turn in sorted(turn for turn in turns if turn is not None))

    def in_states(self, states: Iterable[OperationState]) -> tuple[OperationView, ...]:
        """Return the views in any of ``states``, oldest first."""
        wanted = frozenset(states)
        return tuple(v for v in self.views.values() if v.state in wanted)


def turn_of(view: OperationView) -> Turn | None:
    """Return the key that sorts the queue, smallest first; ``None`` if the operation is not queued."""
    operation = view.base.operation
    if operation.state is not OperationState.QUEUED:
        return None
    return -operation.priority, operation.queue_position, operation.created_at, operation.id


def _shown(before: OperationView | None, record: OperationRecord) -> OperationView:
    same_attempt = before is not None and before.base.operation.attempt == record.operation.attempt
    samples = before.samples if before is not None and same_attempt else ()
    return OperationView(record, _with_sample(samples, record, record.operation.progress))


def _advanced(view: OperationView, progress: Progress) -> OperationView:
    return OperationView(view.base, _with_sample(view.samples, view.base, progress), progress)


def _with_sample(samples: tuple[Progress, ...], record: OperationRecord, progress: Progress) -> tuple[Progress, ...]:
    """Keep the samples of one phase, in order, within the rate's window and one before it, for slow work."""
    begun_at = record.attempts[-1].started_at if record.attempts else 0.0
    if not progress.at or progress.at < begun_at:
        return ()  # no report yet, or one of an earlier attempt: the time between attempts would lower the rate
    if not samples:
        return (progress,)
    last = samples[-1]
    if last.phase != progress.phase or progress.at < last.at or progress.done < last.done:
        # The clock was set back, or the work began again: there is no earlier sample to measure from.
        return (progress,)
    too_old, start = progress.at - RATE_WINDOW_S, 0
    while start + 1 < len(samples) and samples[start + 1].at <= too_old:
        start += 1
    kept = samples[start:] if start else samples
    return (*kept, progress) if progress.at > last.at else kept
