"""What the window's list costs with ten thousand rows: live changes, sorting, passing time, a click, an hour's memory.

Run by hand, on a machine that does nothing else, with a screen or without one::

    python -m tests.benchmarks.bench_window [live] [peer] [list] [click] [memory]

The peer is the same table on Qt's own QStandardItemModel, every changed cell set, as a plain Qt program would do it.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView
from qasync import QEventLoop

from launcher_gui.downloads.request import parse_request
from launcher_gui.models.operation_columns import Column, cell_text
from launcher_gui.models.operation_order import OperationOrder
from launcher_gui.monitor.projection import Changes, Projection
from launcher_gui.recovery.operation import NewOperation, Progress
from launcher_gui.recovery.store.ports import Transaction
from launcher_gui.ui.common.theme import follow_system
from launcher_gui.ui.main_window.main_window import MainWindow
from tests.benchmarks.bench_loop_lag import LagProbe, quantile
from tests.support.gui.crowd import many
from tests.support.gui.person import Person, at_desk
from tests.support.store.projections import NOW

ROWS, CHANGING, PER_SECOND = 10_000, 1_000, 10
SECONDS = 10.0
UPDATES_IN_AN_HOUR = 36_000
_HEADS = ("", "p50, ms", "p99, ms", "max, ms", "own p99", "core, %")


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def opened() -> MainWindow:
    """Return a window on the screen."""
    window = MainWindow(QSettings(os.devnull, QSettings.Format.IniFormat), lambda _form: {})
    window.resize(1280, 800)
    window.show()
    window.tick(NOW)
    return window


def closed(window: MainWindow) -> None:
    """Take a window away."""
    window.hide()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def moved(projection: Projection, count: int) -> list[Changes]:
    """Return what comes in turn: the progress of a tenth of the rows, another tenth each time."""
    ids = list(projection.views)
    found = []
    for number in range(count):
        chosen = [ids[(number * CHANGING + n) % len(ids)] for n in range(CHANGING)]
        done, at = 10**6 + 1000 * number, NOW + number / PER_SECOND
        found.append(Changes(progress={i: Progress(done, 10**7, "downloading", at) for i in chosen}))
    return found


async def lags(name: str, change: Callable[[int], None]) -> None:
    """Print how late the loop is, and what of a core is used, while ``change`` is called ten times a second."""
    change(0)
    await asyncio.sleep(0.5)
    gc.collect()
    gc.freeze()  # as the program does after its start
    with LagProbe(stacks=False) as probe:
        began, used = time.perf_counter(), time.process_time()
        for number in range(1, int(SECONDS * PER_SECOND) + 1):
            change(number)
            await asyncio.sleep(max(0.0, began + number / PER_SECOND - time.perf_counter()))
        busy = (time.process_time() - used) / (time.perf_counter() - began)
    whole, own = [1000 * lag.whole for lag in probe.lags], [1000 * lag.own for lag in probe.lags]
    figures = (quantile(whole, 0.5), quantile(whole, 0.99), max(whole), quantile(own, 0.99), 100 * busy)
    say(f"{name:34}" + "".join(f"{figure:10.1f}" for figure in figures))


async def live() -> None:
    """Measure the window, and the quiet loop that it is to be compared with."""
    say(f"{'':34}" + "".join(f"{head:>10}" for head in _HEADS[1:]))
    window, state = opened(), many(ROWS, 2)
    coming = moved(state, int(SECONDS * PER_SECOND) + 1)
    await lags("quiet", lambda _number: None)
    window.show_projection(state, frozenset(state.views))

    def change(number: int) -> None:
        nonlocal state
        state = state.apply(coming[number])
        window.show_projection(state, coming[number].ids)
        if number % 5 == 0:
            window.tick(NOW + number / PER_SECOND)

    await lags("10,000 rows, 1,000 changing", change)
    closed(window)


async def peer() -> None:
    """Measure Qt's own model with the same cells."""
    state, table, model = many(ROWS, 2), QTableView(), QStandardItemModel(ROWS, len(Column))
    coming = moved(state, int(SECONDS * PER_SECOND) + 1)
    for row, view in enumerate(state.views.values()):
        for column in Column:
            model.setItem(row, column, QStandardItem(cell_text(view, column, NOW)))
    table.setModel(model)
    table.resize(1280, 600)
    table.show()
    row_of = {i: row for row, i in enumerate(state.views)}

    def change(number: int) -> None:
        nonlocal state
        state = state.apply(coming[number])
        for i in coming[number].progress:
            for column in (Column.PROGRESS, Column.SIZE, Column.SPEED, Column.TIME_LEFT):
                text = cell_text(state.views[i], column, NOW + number / PER_SECOND)
                model.setData(model.index(row_of[i], column), text)

    await lags("QStandardItemModel", change)
    table.hide()
    table.deleteLater()


def taken(work: Callable[[], object], rounds: int = 9) -> float:
    """Return the milliseconds of processor time that ``work`` and the picture after it take, by the median."""
    times = []
    for _ in range(rounds):
        begun = time.thread_time()
        work()
        QApplication.processEvents()
        times.append(1000 * (time.thread_time() - begun))
    return statistics.median(times)


async def listed() -> None:
    """Measure sorting, filtering, time, a selection of all and the first picture."""
    window, state = opened(), many(ROWS, 2)
    order, bar = window.table.order, window.list_page.bar
    QApplication.processEvents()
    first = taken(lambda: window.show_projection(state, frozenset(state.views)), 1)
    say(f"first picture of 10,000 rows: {first:.0f} ms")
    for column in (Column.NAME, Column.SIZE, Column.ADDED):
        ways = iter([Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder] * 10)
        say(f"sort by {column.name.lower()}: {taken(partial(_sort, order, column, ways)):.0f} ms")
    passed = iter(range(1, 1000))
    say(f"tick with all 10,000 running: {taken(lambda: window.tick(NOW + next(passed) / 2)):.1f} ms")
    words = iter(["model-0", "model-01", "00", "1", "model", "7", "77", "9", "3"])
    say(f"filter by text: {taken(lambda: bar.text.setText(next(words))):.0f} ms")
    bar.text.setText("")
    say(f"select all: {taken(window.table.selectAll, 3):.0f} ms")
    closed(window)


def _sort(order: OperationOrder, column: Column, ways: Iterator[Qt.SortOrder]) -> None:
    order.sort(column, next(ways))


class _Paints(QObject):
    """Notes when a widget is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.at: list[float] = []

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Note a picture."""
        if event.type() == QEvent.Type.Paint:
            self.at.append(time.perf_counter())
        return False


async def click() -> None:
    """Measure from a press of Pause until the row that says so has been painted, on a store with many rows."""
    with tempfile.TemporaryDirectory() as place:
        async with at_desk(Path(place) / "store.sqlite3") as person:
            await person.desk._opened.wait()
            await person.desk._service.store.write(lambda tx: _fill(tx, 1000))
            window = person.window
            await person.until(lambda: window.model.rowCount() == 1000, "the rows", 30)
            paints = _Paints()
            window.table.viewport().installEventFilter(paints)
            times = [await _click(person, paints, row) for row in range(20)]
            told = f"median {statistics.median(times):.0f} ms, max {max(times):.0f} ms"
            say(f"a click on Pause is answered on screen after: {told}")


async def _click(person: Person, paints: _Paints, row: int) -> float:
    """Return the milliseconds until a row of the list reads that it was asked to pause."""
    name = str(person.window.table.model().index(row, Column.NAME).data())
    person.window.table.select(person.window.model.view_at(row).id)
    await asyncio.sleep(0.15)
    begun = time.perf_counter()
    person.press("Pause")
    await person.until(lambda: person.cell(name, Column.STATE).startswith("Paus"), "an answer")
    answered = len(paints.at)
    await person.until(lambda: len(paints.at) > answered or paints.at[-1] > begun, "a picture")
    return 1000 * (paints.at[-1] - begun)


def _fill(tx: Transaction, count: int) -> None:
    for number in range(count):
        url = f"http://127.0.0.1:9/{number}.bin"
        request = parse_request(url, tempfile.gettempdir(), None, None)
        new = NewOperation("not here", {"url": url}, f"{request.destination}", "127.0.0.1:9")
        tx.operations.insert(new, NOW)


async def memory() -> None:
    """Measure what an hour of updates, one after the other, leaves behind."""
    window, state = opened(), many(200, 2)
    window.show_projection(state, frozenset(state.views))
    sizes = []
    for number in range(1, UPDATES_IN_AN_HOUR + 1):
        now = NOW + number / PER_SECOND
        changes = Changes(
            progress={
                i: replace(view.progress, done=view.progress.done + 1000, at=now)
                for i, view in list(state.views.items())[number % 10 :: 10]
            }
        )
        state = state.apply(changes)
        window.show_projection(state, changes.ids)
        if number % 5 == 0:
            window.tick(now)
            await asyncio.sleep(0)
        if number % (UPDATES_IN_AN_HOUR // 6) == 0:
            gc.collect()
            sizes.append(resident_mb())
    say("memory after each ten minutes of an hour, MB: " + ", ".join(f"{size:.1f}" for size in sizes))
    closed(window)


def resident_mb() -> float:
    """Return what of this process lies in memory (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


PARTS: dict[str, Callable[[], Coroutine[Any, Any, None]]] = {
    "live": live,
    "peer": peer,
    "list": listed,
    "click": click,
    "memory": memory,
}


def main() -> None:
    """Measure what the command line names, else everything."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], default=list(PARTS))
    chosen = parser.parse_args().parts
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    follow_system(application)
    with QEventLoop(application) as loop:
        for part in chosen:
            loop.run_until_complete(PARTS[part]())


if __name__ == "__main__":
    main()
