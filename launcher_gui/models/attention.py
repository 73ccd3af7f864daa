"""What needs attention now, each with its remedy: a pure fold of the projection.

Downloads that one remedy settles form one need: three that want the same token, or all that stopped at a full disk. A
new failure kind needs no change here: its policy has the remedy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from launcher_gui.downloads.errors.remedies import POLICIES, FailureKind, Remedy, recorded_failure_kind
from launcher_gui.monitor.hosts import HostAction
from launcher_gui.monitor.operation_text import button_label
from launcher_gui.monitor.projection import OperationView
from launcher_gui.recovery.operation import CommandKind, OperationState
from launcher_gui.recovery.rules.breaker import Breaker, BreakerState
from launcher_gui.recovery.rules.decision import NOT_RETRIED, taken_apart, without_cause
from launcher_gui.text.i18n import counted, translate
from launcher_gui.text.message import Message, localize, sentence

Fix = Remedy | HostAction | CommandKind
"""What a button can do about it."""

_BY_HOST = frozenset({Remedy.GIVE_TOKEN, Remedy.CHECK_CLOCK, Remedy.OPEN_SETTINGS})
_BY_FOLDER = frozenset({Remedy.FREE_SPACE, Remedy.CHOOSE_FOLDER})


@dataclass(frozen=True, slots=True)
class Need:
    """Something that does not continue without you.

    Attributes:
        key: Identifies it, whatever changes about it.
        fix: Its remedy.
        views: The operations concerned, oldest first; at least one.
        since: When the state of the host began, if it is about a host.
    """

    key: str
    fix: Fix
    views: tuple[OperationView, ...]
    since: float = 0.0

    @property
    def ids(self) -> tuple[str, ...]:
        """The operations concerned."""
        return tuple(view.id for view in self.views)

    @property
    def scope(self) -> str:
        """The host concerned."""
        return self.views[-1].operation.scope or ""

    @property
    def happened(self) -> str:
        """Changes whenever something new has happened to it."""
        marks = " ".join(f"{view.id}:{view.operation.attempt}" for view in self.views)
        return f"{self.since}" if isinstance(self.fix, HostAction) else marks

    @property
    def label(self) -> str:
        """The text of its button."""
        match self.fix:
            case Remedy():
                return localize(POLICIES[failure_kind_of(self.views[-1])].label)
            case HostAction():
                return translate("attention", "Resume host")
            case CommandKind():
                return button_label(self.fix) if len(self.views) == 1 else translate("attention", "Resume all")

    @property
    def title(self) -> str:
        """Its title."""
        count, name = len(self.views), self.views[0].name
        match self.fix:
            case Remedy():
                why = _error_of(self.views[-1])
                if count > 1:
                    return counted("attention", "%n download(s): {why}", count).format(why=why)
                return why if name in why else f"{name}: {why}"
            case HostAction():
                return translate("attention", "You paused {scope}").format(scope=self.scope)
            case CommandKind() if count == 1:
                return translate("attention", "{name} was interrupted").format(name=name)
            case CommandKind():
                return counted("attention", "%n download(s) were interrupted", count)

    @property
    def detail(self) -> str:
        """The cause and the remedy."""
        match self.fix:
            case Remedy():
                return _advice(self.views[-1])
            case HostAction():
                return counted("attention", "%n download(s) waiting until you resume the host.", len(self.views))
            case CommandKind():
                return translate(
                    "attention",
                    "Auto-resume is off. Progress is saved.",
                )


def may_need_person(view: OperationView) -> bool:
    """Return whether an operation in its present state can be part of a need."""
    if view.base.operation.parent_id is not None or view.pending is not None:
        return False  # a step follows its operation, and a pending command is not requested again
    return view.state in {OperationState.FAILED, OperationState.INTERRUPTED} or _waits_for_release(view)


def needs(views: Iterable[OperationView], breakers: Mapping[str, Breaker], *, auto_resume: bool) -> tuple[Need, ...]:
    """Return what needs attention, oldest first.

    Args:
        views: Operations, oldest first; those for which ``may_need_person`` is true are enough.
        breakers: Breakers by scope.
        auto_resume: Whether interrupted work resumes automatically at the next start.
    """
    groups: dict[str, list[OperationView]] = {}
    for view in views:
        if may_need_person(view):
            groups.setdefault(_group_of(view), []).append(view)
    found = (_need(key, tuple(members), breakers) for key, members in groups.items())
    return tuple(need for need in found if need is not None and not (auto_resume and need.fix is CommandKind.RESUME))


def need_of(view: OperationView) -> Need | None:
    """Return the need of a failed operation, ``None`` if it has none."""
    if view.state is not OperationState.FAILED or not may_need_person(view):
        return None
    return Need(_group_of(view), POLICIES[failure_kind_of(view)].action, (view,))


def failure_kind_of(view: OperationView) -> FailureKind:
    """Return the failure kind of an operation's last failure."""
    name = view.attempts[-1].failure_kind if view.attempts else ""
    return recorded_failure_kind(name) or FailureKind.TRANSIENT


def _group_of(view: OperationView) -> str:
    """Return a key shared by all that one remedy settles."""
    if view.state is not OperationState.FAILED:
        return "interrupted" if view.state is OperationState.INTERRUPTED else f"host {view.operation.scope}"
    action = POLICIES[failure_kind_of(view)].action
    if action in _BY_HOST:
        return f"{action} {view.operation.scope}"
    return f"{action} {view.folder}" if action in _BY_FOLDER else view.id


def _need(key: str, views: tuple[OperationView, ...], breakers: Mapping[str, Breaker]) -> Need | None:
    match views[-1].state:
        case OperationState.FAILED:
            return Need(key, POLICIES[failure_kind_of(views[-1])].action, views)
        case OperationState.INTERRUPTED:
            return Need(key, CommandKind.RESUME, views)
        case _:
            breaker = breakers.get(views[-1].operation.scope or "")
            if breaker is None or breaker.state is not BreakerState.ISOLATED:
                return None
            return Need(key, HostAction.RELEASE, views, breaker.changed_at)


def _error_of(view: OperationView) -> str:
    return localize(_recorded_error(view)) or translate("attention", "failed")


def _recorded_error(view: OperationView) -> Message:
    return (view.attempts[-1].error if view.attempts else None) or view.operation.reason


def _advice(view: OperationView) -> str:
    """Return the decision and the remedy, without the part that the title says."""
    decision, _, remedy = taken_apart(view.operation.decision)
    told = remedy if decision.code == NOT_RETRIED else without_cause(view.operation.decision)
    return f"{sentence(told).removesuffix('.')}." if told else ""


def _waits_for_release(view: OperationView) -> bool:
    return view.state is OperationState.WAITING and view.base.operation.retry_at is None
