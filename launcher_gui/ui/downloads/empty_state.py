"""The page in place of an empty list: how to begin."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from launcher_gui.ui.common.resources import icon
from launcher_gui.ui.common.scrolling import Scrolling
from launcher_gui.ui.common.theme import theme_of


class EmptyState(QWidget):
    """Shows the three ways to add a download."""

    def __init__(self, add: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = QFrame()
        self._zone.setObjectName("dropzone")
        self._zone.setMaximumSize(560, 330)
        self._mark = _centred(QLabel())
        headline = _centred(QLabel(self.tr("Drop a link here")))
        headline.setProperty("tone", "headline")
        how = _centred(QLabel(self.tr("Or copy one and press Ctrl+V anywhere in this window")))
        how.setProperty("tone", "muted")
        promise = _centred(QLabel(self.tr("Downloads continue where they stopped, even after a crash.")))
        promise.setProperty("tone", "muted")
        self._button = QPushButton(self.tr("Add download…"))
        self._button.setDefault(True)
        self._button.clicked.connect(add.trigger)
        inside = QVBoxLayout(self._zone)
        inside.setContentsMargins(32, 20, 32, 16)
        inside.addStretch(1)
        inside.setSpacing(8)
        inside.addWidget(self._mark)
        inside.addSpacing(4)
        inside.addWidget(headline)
        inside.addWidget(how)
        inside.addSpacing(14)
        inside.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addStretch(2)
        inside.addWidget(promise)
        page = QWidget()
        outside = QGridLayout(page)
        outside.addWidget(self._zone, 1, 1)
        for side in (0, 2):  # the zone takes what it may and is centred in the rest
            outside.setRowStretch(side, 1)
            outside.setColumnStretch(side, 1)
        outside.setRowStretch(1, 100)
        outside.setColumnStretch(1, 100)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scrolling(page, self.tr("Scroll the page")))
        self._recolour()

    @property
    def home(self) -> QWidget:
        """The widget that takes the keyboard when the page is shown."""
        return self._button

    def set_hot(self, *, hot: bool) -> None:
        """Show whether dropping now would add a link."""
        self._zone.setProperty("hot", hot)
        self._zone.style().polish(self._zone)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Redraw the icon in the new colours."""
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()
        super().changeEvent(event)

    def _recolour(self) -> None:
        theme = theme_of(self.palette())
        self._mark.setPixmap(icon("drop", theme.accent).pixmap(QSize(64, 64)))


def _centred(label: QLabel) -> QLabel:
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
