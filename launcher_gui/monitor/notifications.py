"""Decides what desktop notifications report: operations that finished and operations that need attention. Pure.

News are collected for a moment, so that forty failures with one cause become one notification instead of forty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from launcher_gui.monitor.operation_text import next_action
from launcher_gui.monitor.projection import Projection
from launcher_gui.recovery.operation import OperationState
from launcher_gui.text.i18n import counted, translate

GATHER_S = 3.0
"""How long news are collected before they are reported."""

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Notification:
    """One notification.

    Attributes:
        trouble: Whether something needs attention.
        title: What happened.
        body: To which operations.
    """

    trouble: bool
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Notifications:
    """News that have not been reported yet.

    Attributes:
        finished: Names of operations that finished, with their location.
        failed: Names of operations that failed, with the reason.
        since: When the first of them happened; ``None`` if there are none.
        states: The last known state of each operation.
    """

    finished: tuple[tuple[str, str], ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    since: float | None = None
    states: Mapping[str, OperationState] = field(default_factory=dict)

    def after(self, projection: Projection, changed: Iterable[str], now: float, *, anew: bool = False) -> Notifications:
        """Return the news after the operations ``changed`` have become what ``projection`` says.

        Args:
            projection: The current state.
            changed: The ids of the operations that changed.
            now: POSIX seconds.
            anew: Whether the whole state was read again, so that an unknown operation is not news.
        """
        states, finished, failed = dict(self.states), list(self.finished), list(self.failed)
        for operation_id in changed:
            view = projection.views.get(operation_id)
            if view is None:
                states.pop(operation_id, None)
                continue
            before = states.get(operation_id)
            states[operation_id] = view.state
            if view.state is before or (anew and before is None) or view.operation.parent_id is not None:
                continue
            if view.state is OperationState.COMPLETED:
                finished.append((view.name, next_action(view, now)))
            elif view.state is OperationState.FAILED:
                failed.append((view.name, next_action(view, now)))
        since = self.since if self.since is not None else now if finished or failed else None
        return Notifications(tuple(finished), tuple(failed), since, states)

    def told(self, now: float) -> tuple[Notifications, tuple[Notification, ...]]:
        """Return the news that remain, and the notifications to show now."""
        if self.since is None or now - self.since < GATHER_S:
            return self, ()
        notices = (*_notice(self.failed, trouble=True), *_notice(self.finished, trouble=False))
        return Notifications(states=self.states), notices


def _notice(items: tuple[tuple[str, str], ...], *, trouble: bool) -> tuple[Notification, ...]:
    if not items:
        return ()
    if len(items) == 1:
        ((name, words),) = items
        title = translate("news", "{name} needs attention") if trouble else translate("news", "{name} finished")
        return (Notification(trouble, title.format(name=name), words),)
    names = [name for name, _ in items[:_NAMED]]
    more = len(items) - len(names)
    listed = ", ".join(names)
    if more:
        listed = translate("news", "{names} and {count} more").format(names=listed, count=more)
    reasons = {words for _, words in items}
    if trouble and len(reasons) == 1:
        listed += f": {reasons.pop()}"
    needing = counted("news", "%n download(s) need attention", len(items))
    finished = counted("news", "%n download(s) finished", len(items))
    return (Notification(trouble, needing if trouble else finished, listed),)
