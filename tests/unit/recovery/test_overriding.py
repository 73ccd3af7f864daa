"""Custom strategies and classifiers, through the documented names."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.recovery import InvalidInputError, RecoveryConfig, recoverable
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory, ErrorClassifier
from launcher_gui.recovery.rules.decision import decide
from launcher_gui.recovery.strategies import (
    LONGEST_S,
    BaseStrategy,
    CustomStrategy,
    DecorrelatedStrategy,
    ExponentialStrategy,
    FixedStrategy,
    LinearStrategy,
)
from tests.support.builders.clock import FakeClock

waits = st.floats(0, LONGEST_S)
attempts = st.integers(1, 10_000)


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock that only a blocking sleep advances."""
    return FakeClock()


@given(waits, attempts)
def test_a_fixed_wait_is_fixed(seconds: float, attempt: int) -> None:
    """Every wait is equal."""
    assert FixedStrategy(seconds).delay(attempt) == seconds


@given(waits, waits, waits, attempts)
def test_linear_waits_grow_up_to_their_ceiling(first: float, step: float, most: float, attempt: int) -> None:
    """Waits grow from the first to the ceiling."""
    strategy = LinearStrategy(first, step, most)
    assert strategy.delay(1) == min(first, most)
    assert 0 <= strategy.delay(attempt) <= strategy.delay(attempt + 1) <= most


@given(waits, waits, st.integers(), attempts, st.none() | waits)
def test_decorrelated_waits_keep_their_bounds(
    first: float, most: float, seed: int, attempt: int, previous: float | None
) -> None:
    """A wait is at least the first, at most three times the last, within the ceiling."""
    strategy = DecorrelatedStrategy(first, most, random.Random(seed))
    wait = strategy.next_delay(attempt, previous)
    assert min(first, most) <= wait <= most
    assert wait <= max(3 * (previous or 0), 3 * first) * (1 + 1e-9)
    assert 0 <= strategy.delay(attempt) <= most


def test_attempt_ten_thousand_is_as_good_as_any() -> None:
    """No strategy overflows."""
    for strategy in (FixedStrategy(), LinearStrategy(), ExponentialStrategy(), DecorrelatedStrategy()):
        assert 0 <= strategy.delay(10_000) <= 60


@pytest.mark.parametrize("wrong", [-1, math.nan, math.inf, "1", None, True])
def test_a_strategy_refuses_what_cannot_be_waited(wrong: Any) -> None:
    """An invalid wait is refused when the strategy is created."""
    for make in (FixedStrategy, LinearStrategy, DecorrelatedStrategy, ExponentialStrategy):
        with pytest.raises(InvalidInputError, match="is not allowed"):
            make(wrong)
    with pytest.raises(InvalidInputError, match="delay_func"):
        CustomStrategy(wrong)


def test_a_strategy_that_does_not_say_how_long_is_told_so() -> None:
    """A missing method of a subclass is named."""
    with pytest.raises(NotImplementedError, match="BaseStrategy does not say how long"):
        BaseStrategy().delay(1)


@given(st.floats(allow_nan=True, allow_infinity=True), st.integers(1, 50))
def test_whatever_a_strategy_says_can_be_waited(wait: float, failures: int) -> None:
    """NaN, infinite and negative waits become valid ones and do not end the operation."""
    failure = Classification(ErrorCategory.NETWORK, Disposition.TRANSIENT, "lost")
    decision = decide(failure, failures, failures, wait, RecoveryConfig(max_retries=100))
    assert decision.retry
    assert 0 <= decision.wait_s <= LONGEST_S


class Stubborn(CustomStrategy):
    """Retries permanent errors only."""

    def __init__(self) -> None:
        super().__init__(delay_func=float, name="stubborn")
        self.asked: list[tuple[str, int, int]] = []

    def should_retry(self, error: Exception, attempt: int, max_attempts: int) -> bool:
        """Decide by type."""
        self.asked.append((type(error).__name__, attempt, max_attempts))
        return isinstance(error, ValueError)


def test_a_strategy_decides_what_is_retried(clock: FakeClock) -> None:
    """A strategy overrides the classifier both ways, within the limit."""
    strategy, errors = Stubborn(), [ValueError(), ConnectionError()]

    @recoverable(strategy=strategy, clock=clock)
    def work() -> None:
        raise errors.pop(0) if errors else ValueError("for good")

    with pytest.raises(ConnectionError) as caught:
        work()
    assert strategy.asked == [("ValueError", 1, 4), ("ConnectionError", 2, 4)]
    assert caught.value.__notes__ == ["attempt 2: not retried: connection lost"]
    clock.slept.clear()
    with pytest.raises(ValueError, match="for good"):
        work()
    assert clock.slept == [1, 2, 3]


def test_a_strategy_that_keeps_its_opinion_to_itself(clock: FakeClock) -> None:
    """By default should_retry leaves the decision to the classifier."""

    @recoverable(strategy=CustomStrategy(lambda _: 1.0), clock=clock)
    def work() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        work()
    assert clock.slept == []


class ByWords(ErrorClassifier):
    """Recognises some errors by text and asks the library about others."""

    def classify_error(self, error: Exception) -> ErrorCategory:
        """Return the category."""
        text = str(error)
        if "quota" in text:
            return ErrorCategory.THROTTLED
        if "gone" in text:
            return ErrorCategory.NOT_FOUND
        return super().classify_error(error)


class AskingBack(ErrorClassifier):
    """Asks the library before it chooses the category."""

    def classify_error(self, error: Exception) -> ErrorCategory:
        """Turn what the library takes for permission into a matter of the network."""
        known = self.classify(error)
        return ErrorCategory.NETWORK if known.category is ErrorCategory.PERMISSION else known.category


@pytest.mark.parametrize(
    ("error", "category", "disposition"),
    [
        (RuntimeError("quota reached"), ErrorCategory.THROTTLED, Disposition.THROTTLED),
        (ConnectionError("gone"), ErrorCategory.NOT_FOUND, Disposition.PERMANENT),
        (ConnectionError("lost"), ErrorCategory.NETWORK, Disposition.TRANSIENT),
        (ValueError("x"), ErrorCategory.VALIDATION, Disposition.PERMANENT),
    ],
)
def test_a_category_of_one_s_own(error: Exception, category: ErrorCategory, disposition: Disposition) -> None:
    """The category determines the rest; super() returns the library's."""
    known = ByWords().classify(error)
    assert (known.category, known.disposition) == (category, disposition)
    assert ByWords().classify_error(error) is category


def test_a_classifier_may_ask_itself() -> None:
    """A classify_error that calls classify gets the library's result, without recursion."""
    assert AskingBack().classify(PermissionError()).category is ErrorCategory.NETWORK
    assert AskingBack().classify(PermissionError()).disposition is Disposition.TRANSIENT
    assert AskingBack().classify(TimeoutError()).category is ErrorCategory.TIMEOUT


class StatusError(Exception):
    """An error of an HTTP library."""

    def __init__(self, status: object, retry_after: object = None) -> None:
        super().__init__(f"HTTP {status}")
        self.status_code = status
        self.retry_after = retry_after


@pytest.mark.parametrize(
    ("status", "category", "disposition"),
    [
        (400, ErrorCategory.VALIDATION, Disposition.PERMANENT),
        (401, ErrorCategory.PERMISSION, Disposition.PERMANENT),
        (403, ErrorCategory.PERMISSION, Disposition.PERMANENT),
        (404, ErrorCategory.NOT_FOUND, Disposition.PERMANENT),
        (408, ErrorCategory.TIMEOUT, Disposition.TRANSIENT),
        (410, ErrorCategory.NOT_FOUND, Disposition.PERMANENT),
        (425, ErrorCategory.SERVER, Disposition.TRANSIENT),
        (429, ErrorCategory.THROTTLED, Disposition.THROTTLED),
        (500, ErrorCategory.SERVER, Disposition.TRANSIENT),
        (503, ErrorCategory.SERVER, Disposition.TRANSIENT),
        (599, ErrorCategory.SERVER, Disposition.TRANSIENT),
        (200, ErrorCategory.UNKNOWN, Disposition.TRANSIENT),
        ("500", ErrorCategory.UNKNOWN, Disposition.TRANSIENT),
        (None, ErrorCategory.UNKNOWN, Disposition.TRANSIENT),
    ],
)
def test_an_http_status_tells(status: object, category: ErrorCategory, disposition: Disposition) -> None:
    """An error with a status is classified by it, whatever its library."""
    known = ErrorClassifier().classify(StatusError(status))
    assert (known.category, known.disposition) == (category, disposition)


@pytest.mark.parametrize("status", [429, 503])
def test_a_status_with_a_wait_is_obeyed(status: int, clock: FakeClock) -> None:
    """Retry-After replaces the strategy's wait."""
    errors = [StatusError(status, 42)]

    @recoverable(clock=clock)
    def work() -> str:
        if errors:
            raise errors.pop()
        return "done"

    assert work() == "done"
    assert clock.slept == [42]


class FrozenError(ConnectionError):
    """Accepts neither notes nor attributes."""

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(name)

    def add_note(self, note: str) -> None:
        """Refuse."""
        raise TypeError(note)


def test_an_error_that_refuses_notes_comes_out_all_the_same(clock: FakeClock) -> None:
    """The function's own exception is raised even without a note."""

    @recoverable(clock=clock, max_retries=0)
    def work() -> None:
        raise FrozenError

    with pytest.raises(FrozenError):
        work()
