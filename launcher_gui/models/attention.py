"""What needs a person now, and the one thing that each of them calls for: a pure fold of the projection.

What one deed settles is one need: three downloads that want the same token are one, a full disk is one however many
downloads stopped at it. A further kind of need is a further function that yields them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QCoreApplication

from launcher_gui.downloads.policy import POLICIES, Action, Trouble, trouble_in
from launcher_gui.monitor.hosts import HostAction
from launcher_gui.monitor.projection import OperationView
from launcher_gui.recovery.breaker import Breaker, BreakerState
from launcher_gui.recovery.operation import CommandKind, OperationState

Fix = Action | HostAction | CommandKind
"""What a button can do about it."""

_BY_HOST = frozenset({Action.GIVE_TOKEN, Action.CHECK_CLOCK, Action.OPEN_SETTINGS})
_BY_FOLDER = frozenset({Action.FREE_SPACE, Action.CHOOSE_FOLDER})


@dataclass(frozen=True, slots=True)
class Need:
    """Something that does not go on without a person.

    Attributes:
        key: Which thing it is about; stays while what happened to it changes.
        happened: Differs whenever something new has happened to it.
        title: What it is, in a few words.
        detail: Why, and what can be done.
        fix: The one thing to do about it.
        label: What the button for that says.
        views: The operations that it is about, oldest first.
        scope: The host that it is about, if it is one.
    """

    key: str
    happened: str
    title: str
    detail: str
    fix: Fix
    label: str
    views: tuple[OperationView, ...] = ()
    scope: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """The operations that it is about."""
        return tuple(view.id for view in self.views)


def may_need_person(view: OperationView) -> bool:
    """Return whether an operation as it stands can be part of a need."""
    if view.operation.parent_id is not None or view.pending is not None:
        return False  # a step goes the way of its whole, and what was asked for is not asked for again
    return view.state in {OperationState.FAILED, OperationState.INTERRUPTED} or _waits_for_release(view)


def needs(views: Iterable[OperationView], breakers: Mapping[str, Breaker], *, auto_resume: bool) -> tuple[Need, ...]:
    """Return what needs a person, the oldest first.

    Args:
        views: Operations, oldest first; those that ``may_need_person`` are enough.
        breakers: Breakers by scope.
        auto_resume: Whether what was interrupted goes on at the next start by itself.
    """
    candidates = [view for view in views if may_need_person(view)]
    return (
        *_failures([view for view in candidates if view.state is OperationState.FAILED]),
        *_held_back([view for view in candidates if _waits_for_release(view)], breakers),
        *(() if auto_resume else _interrupted([v for v in candidates if v.state is OperationState.INTERRUPTED])),
    )


def need_of(view: OperationView) -> Need | None:
    """Return what a failed operation needs by itself, ``None`` if it needs nobody."""
    if view.state is not OperationState.FAILED or not may_need_person(view):
        return None
    return _failure((view,))


def trouble_of(view: OperationView) -> Trouble:
    """Return the class of an operation's last failure."""
    detail = view.attempts[-1].detail if view.attempts else ""
    return trouble_in(detail) or Trouble.TRANSIENT


def _failures(views: Sequence[OperationView]) -> Iterator[Need]:
    order = {key: number for number, key in reversed([(n, _group_of(v)) for n, v in enumerate(views)])}
    together = sorted(views, key=lambda view: order[_group_of(view)])
    for _, members in groupby(together, _group_of):
        yield _failure(tuple(members))


def _group_of(view: OperationView) -> str:
    """Return what is the same for all failures that one deed settles."""
    action = POLICIES[trouble_of(view)].action
    if action in _BY_HOST:
        return f"{action} {view.operation.scope}"
    return f"{action} {view.folder}" if action in _BY_FOLDER else view.id


def _failure(views: tuple[OperationView, ...]) -> Need:
    last = views[-1]
    policy = POLICIES[trouble_of(last)]
    error = (last.attempts[-1].error if last.attempts else "") or last.operation.reason or _tr("it failed")
    count = len(views)
    title = f"{last.name}: {error}" if count == 1 else _tr("{count} downloads: {why}").format(count=count, why=error)
    return Need(
        key=_group_of(last),
        happened=_marks(views),
        title=title,
        detail=_advice(last, error),
        fix=policy.action,
        label=policy.label,
        views=views,
    )


def _advice(view: OperationView, error: str) -> str:
    """Return what was decided and what a person can do, without what is said already."""
    words = view.operation.decision.removeprefix("not retried: ")
    for said in (view.operation.reason, error):
        if said and words.startswith(said):
            words = words.removeprefix(said).lstrip(".;: ")
    return f"{words[:1].upper()}{words[1:].removesuffix('.')}." if words else ""


def _held_back(views: Sequence[OperationView], breakers: Mapping[str, Breaker]) -> Iterator[Need]:
    for scope, breaker in breakers.items():
        waiting = tuple(view for view in views if view.operation.scope == scope)
        if breaker.state is BreakerState.ISOLATED and waiting:
            yield Need(
                key=f"host {scope}",
                happened=f"{breaker.changed_at}",
                title=_tr("{scope} is held back by a person").format(scope=scope),
                detail=_waiting_words(len(waiting)),
                fix=HostAction.RELEASE,
                label=_tr("Let it go"),
                views=waiting,
                scope=scope,
            )


def _waiting_words(count: int) -> str:
    if count == 1:
        return _tr("1 download waits until the host is let go.")
    return _tr("{count} downloads wait until the host is let go.").format(count=count)


def _interrupted(views: Sequence[OperationView]) -> Iterator[Need]:
    if not views:
        return
    count = len(views)
    one, many = _tr("{name} was interrupted"), _tr("{count} downloads were interrupted")
    yield Need(
        key="interrupted",
        happened=_marks(views),
        title=one.format(name=views[0].name) if count == 1 else many.format(count=count),
        detail=_tr("The settings say that a person resumes what was interrupted. What was fetched is kept."),
        fix=CommandKind.RESUME,
        label=_tr("Resume") if count == 1 else _tr("Resume all"),
        views=tuple(views),
    )


def _waits_for_release(view: OperationView) -> bool:
    return view.state is OperationState.WAITING and view.operation.retry_at is None


def _marks(views: Iterable[OperationView]) -> str:
    return " ".join(f"{view.id}:{view.operation.attempt}" for view in views)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Attention", text)
