"""While this machine is offline, failed connections do not count, and the next attempt waits."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from launcher_gui.recovery import recoverable
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory, ErrorClassifier
from launcher_gui.recovery.execution.runner import BACK_LOOK_S
from launcher_gui.recovery.hooks import AttemptFailed, Fact
from tests.support.builders.clock import FakeClock


class Network:
    """A network that returns after a number of checks.

    Args:
        gone_for: How often it is looked for in vain.
    """

    def __init__(self, gone_for: int) -> None:
        self.gone_for = gone_for
        self.asked: list[str] = []

    def __call__(self, scope: str) -> str:
        """Return the reason for being offline."""
        self.asked.append(scope)
        return "the network" if len(self.asked) <= self.gone_for else ""


def _failing(times: int, error: Callable[[], Exception] = ConnectionError) -> Callable[[], Awaitable[str]]:
    left = [error() for _ in range(times)]

    async def work() -> str:
        if left:
            raise left.pop()
        return "done"

    return work


@pytest.fixture
def clock() -> FakeClock:
    """Return a stopped clock."""
    return FakeClock()


async def test_waits_until_it_is_back(clock: FakeClock) -> None:
    """The failure uses no retry and opens no breaker, however long it lasts."""
    facts: list[Fact] = []
    network = Network(gone_for=500)
    supervise = recoverable(
        clock=clock,
        max_retries=0,
        offline_reason=network,
        hooks=(facts.append,),
        circuit_breaker_threshold=1,
        circuit_breaker_scope="shop.example",
    )
    call = supervise(_failing(1))
    assert await clock.pass_time_until(call()) == "done"
    assert clock.monotonic() == pytest.approx(500 * BACK_LOOK_S)
    assert set(network.asked) == {"shop.example"}
    (failed,) = (fact for fact in facts if isinstance(fact, AttemptFailed))
    assert str(failed.decision.words) == "waiting for the network: connection lost"
    assert not failed.failure.host_fault


async def test_failures_before_and_after_count(clock: FakeClock) -> None:
    """While online, a failure counts as usual."""
    call = recoverable(clock=clock, max_retries=0, offline_reason=lambda _scope: "")(_failing(1))
    with pytest.raises(ConnectionError):
        await call()


async def test_earlier_failures_are_not_forgotten(clock: FakeClock) -> None:
    """An outage between two failures restores no retries."""
    lacks = iter(["", "the network", "", ""])
    call = recoverable(clock=clock, max_retries=1, offline_reason=lambda _scope: next(lacks))(_failing(3))
    with pytest.raises(ConnectionError) as caught:
        await clock.pass_time_until(call())
    assert caught.value.recovery.attempts == 3  # type: ignore[attr-defined]


@pytest.mark.parametrize("error", [ValueError, MemoryError, PermissionError])
async def test_other_failures_have_nothing_to_do_with_it(clock: FakeClock, error: Callable[[], Exception]) -> None:
    """Failures that need no connection do not wait for it."""
    call = recoverable(clock=clock, offline_reason=lambda _scope: "the network")(_failing(1, error))
    with pytest.raises(error):  # type: ignore[call-overload]
        await call()


async def test_ends_with_the_time_that_is_allowed(clock: FakeClock) -> None:
    """The total time limit ends the wait."""
    call = recoverable(clock=clock, total_timeout=10, offline_reason=lambda _scope: "the network")(_failing(100))
    with pytest.raises(ConnectionError) as caught:
        await clock.pass_time_until(call())
    assert caught.value.recovery.decision.exhausted  # type: ignore[attr-defined]
    assert clock.monotonic() == pytest.approx(10)


async def test_whoever_says_so_breaks_nothing(clock: FakeClock) -> None:
    """A failing check is logged and ignored."""

    def broken(_scope: str) -> str:
        raise RuntimeError("no idea")

    call = recoverable(clock=clock, offline_reason=broken)(_failing(1))
    assert await clock.pass_time_until(call()) == "done"


def test_plain_functions_too(clock: FakeClock) -> None:
    """A synchronous function waits the same way."""
    network, left = Network(gone_for=3), [ConnectionError()]

    @recoverable(clock=clock, max_retries=0, offline_reason=network)
    def work() -> str:
        if left:
            raise left.pop()
        return "done"

    assert work() == "done"
    assert clock.slept == [BACK_LOOK_S] * 3


async def test_what_does_not_count_is_tried_again_at_once(clock: FakeClock) -> None:
    """A classifier can attribute a failure to this machine."""

    class Asleep(ErrorClassifier):
        def classify(self, error: BaseException) -> Classification:  # noqa: ARG002
            return Classification(ErrorCategory.NETWORK, Disposition.TRANSIENT, "asleep", counts=False)

    call = recoverable(clock=clock, max_retries=0, classifier=Asleep(), circuit_breaker_threshold=1)(_failing(5))
    assert await clock.pass_time_until(call()) == "done"
    assert clock.monotonic() == 0
