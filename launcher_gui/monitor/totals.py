"""What everything under way comes to together: for a tray, a taskbar, a title. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from launcher_gui.monitor.operation_text import fetched_bytes, has_come
from launcher_gui.monitor.projection import OperationView
from launcher_gui.recovery.operation import OperationState
from launcher_gui.text.formatting import human_duration, human_rate
from launcher_gui.text.i18n import translate

UNDER_WAY = frozenset({OperationState.RUNNING, OperationState.WAITING, OperationState.QUEUED})
"""What moves, or will by itself."""


@dataclass(frozen=True, slots=True)
class Totals:
    """All that is under way.

    Attributes:
        running: How many are at work.
        waiting: How many wait for their next attempt, or their turn.
        done: Bytes that have come, of those whose size is known.
        total: Bytes that these have; 0 if no size is known.
        rate: Bytes per second, ``None`` where nothing is being transferred.
    """

    running: int = 0
    waiting: int = 0
    done: int = 0
    total: int = 0
    rate: float | None = None

    @property
    def fraction(self) -> float | None:
        """How much of it is done, 0 to 1; ``None`` where nothing is under way or no size is known."""
        return min(1.0, self.done / self.total) if self.total else None


def totals_of(views: Iterable[OperationView], now: float) -> Totals:
    """Return what ``views`` come to; the steps of an operation count, what they are steps of does not twice."""
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
    """Return it as one line: "2 running, 1 waiting · 45 % · 48.3 MB/s · 3 min 20 s left"."""
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
