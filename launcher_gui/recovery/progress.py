"""Progress: reported often by the function, written to the store a few times a second at most."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from typing import Protocol

from launcher_gui.recovery.exceptions import OwnershipLostError, StoreError
from launcher_gui.recovery.operation import Progress
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.recovery.runtime.tasks import spawn
from launcher_gui.recovery.store.ports import Store
from launcher_gui.text.message import Message, as_message

SAVE_INTERVAL_S = 0.25
"""Progress of one operation is written at most this often."""

_log = logging.getLogger(__name__)


class ProgressTracker:
    """Receives the progress of a supervised function that has a parameter named ``progress_tracker``.

    Attributes:
        operation_id: The running operation; empty without persistence.
        latest: The latest progress; at the start of a resumed operation, that of the previous run.
    """

    __slots__ = (
        "_began",
        "_clock",
        "_furthest",
        "_on_resume",
        "_on_tell",
        "_on_update",
        "_reached",
        "_told_at",
        "latest",
        "operation_id",
    )

    def __init__(
        self,
        clock: Clock,
        operation_id: str = "",
        latest: Progress | None = None,
        on_update: Callable[[Progress], None] | None = None,
        on_resume: Callable[[int, Message], Awaitable[None]] | None = None,
    ) -> None:
        self._clock = clock
        self.operation_id = operation_id
        self.latest = latest or Progress()
        self._on_update = on_update
        self._on_resume = on_resume
        self._on_tell: Callable[[Progress], None] | None = None
        self._told_at = -math.inf
        self._furthest = self._reached = self.latest.done
        self._began: tuple[float, int] | None = None

    def update(self, done: int, total: int | None = None) -> None:
        """Report ``done`` of ``total`` units; a total stays until another is given."""
        self._set(Progress(done, self.latest.total if total is None else total, self.latest.phase, self._clock.now()))

    def enter(self, phase: str, done: int = 0, total: int | None = None) -> None:
        """Report the start of a phase ("verifying") with a count of its own."""
        self._set(Progress(done, self.latest.total if total is None else total, phase, self._clock.now()))

    def complete(self) -> None:
        """Report that everything is done."""
        self.update(self.latest.total if self.latest.total is not None else self.latest.done)

    @property
    def rate(self) -> float | None:
        """Units per second since the first report of this run, ``None`` before the second.

        Progress of earlier runs of the operation does not count.
        """
        if self._began is None:
            return None
        began, done = self._began
        took = self._clock.monotonic() - began
        return (self.latest.done - done) / took if took > 0 else None

    def listen(self, on_tell: Callable[[Progress], None]) -> None:
        """Pass the progress of this run to ``on_tell``, a few times a second at most."""
        self._on_tell = on_tell

    async def resumed(self, done: int, note: Message | str) -> None:
        """Tell that this attempt continues from ``done``, and why."""
        if self._on_resume is not None:
            await self._on_resume(done, as_message(note))

    def advanced(self) -> bool:
        """Return whether there was new progress since the last call."""
        before, self._furthest = self._furthest, self._reached
        return self._furthest > before

    def _set(self, progress: Progress) -> None:
        now = self._clock.monotonic()
        if self._began is None or progress.phase != self.latest.phase:
            self._began = now, progress.done
        self.latest = progress
        self._reached = max(self._reached, progress.done)
        if self._on_update is not None:
            self._on_update(progress)
        if self._on_tell is not None and now - self._told_at >= SAVE_INTERVAL_S:
            self._told_at = now
            self._on_tell(progress)


class ProgressSink(Protocol):
    """Receives progress for the store."""

    def note(self, operation_id: str, progress: Progress) -> None:
        """Keep the newest progress of an operation for the next write."""
        ...

    def forget(self, operation_id: str) -> None:
        """Drop progress that is not written yet."""
        ...


class ProgressWriter:
    """Writes the newest progress of all operations of a store in one transaction, a few times a second at most.

    It is idle while nothing changes.

    Args:
        store: Where it is written.
        clock: Time.
        owner_id: Owner of the operations; operations that another owner has taken over are not written.
    """

    def __init__(self, store: Store, clock: Clock, owner_id: str) -> None:
        self._store = store
        self._clock = clock
        self._owner_id = owner_id
        self._unsaved: dict[str, Progress] = {}
        self._lost: set[str] = set()
        self._task: asyncio.Task[None] | None = None

    def serves(self, store: Store, owner_id: str) -> bool:
        """Return whether it writes to ``store`` for ``owner_id``."""
        return store is self._store and owner_id == self._owner_id

    def note(self, operation_id: str, progress: Progress) -> None:
        """Keep ``progress`` for the next write.

        Raises:
            OwnershipLostError: If another process has taken the operation over.
        """
        if operation_id in self._lost:
            raise OwnershipLostError.of(operation_id)
        self._unsaved[operation_id] = progress
        if self._task is None or self._task.done():
            self._task = spawn(self._save_until_quiet(), "saving progress")

    def forget(self, operation_id: str) -> None:
        """Drop progress that is not written yet: an attempt begins, or its end is written with its progress."""
        self._unsaved.pop(operation_id, None)
        self._lost.discard(operation_id)

    async def _save_until_quiet(self) -> None:
        while self._unsaved:
            batch, self._unsaved = self._unsaved, {}
            try:
                self._lost |= await self._save(batch)
            except StoreError as error:
                # The next report follows soon; the work must not suffer from a busy or full disk.
                _log.warning("progress was not saved: %s", error)
            await self._clock.sleep(SAVE_INTERVAL_S)

    async def _save(self, batch: dict[str, Progress]) -> frozenset[str]:
        return await self._store.write(lambda tx: tx.progress.save(batch, self._owner_id))
