"""The speeds of the last minutes, in total and per download, second by second.

It provides the content of the graph and its text. It reads no clock, draws nothing, and its size is limited.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nlargest

from launcher_gui.text.formatting import human_duration, human_rate
from launcher_gui.text.i18n import translate

SPAN_S = 300.0
"""How much time is recorded."""

STEP_S = 1.0
"""The interval between samples."""

MOST_EACH = 200
"""How many downloads are recorded per sample: the fastest."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A sample.

    Attributes:
        at: When.
        total: Bytes per second in total.
        each: Bytes per second of each download, by operation id.
    """

    at: float
    total: float
    each: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Figures:
    """Recent speeds in bytes per second."""

    now: float
    mean: float
    peak: float


class SpeedHistory:
    """A ring of samples."""

    def __init__(self) -> None:
        self._moments: deque[Moment] = deque(maxlen=int(SPAN_S / STEP_S))

    def note(self, now: float, rates: Mapping[str, float]) -> bool:
        """Record the speeds at ``now``, unless too soon after the last sample; return whether it did."""
        last = self._moments[-1].at if self._moments else None
        if last is not None and now < last:  # the clock was set back: earlier samples can no longer be placed
            self._moments.clear()
        elif last is not None and now - last < STEP_S * 0.9:
            return False
        kept = rates if len(rates) <= MOST_EACH else dict(nlargest(MOST_EACH, rates.items(), key=lambda item: item[1]))
        self._moments.append(Moment(now, sum(rates.values()), dict(kept)))
        return True

    @property
    def anything(self) -> bool:
        """Whether there was any data in that time."""
        return any(moment.total for moment in self._moments)

    def times(self) -> list[float]:
        """Return the samples, oldest first."""
        return [moment.at for moment in self._moments]

    def speeds(self, operation_id: str = "") -> list[float]:
        """Return bytes per second of each sample, of one download or in total."""
        if not operation_id:
            return [moment.total for moment in self._moments]
        return [moment.each.get(operation_id, 0.0) for moment in self._moments]

    def figures(self, operation_id: str = "") -> Figures | None:
        """Return the figures, ``None`` without data; the mean leaves out idle samples."""
        speeds = self.speeds(operation_id)
        moved = [speed for speed in speeds if speed > 0]
        return Figures(speeds[-1], sum(moved) / len(moved), max(moved)) if moved else None


def figures_text(figures: Figures | None) -> str:
    """Return "48.3 MB/s now, 40.1 MB/s average, 61.0 MB/s peak"."""
    if figures is None:
        return translate("speed", "No data in the last {time}").format(time=human_duration(SPAN_S))
    told = translate("speed", "{now} now, {mean} average, {peak} peak")
    return told.format(now=human_rate(figures.now), mean=human_rate(figures.mean), peak=human_rate(figures.peak))
