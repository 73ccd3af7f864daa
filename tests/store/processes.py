"""Small programs on the same store, run as real processes that follow instructions line by line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Program:
    """A Python process that reads lines and writes lines.

    Args:
        source: What it runs.
        arguments: Its ``sys.argv[1:]``.
    """

    def __init__(self, source: str, *arguments: object) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", source, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    @property
    def pid(self) -> int:
        """Return its process id."""
        return self._process.pid

    def tell(self, line: str = "") -> None:
        """Send a line to it."""
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def says(self) -> str:
        """Wait for its next line and return it; empty if it has ended."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().rstrip("\n")

    def kill(self) -> None:
        """End it with SIGKILL, as a crash does."""
        self._process.kill()
        self._process.wait()

    def result(self) -> int:
        """Wait for its end and return its exit code."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        return self._process.wait(timeout=60)

    def close(self) -> None:
        """End it in any state."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()


@contextmanager
def programs(source: str, count: int, *arguments: object) -> Iterator[list[Program]]:
    """Run ``count`` processes of ``source``; each gets its own number after ``arguments``."""
    with ExitStack() as stack:
        running = []
        for number in range(count):
            running.append(Program(source, *arguments, number))
            stack.callback(running[-1].close)
        yield running
