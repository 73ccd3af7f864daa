"""The order of the queue: whose turn comes before whose, and what it is to move somebody in it. Pure.

The higher priority comes first. Within one, a place tells who is sooner: a number of which only the order counts. It is
the time of adding unless somebody was moved, so that what nobody moves comes as it was added.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import groupby, pairwise

from launcher_gui.text.message import NOTHING, Message

STEP = 1.0
"""How far apart places are where there is room."""


class Priority(IntEnum):
    """Who comes before whom, whatever their places."""

    LOW = -1
    NORMAL = 0
    HIGH = 1


class Move(StrEnum):
    """Where somebody who is queued can be moved to, among those of the same priority."""

    FRONT = "front"
    BACK = "back"
    UP = "up"
    DOWN = "down"
    BEFORE = "before"  # just before another one, whose priority it takes


@dataclass(frozen=True, slots=True)
class QueueLimits:
    """On which terms a worker takes what is queued.

    Attributes:
        at_once: How many operations it may run at once.
        per_scope: How many of one scope may run at once in all processes of the store together; 0 for any number.
        closed: Why nothing may run at present but what ignores the schedule; nothing if everything may.
        changes_in_s: After how many seconds ``closed`` may be different; ``None`` if never.
    """

    at_once: int
    per_scope: int = 0
    closed: Message = NOTHING
    changes_in_s: float | None = None


def reordered(order: Sequence[str], chosen: Sequence[str], move: Move, before: str | None = None) -> list[str]:
    """Return ``order`` after ``chosen`` were moved in it, who stay in order among themselves.

    Args:
        order: Those of one priority, the next first.
        chosen: Who is moved, in their order; for ``BACK`` and ``BEFORE`` also such as come from another priority.
        move: Where to.
        before: For ``BEFORE``, one of ``order``; if it is moved itself, the next that is not takes its part.
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
    """Return the new places of ``moved``, so that all stand in ``order``; of all where there is no room between two.

    Args:
        order: Those of one priority, as they are to stand.
        places: Where each stands; of those that are not moved, in order.
        moved: Who may be given another place.
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
    """Let each of ``chosen`` pass the one before it, unless that is one of them."""
    result = list(order)
    for at in range(1, len(result)):
        if result[at] in chosen and result[at - 1] not in chosen:
            result[at - 1 : at + 1] = result[at], result[at - 1]
    return result


def _between(left: float | None, right: float | None, own: Sequence[float]) -> list[float]:
    """Return a place for each that has its ``own``, between two that stay; ``None`` where nobody stands."""
    count = len(own)
    if left is None:
        first = min(own) if right is None else right - STEP * count
        return [first + STEP * at for at in range(count)]
    step = STEP if right is None else (right - left) / (count + 1)
    return [left + step * (at + 1) for at in range(count)]
