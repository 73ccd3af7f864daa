"""The sheet of keyboard shortcuts, made from the menus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from launcher_gui.ui.common.dialogs import handing_back
from launcher_gui.ui.common.scrolling import Scrolling, roomy

_COLUMNS = 2


class ShortcutSheet(QDialog):
    """Shows every action that has a shortcut, menu by menu.

    Args:
        parent: The parent window.
        menus: The menus, in order.
    """

    def __init__(self, parent: QWidget, menus: Sequence[QMenu]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        groups = {menu.title(): list(_with_keys(menu)) for menu in menus}
        columns = [QVBoxLayout() for _ in range(_COLUMNS)]
        heights = [0] * _COLUMNS
        for title, actions in sorted(groups.items(), key=lambda group: -len(group[1])):
            if actions:
                shortest = heights.index(min(heights))
                columns[shortest].addWidget(self._group(_plain(title), actions))
                heights[shortest] += len(actions) + 2
        content = QWidget()
        both = QHBoxLayout(content)
        both.setContentsMargins(8, 4, 8, 4)
        both.setSpacing(28)
        for column in columns:
            column.setSpacing(18)
            column.addStretch(1)
            both.addLayout(column)
        note = QLabel(self.tr("In the add dialog, Ctrl+Enter adds."))
        note.setProperty("tone", "muted")
        note.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 18, 16, 16)
        layout.setSpacing(18)
        scrolling = Scrolling(content, self.tr("Scroll the shortcuts"), self.tr("Keyboard shortcuts"))
        scrolling.setMinimumWidth(scrolling.least_width())
        layout.addWidget(scrolling)
        layout.addWidget(note)
        layout.addWidget(buttons)
        self.resize(roomy(self))
        buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()

    def done(self, result: int) -> None:
        """Close."""
        with handing_back(self):
            super().done(result)

    def _group(self, title: str, actions: Sequence[QAction]) -> QWidget:
        group = QWidget()
        rows = QGridLayout(group)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(20)
        rows.setVerticalSpacing(7)
        rows.setColumnStretch(0, 1)
        head = QLabel(title)
        head.setProperty("tone", "title")
        rows.addWidget(head, 0, 0, 1, 2)
        for number, action in enumerate(actions, start=1):
            keys = QHBoxLayout()
            keys.setSpacing(6)
            keys.addStretch(1)
            for sequence in action.shortcuts():
                cap = QLabel(sequence.toString(QKeySequence.SequenceFormat.NativeText))
                cap.setObjectName("key")
                keys.addWidget(cap)
            words = QLabel(_plain(action.text()))
            words.setToolTip(action.statusTip())
            rows.addWidget(words, number, 0)
            rows.addLayout(keys, number, 1)
        return group


def _with_keys(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from _with_keys(below)
        elif action.shortcuts():
            yield action


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")
