"""Runs without an event loop, for functions that are not async.

The runner, the journal and the store's transactions are written once, as coroutines. Here every primitive that they
await blocks instead of suspending, so that a single step finishes the coroutine: ``complete``.
"""

from __future__ import annotations

import logging
import math
import os
import threading
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Literal, TypeVar, cast, overload

from launcher_gui.recovery.exceptions import OwnershipLostError, StopAskedError, StoreError, StoreUnusableError
from launcher_gui.recovery.execution.control import NoControl
from launcher_gui.recovery.execution.journal import PATIENCE_S
from launcher_gui.recovery.operation import CommandKind, Owner, Progress
from launcher_gui.recovery.progress import SAVE_INTERVAL_S
from launcher_gui.recovery.rules.applicable_commands import STOPS
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.recovery.runtime.process_identity import HEARTBEAT_S, LEASE_S, this_process
from launcher_gui.recovery.store.ports import Session, Store, Transaction
from launcher_gui.text.message import message

LISTEN_S = 1.0
"""How often a waiting run reads its commands."""

T = TypeVar("T")

_log = logging.getLogger(__name__)


def complete(work: Coroutine[Any, Any, T]) -> T:
    """Return the result of ``work``, which must await only primitives that block.

    Raises:
        RuntimeError: If it awaits something that suspends.
    """
    try:
        work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    work.close()
    raise RuntimeError("a blocking run waited for an event loop")


async def directly(work: Awaitable[T]) -> T:
    """Return the result of ``work``; nothing can cancel it here."""
    return await work


class BlockingClock:
    """A clock whose ``sleep`` blocks the thread.

    Args:
        clock: The clock.
    """

    def __init__(self, clock: Clock) -> None:
        self.now = clock.now
        self.monotonic = clock.monotonic
        self.sleep_blocking = clock.sleep_blocking

    async def sleep(self, seconds: float) -> None:
        """Return after ``seconds``, blocking the thread."""
        self.sleep_blocking(seconds)


class BlockingStore:
    """A store used from threads instead of an event loop, through one session.

    Args:
        store: The store.
        clock: The clock.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._lock = threading.RLock()
        self._closed = threading.Event()
        self._session: Session | None = None
        self._owner: Owner | None = None
        self._beaten_at: float | None = None

    @staticmethod
    def of(store: Store, clock: Clock) -> BlockingStore:
        """Return the instance that all functions of this process share."""
        # A forked process must use neither its parent's connection nor its parent's identity.
        name = f"threads of {os.getpid()}"
        found = store.shared.get(name)
        if found is None:
            found = store.shared.setdefault(name, BlockingStore(store, clock))
        return cast("BlockingStore", found)

    @overload
    async def write(
        self, body: Callable[[Transaction], T], *, wait_s: float | None = None, defer: Literal[False] = False
    ) -> T: ...

    @overload
    async def write(
        self, body: Callable[[Transaction], T], *, wait_s: float | None = None, defer: bool
    ) -> T | None: ...

    async def write(
        self, body: Callable[[Transaction], T], *, wait_s: float | None = None, defer: bool = False
    ) -> T | None:
        """Do as ``Store.write`` does, blocking the thread."""
        try:
            with self._lock:
                return self._opened().write(body, wait_s=wait_s)
        except StoreError as error:
            if not defer:
                raise
            self._store.defer(body, error)
            return None

    def owner(self) -> Owner:
        """Return this process as an owner, registered, with a heartbeat on a thread that ends with the program."""
        with self._lock:
            if self._owner is None:
                owner = this_process("program", self._clock.now())
                self._beat(owner)
                self._owner = owner
                threading.Thread(target=self._keep_alive, args=(owner,), name="heartbeat", daemon=True).start()
            return self._owner

    def close(self) -> None:
        """Close the session; operations that are still running are interrupted."""
        self._closed.set()
        with self._lock:
            session, self._session = self._session, None
            if session is None:
                return
            try:
                if self._owner is not None:
                    retired, now = self._owner.id, self._clock.now()
                    session.write(lambda tx: tx.owners.retire(retired, now))
            except StoreError as error:
                _log.warning("leaving the store was not recorded: %s", error)
            finally:
                session.close()

    def _opened(self) -> Session:
        if self._closed.is_set():
            raise StoreUnusableError(self._store.path, message("store.closed"), message("fix.store_open"))
        if self._session is None:
            self._session = self._store.connect()
        return self._session

    def _keep_alive(self, owner: Owner) -> None:
        while not self._closed.wait(HEARTBEAT_S):
            try:
                self._beat(owner)
            except StoreUnusableError:
                return  # the store was closed, so this process no longer works on it
            except StoreError as error:
                _log.warning("the heartbeat was not written: %s", error)

    def _beat(self, owner: Owner) -> None:
        before, now = self._beaten_at, self._clock.now()
        complete(self.write(lambda tx: tx.owners.heartbeat(owner, now + LEASE_S)))
        self._beaten_at = now
        # After the machine was suspended, the others get time for a heartbeat, as in ``OwnerLease``.
        if before is None or now - before < LEASE_S:
            complete(self.write(lambda tx: tx.owners.sweep(now)))


class BlockingControl(NoControl):
    """The control of a recorded run without an event loop, which receives commands while it waits.

    Args:
        store: Where commands are read.
        operation_id: The operation.
    """

    __slots__ = ("_operation_id", "_store")

    def __init__(self, store: BlockingStore, operation_id: str) -> None:
        super().__init__()
        self._store = store
        self._operation_id = operation_id

    async def wait(self, seconds: float, clock: Clock) -> bool:
        """Return after ``seconds``, or soon after a command to retry now, and whether there was one.

        Raises:
            StopAskedError: If a command asks to pause or cancel the operation.
        """
        ends = clock.monotonic() + seconds
        while seconds > LISTEN_S:
            await clock.sleep(LISTEN_S)
            if self._is_to_be_tried(clock):
                return True
            seconds = ends - clock.monotonic()
        await clock.sleep(max(0.0, seconds))
        return False

    def _is_to_be_tried(self, clock: Clock) -> bool:
        try:
            now = clock.now()
            asking = self._store.write(lambda tx: _asked(tx, self._operation_id, now), wait_s=PATIENCE_S)
            asked, at_once = complete(asking)
        except StoreError as error:
            _log.warning("what was asked of operation %s could not be read: %s", self._operation_id, error)
            return False
        if asked is not None:
            self.stop_as = STOPS[asked]
            raise StopAskedError(self._operation_id, asked)
        return at_once


class BlockingSink:
    """Writes the progress of one run at once, and reads pending stop commands in the same transaction.

    Args:
        store: Where progress is written.
        owner_id: The operation's owner.
        clock: The clock.
    """

    def __init__(self, store: BlockingStore, owner_id: str, clock: Clock) -> None:
        self._store = store
        self._owner_id = owner_id
        self._clock = clock
        self._saved_at = -math.inf

    def note(self, operation_id: str, progress: Progress) -> None:
        """Write progress, a few times a second at most.

        Raises:
            OwnershipLostError: If another process has claimed the operation.
            StopAskedError: If a command asks to pause or cancel it.
        """
        now = self._clock.monotonic()
        if now - self._saved_at < SAVE_INTERVAL_S:
            return
        self._saved_at = now
        try:
            writing = self._store.write(
                lambda tx: _save_and_look(tx, operation_id, progress, self._owner_id), wait_s=PATIENCE_S
            )
            is_ours, asked = complete(writing)
        except StoreError as error:
            # The next report follows soon; a busy or full disk must not fail the work.
            _log.warning("progress was not saved: %s", error)
            return
        if not is_ours:
            raise OwnershipLostError.of(operation_id)
        if asked is not None:
            raise StopAskedError(operation_id, asked)

    def forget(self, operation_id: str) -> None:  # noqa: ARG002 it writes for one operation only
        """Let the next progress be written at once."""
        self._saved_at = -math.inf


def _asked(tx: Transaction, operation_id: str, now: float) -> tuple[CommandKind | None, bool]:
    """Return the pending stop command about a waiting operation, and whether there was one to retry it at once."""
    stop = tx.commands.stop_asked(operation_id)
    return stop, stop is None and tx.commands.retry_asked(operation_id, now)


def _save_and_look(
    tx: Transaction, operation_id: str, progress: Progress, owner_id: str
) -> tuple[bool, CommandKind | None]:
    """Save progress; return whether the operation still belongs to that owner, and its pending stop command."""
    lost = tx.progress.save({operation_id: progress}, owner_id)
    return not lost, tx.commands.stop_asked(operation_id)
