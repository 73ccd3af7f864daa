"""The contract's chapters on configuration, testing and best practices."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from typing import Any

import pytest

from launcher_gui.recovery import SQLitePersistence, generate_operation_id, recoverable, recovery_of
from launcher_gui.recovery.integration import get_recovery_integrator

_log = logging.getLogger(__name__)


async def test_configuration_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dictionary made of the environment can be handed to the decorator as it is."""
    monkeypatch.setenv("RECOVERY_MAX_RETRIES", "1")
    options: dict[str, Any] = {
        "max_retries": int(os.environ["RECOVERY_MAX_RETRIES"]),
        "initial_delay": float(os.environ["RECOVERY_INITIAL_DELAY"]),
        "backoff_factor": float(os.environ.get("RECOVERY_BACKOFF_FACTOR", "2.0")),
        "max_delay": float(os.environ["RECOVERY_MAX_DELAY"]),
        "persistence": None,
        "circuit_breaker_threshold": int(os.environ.get("RECOVERY_CIRCUIT_BREAKER_THRESHOLD", "5")),
    }
    calls: list[dict[str, int]] = []

    @recoverable(**options)
    async def work(data: dict[str, int]) -> None:
        calls.append(data)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await work({"a": 1})
    assert calls == [{"a": 1}] * 2


async def test_configuration_at_run_time() -> None:
    """What the integrator is told counts for functions that exist already."""
    calls: list[int] = []

    @recoverable
    async def work() -> None:
        calls.append(1)
        raise ConnectionError

    get_recovery_integrator().update_config({"max_retries": 5, "circuit_breaker_threshold": 10})
    with pytest.raises(ConnectionError):
        await work()
    assert len(calls) == 6
    assert recovery_of(work).is_plain


async def test_unit_tests_of_an_operation() -> None:
    """An operation that works at once is called once; one that works at the third time three times."""
    calls = 0

    @recoverable(max_retries=3)
    async def succeeding() -> str:
        return "success"

    @recoverable(max_retries=3)
    async def failing() -> str:
        nonlocal calls
        calls += 1
        if calls < 3:
            raise ConnectionError("network")
        return "in the end"

    assert await succeeding() == "success"
    assert (await failing(), calls) == ("in the end", 3)


async def test_a_full_cycle_with_persistence() -> None:
    """In memory: a call that fails for good raises its own error, and the next one succeeds."""
    persistence = SQLitePersistence(":memory:")

    @recoverable(max_retries=3, persistence=persistence)
    async def work(data: dict[str, Any]) -> dict[str, Any]:
        if data.get("fail"):
            raise ConnectionError("simulated")
        return {"processed": True, "data": data}

    with pytest.raises(ConnectionError):
        await work({"fail": True, "id": "one"})
    assert (await work({"id": "one"}))["processed"] is True
    await persistence.close()


async def test_the_benchmark() -> None:
    """With persistence, work of 100 ms takes less than ten per cent longer."""
    persistence = SQLitePersistence(":memory:")

    async def bare() -> str:
        await asyncio.sleep(0.1)
        return "completed"

    recorded = recoverable(max_retries=3, persistence=persistence)(bare)
    await recorded()
    times = []
    for work in (bare, recorded):
        began = time.perf_counter()
        for _ in range(5):
            await work()
        times.append(time.perf_counter() - began)
    assert times[1] / times[0] < 1.1
    await persistence.close()


async def test_idempotent_operations() -> None:
    """An operation that looks first makes its resource once, however often it is tried."""
    resources: dict[str, int] = {}
    errors = [ConnectionError("made, but the answer was lost")]

    @recoverable(max_retries=3)
    async def create(name: str) -> int:
        if name in resources:
            return resources[name]
        resources[name] = len(resources) + 1
        if errors:
            raise errors.pop()
        return resources[name]

    assert await create("a") == 1
    assert resources == {"a": 1}


async def test_state_that_is_looked_after() -> None:
    """Work that records that it is done is not done twice."""
    persistence, finished, worked = SQLitePersistence(":memory:"), {}, []

    @recoverable(max_retries=3, persistence=persistence)
    async def process(path: str) -> str:
        if path not in finished:
            worked.append(path)
            finished[path] = path.upper()
        return finished[path]

    assert [await process("a"), await process("a")] == ["A", "A"]
    assert worked == ["a"]
    await persistence.close()


@pytest.mark.parametrize(("data", "calls"), [({}, 1), ({"required": 1}, 4), ({"required": 1, "ok": True}, 1)])
async def test_errors_are_told_apart(data: dict[str, Any], calls: int) -> None:
    """What is wrong with the input is not tried again; what went wrong in the work is."""
    made = 0

    class ProcessingError(Exception):
        pass

    @recoverable(max_retries=3)
    async def work() -> None:
        nonlocal made
        made += 1
        if "required" not in data:
            raise ValueError("missing field")
        if not data.get("ok"):
            raise ProcessingError

    if data.get("ok"):
        await work()
    else:
        with pytest.raises((ValueError, ProcessingError)):
            await work()
    assert made == calls


async def test_monitoring(caplog: pytest.LogCaptureFixture) -> None:
    """A function's own structured log records come through, one set for each attempt."""
    errors = [ConnectionError()]

    @recoverable(max_retries=3)
    async def work() -> str:
        extra = {"operation_id": generate_operation_id()}
        _log.warning("starting", extra=extra)
        if errors:
            raise errors.pop()
        _log.warning("completed", extra={**extra, "success": True})
        return "done"

    assert await work() == "done"
    records = [record for record in caplog.records if record.name == __name__]
    assert [record.message for record in records] == ["starting", "starting", "completed"]
    assert records[1].__dict__["operation_id"] == records[2].__dict__["operation_id"]
