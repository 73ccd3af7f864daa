"""Find the operation that the user names, and its place in the queue."""

from __future__ import annotations

from launcher_gui.downloads.service import DownloadService
from launcher_gui.monitor import feed
from launcher_gui.monitor.projection import Projection
from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.recovery.operation import Operation


async def find(service: DownloadService, prefix: str) -> Operation:
    """Return the operation whose id begins with ``prefix``.

    Raises:
        InvalidInputError: If there is none, or several.
    """
    wanted = prefix.strip().lower()
    found = await service.store.read(lambda tx: tx.operations.by_prefix(wanted)) if wanted else []
    if len(found) == 1:
        return found[0]
    problem = "fits several downloads" if found else "is not the id of a download"
    raise InvalidInputError("ID", prefix, problem, "Use an id, or the beginning of just one, from 'list'.")


async def everything(service: DownloadService) -> Projection:
    """Return the projection of the whole store."""
    changes, _ = await service.watch.read(feed.read_all)
    return Projection().apply(changes)


def places_of(projection: Projection) -> dict[str, int]:
    """Return the place of each queued operation in the queue, counted from 1."""
    return {operation_id: place for place, operation_id in enumerate(projection.queue, start=1)}
