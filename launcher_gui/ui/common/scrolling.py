"""Content that scrolls where the screen has no room for it, and looks as if it did not where it has."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_LEAST = QSize(160, 72)
SHARE_OF_SCREEN = 0.9
"""How much of a screen a dialog takes at most."""


class Scrolling(QScrollArea):
    """Shows ``content``, as wide as there is room, and lets it be scrolled up and down.

    Args:
        content: What is shown.
        bar: What its scroll bar is called for screen readers.
        name: What the whole is called, where nothing in it takes the keyboard, so that it has to do so itself.
    """

    def __init__(self, content: QWidget, bar: str, name: str = "") -> None:
        super().__init__()
        self._content = content
        self.setObjectName("scrolling")
        content.setObjectName("scrolled")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setAccessibleName(bar)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.setWidget(content)
        self.setMinimumWidth(min(self.least_width(), 420))

    def least_width(self) -> int:
        """Return the width below which something in it would be cut."""
        return self._content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the room that the content takes."""
        return self._content.sizeHint() + QSize(2, 2)  # its edge while it has the keyboard

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return with how little it can be used."""
        return _LEAST


def roomy(window: QWidget) -> QSize:
    """Return the size at which ``window`` shows all that it has, as far as its screen goes."""
    available = window.screen().availableSize() * SHARE_OF_SCREEN
    return window.sizeHint().boundedTo(available)
