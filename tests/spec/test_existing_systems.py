"""The decorator's side of the contract's three integrations.

Shown here is that the decorator fits the shapes of a task class, a socket and a database session. None of these tests
says anything about Celery, Socket.IO or SQLAlchemy themselves: those need adapters that are tested against them.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

import pytest

from launcher_gui.recovery import SQLitePersistence, generate_operation_id, recoverable
from tests.store.looking import only

F = TypeVar("F", bound=Callable[..., Any])


async def test_a_task_class_that_applies_recovery(persistence: SQLitePersistence) -> None:
    """A class method that decorates a plain function: it is tried again and recorded. The class is a plain one."""

    class RecoverableTask:
        @classmethod
        def apply_recovery(cls, function: F) -> F:
            return recoverable(max_retries=3, persistence=persistence, circuit_breaker_threshold=5)(function)

    errors = [ConnectionError()]

    @RecoverableTask.apply_recovery
    def process(model: dict[str, Any]) -> str:
        if errors:
            raise errors.pop()
        return str(model["name"])

    assert process({"name": "flux"}) == "flux"
    operation, made = await only(persistence)
    assert (operation.arguments["args"], len(made)) == ([{"name": "flux"}], 2)


async def test_a_function_that_tells_a_socket() -> None:
    """What the function emits by itself arrives, once for each attempt. The socket is a list."""
    told: list[tuple[str, Any]] = []
    errors = [ConnectionError("lost")]

    async def process(data: dict[str, Any]) -> dict[str, Any]:
        if errors:
            raise errors.pop()
        return data

    class Socket:
        async def emit(self, event: str, data: dict[str, Any]) -> None:
            told.append((event, data.get("error") or data.get("result")))

    @recoverable(max_retries=3)
    async def work(data: dict[str, Any], socket: Socket) -> Any:
        operation_id = generate_operation_id()
        await socket.emit("operation_started", {"operation_id": operation_id, "data": data})
        try:
            result = await process(data)
        except Exception as error:
            await socket.emit("operation_error", {"operation_id": operation_id, "error": str(error)})
            raise
        await socket.emit("operation_completed", {"operation_id": operation_id, "result": result})
        return result

    assert await work({"a": 1}, Socket()) == {"a": 1}
    assert told == [
        ("operation_started", None),
        ("operation_error", "lost"),
        ("operation_started", None),
        ("operation_completed", {"a": 1}),
    ]


async def test_a_function_with_a_transaction() -> None:
    """Each attempt has a transaction of its own, and one that failed leaves nothing. The session is a list."""
    rows: list[str] = []
    errors = [ConnectionError()]

    @contextlib.asynccontextmanager
    async def begin() -> AsyncIterator[list[str]]:
        written: list[str] = []
        yield written
        rows.extend(written)

    @recoverable(max_retries=3)
    async def work(name: str) -> str:
        async with begin() as session:
            session.append(name)
            if errors:
                raise errors.pop()
            session.append(f"about {name}")
        return name

    assert await work("a") == "a"
    assert rows == ["a", "about a"]


async def test_what_a_serializer_is_not_needed_for() -> None:
    """A call whose arguments have no JSON form runs with persistence as well."""
    persistence = SQLitePersistence(":memory:")

    @recoverable(persistence=persistence)
    async def work(session: object) -> str:
        return type(session).__name__

    assert await work(object()) == "object"
    await persistence.close()


@pytest.mark.parametrize("retries", [0, 3])
async def test_the_last_error_reaches_the_caller(retries: int) -> None:
    """A system around the function sees the function's own exception."""

    @recoverable(max_retries=retries)
    async def work() -> None:
        raise ConnectionError("for good")

    with pytest.raises(ConnectionError, match="for good"):
        await work()
