"""Byte ranges behave like a set of offsets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.downloads.rules.byte_ranges import ByteRanges, Span

SIZE = 40
spans = st.tuples(st.integers(0, SIZE), st.integers(0, SIZE)).map(lambda ends: (min(ends), max(ends)))


def held_of(pieces: list[Span]) -> ByteRanges:
    held = ByteRanges()
    for start, end in pieces:
        held = held.with_span(start, end)
    return held


def offsets(pieces: list[Span]) -> set[int]:
    return {offset for start, end in pieces for offset in range(start, end)}


def of(held: ByteRanges) -> set[int]:
    assert held.is_sound, held
    return offsets([(0, held.prefix), *held.islands])


@given(st.lists(spans, max_size=8))
def test_pieces_add_up(pieces: list[Span]) -> None:
    """Whatever their order and overlap, all added ranges are contained."""
    held = held_of(pieces)
    assert of(held) == offsets(pieces)
    assert held.count == len(offsets(pieces))
    assert held.end == max(offsets(pieces), default=-1) + 1


@given(st.lists(spans, max_size=8), st.lists(spans, max_size=3))
def test_what_is_given_up_is_missing(pieces: list[Span], gone: list[Span]) -> None:
    """Removed ranges are missing, and nothing else."""
    assert of(held_of(pieces).without(gone)) == offsets(pieces) - offsets(gone)


@given(st.lists(spans, max_size=8), st.integers(0, SIZE))
def test_cut(pieces: list[Span], offset: int) -> None:
    """A cut keeps what lay before it."""
    assert of(held_of(pieces).before(offset)) == {at for at in offsets(pieces) if at < offset}


@given(st.lists(spans, max_size=8))
def test_gaps_are_the_rest(pieces: list[Span]) -> None:
    """The gaps are what is missing."""
    assert offsets(list(held_of(pieces).gaps(SIZE))) == set(range(SIZE)) - offsets(pieces)


@given(st.integers(0, SIZE), st.lists(spans, max_size=4))
def test_only_islands_in_order_are_sound(prefix: int, islands: list[Span]) -> None:
    """Claimed ranges are valid only if downloads can produce them."""
    held = ByteRanges(prefix, tuple(islands))
    assert held.is_sound == (held == held_of([(0, prefix), *islands]) and all(start < end for start, end in islands))
