"""The menu that changes the order of the queue; menu bar, toolbar and context menu show the same one."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QToolBar, QToolButton, QWidget

from launcher_gui.panels.actions import Actions


class QueueMenu(QMenu):
    """Moves and priorities; it can be opened while one of them applies.

    Args:
        actions: The window's.
    """

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries = (*actions.moves.values(), *actions.priorities.values())
        self.setTitle(self.tr("&Queue"))
        self.menuAction().setToolTip(self.tr("Say whose turn is when"))
        self.menuAction().setStatusTip(self.menuAction().toolTip())
        self.addActions(list(actions.moves.values()))
        self.addSeparator()
        self.addActions(list(actions.priorities.values()))

    def follow(self) -> None:
        """Take over which of the actions apply."""
        self.menuAction().setEnabled(any(entry.isEnabled() for entry in self._entries))

    def add_to(self, bar: QToolBar) -> None:
        """Let a button of ``bar`` open it."""
        bar.addAction(self.menuAction())
        button = bar.widgetForAction(self.menuAction())
        if isinstance(button, QToolButton):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
