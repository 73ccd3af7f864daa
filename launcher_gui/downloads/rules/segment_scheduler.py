"""How several connections share one file: which segment a connection downloads next. Pure.

Segments are assigned from the front, so that the file can be hashed while it is downloaded; each is long, since a new
one costs a new request. At the end, when nothing is left to assign, a free connection takes over the second half of the
segment with the most bytes left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from launcher_gui.downloads.rules.byte_ranges import ByteRanges, Span

_MIB = 1024 * 1024

GRAIN_BYTES = 2 * _MIB
"""Segments end at multiples of this size."""

LEAST_BYTES = 4 * _MIB
"""The shortest segment: requesting a shorter one would take longer than downloading it."""

MOST_BYTES = 256 * _MIB
"""The longest segment, except for a single connection: data behind a gap has to wait before it is hashed."""

WORTH_SHARING_BYTES = 32 * _MIB
"""With fewer bytes left than this, a file is downloaded through one connection."""


@dataclass(frozen=True, slots=True)
class ActiveSegment:
    """A segment that a connection is downloading.

    Attributes:
        start: Its first byte.
        received: The next byte to be received.
        end: The one after its last.
    """

    start: int
    received: int
    end: int


@dataclass(frozen=True, slots=True)
class NextSegment:
    """A segment to download next.

    Attributes:
        start: Its first byte.
        end: The one after its last.
        cut: The index of the active segment that now ends at ``start``; ``None`` for none.
    """

    start: int
    end: int
    cut: int | None = None


def next_segment(held: ByteRanges, taken: Sequence[ActiveSegment], total: int, connections: int) -> NextSegment | None:
    """Return the segment for a free connection, ``None`` if none is worth a request.

    Args:
        held: The bytes that are saved.
        taken: The segments of the other connections.
        total: Length of the file.
        connections: How many share it.
    """
    free = _free(held, taken, total)
    if free:
        start, end = free[0]
        size = _size(sum(stop - begin for begin, stop in free), connections)
        stop = _aligned(start + size)
        return NextSegment(start, end if end - stop < LEAST_BYTES else stop)
    return _half_of_the_longest(taken)


def _free(held: ByteRanges, taken: Sequence[ActiveSegment], total: int) -> tuple[Span, ...]:
    for piece in taken:
        held = held.with_span(piece.start, piece.end)
    return held.gaps(total)


def _size(missing: int, connections: int) -> int:
    if connections == 1:
        return missing
    return min(MOST_BYTES, max(LEAST_BYTES, -(-missing // connections)))


def _half_of_the_longest(taken: Sequence[ActiveSegment]) -> NextSegment | None:
    if not taken:
        return None
    longest = max(range(len(taken)), key=lambda at: taken[at].end - taken[at].received)
    piece = taken[longest]
    middle = _aligned(piece.received + (piece.end - piece.received) // 2)
    if middle - piece.received < LEAST_BYTES or piece.end - middle < LEAST_BYTES:
        return None
    return NextSegment(middle, piece.end, longest)


def _aligned(offset: int) -> int:
    """Return ``offset`` rounded up to the end of its block."""
    return -(-offset // GRAIN_BYTES) * GRAIN_BYTES
