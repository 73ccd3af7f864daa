"""The library's peers, each set up as the nearest equal of a bare ``recoverable``; whichever are installed.

They are no dependency of anything else: ``.venv/bin/pip install --group bench`` brings them.
"""

from __future__ import annotations

import asyncio
import importlib
import importlib.metadata
from collections.abc import Callable, Iterator
from typing import Any

Wrap = Callable[[Any], Any]
"""Takes a function, async or not, and returns it supervised."""


def installed() -> Iterator[tuple[str, Wrap | None, Wrap | None]]:
    """Yield the name of each peer with its wraps for plain and for async functions; ``None`` where it has none."""
    for name, find in _PEERS.items():
        try:
            plain, on_loop = find(importlib.import_module(name))
        except ImportError:
            yield f"{name} (not installed)", None, None
        else:
            yield f"{name} {_version(name)}", plain, on_loop


def _version(name: str) -> str:
    return importlib.metadata.version(name)


def _tenacity(tenacity: Any) -> tuple[Wrap, Wrap]:
    def wrap(function: Any) -> Any:
        wait, stop = tenacity.wait_exponential(), tenacity.stop_after_attempt(4)
        return tenacity.retry(wait=wait, stop=stop, retry=tenacity.retry_if_exception_type(ConnectionError))(function)

    return wrap, wrap


def _stamina(stamina: Any) -> tuple[Wrap, Wrap]:
    wrap = stamina.retry(on=ConnectionError, attempts=4)
    return wrap, wrap


def _backoff(backoff: Any) -> tuple[Wrap, Wrap]:
    wrap = backoff.on_exception(backoff.expo, ConnectionError, max_tries=4)
    return wrap, wrap


def _hyx(_: Any) -> tuple[None, Wrap]:
    retry: Any = importlib.import_module("hyx.retry").retry
    return None, retry(on=ConnectionError, attempts=4)


def _pybreaker(pybreaker: Any) -> tuple[Wrap, None]:
    breaker: Wrap = pybreaker.CircuitBreaker(fail_max=5, reset_timeout=60)
    return breaker, None


def _purgatory(purgatory: Any) -> tuple[Wrap, Wrap]:
    plain: Wrap = purgatory.SyncCircuitBreakerFactory()("peer")
    on_loop: Wrap = purgatory.AsyncCircuitBreakerFactory()("peer")
    return plain, on_loop


_PEERS: dict[str, Callable[[Any], tuple[Wrap | None, Wrap | None]]] = {
    "backoff": _backoff,
    "hyx": _hyx,
    "pybreaker": _pybreaker,
    "purgatory": _purgatory,
    "stamina": _stamina,
    "tenacity": _tenacity,
}


def dbos_medians(store: str, calls: int) -> tuple[float, float] | None:
    """Return the median microseconds of a DBOS workflow of one step, sync and async; ``None`` if there is none."""
    try:
        dbos: Any = importlib.import_module("dbos")
    except ImportError:
        return None
    statistics, time = importlib.import_module("statistics"), importlib.import_module("time")
    engine = dbos.DBOS(config={"name": "bench", "system_database_url": f"sqlite:///{store}", "log_level": "ERROR"})
    as_step: Callable[[Any], Any] = engine.step()
    as_workflow: Callable[[Any], Any] = engine.workflow()

    def step(number: int) -> int:
        return number

    kept_step = as_step(step)

    def workflow(number: int) -> Any:
        return kept_step(number)

    async def step_on_loop(number: int) -> int:
        return number

    kept_step_on_loop = as_step(step_on_loop)

    async def workflow_on_loop(number: int) -> Any:
        return await kept_step_on_loop(number)

    plain, on_loop = as_workflow(workflow), as_workflow(workflow_on_loop)

    async def all_on_loop() -> list[float]:
        took = []
        for number in range(calls):
            began = time.perf_counter()
            await on_loop(number)
            took.append(time.perf_counter() - began)
        return took

    dbos.DBOS.launch()
    try:
        took = []
        for number in range(calls):
            began = time.perf_counter()
            plain(number)
            took.append(time.perf_counter() - began)
        return statistics.median(took) * 1e6, statistics.median(asyncio.run(all_on_loop())) * 1e6
    finally:
        dbos.DBOS.destroy()
