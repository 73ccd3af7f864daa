"""How long the program takes to be of use, what it then occupies, and what it costs while nothing happens.

Run by hand, on a machine that does nothing else, with a screen or without one::

    python -m tests.benchmarks.bench_start [--rounds 7] [--operations 100000]

Each start is a process of its own on warm caches. What counts is the first picture that has the rows in it, or that
says that there are none. The store of many is one of finished downloads with a few unfinished ones, each tried twice.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from launcher_gui.recovery.operation import AttemptOutcome, NewOperation, OperationState, Progress
from launcher_gui.recovery.store.records import AttemptEnd, StateChange
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.store.sqlite.transaction import SQLiteTransaction
from launcher_gui.text.message import foreign

SETTLING_S, IDLE_S = 6.0, 10.0
_BEGUN = 1_790_000_000.0
_UNFINISHED = 40

PROGRAM = """
import gc, sys, time
gc.disable()  # as the program's entry does
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QTableView
from launcher_gui.app import window_app as app
from launcher_gui.ui.main_window import main_window

begun, rows, path = float(sys.argv[1]), int(sys.argv[2]), sys.argv[3]

class Eye(QObject):
    told = False
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not self.told:
            window = next((w for w in QApplication.topLevelWidgets() if isinstance(w, main_window.MainWindow)), None)
            if window is not None and window.isVisible() and (not rows or window.model.rowCount() > 0):
                self.told = True
                QTimer.singleShot(0, lambda: print(time.monotonic() - begun, time.process_time(), flush=True))
        return False

eye = Eye()
follow = app.follow_system
def and_watch(application):
    follow(application)
    application.installEventFilter(eye)
app.follow_system = and_watch
app.run(path)
"""


def fill(tx: SQLiteTransaction, count: int) -> None:
    """Make a store of ``count`` operations that were tried twice, a few of which are not done."""
    for number in range(count):
        name = f"operation-{number:08}"
        at = _BEGUN + number
        arguments = {"url": f"https://host/{name}", "sha256": None}
        key = f"/models/checkpoints/{name}.bin"
        tx.operations.insert(NewOperation("download", arguments, key, "host", name), at)
        tx.operations.claim(name, "owner", at)
        tx.attempts.begin(name, "owner", 3, at)
        end = AttemptEnd(AttemptOutcome.FAILED, "network", foreign("connection reset"), "", foreign("waiting 4 s"), 4.0)
        tx.attempts.end(name, "owner", 1, end, StateChange(OperationState.WAITING, retry_at=at), None, at + 1)
        tx.attempts.begin(name, "owner", 3, at + 2)
        tx.progress.save({name: Progress(10**9, 10**9, "downloading", at + 3)})
        state = OperationState.PAUSED if number % (count // _UNFINISHED) == 0 else OperationState.COMPLETED
        tx.operations.settle(name, "owner", StateChange(state), at + 3)


def environment(home: str) -> dict[str, str]:
    """Return the environment of a start: nobody's own settings."""
    shown = {} if os.environ.get("DISPLAY") else {"QT_QPA_PLATFORM": "offscreen"}
    return {**os.environ, **shown, "HOME": home, "RECOVERY_AUTO_RESUME": "false"}


def started(path: Path, rows: int, home: str) -> tuple[subprocess.Popen[str], float, float]:
    """Start the program and return it with the seconds until it was of use, and those of a processor."""
    command = [sys.executable, "-c", PROGRAM, str(time.monotonic()), str(rows), str(path)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment(home)
    )
    assert process.stdout is not None
    took, used = process.stdout.readline().split()
    return process, float(took), float(used)


def memory_mb(pid: int) -> float:
    """Return what a process has in memory for itself, and its share of what it shares (Linux)."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")) * 1024 / 1e6


def waking(pid: int) -> tuple[float, int]:
    """Return the processor seconds that a process has used, and how often one of its threads has woken (Linux)."""
    ticks = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    used = (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
    statuses = [s.read_text(encoding="ascii") for s in Path(f"/proc/{pid}/task").glob("*/status")]
    lines = [line for status in statuses for line in status.splitlines()]
    return used, sum(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches"))


def measure(name: str, path: Path, rows: int, rounds: int, home: str) -> None:
    """Print one row of the table."""
    seconds, processor, sizes = [], [], []
    for number in range(rounds):
        process, took, worked = started(path, rows, home)
        seconds.append(took)
        processor.append(worked)
        time.sleep(SETTLING_S if number == rounds - 1 else 2.0)
        sizes.append(memory_mb(process.pid))
        if number == rounds - 1:
            used, woken = waking(process.pid)
            time.sleep(IDLE_S)
            used_then, woken_then = waking(process.pid)
        process.terminate()
        process.wait()
    idle = f"{100 * (used_then - used) / IDLE_S:.2f} %, {(woken_then - woken) / IDLE_S:.1f} wake-ups a second"
    start = f"{statistics.median(seconds):.2f} s, {statistics.median(processor):.2f} s of a processor"
    print(f"{name}: {start}, then {statistics.median(sizes):.0f} MB; idle {idle}")  # noqa: T201


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--operations", type=int, default=100_000)
    parser.add_argument("--store", type=Path, help="keep the store of many here, for the next run")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        measure("empty store", Path(place) / "empty.sqlite3", 0, arguments.rounds, place)
        full: Path = arguments.store or Path(place) / "full.sqlite3"
        if not full.exists():
            with contextlib.closing(SQLitePersistence(str(full)).connect()) as session:
                session.write(lambda tx: fill(tx, arguments.operations))
        measure(f"{arguments.operations:,} operations", full, arguments.operations, arguments.rounds, place)


if __name__ == "__main__":
    main()
