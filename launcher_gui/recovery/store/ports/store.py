"""The store, its sessions and its watch, and the transactions that run on them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Literal, Protocol, Self, TypeVar, overload

from launcher_gui.recovery.store.ports.coordination import (
    Breakers,
    Budgets,
    Commands,
    CrashCounts,
    Owners,
    Settings,
)
from launcher_gui.recovery.store.ports.history import Attempts, Events, History, ProgressPort
from launcher_gui.recovery.store.ports.work import Claims, Operations, Queue

T = TypeVar("T")


class Transaction(Protocol):
    """What transaction bodies are given. It is theirs until they return."""

    @property
    def operations(self) -> Operations:
        """Operations and their states."""
        ...

    @property
    def claims(self) -> Claims:
        """Calls that become operations of this process."""
        ...

    @property
    def queue(self) -> Queue:
        """The order of queued operations."""
        ...

    @property
    def attempts(self) -> Attempts:
        """Attempts of operations."""
        ...

    @property
    def progress(self) -> ProgressPort:
        """Progress of operations."""
        ...

    @property
    def events(self) -> Events:
        """What has happened."""
        ...

    @property
    def history(self) -> History:
        """Trimming of what has happened."""
        ...

    @property
    def commands(self) -> Commands:
        """What people have asked for."""
        ...

    @property
    def owners(self) -> Owners:
        """Processes and their leases."""
        ...

    @property
    def crash_counts(self) -> CrashCounts:
        """Owners lost in a row."""
        ...

    @property
    def breakers(self) -> Breakers:
        """Circuit breakers."""
        ...

    @property
    def budgets(self) -> Budgets:
        """Retry budgets."""
        ...

    @property
    def settings(self) -> Settings:
        """Shared settings."""
        ...


class Writer(Protocol):
    """What write transactions are given to: the store on an event loop, or a session on threads."""

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
        """Run ``body`` as one write transaction and return its result once that is committed.

        An exception rolls everything back.

        Args:
            body: The transaction.
            wait_s: How long to wait for other writers; by default as long as the store finds reasonable.
            defer: What to do if the store fails: ``False`` raises its error; ``True`` keeps ``body`` in memory, to be
                run before the next transaction that the store accepts, and returns ``None``.

        Raises:
            StoreUnavailableError: If other writers hold the store for too long, or the disk refuses.
            StoreError: If the store fails otherwise.
        """
        ...


class Session(Protocol):
    """A connection for one thread at a time, without an event loop. Every call blocks."""

    def write(self, body: Callable[[Transaction], T], *, wait_s: float | None = None) -> T:
        """Do as ``Store.write`` does."""
        ...

    def read(self, body: Callable[[Transaction], T]) -> T:
        """Do as ``Store.read`` does."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


class Watch(Protocol):
    """Wakes subscribers when a store has changed, and reads it on a connection of its own.

    Attributes:
        generation: Counts the times that the store was replaced by another one; what was read from an earlier one
            says nothing about the present one.
    """

    generation: int

    async def start(self) -> None:
        """Begin to watch.

        Raises:
            RecoveryStateError: If the store cannot be watched, because it is in memory.
        """
        ...

    async def stop(self) -> None:
        """Stop watching and wake all subscribers a last time."""
        ...

    def subscribe(self) -> asyncio.Event:
        """Return an event that is set now and after every change; the subscriber clears it."""
        ...

    async def read(self, body: Callable[[Transaction], T]) -> T:
        """Do as ``Store.read`` does."""
        ...


class Shared(Protocol):
    """Something that functions share as long as their store is open."""

    def close(self) -> None:
        """Close it together with the store."""
        ...


class Store(Writer, Protocol):
    """Keeps operations and all that belongs to them, for every process that opens it.

    Attributes:
        path: The store's name; for a file its absolute path.
        shared: What functions that use this store share with one another, by name; closed with the store.
    """

    path: str
    shared: dict[str, Shared]

    @property
    def in_memory(self) -> bool:
        """Whether the store ends with the process."""
        ...

    @property
    def waiting_s(self) -> float:
        """For how many seconds the oldest write of the event loop has been waiting for its commit."""
        ...

    @property
    def engine(self) -> str:
        """Name and version of the database, for reports."""
        ...

    async def open(self) -> Self:
        """Open the store, creating it if it does not exist. Opening an open store does nothing.

        Raises:
            StoreUnusableError: If it cannot be opened or belongs to another program; it was not changed.
        """
        ...

    async def close(self) -> None:
        """Close the store. Closing a closed store does nothing."""
        ...

    def close_blocking(self) -> None:
        """Close what functions that are not async have opened; their next call opens it again."""
        ...

    async def __aenter__(self) -> Self:
        """Open the store."""
        ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        ...

    async def read(self, body: Callable[[Transaction], T]) -> T:
        """Run ``body`` on one consistent view of the store and return its result.

        Raises:
            StoreError: If the store cannot be read.
        """
        ...

    def defer(self, body: Callable[[Transaction], object], error: Exception) -> None:
        """Keep ``body``, which the store refused with ``error``, and run it before the next accepted transaction."""
        ...

    def connect(self) -> Session:
        """Return a new session, creating the store if it does not exist. The caller closes it.

        Raises:
            StoreUnusableError: If the store cannot be opened or belongs to another program; it was not changed.
        """
        ...

    def watch(self) -> Watch:
        """Return a new watch on the store, which must be open."""
        ...

    def read_if_changed(self, body: Callable[[Transaction], T], mark: object = None) -> tuple[T, object] | None:
        """Run ``body`` as ``read`` does, unless nothing was written since ``mark``. Blocks, and never creates a store.

        Returns:
            The result and the next mark; ``None`` if nothing was written, or there is no store yet.

        Raises:
            StoreError: If the store cannot be read.
        """
        ...

    def copy_to(self, target: Path) -> None:
        """Copy the store, as of one moment, to a file that replaces any earlier one. Blocks.

        Raises:
            OSError: If the file cannot be written.
            StoreError: If the file cannot be written or the store cannot be read.
        """
        ...
