"""``@recoverable`` without a store: attempts, waits, decisions and breakers, on a test clock."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from launcher_gui.recovery import (
    CircuitBreakerOpenError,
    InvalidInputError,
    ProgressTracker,
    RecoveryConfig,
    RecoveryTimeoutError,
    recoverable,
    recovery_of,
)
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory, ErrorClassifier
from tests.support.builders.clock import FakeClock, settle

Call = Callable[[], Awaitable[str]]


class Script:
    """A function that follows steps: raises exceptions, returns other values."""

    def __init__(self, *steps: object) -> None:
        self.steps = list(steps)
        self.calls = 0

    async def __call__(self) -> object:
        """Take the next step, and repeat the last one."""
        step = self.steps[min(self.calls, len(self.steps) - 1)]
        self.calls += 1
        await asyncio.sleep(0)
        if isinstance(step, BaseException):
            raise step
        return step


class FixedStrategy:
    """Waits a second longer after each attempt."""

    def delay(self, attempt: int) -> float:
        """Return the number of failed attempts in seconds."""
        return float(attempt)


class AskingClassifier(ErrorClassifier):
    """Treats every failure as a request to wait."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def classify(self, error: BaseException) -> Classification:  # noqa: ARG002 every error is the same to it
        """Return a server's request to wait."""
        return Classification(
            ErrorCategory.THROTTLED, Disposition.THROTTLED, "too many requests", retry_after_s=self.seconds
        )


@pytest.fixture
def clock() -> FakeClock:
    """Return a stopped clock."""
    return FakeClock()


def supervised(script: Script, clock: FakeClock, **options: Any) -> Call:
    """Return ``script`` under supervision, waiting 1 s, 2 s, 3 s … by default."""

    async def work() -> Any:
        return await script()

    return recoverable(clock=clock, **{"strategy": FixedStrategy(), **options})(work)


async def test_success_at_first_costs_no_wait(clock: FakeClock) -> None:
    """A success is called once and returned."""
    script = Script("done")
    assert await supervised(script, clock)() == "done"
    assert (script.calls, clock.slept) == (1, [])


async def test_a_failure_is_tried_again_after_its_wait(clock: FakeClock) -> None:
    """A transient failure is followed by a wait and another attempt."""
    script = Script(ConnectionError(), TimeoutError(), "done")
    assert await clock.pass_time_until(supervised(script, clock)()) == "done"
    assert clock.slept == [1.0, 2.0]


@pytest.mark.parametrize("retries", [0, 1, 3, 10])
async def test_retries_come_on_top_of_the_first_attempt(retries: int, clock: FakeClock) -> None:
    """max_retries=3 allows four attempts, then the original exception with a note."""
    error = ConnectionError("connection lost for good")
    script = Script(error)
    with pytest.raises(ConnectionError) as caught:
        await clock.pass_time_until(supervised(script, clock, max_retries=retries)())
    assert caught.value is error
    assert script.calls == retries + 1
    assert len(clock.slept) == retries
    (note,) = error.__notes__
    assert note.startswith(f"attempt {retries + 1}: ")


async def test_a_permanent_failure_is_not_tried_again(clock: FakeClock) -> None:
    """A permanent failure is raised at once."""
    script = Script(ValueError("not a URL"))
    with pytest.raises(ValueError, match="not a URL") as caught:
        await supervised(script, clock)()
    assert script.calls == 1
    assert caught.value.__notes__ == ["attempt 1: not retried: ValueError"]


@pytest.mark.parametrize("kind", [asyncio.CancelledError, GeneratorExit])
async def test_cancellation_passes_through(kind: type[BaseException], clock: FakeClock) -> None:
    """Cancellation and exit are not failed attempts."""
    script = Script(kind())
    with pytest.raises(kind):
        await supervised(script, clock)()
    assert script.calls == 1


async def test_cancelling_during_a_wait_ends_it(clock: FakeClock) -> None:
    """Cancelling ends the wait for the next attempt."""
    script = Script(ConnectionError())
    task = asyncio.ensure_future(supervised(script, clock)())
    await clock.asleep()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await clock.advance(100)
    assert script.calls == 1


async def test_waits_are_drawn_from_exponential_backoff_by_default(clock: FakeClock) -> None:
    """The default strategy waits between half its ceiling and the ceiling."""
    call = supervised(Script(ConnectionError()), clock, strategy=None, max_retries=8)
    with pytest.raises(ConnectionError):
        await clock.pass_time_until(call())
    for wait, ceiling in zip(clock.slept, [1, 2, 4, 8, 16, 32, 60, 60], strict=True):
        assert ceiling / 2 <= wait <= ceiling


async def test_what_the_server_asks_for_is_waited(clock: FakeClock) -> None:
    """A Retry-After within the limit replaces the strategy's wait."""
    call = supervised(Script(OSError(), "done"), clock, classifier=AskingClassifier(90))
    assert await clock.pass_time_until(call()) == "done"
    assert clock.slept == [90]


async def test_a_wait_beyond_the_limit_ends_the_operation(clock: FakeClock) -> None:
    """A Retry-After of a day ends the operation."""
    call = supervised(Script(OSError("busy")), clock, classifier=AskingClassifier(86_400))
    with pytest.raises(OSError, match="busy") as caught:
        await call()
    assert "the server asked to wait 1 d 00 h" in caught.value.__notes__[0]


async def test_progress_resets_the_retry_budget(clock: FakeClock) -> None:
    """Only attempts without progress use up retries."""
    reached = [10, 20, 20, 30, 30, 15, 30]
    calls = 0

    @recoverable(max_retries=2, strategy=FixedStrategy(), clock=clock)
    async def work(progress_tracker: ProgressTracker) -> None:
        nonlocal calls
        done = reached[min(calls, len(reached) - 1)]
        calls += 1
        progress_tracker.update(done, 100)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await clock.pass_time_until(work())  # type: ignore[call-arg]
    # Further at 10, 20 and 30; the two retries after 30 bring nothing new.
    assert calls == 6
    assert clock.slept == [1, 1, 2, 1, 2]


async def test_a_configuration_change_takes_effect_on_the_next_decision(clock: FakeClock) -> None:
    """Running work follows the configuration at its next decision."""
    current = RecoveryConfig(max_retries=10)
    script = Script(ConnectionError())
    task = asyncio.ensure_future(supervised(script, clock, config=lambda: current)())
    for _ in range(2):
        await clock.advance(await clock.asleep())
    current = RecoveryConfig(max_retries=1)
    with pytest.raises(ConnectionError):
        await clock.pass_time_until(task)
    assert script.calls == 4


class Broken:
    """Fails at every call."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(f"{name} is broken")


@pytest.mark.parametrize("option", ["classifier", "strategy"])
async def test_a_broken_helper_does_not_break_the_operation(option: str, clock: FakeClock) -> None:
    """A custom classifier or strategy that raises is logged and skipped."""
    script = Script(ConnectionError(), "done")
    call = supervised(script, clock, **{option: Broken()})
    assert await clock.pass_time_until(call()) == "done"


async def test_the_breaker_opens_and_refuses(clock: FakeClock) -> None:
    """After the threshold calls are refused without a call, with the remaining time."""
    script = Script(ConnectionError())
    call = supervised(script, clock, max_retries=0, circuit_breaker_threshold=3, circuit_breaker_timeout=60.0)
    for _ in range(3):
        with pytest.raises(ConnectionError):
            await call()
    await clock.advance(20)
    with pytest.raises(CircuitBreakerOpenError) as caught:
        await call()
    assert caught.value.remaining_s == pytest.approx(40)
    assert script.calls == 3


async def test_the_breaker_closes_when_the_probe_succeeds(clock: FakeClock) -> None:
    """After the pause one call goes through, and its success admits the others."""
    script = Script(ConnectionError(), ConnectionError(), "done")
    call = supervised(script, clock, max_retries=0, circuit_breaker_threshold=2, circuit_breaker_timeout=60.0)
    for _ in range(2):
        with pytest.raises(ConnectionError):
            await call()
    await clock.advance(60)
    assert [await call(), await call()] == ["done", "done"]


async def test_errors_that_are_not_the_host_s_fault_leave_the_breaker_closed(clock: FakeClock) -> None:
    """A local full disk does not count against the server."""
    script = Script(ValueError("no"))
    call = supervised(script, clock, circuit_breaker_threshold=1)
    for _ in range(3):
        with pytest.raises(ValueError, match="no"):
            await call()
    assert script.calls == 3


async def test_waiting_for_the_breaker_is_no_attempt(clock: FakeClock) -> None:
    """With wait_for_breaker the pause uses up no retries."""
    script = Script(ConnectionError(), ConnectionError(), "done")
    call = supervised(
        script,
        clock,
        max_retries=2,
        circuit_breaker_threshold=2,
        circuit_breaker_timeout=60.0,
        wait_for_breaker=True,
    )
    began = clock.monotonic()
    assert await clock.pass_time_until(call()) == "done"
    assert script.calls == 3
    assert clock.monotonic() - began >= 60


async def test_scopes_have_breakers_of_their_own(clock: FakeClock) -> None:
    """With a scope from the arguments one host can fail without another."""

    @recoverable(
        clock=clock,
        max_retries=0,
        circuit_breaker_threshold=1,
        circuit_breaker_scope=lambda host: host,
    )
    async def ask(host: str) -> str:
        if host == "bad":
            raise ConnectionError
        return host

    with pytest.raises(ConnectionError):
        await ask("bad")
    with pytest.raises(CircuitBreakerOpenError, match="bad"):
        await ask("bad")
    assert await ask("good") == "good"


async def test_simultaneous_calls_share_no_state(clock: FakeClock) -> None:
    """Hundreds of calls with different failures get their own results."""
    source = random.Random(7)
    failures = {n: source.randrange(4) for n in range(500)}
    made = dict.fromkeys(failures, 0)

    @recoverable(max_retries=3, strategy=FixedStrategy(), clock=clock)
    async def work(number: int, progress_tracker: ProgressTracker) -> int:
        made[number] += 1
        assert progress_tracker.latest.done == 0
        progress_tracker.update(0, number)
        await clock.sleep(source.random())
        assert progress_tracker.latest.total == number
        if made[number] <= failures[number]:
            raise ConnectionError(number)
        return number

    calls = [work(n) for n in failures]  # type: ignore[call-arg]
    assert await clock.pass_time_until(asyncio.gather(*calls)) == list(failures)
    assert made == {n: count + 1 for n, count in failures.items()}


async def test_the_function_keeps_its_name_and_words() -> None:
    """A decorated function keeps its name and docstring."""

    @recoverable
    async def fetch(url: str) -> str:
        """Fetch it."""
        return url

    assert (fetch.__name__, fetch.__doc__) == ("fetch", "Fetch it.")
    assert recovery_of(fetch).name.endswith(".fetch")
    assert await fetch("x") == "x"
    assert await fetch(url="x") == "x"


def test_what_cannot_be_supervised_is_refused() -> None:
    """A non-function or an unknown option is a TypeError at the definition."""
    for wrong in (3, Script):
        with pytest.raises(TypeError, match="supervises functions"):
            recoverable(wrong)  # type: ignore[type-var]
    with pytest.raises(TypeError, match="max_retrys"):
        recoverable(max_retrys=3)  # type: ignore[call-overload]


async def test_the_fake_clock_wakes_sleepers_in_order() -> None:
    """The test clock wakes sleepers in order and on time."""
    clock, woken = FakeClock(1_000.0), []

    async def sleeper(seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append((seconds, clock.monotonic()))
        if seconds == 2:
            await clock.sleep(1.5)
            woken.append((1.5, clock.monotonic()))

    tasks = [asyncio.ensure_future(sleeper(s)) for s in (5, 2, 3, 0)]
    await settle()
    assert await clock.asleep() == 2
    await clock.advance(4)
    assert woken == [(0, 0.0), (2, 2.0), (3, 3.0), (1.5, 3.5)]
    assert clock.now() == 1_004.0
    await clock.advance(1)
    await asyncio.gather(*tasks)
    assert woken[-1] == (5, 5.0)


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("max_retries", -1, "max_retries -1 is out of range. Use a whole number from 0 to 1,000,000."),
        ("initial_delay", float("nan"), "initial_delay nan is out of range. Use a number from 0 to 86,400 seconds."),
        (
            "circuit_breaker_failure_rate",
            1.5,
            "circuit_breaker_failure_rate 1.5 is out of range. Use a number from 0 to 1.",
        ),
        ("circuit_breaker_probes", 0, "circuit_breaker_probes 0 is out of range. Use a whole number from 1 to 1,000."),
        ("retry_budget", "many", "retry_budget 'many' is not a whole number. Use a whole number from 0 to 1,000,000."),
        ("hooks", (3,), "hooks 3 cannot be called. Use functions that take one fact."),
        (
            "circuit_breaker_excluded",
            (3,),
            "circuit_breaker_excluded 3 is not an exception class. Use a tuple of exception classes.",
        ),
    ],
)
def test_a_wrong_option_is_told_where_it_stands(option: str, value: Any, words: str) -> None:
    """The error names the option, its value and the allowed values."""
    with pytest.raises(InvalidInputError) as refused:
        recoverable(**{option: value})(lambda: None)
    assert str(refused.value) == words


async def test_a_limit_that_changes_during_a_wait_counts_for_the_next_attempt(clock: FakeClock) -> None:
    """The next attempt uses the current timeout."""
    config = RecoveryConfig(timeout=60.0, initial_delay=10.0)
    outcomes: list[str] = ["fail", "hang"]

    @recoverable(clock=clock, config=lambda: config, max_retries=1)
    async def work() -> None:
        if outcomes.pop(0) == "fail":
            raise ConnectionError
        await asyncio.Event().wait()

    call = asyncio.ensure_future(work())
    await clock.asleep()
    config = RecoveryConfig(timeout=0.01, initial_delay=10.0)
    await clock.advance(10)
    with pytest.raises(RecoveryTimeoutError, match=r"after 0\.01 s"):
        await asyncio.wait_for(call, 10)
