"""The speeds of the last minutes: what came in all, and of each download, second by second.

It owns what a picture of them shows and says. It reads no clock, draws nothing, and its memory has an end.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nlargest

from launcher_gui.text.formatting import human_duration, human_rate
from launcher_gui.text.i18n import translate

SPAN_S = 300.0
"""So much time is remembered."""

STEP_S = 1.0
"""How far the moments lie apart that are remembered."""

MOST_EACH = 200
"""Of so many downloads the speed is remembered at each moment, the fastest."""


@dataclass(frozen=True, slots=True)
class Moment:
    """How fast everything came at a moment.

    Attributes:
        at: When.
        total: Bytes per second in all.
        each: Bytes per second of each download, by the id of its operation.
    """

    at: float
    total: float
    each: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a speed has been lately, in bytes per second."""

    now: float
    mean: float
    peak: float


class SpeedHistory:
    """A ring of moments."""

    def __init__(self) -> None:
        self._moments: deque[Moment] = deque(maxlen=int(SPAN_S / STEP_S))

    def note(self, now: float, rates: Mapping[str, float]) -> bool:
        """Remember the speeds at ``now``, unless that is too soon after the last ones; return whether it was done."""
        last = self._moments[-1].at if self._moments else None
        if last is not None and now < last:  # the clock was set back: what was before cannot be placed any more
            self._moments.clear()
        elif last is not None and now - last < STEP_S * 0.9:
            return False
        kept = rates if len(rates) <= MOST_EACH else dict(nlargest(MOST_EACH, rates.items(), key=lambda item: item[1]))
        self._moments.append(Moment(now, sum(rates.values()), dict(kept)))
        return True

    @property
    def anything(self) -> bool:
        """Whether anything came in that time."""
        return any(moment.total for moment in self._moments)

    def times(self) -> list[float]:
        """Return the moments, oldest first."""
        return [moment.at for moment in self._moments]

    def speeds(self, operation_id: str = "") -> list[float]:
        """Return bytes per second at each of the moments, of one download or, without an id, in all."""
        if not operation_id:
            return [moment.total for moment in self._moments]
        return [moment.each.get(operation_id, 0.0) for moment in self._moments]

    def figures(self, operation_id: str = "") -> Figures | None:
        """Return what the speed was, ``None`` where nothing came; the mean leaves out when nothing came."""
        speeds = self.speeds(operation_id)
        moved = [speed for speed in speeds if speed > 0]
        return Figures(speeds[-1], sum(moved) / len(moved), max(moved)) if moved else None


def figures_text(figures: Figures | None) -> str:
    """Return "48.3 MB/s now, 40.1 MB/s on average, 61.0 MB/s at most"."""
    if figures is None:
        return translate("speed", "No data in the last {time}").format(time=human_duration(SPAN_S))
    told = translate("speed", "{now} now, {mean} average, {peak} peak")
    return told.format(now=human_rate(figures.now), mean=human_rate(figures.mean), peak=human_rate(figures.peak))
