"""The order of the queue, and moving operations in it. Pure.

Higher priority comes first; within a priority, the lower position. A position is a number of which only the order
counts:
the time of adding, unless the operation was moved.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

from launcher_gui.text.message import NOTHING, Message

STEP = 1.0
"""Distance between positions where there is space."""


class Move(StrEnum):
    """Where a queued operation can be moved to, among those of the same priority."""

    FRONT = "front"
    BACK = "back"
    UP = "up"
    DOWN = "down"
    BEFORE = "before"  # directly before another one, taking its priority


@dataclass(frozen=True, slots=True)
class QueueLimits:
    """What limits a worker when it takes queued operations.

    Attributes:
        at_once: How many operations it may run at once.
        per_scope: How many of one scope may run at once in all processes that share the store; 0 for no limit.
        closed: Why only operations that ignore the schedule may run now; nothing if all may.
        changes_in_s: Seconds until ``closed`` may change; ``None`` if never.
    """

    at_once: int
    per_scope: int = 0
    closed: Message = NOTHING
    changes_in_s: float | None = None


def reordered(order: Sequence[str], chosen: Sequence[str], move: Move, before: str | None = None) -> list[str]:
    """Return ``order`` with ``chosen`` moved; these keep their order among themselves.

    Args:
        order: The ids of one priority, the next first.
        chosen: The ids to move, in order; for ``BACK`` and ``BEFORE`` they may come from another priority.
        move: Where to.
        before: For ``BEFORE``, one of ``order``; if it is moved itself, the next one that is not takes its role.
    """
    among = set(chosen)
    rest = [each for each in order if each not in among]
    match move:
        case Move.FRONT:
            return [*chosen, *rest]
        case Move.BACK:
            return [*rest, *chosen]
        case Move.UP:
            return _swapped(order, among)
        case Move.DOWN:
            return _swapped(order[::-1], among)[::-1]
        case Move.BEFORE:
            behind = order[order.index(before) :] if before in order else ()
            at = next((rest.index(each) for each in behind if each not in among), len(rest))
            return [*rest[:at], *chosen, *rest[at:]]


def placed(order: Sequence[str], places: Mapping[str, float], moved: Collection[str]) -> dict[str, float]:
    """Return new positions for ``moved`` that give ``order``; for all, where there is no space between two.

    Args:
        order: The ids of one priority in the wanted order.
        places: The present position of each; those that are not moved are in order.
        moved: The ids that may get another position.
    """
    found: dict[str, float] = {}
    runs = [(is_moved, list(run)) for is_moved, run in groupby(order, key=lambda each: each in moved)]
    for at, (is_moved, run) in enumerate(runs):
        if is_moved:
            left = places[runs[at - 1][1][-1]] if at else None
            right = places[runs[at + 1][1][0]] if at + 1 < len(runs) else None
            found |= zip(run, _between(left, right, [places[each] for each in run]), strict=True)
    stand = [found.get(each, places[each]) for each in order]
    if all(one < two for one, two in pairwise(stand)):
        return found
    first = min(places[each] for each in order)
    return {each: first + STEP * at for at, each in enumerate(order)}


def _swapped(order: Sequence[str], chosen: Collection[str]) -> list[str]:
    """Swap each of ``chosen`` with the one before it, unless that is chosen too."""
    result = list(order)
    for at in range(1, len(result)):
        if result[at] in chosen and result[at - 1] not in chosen:
            result[at - 1 : at + 1] = result[at], result[at - 1]
    return result


def _between(left: float | None, right: float | None, own: Sequence[float]) -> list[float]:
    """Return a position for each of ``own``, between two neighbours; ``None`` for no neighbour."""
    count = len(own)
    if left is None:
        first = min(own) if right is None else right - STEP * count
        return [first + STEP * at for at in range(count)]
    step = STEP if right is None else (right - left) / (count + 1)
    return [left + step * (at + 1) for at in range(count)]
