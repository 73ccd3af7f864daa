"""How several connections share one file: who fetches which piece next. Pure.

Pieces are given out from the front, so that the file grows as a whole and can be hashed as it comes; each is long,
since a new one costs a new connection. At the end, when nothing is left to give out, who has finished takes the second
half of the piece with the most to come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from launcher_gui.downloads.rules.byte_ranges import ByteRanges, Span

_MIB = 1024 * 1024

GRAIN_BYTES = 2 * _MIB
"""Pieces end where a block of this size does."""

LEAST_BYTES = 4 * _MIB
"""No piece is made shorter than this: asking for it would take longer than fetching it."""

MOST_BYTES = 256 * _MIB
"""No piece is longer, unless it is alone: what lies behind a gap waits to be hashed."""

WORTH_SHARING_BYTES = 32 * _MIB
"""With less to come a file is fetched through one connection."""


@dataclass(frozen=True, slots=True)
class ActiveSegment:
    """A piece that a connection is fetching.

    Attributes:
        start: Its first byte.
        received: The next byte to come.
        end: The one after its last.
    """

    start: int
    received: int
    end: int


@dataclass(frozen=True, slots=True)
class NextSegment:
    """A piece to be fetched next.

    Attributes:
        start: Its first byte.
        end: The one after its last.
        cut: Which of the pieces that are being fetched ends at ``start`` from now on; ``None`` for none.
    """

    start: int
    end: int
    cut: int | None = None


def next_segment(held: ByteRanges, taken: Sequence[ActiveSegment], total: int, connections: int) -> NextSegment | None:
    """Return what a connection that is free should fetch, ``None`` if there is nothing worth its while.

    Args:
        held: What is here.
        taken: What others are fetching.
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
    """Return the end of the block in which ``offset`` lies, or ``offset`` where one ends there."""
    return -(-offset // GRAIN_BYTES) * GRAIN_BYTES
