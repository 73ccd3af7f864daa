"""Totals over all operations, for the tray icon, the taskbar and the window title. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from launcher_gui.monitor.operation_text import fetched_bytes, has_come
from launcher_gui.monitor.projection import OperationView
from launcher_gui.recovery.operation import OperationState
from launcher_gui.text.formatting import human_duration, human_rate
from launcher_gui.text.i18n import translate

UNDER_WAY = frozenset({OperationState.RUNNING, OperationState.WAITING, OperationState.QUEUED})
"""The states of operations that are in progress or continue by themselves."""


@dataclass(frozen=True, slots=True)
class Totals:
    """The sum of everything in progress.

    Attributes:
        running: How many operations run.
        waiting: How many wait for their next attempt or for a free slot.
        done: Bytes received, of the operations whose size is known.
        total: The sum of the known sizes; 0 if none is known.
        rate: Bytes per second; ``None`` if nothing is being transferred.
    """

    running: int = 0
    waiting: int = 0
    done: int = 0
    total: int = 0
    rate: float | None = None

    @property
    def fraction(self) -> float | None:
        """How much of it is done, 0 to 1; ``None`` if nothing is in progress or no size is known."""
        return min(1.0, self.done / self.total) if self.total else None


def totals_of(views: Iterable[OperationView], now: float) -> Totals:
    """Return the totals of ``views``; an operation with steps is counted by its steps, not twice."""
    under_way = [view for view in views if view.state in UNDER_WAY]
    running = [view for view in under_way if view.state is OperationState.RUNNING]
    sized = [view for view in under_way if view.progress.total]
    rates = [view.rate(now) for view in running if not has_come(view)]
    known = [rate for rate in rates if rate is not None]
    return Totals(
        len(running),
        len(under_way) - len(running),
        sum(fetched_bytes(view) for view in sized),
        sum(view.progress.total or 0 for view in sized),
        sum(known) if known else None,
    )


def totals_text(totals: Totals) -> str:
    """Return the totals as one line: "2 running, 1 waiting · 45 % · 48.3 MB/s · 3 min 20 s left"."""
    running = translate("totals", "{count} running").format(count=totals.running)
    waiting = translate("totals", "{count} waiting").format(count=totals.waiting)
    counts = [words for words, count in ((running, totals.running), (waiting, totals.waiting)) if count]
    told = [", ".join(counts) or translate("totals", "No active downloads")]
    if totals.fraction is not None:
        told.append(translate("totals", "{figure} %").format(figure=int(totals.fraction * 100)))
    if totals.rate is not None:
        told.append(human_rate(totals.rate))
    if totals.rate and totals.total > totals.done:
        left = human_duration((totals.total - totals.done) / totals.rate)
        told.append(translate("totals", "{time} left").format(time=left))
    return " · ".join(told)
