"""A worker: runs queued operations concurrently and carries out the commands about them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from launcher_gui.recovery.exceptions import OwnershipLostError, StoreError, StoreUnavailableError
from launcher_gui.recovery.execution.control import RunControl
from launcher_gui.recovery.execution.recoverable import Recoverable
from launcher_gui.recovery.operation import (
    Command,
    CommandKind,
    CommandState,
    EventKind,
    Operation,
    OperationState,
)
from launcher_gui.recovery.process.owner_lease import OwnerLease
from launcher_gui.recovery.rules.applicable_commands import STOPS, applicable
from launcher_gui.recovery.rules.queue_order import QueueLimits
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.recovery.runtime.tasks import spawn
from launcher_gui.recovery.store.ports import Store, Transaction, Watch
from launcher_gui.recovery.store.records import CANCELLED, DONE, not_tried, too_late
from launcher_gui.text.message import Message, foreign, message

LOOK_S = 30.0
"""How often the clock is read while the limits depend on the time: it may be set, and the machine may be suspended."""

_log = logging.getLogger(__name__)

Remover = Callable[[Operation, Mapping[str, Any]], Awaitable[None]]
"""Called before an operation is removed, with the choices in the command."""

Finisher = Callable[[Any], Awaitable[None]]
"""Called with an operation's result once its outcome has been committed.

It is called again when a worker starts, for the latest completed operations: a process may die between the two.
"""

_LATEST_COMPLETED = 100
"""More than one process can complete at the moment when it dies."""


@dataclass(slots=True)
class _Running:
    """An operation that this worker is running."""

    operation: Operation
    control: RunControl
    task: asyncio.Task[None]
    asked: Command | None = None


class Worker:
    """Runs the queued operations of a store until it is stopped.

    Args:
        store: The store.
        watch: Wakes the worker when the store has changed.
        owner_lease: This process as an owner.
        functions: The functions that this process can run, by registered name.
        terms: Returns the present limits of the queue.
        remover: Cleans up after an operation that is being removed.
        finisher: Cleans up after one that has completed.
        clock: The clock.
        only: Run only this operation instead of the queue.
    """

    def __init__(
        self,
        store: Store,
        watch: Watch,
        owner_lease: OwnerLease,
        functions: Mapping[str, Recoverable[..., Any]],
        terms: Callable[[], QueueLimits],
        remover: Remover,
        finisher: Finisher,
        clock: Clock,
        only: str | None = None,
    ) -> None:
        self._store = store
        self._watch = watch
        self._owner = owner_lease.owner
        self._functions = functions
        self._terms = terms
        self._remover = remover
        self._finisher = finisher
        self._clock = clock
        self._only = only
        self._running: dict[str, _Running] = {}
        self._stopping = False
        self._turn = asyncio.Lock()
        self._news = watch.subscribe()

    @property
    def active(self) -> frozenset[str]:
        """The ids of the operations that it is running or cleaning up after."""
        return frozenset(self._running)

    async def run(self) -> None:
        """Work until ``stop`` is called."""
        finishing = spawn(self._finish_earlier(), "cleaning up after earlier processes")
        while not self._stopping:
            await self._until_news()
            self._news.clear()
            try:
                async with self._turn:
                    await self.obey()
                    self._park()
                    await self._fill()
            except StoreError as error:
                _log.warning("the queue could not be read, trying again: %s", error)
                await self._clock.sleep(1.0)
                self._news.set()
        await asyncio.wait([finishing])

    def look(self) -> None:
        """Check the limits and the queue again."""
        self._news.set()

    async def run_until_empty(self) -> None:
        """Work until nothing is queued and nothing runs."""
        work = spawn(self.run(), "working the queue")
        try:
            while not self._stopping and not work.done():
                self._news.set()
                await self._clock.sleep(0.05)
                if await self._idle():
                    break
        finally:
            await self.stop()
            await asyncio.wait([work])

    def take(self, operation: Operation) -> None:
        """Run an operation that this process has already claimed."""
        control = RunControl()
        if self._stopping:  # it was being claimed when ``stop`` was called
            control.stop(OperationState.INTERRUPTED)
        task = spawn(self._carry_out(operation, control), f"operation {operation.id}")
        self._running[operation.id] = _Running(operation, control, task)

    async def stop(self) -> None:
        """Claim nothing more, interrupt running operations at their checkpoints, and return when all have ended."""
        self._stopping = True
        self._news.set()
        for running in self._running.values():
            running.control.stop(OperationState.INTERRUPTED)
        async with self._turn:
            tasks = [running.task for running in self._running.values()]
        if tasks:
            await asyncio.wait(tasks)

    async def _idle(self) -> bool:
        """Return whether nothing runs and nothing is queued."""
        async with self._turn:
            if self._running:
                return False
            only, known = self._only, tuple(self._functions)
            try:
                if only is None:
                    return await self._store.read(lambda tx: tx.queue.next_queued(known)) is None
                operation = await self._store.read(lambda tx: tx.operations.get(only))
            except StoreError as error:
                _log.warning("the queue could not be read, trying again: %s", error)
                return False
            return operation is None or operation.state is not OperationState.QUEUED

    async def _until_news(self) -> None:
        """Return when the store has changed, or the limits may have changed with the time."""
        changes_in_s = self._terms().changes_in_s
        if changes_in_s is None:
            await self._news.wait()
            return
        looking = asyncio.ensure_future(self._clock.sleep(min(changes_in_s, LOOK_S)))
        waiting = asyncio.ensure_future(self._news.wait())
        try:
            await asyncio.wait([looking, waiting], return_when=asyncio.FIRST_COMPLETED)
        finally:
            looking.cancel()
            waiting.cancel()

    def _park(self) -> None:
        """Put operations that the schedule stops back into the queue; they resume by themselves."""
        closed = self._terms().closed
        if not closed:
            return
        for running in self._running.values():
            if not running.operation.ignores_schedule:
                running.control.stop(OperationState.QUEUED, message("stop.parked_closed", cause=closed))

    async def _fill(self) -> None:
        while not self._stopping and len(self._running) < (terms := self._terms()).at_once:
            operation = await self._claim(terms)
            if operation is None:
                return
            self.take(operation)

    async def _claim(self, terms: QueueLimits) -> Operation | None:
        now = self._clock.now()
        # An operation that was claimed by another process and queued again waits until its old run has noticed.
        busy, known = tuple(self._running), tuple(self._functions)
        if (only := self._only) is not None:
            if only in busy:
                return None
            return await self._store.write(lambda tx: tx.operations.claim(only, self._owner.id, now))
        # Reading first keeps an idle worker from writing.
        if await self._watch.read(lambda tx: tx.queue.next_queued(known, busy, terms)) is None:
            return None
        return await self._store.write(lambda tx: tx.queue.claim_next(known, self._owner.id, now, busy, terms))

    async def _carry_out(self, operation: Operation, control: RunControl) -> None:
        try:
            result = await self._functions[operation.function].resume(operation, control)
            await self._finisher(result)
        except asyncio.CancelledError:
            if control.stop_as is None:
                raise
        except OwnershipLostError as error:
            _log.warning("%s", error)
        except Exception as error:  # noqa: BLE001 the row and its attempts show it
            _log.info("operation %s failed: %s", operation.id, type(error).__name__)
            await self._let_go(operation, error)
        finally:
            try:
                await self._answer_stop(operation.id, self._running[operation.id].asked)
            finally:
                # Not sooner: commands about it would be carried out as for an operation without an owner.
                del self._running[operation.id]
                self._news.set()

    async def _finish_earlier(self) -> None:
        """Clean up after completed operations whose process may have died before it could."""
        try:
            completed = await self._store.read(_latest_completed)
        except StoreError as error:
            _log.warning("what was completed earlier could not be read: %s", error)
            return
        for operation in completed:
            if operation.function in self._functions and operation.parent_id is None:
                try:
                    await self._finisher(operation.result)
                except Exception as error:  # noqa: BLE001 the others are cleaned up nonetheless
                    _log.warning("operation %s was not cleaned up after: %s", operation.id, error)

    async def _let_go(self, operation: Operation, error: Exception) -> None:
        """Settle an operation whose run failed before it could record that: it must not look as if it were running."""
        standing = not_tried(error)
        with contextlib.suppress(OwnershipLostError):  # usually it is settled already
            now = self._clock.now()
            await self._store.write(lambda tx: tx.operations.settle(operation.id, self._owner.id, standing, now))

    async def _answer_stop(self, operation_id: str, asked: Command | None) -> None:
        """Answer the command that ended a run, unless it is to be carried out now that the operation has no owner."""
        operation = await self._store.read(lambda tx: tx.operations.get(operation_id)) if asked is not None else None
        if asked is None or operation is None:
            return
        if operation.state is STOPS[asked.kind]:
            await self._answer(asked, CommandState.DONE, DONE)
        elif operation.state.ended:
            await self._answer(asked, CommandState.REFUSED, too_late(operation.state))

    async def obey(self) -> None:
        """Carry out commands about operations that this worker runs, or that have no owner."""
        for command in await self._watch.read(lambda tx: tx.commands.pending()):
            try:
                await self._obey_one(command)
            except StoreUnavailableError:
                raise
            except Exception:  # noqa: BLE001 one command that fails must not block the others
                _log.exception("command %d (%s) could not be obeyed", command.id, command.kind)

    async def _obey_one(self, command: Command) -> None:
        running = self._running.get(command.operation_id)
        if running is None:
            await self._obey_unowned(command)
        elif running.control.stop_as is None:
            await self._obey_running(command, running)
        # Otherwise it is stopping; the command is carried out afterwards.

    async def _obey_unowned(self, command: Command) -> None:
        operation = await self._store.read(lambda tx: tx.operations.get(command.operation_id))
        if operation is not None:
            if operation.function not in self._functions or operation.owner_id is not None:
                return
            removing = command.kind is CommandKind.REMOVE and command.kind in applicable(operation.state)
            if removing and not await self._discarded(operation, command):
                return
        now = self._clock.now()
        await self._store.write(lambda tx: tx.commands.obey_unowned(command, now))

    async def _discarded(self, operation: Operation, command: Command) -> bool:
        """Clean up after an operation that is to be removed; return whether that has succeeded."""
        if operation.state is OperationState.QUEUED:
            # Out of the queue first: no process may start an operation that is being deleted.
            now = self._clock.now()
            held = await self._store.write(lambda tx: tx.operations.rest(operation.id, CANCELLED, now))
            if held is None:
                return False
        try:
            await self._remover(operation, command.arguments)
        except Exception as error:  # noqa: BLE001 the answer shows it, and the row stays
            words = message("answer.not_deleted", cause=_cause_of(error))
            await self._answer(command, CommandState.REFUSED, words)
            return False
        return True

    async def _obey_running(self, command: Command, running: _Running) -> None:
        removing = command.kind is CommandKind.REMOVE
        if command.kind in STOPS:
            running.asked = command
            running.control.stop(STOPS[command.kind])
        elif not removing and running.control.retry_now():
            await self._answer(command, CommandState.DONE, DONE)
        else:
            operation = await self._store.read(lambda tx: tx.operations.get(command.operation_id))
            if operation is None or operation.owner_id != self._owner.id:
                return  # it has just ended except for the cleanup; the command is carried out after that
            words = message("answer.running_cancel") if removing else message("answer.running")
            await self._answer(command, CommandState.REFUSED, words)

    async def _answer(self, command: Command, state: CommandState, words: Message) -> None:
        now = self._clock.now()
        await self._store.write(lambda tx: tx.commands.answer(command.id, state, words, now))


def _latest_completed(tx: Transaction) -> list[Operation]:
    events = tx.events.newest([EventKind.OPERATION_COMPLETED], _LATEST_COMPLETED)
    operations = (tx.operations.get(event.operation_id) for event in events)
    return [found for found in operations if found is not None and found.state is OperationState.COMPLETED]


def _cause_of(error: Exception) -> Message:
    own = getattr(error, "message", None)
    return own if isinstance(own, Message) else foreign(str(error))
