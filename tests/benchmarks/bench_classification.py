"""What it costs to tell what kind of failure an exception is.

Run by hand: ``python -m tests.benchmarks.bench_classification`` prints microseconds, the best of several rounds.
"""

from __future__ import annotations

import errno
import time

import aiohttp
from aiohttp.client_reqrep import ConnectionKey

from launcher_gui.recovery.classification import ErrorClassifier

CALLS = 20_000
ROUNDS = 5


class ApiError(Exception):
    """Carries a status."""

    status_code = 503


class ThrottledError(Exception):
    """Carries an answer that asks to wait, as a plain dict."""

    status = 429
    headers = {"Date": "Sun, 06 Nov 1994 08:49:37 GMT", "Content-Type": "text/html", "Retry-After": "120"}  # noqa: RUF012


def connector_error() -> Exception:
    """Return what aiohttp raises where nobody listens."""
    key = ConnectionKey("host", 443, is_ssl=True, ssl=True, proxy=None, proxy_auth=None, proxy_headers_hash=None)
    return aiohttp.ClientConnectorError(key, OSError(errno.ECONNREFUSED, "refused"))


def cost(error: Exception) -> float:
    """Return the microseconds that one classification takes."""
    classify, best = ErrorClassifier().classify, float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for _ in range(CALLS):
            classify(error)
        best = min(best, time.perf_counter() - began)
    return best / CALLS * 1e6


def main() -> None:
    """Print the table."""
    errors = [ConnectionResetError(), OSError(errno.ENOSPC, "full"), TimeoutError(), KeyError("x"), RuntimeError("x")]
    for error in (*errors, ApiError(), ThrottledError(), connector_error()):
        print(f"{type(error).__name__:<24} {cost(error):6.2f} µs")  # noqa: T201


if __name__ == "__main__":
    main()
