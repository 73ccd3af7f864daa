"""Configuration of a process: ``update_config``, the environment, and the switch that disables recovery."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from launcher_gui.recovery import InvalidInputError, ProgressTracker, recoverable
from launcher_gui.recovery.config import RecoveryConfig
from launcher_gui.recovery.integration import RecoveryIntegrator, get_recovery_integrator
from launcher_gui.recovery.strategies import FixedStrategy
from tests.support.builders.clock import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    """Return a stopped clock."""
    return FakeClock()


def test_there_is_one_integrator() -> None:
    """A process has one integrator."""
    assert get_recovery_integrator() is get_recovery_integrator()


async def test_an_update_reaches_work_under_way(integrator: RecoveryIntegrator, clock: FakeClock) -> None:
    """A running operation follows an update at its next decision."""
    calls: list[float] = []

    @recoverable(clock=clock, strategy=FixedStrategy(1))
    async def work() -> None:
        calls.append(clock.monotonic())
        raise ConnectionError

    integrator.update_config({"max_retries": 100})
    running = asyncio.ensure_future(work())
    for _ in range(5):
        await clock.advance(await clock.asleep())
    integrator.update_config({"max_retries": 7})
    with pytest.raises(ConnectionError):
        await clock.pass_time_until(running)
    assert len(calls) == 8


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"max_retries": 5, "initial_delay": -1}, "initial_delay"),
        ({"max_retries": 5, "max_retrys": 1}, "max_retrys"),
        ({"max_retries": 5, "backoff_factor": "2"}, "backoff_factor"),
        ({"max_retries": 5, "enabled": 1}, "enabled"),
        ({"max_retries": 5, "max_delay": float("nan")}, "max_delay"),
    ],
)
def test_nothing_is_half_applied(changes: dict[str, Any], named: str, integrator: RecoveryIntegrator) -> None:
    """One invalid value refuses all, naming the field and its range."""
    before, version = integrator.config(), integrator.version
    with pytest.raises(InvalidInputError, match=named) as caught:
        integrator.update_config(changes)
    assert "Use " in str(caught.value)
    assert (integrator.config(), integrator.version) == (before, version)


def test_the_order_of_precedence(integrator: RecoveryIntegrator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Precedence is environment, update, default."""
    monkeypatch.setenv("RECOVERY_MAX_RETRIES", "9")
    config = integrator.update_config({"max_retries": 1, "initial_delay": 4.0})
    assert config == RecoveryConfig(max_retries=9, initial_delay=4.0)
    monkeypatch.delenv("RECOVERY_MAX_RETRIES")
    assert integrator.config() == RecoveryConfig(max_retries=1, initial_delay=4.0)
    integrator.reset()
    assert integrator.config() == RecoveryConfig()


async def test_a_timeout_set_later_counts(integrator: RecoveryIntegrator) -> None:
    """A timeout set later applies from the next call."""

    @recoverable(max_retries=0)
    async def work() -> None:
        await asyncio.sleep(0 if integrator.version == before else 60)

    before = integrator.version
    await work()
    integrator.update_config({"timeout": 0.01})
    with pytest.raises(TimeoutError, match=r"0\.01 s"):
        await work()


@pytest.mark.parametrize("how", ["environment", "update"])
async def test_switched_off(
    how: str, integrator: RecoveryIntegrator, monkeypatch: pytest.MonkeyPatch, clock: FakeClock
) -> None:
    """Disabled recovery makes one attempt, keeps the error, and still passes a tracker."""
    if how == "environment":
        monkeypatch.setenv("RECOVERY_ENABLED", "false")
    calls: list[str] = []

    @recoverable(clock=clock)
    async def work() -> None:
        calls.append("async")
        raise ConnectionError

    @recoverable(clock=clock)
    def plain(progress_tracker: ProgressTracker) -> None:
        progress_tracker.update(1, 2)
        calls.append("plain")
        raise ConnectionError

    if how == "update":
        integrator.update_config({"enabled": False})
    with pytest.raises(ConnectionError) as caught:
        await work()
    assert not hasattr(caught.value, "__notes__")
    with pytest.raises(ConnectionError):
        plain()  # type: ignore[call-arg]
    assert (calls, clock.slept) == (["async", "plain"], [])


async def test_switched_on_again(integrator: RecoveryIntegrator, clock: FakeClock) -> None:
    """The switch applies from the next call, both ways."""
    integrator.update_config({"enabled": False})
    errors = [ConnectionError()]

    @recoverable(clock=clock)
    async def work() -> str:
        if errors:
            raise errors.pop()
        return "done"

    integrator.update_config({"enabled": True})
    assert await clock.pass_time_until(work()) == "done"


def test_a_variable_of_nonsense_is_told_where_a_function_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """One clear error names the variable, its value and what is allowed."""
    monkeypatch.setenv("RECOVERY_MAX_RETRIES", "three")
    with pytest.raises(InvalidInputError, match="RECOVERY_MAX_RETRIES 'three' is not a whole number"):
        recoverable(lambda: None)


async def test_an_attempt_has_its_time(clock: FakeClock) -> None:
    """A timed-out attempt is retried, and the error names the limit."""
    calls: list[int] = []

    @recoverable(timeout=0.02, clock=clock, max_retries=1, strategy=FixedStrategy(0))
    async def work() -> str:
        calls.append(1)
        await asyncio.sleep(0 if len(calls) == 2 else 60)
        return "done"

    assert await work() == "done"
    assert len(calls) == 2


async def test_a_function_s_own_timeout_is_its_own() -> None:
    """A TimeoutError raised by the function passes unchanged."""
    error = TimeoutError("its own")

    @recoverable(timeout=60.0, max_retries=0)
    async def work() -> None:
        raise error

    with pytest.raises(TimeoutError) as caught:
        await work()
    assert caught.value is error


async def test_all_attempts_together_have_their_time(clock: FakeClock) -> None:
    """Neither an attempt nor a wait exceeds the total time limit."""

    @recoverable(total_timeout=0.02, clock=clock, max_retries=9)
    async def endless() -> None:
        await asyncio.sleep(60)

    with pytest.raises(TimeoutError, match=r"0\.02 s"):
        await endless()

    @recoverable(total_timeout=10.0, clock=clock, max_retries=99, strategy=FixedStrategy(3))
    async def failing() -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError) as caught:
        await clock.pass_time_until(failing())
    assert clock.slept == [3, 3, 3]
    assert "would exceed the total time limit" in caught.value.__notes__[0]
