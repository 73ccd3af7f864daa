"""The commands that change the order of the queue."""

from __future__ import annotations

import argparse

from launcher_gui.cli import output
from launcher_gui.cli.operation_lookup import everything, find, places_of
from launcher_gui.cli.parser import WHO
from launcher_gui.downloads.service import DownloadService
from launcher_gui.monitor.commands import QueueChange, change_queue
from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.recovery.operation import Operation, OperationState, Priority
from launcher_gui.recovery.rules.queue_order import Move


async def move(service: DownloadService, arguments: argparse.Namespace) -> int:
    """Move downloads within the queue.

    Raises:
        InvalidInputError: If an id is unknown, or that of ``--before`` is not queued.
    """
    chosen = [await find(service, prefix) for prefix in arguments.ids]
    if arguments.before is None:
        return await _changed(service, arguments, chosen, Move(arguments.where))
    anchor = await find(service, arguments.before)
    if anchor.state is not OperationState.QUEUED:
        raise InvalidInputError("ID", arguments.before, f"is {anchor.state}, not queued", "Use one that is queued.")
    return await _changed(service, arguments, chosen, Move.BEFORE, anchor.id)


async def prioritise(service: DownloadService, arguments: argparse.Namespace) -> int:
    """Change the priority of downloads.

    Raises:
        InvalidInputError: If an id is unknown.
    """
    chosen = [await find(service, prefix) for prefix in arguments.ids]
    return await _changed(service, arguments, chosen, Priority[arguments.priority.upper()])


async def _changed(
    service: DownloadService,
    arguments: argparse.Namespace,
    chosen: list[Operation],
    to: Move | Priority,
    before: str | None = None,
) -> int:
    """Change the order, print the new places, and return the exit status."""
    ids = tuple(operation.id for operation in chosen)
    done = await change_queue(service.store, service.clock, QueueChange(ids, to, before), WHO)
    projection = await everything(service)
    places = places_of(projection)
    for operation in chosen:
        view = projection.views.get(operation.id)
        if arguments.json and view is not None:
            output.print_json(output.operation_json(view, places.get(view.id)))
        elif operation.id in done and view is not None:
            output.say(output.place_line(view, places.get(view.id), len(places)))
        elif not arguments.json:
            output.complain(output.not_moved_text(operation))
    return 0 if len(done) == len(set(ids)) else 1
