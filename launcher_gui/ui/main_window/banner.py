"""The banner above the list: a message that stays until it is dismissed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from launcher_gui.ui.common.resources import icon
from launcher_gui.ui.common.theme import theme_of


class Banner(QFrame):
    """One message with details; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAccessibleName(self.tr("Message"))
        self._mark = QLabel()
        self._text = _selectable()
        self._text.setProperty("tone", "title")
        self._detail = _selectable()
        self._dismiss = QToolButton()
        self._dismiss.setObjectName("quiet")
        self._dismiss.setAccessibleName(self.tr("Dismiss the message"))
        self._dismiss.setToolTip(self.tr("Dismiss"))
        self._dismiss.clicked.connect(self.hide)
        self._lay_out()
        self._recolour()
        self.hide()

    def show_notice(self, text: str, detail: str) -> None:
        """Show ``text`` with ``detail`` below it, replacing the present message."""
        self._text.setText(text)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.setAccessibleDescription(f"{text} {detail}".strip())
        self.show()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Redraw the icons in the new colours."""
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._text)
        words.addWidget(self._detail)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 12, 10)
        layout.setSpacing(12)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        layout.addWidget(self._dismiss, 0, Qt.AlignmentFlag.AlignTop)

    def _recolour(self) -> None:
        theme = theme_of(self.palette())
        self._mark.setPixmap(icon("warning", theme.careful).pixmap(QSize(20, 20)))
        self._dismiss.setIcon(icon("cancel", theme.muted))


def _selectable() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
