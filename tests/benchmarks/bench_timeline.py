"""What the timeline costs: the first picture of ten thousand attempts, and each one after that.

Run by hand, on a machine that does nothing else::

    python -m tests.benchmarks.bench_timeline

Without a screen: the pictures are painted, not shown. The last column, the cost in pictures of an empty plot of the
same size, is what can be compared between machines.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pyqtgraph
from PySide6.QtWidgets import QApplication, QGraphicsView

from launcher_gui.monitor.projection import Changes
from launcher_gui.ui.timeline.timeline_view import TimelineView
from tests.support.gui.crowd import many
from tests.support.store.projections import NOW

SHAPES = ((100, 100), (10, 1_000), (1, 10_000))
ROUNDS = 40


def taken(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the milliseconds of processor time that ``work`` takes, by the median: all of it is work, not waiting."""
    times = []
    for _ in range(rounds):
        begun = time.thread_time()
        work()
        times.append((time.thread_time() - begun) * 1000)
    return statistics.median(times)


def opened() -> TimelineView:
    """Return an empty timeline as large as a window."""
    view = TimelineView()
    view.resize(1280, 600)
    view.tick(NOW)
    view.show()
    QApplication.processEvents()
    return view


def empty_plot() -> QGraphicsView:
    """Return a plot without anything in it."""
    plot: QGraphicsView = pyqtgraph.PlotWidget()
    plot.resize(1280, 600)
    plot.show()
    QApplication.processEvents()
    return plot


def measure(operations: int, attempts: int) -> tuple[float, float, float, float]:
    """Return milliseconds: an empty plot's picture, the first one, an update of one lane, and passing time."""
    view = opened()
    plot = view._plot.viewport()
    projection, nothing = many(operations, attempts), empty_plot()
    empty = taken(nothing.viewport().repaint)

    def first() -> None:
        view.show_projection(projection, frozenset(projection.views))
        view.fit()
        plot.repaint()

    first_ms = taken(first, 1)
    changed = next(iter(projection.views))
    state = projection

    def update() -> None:
        nonlocal state
        record = state.views[changed].record
        operation = replace(record.operation, version=record.operation.version + 1)
        state = state.apply(Changes((replace(record, operation=operation),)))
        view.show_projection(state, frozenset({changed}))
        QApplication.processEvents()  # which paints as much as was asked for

    def tick() -> None:
        view.tick(view._now + 0.5)
        QApplication.processEvents()

    QApplication.processEvents()
    return empty, first_ms, taken(update), taken(tick)


def main() -> None:
    """Measure and print."""
    application = QApplication([])
    print("operations  attempts   first ms  update ms   tick ms   update, tick in empty plots")  # noqa: T201
    for operations, attempts in SHAPES:
        empty, first, update, tick = measure(operations, attempts)
        figures = f"{first:10.1f} {update:10.2f} {tick:9.2f} {update / empty:9.1f} {tick / empty:9.1f}"
        print(f"{operations:10} {attempts:9} {figures}")  # noqa: T201
    application.quit()


if __name__ == "__main__":
    main()
