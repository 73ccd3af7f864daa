"""Content that scrolls if the screen is too small, and otherwise looks as if it did not."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_LEAST = QSize(160, 72)
SHARE_OF_SCREEN = 0.9
"""Largest share of a screen that a dialog takes."""


class Scrolling(QScrollArea):
    """Shows ``content`` at the available width and scrolls it vertically.

    Args:
        content: The content.
        bar: Accessible name of its scroll bar.
        name: Accessible name of the content, if nothing in it takes the keyboard, so that it has to do so itself.
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
        """Return the width below which something would be cut off."""
        return self._content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of the content."""
        return self._content.sizeHint() + QSize(2, 2)  # its focus frame

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the smallest usable size."""
        return _LEAST


def roomy(window: QWidget) -> QSize:
    """Return the size at which ``window`` shows everything, within its screen."""
    available = window.screen().availableSize() * SHARE_OF_SCREEN
    return window.sizeHint().boundedTo(available)
