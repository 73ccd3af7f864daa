"""The misbehaving server as a process of its own, steered by a test that has no event loop to spare."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.support.builders.files import ONE_MIB, Content
from tests.support.servers.behaviours import BEHAVE, Behaviour, Script, decode, encode
from tests.support.servers.misbehaving import PATH, Log

_ROOT = Path(__file__).resolve().parents[3]
_POLL_S = 0.02


class MisbehavingProcess:
    """The server, running while this context is open. It ends with the process that started it, however that ends.

    Args:
        content: What lies at `PATH`.
    """

    def __init__(self, content: Content = ONE_MIB) -> None:
        self._content = content

    def __enter__(self) -> Self:
        size, seed = str(self._content.size), str(self._content.seed)
        command = [sys.executable, "-m", "tests.support.servers.misbehaving", "--size", size, "--seed", seed]
        self._process = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())
        self.origin = f"http://127.0.0.1:{self.port}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def url(self, path: str = PATH) -> str:
        """Return the URL of a path."""
        return self.origin + path

    def add(self, path: str, content: Content) -> None:
        """Serve ``content`` at ``path``, behaving well until a script changes that."""
        self._control("/_file", {"path": path, "content": encode(content)})

    def script(self, *steps: Behaviour, then: Behaviour = BEHAVE, path: str = PATH) -> None:
        """Let the next requests for ``path`` meet ``steps``, one each, and all further ones ``then``."""
        self._control("/_script", {"path": path, "script": encode(Script(steps, then))})

    @property
    def log(self) -> Log:
        """All requests so far, in the order they came."""
        log: Log = decode(json.loads(self._control("/_log")))
        return log

    def until(self, met: Callable[[Log], bool], within: float = 10.0) -> Log:
        """Wait until the log is as ``met`` wants it and return it.

        Raises:
            TimeoutError: It did not come to that in time.
        """
        deadline = time.monotonic() + within
        while not met(log := self.log):
            if time.monotonic() > deadline:
                raise TimeoutError(f"after {within} s the server's log is {log}")
            time.sleep(_POLL_S)
        return log

    def _control(self, path: str, body: dict[str, Any] | None = None) -> bytes:
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(self.url(path), data, timeout=10) as answer:
            content: bytes = answer.read()
        return content
