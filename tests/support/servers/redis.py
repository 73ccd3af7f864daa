"""The real Redis, on a port and in a folder of its own, keeping nothing."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from types import TracebackType
from typing import Self

import pytest

INSTALL = (
    "redis-server is not installed, and this test needs it: apt-get install -y --no-install-recommends redis-server"
)

_POLL_S = 0.02


class RedisServer:
    """Redis on 127.0.0.1, running while this context is open."""

    def __enter__(self) -> Self:
        program = shutil.which("redis-server") or pytest.fail(INSTALL)
        self._folder = tempfile.TemporaryDirectory(prefix="redis-")
        self._start(program)
        self.url = f"redis://127.0.0.1:{self.port}/0"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._folder.cleanup()

    def _start(self, program: str) -> None:
        """Start it on a free port, or on another one if another process was faster."""
        for _ in range(10):
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port: int = free.getsockname()[1]
            options = ["--bind", "127.0.0.1", "--port", str(self.port), "--dir", self._folder.name, "--save", ""]
            self._process = subprocess.Popen(
                [program, *options, "--appendonly", "no", "--databases", "200"], stdout=subprocess.DEVNULL
            )
            if self._answers():
                return
            self._process.kill()
            self._process.wait()
        raise AssertionError("Redis does not answer")

    def _answers(self) -> bool:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as asking:
                    asking.sendall(b"PING\r\n")
                    if asking.recv(64).startswith(b"+PONG"):
                        return True
            except OSError:
                time.sleep(_POLL_S)
        return False
