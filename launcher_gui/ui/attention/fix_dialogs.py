"""Two dialogs of remedies: one asks for a text, one waits for a step outside the program."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from launcher_gui.ui.common.dialogs import handing_back, pick_folder

_WIDTH = 560


class InputDialog(QDialog):
    """Asks for one text and stays open until it has been accepted.

    Args:
        title: The window title.
        headline: What happened.
        explanation: Why it is needed, and where to get it.
        label: Name of the input.
        agree: Text of the button that submits it.
    """

    submitted = Signal(str)
    """The text that was entered."""

    def __init__(self, title: str, headline: str, explanation: str, label: str, agree: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.busy = False  # submitted and not answered yet
        self.edit = QLineEdit()
        self.edit.setAccessibleName(label)
        self._links = QHBoxLayout()
        self._beside = QHBoxLayout()
        self._problem = _wrapped()
        self._problem.setProperty("tone", "bad")
        self._agree = agree
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._lay_out(headline, explanation, label)
        self.edit.textEdited.connect(lambda: self._say(""))
        self.edit.textChanged.connect(self._review)
        self._buttons.accepted.connect(self._submit)
        self._buttons.rejected.connect(self.reject)
        self._set_busy(busy=False)
        self.edit.setFocus()

    @property
    def problem(self) -> str:
        """Why the text was refused, empty if it was not."""
        return self._problem.text()

    def add_link(self, text: str, follow: Callable[[], None]) -> None:
        """Offer a page to open, such as the one where a token is created."""
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(follow)
        self._links.insertWidget(self._links.count() - 1, button)

    def browse_folders(self, title: str) -> None:
        """Make the text a folder that can be browsed for."""

        def pick() -> None:
            pick_folder(self, title, self.edit.text(), self.edit.setText)

        browse = QPushButton(self.tr("Browse…"))
        browse.setAutoDefault(False)
        browse.setAccessibleName(title)
        browse.clicked.connect(pick)
        self._beside.addWidget(browse)

    def refuse(self, message: str) -> None:
        """Let the user correct it."""
        self._set_busy(busy=False)
        self._say(message)
        self.edit.setFocus()

    def done(self, result: int) -> None:
        """Close, and clear the text: it may be a secret."""
        self.edit.clear()
        with handing_back(self):
            super().done(result)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Open as high as the text needs."""
        _fit(self)
        super().showEvent(event)

    def _lay_out(self, headline: str, explanation: str, label: str) -> None:
        name = QLabel(label)
        name.setProperty("tone", "title")
        name.setBuddy(self.edit)
        self._problem.setMinimumHeight(2 * self._problem.fontMetrics().lineSpacing())  # nothing jumps when it appears
        self._problem.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._beside.addWidget(self.edit, 1)
        self._links.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(6)
        layout.addWidget(_bold(headline))
        layout.addWidget(_wrapped(explanation))
        layout.addSpacing(4)
        layout.addLayout(self._links)
        layout.addSpacing(10)
        layout.addWidget(name)
        layout.addLayout(self._beside)
        layout.addWidget(self._problem)
        layout.addStretch(1)
        layout.addWidget(self._buttons)
        self.setMinimumWidth(_WIDTH)

    def _say(self, message: str) -> None:
        self._problem.setText(message)
        self.edit.setAccessibleDescription(message)
        if bool(self.edit.property("problem")) != bool(message):
            self.edit.setProperty("problem", bool(message))
            self.edit.style().polish(self.edit)

    def _review(self) -> None:
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(self.edit.text().strip()) and not self.busy)

    def _submit(self) -> None:
        self._set_busy(busy=True)
        self.submitted.emit(self.edit.text())

    def _set_busy(self, *, busy: bool) -> None:
        self.busy = busy
        self.edit.setEnabled(not busy)
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(self.tr("One moment…") if busy else self._agree)
        self._review()


class ExternalStepDialog(QDialog):
    """Waits while the user solves a problem elsewhere, then retries.

    Args:
        title: The window title.
        headline: What happened.
        explanation: What to do.
        again: Text of the retry button.
    """

    back = Signal()
    """Retry: the problem has been solved."""
    looked_at = Signal()
    """The user has returned to this dialog: its information may be outdated."""

    def __init__(self, title: str, headline: str, explanation: str, again: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._facts = _wrapped()
        self._facts.setProperty("tone", "title")
        self._buttons = QDialogButtonBox()
        self._again = self._buttons.addButton(again, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton(self.tr("Not now"), QDialogButtonBox.ButtonRole.RejectRole)
        self._again.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(8)
        layout.addWidget(_bold(headline))
        layout.addWidget(_wrapped(explanation))
        layout.addSpacing(4)
        layout.addWidget(self._facts)
        layout.addStretch(1)
        layout.addSpacing(8)
        layout.addWidget(self._buttons)
        self._facts.hide()
        self.setMinimumWidth(_WIDTH)
        self._buttons.accepted.connect(self._come_back)
        self._buttons.rejected.connect(self.reject)

    def add_choice(self, text: str, follow: Callable[[], None], *, closes: bool = False) -> None:
        """Offer another action."""
        button = self._buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.setAutoDefault(False)
        button.clicked.connect(follow)
        if closes:
            button.clicked.connect(self.reject)

    def show_facts(self, text: str) -> None:
        """Show the present situation."""
        self._facts.setText(text)
        self._facts.setVisible(bool(text))
        if self.isVisible():
            _fit(self)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Open as high as the text needs."""
        _fit(self)
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Notice that the user has returned."""
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.looked_at.emit()
        super().changeEvent(event)

    def done(self, result: int) -> None:
        """Close."""
        with handing_back(self):
            super().done(result)

    def _come_back(self) -> None:
        self.back.emit()
        self.accept()


def _fit(dialog: QDialog) -> None:
    """Give ``dialog`` the height of its text at its width; Qt's estimate is too large."""
    layout = dialog.layout()
    if layout is not None:
        layout.activate()
        width = max(_WIDTH, layout.minimumSize().width())
        dialog.resize(width, layout.totalHeightForWidth(width))


def _bold(text: str) -> QLabel:
    label = _wrapped(text)
    label.setProperty("tone", "title")
    return label


def _wrapped(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return label
