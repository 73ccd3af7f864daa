"""A server of one made-up model file, slow enough to be interrupted, which remembers from where each request began."""

from __future__ import annotations

import hashlib
import random
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SIZE = 24 * 1024 * 1024
PIECE = 256 * 1024
PAUSE_S = 0.05
"""After each piece: about 5 MB a second, so that a download takes some seconds."""

BODY = random.Random(7).randbytes(SIZE)  # noqa: S311 the same in every run
SHA256 = hashlib.sha256(BODY).hexdigest()


class Server:
    """Serves ``BODY`` under every name on a free port of the loopback.

    Attributes:
        beginnings: By name, from which byte each request for it began.
    """

    def __init__(self) -> None:
        self.beginnings: dict[str, list[int]] = {}
        beginnings = self.beginnings

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
                begin = int(asked[1]) if asked else 0
                beginnings.setdefault(self.path.lstrip("/"), []).append(begin)
                self.send_response(206 if asked else 200)
                self.send_header("Content-Length", str(SIZE - begin))
                self.send_header("Accept-Ranges", "bytes")
                self.send_header("ETag", f'"{SHA256[:16]}"')
                if asked:
                    self.send_header("Content-Range", f"bytes {begin}-{SIZE - 1}/{SIZE}")
                self.end_headers()
                for at in range(begin, SIZE, PIECE):
                    try:
                        self.wfile.write(BODY[at : at + PIECE])
                    except OSError:  # whoever asked was killed
                        self.close_connection = True
                        return
                    time.sleep(PAUSE_S)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def url(self, name: str) -> str:
        """Return the address of the file under ``name``."""
        return f"http://127.0.0.1:{self._server.server_port}/{name}"
