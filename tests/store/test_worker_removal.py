"""Removing operations: the data goes first, and only when no process is using it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from launcher_gui.recovery.operation import CommandKind, CommandState, Operation, OperationState
from launcher_gui.recovery.store.records import CANCELLED, PAUSED
from tests.store.crew import Crew, at_once, for_ever
from tests.support.builders.clock import FakeClock

DONE, REFUSED = CommandState.DONE, CommandState.REFUSED


@pytest.mark.parametrize("standing", [None, PAUSED, CANCELLED], ids=["queued", "paused", "cancelled"])
async def test_what_rests_is_cleaned_up_after_and_removed(standing: Any, path: Path, clock: FakeClock) -> None:
    """The remover gets the operation and the choices, then the row is deleted."""
    async with Crew(path, at_once, clock, concurrency=0) as crew:
        operation_id = await crew.add()
        if standing is not None:
            await crew.store.write(lambda tx: tx.operations.rest(operation_id, standing, clock.now()))
        crew.begin()
        command = await crew.answered(await crew.ask(CommandKind.REMOVE, operation_id, discard=True))
        assert (command.state, str(command.answer)) == (DONE, "done")
        assert crew.removed == [(operation_id, {"discard": True})]
        assert await crew.store.read(lambda tx: tx.operations.get(operation_id)) is None
        assert "operation_removed" in [event.kind for event in await crew.store.read(lambda tx: tx.events.since(0))]


async def test_what_runs_is_not_removed(path: Path, clock: FakeClock) -> None:
    """Removing a running operation is refused, with the remedy."""
    async with Crew(path, for_ever, clock) as crew:
        crew.begin()
        operation_id = await crew.add()
        await crew.begun.wait()
        command = await crew.answered(await crew.ask(CommandKind.REMOVE, operation_id))
        assert (command.state, str(command.answer)) == (REFUSED, "it is running. Cancel it first")
        assert crew.removed == []
        assert (await crew.now(operation_id)).state is OperationState.RUNNING


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), RuntimeError("no")], ids=type)
async def test_what_cannot_be_cleaned_up_stays(error: Exception, path: Path, clock: FakeClock) -> None:
    """If files cannot be deleted, the row stays, the answer says so, and the worker continues."""
    async with Crew(path, at_once, clock, concurrency=0) as crew:

        async def refuse(_: Operation, __: Mapping[str, Any]) -> None:
            raise error

        crew.worker._remover = refuse
        operation_id = await crew.add()
        await crew.store.write(lambda tx: tx.operations.rest(operation_id, PAUSED, clock.now()))
        crew.begin()
        command = await crew.answered(await crew.ask(CommandKind.REMOVE, operation_id))
        assert command.state is REFUSED
        assert str(error) in str(command.answer)
        assert (await crew.now(operation_id)).state is OperationState.PAUSED
        assert (await crew.answered(await crew.ask(CommandKind.CANCEL, operation_id))).state is DONE


async def test_nobody_begins_what_is_being_deleted(path: Path, clock: FakeClock) -> None:
    """While files are deleted, no other process can begin the operation."""
    claims: list[Operation | None] = []
    async with Crew(path, at_once, clock, concurrency=0) as crew:

        async def look(operation: Operation, _: Mapping[str, Any]) -> None:
            claims.append(await crew.store.write(lambda tx: tx.operations.claim(operation.id, "another", clock.now())))

        crew.worker._remover = look
        operation_id = await crew.add()
        crew.begin()
        assert (await crew.answered(await crew.ask(CommandKind.REMOVE, operation_id))).state is DONE
    assert claims == [None]


async def test_what_is_gone_already_is_said_to_be(path: Path, clock: FakeClock) -> None:
    """A command for a removed operation gets an answer."""
    async with Crew(path, at_once, clock, concurrency=0) as crew:
        operation_id = await crew.add()
        asked = [await crew.ask(kind, operation_id) for kind in (CommandKind.REMOVE, CommandKind.CANCEL)]
        crew.begin()
        first, second = [await crew.answered(command) for command in asked]
        assert (first.state, second.state) == (DONE, REFUSED)
        assert str(second.answer) == "it no longer exists"
        assert await crew.store.read(lambda tx: tx.commands.pending()) == []


async def test_two_processes_remove_once(path: Path, clock: FakeClock) -> None:
    """With two workers the operation is removed and the command answered once."""
    async with Crew(path, at_once, clock, concurrency=0) as one, Crew(path, at_once, clock, concurrency=0) as two:
        operation_ids = [await one.add(str(n)) for n in range(20)]
        asked = [await one.ask(CommandKind.REMOVE, operation_id) for operation_id in operation_ids]
        one.begin()
        two.begin()
        answers = await asyncio.gather(*(two.answered(command) for command in asked))
        assert {command.state for command in answers} == {DONE}
        told = [event.kind for event in await one.store.read(lambda tx: tx.events.since(0))]
    assert told.count("operation_removed") == 20
    assert told.count("command_answered") == 20
