"""Waits between attempts are finite and within their bounds."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.recovery.strategies import (
    DecorrelatedStrategy,
    ExponentialStrategy,
    FixedStrategy,
    LinearStrategy,
)

seconds = st.floats(0, 86_400)
factors = st.floats(1, 1e308)
shares = st.floats(0, 1)
attempts = st.integers(1, 10_000)


@given(seconds, factors, seconds, shares, attempts, st.integers())
def test_every_wait_lies_within_its_jitter_range(
    initial: float, factor: float, most: float, jitter: float, attempt: int, seed: int
) -> None:
    """A wait is between the ceiling without jitter and the ceiling, within max_delay."""
    strategy = ExponentialStrategy(initial, factor, most, jitter, random.Random(seed))
    ceiling, wait = strategy.ceiling(attempt), strategy.delay(attempt)
    assert 0 <= ceiling <= most
    assert ceiling * (1 - jitter) <= wait <= ceiling
    assert math.isfinite(wait)


@given(seconds, factors, seconds, attempts)
def test_ceilings_never_fall(initial: float, factor: float, most: float, attempt: int) -> None:
    """Before jitter a later attempt never waits less."""
    strategy = ExponentialStrategy(initial, factor, most)
    assert strategy.ceiling(attempt) <= strategy.ceiling(attempt + 1)


@given(st.floats(0.001, 86_400), st.floats(1.01, 1e308), seconds)
def test_attempt_ten_thousand_waits_the_longest(initial: float, factor: float, most: float) -> None:
    """Beyond the range of floats the wait is max_delay."""
    assert ExponentialStrategy(initial, factor, most).ceiling(10_000) == most


@given(factors, seconds, attempts)
def test_no_initial_delay_means_no_wait(factor: float, most: float, attempt: int) -> None:
    """Without an initial delay every wait is zero, also on overflow."""
    assert ExponentialStrategy(0.0, factor, most).delay(attempt) == 0


def test_the_spec_s_defaults_double_from_one_second_to_a_minute() -> None:
    """The documented defaults give the documented waits."""
    strategy = ExponentialStrategy()
    assert [strategy.ceiling(n) for n in range(1, 9)] == [1, 2, 4, 8, 16, 32, 60, 60]


def test_clients_that_failed_together_do_not_return_together() -> None:
    """Waits of one attempt differ between calls."""
    strategy = ExponentialStrategy()
    assert len({strategy.delay(3) for _ in range(20)}) > 1


class Longest(random.Random):
    """A random source that returns the maximum."""

    def uniform(self, a: float, b: float) -> float:
        """Return the upper bound."""
        return max(a, b)


def test_the_defaults_are_those_of_the_documentation() -> None:
    """The defaults are the documented ones."""
    assert ExponentialStrategy() == ExponentialStrategy(1.0, 2.0, 60.0, 0.5)
    assert LinearStrategy() == LinearStrategy(1.0, 1.0, 60.0)
    assert FixedStrategy() == FixedStrategy(1.0)
    assert DecorrelatedStrategy() == DecorrelatedStrategy(1.0, 60.0)


def test_decorrelated_waits_grow_threefold_at_most() -> None:
    """Waits grow from the last or longest one, within the ceiling."""
    longest = DecorrelatedStrategy(2.0, 100.0, Longest())
    assert [longest.delay(attempt) for attempt in (1, 2, 3, 4, 10_000)] == [6.0, 18.0, 54.0, 100.0, 100.0]
    assert [longest.next_delay(5, previous) for previous in (None, 0.5, 10.0, 90.0)] == [6.0, 6.0, 30.0, 100.0]


def test_by_default_a_strategy_allows_all_attempts() -> None:
    """By default every attempt but the last is followed by another."""
    allowed = [FixedStrategy().should_retry(ConnectionError(), attempt, 4) for attempt in (1, 3, 4, 5)]
    assert allowed == [True, True, False, False]


@pytest.mark.parametrize("jitter", [-0.1, 1.1])
def test_jitter_is_a_share(jitter: float) -> None:
    """Jitter below zero or above one is refused."""
    with pytest.raises(InvalidInputError, match="Use a number from 0 to 1"):
        ExponentialStrategy(jitter=jitter)


@pytest.mark.parametrize("factor", [0.0, 0.99, math.inf, math.nan])
def test_waits_never_shrink(factor: float) -> None:
    """A factor below 1 is refused."""
    with pytest.raises(InvalidInputError, match="Use a finite number, 1 or more"):
        ExponentialStrategy(backoff_factor=factor)
