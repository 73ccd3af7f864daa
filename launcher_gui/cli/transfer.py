"""Downloading in the terminal: working on one operation or on the queue, and showing how it goes."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator

from launcher_gui.cli import output
from launcher_gui.downloads.request import DownloadRequest
from launcher_gui.downloads.service import DownloadService
from launcher_gui.monitor import feed, wording
from launcher_gui.monitor.projection import Changes, OperationView, Projection
from launcher_gui.recovery.operation import OperationState
from launcher_gui.recovery.persistence import attempts, operations
from launcher_gui.recovery.tasks import spawn
from launcher_gui.recovery.worker import Worker

_PLAIN_INTERVAL_S = 5.0
_JSON_INTERVAL_S = 1.0


async def get(service: DownloadService, request: DownloadRequest, *, as_json: bool) -> int:
    """Download until done in this process and return the exit status."""
    operation = await service.take_up(request)
    worker = service.worker(only=operation.id)
    worker.take(operation)
    await _work(service, worker, _shower(service, as_json=as_json), only=operation.id)
    ended = await service.store.read(operations.get, operation.id)
    if ended is None:
        output.complain(f"{request.destination.name} was removed by a person.")
        return 1
    if ended.state is OperationState.COMPLETED:
        if not as_json:
            output.say(f"Installed {ended.exclusive_key}")
        return 0
    made = await service.store.read(attempts.of, operation.id)
    cause = f": {made[-1].error}" if made and made[-1].error else ""
    output.complain(f"{request.destination.name}: {ended.state}{cause}. {_sentence(ended.decision or ended.reason)}")
    return 1


async def run_queue(service: DownloadService, *, as_json: bool) -> int:
    """Work until the queue is empty and return the exit status: 1 if something that was worked on did not succeed."""
    shower = _shower(service, as_json=as_json)
    await _work(service, service.worker(), shower)
    return 1 if shower.unfinished() else 0


async def _work(service: DownloadService, worker: Worker, shower: Shower, only: str | None = None) -> None:
    changes = feed.follow(service.watch, service.clock)
    showing = spawn(_show(changes, shower, only), "showing progress")
    try:
        await worker.run_until_empty()
    finally:
        await worker.stop()
        showing.cancel()
        await asyncio.wait([showing])
        last, _ = await service.watch.read(feed.read_all)
        shower.show(Projection().apply(last), only)
        shower.end()


async def _show(changes: AsyncIterator[Changes], shower: Shower, only: str | None) -> None:
    projection = Projection()
    async for change in changes:
        projection = projection.apply(change)
        shower.show(projection, only)


def _shower(service: DownloadService, *, as_json: bool) -> Shower:
    if as_json:
        return JsonShower(service)
    return TerminalShower(service) if sys.stderr.isatty() else PlainShower(service)


class Shower:
    """Shows operations while they are worked on: those that were active at any time since it began."""

    def __init__(self, service: DownloadService) -> None:
        self._clock = service.clock
        self._owner_id = service.incarnation.owner.id
        self._mine: dict[str, OperationView] = {}

    def show(self, projection: Projection, only: str | None) -> None:
        """Show ``projection``, or just one operation of it."""
        for view in projection.views.values():
            owned = view.operation.owner_id == self._owner_id
            if view.id == only or (only is None and (owned or view.id in self._mine)):
                before = self._mine.get(view.id)
                self._mine[view.id] = view
                self._tell(before, view)

    def unfinished(self) -> list[OperationView]:
        """Return what was worked on and is not completed."""
        return [view for view in self._mine.values() if view.state is not OperationState.COMPLETED]

    def end(self) -> None:
        """Leave the terminal in order."""

    def _tell(self, before: OperationView | None, view: OperationView) -> None:
        raise NotImplementedError


class JsonShower(Shower):
    """One JSON object a line: at every change, and for progress once a second."""

    def __init__(self, service: DownloadService) -> None:
        super().__init__(service)
        self._told_at: dict[str, float] = {}

    def _tell(self, before: OperationView | None, view: OperationView) -> None:
        now = self._clock.monotonic()
        changed = before is None or before.operation.version != view.operation.version
        if changed or (before != view and now - self._told_at.get(view.id, 0.0) >= _JSON_INTERVAL_S):
            self._told_at[view.id] = now
            output.print_json(output.operation_json(view))


class PlainShower(Shower):
    """Lines for a log: changes as they come, progress every few seconds."""

    def __init__(self, service: DownloadService) -> None:
        super().__init__(service)
        self._told_at: dict[str, float] = {}

    def _tell(self, before: OperationView | None, view: OperationView) -> None:
        for line in _news(before, view):
            output.say(f"{view.name}: {line}")
        now = self._clock.monotonic()
        if view.state is OperationState.RUNNING and now - self._told_at.get(view.id, now) >= _PLAIN_INTERVAL_S:
            output.say(f"{view.name}: {output.progress_line(view, self._clock.now())}")
            self._told_at[view.id] = now
        self._told_at.setdefault(view.id, now)


class TerminalShower(Shower):
    """A progress bar on the last line of standard error, news above it."""

    def _tell(self, before: OperationView | None, view: OperationView) -> None:
        news = _news(before, view)
        if news:
            self._clear()
            for line in news:
                output.complain(f"{view.name}: {line}")
        active = [v for v in self._mine.values() if v.state.active]
        if active:
            shown = active[-1]
            now = self._clock.now()
            more = f"  (+{len(active) - 1} more)" if len(active) > 1 else ""
            waiting = shown.state is OperationState.WAITING
            line = wording.next_action(shown, now) if waiting else output.progress_line(shown, now)
            self._rewrite(f"{shown.name}  {output.bar(shown)}  {line}{more}")

    def end(self) -> None:
        """Remove the bar."""
        self._clear()

    def _rewrite(self, line: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.write("\r\x1b[K" + line[:width].encode(encoding, "replace").decode(encoding))
        sys.stderr.flush()

    def _clear(self) -> None:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def _news(before: OperationView | None, view: OperationView) -> list[str]:
    """Return what there is to tell of a view beyond its progress: attempts that ended or went on, and the outcome."""
    seen = {attempt.number: attempt for attempt in before.attempts} if before is not None else {}
    lines = []
    for attempt in view.attempts:
        earlier = seen.get(attempt.number)
        if attempt.resume_note and (earlier is None or not earlier.resume_note) and before is not None:
            lines.append(attempt.resume_note)
        if attempt.error and (earlier is None or not earlier.error) and before is not None:
            lines.append(f"attempt {attempt.number} failed: {attempt.error}")
            lines.append(attempt.decision)
    return lines


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".")
