"""The pace of transfers: never faster than allowed over any length of time, and not slower than need be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.downloads.rules.token_bucket import BURST_S, TokenBucket

RATES = st.floats(1.0, 1e9)
STEPS = st.lists(st.tuples(st.integers(1, 2**22), st.floats(0, 3)), min_size=1, max_size=50)


@given(RATES, STEPS)
def test_never_faster_than_allowed(rate: float, steps: list[tuple[int, float]]) -> None:
    """Whoever waits as told has, at any time, had no more than time has earned and the burst that was saved up."""
    pace, now, came = TokenBucket(), 0.0, 0
    for count, idle in steps:
        came += count
        now += pace.wait(count, rate, now)
        assert came <= rate * (now + BURST_S) * (1 + 1e-6) + 1
        now += idle


@given(RATES, st.lists(st.integers(1, 2**22), min_size=1, max_size=50))
def test_not_slower_than_need_be(rate: float, counts: list[int]) -> None:
    """Whoever is never idle gets the whole rate."""
    pace, now = TokenBucket(), 0.0
    for count in counts:
        now += pace.wait(count, rate, now)
    assert now <= sum(counts) / rate * (1 + 1e-6)


def test_transfers_share_one_pace() -> None:
    """Two that take in turn wait for each other's bytes, too."""
    pace = TokenBucket()
    pace.wait(25, 100, 0.0)
    assert pace.wait(50, 100, 0.0) == pytest.approx(0.5)
    assert pace.wait(50, 100, 0.0) == pytest.approx(1.0)


def test_no_limit_takes_no_time_and_leaves_no_debt() -> None:
    """A limit that is lifted holds nobody back, and one set later begins afresh."""
    pace = TokenBucket()
    assert pace.wait(10_000, 100, 0.0) > 0
    assert pace.wait(10_000, 0, 0.0) == 0
    assert pace.wait(0, 100, 0.0) == 0
