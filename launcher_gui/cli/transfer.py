"""Downloading in the terminal: works on one operation or on the queue, and shows the progress."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator

from launcher_gui.cli import output
from launcher_gui.cli.operation_lookup import everything
from launcher_gui.downloads.request import DownloadRequest
from launcher_gui.downloads.service import DownloadService
from launcher_gui.monitor import feed, operation_text
from launcher_gui.monitor.projection import Changes, OperationView, Projection
from launcher_gui.recovery.operation import OperationState
from launcher_gui.recovery.runtime.tasks import spawn
from launcher_gui.recovery.worker.worker import Worker

_PLAIN_INTERVAL_S = 5.0
_JSON_INTERVAL_S = 1.0
_ERASE = "\r\x1b[K"


async def get(service: DownloadService, request: DownloadRequest, *, as_json: bool, discard: bool = False) -> int:
    """Download until done in this process and return the exit status."""
    if await service.store.read(lambda tx: tx.operations.by_key(str(request.destination))) is None:
        await service.check(request)  # refuse before anything is added to the list
    operation = await service.take_up(request, discard=discard)
    worker = service.worker(only=operation.id)
    worker.take(operation)
    shower = _shower(service, as_json=as_json)
    await _work(service, worker, shower, only=operation.id)
    ended = await service.store.read(lambda tx: tx.operations.get(operation.id))
    if ended is None:
        output.complain(f"{request.destination.name} was removed from the list.")
    elif ended.state is OperationState.QUEUED or ended.state.active:
        output.complain(f"{request.destination.name} was resumed by another program; its state there is {ended.state}.")
    return 0 if ended is not None and ended.state is OperationState.COMPLETED else 1


async def run_queue(service: DownloadService, *, as_json: bool) -> int:
    """Work until the queue is empty and return the exit status: 1 if any operation did not succeed."""
    if service.settings().auto_resume:
        await service.requeue_interrupted()
    closed, turns = service.closed(), await service.store.read(lambda tx: tx.queue.order())
    if closed and turns and not as_json:
        output.say(f"The queue is {closed}.")
    shower = _shower(service, as_json=as_json)
    await _work(service, service.worker(), shower)
    if not shower.worked and not as_json:
        output.say("The queue is empty: nothing to do.")
    return 1 if shower.unfinished() else 0


async def _work(service: DownloadService, worker: Worker, shower: Shower, only: str | None = None) -> None:
    changes = feed.follow(service.watch, service.clock, feed.DRAWING_INTERVAL_S)
    showing = spawn(_show(changes, shower, only), "showing progress")
    try:
        await worker.run_until_empty()
    finally:
        await worker.stop()
        showing.cancel()
        await asyncio.wait([showing])
        shower.show(await everything(service), only)
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
    """Shows the operations that this process works on or has worked on."""

    def __init__(self, service: DownloadService) -> None:
        self._clock = service.clock
        self._owner_id = service.owner_lease.owner.id
        self._mine: dict[str, OperationView] = {}
        self._said: set[tuple[str, str, object]] = set()

    def show(self, projection: Projection, only: str | None) -> None:
        """Show ``projection``, or just one operation of it."""
        for view in projection.views.values():
            if view.id == only or (only is None and self._is_mine(view)):
                self._mine[view.id] = view
                self._tell(view)

    @property
    def worked(self) -> bool:
        """Whether this process has worked on anything."""
        return bool(self._mine)

    def unfinished(self) -> list[OperationView]:
        """Return the operations that this process worked on and did not complete."""
        return [view for view in self._mine.values() if view.state is not OperationState.COMPLETED]

    def end(self) -> None:
        """Restore the terminal."""

    def _tell(self, view: OperationView) -> None:
        raise NotImplementedError

    def _is_mine(self, view: OperationView) -> bool:
        # Work that began and ended between two looks is recognised by its attempts.
        made_here = any(attempt.owner_id == self._owner_id for attempt in view.attempts)
        return made_here or view.operation.owner_id == self._owner_id or view.id in self._mine

    def _news(self, view: OperationView) -> list[str]:
        """Return what to report beyond progress: resumed and failed attempts, and waits for the host."""
        lines = []
        for attempt in view.attempts:
            if attempt.owner_id != self._owner_id:
                continue
            if attempt.resume_note and self._is_new(view, "went on", attempt.number):
                lines.append(str(attempt.resume_note))
            final = attempt is view.attempts[-1] and view.state.ended
            if attempt.error and not final and self._is_new(view, "failed", attempt.number):
                lines.append(output.failed_attempt(attempt))
        held_back = view.state in {OperationState.WAITING, OperationState.QUEUED} and view.operation.decision
        last = view.attempts[-1] if view.attempts else None
        if held_back and not (last is not None and last.error and last.decision == held_back):
            lines += [str(held_back)] if self._is_new(view, "paused", held_back) else []
        return lines

    def _outcome(self, view: OperationView) -> bool:
        """Return whether to report how an operation ended, which is done once."""
        # Interrupted operations are reported together, by the code that interrupts them.
        resting = not view.state.active and view.state not in {OperationState.QUEUED, OperationState.INTERRUPTED}
        return resting and self._is_new(view, "ended", (view.state, view.operation.attempt))

    def _is_new(self, view: OperationView, kind: str, what: object) -> bool:
        news = (view.id, kind, what)
        if news in self._said:
            return False
        self._said.add(news)
        return True


class JsonShower(Shower):
    """One JSON object per line: at every change, and once a second for progress."""

    def __init__(self, service: DownloadService) -> None:
        super().__init__(service)
        self._told: dict[str, tuple[OperationView, float]] = {}

    def _tell(self, view: OperationView) -> None:
        now = self._clock.monotonic()
        before, told_at = self._told.get(view.id, (None, now))
        changed = before is None or before.operation.version != view.operation.version
        if changed or (before != view and now - told_at >= _JSON_INTERVAL_S):
            self._told[view.id] = view, now
            output.print_json(output.operation_json(view))
        if self._outcome(view) and view.state is not OperationState.COMPLETED:
            output.complain(output.outcome_text(view))


class PlainShower(Shower):
    """Lines for a log: changes at once, progress every few seconds; failures go to standard error."""

    def __init__(self, service: DownloadService) -> None:
        super().__init__(service)
        self._told_at: dict[str, float] = {}

    def _tell(self, view: OperationView) -> None:
        for line in self._news(view):
            output.say(f"{view.name}: {line}")
        now = self._clock.monotonic()
        if view.state is OperationState.RUNNING and now - self._told_at.get(view.id, now) >= _PLAIN_INTERVAL_S:
            output.say(f"{view.name}: {output.progress_line(view, self._clock.now())}")
            self._told_at[view.id] = now
        self._told_at.setdefault(view.id, now)
        if self._outcome(view):
            _say_outcome(view)


class TerminalShower(Shower):
    """A progress bar on the last line of standard error, with news above it."""

    def __init__(self, service: DownloadService) -> None:
        super().__init__(service)
        self._drawn = False

    def _tell(self, view: OperationView) -> None:
        news, ended = self._news(view), self._outcome(view)
        if news or ended:
            self._clear()
        for line in news:
            output.complain(f"{view.name}: {line}")
        if ended:
            _say_outcome(view)
        active = [v for v in self._mine.values() if v.state.active]
        if active:
            shown = active[-1]
            now = self._clock.now()
            more = f"  (+{len(active) - 1} more)" if len(active) > 1 else ""
            waiting = shown.state is OperationState.WAITING
            line = operation_text.next_action(shown, now) if waiting else output.progress_line(shown, now)
            self._rewrite(f"{shown.name}  {output.bar(shown)}  {line}{more}")

    def end(self) -> None:
        """Remove the bar."""
        self._clear()

    def _rewrite(self, line: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        output.write(_ERASE + line[:width], sys.stderr)
        self._drawn = True

    def _clear(self) -> None:
        if self._drawn:
            output.write(_ERASE, sys.stderr)
            self._drawn = False


def _say_outcome(view: OperationView) -> None:
    tell = output.say if view.state is OperationState.COMPLETED else output.complain
    tell(output.outcome_text(view))
