"""The timeline's lanes as arrays, from which ten thousand attempts can be drawn quickly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from launcher_gui.monitor.lanes import Lane, Span, SpanKind, lane_of, lanes_of
from launcher_gui.monitor.operation_text import retrying
from launcher_gui.monitor.projection import OperationView, Projection
from launcher_gui.text.formatting import clock_time, human_duration
from launcher_gui.text.i18n import translate

KINDS = tuple(SpanKind)
"""The meaning of the codes in ``LaneArrays.kinds``."""

_CODES = {kind: code for code, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class LaneArrays:
    """The spans of a lane.

    Attributes:
        starts: When each began.
        ends: When each ended; infinity while it runs.
        kinds: The kind of each, as an index of ``KINDS``.
    """

    starts: npt.NDArray[np.float64]
    ends: npt.NDArray[np.float64]
    kinds: npt.NDArray[np.int8]

    @classmethod
    def of(cls, spans: Sequence[Span]) -> LaneArrays:
        """Return the arrays of ``spans``, which are in order and do not overlap."""
        starts = np.array([s.start for s in spans], np.float64)
        ends = np.array([np.inf if s.end is None else s.end for s in spans], np.float64)
        return cls(starts, ends, np.array([_CODES[s.kind] for s in spans], np.int8))

    def followed_by(self, spans: Sequence[Span], before: Sequence[Span]) -> LaneArrays:
        """Return the arrays of ``spans``, reusing the arrays of ``before`` for its first spans."""
        kept = max(0, min(len(spans), len(before)) - 3)
        if spans[:kept] != before[:kept]:
            return LaneArrays.of(spans)
        rest = LaneArrays.of(spans[kept:])
        pairs = ((self.starts, rest.starts), (self.ends, rest.ends), (self.kinds, rest.kinds))
        return LaneArrays(*(np.concatenate((old[:kept], new)) for old, new in pairs))  # type: ignore[arg-type]

    @property
    def goes_on(self) -> bool:
        """Whether the last span is still running."""
        return len(self.ends) > 0 and bool(np.isinf(self.ends[-1]))

    def without_last(self) -> LaneArrays:
        """Return all spans but the running one."""
        return LaneArrays(self.starts[:-1], self.ends[:-1], self.kinds[:-1])

    def within(self, first: float, last: float) -> slice:
        """Return which spans are visible between two times."""
        return slice(int(np.searchsorted(self.ends, first, "left")), int(np.searchsorted(self.starts, last, "right")))


class Box(NamedTuple):
    """A rectangle to draw, in pixels: one span, or several of a kind that are too close to distinguish.

    Attributes:
        kind: What it shows.
        left: Its left edge.
        right: Its right edge, at least one pixel away.
        span: Index of the span; ``None`` for several.
    """

    kind: SpanKind
    left: float
    right: float
    span: int | None


def span_text(span: Span, now: float) -> str:
    """Return a short text for a span; a running wait counts down."""
    if span.kind is SpanKind.WAIT and span.end is None and span.until is not None:
        left = math.ceil(max(0.0, span.until - now))
        head = retrying(left)
        # The decision begins with the chosen wait, part of which has passed since.
        cause = span.words.partition(": ")[2] or span.words
        return f"{head}: {cause}" if cause else head
    return span.words


def span_label(span: Span, now: float) -> str:
    """Return the shortest text for a span: an attempt's number, or the length of a wait."""
    if span.kind is SpanKind.WAIT:
        return human_duration(
            (span.end if span.end is not None else span.until or now) - (span.start if span.end else now)
        )
    return str(span.number) if span.number and span.kind is not SpanKind.PAUSE else ""


def span_tip(span: Span, now: float) -> str:
    """Return all details of a span, in lines."""
    took = human_duration((now if span.end is None else span.end) - span.start)
    lasted = took if span.end is not None else translate("timeline", "{time} so far").format(time=took)
    return f"{span_text(span, now)}\n{clock_time(span.start, now)}, {lasted}"


def boxes(arrays: LaneArrays, first: float, last: float, width: float, now: float) -> list[Box]:
    """Return what to draw of a lane at ``width`` pixels from time ``first`` to ``last``.

    Spans of one kind that touch on screen become one box, so that there are never more boxes than pixels per kind.
    """
    seen = arrays.within(first, last)
    per_second = width / (last - first)
    ends = np.minimum(arrays.ends[seen], max(now, first))
    left = np.clip((arrays.starts[seen] - first) * per_second, 0, width)
    right = np.maximum(np.clip((ends - first) * per_second, 0, width), left + 1)
    kinds = arrays.kinds[seen]
    if len(kinds) <= 64:
        numbers = range(seen.start, seen.stop)
        found = zip(kinds.tolist(), left.tolist(), right.tolist(), numbers, strict=True)
        return [Box(KINDS[kind], a, b, number) for kind, a, b, number in found]
    present: list[int] = np.flatnonzero(np.bincount(kinds)).tolist()  # np.unique would load a part of NumPy for it
    return list(chain.from_iterable(_merged(code, left, right, kinds, seen.start) for code in present))


def _merged(
    code: int, left: npt.NDArray[np.float64], right: npt.NDArray[np.float64], kinds: npt.NDArray[np.int8], offset: int
) -> list[Box]:
    of_kind = np.flatnonzero(kinds == code)
    lefts, rights = np.floor(left[of_kind]), np.ceil(right[of_kind])
    begins = np.flatnonzero(np.concatenate(([True], lefts[1:] > rights[:-1])))
    last = np.concatenate((begins[1:], [len(of_kind)])) - 1
    kind, alone = KINDS[code], (begins == last).tolist()
    found = zip(lefts[begins].tolist(), rights[last].tolist(), (of_kind[begins] + offset).tolist(), alone, strict=True)
    return [Box(kind, a, b, number if single else None) for a, b, number, single in found]


class TimelineModel:
    """The lanes of everything, updated with as little work as a change allows."""

    def __init__(self) -> None:
        self.lanes: tuple[Lane, ...] = ()
        self._arrays: dict[str, LaneArrays] = {}
        self._views: dict[str, OperationView] = {}
        self._row_of: dict[tuple[str, bool], int] = {}
        self._moves: object = None

    def show(self, projection: Projection, changed: frozenset[str]) -> frozenset[int] | None:
        """Apply the operations in ``changed`` from ``projection``.

        Returns:
            The rows that look different; ``None`` if the rows themselves have changed.
        """
        stale = {i for i in changed if not self._is_still_right(i, projection.views.get(i))}
        if not stale and projection.moves is self._moves:
            return frozenset()
        same_rows = projection.moves is self._moves and all(i in self._views and i in projection.views for i in stale)
        if same_rows:
            lanes = list(self.lanes)
            for operation_id in stale:
                row = self._row_of[operation_id, False]
                lanes[row] = self._gone_on(lanes[row], projection.views[operation_id])
            self.lanes = tuple(lanes)
        else:
            self.lanes = lanes_of(projection, {n.id: n for n in self.lanes if not n.is_host and n.id not in stale})
            self._row_of = {(lane.id, lane.is_host): row for row, lane in enumerate(self.lanes)}
            self._moves = projection.moves
        for operation_id in stale:
            if not same_rows:
                self._arrays.pop(operation_id, None)
            self._views.pop(operation_id, None)
            if operation_id in projection.views:
                self._views[operation_id] = projection.views[operation_id]
        return frozenset(self._row_of[i, False] for i in stale) if same_rows else None

    def _gone_on(self, before: Lane, view: OperationView) -> Lane:
        """Return the lane of ``view``, reusing what was computed for ``before``."""
        lane = lane_of(view)
        lane.go_on_from(before)
        arrays = self._arrays.pop(lane.id, None)
        if arrays is not None and "spans" in lane.__dict__:
            self._arrays[lane.id] = arrays.followed_by(lane.spans, before.spans)
        return lane

    def row_of(self, operation_id: str) -> int | None:
        """Return the row of an operation's lane, ``None`` if it has none."""
        return self._row_of.get((operation_id, False))

    def arrays(self, row: int) -> LaneArrays:
        """Return the spans of the lane in ``row``."""
        lane = self.lanes[row]
        if lane.is_host:
            return LaneArrays.of(lane.spans)
        if lane.id not in self._arrays:
            self._arrays[lane.id] = LaneArrays.of(lane.spans)
        return self._arrays[lane.id]

    def span_at(self, row: int, at: float, now: float, tolerance_s: float = 0.0) -> int | None:
        """Return the span of the lane in ``row`` at a time, within ``tolerance_s``."""
        arrays = self.arrays(row)
        number = int(np.searchsorted(arrays.starts, at + tolerance_s, "right")) - 1
        if number < 0 or at - tolerance_s > min(float(arrays.ends[number]), max(now, float(arrays.starts[number]))):
            return None
        return number

    def begins(self) -> float | None:
        """Return the time of the first event on any lane."""
        return min((b for lane in self.lanes if (b := lane.begins) is not None), default=None)

    def _is_still_right(self, operation_id: str, view: OperationView | None) -> bool:
        """Return whether only the progress of an operation differs, which no lane shows."""
        before = self._views.get(operation_id)
        if before is None or view is None:
            return before is view
        return (
            before.base.operation.version == view.base.operation.version
            and before.attempts is view.attempts
            and before.commands is view.commands
        )
