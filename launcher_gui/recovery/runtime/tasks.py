"""Tasks whose failures are reported, and work that is completed even if its caller is cancelled."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any, Generic, TypeVar

T = TypeVar("T")

_log = logging.getLogger(__name__)
_running: set[asyncio.Task[Any]] = set()


class LoopLock:
    """A lock for the tasks of one event loop, in objects that outlive the loop, such as a decorator in a module."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = asyncio.Lock()

    def __call__(self) -> asyncio.Lock:
        """Return the lock of the running loop, for ``async with``."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self._lock = loop, asyncio.Lock()
        return self._lock


def spawn(work: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
    """Start ``work`` as a task that is kept referenced until it ends, and log its failure."""
    task = asyncio.create_task(work, name=name)
    _running.add(task)
    task.add_done_callback(_report)
    return task


async def run_in_daemon_thread(work: Callable[[], T], name: str) -> T:
    """Return the result of ``work``, run in a thread that does not keep the program from exiting."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def tell(settle: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has closed
            loop.call_soon_threadsafe(lambda: None if done.done() else settle())

    def run() -> None:
        try:
            value = work()
        except BaseException as error:  # noqa: BLE001 the caller gets it
            problem = error
            tell(lambda: done.set_exception(problem))
        else:
            tell(lambda: done.set_result(value))

    threading.Thread(target=run, name=name, daemon=True).start()
    return await done


async def run_to_completion(work: Awaitable[T]) -> T:
    """Return the result of ``work``; if the caller is cancelled, complete the work first and then raise that.

    The work is completed however often the caller is cancelled. If it fails then, its failure is the cause of the
    ``CancelledError`` that is raised.
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


async def await_shielded(work: Awaitable[T]) -> T:
    """Do the same as ``run_to_completion`` without a task, for work that contains no time limit.

    A time limit within the work (``asyncio.timeout``) would look like the caller's cancellation and never take effect.
    """
    return await _Unbroken(work)


class _Unbroken(Generic[T]):
    """Awaits work and shields it from cancellation.

    A task costs three more turns of the event loop, twice for each attempt of a recorded call. In place of each future
    that the work waits for, the caller waits for a proxy; a cancellation ends only the proxy.
    """

    def __init__(self, work: Awaitable[T]) -> None:
        self._work = work
        self._given_way: asyncio.CancelledError | None = None

    def __await__(self) -> Generator[Any, None, T]:
        steps = self._work.__await__()
        try:
            while True:
                waited_for = next(steps)
                if waited_for is None:
                    yield from self._turn()
                else:
                    waited_for._asyncio_future_blocking = False  # noqa: SLF001 as asyncio.Task does
                    yield from self._wait(waited_for)
        except StopIteration as done:
            result: T = done.value
        except BaseException as error:
            if self._given_way is not None and error is not self._given_way:
                raise self._given_way from error
            raise
        if self._given_way is not None:
            raise self._given_way
        return result

    def _turn(self) -> Generator[None, None, None]:
        try:
            yield
        except asyncio.CancelledError as cancelled:
            self._given_way = cancelled

    def _wait(self, future: asyncio.Future[Any]) -> Generator[Any, None, None]:
        while not future.done():
            proxy = future.get_loop().create_future()

            def pass_on(_: object, proxy: asyncio.Future[None] = proxy) -> None:
                if not proxy.done():
                    proxy.set_result(None)

            future.add_done_callback(pass_on)
            try:
                yield from proxy
            except asyncio.CancelledError as cancelled:
                self._given_way = cancelled
            finally:
                future.remove_done_callback(pass_on)


def _report(task: asyncio.Task[Any]) -> None:
    _running.discard(task)
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.error("%s failed", task.get_name(), exc_info=error)
