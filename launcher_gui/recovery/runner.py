"""The loop at the heart: attempt, classify, decide, wait. It knows neither what is called nor where it is recorded."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from launcher_gui.recovery.breaker import Admission, BreakerPolicy
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory, ErrorClassifier
from launcher_gui.recovery.clock import Clock
from launcher_gui.recovery.config import RecoveryConfig
from launcher_gui.recovery.decision import Decision, decide
from launcher_gui.recovery.exceptions import CircuitBreakerOpenError, OwnershipLostError, RecoveryTimeoutError
from launcher_gui.recovery.journal import Gate, Journal
from launcher_gui.recovery.operation import AttemptOutcome, OperationState
from launcher_gui.recovery.persistence.attempts import AttemptEnd
from launcher_gui.recovery.persistence.operations import CANCELLED, INTERRUPTED, PAUSED, Standing
from launcher_gui.recovery.strategies import BaseStrategy, ExponentialStrategy, Strategy, overrides_should_retry
from launcher_gui.recovery.tasks import firmly

BREAKER_LOOK_S = 2.0
"""How often an operation that an open breaker holds back asks again."""

T = TypeVar("T")
T2 = TypeVar("T2")

_log = logging.getLogger(__name__)

_ENDED = (asyncio.CancelledError, KeyboardInterrupt, SystemExit)
"""What ends a run without being a failure; without an event loop, Ctrl-C comes out of the function itself."""

_STOPPED: dict[OperationState, tuple[AttemptOutcome, Standing]] = {
    OperationState.PAUSED: (AttemptOutcome.PAUSED, PAUSED),
    OperationState.CANCELLED: (AttemptOutcome.CANCELLED, CANCELLED),
    OperationState.INTERRUPTED: (AttemptOutcome.INTERRUPTED, INTERRUPTED),
}


class RunControl:
    """How the rest of the process reaches into a run: stop it, or end its wait."""

    def __init__(self) -> None:
        self.stop_as: OperationState | None = None
        self._wait_ended: asyncio.Event | None = None
        self._task: asyncio.Task[object] | None = None

    def attach(self) -> None:
        """Make the present task the one that ``stop`` ends.

        Raises:
            CancelledError: If it has been called already.
        """
        self._task = asyncio.current_task()
        if self.stop_as is not None:
            raise asyncio.CancelledError

    def detach(self) -> None:
        """Let ``stop`` end nothing any more: the run is over."""
        self._task = None

    def stop(self, state: OperationState) -> None:
        """End the run in ``state`` (paused, cancelled or interrupted); what was done so far is kept."""
        if self.stop_as is None:
            self.stop_as = state
            if self._task is not None:
                self._task.cancel()

    def retry_now(self) -> bool:
        """End the present wait and return whether there was one."""
        if self._wait_ended is None or self.stop_as is not None:
            return False
        self._wait_ended.set()
        return True

    def expect_wait(self) -> None:
        """Let ``retry_now`` count from here on: others are about to read that the operation waits."""
        self._wait_ended = asyncio.Event()

    async def wait(self, seconds: float, clock: Clock) -> bool:
        """Return after ``seconds``, or sooner when ``retry_now`` is called, and whether it was."""
        ended = self._wait_ended or asyncio.Event()
        waits = [asyncio.ensure_future(clock.sleep(seconds)), asyncio.ensure_future(ended.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        return ended.is_set()

    def expect_no_wait(self) -> None:
        """Let ``retry_now`` do nothing from here on."""
        self._wait_ended = None


class Firmly(Protocol):
    """Returns what some work returns, finishing it whatever happens to the caller meanwhile."""

    def __call__(self, work: Awaitable[T2]) -> Coroutine[Any, Any, T2]:
        """Return what ``work`` returns."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a failed call's exception carries as its attribute ``recovery``.

    Attributes:
        attempts: How many attempts were made.
        decision: Why there was no further one.
    """

    attempts: int
    decision: Decision


@dataclass(slots=True)
class Run(Generic[T]):
    """One run of an operation: from a claim to an outcome.

    Attributes:
        call: Makes one attempt.
        journal: Where attempts are recorded.
        gate: The circuit breaker in front of the call, if there is one.
        scope: What the gate guards.
        config: Read anew before each decision, so that a change takes effect on work under way.
        strategy: Chooses waits; ``None`` for exponential backoff as the configuration says.
        classifier: Tells what kind of failure an exception is.
        control: How others reach into the run.
        clock: Time.
        wait_for_breaker: Whether an open breaker is waited out instead of raised.
        can_time_out: Whether an attempt can be ended from outside.
        describe: Returns the result as the JSON data that is recorded.
        firmly: Finishes what must not be cut short.
    """

    call: Callable[[], Awaitable[T]]
    journal: Journal
    gate: Gate | None
    scope: str
    config: Callable[[], RecoveryConfig]
    strategy: Strategy | None
    classifier: ErrorClassifier
    control: RunControl
    clock: Clock
    wait_for_breaker: bool = False
    can_time_out: bool = True
    describe: Callable[[T], object] = lambda _: None
    firmly: Firmly = firmly
    _failures: int = 0
    _waited: float | None = None
    _started: float = 0.0

    async def __call__(self, failed_already: Exception | None = None) -> T:
        """Return what the call returns, after as many attempts as it takes.

        Args:
            failed_already: What the first attempt raised, where it was made before anybody thought of a run.

        Raises:
            CircuitBreakerOpenError: If the breaker is open and is not to be waited out.
            OwnershipLostError: If another process has taken the operation over.
            Exception: The last attempt's own, when no further one follows.
        """
        self._started = self.clock.monotonic()
        try:
            return await self._until_done(failed_already)
        finally:
            self.control.detach()

    async def _until_done(self, failed_already: Exception | None) -> T:
        while True:
            generation, number = await self._between_attempts(self._began())
            try:
                result = await self._attempt(failed_already)
            except _ENDED:
                await self._stopped(number)
                raise
            except OwnershipLostError:
                raise
            except Exception as error:
                failed_already = None
                decision = await self._failed(error, number, generation)
                if not decision.retry:
                    self._annotate(error, number, decision)
                    raise
                await self._between_attempts(self.control.wait(decision.wait_s, self.clock))
            else:
                await self._succeeded(result, number, generation)
                return result

    async def _attempt(self, failed_already: Exception | None) -> T:
        """Make one attempt within the time that it is allowed."""
        if failed_already is not None:
            try:
                raise failed_already
            finally:
                failed_already = None  # its traceback holds this frame
        limit = self._time_allowed()
        if limit is None:
            return await self.call()
        try:
            async with asyncio.timeout(limit) as timeout:
                return await self.call()
        except TimeoutError as error:
            if timeout.expired():
                raise RecoveryTimeoutError(f"it was given up after {limit:g} s, the time allowed for it") from error
            raise

    def _time_allowed(self) -> float | None:
        config = self.config()
        limits = [config.timeout] if config.timeout else []
        if config.total_timeout:
            limits.append(max(0.0, self._time_left(config)))
        return min(limits) if limits and self.can_time_out else None

    def _time_left(self, config: RecoveryConfig) -> float:
        if not config.total_timeout:
            return math.inf
        return config.total_timeout - (self.clock.monotonic() - self._started)

    @staticmethod
    def _annotate(error: Exception, number: int, decision: Decision) -> None:
        """Let the exception tell what was tried (PEP 678), for people and for code."""
        with contextlib.suppress(Exception):  # it may refuse notes and attributes
            error.add_note(f"attempt {number}: {decision.words}")
            error.recovery = Outcome(number, decision)  # type: ignore[attr-defined]

    async def _began(self) -> tuple[int, int]:
        """Begin an attempt and return the generation of the breaker that it belongs to, and its number."""
        self.control.attach()
        generation = await self._admitted()
        self.control.expect_no_wait()
        number = await self.firmly(self.journal.began(max(0, self.config().max_retries - self._failures)))
        return generation, number

    async def _admitted(self) -> int:
        """Wait until the breaker lets a call through and return the generation that it belongs to."""
        told: float | None = None
        while self.gate is not None:
            admission = await self.gate.admit(self._breaker_policy())
            if admission.admitted:
                return admission.breaker.generation
            retry_at = admission.retry_at or self.clock.now()
            remaining = max(0.0, retry_at - self.clock.now())
            if not self.wait_for_breaker:
                held_back = CircuitBreakerOpenError(self.scope, remaining)
                standing = Standing(OperationState.FAILED, "held back", f"not tried: {held_back}")
                with contextlib.suppress(asyncio.CancelledError):  # as with a success: it has failed by then
                    await self.firmly(self.journal.settled(standing))
                raise held_back
            if retry_at != told:
                self.control.expect_wait()
                await self.journal.settled(_held_back(self.scope, admission, remaining))
                told = retry_at
            # Asked again before its time is over: a probe may have succeeded, or a person has reset the breaker.
            if await self.control.wait(min(remaining, BREAKER_LOOK_S), self.clock):
                # A person wants it tried now: theirs is the probe, and the breaker goes by what comes of it.
                return admission.breaker.generation
        return 0

    async def _between_attempts(self, step: Awaitable[T2]) -> T2:
        """Take a step during which no attempt runs; a stop there settles the operation."""
        try:
            return await step
        except _ENDED:
            await self._settle_stopped()
            raise

    async def _settle_stopped(self) -> None:
        _, standing = _STOPPED[self.control.stop_as or OperationState.INTERRUPTED]
        await self.firmly(self.journal.settled(standing))

    async def _stopped(self, number: int) -> None:
        outcome, standing = _STOPPED[self.control.stop_as or OperationState.INTERRUPTED]
        await self.firmly(self.journal.ended(number, AttemptEnd(outcome, decision=standing.decision), standing))

    async def _succeeded(self, result: T, number: int, generation: int) -> None:
        standing = Standing(OperationState.COMPLETED, result=self.describe(result))
        # A stop that comes this late finds the work done.
        with contextlib.suppress(asyncio.CancelledError):
            await self.firmly(self.journal.ended(number, AttemptEnd(AttemptOutcome.SUCCEEDED), standing))
        if self.gate is not None:
            with contextlib.suppress(asyncio.CancelledError):
                await self.firmly(self.gate.succeeded(generation))

    async def _failed(self, error: Exception, number: int, generation: int) -> Decision:
        """Classify, decide, and record both before anyone is told."""
        failure, words, detail = self._judged(error)
        self._failures = 1 if self.journal.tracker().advanced() else self._failures + 1
        config = self.config()
        backoff = self._backoff(config)
        word = self._word(error, config)
        left = self._time_left(config)
        decision = decide(failure, number, self._failures, backoff, config, word=word, left_s=left)
        self._waited = decision.wait_s
        end = AttemptEnd(
            AttemptOutcome.FAILED,
            failure.category,
            words,
            detail,
            decision.words,
            decision.wait_s if decision.retry else None,
        )
        standing = self._standing_after(decision, failure)
        if decision.retry:
            self.control.expect_wait()
        try:
            await self.firmly(self._record_failure(number, end, standing, failure, generation))
        except asyncio.CancelledError:
            if decision.retry:
                await self._settle_stopped()
            raise
        return decision

    def _judged(self, error: Exception) -> tuple[Classification, str, str]:
        """Return what is known about ``error``, what happened in words, and the technical side of it."""
        failure = self._classified(error)
        for classifier in (self.classifier, ErrorClassifier()):
            try:
                return failure, classifier.words(error, failure), classifier.detail(error)
            except Exception:  # noqa: BLE001 the same
                _log.exception("a classifier found no words for %s", type(error).__name__)
        return failure, failure.reason, ""

    def _classified(self, error: Exception) -> Classification:
        for classifier in (self.classifier, ErrorClassifier()):
            try:
                return classifier.classify(error)
            except Exception:  # noqa: BLE001 somebody's classifier must not break the bookkeeping
                _log.exception("a classifier failed at %s", type(error).__name__)
        return Classification(ErrorCategory.UNKNOWN, Disposition.TRANSIENT, "unknown")

    async def _record_failure(
        self, number: int, end: AttemptEnd, standing: Standing, failure: Classification, generation: int
    ) -> None:
        await self._tell_gate(failure, generation)
        await self.journal.ended(number, end, standing)

    async def _tell_gate(self, failure: Classification, generation: int) -> None:
        if self.gate is None:
            return
        if failure.host_fault:
            await self.gate.failed(self._breaker_policy(), generation, failure.reason)
        else:
            await self.gate.succeeded(generation)

    def _standing_after(self, decision: Decision, failure: Classification) -> Standing:
        if not decision.retry:
            return Standing(OperationState.FAILED, failure.reason, decision.words)
        return Standing(
            OperationState.WAITING, failure.reason, decision.words, retry_at=self.clock.now() + decision.wait_s
        )

    def _backoff(self, config: RecoveryConfig) -> float:
        """Return the wait that the strategy chooses; one that fails must not take the operation with it."""
        if self.strategy is not None:
            try:
                if isinstance(self.strategy, BaseStrategy):
                    return float(self.strategy.next_delay(self._failures, self._waited))
                return float(self.strategy.delay(self._failures))
            except Exception:  # noqa: BLE001 the same
                _log.exception("a strategy failed; waiting as the configuration says instead")
        return ExponentialStrategy(config.initial_delay, config.backoff_factor, config.max_delay, config.jitter).delay(
            self._failures
        )

    def _word(self, error: Exception, config: RecoveryConfig) -> bool | None:
        """Return what a strategy that decides for itself says, ``None`` where it leaves that to the classifier."""
        if not overrides_should_retry(self.strategy):
            return None
        try:
            return bool(self.strategy.should_retry(error, self._failures, config.max_retries + 1))  # type: ignore[union-attr]
        except Exception:  # noqa: BLE001 the same
            _log.exception("a strategy failed; the classifier decides instead")
            return None

    def _breaker_policy(self) -> BreakerPolicy:
        config = self.config()
        return BreakerPolicy(config.circuit_breaker_threshold, config.circuit_breaker_timeout)


def _held_back(scope: str, admission: Admission, remaining: float) -> Standing:
    breaker = admission.breaker
    return Standing(
        OperationState.WAITING,
        f"{scope} is failing: {breaker.last_error}",
        f"waiting {remaining:.0f} s: {scope} failed {breaker.failures} times in a row",
        admission.retry_at,
    )
