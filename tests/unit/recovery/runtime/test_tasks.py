"""Protected work and background work."""

from __future__ import annotations

import asyncio
import contextlib
import logging

import pytest

from launcher_gui.recovery.execution.plan import Firmly
from launcher_gui.recovery.runtime.tasks import LoopLock, await_shielded, run_to_completion, spawn
from tests.support.builders.clock import settle

both = pytest.mark.parametrize("finish", [run_to_completion, await_shielded])


@both
async def test_the_result_comes_back(finish: Firmly) -> None:
    """Without cancellation it behaves like an await."""
    assert await finish(asyncio.sleep(0, "done")) == "done"


@both
async def test_the_failure_comes_back(finish: Firmly) -> None:
    """A failure is raised as usual."""

    async def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await finish(fail())


@both
@pytest.mark.parametrize("times", [1, 2, 5])
async def test_the_work_is_finished_however_often_its_caller_is_cancelled(times: int, finish: Firmly) -> None:
    """The work finishes before its cancelled caller does."""
    gate, finished = asyncio.Event(), []

    async def work() -> None:
        await gate.wait()
        finished.append(True)

    caller = asyncio.create_task(finish(work()))
    for _ in range(times):
        await settle()
        caller.cancel()
    await settle()
    assert not caller.done()
    gate.set()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert finished == [True]


@both
async def test_a_failure_after_cancelling_is_told_as_its_cause(finish: Firmly) -> None:
    """A failure after the cancellation is not lost."""
    gate = asyncio.Event()

    async def fail() -> None:
        await gate.wait()
        raise ValueError("no")

    caller = asyncio.create_task(finish(fail()))
    await settle()
    caller.cancel()
    await settle()
    gate.set()
    with pytest.raises(asyncio.CancelledError) as caught:
        await caller
    assert isinstance(caught.value.__cause__, ValueError)


async def test_a_time_limit_within_the_work_is_obeyed() -> None:
    """A timeout inside the work ends the work, not its caller."""

    async def work() -> str:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.001):
                await asyncio.Event().wait()
        return "in time"

    assert await run_to_completion(work()) == "in time"


@both
async def test_work_that_yields_between_its_steps_is_finished(finish: Firmly) -> None:
    """Work may yield, wait for futures, and be cancelled at each step."""
    steps: list[int] = []

    async def work() -> None:
        for number in range(5):
            await asyncio.sleep(0)
            await asyncio.sleep(0.001)
            steps.append(number)

    caller = asyncio.create_task(finish(work()))
    await asyncio.sleep(0)
    while not caller.done():
        caller.cancel()
        await asyncio.sleep(0)
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert steps == list(range(5))


async def test_a_failure_beside_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """A background failure is logged."""

    async def fail() -> None:
        raise ValueError("no")

    with caplog.at_level(logging.ERROR):
        task = spawn(fail(), "the work")
        await asyncio.wait([task])
        await settle()
    assert "the work failed" in caplog.text


async def test_a_cancelled_task_is_no_failure(caplog: pytest.LogCaptureFixture) -> None:
    """Cancelling a background task logs nothing."""
    task = spawn(asyncio.sleep(3600), "the work")
    await settle()
    task.cancel()
    await asyncio.wait([task])
    await settle()
    assert caplog.text == ""


def test_a_lock_outlives_its_loop() -> None:
    """A module's lock works in successive asyncio.run calls, with contention in each."""
    lock, held = LoopLock(), []

    async def use() -> None:
        async with lock():
            await asyncio.sleep(0)
            held.append(True)

    async def two() -> None:
        await asyncio.gather(use(), use())

    asyncio.run(two())
    asyncio.run(two())
    assert len(held) == 4
