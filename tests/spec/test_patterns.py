"""The contract's advanced patterns: state, strategies, classification, breakers, several steps."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from launcher_gui.recovery import CircuitBreakerOpenError, SQLitePersistence, generate_operation_id, recoverable
from launcher_gui.recovery.classification import ErrorCategory, ErrorClassifier
from launcher_gui.recovery.operation import OperationState
from launcher_gui.recovery.strategies import CustomStrategy
from tests.store.looking import only
from tests.support.builders.clock import FakeClock
from tests.support.builders.files import ONE_MIB, sha256_of
from tests.support.servers.behaviours import Answer, Drop, Serve
from tests.support.servers.misbehaving import MisbehavingServer


@dataclass
class Transfer:
    """How far a download has come."""

    url: str
    destination: str
    done: int = 0


async def test_state_is_kept(
    misbehaving: MisbehavingServer, http: aiohttp.ClientSession, tmp_path: Path, persistence: SQLitePersistence
) -> None:
    """With a serializer the store holds the state, and each attempt asks only for what is missing."""
    misbehaving.script(*[Serve(ending=Drop(after=200_000))] * 2)

    @recoverable(
        max_retries=5,
        persistence=persistence,
        state_serializer=asdict,
        state_deserializer=lambda data: Transfer(**data),
    )
    async def resume(state: Transfer) -> str:
        file = Path(state.destination)
        state.done = file.stat().st_size if file.exists() else 0
        headers = {"Range": f"bytes={state.done}-"} if state.done else {}
        async with http.get(state.url, headers=headers) as response:
            with file.open("ab" if state.done else "wb") as out:
                async for chunk in response.content.iter_chunked(8192):
                    out.write(chunk)
        return state.destination

    target = tmp_path / "model"
    await resume(Transfer(misbehaving.url(), str(target)))
    assert sha256_of(target) == ONE_MIB.sha256
    assert [request.header("Range") is None for request in misbehaving.log] == [True, False, False]
    operation, _ = await only(persistence)
    assert operation.arguments == {"url": misbehaving.url(), "destination": str(target), "done": 0}


class LoginError(Exception):
    """The server does not know us."""


class DownloadStrategy(CustomStrategy):
    """Doubles three waits, then grows slowly; never knocks again where it was shown the door."""

    def __init__(self) -> None:
        super().__init__(delay_func=self._wait, name="downloads")

    def _wait(self, attempt: int) -> float:
        return 2.0 * 2 ** (attempt - 1) if attempt <= 3 else min(300.0, 2.0 * (attempt - 2))

    def should_retry(self, error: Exception, attempt: int, max_attempts: int) -> bool:
        """Choose by type, then by status, then by number."""
        if attempt >= max_attempts or isinstance(error, LoginError | PermissionError):
            return False
        if isinstance(error, ConnectionError | TimeoutError):
            return True
        status = getattr(error, "status_code", 0)
        return status == 429 or 500 <= status < 600 or attempt < 3


@pytest.mark.parametrize(
    ("error", "waits"),
    [
        (ConnectionError("lost"), [2, 4, 8, 4, 6]),
        (LoginError("who are you?"), []),
        (PermissionError("no"), []),
        (RuntimeError("odd"), [2, 4]),
    ],
)
async def test_a_strategy_of_one_s_own(error: Exception, waits: list[float]) -> None:
    """It chooses the waits and what is worth one."""
    clock = FakeClock()

    @recoverable(strategy=DownloadStrategy(), max_retries=5, clock=clock)
    async def work() -> None:
        raise error

    with pytest.raises(type(error)):
        await clock.pass_time_until(work())
    assert clock.slept == waits


class ModelErrors(ErrorClassifier):
    """Tells failures of a model hub by their words."""

    kinds = (
        (("connection", "timeout", "dns"), ErrorCategory.NETWORK),
        (("unauthorized", "api key"), ErrorCategory.PERMISSION),
        (("rate limit", "quota", "disk"), ErrorCategory.RESOURCE),
        (("malformed", "schema"), ErrorCategory.VALIDATION),
    )

    def classify_error(self, error: Exception) -> ErrorCategory:
        """Choose by the first word that is found."""
        text = str(error).lower()
        return next((kind for words, kind in self.kinds if any(w in text for w in words)), ErrorCategory.UNKNOWN)


@pytest.mark.parametrize(
    ("words", "calls"),
    [("DNS went away", 3), ("API key expired", 1), ("rate limit reached", 3), ("malformed answer", 1), ("odd", 3)],
)
async def test_a_classifier_of_one_s_own(words: str, calls: int) -> None:
    """What can be mended by waiting is tried again, what cannot is not."""
    made = 0

    @recoverable(classifier=ModelErrors(), max_retries=2)
    async def work() -> None:
        nonlocal made
        made += 1
        raise RuntimeError(words)

    with pytest.raises(RuntimeError):
        await work()
    assert made == calls


async def test_a_circuit_breaker(misbehaving: MisbehavingServer, http: aiohttp.ClientSession) -> None:
    """After three failures the breaker opens, and the server is asked again after the timeout."""
    clock = FakeClock()
    misbehaving.script(*[Answer(500)] * 3)

    @recoverable(
        max_retries=5,
        circuit_breaker_threshold=3,
        circuit_breaker_timeout=60.0,
        circuit_breaker_scope="model_downloads",
        clock=clock,
    )
    async def fetch() -> int:
        async with http.get(misbehaving.url()) as response:
            return len(await response.read())

    with pytest.raises(CircuitBreakerOpenError, match="model_downloads"):
        await clock.pass_time_until(fetch())
    assert len(misbehaving.log) == 3
    await clock.advance(60)
    assert await fetch() == ONE_MIB.size


async def test_several_steps(
    misbehaving: MisbehavingServer, http: aiohttp.ClientSession, tmp_path: Path, persistence: SQLitePersistence
) -> None:
    """An installation of several recoverable steps: one that fails is tried again, one that is done is not."""
    misbehaving.script(Serve(), Answer(502))
    installed: list[str] = []
    valid: list[bool] = [False, True]

    @recoverable(max_retries=3)
    async def fetch(name: str) -> None:
        async with http.get(misbehaving.url()) as response:
            (tmp_path / name).write_bytes(await response.read())
        installed.append(name)

    @recoverable(max_retries=3, persistence=persistence)
    async def install(project: dict[str, Any]) -> dict[str, Any]:
        assert len(generate_operation_id()) == 16
        for name in (*project["nodes"], *project["models"]):
            await fetch(name)
        if not valid.pop(0):
            raise ConnectionError("validation was cut off")
        return {"success": True, "path": str(tmp_path), "project_id": project["id"]}

    done = await install({"id": 7, "nodes": ["node"], "models": ["one", "two"]})
    assert done == {"success": True, "path": str(tmp_path), "project_id": 7}
    assert installed == ["node", "one", "two"]
    assert len(misbehaving.log) == 4
    rows = await persistence.read(lambda tx: tx.operations.in_states(tuple(OperationState)))
    whole, *steps = sorted(rows, key=lambda row: row.created_at)
    assert whole.attempt == 2
    assert [(step.parent_id, step.arguments["args"], step.attempt) for step in steps] == [
        (whole.id, ["node"], 1),
        (whole.id, ["one"], 2),
        (whole.id, ["two"], 1),
    ]


async def test_simultaneous_operations(persistence: SQLitePersistence) -> None:
    """Many at once in one store do not get in each other's way."""

    @recoverable(persistence=persistence)
    async def work(number: int) -> int:
        await asyncio.sleep(0)
        return number

    assert await asyncio.gather(*map(work, range(50))) == list(range(50))
    assert len(await persistence.read(lambda tx: tx.operations.in_states([OperationState.COMPLETED]))) == 50
