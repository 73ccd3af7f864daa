"""The history of speeds: limited to the last minutes, with a text summary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.models.speed_history import MOST_EACH, SPAN_S, Figures, SpeedHistory, figures_text
from tests.support.store.projections import NOW

MB = 1_000_000


def test_total_and_each_are_remembered() -> None:
    """The total is the sum, and a download that did not exist yet counts as zero."""
    history = SpeedHistory()
    history.note(NOW, {"a": 10.0 * MB})
    history.note(NOW + 1, {"a": 20.0 * MB, "b": 5.0 * MB})
    assert history.speeds() == [10 * MB, 25 * MB]
    assert history.speeds("b") == [0, 5 * MB]
    assert history.figures("a") == Figures(20 * MB, 15 * MB, 20 * MB)
    assert history.figures("c") is None


@given(st.lists(st.floats(-3, 30), max_size=500))
def test_the_ring_is_in_order_and_never_longer(steps: list[float]) -> None:
    """Whatever the clock does, the samples are in order and their number is limited."""
    history, at = SpeedHistory(), NOW
    for step in steps:
        at += step
        history.note(at, {"a": 1.0})
    times = history.times()
    assert times == sorted(times)
    assert len(times) <= SPAN_S


def test_of_a_crowd_the_fastest_are_remembered_one_by_one() -> None:
    """The memory does not grow with the number of downloads, and the total is complete."""
    history = SpeedHistory()
    history.note(NOW, {f"op-{n}": float(n) for n in range(10_000)})
    assert history.speeds() == [sum(range(10_000))]
    assert history.speeds("op-9999") == [9999]
    assert history.speeds(f"op-{9_999 - MOST_EACH}") == [0]


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (Figures(1.5 * MB, MB, 2 * MB), "1.5 MB/s now, 1.0 MB/s average, 2.0 MB/s peak"),
        (None, "No data in the last 5 min 00 s"),
    ],
)
def test_figures_in_words(figures: Figures | None, words: str) -> None:
    """A screen reader gets a description of the curve."""
    assert figures_text(figures) == words
