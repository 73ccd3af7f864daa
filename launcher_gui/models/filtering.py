"""Which operations are listed: a pure filter."""

from __future__ import annotations

from dataclasses import dataclass

from launcher_gui.monitor.projection import OperationView
from launcher_gui.recovery.operation import OperationState

S = OperationState

GROUPS: dict[str, frozenset[OperationState]] = {
    "": frozenset(),
    "under way": frozenset({S.RUNNING, S.QUEUED}),
    "waiting": frozenset({S.WAITING}),
    "standing": frozenset({S.PAUSED, S.INTERRUPTED, S.CANCELLED}),
    "failed": frozenset({S.FAILED}),
    "completed": frozenset({S.COMPLETED}),
}
"""The groups of states to choose from; none means all."""


@dataclass(frozen=True, slots=True)
class Filter:
    """The filter.

    Attributes:
        group: One of ``GROUPS``.
        host: The host; empty for all.
        text: Words that name, folder or link must contain, in any case; empty for all.
    """

    group: str = ""
    host: str = ""
    text: str = ""

    def accepts(self, view: OperationView) -> bool:
        """Return whether an operation is listed; a step follows its operation."""
        if self.group and view.state not in GROUPS[self.group]:
            return False
        if self.host and view.base.operation.scope != self.host:
            return False
        if not self.text:
            return True
        told = f"{view.name}\n{view.folder}\n{view.url}".casefold()
        return all(word in told for word in self.text.casefold().split())
