"""A function under supervision: called, queued, resumed, with an event loop or without."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec, TypeVar, cast

from launcher_gui.recovery.classification import ErrorClassifier
from launcher_gui.recovery.config import RecoveryConfig
from launcher_gui.recovery.exceptions import (
    OwnershipLostError,
    RecoveryExhaustedError,
    RecoveryStateError,
    StoreError,
)
from launcher_gui.recovery.execution import steps
from launcher_gui.recovery.execution.arguments import (
    Args,
    Kwargs,
    deserialised,
    is_async,
    kept_result,
    name_of,
    serialised,
    short_result,
    wants_tracker,
)
from launcher_gui.recovery.execution.control import NoControl, RunControl
from launcher_gui.recovery.execution.failure_policy import FailurePolicy
from launcher_gui.recovery.execution.guards import (
    BreakerGuard,
    BudgetGuard,
    LocalScope,
)
from launcher_gui.recovery.execution.journal import Journal, NoJournal, StoreJournal
from launcher_gui.recovery.execution.options import EffectiveConfig, Options
from launcher_gui.recovery.execution.plan import FirstFailure, Plan
from launcher_gui.recovery.execution.recording import RunRecording, RunRecordings
from launcher_gui.recovery.execution.runner import Run
from launcher_gui.recovery.execution.steps import Parent
from launcher_gui.recovery.execution.sync import BlockingClock, complete, directly
from launcher_gui.recovery.hooks import Call, Hook, ProgressMade, tell
from launcher_gui.recovery.integration import get_recovery_integrator
from launcher_gui.recovery.log_hook import log_fact
from launcher_gui.recovery.operation import NewOperation, Operation, OperationState, generate_operation_id
from launcher_gui.recovery.process.shared_settings import SharedSettings
from launcher_gui.recovery.progress import ProgressTracker
from launcher_gui.recovery.runtime.clock import Clock, SystemClock
from launcher_gui.recovery.runtime.tasks import await_shielded
from launcher_gui.recovery.store.ports import Store, Writer
from launcher_gui.recovery.store.records import INTERRUPTED, NOT_SAVED, Claim, not_tried
from launcher_gui.text.message import foreign, message

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger(__name__)


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
        self._recordings = RunRecordings(self._clock, options.incarnation, is_async=self.is_async)
        self.name = options.name or name_of(function)
        self._own_scope = LocalScope(self.name)  # another function may go by the same name
        if options.timeout and not self.is_async:
            raise TypeError(f"{self.name} is not async, so an attempt at it cannot be timed out; use total_timeout")
        self._config = EffectiveConfig(options)
        waiting_clock: Clock = self._clock if self.is_async else BlockingClock(self._clock)
        self._plan = Plan(
            config=self._config,
            judge=FailurePolicy(
                options.classifier or ErrorClassifier(),
                options.strategy,
                tuple(options.circuit_breaker_excluded),
                options.offline_reason,
            ),
            clock=waiting_clock,
            hooks=self._hooks,
            wait_for_breaker=options.wait_for_breaker,
            can_time_out=self.is_async,
            wrap_exhausted=options.wrap_exhausted,
            firmly=await_shielded if self.is_async else directly,
        )
        self.monotonic = self._clock.monotonic
        """Seconds that never jump, by the function's own clock."""
        self.is_plain = False
        """Whether a call that succeeds at once needs nothing done for it, unless it is a step."""
        self.guard = self._own_scope
        """What this process keeps of the function's scope: as long as it is well, a plain success changes nothing."""
        self.is_step = options.step and options.persistence is None
        """Whether it is recorded as a step where a recorded operation calls it."""
        self.judged_in = -1
        """The version of the shared configuration that ``is_plain`` was judged by."""
        self.judge()

    def judge(self) -> None:
        """Find out anew whether the function is plain: the shared configuration has changed."""
        shared = get_recovery_integrator()
        self.judged_in = shared.version
        config, options = self._config(), self._options
        self.is_plain = (
            config.enabled
            and options.persistence is None
            and options.config is None
            and not options.hooks
            and all(hook is log_fact for hook in shared.hooks)
            and not self._wants_tracker
            and not (config.timeout or config.total_timeout)
            and not (options.has_breaker and (config.circuit_breaker_failure_rate or config.circuit_breaker_slow_call))
            and not callable(options.circuit_breaker_scope)
        )
        if isinstance(options.circuit_breaker_scope, str):
            self.guard = shared.scope(options.circuit_breaker_scope)

    async def call(
        self,
        args: Args,
        kwargs: Kwargs,
        first: FirstFailure | None = None,
        operation_id: str | None = None,
    ) -> T:
        """Make a call; see ``recoverable``.

        Args:
            args: What the function is called with.
            kwargs: The same.
            first: The first attempt, where it failed before anybody thought of a run.
            operation_id: Which operation the call is; see ``call_as``.
        """
        config = await self._configured()
        if not config.enabled and first is None:
            return await self._made(args, self._with_tracker(kwargs))
        run = await self._run_of(args, kwargs, config, operation_id)
        return run.result if isinstance(run, Done) else await run(first)

    def call_blocking(self, args: Args, kwargs: Kwargs, *more: Any) -> T:
        """Make a call of a function that is not async, on the caller's thread; the arguments are those of ``call``."""
        return complete(self.call(args, kwargs, *more))

    def call_as(self, operation_id: str, *args: P.args, **kwargs: P.kwargs) -> Any:
        """Call the function as the operation of that id; for an async function, return what is to be awaited.

        Whoever is told twice to do the same, a task queue that delivers a message again, gets what it returned the
        first time, or goes on where an earlier process was interrupted.

        Raises:
            OperationHeldError: If somebody who is alive works on that operation.
            OperationStoppedError: If a person has stopped it.
            RecoveryExhaustedError: If it has lost one process after the other and is given up.
            RecoveryStateError: If there is no persistence, or the operation is of another function.
            StoreError: If the store takes nothing: nobody could tell then whether the work is being done already.
        """
        if self._options.persistence is None:
            raise RecoveryStateError(message("operation.no_persistence", function=self.name))
        making = self.call(args, kwargs, operation_id=operation_id)
        return making if self.is_async else complete(making)

    @property
    def config(self) -> RecoveryConfig:
        """What governs its calls as things are now."""
        return self._config()

    @property
    def persistence(self) -> Store | None:
        """The store that calls are recorded in, if any."""
        return self._options.persistence

    def arguments_of(self, operation: Operation) -> tuple[Args, Kwargs]:
        """Return what an operation of this function was called with."""
        return deserialised(operation.arguments, self._options.state_deserializer)

    def prepare(self, *args: P.args, **kwargs: P.kwargs) -> NewOperation:
        """Return the operation that a call with these arguments would be, not yet in any store."""
        return self._new(args, kwargs, None, None)

    async def resume(self, operation: Operation, control: RunControl) -> T:
        """Run an operation that this process has claimed, from where it stands.

        Raises:
            RecoveryStateError: If there is no persistence, the operation is of another function, or what it was
                called with could not be saved.
        """
        store = self._options.persistence
        if store is None or operation.function != self.name:
            raise RecoveryStateError(
                message(
                    "operation.other_function",
                    operation=operation.id,
                    function=operation.function,
                    resumed_by=self.name,
                )
            )
        if (reason := operation.arguments.get(NOT_SAVED)) is not None:
            raise RecoveryStateError(
                message("operation.not_resumable", operation=operation.id, cause=foreign(str(reason)))
            )
        return await self._resumed(await self._recordings.at(store, None), operation, control)

    async def resume_interrupted(self) -> int:
        """Go on with every operation of this function that was interrupted; return how many there were.

        One after the other, oldest first. Those that fail again are recorded as failed and hold up no other; so are
        those that have lost one process after the other (``max_recoveries``), which are not begun again. Where the
        function is not async, call ``resume_interrupted_blocking``.

        Raises:
            RecoveryStateError: If there is no persistence.
        """
        store = self._options.persistence
        if store is None:
            raise RecoveryStateError(message("operation.nothing_recorded", function=self.name))
        recording, count = await self._recordings.at(store, None), 0
        while True:
            found = await self._take_interrupted(recording)
            if found is None:
                return count
            count += 1
            try:
                await self._resumed(recording, found, recording.control(found.id))
            except Exception as error:  # noqa: BLE001 its row and its attempts tell of it
                await self._let_go(recording, found, error)

    def resume_interrupted_blocking(self) -> int:
        """Do as ``resume_interrupted`` does, on the caller's thread."""
        return complete(self.resume_interrupted())

    async def _run_of(
        self, args: Args, kwargs: Kwargs, config: RecoveryConfig, operation_id: str | None
    ) -> Run[T] | Done[T]:
        """Return the run that a call is, recorded if it is to be, or what an earlier one returned.

        What it takes to find out is gone by the time the run begins: ten thousand may be under way.
        """
        parent, store = self._place(config)
        if store is None:
            return self._unrecorded(args, kwargs, config)
        new = self._new(args, kwargs, parent, operation_id)
        insists = self._options.exclusive_key is not None or operation_id is not None
        try:
            recording = await self._recordings.at(store, parent)
            taken = await self._taken(recording, new, config, named=operation_id is not None)
        except StoreError as error:
            if insists:  # others must not do the same meanwhile
                raise
            _log.warning("%s runs without being recorded: %s", self.name, error)
            return self._unrecorded(args, kwargs, config)
        if taken.is_done:
            return Done(cast("T", taken.operation.result))
        if taken.operation.state is OperationState.FAILED:
            raise RecoveryExhaustedError(self.name, taken.operation.attempt, taken.operation.decision)
        control = recording.control(taken.operation.id)
        return self._recorded(recording, taken, args, kwargs, control, config, insists=insists)

    async def _configured(self) -> RecoveryConfig:
        """Return the configuration, once it is known what is set in the store."""
        store = self._options.persistence
        if store is not None and self._options.shares_settings:
            settings = SharedSettings.of(store)
            if not settings.is_followed:
                await settings.follow_beside() if self.is_async else settings.follow()
        return self._config()

    async def _let_go(self, recording: RunRecording, operation: Operation, error: Exception) -> None:
        """Settle an operation whose run failed before it could say so: it must not look as if it ran on."""
        standing, now = not_tried(error), self._clock.now()
        with contextlib.suppress(OwnershipLostError):  # as a rule it is settled, and nobody's any more
            await recording.store.write(
                lambda tx: tx.operations.settle(operation.id, recording.owner_id, standing, now)
            )

    async def _resumed(self, recording: RunRecording, operation: Operation, control: RunControl) -> T:
        args, kwargs = self.arguments_of(operation)
        config = await self._configured()
        return await self._recorded(recording, Claim(operation), args, kwargs, control, config, insists=True)()

    def _place(self, config: RecoveryConfig) -> tuple[Parent | None, Store | None]:
        """Return the operation that a call is a step of, and the store that it is recorded in."""
        if not config.persistence_enabled:
            return None, None
        parent, store = steps.current(), self._options.persistence
        if parent is None or not self._options.step:
            return None, store
        if store is None:
            return parent, parent.store
        return (parent if parent.shares(store) else None), store

    def _new(self, args: Args, kwargs: Kwargs, parent: Parent | None, operation_id: str | None) -> NewOperation:
        key = self._options.exclusive_key
        arguments = serialised(args, kwargs, self._options.state_serializer)
        if operation_id is None:
            operation_id = generate_operation_id() if parent is None else parent.step_id(self.name, arguments)
        return NewOperation(
            function=self.name,
            arguments=arguments,
            exclusive_key=key(*args, **kwargs) if key is not None else None,
            scope=self._scope(args, kwargs) if self._options.has_breaker else None,
            id=operation_id,
            parent_id=parent.operation_id if parent is not None else None,
        )

    async def _take_interrupted(self, recording: RunRecording) -> Operation | None:
        most, now = (await self._configured()).max_recoveries, self._clock.now()
        return await recording.store.write(
            lambda tx: tx.claims.take_interrupted(self.name, recording.owner_id, most, now)
        )

    async def _taken(self, recording: RunRecording, new: NewOperation, config: RecoveryConfig, *, named: bool) -> Claim:
        """Add or take up the operation as this process's own; a caller who is cancelled meanwhile interrupts it."""
        is_named, told = named or new.parent_id is not None, (new, recording.owner_id, config.max_retries)
        now = self._clock.now()
        try:
            if is_named:
                taking = recording.store.write(lambda tx: tx.claims.begin_or_take(*told, config.max_recoveries, now))
            else:
                taking = recording.store.write(lambda tx: tx.claims.begin(*told, now))
            return await self._plan.firmly(taking)
        except asyncio.CancelledError:
            with contextlib.suppress(OwnershipLostError):
                now = self._clock.now()
                settling = recording.store.write(
                    lambda tx: tx.operations.settle(new.id, recording.owner_id, INTERRUPTED, now)
                )
                await self._plan.firmly(settling)
            raise

    def _recorded(
        self,
        recording: RunRecording,
        taken: Claim,
        args: Args,
        kwargs: Kwargs,
        control: RunControl,
        config: RecoveryConfig,
        *,
        insists: bool,
    ) -> Run[T]:
        operation = taken.operation
        journal = StoreJournal(
            recording.store,
            operation.id,
            operation.attempt,
            operation.progress,
            recording.owner_id,
            recording.writer,
            self._clock,
            taken.attempt,
            insists=insists,
        )
        about = Call(operation.id, self.name, operation.scope or self.name, operation.parent_id)
        gate: BreakerGuard | None = None
        purse: BudgetGuard | None = None
        if operation.scope is not None:
            gate = self._breaker(operation.scope, recording.store)
        if config.retry_budget:
            purse = BudgetGuard(self._local_scope(about.scope), recording.store)
        return Run(
            plan=self._plan,
            config=config,
            about=about,
            call=self._attempt(args, kwargs, journal, about, recording),
            journal=journal,
            control=control,
            gate=gate,
            purse=purse,
            describe=kept_result if insists or operation.parent_id is not None else short_result,
        )

    def _unrecorded(self, args: Args, kwargs: Kwargs, config: RecoveryConfig) -> Run[T]:
        journal = NoJournal(self._clock)
        about = Call(generate_operation_id(), self.name, self._scope(args, kwargs))
        return Run(
            plan=self._plan,
            config=config,
            about=about,
            call=self._attempt(args, kwargs, journal, about, None),
            journal=journal,
            control=NoControl(),
            gate=self._breaker(about.scope) if self._options.has_breaker else None,
            purse=BudgetGuard(self._local_scope(about.scope)) if config.retry_budget else None,
        )

    def _attempt(
        self, args: Args, kwargs: Kwargs, journal: Journal, about: Call, recording: RunRecording | None
    ) -> Callable[[], Awaitable[T]]:
        if self._wants_tracker:
            tracker = journal.tracker()
            tracker.listen(lambda progress: tell(self._hooks(), ProgressMade(about, progress)))
            kwargs = {**kwargs, "progress_tracker": tracker}
        if recording is None:
            return lambda: self._made(args, kwargs)

        async def attempt() -> T:
            with steps.within(Parent(about.operation_id, recording.owner_id, recording.persistence)):
                return await self._made(args, kwargs)

        return attempt

    async def _made(self, args: Args, kwargs: Kwargs) -> T:
        """Call the function itself."""
        made = self._function(*args, **kwargs)
        return cast("T", await made if self.is_async else made)

    def _with_tracker(self, kwargs: Kwargs) -> Kwargs:
        return {**kwargs, "progress_tracker": ProgressTracker(self._clock)} if self._wants_tracker else kwargs

    def _scope(self, args: Args, kwargs: Kwargs) -> str:
        scope = self._options.circuit_breaker_scope
        if scope is None:
            return self.name
        return scope(*args, **kwargs) if callable(scope) else scope

    def _hooks(self) -> Iterable[Hook]:
        shared = get_recovery_integrator().hooks
        return (*shared, *self._options.hooks) if self._options.hooks else shared

    def _breaker(self, scope: str, store: Writer | None = None) -> BreakerGuard:
        return BreakerGuard(self._local_scope(scope), self._clock, self._hooks, store)

    def _local_scope(self, scope: str) -> LocalScope:
        if self._options.circuit_breaker_scope is None:
            return self._own_scope
        return get_recovery_integrator().scope(scope)


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """A call that an earlier run has made already.

    Attributes:
        result: What it returned.
    """

    result: T
