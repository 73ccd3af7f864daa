"""The window's toolbar and menus."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar

from launcher_gui.text.i18n import translate
from launcher_gui.ui.main_window.actions import Actions
from launcher_gui.ui.main_window.queue_menu import QueueMenu


def make_toolbar(window: QMainWindow, do: Actions, queue: QueueMenu) -> None:
    """Add the toolbar to ``window``."""
    bar = QToolBar(translate("MainWindow", "Toolbar"), window)
    bar.setObjectName("toolbar")
    bar.setMovable(False)
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    bar.addAction(do.add)
    bar.addSeparator()
    bar.addActions(list(do.commands.values()))
    queue.add_to(bar)
    bar.addSeparator()
    bar.addActions([do.remove, do.folder])
    for action in bar.actions():
        if not action.isSeparator():
            button = bar.widgetForAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(action.text().replace("&", ""))
    bar.widgetForAction(do.add).setObjectName("primary")
    bar.setIconSize(QSize(20, 20))
    window.addToolBar(bar)


def make_menus(window: QMainWindow, do: Actions, queue: QueueMenu) -> QMenu:
    """Add the menus to ``window`` and return the empty one for the columns."""
    bar = window.menuBar()
    _fill(bar.addMenu(translate("MainWindow", "&File")), [[do.add, do.paste], [do.auto_resume, do.settings], [do.quit]])
    _fill(
        bar.addMenu(translate("MainWindow", "&Edit")),
        [
            [*do.commands.values(), do.toggle, queue.menuAction()],
            [do.remove, do.folder],
            [do.copy_link, do.select_all, do.find],
        ],
    )
    view = bar.addMenu(translate("MainWindow", "&View"))
    _fill(view, [list(do.views.values()), [do.attention], [*do.aspects.values(), do.details]])
    columns = view.addMenu(translate("MainWindow", "&Columns"))
    _fill(bar.addMenu(translate("MainWindow", "&Help")), [[do.shortcuts, do.about]])
    return columns


def _fill(menu: QMenu, groups: list[list[QAction]]) -> None:
    for number, group in enumerate(groups):
        if number:
            menu.addSeparator()
        menu.addActions(group)
