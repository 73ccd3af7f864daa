"""What a run records: with a store, every attempt before anyone is notified; without one, nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from launcher_gui.recovery.exceptions import StoreUnavailableError
from launcher_gui.recovery.operation import Progress
from launcher_gui.recovery.progress import ProgressSink, ProgressTracker
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.recovery.store.ports import Transaction, Writer
from launcher_gui.recovery.store.records import AttemptEnd, StateChange
from launcher_gui.text.message import Message

T = TypeVar("T")

_WRITE_TRIES = 20
_WRITE_PAUSE_S = 1.0

PATIENCE_S = 0.5
"""How long a call waits for the store if no other process can repeat it."""

_log = logging.getLogger(__name__)


class Journal(Protocol):
    """Records the attempts of a run."""

    def tracker(self) -> ProgressTracker:
        """Return the tracker that the work reports its progress to."""
        ...

    def advanced(self) -> bool:
        """Return whether the work has progressed further than ever since the last call."""
        ...

    async def began(self, retries_left: int) -> int:
        """Record that an attempt begins and return its number."""
        ...

    async def ended(self, number: int, end: AttemptEnd, standing: StateChange) -> None:
        """Record how attempt ``number`` ended, and the state of the operation after it."""
        ...

    async def settled(self, standing: StateChange) -> None:
        """Record a change that happened between attempts."""
        ...


class NoJournal:
    """Counts attempts and records nothing."""

    __slots__ = ("_clock", "_number", "_tracker")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tracker: ProgressTracker | None = None
        self._number = 0

    def tracker(self) -> ProgressTracker:
        """Return a tracker that reports nowhere."""
        if self._tracker is None:
            self._tracker = ProgressTracker(self._clock)
        return self._tracker

    def advanced(self) -> bool:
        """Return whether the work has progressed further than ever since the last call."""
        return self._tracker is not None and self._tracker.advanced()

    async def began(self, retries_left: int) -> int:  # noqa: ARG002 the protocol's argument
        """Return the next number."""
        self._number += 1
        return self._number

    async def ended(self, number: int, end: AttemptEnd, standing: StateChange) -> None:
        """Record nothing."""

    async def settled(self, standing: StateChange) -> None:
        """Record nothing."""


@dataclass(slots=True)
class StoreJournal:
    """Records the run of a claimed operation in the store.

    Attributes:
        store: The store.
        operation_id: The operation.
        attempt: Its latest attempt when it was claimed.
        progress: Its progress at that time.
        owner_id: Its owner.
        writer: Receives its progress.
        clock: Time.
        begun: The attempt that began in the transaction of the claim.
        insists: Whether the run waits until the store accepts each change. It must where another process could come to
            do the same work; elsewhere the call continues, and changes are written once the store accepts them.
    """

    store: Writer
    operation_id: str
    attempt: int
    progress: Progress
    owner_id: str
    writer: ProgressSink
    clock: Clock
    begun: int | None = None
    insists: bool = True
    _tracker: ProgressTracker | None = None
    _number: int = 0

    def tracker(self) -> ProgressTracker:
        """Return the tracker of this run, which starts at the operation's recorded progress."""
        if self._tracker is None:
            self._tracker = ProgressTracker(self.clock, self.operation_id, self.progress, self._noted, self._explained)
        return self._tracker

    def advanced(self) -> bool:
        """Return whether the work has progressed further than ever since the last call."""
        return self._tracker is not None and self._tracker.advanced()

    async def began(self, retries_left: int) -> int:
        """Record that an attempt begins and return its number."""
        if self.begun is not None:
            self._number, self.begun = self.begun, None
            return self._number
        self.writer.forget(self.operation_id)
        now = self.clock.now()
        number = await self._keep(lambda tx: tx.attempts.begin(self.operation_id, self.owner_id, retries_left, now))
        self._number = (self._number or self.attempt) + 1 if number is None else number
        return self._number

    async def ended(self, number: int, end: AttemptEnd, standing: StateChange) -> None:
        """Record the end of an attempt, the progress until then, and the state of the operation after it."""
        self.writer.forget(self.operation_id)
        progress, now = self._tracker.latest if self._tracker is not None else None, self.clock.now()
        await self._keep(
            lambda tx: tx.attempts.end(self.operation_id, self.owner_id, number, end, standing, progress, now)
        )

    async def settled(self, standing: StateChange) -> None:
        """Record a change that happened between attempts."""
        now = self.clock.now()
        await self._keep(lambda tx: tx.commands.settle(self.operation_id, self.owner_id, standing, now))

    async def _keep(self, body: Callable[[Transaction], T]) -> T | None:
        if self.insists:
            return await self._insist(body)
        return await self.store.write(body, wait_s=PATIENCE_S, defer=True)

    async def _insist(self, body: Callable[[Transaction], T]) -> T:
        """Write, with retries while the store is busy or its disk full: an outcome must not be lost."""
        for remaining in reversed(range(_WRITE_TRIES)):
            try:
                return await self.store.write(body)
            except StoreUnavailableError as error:
                if not remaining:
                    raise
                _log.warning("the store did not take a change, trying again: %s", error)
                await self.clock.sleep(_WRITE_PAUSE_S)
        raise AssertionError("unreachable")

    def _noted(self, progress: Progress) -> None:
        self.writer.note(self.operation_id, progress)

    async def _explained(self, resumed_from: int, note: Message) -> None:
        number, now = self._number, self.clock.now()
        try:
            await self.store.write(
                lambda tx: tx.attempts.explain(self.operation_id, self.owner_id, number, resumed_from, note, now)
            )
        except StoreUnavailableError as error:
            _log.warning("from where operation %s goes on was not recorded: %s", self.operation_id, error)
