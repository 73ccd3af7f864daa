"""The real program as processes of its own: started, watched, killed, asked."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
_POLL_S = 0.005
_PROGRESS = re.compile(
    r"^\S+: (?:Running|Connecting|Downloading|Verifying|Installing|\w+…)(?:  .*)?\n", re.MULTILINE
)  # as output.progress_line writes it


@dataclass(frozen=True)
class Ended:
    """A process that has ended.

    Attributes:
        status: Its exit status.
        out: Its standard output, without the lines for a log that tell every few seconds how far a download is: how
            many there are says how busy the machine was.
        err: Its standard error.
    """

    status: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The JSON objects that it printed, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Program:
    """The program on one store.

    Attributes:
        store: The store's file.
        settings: ``RECOVERY_<FIELD>`` by field in lower case.
    """

    store: Path
    settings: Mapping[str, object]

    def start(self, *arguments: str, program: tuple[str, ...] = ("main.py",)) -> subprocess.Popen[str]:
        """Start it and return its process."""
        return subprocess.Popen(
            [sys.executable, *program, *arguments],
            cwd=ROOT,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, within: float = 60.0) -> Ended:
        """Run it to its end."""
        return ended(self.start(*arguments), within)

    def operations(self) -> list[dict[str, Any]]:
        """Return what ``list --json`` prints."""
        return self.run("list", "--json").objects

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("RECOVERY_")}
        return {
            **kept,
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_CONFIG_HOME": str(self.store.parent / "config"),
            "RECOVERY_STORE": str(self.store),
            **{f"RECOVERY_{field.upper()}": str(value) for field, value in self.settings.items()},
        }


def ended(process: subprocess.Popen[str], within: float = 60.0) -> Ended:
    """Wait for ``process`` to end by itself; one that does not is killed and fails the test."""
    try:
        out, err = process.communicate(timeout=within)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        raise AssertionError(f"still running after {within} s: {out}\n{err}") from None
    return Ended(process.returncode, _PROGRESS.sub("", out or ""), err)


def kill(process: subprocess.Popen[str]) -> None:
    """End ``process`` as a power button would: no handler of its own runs."""
    process.send_signal(signal.SIGKILL)
    process.communicate()


def wait_until(met: Callable[[], bool], within: float = 30.0) -> None:
    """Return once ``met`` is true.

    Raises:
        TimeoutError: If it does not come true in time.
    """
    deadline = time.monotonic() + within
    while not met():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not true after {within} s: {met}")
        time.sleep(_POLL_S)


def size(path: Path) -> int:
    """Return the length of a file, 0 if there is none."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
