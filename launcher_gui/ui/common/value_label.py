"""One value of the details that can be read, selected and copied."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStyle, QStyleOptionFrame, QToolButton, QWidget

from launcher_gui.ui.common.resources import icon
from launcher_gui.ui.common.text import LEFT, direction_of
from launcher_gui.ui.common.theme import theme_of

_MARGIN = 2  # what a line edit leaves free beside its text


class ValueLabel(QWidget):
    """A value, with a copy button if ``copy_hint`` says what for.

    Args:
        name: Accessible name.
        copy_hint: Tooltip of the button.
        lacking: Shown while there is no value.
    """

    def __init__(self, name: str, copy_hint: str = "", lacking: str = "") -> None:
        super().__init__()
        self._value = ElidedLine()
        self._value.setPlaceholderText(lacking)
        self._value.setObjectName("fact")
        self._value.setAccessibleName(name)
        self._copy = QToolButton()
        self._copy.setObjectName("quiet")
        self._copy.setToolTip(copy_hint)
        self._copy.setAccessibleName(f"{copy_hint}: {name}")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._value.text()))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self.setFixedHeight(26)
        layout.addWidget(self._value, 1)
        layout.addWidget(self._copy)
        self._recolour()

    def set_value(self, text: str) -> None:
        """Show ``text``; a selection in an unchanged value stays."""
        if text != self._value.text():
            self._value.setText(text)
            self._value.setCursorPosition(0)
            self._value.setToolTip(text)
        self._copy.setVisible(bool(text) and bool(self._copy.toolTip()))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Redraw the icon in the new colours."""
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()
        super().changeEvent(event)

    def _recolour(self) -> None:
        self._copy.setIcon(icon("copy", theme_of(self.palette()).muted))


class ElidedLine(QLineEdit):
    """A read-only line; if too long, its middle is left out until it gets the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the text, or its two ends."""
        room = self._room()
        if self.hasFocus() or self.fontMetrics().horizontalAdvance(self.text()) <= room.width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().text().color())
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room.width())
        alignment = QStyle.visualAlignment(self.layoutDirection(), LEFT)
        painter.setLayoutDirection(direction_of(shown))
        painter.drawText(room, alignment | Qt.AlignmentFlag.AlignAbsolute, shown)
        painter.end()

    def _room(self) -> QRect:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        return inside.adjusted(_MARGIN, 0, -_MARGIN, 0)
