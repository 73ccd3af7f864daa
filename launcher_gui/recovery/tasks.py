"""Starting work beside the present one so that its failure is reported, and finishing what must not be cut short."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

_log = logging.getLogger(__name__)
_running: set[asyncio.Task[Any]] = set()


class LoopLock:
    """A lock among the tasks of an event loop, for things that outlive the loop (a decorator in a module does)."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = asyncio.Lock()

    def __call__(self) -> asyncio.Lock:
        """Return the lock of the running loop, to be held by ``async with``."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self._lock = loop, asyncio.Lock()
        return self._lock


def spawn(work: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
    """Start ``work`` as a task that is kept alive until it ends and whose failure is logged."""
    task = asyncio.create_task(work, name=name)
    _running.add(task)
    task.add_done_callback(_report)
    return task


async def firmly(work: Awaitable[T]) -> T:
    """Return what ``work`` returns; if the caller is cancelled meanwhile, finish it first and then give way.

    However often the caller is cancelled, the work is finished. Should it fail then, its failure is the cause of the
    cancellation that is passed on.
    """
    task = asyncio.ensure_future(work)
    given_way: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as cancelled:
            given_way = cancelled
    if given_way is not None:
        raise given_way from (None if task.cancelled() else task.exception())
    return task.result()


def _report(task: asyncio.Task[Any]) -> None:
    _running.discard(task)
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.error("%s failed", task.get_name(), exc_info=error)
