"""Which bytes of a file are saved: all up to some offset, and islands behind it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Span = tuple[int, int]
"""A range of bytes: the first, and the one after the last."""


@dataclass(frozen=True, slots=True)
class ByteRanges:
    """The bytes that are saved.

    Attributes:
        prefix: How many there are without a gap, from the first one on.
        islands: Ranges behind that, in order, with a gap before each.
    """

    prefix: int = 0
    islands: tuple[Span, ...] = ()

    @property
    def count(self) -> int:
        """How many bytes are saved in all."""
        return self.prefix + sum(end - start for start, end in self.islands)

    @property
    def end(self) -> int:
        """The offset behind the last saved byte."""
        return self.islands[-1][1] if self.islands else self.prefix

    @property
    def is_sound(self) -> bool:
        """Whether the islands are in order, with a gap before each."""
        starts = [start for start, _ in self.islands]
        before = [self.prefix, *(end for _, end in self.islands)]
        return all(b < s < e for b, s, (_, e) in zip(before, starts, self.islands, strict=False))

    def with_span(self, start: int, end: int) -> ByteRanges:
        """Return the ranges with the bytes from ``start`` to ``end`` added."""
        if start >= end:
            return self
        if not self.islands and start <= self.prefix:
            return ByteRanges(max(self.prefix, end))
        return _held([(0, self.prefix), *self.islands, (start, end)])

    def without(self, spans: Iterable[Span]) -> ByteRanges:
        """Return the ranges without the bytes of ``spans``."""
        rest: list[Span] = [(0, self.prefix), *self.islands]
        for gone, gone_end in spans:
            rest = [
                piece
                for start, end in rest
                for piece in ((start, min(end, gone)), (max(start, gone_end), end))
                if piece[0] < piece[1]
            ]
        return _held(rest)

    def before(self, offset: int) -> ByteRanges:
        """Return the ranges without the bytes from ``offset`` on."""
        islands = tuple((start, min(end, offset)) for start, end in self.islands if start < offset)
        return ByteRanges(min(self.prefix, offset), islands)

    def gaps(self, total: int) -> tuple[Span, ...]:
        """Return the missing ranges of a file of ``total`` bytes."""
        starts = [self.prefix, *(end for _, end in self.islands)]
        ends = [*(start for start, _ in self.islands), total]
        return tuple((start, end) for start, end in zip(starts, ends, strict=True) if start < end)


def _held(spans: list[Span]) -> ByteRanges:
    joined: list[Span] = [(0, 0)]
    for start, end in sorted(spans):
        before, reached = joined[-1]
        if start <= reached:
            joined[-1] = before, max(reached, end)
        else:
            joined.append((start, end))
    return ByteRanges(joined[0][1], tuple(joined[1:]))
