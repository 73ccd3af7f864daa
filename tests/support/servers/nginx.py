"""The real nginx, serving a folder from a port and files of its own."""

from __future__ import annotations

import json
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

INSTALL = "nginx is not installed, and this test needs it: apt-get install -y --no-install-recommends nginx"

_POLL_S = 0.02

_CONFIGURATION = """\
daemon off;
worker_processes 1;
{user}
pid nginx.pid;
error_log error.log warn;
events {{ worker_connections 256; }}
http {{
    default_type application/octet-stream;
    sendfile on;
    tcp_nopush on;
    log_format counted escape=json
        '{{"method":"$request_method","path":"$request_uri","status":$status,'
        '"sent":$body_bytes_sent,"asked_range":"$http_range"}}';
    access_log access.log counted;
    client_body_temp_path temporary;
    proxy_temp_path temporary;
    fastcgi_temp_path temporary;
    uwsgi_temp_path temporary;
    scgi_temp_path temporary;
    server {{
        listen 127.0.0.1:{port}{encrypted};
        location / {{ root "{folder}"; }}
        location /slow/ {{ alias "{folder}/"; limit_rate {limit_rate}; }}
    }}
}}
"""


@dataclass(frozen=True)
class Served:
    """One request that nginx is done with.

    Attributes:
        method: Its method.
        path: Its path, with the query.
        status: What it was answered with.
        sent: How many bytes of the body were handed to the system.
        asked_range: Its Range header, empty if it had none.
    """

    method: str
    path: str
    status: int
    sent: int
    asked_range: str


class NginxServer:
    """nginx on 127.0.0.1, running while this context is open.

    Args:
        folder: What it serves: at full speed under /, slowly under /slow/.
        limit_rate: How fast "slowly" is, per connection and second, in nginx's words. The first second's share
            comes at once.
        certificate: For https, the file with its certificate and key.
    """

    def __init__(self, folder: Path, *, limit_rate: str = "20m", certificate: Path | None = None) -> None:
        self.folder = folder
        self._limit_rate = limit_rate
        self._certificate = certificate

    def __enter__(self) -> Self:
        program = _find_nginx()
        self._prefix = tempfile.TemporaryDirectory(prefix="nginx-")
        # nginx takes over a socket that already listens, so that nobody can snatch the port in between.
        with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
            self.port: int = listener.getsockname()[1]
            self.origin = f"{'https' if self._certificate else 'http'}://127.0.0.1:{self.port}"
            self._process = self._start(program, listener)
        try:
            self._wait_until_it_answers()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stop()

    def url(self, path: str) -> str:
        """Return the URL of a file of the folder, or, under "/slow/", of the same file sent slowly."""
        return f"{self.origin}/{path.lstrip('/')}"

    @property
    def served(self) -> tuple[Served, ...]:
        """All requests that nginx is done with, in the order they ended."""
        lines = (Path(self._prefix.name) / "access.log").read_text(encoding="utf-8").splitlines()
        # The first one only asked whether nginx runs.
        return tuple(Served(**json.loads(line)) for line in lines[1:])

    def until(self, met: Callable[[tuple[Served, ...]], bool], within: float = 10.0) -> tuple[Served, ...]:
        """Wait until what was served is as ``met`` wants it and return it: the log follows the answer.

        Raises:
            TimeoutError: It did not come to that in time.
        """
        deadline = time.monotonic() + within
        while not met(served := self.served):
            if time.monotonic() > deadline:
                raise TimeoutError(f"after {within} s nginx has served {served}")
            time.sleep(_POLL_S)
        return served

    def _start(self, program: str, listener: socket.socket) -> subprocess.Popen[bytes]:
        prefix = Path(self._prefix.name)
        configuration = prefix / "nginx.conf"
        text = _CONFIGURATION.format(
            user=_user(),
            port=self.port,
            folder=self.folder,
            limit_rate=self._limit_rate,
            encrypted=_encrypted(self._certificate),
        )
        configuration.write_text(text, encoding="utf-8")
        command = [program, "-p", f"{prefix}/", "-e", str(prefix / "error.log"), "-c", str(configuration)]
        environment = {**os.environ, "NGINX": f"{listener.fileno()};"}
        return subprocess.Popen(
            command,
            env=environment,
            pass_fds=[listener.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _wait_until_it_answers(self) -> None:
        # The socket listens already, so the connection waits in its queue until nginx takes it.
        trusted = ssl.create_default_context(cafile=self._certificate) if self._certificate else None
        try:
            with urllib.request.urlopen(f"{self.origin}/", timeout=10, context=trusted):
                pass
        except urllib.error.HTTPError as answer:
            answer.close()
        except OSError as error:
            log = Path(self._prefix.name) / "error.log"
            raise AssertionError(f"nginx does not answer: {log.read_text(encoding='utf-8')}") from error

    def _stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._prefix.cleanup()


def _encrypted(certificate: Path | None) -> str:
    """Return the rest of the listening directive, and what it needs to encrypt."""
    return f' ssl; ssl_certificate "{certificate}"; ssl_certificate_key "{certificate}"' if certificate else ""


def _user() -> str:
    """Return the directive that lets root's worker stay root: another user may not see a test's folder."""
    return "user root root;" if os.geteuid() == 0 else ""


def _find_nginx() -> str:
    """Return the program; Debian keeps it where an ordinary user's PATH does not look."""
    path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
    return shutil.which("nginx", path=path) or pytest.fail(INSTALL)
