"""Real Celery workers on a real broker, the store that they share, and what is asked of both."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from launcher_gui.monitor import commands as monitor_commands
from launcher_gui.recovery import SQLitePersistence
from launcher_gui.recovery.operation import CommandKind, CommandState, Operation, OperationState
from launcher_gui.recovery.runtime.clock import SystemClock

PROGRAM = Path(__file__).parents[2] / "adapters" / "celery_program.py"
WITHIN_S = 40.0

T = TypeVar("T")


class Place:
    """A broker's database, a store, and workers that use both.

    Args:
        folder: Where everything lies.
        broker: The URL of the database.
    """

    def __init__(self, folder: Path, broker: str) -> None:
        self.folder = folder
        self.path = folder / "store.sqlite3"
        self.environment = os.environ | {"BROKER": broker, "STORE": str(self.path), "FOLDER": str(folder)}
        self.workers: list[subprocess.Popen[bytes]] = []
        for name in ("BROKER", "STORE", "FOLDER"):
            os.environ[name] = self.environment[name]
        specification = importlib.util.spec_from_file_location("celery_program", PROGRAM)
        assert specification is not None
        assert specification.loader is not None
        self.tasks: Any = importlib.util.module_from_spec(specification)
        sys.modules["celery_program"] = self.tasks
        specification.loader.exec_module(self.tasks)

    def worker(self, pool: str = "solo", queue: str = "celery") -> subprocess.Popen[bytes]:
        """Start a worker process that listens to one queue."""
        command = [sys.executable, "-m", "celery", "-A", "celery_program", "worker", "-P", pool, "-c", "1", "-Q", queue]
        options = ["--without-gossip", "--without-mingle", "-l", "WARNING", "-n", f"w{len(self.workers)}@here"]
        environment = self.environment | {"PYTHONPATH": f"{PROGRAM.parent}{os.pathsep}{Path.cwd()}"}
        worker = subprocess.Popen([*command, *options], env=environment, start_new_session=True)
        self.workers.append(worker)
        return worker

    def close(self) -> None:
        """End the workers."""
        for worker in self.workers:
            if worker.poll() is None:
                os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        self.tasks.app.close()

    def hold(self) -> None:
        """Let the task wait at its sixth piece."""
        (self.folder / "hold").touch()

    def go_on(self) -> None:
        """Let the task continue."""
        (self.folder / "hold").unlink()

    @property
    def done(self) -> list[str]:
        """What the tasks have done, in order."""
        log = self.folder / "done"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []

    def until_done(self, line: str, times: int = 1) -> None:
        """Wait until a task has done that so often."""
        until(lambda: self.done.count(line) >= times, f"{line!r} {times} times in {self.done}")

    def operation(self, operation_id: str) -> Operation | None:
        """Return an operation as the store holds it."""

        async def look() -> Operation | None:
            async with SQLitePersistence(self.path) as store:
                return await store.read(lambda tx: tx.operations.get(operation_id))

        return asyncio.run(look())

    def until_state(self, operation_id: str, state: OperationState) -> Operation:
        """Wait until an operation is there, and return it."""

        def there() -> Operation | None:
            found = self.operation(operation_id)
            return found if found is not None and found.state is state else None

        return until(there, f"{operation_id} {state}")

    def ask(self, operation_id: str, kind: CommandKind) -> int:
        """Ask something of an operation, as the window would."""

        async def ask() -> int:
            async with SQLitePersistence(self.path) as store:
                return (await monitor_commands.give(store, SystemClock(), operation_id, kind, "window")).id

        return asyncio.run(ask())

    def answer(self, command_id: int) -> tuple[CommandState, str]:
        """Wait for the answer to a command and return it."""

        async def look() -> tuple[CommandState, str] | None:
            async with SQLitePersistence(self.path) as store:
                command = await store.read(lambda tx: tx.commands.get(command_id))
                assert command is not None
                return None if command.state is CommandState.PENDING else (command.state, str(command.answer))

        return until(lambda: asyncio.run(look()), f"an answer to command {command_id}")


def until(found: Callable[[], T | None], what: str) -> T:
    """Return what ``found`` finds once it finds something."""
    deadline = time.monotonic() + WITHIN_S
    while not (result := found()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"there was never {what}")
        time.sleep(0.05)
    return result
