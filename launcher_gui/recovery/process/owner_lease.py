"""This process as an owner in a store: its lease, its heartbeat, and its sweep of expired owners."""

from __future__ import annotations

import asyncio
import logging

from launcher_gui.recovery.exceptions import StoreError, StoreUnusableError
from launcher_gui.recovery.operation import Owner
from launcher_gui.recovery.runtime.clock import Clock, SystemClock
from launcher_gui.recovery.runtime.process_identity import HEARTBEAT_S, LEASE_S, this_process
from launcher_gui.recovery.runtime.tasks import LoopLock, spawn
from launcher_gui.recovery.store.ports import Store

_log = logging.getLogger(__name__)


class OwnerLease:
    """Registers this process with a store and keeps its lease until it is stopped.

    Args:
        store: The store.
        kind: The kind of program, as it is shown ("window", "command line").
        clock: The clock.
    """

    def __init__(self, store: Store, kind: str, clock: Clock | None = None) -> None:
        self._store = store
        self._clock = clock or SystemClock()
        self._beat: asyncio.Task[None] | None = None
        self._starting = LoopLock()
        self.owner: Owner = this_process(kind, self._clock.now())

    async def start(self) -> Owner:
        """Register, interrupt the operations of expired owners, and start the heartbeat.

        Starting twice has no effect; after the end of its event loop the heartbeat starts again.
        """
        if self._beat is not None and not self._beat.done() and self._beat.get_loop() is asyncio.get_running_loop():
            return self.owner
        async with self._starting():
            if self._beat is None or self._beat.done():
                await self._write_heartbeat(self._clock.now())
                await self._sweep(self._clock.now())
                self._beat = spawn(self._keep_alive(), "heartbeat")
        return self.owner

    async def stop(self) -> None:
        """Retire; operations that this process still works on are interrupted."""
        if self._beat is not None:
            self._beat.cancel()
            self._beat = None
            now = self._clock.now()
            await self._store.write(lambda tx: tx.owners.retire(self.owner.id, now))

    async def _keep_alive(self) -> None:
        now = self._clock.now()
        while True:
            await self._clock.sleep(HEARTBEAT_S)
            before, now = now, self._clock.now()
            try:
                await self._write_heartbeat(now)
                # After the machine was suspended, or its clock jumped, every lease looks expired: the others get time
                # for a heartbeat, as this process has just had.
                if now - before < LEASE_S:
                    await self._sweep(now)
            except StoreUnusableError:
                return  # the store was closed, so this process no longer works on it
            except StoreError as error:
                _log.warning("the heartbeat was not written: %s", error)

    async def _write_heartbeat(self, now: float) -> None:
        await self._store.write(lambda tx: tx.owners.heartbeat(self.owner, now + LEASE_S))

    async def _sweep(self, now: float) -> None:
        await self._store.write(lambda tx: tx.owners.sweep(now))
