"""Where the runs of a process are recorded, and for which owner."""

from __future__ import annotations

from dataclasses import dataclass

from launcher_gui.recovery.execution.control import NoControl, RunControl
from launcher_gui.recovery.execution.steps import Parent
from launcher_gui.recovery.execution.sync import BlockingControl, BlockingSink, BlockingStore
from launcher_gui.recovery.process.owner_lease import OwnerLease
from launcher_gui.recovery.progress import ProgressSink, ProgressWriter
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.recovery.store.ports import Store, Writer


@dataclass(frozen=True, slots=True)
class RunRecording:
    """Where the runs of a process are recorded.

    Attributes:
        persistence: The store.
        store: Executes its transactions, with an event loop or without.
        owner_id: The owner of the operations.
        writer: Receives progress.
    """

    persistence: Store
    store: Writer
    owner_id: str
    writer: ProgressSink

    def control(self, operation_id: str) -> RunControl:
        """Return the control of a run that was not started by a worker."""
        return BlockingControl(self.store, operation_id) if isinstance(self.store, BlockingStore) else NoControl()


class RunRecordings:
    """The recordings of one function's runs.

    Args:
        clock: The clock.
        owner_lease: This process as an owner, if the program is registered already.
        is_async: Whether the function is async.
    """

    def __init__(self, clock: Clock, owner_lease: OwnerLease | None, *, is_async: bool) -> None:
        self._clock = clock
        self._is_async = is_async
        self._given = owner_lease
        self._own: OwnerLease | None = None
        self._writer: ProgressWriter | None = None

    async def at(self, store: Store, parent: Parent | None) -> RunRecording:
        """Return the recording for a run in ``store``; a step belongs to the owner of its operation."""
        if not self._is_async:
            blocking = BlockingStore.of(store, self._clock)
            owner_id = parent.owner_id if parent is not None else blocking.owner().id
            return RunRecording(store, blocking, owner_id, BlockingSink(blocking, owner_id, self._clock))
        owner_id = parent.owner_id if parent is not None else await self._started_owner(store)
        if self._writer is None or not self._writer.serves(store, owner_id):
            self._writer = ProgressWriter(store, self._clock, owner_id)
        return RunRecording(store, store, owner_id, self._writer)

    async def _started_owner(self, store: Store) -> str:
        if self._given is not None:
            return self._given.owner.id
        if self._own is None:
            self._own = OwnerLease(store, "program", self._clock)
        return (await self._own.start()).id
