"""The output of the structlog hook: real JSON lines from the real library."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import structlog

from launcher_gui.recovery import recoverable
from launcher_gui.recovery.adapters.structlog import StructlogHook
from launcher_gui.recovery.classification import TEXT_LIMIT, ErrorCategory, of_category
from launcher_gui.recovery.hooks import BreakerMoved, Fact
from launcher_gui.recovery.integration import get_recovery_integrator
from launcher_gui.recovery.operation import OperationState
from launcher_gui.recovery.rules.breaker import BreakerState
from launcher_gui.text.message import foreign
from tests.support.builders.clock import FakeClock
from tests.support.store import facts


class Log:
    """A structlog logger that writes JSON into memory."""

    def __init__(self) -> None:
        self._written = io.StringIO()
        self.hook = StructlogHook(
            structlog.wrap_logger(
                structlog.WriteLogger(self._written),
                processors=[structlog.processors.add_log_level, structlog.processors.JSONRenderer()],
                wrapper_class=structlog.make_filtering_bound_logger(0),
            )
        )

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Return the written lines."""
        return [json.loads(line) for line in self._written.getvalue().splitlines()]


@pytest.fixture
def log() -> Iterator[Log]:
    """Return a log, and restore the process's configuration afterwards."""
    yield Log()
    get_recovery_integrator().reset()


IDENTITY = {"operation_id": "a1", "parent_id": "p1", "function": "shop.buy", "scope": "shop"}


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        (facts.started(), IDENTITY | {"event": "operation started", "level": "info"}),
        (
            facts.retrying(),
            IDENTITY
            | {
                "event": "attempt failed",
                "level": "warning",
                "attempt": 1,
                "duration_s": 0.5,
                "outcome": "retrying",
                "wait_s": 2.0,
                "decision": "waiting 2 s: connection reset",
                "category": "network",
                "error": "ConnectionResetError: connection reset",
            },
        ),
        (
            facts.progress(30, phase="verifying"),
            IDENTITY | {"event": "progress made", "level": "debug", "done": 30, "total": 100, "phase": "verifying"},
        ),
        (
            facts.ended(),
            IDENTITY
            | {
                "event": "operation completed",
                "level": "info",
                "attempt": 2,
                "duration_s": 3.0,
                "outcome": "completed",
            },
        ),
        (
            facts.ended(OperationState.FAILED, TimeoutError(facts.SECRET)),
            IDENTITY
            | {
                "event": "operation failed",
                "level": "error",
                "attempt": 2,
                "duration_s": 3.0,
                "outcome": "failed",
                "error": "TimeoutError: timed out",
            },
        ),
        (
            BreakerMoved("shop", BreakerState.CLOSED, BreakerState.OPEN, foreign("connection reset")),
            {
                "event": "circuit breaker moved",
                "level": "warning",
                "scope": "shop",
                "before": "closed",
                "outcome": "open",
                "error": "connection reset",
            },
        ),
    ],
)
def test_each_fact_is_one_line(log: Log, fact: Fact, line: dict[str, Any]) -> None:
    """A fact is one event with fields, at a suitable level."""
    log.hook(fact)
    assert log.lines == [line]


@pytest.mark.parametrize(
    ("state", "level"),
    [
        (OperationState.PAUSED, "info"),
        (OperationState.CANCELLED, "info"),
        (OperationState.INTERRUPTED, "warning"),
        (OperationState.FAILED, "error"),
    ],
)
def test_how_an_end_weighs(log: Log, state: OperationState, level: str) -> None:
    """Ends that the user requested are no errors, others are."""
    log.hook(facts.ended(state))
    assert [(line["level"], line["outcome"]) for line in log.lines] == [(level, state)]


def test_no_text_of_an_exception_is_logged(log: Log) -> None:
    """The text of an exception or its cause, with possible secrets, is not logged."""
    error = RuntimeError(facts.SECRET)
    error.__cause__ = ValueError(facts.SECRET)
    for fact in (facts.retrying(), facts.given_up(), facts.ended(OperationState.FAILED, error)):
        log.hook(fact)
    assert len(log.lines) == 3
    assert facts.SECRET not in json.dumps(log.lines)


def test_long_words_are_cut_off(log: Log) -> None:
    """A classifier's long reason is truncated."""
    log.hook(facts.retrying(failure=of_category(ErrorCategory.UNKNOWN, "x" * 10 * TEXT_LIMIT)))
    (line,) = log.lines
    assert {len(line["error"]), len(line["decision"])} == {TEXT_LIMIT}


async def test_the_story_of_a_call(log: Log) -> None:
    """A call with one failure logs its start, its retry and its end under one id."""
    clock, errors = FakeClock(), [ConnectionResetError(facts.SECRET)]

    @recoverable(hooks=(log.hook,), clock=clock, name="shop.buy")
    async def buy() -> str:
        if errors:
            raise errors.pop()
        return "bought"

    assert await clock.pass_time_until(buy()) == "bought"
    assert [(line["event"], line.get("outcome")) for line in log.lines] == [
        ("operation started", None),
        ("attempt failed", "retrying"),
        ("operation completed", "completed"),
    ]
    assert len({line["operation_id"] for line in log.lines}) == 1
    assert log.lines[1]["wait_s"] == clock.slept[0]
    assert "parent_id" not in log.lines[0]


def test_a_hook_of_the_whole_process_is_told_from_threads(log: Log) -> None:
    """Calls on many threads write complete lines, three each."""
    get_recovery_integrator().add_hook(log.hook)

    @recoverable(max_retries=0)
    def buy(number: int) -> int:
        if number % 2:
            raise ConnectionError
        return number

    def attempt(number: int) -> None:
        with contextlib.suppress(ConnectionError):
            buy(number)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(attempt, range(40)))
    outcomes = [line.get("outcome", line["event"]) for line in log.lines]
    assert {outcome: outcomes.count(outcome) for outcome in outcomes} == {
        "operation started": 40,
        "failed": 40,  # half the attempts, and their operations
        "completed": 20,
    }
