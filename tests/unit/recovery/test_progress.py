"""What work tells of its progress, and whether it came further."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.recovery.operation import Progress
from launcher_gui.recovery.progress import ProgressTracker
from tests.support.builders.clock import FakeClock


@given(st.integers(0, 100), st.lists(st.lists(st.integers(0, 120), max_size=5), max_size=8))
def test_only_what_was_never_reached_before_is_further(begun: int, attempts: list[list[int]]) -> None:
    """An attempt advanced if it came further than any before it, wherever it ended."""
    tracker = ProgressTracker(FakeClock(), latest=Progress(begun))
    furthest = begun
    for told in attempts:
        for done in told:
            tracker.update(done, 120)
        assert tracker.advanced() == (max([furthest, *told]) > furthest)
        assert not tracker.advanced()
        furthest = max([furthest, *told])


def test_a_total_once_told_stays() -> None:
    """The total need not be repeated, and may be corrected."""
    tracker = ProgressTracker(FakeClock())
    tracker.update(1, 10)
    tracker.update(2)
    assert (tracker.latest.done, tracker.latest.total) == (2, 10)
    tracker.update(3, 20)
    assert tracker.latest.total == 20


def test_complete_is_all_of_it() -> None:
    """Finished means as much as there was to do, or as much as was done where that is unknown."""
    known, unknown = ProgressTracker(FakeClock()), ProgressTracker(FakeClock())
    known.update(3, 10)
    unknown.update(3)
    known.complete()
    unknown.complete()
    assert (known.latest.done, unknown.latest.done) == (10, 3)


def test_a_phase_has_its_own_count() -> None:
    """Entering a phase begins its count without forgetting the total, and is no progress of its own."""
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
    """A function that tells its progress runs unchanged where nothing is recorded."""
    tracker = ProgressTracker(FakeClock())
    await tracker.resumed(5, "the server can resume")
    assert tracker.operation_id == ""
    assert tracker.latest == Progress()
