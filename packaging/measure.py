"""Measure how long a built program takes to start, in a terminal and until its window is visible, and its memory.

Pass each command as one argument, in quotes. They are measured in turns, so that other load affects all of them alike.
Needs Xvfb and xwininfo (Debian's packages xvfb and x11-utils).
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DISPLAY = ":96"
TITLE = "ComfyUI Launcher Recovery Monitor"
_LIMIT_S = 60.0


def main() -> None:
    """Measure each program and print a table."""
    parser = argparse.ArgumentParser(description="Measure start time and memory of programs, in turns.")
    parser.add_argument("programs", nargs="+", metavar="COMMAND", help='such as "python main.py"')
    parser.add_argument("--rounds", type=int, default=7, metavar="N", help="number of starts of each (default: 7)")
    chosen = parser.parse_args()
    screen = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
    try:
        rounds = [[_measure(program) for program in chosen.programs] for _ in range(chosen.rounds)]
    finally:
        screen.terminate()
        screen.wait()
    print("program | --version, s | window, s | memory, MB")
    for program, measured in zip(chosen.programs, zip(*rounds, strict=True), strict=True):
        version, window, memory = (statistics.median(values) for values in zip(*measured, strict=True))
        print(f"{program} | {version:.2f} | {window:.2f} | {memory:.0f}")


def _measure(program: str) -> tuple[float, float, float]:
    """Return seconds for ``--version``, seconds until the window is visible, and megabytes (PSS) two seconds later."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "DISPLAY": DISPLAY, "RECOVERY_STORE": f"{home}/store.sqlite3"}
        begun = time.monotonic()
        subprocess.run([*shlex.split(program), "--version"], check=True, stdout=subprocess.DEVNULL, env=environment)
        version = time.monotonic() - begun
        begun = time.monotonic()
        process = subprocess.Popen(shlex.split(program), env=environment)
        try:
            while not _is_seen():
                if process.poll() is not None or time.monotonic() > begun + _LIMIT_S:
                    sys.exit(f"{program}: no window")
                time.sleep(0.01)
            window = time.monotonic() - begun
            time.sleep(2)
            return version, window, _pss(process.pid)
        finally:
            process.terminate()
            process.wait()


def _is_seen() -> bool:
    answer = subprocess.run(["xwininfo", "-root", "-tree", "-display", DISPLAY], check=False, capture_output=True)
    return TITLE.encode() in answer.stdout


def _pss(pid: int) -> float:
    """Return the proportional set size of a process, in megabytes."""
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii"), re.MULTILINE)
    return int(found[1]) * 1024 / 1e6 if found else 0.0


if __name__ == "__main__":
    main()
