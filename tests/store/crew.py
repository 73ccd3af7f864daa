"""A worker with store, watch and owner, and a function whose behaviour the test defines."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from launcher_gui.recovery import ProgressTracker, Recoverable
from launcher_gui.recovery.execution.options import Options
from launcher_gui.recovery.operation import (
    Attempt,
    Command,
    CommandKind,
    CommandState,
    NewOperation,
    Operation,
    OperationState,
)
from launcher_gui.recovery.process.owner_lease import OwnerLease
from launcher_gui.recovery.rules.queue_order import QueueLimits
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.recovery.worker.worker import Worker
from tests.support.builders.clock import FakeClock

PATIENCE_S = 20
"""After this long something is broken."""

Job = Callable[[str, ProgressTracker], Awaitable[Any]]


class Crew:
    """One process's worth of a store, a watch, an owner and a worker.

    Its owner and its watch live by the machine's clock, the runs of its function by the test's.

    Args:
        path: The store.
        job: What the function does.
        clock: The test's clock.
        concurrency: How many operations may run at once.
        **options: Further options of ``recoverable``.

    Attributes:
        begun: Set when the function has been called: not just claimed, but at work on an attempt.
        removed: What was removed, and with which choices.
        finished: The results that were cleaned up after.
        refused: The result whose clean-up fails.
    """

    store: SQLitePersistence
    worker: Worker
    function: Recoverable[[str], Any]

    def __init__(self, path: Path, job: Job, clock: FakeClock, concurrency: int = 2, **options: Any) -> None:
        self.store = SQLitePersistence(path)
        self.watch = self.store.watch()
        self.owner_lease = OwnerLease(self.store, "window")
        self.concurrency = concurrency
        self.terms = QueueLimits(concurrency)
        self.removed: list[tuple[str, Mapping[str, Any]]] = []
        self.finished: list[Any] = []
        self.refused: Any = None
        self.begun = asyncio.Event()
        self._clock = clock
        self._working: asyncio.Task[None] | None = None

        async def work(job_name: str, progress_tracker: ProgressTracker) -> Any:
            self.begun.set()
            return await job(job_name, progress_tracker)

        self.function = Recoverable(
            work, Options(name="work", persistence=self.store, owner_lease=self.owner_lease, clock=clock, **options)
        )

    async def __aenter__(self) -> Self:
        await self.store.open()
        await self.owner_lease.start()
        await self.watch.start()
        self.worker = self.new_worker()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.worker.stop()
        if self._working is not None:
            await self._working
        await self.watch.stop()
        await self.owner_lease.stop()
        await self.store.close()

    def new_worker(self, only: str | None = None) -> Worker:
        """Return a worker of this process."""
        return Worker(
            self.store,
            self.watch,
            self.owner_lease,
            {"work": self.function},
            lambda: replace(self.terms, at_once=self.concurrency),
            self.remove,
            self.finish,
            self._clock,
            only,
        )

    def begin(self) -> None:
        """Start the worker."""
        self._working = asyncio.ensure_future(self.worker.run())

    async def remove(self, operation: Operation, choices: Mapping[str, Any]) -> None:
        """Record what is being removed."""
        self.removed.append((operation.id, choices))

    async def finish(self, result: Any) -> None:
        """Record what has completed."""
        if result is not None and result == self.refused:
            raise OSError("refused")
        self.finished.append(result)

    async def add(self, job: str = "job", key: str | None = None, function: str = "work") -> str:
        """Queue an operation and return its id."""
        new = NewOperation(function, {"args": [job], "kwargs": {}}, exclusive_key=key)
        return (await self.store.write(lambda tx: tx.operations.insert(new, self._clock.now()))).id

    async def claim(self, operation_id: str) -> Operation:
        """Claim a queued operation for this process."""
        owner_id = self.owner_lease.owner.id
        claimed = await self.store.write(lambda tx: tx.operations.claim(operation_id, owner_id, self._clock.now()))
        assert claimed is not None
        return claimed

    async def ask(self, kind: CommandKind, operation_id: str, **arguments: object) -> int:
        """Add a command and return its id."""
        return await self.store.write(
            lambda tx: tx.commands.ask(operation_id, kind, "window", self._clock.now(), arguments)
        )

    async def now(self, operation_id: str) -> Operation:
        """Return the current operation."""
        found = await self.store.read(lambda tx: tx.operations.get(operation_id))
        assert found is not None
        return found

    async def attempts(self, operation_id: str) -> list[Attempt]:
        """Return the attempts of an operation."""
        return await self.store.read(lambda tx: tx.attempts.of(operation_id))

    async def until(self, operation_id: str, *states: OperationState) -> Operation:
        """Wait until an operation is in one of ``states`` and return it."""
        news = self.watch.subscribe()
        async with asyncio.timeout(PATIENCE_S):
            while (operation := await self.now(operation_id)).state not in states:
                await news.wait()
                news.clear()
        return operation

    async def answered(self, command_id: int) -> Command:
        """Wait until a command has been answered and return it."""
        news = self.watch.subscribe()
        async with asyncio.timeout(PATIENCE_S):
            while True:
                command = await self.store.read(lambda tx: tx.commands.get(command_id))
                assert command is not None
                if command.state is not CommandState.PENDING:
                    return command
                await news.wait()
                news.clear()

    async def all_in(self, *states: OperationState) -> list[Operation]:
        """Wait until every operation is in one of ``states`` and return them all."""
        news = self.watch.subscribe()
        async with asyncio.timeout(PATIENCE_S):
            while True:
                rows = await self.store.read(lambda tx: tx.operations.in_states(tuple(OperationState)))
                if all(row.state in states for row in rows):
                    return rows
                await news.wait()
                news.clear()


async def for_ever(_: str, __: ProgressTracker) -> None:
    """Run a job that never ends."""
    await asyncio.Event().wait()


async def at_once(job: str, _: ProgressTracker) -> str:
    """Run a job that ends at once."""
    return job


async def in_vain(_: str, __: ProgressTracker) -> None:
    """Run a job that fails."""
    raise ConnectionResetError
