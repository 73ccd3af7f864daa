"""The downloads of one process as the window holds them: the real service with its worker running, no widgets."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

from launcher_gui.downloads.rules.naming import sidecar_path
from launcher_gui.downloads.service import DownloadService
from launcher_gui.downloads.transfer.network_state import NetworkState
from launcher_gui.downloads.transfer.receive import DEFAULT_LIMITS, CheckpointLimits
from launcher_gui.monitor import feed
from launcher_gui.monitor.commands import give
from launcher_gui.recovery.operation import (
    Attempt,
    Command,
    CommandKind,
    CommandState,
    Operation,
    OperationState,
)
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.recovery.runtime.tasks import spawn
from launcher_gui.recovery.store.ports import Transaction

_PATIENCE_S = 20.0

WELL = NetworkState(reaches=lambda _host: True, slept_s=lambda: 0.0)
"""A computer that has its network, wherever the tests run, and does not sleep."""

_IMPATIENT = {"initial_delay": 0, "max_retries": 3, "circuit_breaker_threshold": 1000}


@dataclass(frozen=True)
class Told:
    """What the store tells of a download.

    Attributes:
        operation: The operation.
        attempts: Its attempts, by number.
    """

    operation: Operation
    attempts: tuple[Attempt, ...]

    @property
    def state(self) -> OperationState:
        """Where it stands."""
        return self.operation.state

    @property
    def last(self) -> Attempt:
        """Its latest attempt."""
        return self.attempts[-1]


class Downloads:
    """Downloads under way into one folder.

    Attributes:
        service: The real one, open, with a worker on its queue.
        folder: Where files go.
    """

    def __init__(self, service: DownloadService, folder: Path) -> None:
        self.service = service
        self.folder = folder

    @property
    def files(self) -> list[str]:
        """The names of all that lies in the folder."""
        return sorted(path.name for path in self.folder.iterdir())

    async def add(self, url: str, name: str | None = None, sha256: str | None = None) -> str:
        """Queue a download, as the window's dialog does, and return its id."""
        request = self.service.parse(url, str(self.folder), name, sha256)
        await self.service.check(request)
        return (await self.service.add(request)).id

    async def get(self, url: str, name: str | None = None, sha256: str | None = None) -> Told:
        """Queue a download and return what is told of it when it has ended."""
        return await self.ended(await self.add(url, name, sha256))

    async def ended(self, operation_id: str) -> Told:
        """Wait until nothing more happens to a download unless somebody asks, and return what is told of it."""
        told = await self.until(operation_id, lambda told: told.operation.owner_id is None and _rests(told.state))
        return await _cleaned_up(told)

    async def in_state(self, operation_id: str, state: OperationState) -> Told:
        """Wait until a download is in ``state`` and return what is told of it."""
        return await _cleaned_up(await self.until(operation_id, lambda told: told.state is state))

    async def in_phase(self, operation_id: str, phase: str) -> Told:
        """Wait until a download is seen in ``phase`` and return what is told of it."""
        return await self.until(operation_id, lambda told: told.operation.progress.phase == phase)

    async def until(self, operation_id: str, met: Callable[[Told], bool]) -> Told:
        """Wait until what is told of a download is as ``met`` wants it, and return that.

        Raises:
            AssertionError: If it did not come to that in time.
        """
        news = self.service.watch.subscribe()
        told = await self.told(operation_id)
        try:
            async with asyncio.timeout(_PATIENCE_S):
                while not met(told):
                    await news.wait()
                    news.clear()
                    told = await self.told(operation_id)
        except TimeoutError:
            raise AssertionError(f"after {_PATIENCE_S} s: {told}") from None
        return told

    async def told(self, operation_id: str) -> Told:
        """Return what the store tells of a download now."""
        return await self.service.store.read(lambda tx: _told(tx, operation_id))

    async def command(self, operation_id: str, kind: CommandKind, **choices: object) -> Command:
        """Ask for something, as a button does, and return the answered command."""
        service = self.service
        command = await give(service.store, service.clock, operation_id, kind, "window", choices)
        if command.state is CommandState.PENDING:
            answered = await feed.until_answered(service.watch, command.id, _PATIENCE_S)
            assert answered is not None, f"{kind} was never answered"
            return answered
        return command


def downloads(root: Path, clock: Clock | None = None, **settings: object) -> AbstractAsyncContextManager[Downloads]:
    """Open the service on the store in ``root`` and let its worker run; what is under way at the end is interrupted.

    Args:
        root: Holds the store, in a folder of its own, and the folder that files go to.
        clock: Time.
        **settings: ``RECOVERY_<FIELD>`` by field in lower case, beside those that keep tests from waiting.
    """
    return downloads_on(WELL, root, clock, DEFAULT_LIMITS, **settings)


@contextlib.asynccontextmanager
async def downloads_on(
    machine: NetworkState,
    root: Path,
    clock: Clock | None = None,
    limits: CheckpointLimits = DEFAULT_LIMITS,
    **settings: object,
) -> AsyncIterator[Downloads]:
    """Do as ``downloads`` does, on a computer that may lack its network, or sleep, and with other checkpoints."""
    with pytest.MonkeyPatch.context() as environment:
        for field, value in {**_IMPATIENT, **settings}.items():
            environment.setenv(f"RECOVERY_{field.upper()}", str(value))
        async with DownloadService(str(root / "data" / "store.sqlite3"), "window", clock, machine, limits) as service:
            worker = service.worker()
            working = spawn(worker.run(), "working the queue")
            try:
                yield Downloads(service, root / "models")
            finally:
                await worker.stop()
                await asyncio.wait([working])


def _told(tx: Transaction, operation_id: str) -> Told:
    """Return what is told at one moment: between two looks an attempt may begin."""
    operation = tx.operations.get(operation_id)
    assert operation is not None
    return Told(operation, tuple(tx.attempts.of(operation_id)))


def _rests(state: OperationState) -> bool:
    return state is not OperationState.QUEUED and not state.active


async def _cleaned_up(told: Told) -> Told:
    """Wait until the record beside a completed download is gone: it goes only after the outcome is committed."""
    if told.state is OperationState.COMPLETED:
        async with asyncio.timeout(_PATIENCE_S):
            while sidecar_path(Path(str(told.operation.exclusive_key))).exists():  # noqa: ASYNC110 a file has no event
                await asyncio.sleep(0.005)
    return told
