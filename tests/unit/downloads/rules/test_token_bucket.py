"""The rate limit: never exceeded over any length of time, and no slower than necessary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.downloads.rules.token_bucket import BURST_S, TokenBucket

RATES = st.floats(1.0, 1e9)
STEPS = st.lists(st.tuples(st.integers(1, 2**22), st.floats(0, 3)), min_size=1, max_size=50)


@given(RATES, STEPS)
def test_never_faster_than_allowed(rate: float, steps: list[tuple[int, float]]) -> None:
    """A transfer that waits as required never exceeds the rate and the saved burst."""
    pace, now, came = TokenBucket(), 0.0, 0
    for count, idle in steps:
        came += count
        now += pace.wait(count, rate, now)
        assert came <= rate * (now + BURST_S) * (1 + 1e-6) + 1
        now += idle


@given(RATES, st.lists(st.integers(1, 2**22), min_size=1, max_size=50))
def test_not_slower_than_need_be(rate: float, counts: list[int]) -> None:
    """A transfer that is never idle gets the full rate."""
    pace, now = TokenBucket(), 0.0
    for count in counts:
        now += pace.wait(count, rate, now)
    assert now <= sum(counts) / rate * (1 + 1e-6)


def test_transfers_share_one_pace() -> None:
    """Two transfers that share a bucket wait for each other's bytes, too."""
    pace = TokenBucket()
    pace.wait(25, 100, 0.0)
    assert pace.wait(50, 100, 0.0) == pytest.approx(0.5)
    assert pace.wait(50, 100, 0.0) == pytest.approx(1.0)


def test_no_limit_takes_no_time_and_leaves_no_debt() -> None:
    """A removed limit ends the waiting, and a later one starts anew."""
    pace = TokenBucket()
    assert pace.wait(10_000, 100, 0.0) > 0
    assert pace.wait(10_000, 0, 0.0) == 0
    assert pace.wait(0, 100, 0.0) == 0
