"""A supervised function: called, queued, resumed, with an event loop or without."""

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
    """A supervised function. With persistence it can also be queued and resumed.

    Args:
        function: The function, async or not; ``P`` and ``T`` are its parameters and its result.
        options: The options of the decorator.

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
        self._recordings = RunRecordings(self._clock, options.owner_lease, is_async=self.is_async)
        self.name = options.name or name_of(function)
        self._own_scope = LocalScope(self.name)  # another function may have the same name
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
        """Monotonic seconds of the function's own clock."""
        self.is_plain = False
        """Whether a call that succeeds at once needs no run, unless it is a step."""
        self.guard = self._own_scope
        """The function's scope in this process: while it is healthy, a success on the fast path changes nothing."""
        self.is_step = options.step and options.persistence is None
        """Whether a call within a recorded operation is recorded as a step."""
        self.judged_in = -1
        """The version of the shared configuration from which ``is_plain`` was computed."""
        self.judge()

    def judge(self) -> None:
        """Compute ``is_plain`` again after a change of the shared configuration."""
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
            args: The positional arguments.
            kwargs: The keyword arguments.
            first: The first attempt, if it failed on the fast path.
            operation_id: The operation that the call is; see ``call_as``.
        """
        config = await self._configured()
        if not config.enabled and first is None:
            return await self._made(args, self._with_tracker(kwargs))
        run = await self._run_of(args, kwargs, config, operation_id)
        return run.result if isinstance(run, Done) else await run(first)

    def call_blocking(self, args: Args, kwargs: Kwargs, *more: Any) -> T:
        """Make a call of a synchronous function on the caller's thread; the arguments are those of ``call``."""
        return complete(self.call(args, kwargs, *more))

    def call_as(self, operation_id: str, *args: P.args, **kwargs: P.kwargs) -> Any:
        """Call the function as the operation with that id; for an async function, return an awaitable.

        A repeated call, such as a message that a task queue delivers again, returns the recorded result, or resumes
        where an earlier process was interrupted.

        Raises:
            OperationHeldError: If a live owner works on that operation.
            OperationStoppedError: If the user has stopped it.
            RecoveryExhaustedError: If it has lost too many processes and has failed.
            RecoveryStateError: If there is no persistence, or the operation is of another function.
            StoreError: If the store refuses writes: it would be unknown then whether the work is already being done.
        """
        if self._options.persistence is None:
            raise RecoveryStateError(message("operation.no_persistence", function=self.name))
        making = self.call(args, kwargs, operation_id=operation_id)
        return making if self.is_async else complete(making)

    @property
    def config(self) -> RecoveryConfig:
        """The current configuration of its calls."""
        return self._config()

    @property
    def persistence(self) -> Store | None:
        """The store that records its calls, if any."""
        return self._options.persistence

    def arguments_of(self, operation: Operation) -> tuple[Args, Kwargs]:
        """Return the arguments of an operation of this function."""
        return deserialised(operation.arguments, self._options.state_deserializer)

    def prepare(self, *args: P.args, **kwargs: P.kwargs) -> NewOperation:
        """Return the operation for a call with these arguments, without adding it to a store."""
        return self._new(args, kwargs, None, None)

    async def resume(self, operation: Operation, control: RunControl) -> T:
        """Run an operation that this process has claimed, from its present state.

        Raises:
            RecoveryStateError: If there is no persistence, the operation is of another function, or its arguments could
                not be saved.
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
        """Resume every interrupted operation of this function; return how many there were.

        They run one after the other, oldest first. Those that fail again are recorded as failed and do not block
        others; so are those that have lost too many processes (``max_recoveries``), which are not started again. For a
        synchronous function, call ``resume_interrupted_blocking``.

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
            except Exception as error:  # noqa: BLE001 the row and its attempts show it
                await self._let_go(recording, found, error)

    def resume_interrupted_blocking(self) -> int:
        """Do as ``resume_interrupted`` does, on the caller's thread."""
        return complete(self.resume_interrupted())

    async def _run_of(
        self, args: Args, kwargs: Kwargs, config: RecoveryConfig, operation_id: str | None
    ) -> Run[T] | Done[T]:
        """Return the run of a call, recorded if persistence is on, or the result of an earlier run.

        Intermediate data is released before the run begins: ten thousand may be in progress.
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
            if insists:  # other processes must not do the same work meanwhile
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
        """Return the configuration, after the settings in the store have been read."""
        store = self._options.persistence
        if store is not None and self._options.shares_settings:
            settings = SharedSettings.of(store)
            if not settings.is_followed:
                await settings.follow_beside() if self.is_async else settings.follow()
        return self._config()

    async def _let_go(self, recording: RunRecording, operation: Operation, error: Exception) -> None:
        """Settle an operation whose run failed before it could record that: it must not look as if it were running."""
        standing, now = not_tried(error), self._clock.now()
        with contextlib.suppress(OwnershipLostError):  # usually it is settled already and has no owner
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
        """Add or claim the operation for this process; if the caller is cancelled meanwhile, interrupt it."""
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
    """A call that an earlier run has completed already.

    Attributes:
        result: What it returned.
    """

    result: T
