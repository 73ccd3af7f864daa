"""Hooks and the log get each event in order, once, and cannot break a call."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from launcher_gui.recovery import (
    CircuitBreakerOpenError,
    MemoryPersistence,
    ProgressTracker,
    RecoveryExhaustedError,
    recoverable,
)
from launcher_gui.recovery.hooks import (
    AttemptFailed,
    BreakerMoved,
    Fact,
    OperationEnded,
    OperationStarted,
    ProgressMade,
)
from launcher_gui.recovery.integration import get_recovery_integrator
from launcher_gui.recovery.operation import OperationState
from launcher_gui.recovery.rules.breaker import BreakerState
from launcher_gui.text.message import message
from tests.support.builders.clock import FakeClock


@pytest.fixture(autouse=True)
def _afresh() -> Iterator[None]:
    """Undo what a test sets for the process."""
    yield
    get_recovery_integrator().reset()


def kinds(told: list[Fact]) -> list[str]:
    """Return the names of the facts."""
    return [type(fact).__name__ for fact in told]


async def test_a_call_is_reported_from_beginning_to_end() -> None:
    """A call with one failure reports start, failure and end, with one id and durations."""
    clock, told = FakeClock(), list[Fact]()
    errors: list[Exception] = [ConnectionResetError()]

    @recoverable(clock=clock, hooks=(told.append,), initial_delay=8.0, name="work")
    async def work() -> str:
        await clock.sleep(2)
        if errors:
            raise errors.pop()
        return "done"

    await clock.pass_time_until(work())
    started, failed, ended = told
    assert isinstance(started, OperationStarted)
    assert (started.call.function, started.call.scope, started.call.parent_id) == ("work", "work", None)
    assert isinstance(failed, AttemptFailed)
    assert (failed.number, failed.duration_s, failed.decision.retry) == (1, 2.0, True)
    assert 4 <= failed.decision.wait_s <= 8
    assert isinstance(failed.error, ConnectionResetError)
    assert isinstance(ended, OperationEnded)
    assert (ended.state, ended.attempts, ended.error, ended.failure) == (OperationState.COMPLETED, 2, None, None)
    assert ended.duration_s == pytest.approx(4 + failed.decision.wait_s)
    assert {fact.call for fact in (started, failed, ended)} == {started.call}
    assert len(started.call.operation_id) == 16


@pytest.mark.parametrize("recorded", [True, False])
def test_a_call_that_is_not_async_is_told_the_same(*, recorded: bool) -> None:
    """The same for synchronous calls, with and without a store."""
    told = list[Fact]()
    store = MemoryPersistence() if recorded else None

    @recoverable(clock=FakeClock(), hooks=(told.append,), max_retries=1, persistence=store)
    def work() -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError) as raised:
        work()
    assert kinds(told) == ["OperationStarted", "AttemptFailed", "AttemptFailed", "OperationEnded"]
    last, ended = told[-2:]
    assert isinstance(last, AttemptFailed)
    assert isinstance(ended, OperationEnded)
    assert (last.decision.retry, last.decision.exhausted) == (False, True)
    assert (ended.state, ended.attempts, ended.error) == (OperationState.FAILED, 2, raised.value)
    assert ended.failure == last.failure
    if store is not None:
        store.close_blocking()


def test_progress_is_told_a_few_times_a_second() -> None:
    """A thousand updates in a second make four or five reports, the first at once."""
    clock, told = FakeClock(), list[Fact]()

    @recoverable(clock=clock, hooks=(told.append,))
    def work(progress_tracker: ProgressTracker) -> float | None:
        for number in range(1000):
            progress_tracker.update(number, 1000)
            clock.sleep_blocking(0.001)
        return progress_tracker.rate

    assert work() == pytest.approx(1000, rel=0.01)  # type: ignore[call-arg]
    progress = [fact.progress.done for fact in told if isinstance(fact, ProgressMade)]
    assert progress[0] == 0
    assert len(progress) in {4, 5}


def test_a_rate_is_measured_within_a_phase() -> None:
    """A rate needs two reports and restarts with a new phase."""
    clock = FakeClock()
    tracker, rates = ProgressTracker(clock), list[float | None]()
    rates.append(tracker.rate)
    tracker.update(500, 1000)
    rates.append(tracker.rate)
    clock.sleep_blocking(2)
    tracker.update(700)
    rates.append(tracker.rate)
    tracker.enter("verifying", 0, 1000)
    clock.sleep_blocking(1)
    tracker.update(400)
    assert [*rates, tracker.rate] == [None, None, 100, 400]


def test_hooks_of_the_process_are_told_of_plain_calls_too() -> None:
    """A new hook applies from the next call, also to existing functions."""
    told = list[Fact]()

    @recoverable
    def work() -> None: ...

    work()
    integrator = get_recovery_integrator()
    hook = told.append
    integrator.add_hook(hook)
    work()
    assert kinds(told) == ["OperationStarted", "OperationEnded"]
    integrator.remove_hook(hook)
    work()
    assert len(told) == 2


def test_a_hook_that_fails_breaks_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """The call succeeds, the other hook gets everything, and the failure is logged once."""
    told = list[Fact]()

    def broken(_: Fact) -> None:
        raise RuntimeError("no more listening")

    @recoverable(hooks=(broken, told.append))
    def work() -> str:
        return "done"

    assert [work(), work()] == ["done", "done"]
    assert kinds(told) == ["OperationStarted", "OperationEnded"] * 2
    assert caplog.text.count("broken failed at OperationStarted") == 1


async def test_the_log_has_structured_fields(caplog: pytest.LogCaptureFixture) -> None:
    """Records have operation, duration and outcome as fields, and no exception text."""
    clock = FakeClock()

    @recoverable(clock=clock, max_retries=1, initial_delay=4.0, name="work", circuit_breaker_threshold=2)
    async def work() -> None:
        await clock.sleep(3)
        raise ConnectionError("https://user:secret@example.org")

    with caplog.at_level(logging.DEBUG, logger="launcher_gui.recovery.operations"), pytest.raises(ConnectionError):
        await clock.pass_time_until(work())
    records: list[Any] = [r for r in caplog.records if r.name == "launcher_gui.recovery.operations"]
    told = [(r.levelname, r.outcome) for r in records]
    assert told == [
        ("DEBUG", "started"),
        ("WARNING", "retrying"),
        ("WARNING", "open"),
        ("WARNING", "failed"),
        ("INFO", "failed"),
    ]
    retrying, failed, ended = records[1], records[3], records[4]
    assert retrying.operation_id == failed.operation_id == ended.operation_id
    assert (retrying.attempt, retrying.duration, retrying.category) == (1, 3.0, "network")
    assert 2 <= retrying.wait <= 4
    assert failed.decision.startswith("gave up after 2 attempts")
    assert failed.duration == pytest.approx(3.0)
    assert (ended.attempt, ended.function) == (2, "work")
    assert "secret" not in caplog.text


def test_a_success_at_once_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    """An immediate success is not logged, to save time."""

    @recoverable
    def work() -> None: ...

    with caplog.at_level(logging.DEBUG):
        work()
    assert caplog.records == []


@pytest.mark.parametrize(
    ("error", "options", "wrapped"),
    [
        (ConnectionError, {"max_retries": 2}, True),
        (ConnectionError, {"max_retries": 0}, True),
        (ConnectionError, {"max_retries": 9, "initial_delay": 60.0, "total_timeout": 1.0}, True),
        (ConnectionError, {"max_retries": 9, "retry_budget": 14}, True),
        (KeyError, {"max_retries": 2}, False),
    ],
    ids=["attempts", "no retries", "time", "budget", "permanent"],
)
def test_exhaustion_is_wrapped_if_configured(error: type[Exception], options: dict[str, Any], *, wrapped: bool) -> None:
    """Exhausted retries raise one type from the last error; permanent errors stay."""

    @recoverable(clock=FakeClock(), wrap_exhausted=True, name="work", **options)
    def work() -> None:
        raise error("boom")

    with pytest.raises(RecoveryExhaustedError if wrapped else error) as raised:
        work()
    if isinstance(raised.value, RecoveryExhaustedError):
        assert isinstance(raised.value.__cause__, error)
        assert raised.value.function == "work"
        assert raised.value.attempts == raised.value.__cause__.recovery.attempts  # type: ignore[attr-defined]
        assert str(raised.value.decision) in str(raised.value)


def test_a_call_that_is_held_back_is_told() -> None:
    """A refused call reports an end without attempts, after the breaker's change."""
    told = list[Fact]()

    @recoverable(max_retries=0, circuit_breaker_threshold=1, hooks=(told.append,), circuit_breaker_scope="told")
    def work() -> None:
        raise ConnectionError

    for expected in (ConnectionError, CircuitBreakerOpenError):
        with pytest.raises(expected):
            work()
    assert BreakerMoved("told", BreakerState.CLOSED, BreakerState.OPEN, message("connection.lost")) in told
    ended = told[-1]
    assert isinstance(ended, OperationEnded)
    assert (ended.state, ended.attempts, ended.failure) == (OperationState.FAILED, 0, None)
