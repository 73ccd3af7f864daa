"""``@recoverable``: the face of the library."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import inspect
import os
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, ParamSpec, TypeVar, cast, overload

from launcher_gui.recovery.classification import ErrorClassifier
from launcher_gui.recovery.clock import Clock, SystemClock
from launcher_gui.recovery.config import RecoveryConfig
from launcher_gui.recovery.exceptions import OwnershipLostError, RecoveryStateError
from launcher_gui.recovery.incarnation import Incarnation
from launcher_gui.recovery.journal import Gate, Journal, LocalGate, NoJournal, StoreGate, StoreJournal
from launcher_gui.recovery.operation import NewOperation, Operation, Owner
from launcher_gui.recovery.persistence import operations
from launcher_gui.recovery.persistence.operations import INTERRUPTED
from launcher_gui.recovery.persistence.sqlite import SQLitePersistence
from launcher_gui.recovery.progress import ProgressWriter
from launcher_gui.recovery.runner import Run, RunControl
from launcher_gui.recovery.strategies import Strategy
from launcher_gui.recovery.tasks import firmly

P = ParamSpec("P")
T = TypeVar("T")

Scope = str | Callable[..., str]


@dataclass(frozen=True, slots=True)
class Options:
    """How a function is recovered; the arguments of ``recoverable``, which explains them."""

    max_retries: int | None = None
    initial_delay: float | None = None
    backoff_factor: float | None = None
    max_delay: float | None = None
    strategy: Strategy | None = None
    classifier: ErrorClassifier | None = None
    persistence: SQLitePersistence | None = None
    state_serializer: Callable[[Any], dict[str, Any]] | None = None
    state_deserializer: Callable[[dict[str, Any]], Any] | None = None
    circuit_breaker_threshold: int | None = None
    circuit_breaker_timeout: float | None = None
    circuit_breaker_scope: Scope | None = None
    wait_for_breaker: bool = False
    exclusive_key: Callable[..., str] | None = None
    name: str | None = None
    config: Callable[[], RecoveryConfig] | None = None
    incarnation: Incarnation | None = None
    clock: Clock | None = None

    def effective(self) -> RecoveryConfig:
        """Return the configuration as it is now, the decorator's own arguments first."""
        base = self.config() if self.config is not None else RecoveryConfig.load(os.environ)
        own: dict[str, Any] = {
            "max_retries": self.max_retries,
            "initial_delay": self.initial_delay,
            "backoff_factor": self.backoff_factor,
            "max_delay": self.max_delay,
            "circuit_breaker_threshold": self.circuit_breaker_threshold,
            "circuit_breaker_timeout": self.circuit_breaker_timeout,
        }
        given = {field: value for field, value in own.items() if value is not None}
        return replace(base, **given) if given else base


class Recoverable(Generic[P, T]):
    """An async function under supervision. Calling it runs it; with persistence it can also be queued and resumed."""

    def __init__(self, function: Callable[P, Awaitable[T]], options: Options) -> None:
        functools.update_wrapper(self, function)
        self._function = function
        self._options = options
        self._clock = options.clock or SystemClock()
        self._wants_tracker = "progress_tracker" in inspect.signature(function).parameters
        self._local_gates: dict[str, LocalGate] = {}
        self._writer: ProgressWriter | None = None
        self._incarnation: Incarnation | None = None
        self.name = options.name or f"{function.__module__}.{function.__qualname__}"
        options.effective()  # a wrong value is told where it stands, not at the first failure

    async def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the function; see ``recoverable``."""
        store = self._options.persistence
        if store is None:
            scope = self._scope(args, kwargs)
            return await self._run(args, kwargs, NoJournal(self._clock), self._local_gate(scope), scope, RunControl())
        owner = await self._started_owner(store)
        new = self.prepare(*args, **kwargs)
        try:
            operation = await firmly(store.write(insert_claimed, new, owner, self._clock.now()))
        except asyncio.CancelledError:
            with contextlib.suppress(OwnershipLostError):
                await firmly(store.write(operations.settle, new.id, owner.id, INTERRUPTED, self._clock.now()))
            raise
        return await self._run_claimed(store, owner, operation, args, kwargs, RunControl())

    def prepare(self, *args: P.args, **kwargs: P.kwargs) -> NewOperation:
        """Return the operation that a call with these arguments would be, not yet in any store."""
        key = self._options.exclusive_key
        scope = self._options.circuit_breaker_scope
        return NewOperation(
            function=self.name,
            arguments=self._serialised(args, kwargs),
            exclusive_key=key(*args, **kwargs) if key is not None else None,
            scope=self._scope(args, kwargs) if scope is not None else None,
        )

    async def resume(self, operation: Operation, control: RunControl) -> T:
        """Run an operation that this process has claimed, from where it stands.

        Raises:
            RecoveryStateError: If there is no persistence, or the operation is of another function.
        """
        store = self._options.persistence
        if store is None or operation.function != self.name:
            raise RecoveryStateError(
                f"operation {operation.id} of {operation.function} cannot be resumed by {self.name}"
            )
        owner = await self._started_owner(store)
        args, kwargs = self._deserialised(operation.arguments)
        return await self._run_claimed(store, owner, operation, args, kwargs, control)

    async def _run_claimed(
        self,
        store: SQLitePersistence,
        owner: Owner,
        operation: Operation,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        control: RunControl,
    ) -> T:
        if self._writer is None:
            self._writer = ProgressWriter(store, self._clock, owner.id)
        journal = StoreJournal(store, operation, owner, self._writer, self._clock)
        gate = StoreGate(store, operation.scope, self._clock) if operation.scope else None
        return await self._run(args, kwargs, journal, gate, operation.scope or "", control)

    async def _run(
        self,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        journal: Journal,
        gate: Gate | None,
        scope: str,
        control: RunControl,
    ) -> T:
        if self._wants_tracker:
            kwargs = {**kwargs, "progress_tracker": journal.tracker()}
        run = Run(
            call=lambda: cast("Callable[..., Awaitable[T]]", self._function)(*args, **kwargs),
            journal=journal,
            gate=gate,
            scope=scope,
            config=self._options.effective,
            strategy=self._options.strategy,
            classifier=self._options.classifier or ErrorClassifier(),
            control=control,
            clock=self._clock,
            wait_for_breaker=self._options.wait_for_breaker,
            describe=lambda result: result if isinstance(result, str | int | float | bool) else None,
        )
        return await run()

    async def _started_owner(self, store: SQLitePersistence) -> Owner:
        if self._options.incarnation is not None:
            return self._options.incarnation.owner
        if self._incarnation is None:
            self._incarnation = Incarnation(store, "program", self._clock)
        return await self._incarnation.start()

    def _scope(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
        scope = self._options.circuit_breaker_scope
        if scope is None:
            return self.name
        return scope(*args, **kwargs) if callable(scope) else scope

    def _local_gate(self, scope: str) -> LocalGate | None:
        options = self._options
        if options.circuit_breaker_threshold is None and options.circuit_breaker_scope is None:
            return None
        return self._local_gates.setdefault(scope, LocalGate(scope, self._clock))

    def _serialised(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
        if self._options.state_serializer is not None:
            return self._options.state_serializer(args[0] if args else next(iter(kwargs.values())))
        return {"args": list(args), "kwargs": kwargs}

    def _deserialised(self, arguments: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        if self._options.state_deserializer is not None:
            return (self._options.state_deserializer(arguments),), {}
        return tuple(arguments.get("args", ())), dict(arguments.get("kwargs", {}))


@overload
def recoverable(function: Callable[P, Awaitable[T]], /) -> Recoverable[P, T]: ...


@overload
def recoverable(**options: Any) -> Callable[[Callable[P, Awaitable[T]]], Recoverable[P, T]]: ...


def recoverable(function: Callable[P, Awaitable[T]] | None = None, /, **options: Any) -> Any:
    """Supervise an async function: retry it, guard it with a circuit breaker, and record it.

    Use it bare or with arguments. What is not given comes from the environment (``RECOVERY_<FIELD>``), else from the
    defaults of ``RecoveryConfig``.

    Args:
        function: The function, when used bare.
        **options: Any of

            * ``max_retries``, ``initial_delay``, ``backoff_factor``, ``max_delay``: the field of that name in
              ``RecoveryConfig``; ``max_retries=3`` allows 4 attempts, counted anew each time the work comes further.
            * ``strategy``: chooses the waits instead of exponential backoff.
            * ``classifier``: tells what kind of failure an exception is.
            * ``persistence``: the store that every attempt is recorded in.
            * ``state_serializer``, ``state_deserializer``: turn the function's one argument into JSON data and back.
            * ``circuit_breaker_threshold``, ``circuit_breaker_timeout``, ``circuit_breaker_scope``: the breaker; the
              scope is a name or a function of the call's arguments.
            * ``wait_for_breaker``: wait while the breaker is open instead of raising ``CircuitBreakerOpenError``.
            * ``exclusive_key``: a function of the call's arguments that names what only one unfinished operation may
              work on.
            * ``name``: what the function is registered as; its module and qualified name by default.
            * ``config``: returns the configuration, asked before each decision.
            * ``incarnation``: this process as an owner, where the program has one already.
            * ``clock``: time.

    Returns:
        The supervised function.

    Raises:
        TypeError: If what is decorated is not an async function, or an option is unknown.
        InvalidInputError: If an option's value is not allowed.
    """
    chosen = Options(**options)

    def supervise(target: Callable[P, Awaitable[T]]) -> Recoverable[P, T]:
        if not inspect.iscoroutinefunction(target):
            raise TypeError(f"recoverable supervises async functions; {target!r} is not one")
        return Recoverable(target, chosen)

    return supervise if function is None else supervise(function)


def insert_claimed(db: sqlite3.Connection, new: NewOperation, owner: Owner, now: float) -> Operation:
    """Add an operation that its own process takes at once, so that no other can be faster."""
    operations.insert(db, new, now)
    claimed = operations.claim(db, new.id, owner.id, now)
    if claimed is None:
        raise RecoveryStateError(f"operation {new.id} could not be claimed")
    return claimed
