"""All actions of the window, shared by toolbar, menus and shortcuts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from launcher_gui.models.selection import movable, prioritisable, takers, toggle
from launcher_gui.monitor.projection import OperationView
from launcher_gui.recovery.operation import CommandKind, Priority
from launcher_gui.recovery.rules.queue_order import Move
from launcher_gui.ui.common.resources import icon
from launcher_gui.ui.common.theme import Theme
from launcher_gui.ui.main_window.lower_pane import Aspect
from launcher_gui.ui.main_window.workspace import View


class Actions(QObject):
    """The window's actions; the selection decides which of them apply."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._icons: dict[QAction, str] = {}
        self.add = self._make(self.tr("&Add…"), "Ctrl+N", self.tr("Add a download"), "add")
        self.add.setIconVisibleInMenu(False)  # it is drawn for the filled button
        self.paste = self._make(self.tr("&Paste link"), "Ctrl+V", self.tr("Add the copied link"), "paste")
        self.folder = self._make(self.tr("&Open folder"), "Ctrl+O", self.tr("Open the file's folder"), "folder")
        self.auto_resume = self._make(
            self.tr("Resume &interrupted downloads at start"),
            "",
            self.tr("Automatically resume downloads after a restart"),
        )
        self.auto_resume.setCheckable(True)
        self.auto_resume.setEnabled(False)  # until its state is known
        self.settings = self._make(self.tr("Se&ttings…"), "Ctrl+,", self.tr("Open settings"))
        self.settings.setEnabled(False)  # until they are known
        self.quit = self._make(self.tr("&Quit"), "Ctrl+Q", self.tr("Quit; downloads resume next time"))
        self.copy_link = self._make(
            self.tr("Copy &link"), "Ctrl+C", self.tr("Copy the links of the selected downloads"), "copy"
        )
        self.select_all = self._make(self.tr("&Select all"), "Ctrl+A", self.tr("Select every download"))
        self.find = self._make(self.tr("&Filter"), "Ctrl+F", self.tr("Filter the list"))
        self.toggle = self._make(self.tr("Pa&use or resume"), "Space", self.tr("Pause or resume"))
        self.commands = {
            CommandKind.RESUME: self._make(
                self.tr("&Resume"), "Ctrl+Shift+P", self.tr("Resume from where it stopped"), "resume"
            ),
            CommandKind.PAUSE: self._make(
                self.tr("&Pause"), "Ctrl+P", self.tr("Stop for now (partial data is kept)"), "pause"
            ),
            CommandKind.CANCEL: self._make(
                self.tr("&Cancel"), "Ctrl+.", self.tr("Stop this download (partial data is kept)"), "cancel"
            ),
            CommandKind.RETRY: self._make(self.tr("Retry &now"), "Ctrl+R", self.tr("Retry immediately"), "retry"),
        }
        self.remove = self._make(self.tr("Re&move…"), "Del", self.tr("Remove from the list"), "remove")
        self.moves = {
            Move.FRONT: self._make(self.tr("Move to &top"), "Ctrl+Home", self.tr("Move to top of queue")),
            Move.UP: self._make(self.tr("Move &up"), "Ctrl+Up", self.tr("Move up in the queue")),
            Move.DOWN: self._make(self.tr("Move &down"), "Ctrl+Down", self.tr("Move down in the queue")),
            Move.BACK: self._make(self.tr("Move to &bottom"), "Ctrl+End", self.tr("Move to bottom of queue")),
        }
        self.priorities = {
            Priority.HIGH: self._make(self.tr("&High priority"), "", self.tr("Before normal priority")),
            Priority.NORMAL: self._make(self.tr("&Normal priority"), "", self.tr("The default")),
            Priority.LOW: self._make(self.tr("&Low priority"), "", self.tr("After normal priority")),
        }
        one_of = QActionGroup(self)
        one_of.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)  # none, if the selection differs
        for action in self.priorities.values():
            action.setCheckable(True)
            one_of.addAction(action)
        self.attention = self._make(
            self.tr("&Needs attention"), "F8", self.tr("Go to the next item that needs attention")
        )
        self.details = self._make(self.tr("&Details"), "Ctrl+D", self.tr("Show or hide the details"), "details")
        self.details.setCheckable(True)
        self.details.setChecked(True)
        self.views = {
            View.LIST: self._make(self.tr("&List"), "Ctrl+1", self.tr("Show the list")),
            View.TIMELINE: self._make(self.tr("&Timeline"), "Ctrl+2", self.tr("Show attempts over time")),
            View.HOSTS: self._make(self.tr("&Hosts"), "Ctrl+3", self.tr("Show servers and their failures")),
        }
        self.aspects = {
            Aspect.ATTEMPTS: self._make(
                self.tr("&Attempts"), "Ctrl+4", self.tr("Show every attempt of the selected download")
            ),
            Aspect.LOG: self._make(self.tr("L&og"), "Ctrl+5", self.tr("Show the event log")),
            Aspect.SPEED: self._make(self.tr("&Speed"), "Ctrl+6", self.tr("Show download speed")),
        }
        self.shortcuts = self._make(self.tr("&Keyboard shortcuts"), "F1", self.tr("Show all shortcuts"))
        self.shortcuts.setShortcuts([QKeySequence("F1"), QKeySequence("Ctrl+/")])
        self.about = self._make(self.tr("&About"), "", self.tr("About this program"))

    @property
    def all(self) -> tuple[QAction, ...]:
        """Every action, in the order of the menus."""
        return tuple(a for a in self.children() if isinstance(a, QAction))

    def apply_to(self, views: Sequence[OperationView]) -> None:
        """Enable what applies to at least one of the selected ``views``."""
        for kind, action in self.commands.items():
            action.setEnabled(bool(takers(views, kind)))
        self.remove.setEnabled(bool(takers(views, CommandKind.REMOVE)))
        self.toggle.setEnabled(toggle(views) is not None)
        in_queue, ids = bool(movable(views)), frozenset(prioritisable(views))
        for action in self.moves.values():
            action.setEnabled(in_queue)
        concerned = [v for v in views if v.id in ids]
        for priority, action in self.priorities.items():
            action.setEnabled(bool(concerned))
            action.setChecked(bool(concerned) and all(v.operation.priority is priority for v in concerned))
        self.folder.setEnabled(any(v.folder for v in views))
        self.copy_link.setEnabled(any(v.url for v in views))

    def recolour(self, theme: Theme) -> None:
        """Draw the icons in the colours of ``theme``."""
        for action, name in self._icons.items():
            action.setIcon(icon(name, theme.on_accent if action is self.add else theme.text, theme.faint))

    def disable_all(self) -> None:
        """Disable everything."""
        for action in self.all:
            action.setEnabled(False)

    def _make(self, text: str, keys: str, tip: str, icon_name: str = "") -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip} ({shown})" if shown else tip)
        action.setStatusTip(tip)
        action.setMenuRole(QAction.MenuRole.NoRole)
        if icon_name:
            self._icons[action] = icon_name
        return action

    def belong_to_list(self) -> tuple[QAction, ...]:
        """Limit keys that mean something else in a text field to the list, and return those actions."""
        actions = (self.toggle, self.copy_link, self.select_all, self.remove, *self.moves.values())
        for action in actions:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return actions
