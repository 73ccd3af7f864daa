"""``@recoverable`` on synchronous functions, on methods, and on what it refuses; without a store."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import gc
import sys
import threading
import weakref
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from launcher_gui.recovery import CircuitBreakerOpenError, ProgressTracker, recoverable, recovery_of
from launcher_gui.recovery.execution.sync import complete
from launcher_gui.recovery.strategies import FixedStrategy, LinearStrategy
from tests.support.builders.clock import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock that only a blocking sleep advances."""
    return FakeClock()


def failing(times: int, clock: FakeClock, **options: Any) -> Callable[[], str]:
    """Return a function that fails that often, and waits 1 s, 2 s, 3 s … between its attempts."""
    left = [ConnectionError("lost") for _ in range(times)]

    @recoverable(**{"clock": clock, "strategy": LinearStrategy(), **options})
    def work() -> str:
        if left:
            raise left.pop()
        return "done"

    return work


def test_a_plain_function_is_tried_again(clock: FakeClock) -> None:
    """It waits with the clock's blocking sleep, without real time."""
    assert failing(3, clock)() == "done"
    assert clock.slept == [1.0, 2.0, 3.0]


def test_a_plain_function_gives_up_with_its_own_error(clock: FakeClock) -> None:
    """The function's own exception is raised, with a note on the decision."""
    with pytest.raises(ConnectionError, match="lost") as caught:
        failing(9, clock, max_retries=2)()
    assert caught.value.__notes__ == ["attempt 3: gave up after 3 attempts: no progress in the last 3"]
    outcome = caught.value.recovery  # type: ignore[attr-defined]
    assert (outcome.attempts, outcome.decision.retry) == (3, False)
    assert caught.value.__context__ is None


def test_the_total_time_ends_retries(clock: FakeClock) -> None:
    """A wait beyond the total time limit does not begin."""
    with pytest.raises(ConnectionError) as caught:
        failing(99, clock, max_retries=50, total_timeout=5.0)()
    assert clock.slept == [1.0, 2.0]
    assert "would exceed the total time limit" in caught.value.__notes__[0]


def test_a_plain_function_cannot_be_timed_out() -> None:
    """A timeout is refused, since a thread cannot be stopped from outside."""
    with pytest.raises(TypeError, match="is not async"):
        failing(0, FakeClock(), timeout=1.0)


def test_a_plain_function_s_breaker_opens(clock: FakeClock) -> None:
    """An open breaker refuses it like an async function."""
    work = failing(2, clock, max_retries=0, circuit_breaker_threshold=2)
    for _ in range(2):
        with pytest.raises(ConnectionError):
            work()
    with pytest.raises(CircuitBreakerOpenError):
        work()
    clock.sleep_blocking(60)
    assert work() == "done"


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
def test_cancellation_passes_through(kind: type[BaseException], clock: FakeClock) -> None:
    """Ctrl-C is not a failed attempt."""
    calls: list[int] = []

    @recoverable(clock=clock)
    def work() -> None:
        calls.append(1)
        raise kind

    with pytest.raises(kind):
        work()
    assert calls == [1]


def test_progress_is_given_to_a_plain_function(clock: FakeClock) -> None:
    """Progress resets the count of retries here too."""
    reached: list[int] = []

    @recoverable(clock=clock, max_retries=1, strategy=FixedStrategy(1))
    def work(progress_tracker: ProgressTracker) -> str:
        reached.append(progress_tracker.latest.done)
        if len(reached) > 5:
            return "done"
        progress_tracker.update(len(reached), 6)
        raise ConnectionError

    assert work() == "done"  # type: ignore[call-arg]
    assert reached == [0, 1, 2, 3, 4, 5]


def test_threads_share_no_state(clock: FakeClock) -> None:
    """Concurrent calls from threads get their own attempts and results."""
    made: dict[int, int] = {}

    @recoverable(clock=clock, max_retries=3, strategy=FixedStrategy(0.01))
    def work(number: int) -> int:
        made[number] = made.get(number, 0) + 1
        if made[number] <= number % 4:
            raise ConnectionError(number)
        return number

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(16) as threads:
            results = list(threads.map(work, range(1_000)))
    finally:
        sys.setswitchinterval(before)
    assert results == list(range(1_000))
    assert made == {number: number % 4 + 1 for number in range(1_000)}


def test_a_breaker_counts_every_thread_s_failure(clock: FakeClock) -> None:
    """No failure is lost between two threads."""
    together = threading.Barrier(8)

    @recoverable(clock=clock, max_retries=0, circuit_breaker_threshold=8)
    def work() -> None:
        together.wait()
        raise ConnectionError

    with ThreadPoolExecutor(8) as threads:
        for failed in [threads.submit(work) for _ in range(8)]:
            assert isinstance(failed.exception(), ConnectionError)
    with pytest.raises(CircuitBreakerOpenError):
        work()


class Client:
    """Has synchronous and async methods."""

    def __init__(self) -> None:
        self.errors: list[Exception] = [ConnectionError(), TimeoutError()]

    @recoverable(strategy=FixedStrategy(0))
    def fetch(self, name: str) -> str:
        """Return the name after some failures."""
        if self.errors:
            raise self.errors.pop()
        return name

    @recoverable(strategy=FixedStrategy(0))
    async def fetch_async(self, name: str) -> str:
        """Return the name after some failures."""
        if self.errors:
            raise self.errors.pop()
        return name

    @staticmethod
    @recoverable
    def double(number: int) -> int:
        """Return twice the number."""
        return 2 * number

    @classmethod
    @recoverable
    def called(cls) -> str:
        """Return the class's name."""
        return cls.__name__


async def test_methods_are_supervised() -> None:
    """Methods of all kinds work and keep their names."""
    assert Client().fetch("a") == "a"
    assert await Client().fetch_async("b") == "b"
    assert (Client.double(4), Client().double(5), Client.called()) == (8, 10, "Client")
    assert Client.fetch.__name__ == "fetch"
    assert recovery_of(Client.fetch).name.endswith("Client.fetch")


async def test_callable_objects_are_supervised() -> None:
    """Partials and callable objects are supported, async ones included."""

    class Later:
        async def __call__(self) -> int:
            return 7

    later = recoverable(Later())
    assert await later() == 7
    assert recovery_of(later).name.endswith("Later")
    assert recoverable(functools.partial(int, base=2))("101") == 5


def test_generators_are_refused() -> None:
    """Generators of both kinds are refused, since yielded values cannot be undone."""

    def items() -> Iterator[int]:
        yield 1

    async def async_items() -> AsyncIterator[int]:
        yield 1

    for generator in (items, async_items):
        with pytest.raises(TypeError, match="is a generator: what it has yielded cannot be taken back"):
            recoverable(generator)


def test_an_unsupervised_function_has_no_recovery() -> None:
    """Asking an undecorated function for its recovery is one clear error."""
    with pytest.raises(TypeError, match="is not supervised"):
        recovery_of(print)


def test_a_failed_call_keeps_nothing_alive(clock: FakeClock) -> None:
    """After its exception is released, so are the call's arguments, without the collector."""

    class Big:
        pass

    @recoverable(clock=clock, max_retries=1)
    def work(_: Big) -> None:
        raise ConnectionError

    def fail() -> weakref.ref[Big]:
        big = Big()
        with contextlib.suppress(ConnectionError):
            work(big)
        return weakref.ref(big)

    gc.disable()
    try:
        assert fail()() is None
    finally:
        gc.enable()


def test_a_blocking_run_that_waits_for_a_loop_is_a_bug() -> None:
    """The runner raises an error instead of hanging."""
    with pytest.raises(RuntimeError, match="waited for an event loop"):
        complete(asyncio.sleep(0))
