"""What is worth telling somebody who looks elsewhere: what has finished, and what needs them. Pure.

News are gathered for a moment, so that forty failures of one cause are one notification and not forty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from launcher_gui.monitor.operation_text import next_action
from launcher_gui.monitor.projection import Projection
from launcher_gui.recovery.operation import OperationState
from launcher_gui.text.i18n import counted, translate

GATHER_S = 3.0
"""How long news are gathered before they are told."""

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Notification:
    """One notification.

    Attributes:
        trouble: Whether it tells of what needs a person.
        title: What happened.
        body: To what.
    """

    trouble: bool
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Notifications:
    """What has happened and has not been told yet.

    Attributes:
        finished: Names of what has finished, and where it is.
        failed: Names of what has failed, and why.
        since: When the first of it happened; ``None`` if nothing has.
        states: The state in which each operation was seen last.
    """

    finished: tuple[tuple[str, str], ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    since: float | None = None
    states: Mapping[str, OperationState] = field(default_factory=dict)

    def after(self, projection: Projection, changed: Iterable[str], now: float, *, anew: bool = False) -> Notifications:
        """Return the news once ``changed`` are as in ``projection``.

        Args:
            projection: Everything.
            changed: What is not as it was.
            now: POSIX seconds.
            anew: Whether they are what there is, and not what has happened: one that was not known is no news then.
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
        """Return what is to be told by now, and the news that are left."""
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
        return (Notification(trouble, title.format(name=name), words[:1].upper() + words[1:]),)
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
