"""How long the window's event loop keeps a click waiting while downloads run at full speed.

Run by hand, with a screen or without one::

    python tests/benchmarks/bench_loop_lag.py [--downloads 3] [--size-mb 2000] [--slow-disk 200] [--stacks]

A thread hands the loop a time stamp 200 times a second; how late the loop takes it is how long a click would have
waited. Where Linux tells it, the columns "own" leave out the time in which the loop was ready to run and the machine
was busy with something else, so that a busy machine is not taken for a blocked loop. ``--stacks`` tells what the loop
was doing whenever it was late by more than 25 ms. ``--slow-disk`` lets each write, flush and truncation take so many
milliseconds longer, by strace.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import hashlib
import os
import shutil
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from launcher_gui.app.window_app import WindowApp
from launcher_gui.downloads.service import DownloadService
from launcher_gui.models.drafts import AddForm
from launcher_gui.models.operation_columns import Column
from launcher_gui.ui.common.theme import follow_system
from tests.support.servers.nginx import NginxServer

INTERVAL_S = 0.005
BLOCKED_S = 0.025
IDLE_S = 3.0
_LOOK_S = 0.05
_DISK_CALLS = "pwrite64,fdatasync,fsync,ftruncate"
_SLOWED = "BENCH_SLOWED"
_BEFORE_CHECKING = frozenset({"Queued", "Connecting", "Downloading"})


@dataclass(frozen=True)
class Lag:
    """How late one time stamp was taken.

    Attributes:
        whole: Seconds.
        own: Of those, seconds in which the machine was not busy with something else.
    """

    whole: float
    own: float


class LagProbe:
    """Measures how late the loop takes what a thread hands to it.

    Attributes:
        lags: One per time stamp.
        stacks: What the loop was doing while it was late, and how often that was seen.
        collecting: The longest that the garbage collector took, in seconds.
    """

    def __init__(self, *, stacks: bool) -> None:
        self.lags: list[Lag] = []
        self.stacks: Counter[str] = Counter()
        self.collecting = 0.0
        self._collecting_since = 0.0
        self._loop = asyncio.get_running_loop()
        self._watched = threading.get_ident()
        self._schedule = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._with_stacks = stacks
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._post, name="lag probe", daemon=True)

    def __enter__(self) -> LagProbe:
        gc.callbacks.append(self._collected)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        gc.callbacks.remove(self._collected)
        self._stop.set()

    def begin_anew(self) -> None:
        """Forget what was measured."""
        self.lags, self.stacks, self.collecting = [], Counter(), 0.0

    def _post(self) -> None:
        while not self._stop.wait(INTERVAL_S):
            taken = threading.Event()
            kept_out = self._kept_out()
            posted = time.perf_counter()
            self._loop.call_soon_threadsafe(self._take, posted, kept_out, taken)
            if not taken.wait(BLOCKED_S) and self._with_stacks:
                self.stacks[_stack_of(self._watched)] += 1
            while not taken.wait(1.0):
                if self._stop.is_set():
                    return

    def _take(self, posted: float, kept_out: float, taken: threading.Event) -> None:
        whole = time.perf_counter() - posted
        self.lags.append(Lag(whole, max(0.0, whole - (self._kept_out() - kept_out))))
        taken.set()

    def _kept_out(self) -> float:
        """Return for how long the loop's thread has waited for a processor so far (Linux: schedstat, second field)."""
        try:
            return int(self._schedule.read_text(encoding="ascii").split()[1]) / 1e9
        except OSError:
            return 0.0

    def _collected(self, phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            self._collecting_since = time.perf_counter()
        else:
            self.collecting = max(self.collecting, time.perf_counter() - self._collecting_since)


def _stack_of(thread: int) -> str:
    frame = sys._current_frames().get(thread)
    return "".join(traceback.format_stack(frame)[-6:]) if frame is not None else ""


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which ``share`` of ``values`` lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


async def measure(desk: WindowApp, server: NginxServer, count: int, size: int, folder: Path, *, stacks: bool) -> None:
    """Print how late the loop is while nothing happens, and while ``count`` files come and are checked."""
    forms = [_form(server, number, size, folder) for number in range(count)]
    _say(f"{'':12}{'':>8}{'':>7}{'late, ms':^25}{'own, ms':^25}{'':>8}{'longest':>9}")
    columns = ("seconds", "GB/s", *2 * ("p50", "p99", "max"), "> 25", "gc, ms")
    _say(f"{'':12}" + "".join(f"{title:>{width}}" for title, width in zip(columns, _WIDTHS, strict=True)))
    with LagProbe(stacks=stacks) as probe:
        await asyncio.sleep(IDLE_S)
        _print_row("idle", IDLE_S, 0, probe)
        began = time.perf_counter()
        for number, form in enumerate(forms, 1):
            desk.window.adding.submitted.emit((form,))
            await _until(lambda number=number: desk.window.model.rowCount() == number)  # type: ignore[misc]
        desk.window.table.selectRow(0)
        await _until(lambda: not _BEFORE_CHECKING & _states(desk))
        _print_row("downloading", time.perf_counter() - began, count * size, probe)
        began = time.perf_counter()
        await _until(lambda: _states(desk) == {"Completed"})
        _print_row("checking", time.perf_counter() - began, 0, probe)


_WIDTHS = (8, 7, 8, 8, 9, 8, 8, 9, 8, 9)


def _form(server: NginxServer, number: int, size: int, folder: Path) -> AddForm:
    """Return the form for a file of zeros in a format of which nothing is checked: what the bytes are costs nothing."""
    path = server.folder / f"model-{number}.gguf"
    with path.open("wb") as file:
        file.truncate(size)
    return AddForm(server.url(path.name), str(folder), "", _sha256_of_zeros(size))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _states(desk: WindowApp) -> set[str]:
    model = desk.window.model
    return {str(model.index(row, Column.STATE).data()) for row in range(model.rowCount())}


async def _until(met: Callable[[], bool]) -> None:
    while not met():  # noqa: ASYNC110 this must not add to what is measured
        await asyncio.sleep(_LOOK_S)


def _print_row(what: str, seconds: float, size: int, probe: LagProbe) -> None:
    whole, own = [lag.whole for lag in probe.lags], [lag.own for lag in probe.lags]
    figures = [f"{1000 * quantile(lags, share):.1f}" for lags in (whole, own) for share in (0.5, 0.99, 1.0)]
    rate = f"{size / seconds / 1e9:.2f}" if size else ""
    blocked = sum(lag > BLOCKED_S for lag in own)
    cells = (f"{seconds:.1f}", rate, *figures, f"{blocked}", f"{1000 * probe.collecting:.1f}")
    _say(f"{what:12}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, _WIDTHS, strict=True)))
    for stack, times in probe.stacks.most_common(5):
        _say(f"--- seen {times} times:\n{stack}")
    probe.begin_anew()


async def run(arguments: argparse.Namespace) -> None:
    """Measure on a store, a server and folders that are gone afterwards."""
    with tempfile.TemporaryDirectory() as place:
        here = Path(place)
        (here / "served").mkdir()
        layout = QSettings(str(here / "window.ini"), QSettings.Format.IniFormat)
        desk = WindowApp(DownloadService(str(here / "data" / "recovery.sqlite3"), "window"), layout)
        with NginxServer(here / "served") as server:
            program = asyncio.create_task(desk.run())
            size = arguments.size_mb * 1_000_000
            await measure(desk, server, arguments.downloads, size, here / "models", stacks=arguments.stacks)
            desk.window.quit_confirmed.emit()
            await program


def _sha256_of_zeros(size: int) -> str:
    digest, block = hashlib.sha256(), bytes(1024 * 1024)
    for start in range(0, size, len(block)):
        digest.update(block[: size - start])
    return digest.hexdigest()


@contextmanager
def _concurrency(downloads: int) -> Iterator[None]:
    os.environ["RECOVERY_CONCURRENT_DOWNLOADS"] = str(downloads)
    yield
    del os.environ["RECOVERY_CONCURRENT_DOWNLOADS"]


def _begin_again_on_a_slow_disk(delay_ms: int) -> NoReturn:
    strace = shutil.which("strace")
    if strace is None:
        sys.exit("a slow disk needs strace: apt-get install -y --no-install-recommends strace")
    delay = f"inject={_DISK_CALLS}:delay_exit={delay_ms * 1000}"
    command = [strace, "-f", "--seccomp-bpf", "-o", os.devnull, "-e", f"trace={_DISK_CALLS}", "-e", delay]
    os.execve(strace, [*command, sys.executable, *sys.argv], {**os.environ, _SLOWED: "1"})


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--downloads", type=int, default=3, help="how many at once")
    parser.add_argument("--size-mb", type=int, default=2000, help="how large each is")
    parser.add_argument("--stacks", action="store_true", help="tell what blocked the loop")
    parser.add_argument("--slow-disk", type=int, default=0, metavar="MS", help="how much longer the disk takes")
    arguments = parser.parse_args()
    if arguments.slow_disk and _SLOWED not in os.environ:
        _begin_again_on_a_slow_disk(arguments.slow_disk)
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    follow_system(application)
    with _concurrency(arguments.downloads), QEventLoop(application) as loop:
        loop.run_until_complete(run(arguments))


if __name__ == "__main__":
    main()
