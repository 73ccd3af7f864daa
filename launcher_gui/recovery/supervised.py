"""A function under supervision: called, queued, resumed, with an event loop or without."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec, TypeVar, cast

from launcher_gui.recovery.blocking import BlockingClock, BlockingControl, BlockingStore, complete, directly
from launcher_gui.recovery.classification import ErrorClassifier
from launcher_gui.recovery.clock import Clock, SystemClock
from launcher_gui.recovery.config import RecoveryConfig
from launcher_gui.recovery.exceptions import OwnershipLostError, RecoveryStateError, StoreUnusableError
from launcher_gui.recovery.incarnation import Incarnation
from launcher_gui.recovery.integration import get_recovery_integrator
from launcher_gui.recovery.journal import Gate, Journal, LocalGate, NoJournal, Store, StoreGate, StoreJournal
from launcher_gui.recovery.operation import NewOperation, Operation, Owner, to_json
from launcher_gui.recovery.options import Options
from launcher_gui.recovery.persistence import operations
from launcher_gui.recovery.persistence.operations import INTERRUPTED
from launcher_gui.recovery.persistence.sqlite import SQLitePersistence
from launcher_gui.recovery.progress import ProgressSink, ProgressTracker, ProgressWriter
from launcher_gui.recovery.runner import Run, RunControl
from launcher_gui.recovery.tasks import firmly

P = ParamSpec("P")
T = TypeVar("T")

Args = tuple[Any, ...]
Kwargs = dict[str, Any]

_log = logging.getLogger(__name__)

NOT_SAVED = "not saved"
"""Stands in the arguments of an operation that cannot be resumed elsewhere, with the reason."""


class Recoverable(Generic[P, T]):
    """A function under supervision. With persistence it can also be queued and resumed.

    Args:
        function: The function; it may be async or not. ``P`` and ``T`` are what its callers give and get.
        options: How it is recovered.

    Raises:
        InvalidInputError: If an option's value is not allowed.
        TypeError: If ``timeout`` is given for a function that is not async.
    """

    def __init__(self, function: Callable[..., Any], options: Options) -> None:
        self._function = function
        self._options = options
        self._clock = options.clock or SystemClock()
        self.is_async = is_async(function)
        self._wants_tracker = wants_tracker(function)
        self._waiting_clock: Clock = self._clock if self.is_async else BlockingClock(self._clock)
        self._local_gates: dict[str, LocalGate] = {}
        self._writer: ProgressWriter | None = None
        self._incarnation: Incarnation | None = None
        self.name = options.name or name_of(function)
        if options.timeout and not self.is_async:
            raise TypeError(f"{self.name} is not async, so an attempt at it cannot be timed out; use total_timeout")
        self.is_plain = False
        """Whether a call that succeeds at once needs nothing done for it."""
        self.judged_in = -1
        """The version of the shared configuration that ``is_plain`` was judged by."""
        self.judge()  # a wrong value is told where it stands, not at the first failure

    def judge(self) -> None:
        """Find out anew whether the function is plain: the shared configuration has changed."""
        self.judged_in = get_recovery_integrator().version
        config = self._options.effective()
        self.is_plain = (
            config.enabled
            and self._options.persistence is None
            and self._options.config is None
            and not self._has_local_gate()
            and not self._wants_tracker
            and not config.timeout
            and not config.total_timeout
        )

    async def call(self, args: Args, kwargs: Kwargs, failed_already: Exception | None = None) -> T:
        """Run an async function; see ``recoverable``."""
        config = self._options.effective()
        if not config.enabled:
            return cast("T", await self._function(*args, **self._with_tracker(kwargs)))
        store = self._options.persistence
        if store is None:
            return await self._unrecorded(args, kwargs, RunControl())(failed_already)
        new = self._prepared(args, kwargs)
        try:
            owner = await self._started_owner(store)
            claimed = await self._inserted(store, new, owner, config)
        except (sqlite3.Error, StoreUnusableError) as error:
            self._go_without_record(error)
            return await self._unrecorded(args, kwargs, RunControl())()
        return await self._run_claimed(store, owner, claimed, args, kwargs, RunControl())()

    def call_blocking(self, args: Args, kwargs: Kwargs, failed_already: Exception | None = None) -> T:
        """Run a function that is not async, on the caller's thread."""
        config = self._options.effective()
        if not config.enabled:
            return cast("T", self._function(*args, **self._with_tracker(kwargs)))
        store = self._options.persistence
        if store is None:
            return complete(self._unrecorded(args, kwargs, BlockingControl())(failed_already))
        new = self._prepared(args, kwargs)
        try:
            blocking = BlockingStore.of(store, self._clock)
            owner = blocking.owner()
            claimed = complete(blocking.write(self._insertion(new), new, owner, config.max_retries, self._clock.now()))
        except (sqlite3.Error, StoreUnusableError) as error:
            self._go_without_record(error)
            return complete(self._unrecorded(args, kwargs, BlockingControl())())
        operation = claimed.operation
        journal = StoreJournal(blocking, operation, owner, blocking, self._waiting_clock, claimed.attempt)
        gate = self._store_gate(blocking, operation)
        return complete(self._run(args, kwargs, journal, gate, operation.scope or "", BlockingControl())())

    def prepare(self, *args: P.args, **kwargs: P.kwargs) -> NewOperation:
        """Return the operation that a call with these arguments would be, not yet in any store."""
        return self._prepared(args, kwargs)

    async def resume(self, operation: Operation, control: RunControl) -> T:
        """Run an operation that this process has claimed, from where it stands.

        Raises:
            RecoveryStateError: If there is no persistence, the operation is of another function, or what it was
                called with could not be saved.
        """
        store = self._options.persistence
        if store is None or operation.function != self.name:
            raise RecoveryStateError(
                f"operation {operation.id} of {operation.function} cannot be resumed by {self.name}"
            )
        if (reason := operation.arguments.get(NOT_SAVED)) is not None:
            raise RecoveryStateError(f"operation {operation.id} cannot be resumed: {reason}")
        owner = await self._started_owner(store)
        args, kwargs = self._deserialised(operation.arguments)
        return await self._run_claimed(store, owner, Claimed(operation), args, kwargs, control)()

    def _prepared(self, args: Args, kwargs: Kwargs) -> NewOperation:
        key = self._options.exclusive_key
        scope = self._options.circuit_breaker_scope
        return NewOperation(
            function=self.name,
            arguments=self._serialised(args, kwargs),
            exclusive_key=key(*args, **kwargs) if key is not None else None,
            scope=self._scope(args, kwargs) if scope is not None or self._has_local_gate() else None,
        )

    async def _inserted(
        self, store: SQLitePersistence, new: NewOperation, owner: Owner, config: RecoveryConfig
    ) -> Claimed:
        """Add the operation as this process's own; if the caller is cancelled meanwhile, it is interrupted."""
        try:
            return await firmly(store.write(self._insertion(new), new, owner, config.max_retries, self._clock.now()))
        except asyncio.CancelledError:
            with contextlib.suppress(OwnershipLostError):
                await firmly(store.write(operations.settle, new.id, owner.id, INTERRUPTED, self._clock.now()))
            raise

    @staticmethod
    def _insertion(new: NewOperation) -> Callable[[sqlite3.Connection, NewOperation, Owner, int, float], Claimed]:
        """Return how an operation is added: its first attempt with it, unless a breaker is to be asked before."""
        return insert_begun if new.scope is None else insert_waiting

    def _go_without_record(self, error: Exception) -> None:
        """Let a call go on although the store failed, unless others must not do the same meanwhile.

        Raises:
            Exception: ``error``, if the store guards what only one operation may work on.
        """
        if self._options.exclusive_key is not None:
            raise error
        _log.warning("%s runs without being recorded: %s", self.name, error)

    def _run_claimed(
        self,
        store: SQLitePersistence,
        owner: Owner,
        claimed: Claimed,
        args: Args,
        kwargs: Kwargs,
        control: RunControl,
    ) -> Run[T]:
        if self._writer is None:
            self._writer = ProgressWriter(store, self._clock, owner.id)
        writer: ProgressSink = self._writer
        operation = claimed.operation
        journal = StoreJournal(store, operation, owner, writer, self._clock, claimed.attempt)
        return self._run(args, kwargs, journal, self._store_gate(store, operation), operation.scope or "", control)

    def _unrecorded(self, args: Args, kwargs: Kwargs, control: RunControl) -> Run[T]:
        scope = self._scope(args, kwargs)
        return self._run(args, kwargs, NoJournal(self._clock), self._local_gate(scope), scope, control)

    def _with_tracker(self, kwargs: Kwargs) -> Kwargs:
        return {**kwargs, "progress_tracker": ProgressTracker(self._clock)} if self._wants_tracker else kwargs

    def _run(
        self, args: Args, kwargs: Kwargs, journal: Journal, gate: Gate | None, scope: str, control: RunControl
    ) -> Run[T]:
        if self._wants_tracker:
            kwargs = {**kwargs, "progress_tracker": journal.tracker()}
        return Run(
            call=self._attempt(args, kwargs),
            journal=journal,
            gate=gate,
            scope=scope,
            config=self._options.effective,
            strategy=self._options.strategy,
            classifier=self._options.classifier or ErrorClassifier(),
            control=control,
            clock=self._waiting_clock,
            wait_for_breaker=self._options.wait_for_breaker,
            can_time_out=self.is_async,
            describe=lambda result: result if isinstance(result, str | int | float | bool) else None,
            firmly=firmly if self.is_async else directly,
        )

    def _attempt(self, args: Args, kwargs: Kwargs) -> Callable[[], Awaitable[T]]:
        if self.is_async:
            return lambda: cast("Awaitable[T]", self._function(*args, **kwargs))

        async def blocking() -> T:
            return cast("T", self._function(*args, **kwargs))

        return blocking

    async def _started_owner(self, store: SQLitePersistence) -> Owner:
        if self._options.incarnation is not None:
            return self._options.incarnation.owner
        if self._incarnation is None:
            self._incarnation = Incarnation(store, "program", self._clock)
        return await self._incarnation.start()

    def _scope(self, args: Args, kwargs: Kwargs) -> str:
        scope = self._options.circuit_breaker_scope
        if scope is None:
            return self.name
        return scope(*args, **kwargs) if callable(scope) else scope

    def _has_local_gate(self) -> bool:
        options = self._options
        return options.circuit_breaker_threshold is not None or options.circuit_breaker_scope is not None

    def _local_gate(self, scope: str) -> LocalGate | None:
        return self._local_gates.setdefault(scope, LocalGate(scope, self._clock)) if self._has_local_gate() else None

    def _store_gate(self, store: Store, operation: Operation) -> Gate | None:
        return StoreGate(store, operation.scope, self._clock) if operation.scope else None

    def _serialised(self, args: Args, kwargs: Kwargs) -> dict[str, Any]:
        """Return the arguments as JSON data, or the reason why they have none: the call itself needs no store."""
        try:
            if self._options.state_serializer is not None:
                saved = self._options.state_serializer(args[0] if args else next(iter(kwargs.values())))
            else:
                saved = {"args": list(args), "kwargs": kwargs}
            to_json(saved)
        except Exception as error:  # noqa: BLE001 somebody's serializer must not break the call
            return {NOT_SAVED: f"what it was called with has no JSON form ({type(error).__name__}: {error})"}
        return saved

    def _deserialised(self, arguments: dict[str, Any]) -> tuple[Args, Kwargs]:
        if self._options.state_deserializer is not None:
            return (self._options.state_deserializer(arguments),), {}
        return tuple(arguments.get("args", ())), dict(arguments.get("kwargs", {}))


@dataclass(frozen=True, slots=True)
class Claimed:
    """An operation that this process has just taken.

    Attributes:
        operation: The operation.
        attempt: The attempt that was begun in the same transaction, if one was.
    """

    operation: Operation
    attempt: int | None = None


def insert_begun(db: sqlite3.Connection, new: NewOperation, owner: Owner, retries: int, now: float) -> Claimed:
    """Add an operation that its own process takes and begins at once."""
    operation = operations.insert_begun(db, new, owner.id, retries, now)
    return Claimed(operation, operation.attempt)


def insert_waiting(
    db: sqlite3.Connection,
    new: NewOperation,
    owner: Owner,
    retries: int,  # noqa: ARG001 as the other
    now: float,
) -> Claimed:
    """Add an operation that its own process takes at once and begins later."""
    return Claimed(insert_claimed(db, new, owner, now))


def is_async(function: Callable[..., Any]) -> bool:
    """Return whether calling ``function`` gives something to be awaited."""
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(type(function).__call__)


def wants_tracker(function: Callable[..., Any]) -> bool:
    """Return whether ``function`` has a parameter for its progress."""
    try:
        return "progress_tracker" in inspect.signature(function).parameters
    except ValueError:  # written in C, without a signature
        return False


def name_of(function: Callable[..., Any]) -> str:
    """Return what a function is called; a callable object goes by its class."""
    named = function if hasattr(function, "__qualname__") else type(function)
    return f"{named.__module__}.{named.__qualname__}"


def insert_claimed(db: sqlite3.Connection, new: NewOperation, owner: Owner, now: float) -> Operation:
    """Add an operation that its own process takes at once, so that no other can be faster."""
    operations.insert(db, new, now)
    claimed = operations.claim(db, new.id, owner.id, now)
    if claimed is None:
        raise RecoveryStateError(f"operation {new.id} could not be claimed")
    return claimed
