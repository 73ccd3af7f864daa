"""What a run writes down: with a store, every attempt before anyone is told; without one, nothing."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from launcher_gui.recovery import breaker as breaker_rules
from launcher_gui.recovery.breaker import Admission, Breaker, BreakerPolicy
from launcher_gui.recovery.clock import Clock
from launcher_gui.recovery.operation import Operation, Owner, Progress
from launcher_gui.recovery.persistence import attempts, breakers, operations
from launcher_gui.recovery.persistence.attempts import AttemptEnd
from launcher_gui.recovery.persistence.operations import Standing
from launcher_gui.recovery.progress import ProgressSink, ProgressTracker

P = ParamSpec("P")
T = TypeVar("T")

_WRITE_TRIES = 20
_WRITE_PAUSE_S = 1.0

_log = logging.getLogger(__name__)


class Store(Protocol):
    """What takes transactions: with an event loop or without."""

    async def write(
        self, transaction: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``transaction`` as one write transaction and return what it returns once that is committed."""
        ...


class Journal(Protocol):
    """Where a run's attempts are recorded."""

    def tracker(self) -> ProgressTracker:
        """Return what the work tells its progress to."""
        ...

    async def began(self, retries_left: int) -> int:
        """Record that an attempt begins and return its number."""
        ...

    async def ended(self, number: int, end: AttemptEnd, standing: Standing) -> None:
        """Record how attempt ``number`` ended and where that leaves the operation."""
        ...

    async def settled(self, standing: Standing) -> None:
        """Record a change that happened between attempts."""
        ...


class NoJournal:
    """Counts attempts and keeps nothing."""

    def __init__(self, clock: Clock) -> None:
        self._tracker = ProgressTracker(clock)
        self._number = 0

    def tracker(self) -> ProgressTracker:
        """Return a tracker that only remembers."""
        return self._tracker

    async def began(self, retries_left: int) -> int:  # noqa: ARG002 the protocol's argument
        """Return the next number."""
        self._number += 1
        return self._number

    async def ended(self, number: int, end: AttemptEnd, standing: Standing) -> None:
        """Keep nothing."""

    async def settled(self, standing: Standing) -> None:
        """Keep nothing."""


@dataclass(slots=True)
class StoreJournal:
    """Records the run of a claimed operation in the store.

    Attributes:
        store: Where.
        operation: The operation as it was claimed.
        owner: Who claimed it.
        writer: Where its progress goes.
        clock: Tells when.
        begun: The attempt that was begun in the transaction of the claim.
    """

    store: Store
    operation: Operation
    owner: Owner
    writer: ProgressSink
    clock: Clock
    begun: int | None = None
    _tracker: ProgressTracker | None = None
    _number: int = 0

    def tracker(self) -> ProgressTracker:
        """Return the tracker of this run, which begins where the store says that the operation is."""
        if self._tracker is None:
            self._tracker = ProgressTracker(
                self.clock, self.operation.id, self.operation.progress, self._noted, self._explained
            )
        return self._tracker

    async def began(self, retries_left: int) -> int:
        """Record that an attempt begins and return its number."""
        if self.begun is not None:
            self._number, self.begun = self.begun, None
            return self._number
        self.writer.forget(self.operation.id)
        self._number = await self._insist(
            attempts.begin, self.operation.id, self.owner.id, retries_left, self.clock.now()
        )
        return self._number

    async def ended(self, number: int, end: AttemptEnd, standing: Standing) -> None:
        """Record the end of an attempt, the progress until then, and where that leaves the operation."""
        self.writer.forget(self.operation.id)
        await self._insist(
            attempts.end,
            self.operation.id,
            self.owner.id,
            number,
            end,
            standing,
            self._tracker.latest if self._tracker is not None else None,
            self.clock.now(),
        )

    async def settled(self, standing: Standing) -> None:
        """Record a change that happened between attempts."""
        await self._insist(operations.settle, self.operation.id, self.owner.id, standing, self.clock.now())

    async def _insist(
        self, transaction: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Write, again and again while the store is busy or its disk full: an outcome must not be lost for that."""
        for remaining in reversed(range(_WRITE_TRIES)):
            try:
                return await self.store.write(transaction, *args, **kwargs)
            except sqlite3.OperationalError as error:
                if not remaining:
                    raise
                _log.warning("the store did not take a change, trying again: %s", error)
                await self.clock.sleep(_WRITE_PAUSE_S)
        raise AssertionError("unreachable")

    def _noted(self, progress: Progress) -> None:
        self.writer.note(self.operation.id, progress)

    async def _explained(self, resumed_from: int, note: str) -> None:
        try:
            await self.store.write(
                attempts.explain, self.operation.id, self.owner.id, self._number, resumed_from, note, self.clock.now()
            )
        except sqlite3.OperationalError as error:
            _log.warning("from where operation %s goes on was not recorded: %s", self.operation.id, error)


class Gate(Protocol):
    """A circuit breaker as a run sees it."""

    async def admit(self, policy: BreakerPolicy) -> Admission:
        """Ask whether a call may be made."""
        ...

    async def succeeded(self, generation: int) -> None:
        """Tell that a call admitted in ``generation`` succeeded."""
        ...

    async def failed(self, policy: BreakerPolicy, generation: int, error: str) -> None:
        """Tell that it failed."""
        ...


@dataclass(frozen=True, slots=True)
class StoreGate:
    """A breaker that all processes of a store share.

    It is there to spare a failing host. Where the store is busy or its disk full, calls go through unguarded: neither
    they nor the record of their outcome may suffer for it.
    """

    store: Store
    scope: str
    clock: Clock

    async def admit(self, policy: BreakerPolicy) -> Admission:
        """Ask whether a call may be made."""
        try:
            return await self.store.write(breakers.admit, self.scope, policy, self.clock.now())
        except sqlite3.OperationalError as error:
            self._unguarded(error)
            # No breaker ever has this generation, so the result of the call will change none.
            return Admission(Breaker(self.scope, generation=-1), admitted=True)

    async def succeeded(self, generation: int) -> None:
        """Tell that a call admitted in ``generation`` succeeded."""
        try:
            await self.store.write(breakers.record_success, self.scope, generation, self.clock.now())
        except sqlite3.OperationalError as error:
            self._unguarded(error)

    async def failed(self, policy: BreakerPolicy, generation: int, error: str) -> None:
        """Tell that it failed."""
        try:
            await self.store.write(breakers.record_failure, self.scope, policy, generation, error, self.clock.now())
        except sqlite3.OperationalError as busy:
            self._unguarded(busy)

    def _unguarded(self, error: sqlite3.OperationalError) -> None:
        _log.warning("the circuit breaker of %s could not be reached in the store: %s", self.scope, error)


class LocalGate:
    """A breaker of this process alone."""

    def __init__(self, scope: str, clock: Clock) -> None:
        self._breaker = Breaker(scope)
        self._clock = clock
        self._lock = threading.Lock()  # held while the state is computed, never across a call

    async def admit(self, policy: BreakerPolicy) -> Admission:
        """Ask whether a call may be made."""
        with self._lock:
            admission = breaker_rules.admit(self._breaker, policy, self._clock.now())
            self._breaker = admission.breaker
        return admission

    async def succeeded(self, generation: int) -> None:
        """Tell that a call admitted in ``generation`` succeeded."""
        with self._lock:
            self._breaker = breaker_rules.record_success(self._breaker, generation, self._clock.now())

    async def failed(self, policy: BreakerPolicy, generation: int, error: str) -> None:
        """Tell that it failed."""
        with self._lock:
            self._breaker = breaker_rules.record_failure(self._breaker, policy, generation, error, self._clock.now())
