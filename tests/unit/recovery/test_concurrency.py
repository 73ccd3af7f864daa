"""Many concurrent calls through one decorator have their own attempts, waits and outcomes."""

from __future__ import annotations

import asyncio
import random
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher_gui.recovery import ProgressTracker, SQLitePersistence, recoverable
from launcher_gui.recovery.operation import OperationState

CALLS = 1_000
MOST_FAILURES = 3


class PlannedError(Exception):
    """Fails on purpose."""


@pytest.fixture(autouse=True)
def _switch_often() -> Iterator[None]:
    """Let the interpreter switch threads after nearly every instruction."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def failures_of(number: int) -> int:
    """Return how often the call with this number fails; for some above the limit."""
    return random.Random(number).randrange(MOST_FAILURES + 2)


def check(number: int, outcome: object) -> None:
    """Check a call's outcome against its own plan."""
    planned = failures_of(number)
    if planned <= MOST_FAILURES:
        assert outcome == (number, planned + 1)
    else:
        assert isinstance(outcome, PlannedError)
        assert outcome.args == (number, MOST_FAILURES + 1)
        assert outcome.recovery.attempts == MOST_FAILURES + 1  # type: ignore[attr-defined]
        assert len(outcome.__notes__) == 1


async def test_a_thousand_async_calls_share_nothing() -> None:
    """All run on one loop and suspend at every attempt."""
    made: Counter[int] = Counter()

    @recoverable(max_retries=MOST_FAILURES, initial_delay=0.0)
    async def work(number: int, progress_tracker: ProgressTracker) -> tuple[int, int]:
        made[number] += 1
        assert progress_tracker.latest.done == 0
        await asyncio.sleep(0)
        if made[number] <= failures_of(number):
            raise PlannedError(number, made[number])
        progress_tracker.update(number + 1)
        return number, made[number]

    outcomes = await asyncio.gather(*[work(n) for n in range(CALLS)], return_exceptions=True)  # type: ignore[call-arg]
    for number, outcome in enumerate(outcomes):
        check(number, outcome)


def test_a_thousand_calls_from_threads_share_nothing() -> None:
    """Thirty-two threads call one synchronous function continuously."""
    made: Counter[int] = Counter()
    outcomes: dict[int, object] = {}
    numbers = iter(range(CALLS))
    lock = threading.Lock()

    @recoverable(max_retries=MOST_FAILURES, initial_delay=0.0)
    def work(number: int) -> tuple[int, int]:
        made[number] += 1
        if made[number] <= failures_of(number):
            raise PlannedError(number, made[number])
        return number, made[number]

    def call() -> None:
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            try:
                outcomes[number] = work(number)
            except PlannedError as error:
                outcomes[number] = error

    threads = [threading.Thread(target=call) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == CALLS
    for number, outcome in outcomes.items():
        check(number, outcome)


async def test_recorded_calls_at_once_keep_their_own_rows(tmp_path: Path) -> None:
    """A hundred async and a hundred threaded calls have their own rows in one store."""
    store = SQLitePersistence(tmp_path / "store.sqlite3")
    made: Counter[int] = Counter()

    def step(number: int) -> int:
        made[number] += 1
        if made[number] <= failures_of(number):
            raise PlannedError(number, made[number])
        return number

    @recoverable(max_retries=MOST_FAILURES, initial_delay=0.0, persistence=store, name="on the loop")
    async def on_loop(number: int) -> int:
        await asyncio.sleep(0)
        return step(number)

    @recoverable(max_retries=MOST_FAILURES, initial_delay=0.0, persistence=store, name="on threads")
    def on_thread(number: int) -> int:
        return step(number)

    beside = [asyncio.to_thread(on_thread, number) for number in range(100, 200)]
    await asyncio.gather(*[on_loop(number) for number in range(100)], *beside, return_exceptions=True)
    rows = await store.read(lambda tx: tx.operations.in_states(tuple(OperationState)))
    assert sorted(row.arguments["args"][0] for row in rows) == list(range(200))
    for row in rows:
        (number,) = row.arguments["args"]
        planned = failures_of(number)
        expected = OperationState.COMPLETED if planned <= MOST_FAILURES else OperationState.FAILED
        assert (row.state, row.attempt) == (expected, min(planned, MOST_FAILURES) + 1)
        numbers = [attempt.number for attempt in await store.read(lambda tx: tx.attempts.of(row.id))]
        assert numbers == list(range(1, row.attempt + 1))
    await store.close()


def test_two_loops_may_use_one_function() -> None:
    """Event loops in separate threads call one async function concurrently."""
    results: list[list[int]] = []

    @recoverable(max_retries=2, initial_delay=0.0)
    async def work(number: int) -> int:
        await asyncio.sleep(0)
        return number

    async def many() -> None:
        results.append(await asyncio.gather(*[work(number) for number in range(100)]))

    threads = [threading.Thread(target=lambda: asyncio.run(many())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [list(range(100))] * 4
