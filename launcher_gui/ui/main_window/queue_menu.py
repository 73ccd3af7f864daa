"""The menu that changes the queue order, shared by menu bar, toolbar and context menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolBar, QToolButton, QWidget

from launcher_gui.models.selection import movable, prioritisable
from launcher_gui.monitor.commands import QueueChange
from launcher_gui.monitor.projection import OperationView
from launcher_gui.recovery.operation import Priority
from launcher_gui.recovery.rules.queue_order import Move
from launcher_gui.ui.main_window.actions import Actions


class QueueMenu(QMenu):
    """Moves and priorities of the selection; enabled while one of them applies.

    Args:
        actions: The window's actions.
        selected: Returns the selected operations.
    """

    asked = Signal(object)
    """``QueueChange``: change the order of the queue."""

    def __init__(self, actions: Actions, selected: Callable[[], Sequence[OperationView]], parent: QWidget) -> None:
        super().__init__(parent)
        self._actions, self._selected = actions, selected
        self.setTitle(self.tr("&Queue"))
        self.menuAction().setToolTip(self.tr("Change queue order"))
        self.menuAction().setStatusTip(self.menuAction().toolTip())
        self.addActions(list(actions.moves.values()))
        self.addSeparator()
        self.addActions(list(actions.priorities.values()))
        for to, action in (*actions.moves.items(), *actions.priorities.items()):
            action.triggered.connect(lambda _checked=False, t=to: self._ask(t))

    def follow(self) -> None:
        """Follow which of the actions apply."""
        entries = (*self._actions.moves.values(), *self._actions.priorities.values())
        self.menuAction().setEnabled(any(entry.isEnabled() for entry in entries))

    def add_to(self, bar: QToolBar) -> None:
        """Open it from a button of ``bar``."""
        bar.addAction(self.menuAction())
        button = bar.widgetForAction(self.menuAction())
        if isinstance(button, QToolButton):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def ask_before(self, ids: tuple[str, ...], before: str | None) -> None:
        """Move dragged rows before another one, or to the end if ``None``."""
        self.asked.emit(QueueChange(ids, Move.BEFORE, before))

    def _ask(self, to: Move | Priority) -> None:
        selected = self._selected()
        if ids := prioritisable(selected) if isinstance(to, Priority) else movable(selected):
            self.asked.emit(QueueChange(ids, to))
        self._actions.apply_to(selected)  # the check shows what the store says, not what was clicked
