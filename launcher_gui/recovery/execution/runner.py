"""The main loop: attempt, classify, decide, wait. It does not know what is called or where that is recorded."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from launcher_gui.recovery.classification import Classification
from launcher_gui.recovery.config import RecoveryConfig
from launcher_gui.recovery.exceptions import (
    CircuitBreakerOpenError,
    OwnershipLostError,
    RecoveryExhaustedError,
    RecoveryTimeoutError,
    StopAskedError,
)
from launcher_gui.recovery.execution.control import RunControl
from launcher_gui.recovery.execution.failure_policy import Assessment
from launcher_gui.recovery.execution.guards import BreakerGuard, BudgetGuard, policy_of
from launcher_gui.recovery.execution.journal import Journal
from launcher_gui.recovery.execution.plan import FirstFailure, Outcome, Plan
from launcher_gui.recovery.hooks import AttemptFailed, Call, Fact, OperationEnded, OperationStarted, tell
from launcher_gui.recovery.operation import AttemptOutcome, CommandKind, OperationState
from launcher_gui.recovery.rules.applicable_commands import STOPS
from launcher_gui.recovery.rules.breaker import Admission, Ticket
from launcher_gui.recovery.rules.decision import Decision, decide, over_budget, until_back
from launcher_gui.recovery.rules.retry_budget import SUCCESS_REFUND, cost_of
from launcher_gui.recovery.store.records import (
    CANCELLED,
    INTERRUPTED,
    PARKED,
    PAUSED,
    AttemptEnd,
    StateChange,
    outcome_of,
)
from launcher_gui.text.message import NOTHING, Message, message

BREAKER_LOOK_S = 2.0
"""How often an operation that waits for an open breaker asks again."""

BACK_LOOK_S = 1.0
"""How often to check whether this machine has what it lacked."""

T = TypeVar("T")
T2 = TypeVar("T2")

_ENDED = (asyncio.CancelledError, KeyboardInterrupt, SystemExit)
"""What ends a run without being a failure; without an event loop, Ctrl-C is raised in the function itself."""

_STOPPED = {standing.state: standing for standing in (PAUSED, CANCELLED, INTERRUPTED, PARKED)}


@dataclass(slots=True)
class Run(Generic[T]):
    """One run of an operation: from a claim to an outcome.

    Attributes:
        plan: How runs of this function work.
        config: The configuration of the first attempt; read again before each later decision.
        about: The call's identity, for hooks and messages.
        call: Makes one attempt.
        journal: Records attempts.
        control: Lets the rest of the process stop the run or end its wait.
        gate: The circuit breaker of its scope, if any.
        purse: The retry budget of its scope, if any.
        describe: Returns the result as the JSON text to record, ``None`` for none.
    """

    plan: Plan
    config: RecoveryConfig
    about: Call
    call: Callable[[], Awaitable[T]]
    journal: Journal
    control: RunControl
    gate: BreakerGuard | None = None
    purse: BudgetGuard | None = None
    describe: Callable[[T], str | None] = lambda _: None
    _number: int = 0
    _failures: int = 0
    _waited: float | None = None
    _started: float = 0.0
    _attempt_started: float = 0.0
    _ticket: Ticket | None = None
    _refund: int = SUCCESS_REFUND
    _failure: Classification | None = None

    async def __call__(self, first: FirstFailure | None = None) -> T:
        """Return what the call returns, after as many attempts as it takes.

        Args:
            first: The first attempt, if it failed on the fast path.

        Raises:
            CircuitBreakerOpenError: If the breaker is open and the plan does not wait for it.
            OwnershipLostError: If another process has claimed the operation.
            RecoveryExhaustedError: From the last attempt's error, if the plan says so and no further one is allowed.
            Exception: That of the last attempt, if no further one follows.
        """
        self._started = self.plan.clock.monotonic() - (first.took_s if first is not None else 0.0)
        self._tell(OperationStarted(self.about))
        try:
            result = await self._until_done(first)
        except BaseException as error:
            self._tell_end(self._state_after(error), error)
            raise
        finally:
            self.control.detach()
        self._tell_end(OperationState.COMPLETED)
        return result

    async def _until_done(self, first: FirstFailure | None) -> T:
        while True:
            await self._between_attempts(self._begin(first))
            try:
                result = await self._attempt(first)
            except _ENDED as end:
                await self._stopped(end)
                raise
            except OwnershipLostError:
                raise
            except Exception as error:
                decision = await self._failed(error)
                if not decision.retry:
                    self._annotate(error, decision)
                    if self.plan.wrap_exhausted and decision.exhausted:
                        raise RecoveryExhaustedError(self.about.function, self._number, decision.words) from error
                    raise
            else:
                await self._succeeded(result)
                return result
            # Outside the except block, so that the exception and its frames are released during the wait.
            await self._between_attempts(self._wait(decision))

    async def _wait(self, decision: Decision) -> None:
        """Wait as decided, or until a command to retry now."""
        if not decision.until_back:
            await self.control.wait(decision.wait_s, self.plan.clock)
            return
        while not await self.control.wait(min(BACK_LOOK_S, max(0.0, self._time_left())), self.plan.clock):
            if not self._lack():
                return

    def _lack(self) -> Message:
        """Return what this machine lacks, if that can have caused the last failure and there is time to wait for it."""
        if self._failure is None or self._time_left() <= 0:
            return NOTHING
        return self.plan.judge.lack(self._failure, self.about.scope)

    async def _attempt(self, first: FirstFailure | None) -> T:
        """Make one attempt within its time limit."""
        self._attempt_started = self.plan.clock.monotonic()
        if first is not None and first.error is not None:
            self._attempt_started = self._started
            raise first.taken()
        limit = self._time_allowed()
        if limit is None:
            return await self.call()
        try:
            async with asyncio.timeout(limit) as timeout:
                return await self.call()
        except TimeoutError as error:
            if timeout.expired():
                raise RecoveryTimeoutError(message("call.timed_out", limit_s=limit)) from error
            raise

    def _time_allowed(self) -> float | None:
        config = self.config
        limits = [config.timeout] if config.timeout else []
        if config.total_timeout:
            limits.append(max(0.0, self._time_left()))
        return min(limits) if limits and self.plan.can_time_out else None

    def _time_left(self) -> float:
        if not self.config.total_timeout:
            return math.inf
        return self.config.total_timeout - (self.plan.clock.monotonic() - self._started)

    def _annotate(self, error: Exception, decision: Decision) -> None:
        """Add the attempts to the exception: a note (PEP 678) for people, an attribute for code."""
        with contextlib.suppress(Exception):  # it may refuse notes and attributes
            error.add_note(f"attempt {self._number}: {decision.words}")
            error.recovery = Outcome(self._number, decision)  # type: ignore[attr-defined]

    async def _begin(self, first: FirstFailure | None) -> None:
        """Wait until the breaker lets a call through, and begin an attempt."""
        self.control.attach()
        self._failure = None
        if self._failures:
            self.config = self.plan.config()
        if first is not None and first.error is not None:
            self._ticket = Ticket(first.generation)  # the breaker has let it through
        else:
            await self._admitted()
        self.control.expect_no_wait()
        retries_left = max(0, self.config.max_retries - self._failures)
        self._number = await self.plan.firmly(self.journal.began(retries_left))

    async def _admitted(self) -> None:
        """Wait until the breaker lets a call through, and keep the ticket for its report."""
        clock = self.plan.clock
        told: float | None = math.nan
        while self.gate is not None:
            admission = await self.gate.admit(policy_of(self.config))
            self._ticket = admission.ticket
            if admission.admitted:
                return
            remaining = None if admission.retry_at is None else max(0.0, admission.retry_at - clock.now())
            if not self.plan.wait_for_breaker:
                refused = CircuitBreakerOpenError(self.about.scope, remaining)
                await self._held_back(refused.message)
                raise refused
            if admission.retry_at != told:
                self.control.expect_wait()
                await self.journal.settled(_waiting(self.about.scope, admission, remaining))
                told = admission.retry_at
            # Ask again before the wait is over: a probe may have succeeded, or the user may have reset the breaker.
            look = BREAKER_LOOK_S if remaining is None else min(remaining, BREAKER_LOOK_S)
            if await self.control.wait(look, clock):
                return  # A command to retry now makes this call a probe, whose result the breaker uses.
            self.config = self.plan.config()

    async def _held_back(self, cause: Message) -> None:
        decision = message("decision.not_tried", cause=cause)
        standing = StateChange(OperationState.FAILED, message("failure.breaker_open"), decision)
        self._ticket = None
        with contextlib.suppress(asyncio.CancelledError):  # the failure is final, so a cancellation must not lose it
            await self.plan.firmly(self.journal.settled(standing))

    async def _between_attempts(self, step: Awaitable[T2]) -> T2:
        """Run a step between attempts; a stop during it settles the operation."""
        try:
            return await step
        except _ENDED:
            await self._settle_stopped()
            raise

    async def _settle_stopped(self) -> None:
        standing = self._left_by(self.control.stop_as or OperationState.INTERRUPTED)
        await self._abandon()
        await self.plan.firmly(self.journal.settled(standing))

    async def _stopped(self, end: BaseException) -> None:
        standing = self._left_by(self._state_after(end))
        attempt = AttemptEnd(outcome_of(standing.state), decision=standing.decision)
        await self._abandon()
        await self.plan.firmly(self.journal.ended(self._number, attempt, standing))

    def _left_by(self, state: OperationState) -> StateChange:
        """Return the change of state that a stop causes."""
        standing = _STOPPED[state]
        return replace(standing, decision=self.control.stop_words or standing.decision)

    async def _abandon(self) -> None:
        ticket, self._ticket = self._ticket, None
        if self.gate is not None and ticket is not None:
            await self.plan.firmly(self.gate.abandon(ticket))

    async def _succeeded(self, result: T) -> None:
        # The work is done already when a stop comes this late.
        with contextlib.suppress(asyncio.CancelledError):
            await self.plan.firmly(self._record_success(self.describe(result)))

    async def _record_success(self, described: str | None) -> None:
        standing = StateChange(OperationState.COMPLETED, result=described)
        await self.journal.ended(self._number, AttemptEnd(AttemptOutcome.SUCCEEDED), standing)
        await self._report(None)
        if self.purse is not None:
            await self.purse.refund(self._refund)

    async def _failed(self, error: Exception) -> Decision:
        """Classify, decide, and record both before any hook is called."""
        self.config = self.plan.config()
        verdict = self.plan.judge.verdict(error)
        self._failure = verdict.failure
        if lack := self._lack():
            self._failure = replace(verdict.failure, host_fault=False, counts=False)
            verdict = replace(verdict, failure=self._failure)
        self._failures = (0 if self.journal.advanced() else self._failures) + self._failure.counts
        decision = until_back(lack, self._failure) if lack else self._decision(error, self._failure)
        try:
            return await self.plan.firmly(self._record_failure(error, verdict, decision))
        except asyncio.CancelledError:
            if self._waited is not None:
                await self._settle_stopped()
            raise

    def _decision(self, error: Exception, failure: Classification) -> Decision:
        judge, config = self.plan.judge, self.config
        return decide(
            failure,
            self._number,
            self._failures,
            judge.backoff(self._failures, self._waited, config),
            config,
            word=judge.word(error, self._failures, config),
            left_s=self._time_left(),
        )

    async def _record_failure(self, error: Exception, verdict: Assessment, decision: Decision) -> Decision:
        failure = verdict.failure
        duration_s = self.plan.clock.monotonic() - self._attempt_started
        if failure.counts:
            await self._report(failure.reason if failure.host_fault else None)
        else:  # it says nothing about the other side, neither good nor bad
            await self._abandon()
        if decision.retry and failure.counts and not await self._afford(failure):
            decision = over_budget(self.about.scope)
        wait = self._waited = decision.wait_s if decision.retry else None
        end = AttemptEnd(
            AttemptOutcome.FAILED, failure.category, verdict.words, verdict.detail, decision.words, wait, verdict.kind
        )
        if decision.retry:
            self.control.expect_wait()
        await self.journal.ended(self._number, end, self._standing_after(decision, failure))
        self._tell(AttemptFailed(self.about, self._number, duration_s, error, failure, decision))
        return decision

    async def _afford(self, failure: Classification) -> bool:
        """Return whether the retry budget can pay for another attempt."""
        if self.purse is None:
            return True
        self._refund = cost_of(failure.disposition)
        return await self.purse.spend(self.config.retry_budget, self._refund)

    async def _report(self, fault: Message | None) -> None:
        """Report the call's result to the breaker."""
        ticket, self._ticket = self._ticket, None
        if self.gate is not None and ticket is not None:
            duration_s = self.plan.clock.monotonic() - self._attempt_started
            await self.gate.record(policy_of(self.config), ticket, fault, duration_s)

    def _standing_after(self, decision: Decision, failure: Classification) -> StateChange:
        if not decision.retry:
            return StateChange(OperationState.FAILED, failure.reason, decision.words)
        retry_at = None if decision.until_back else self.plan.clock.now() + decision.wait_s
        return StateChange(OperationState.WAITING, failure.reason, decision.words, retry_at=retry_at)

    def _state_after(self, error: BaseException) -> OperationState:
        if isinstance(error, StopAskedError):
            return STOPS[CommandKind(error.asked)]
        if isinstance(error, _ENDED):
            return self.control.stop_as or OperationState.INTERRUPTED
        return OperationState.INTERRUPTED if isinstance(error, OwnershipLostError) else OperationState.FAILED

    def _tell_end(self, state: OperationState, error: BaseException | None = None) -> None:
        duration_s = self.plan.clock.monotonic() - self._started
        self._tell(OperationEnded(self.about, state, self._number, duration_s, error, self._failure))

    def _tell(self, fact: Fact) -> None:
        tell(self.plan.hooks(), fact)


def _waiting(scope: str, admission: Admission, remaining: float | None) -> StateChange:
    breaker = admission.breaker
    if remaining is None:
        return StateChange(
            OperationState.WAITING,
            message("host.isolated", host=scope),
            message("decision.wait_for_release", host=scope),
        )
    return StateChange(
        OperationState.WAITING,
        message("host.failing", host=scope, cause=breaker.last_error),
        message("decision.wait_for_host", wait_s=round(remaining), host=scope, n=breaker.failures),
        admission.retry_at,
    )
