"""What mypy --strict makes of supervised functions: their types are those of the originals. Never run."""

from __future__ import annotations

from typing import assert_type

from sqlalchemy.ext.asyncio import AsyncSession

from launcher_gui.recovery import MemoryPersistence, recoverable
from launcher_gui.recovery.adapters.sqlalchemy import rolls_back
from launcher_gui.recovery.classification import ErrorCategory, ErrorClassifier
from launcher_gui.recovery.execution.decorator import Decorator
from launcher_gui.recovery.strategies import CustomStrategy


@recoverable
async def bare(url: str, *, size: int = 0) -> bytes:
    """Async, used bare."""
    return url.encode() * size


@recoverable(max_retries=3, persistence=MemoryPersistence())
async def given(url: str) -> bytes:
    """Async, with arguments."""
    return url.encode()


@recoverable(max_retries=3)
def plain(number: int) -> str:
    """Not async."""
    return str(number)


@recoverable(max_retries=3)
@rolls_back
async def written(session: AsyncSession, name: str) -> int:
    """Async, with a session that is rolled back."""
    return len(name)


class Client:
    """Has methods."""

    @recoverable
    def fetch(self, name: str) -> list[str]:
        """Not async."""
        return [name]

    @recoverable(timeout=1.0)
    async def fetch_later(self, name: str) -> list[str]:
        """Async."""
        return [name]


class OwnClassifier(ErrorClassifier):
    """Overrides by the contract's signature."""

    def classify_error(self, error: Exception) -> ErrorCategory:
        """Ask the library."""
        return super().classify_error(error)


class OwnStrategy(CustomStrategy):
    """Overrides by the contract's signature."""

    def should_retry(self, error: Exception, attempt: int, max_attempts: int) -> bool:
        """Ask the library."""
        return super().should_retry(error, attempt, max_attempts)


async def types_are_kept(client: Client, session: AsyncSession) -> None:
    """Arguments and results are checked as before; each ignored error below must be one."""
    assert_type(await bare("a", size=1), bytes)
    assert_type(await given("a"), bytes)
    assert_type(plain(1), str)
    assert_type(await written(session, "a"), int)
    assert_type(client.fetch("a"), list[str])
    assert_type(await client.fetch_later("a"), list[str])
    assert_type(recoverable(retry_budget=10, offline_reason=lambda _scope: "", hooks=()), Decorator)
    recoverable(max_retries="3")  # type: ignore[call-overload]
    recoverable(no_such_option=3)  # type: ignore[call-overload]
    await bare(1)  # type: ignore[arg-type]
    await given("a", "b")  # type: ignore[call-arg]
    await written("a", session)  # type: ignore[arg-type]
    plain("1")  # type: ignore[arg-type]
    client.fetch(name=2)  # type: ignore[arg-type]
