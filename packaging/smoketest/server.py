"""A server of two model files, slow enough to be interrupted, which records what it sent for each request."""

from __future__ import annotations

import hashlib
import random
import re
import threading
import time
from collections.abc import Callable, Container, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PIECE = 256 * 1024
PAUSE_S = 0.05
"""After each piece: about 5 MB a second and connection, so that a download takes some seconds."""

SLOW_S = 0.5
"""The same for a download that must last longer than an update."""


@dataclass(frozen=True)
class Model:
    """A file on the server.

    Attributes:
        body: Its bytes.
        sha256: Their SHA-256, in hexadecimal digits.
    """

    body: bytes
    sha256: str

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return len(self.body)


def _made(seed: int, mebibytes: int) -> Model:
    body = random.Random(seed).randbytes(mebibytes * 1024 * 1024)  # noqa: S311 the same in every run
    return Model(body, hashlib.sha256(body).hexdigest())


SMALL = _made(7, 24)
"""Small enough for one connection."""

LARGE = _made(8, 96)
"""Large enough for several connections, with more to download after the first parts are finished."""

LARGE_BLAKE3 = "96bf094a54d6ebf053a38eb689790ec654c69306d9174e9a571f76984a540930"
"""The BLAKE3 of ``LARGE``, which the standard library can't compute."""


def model(name: str) -> Model:
    """Return the file whose URL ends with ``name``."""
    return LARGE if name.startswith("large") else SMALL


@dataclass
class Sent:
    """What was sent for one name.

    Attributes:
        beginnings: The first byte of each request, in order.
        count: The number of bytes that were sent.
        at_once: The number of requests being answered.
        most_at_once: The highest such number.
    """

    beginnings: list[int] = field(default_factory=list)
    count: int = 0
    at_once: int = 0
    most_at_once: int = 0


class Server:
    """Serves ``SMALL`` or ``LARGE`` under every name on a free port of the loopback.

    Attributes:
        sent: What was sent, by name.
        slow: The names of files that are sent slowly.
    """

    def __init__(self) -> None:
        self.sent: dict[str, Sent] = {}
        self.slow: set[str] = set()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self._answering, self.slow))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def url(self, name: str) -> str:
        """Return the address of the file under ``name``."""
        return f"http://127.0.0.1:{self._server.server_port}/{name}"

    def count(self, name: str) -> int:
        """Return how many bytes were sent of the file under ``name``."""
        return self.sent[name].count if name in self.sent else 0

    @contextmanager
    def _answering(self, name: str, begin: int) -> Iterator[Sent]:
        with self._lock:
            sent = self.sent.setdefault(name, Sent())
            sent.beginnings.append(begin)
            sent.at_once += 1
            sent.most_at_once = max(sent.most_at_once, sent.at_once)
        try:
            yield sent
        finally:
            with self._lock:
                sent.at_once -= 1


def _handler(
    answering: Callable[[str, int], AbstractContextManager[Sent]], slow: Container[str]
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = self.path.lstrip("/")
            asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
            begin, last = self._head(model(name), asked)
            with answering(name, begin) as sent:
                for at in range(begin, last + 1, PIECE):
                    try:
                        sent.count += self.wfile.write(model(name).body[at : min(at + PIECE, last + 1)])
                    except OSError:  # the client was killed or closed the connection
                        self.close_connection = True
                        return
                    time.sleep(SLOW_S if name in slow else PAUSE_S)

        def _head(self, of: Model, asked: re.Match[str] | None) -> tuple[int, int]:
            """Send what comes before the bytes, and return the first and the last of these."""
            begin, last = (int(asked[1]), int(asked[2] or of.size - 1)) if asked else (0, of.size - 1)
            self.send_response(206 if asked else 200)
            self.send_header("Content-Length", str(last + 1 - begin))
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("ETag", f'"{of.sha256[:16]}"')
            if asked:
                self.send_header("Content-Range", f"bytes {begin}-{last}/{of.size}")
            self.end_headers()
            return begin, last

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
