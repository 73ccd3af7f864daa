"""The assignment of segments: whatever happens to connections, the whole file is downloaded, and no byte twice."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.downloads.rules.byte_ranges import ByteRanges
from launcher_gui.downloads.rules.segment_scheduler import (
    GRAIN_BYTES,
    LEAST_BYTES,
    MOST_BYTES,
    ActiveSegment,
    NextSegment,
    next_segment,
)

MIB = 1024 * 1024
totals = st.integers(1, 3000 * MIB)


@given(totals, st.integers(1, 16), st.data())
def test_everything_is_fetched_once(total: int, connections: int, data: st.DataObject) -> None:
    """Fast, slow and lost connections download every byte, and no two are assigned the same one."""
    held, taken = ByteRanges(), list[ActiveSegment]()
    while held.count < total:
        while len(taken) < connections and (share := next_segment(held, taken, total, connections)) is not None:
            if share.cut is not None:
                cut = taken[share.cut]
                assert cut.received < share.start < cut.end == share.end
                taken[share.cut] = replace(cut, end=share.start)
            taken.append(ActiveSegment(share.start, share.start, share.end))
        ends = sorted((piece.start, piece.end) for piece in taken)
        assert all(end <= start for (_, end), (start, _) in pairwise(ends))
        assert taken, "bytes are missing, and nobody is sent for them"
        at = data.draw(st.integers(0, len(taken) - 1))
        piece = taken[at]
        reached = data.draw(st.sampled_from([piece.end, (piece.received + piece.end + 1) // 2]))
        held = held.with_span(piece.received, reached)
        taken[at] = replace(piece, received=reached)
        if reached == piece.end or data.draw(st.integers(0, 9)) == 0:
            del taken[at]
    assert held == ByteRanges(total)


@given(totals, st.integers(1, 16))
def test_pieces_begin_at_the_front(total: int, connections: int) -> None:
    """The first segment is the first missing one, within the limits of length."""
    share = next_segment(ByteRanges(), [], total, connections)
    assert share is not None
    assert share.start == 0
    assert share.end == total or share.end % GRAIN_BYTES == 0
    assert share.end == total or LEAST_BYTES <= share.end <= MOST_BYTES + LEAST_BYTES


def test_finished_one_takes_half_of_the_longest() -> None:
    """If nothing is left to assign, the segment with the most bytes left is halved."""
    taken = [ActiveSegment(0, 0, 16 * MIB), ActiveSegment(16 * MIB, 20 * MIB, 64 * MIB)]
    assert next_segment(ByteRanges(), taken, 64 * MIB, 3) == NextSegment(42 * MIB, 64 * MIB, cut=1)


def test_little_is_not_worth_a_connection() -> None:
    """A segment that is almost finished is not split."""
    assert next_segment(ByteRanges(), [ActiveSegment(0, 57 * MIB, 64 * MIB)], 64 * MIB, 8) is None
