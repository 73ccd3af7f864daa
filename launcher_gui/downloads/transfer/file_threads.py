"""The threads that work on files, and how they report progress to the event loop."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from launcher_gui.recovery.runtime.clock import Clock

_THREADS = 32
_REPORT_INTERVAL_S = 0.1


def file_threads() -> ThreadPoolExecutor:
    """Return the threads for work on files: a download writes, hashes and flushes at the same time."""
    return ThreadPoolExecutor(_THREADS, thread_name_prefix="files")


def progress_from_thread(update: Callable[[int], None], clock: Clock) -> Callable[[int], None]:
    """Return a function that another thread may call with its progress; it calls ``update`` on the event loop.

    Args:
        update: Called with the progress, a few times a second at most.
        clock: The clock.
    """
    loop = asyncio.get_running_loop()
    reported_at = -math.inf

    def report(done: int) -> None:
        nonlocal reported_at
        now = clock.monotonic()
        if now - reported_at >= _REPORT_INTERVAL_S:
            reported_at = now
            loop.call_soon_threadsafe(update, done)

    return report
