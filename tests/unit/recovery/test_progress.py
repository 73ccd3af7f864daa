"""Reported progress, and whether it counts as advance."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.recovery.operation import Progress
from launcher_gui.recovery.progress import ProgressTracker
from tests.support.builders.clock import FakeClock


@given(st.integers(0, 100), st.lists(st.lists(st.integers(0, 120), max_size=5), max_size=8))
def test_only_what_was_never_reached_before_is_further(begun: int, attempts: list[list[int]]) -> None:
    """An attempt advances if it exceeds every earlier one."""
    tracker = ProgressTracker(FakeClock(), latest=Progress(begun))
    furthest = begun
    for told in attempts:
        for done in told:
            tracker.update(done, 120)
        assert tracker.advanced() == (max([furthest, *told]) > furthest)
        assert not tracker.advanced()
        furthest = max([furthest, *told])


def test_a_total_once_told_stays() -> None:
    """A total need not be repeated, and can be corrected."""
    tracker = ProgressTracker(FakeClock())
    tracker.update(1, 10)
    tracker.update(2)
    assert (tracker.latest.done, tracker.latest.total) == (2, 10)
    tracker.update(3, 20)
    assert tracker.latest.total == 20


def test_complete_is_all_of_it() -> None:
    """Complete means the total, or the amount done if the total is unknown."""
    known, unknown = ProgressTracker(FakeClock()), ProgressTracker(FakeClock())
    known.update(3, 10)
    unknown.update(3)
    known.complete()
    unknown.complete()
    assert (known.latest.done, unknown.latest.done) == (10, 3)


def test_a_phase_has_its_own_count() -> None:
    """A new phase restarts the count, keeps the total, and is no advance itself."""
    clock, told = FakeClock(1_000.0), list[Progress]()
    tracker = ProgressTracker(clock, on_update=told.append)
    tracker.update(10, 10)
    assert tracker.advanced()
    clock.jump(5)
    tracker.enter("verifying")
    tracker.update(7)
    assert not tracker.advanced()
    assert told == [Progress(10, 10, "", 1_000.0), Progress(0, 10, "verifying", 1_005.0), tracker.latest]
    assert tracker.latest == Progress(7, 10, "verifying", 1_005.0)


async def test_a_tracker_without_a_store_takes_everything() -> None:
    """A function that reports progress works without a store."""
    tracker = ProgressTracker(FakeClock())
    await tracker.resumed(5, "the server can resume")
    assert tracker.operation_id == ""
    assert tracker.latest == Progress()
