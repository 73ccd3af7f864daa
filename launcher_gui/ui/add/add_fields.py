"""The fields of the add dialog: a line, a choice of folders, and a box for links, each with space for a problem."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QFontMetrics
from PySide6.QtWidgets import QComboBox, QCompleter, QLabel, QLineEdit, QPlainTextEdit, QWidget

from launcher_gui.ui.add.links import links_in, list_files_in

_FEWEST_LINES, _MOST_LINES = 2, 7
_FRAME = 18


class LinksBox(QPlainTextEdit):
    """A box with one download per line; links and lists of links can be dropped on it."""

    links_dropped = Signal(object)
    """A tuple of links."""
    lists_dropped = Signal(object)
    """A tuple of paths."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)  # Tab leaves it
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.textChanged.connect(self._fit)
        self._fit()

    def text(self) -> str:
        """Return the text."""
        return self.toPlainText()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Accept drags of links and lists."""
        if links_in(event.mimeData()) or list_files_in(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """Keep accepting the drag."""
        if links_in(event.mimeData()) or list_files_in(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Emit what was dropped."""
        links, lists = links_in(event.mimeData()), list_files_in(event.mimeData())
        if not (links or lists):
            super().dropEvent(event)
            return
        event.acceptProposedAction()
        if links:
            self.links_dropped.emit(links)
        if lists:
            self.lists_dropped.emit(lists)

    def _fit(self) -> None:
        lines = min(_MOST_LINES, max(_FEWEST_LINES, self.blockCount()))
        self.setFixedHeight(QFontMetrics(self.font()).lineSpacing() * lines + _FRAME)


class FolderBox(QComboBox):
    """A folder to type, or to choose from recently used ones."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(12)
        self._others = QStringListModel(self)
        completer = QCompleter(self._others, self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseSensitive)
        self.setCompleter(completer)
        self.line.textEdited.connect(self._propose)

    @property
    def line(self) -> QLineEdit:
        """The line edit."""
        line = self.lineEdit()
        assert line is not None  # noqa: S101 it is editable
        return line

    def offer(self, folders: Sequence[str]) -> None:
        """Offer ``folders`` without changing the text."""
        text = self.line.text()
        self.blockSignals(True)
        self.clear()
        self.addItems(list(folders))
        self.setEditText(text)
        self.blockSignals(False)
        self._propose(text)

    def _propose(self, text: str) -> None:
        """List the other folders: a list with only the present one would swallow the next click."""
        others = [folder for folder in map(self.itemText, range(self.count())) if folder != text]
        if others != self._others.stringList():
            self._others.setStringList(others)


class Field:
    """A labelled field with space for a problem below it.

    Args:
        label: Its name.
        edit: The input widget.
        placeholder: Shown while the input is empty.
        shown: The widget to lay out and hide, if not ``edit`` itself.
        roomy: Whether to reserve the space for a problem, so that the form does not jump while the user types.
    """

    def __init__(
        self,
        label: str,
        edit: QLineEdit | LinksBox,
        placeholder: str,
        shown: QWidget | None = None,
        *,
        roomy: bool = True,
    ) -> None:
        self.edit = edit
        self.shown: QWidget = edit if shown is None else shown
        for widget in {self.edit, self.shown}:
            widget.setAccessibleName(label)
        self.edit.setPlaceholderText(placeholder)
        self.label = QLabel(label)
        self.label.setBuddy(self.shown)
        self.label.setProperty("tone", "title")
        self.problem = QLabel()
        self.problem.setProperty("tone", "bad")
        self.problem.setWordWrap(True)
        policy = self.problem.sizePolicy()
        policy.setRetainSizeWhenHidden(roomy)
        self.problem.setSizePolicy(policy)
        self.problem.hide()
        self.touched = False
        self.refusal = ""

    def show_problem(self, message: str) -> None:
        """Show ``message`` below the field, or nothing if it is empty."""
        self.problem.setText(message)
        self.problem.setVisible(bool(message))
        self.edit.setAccessibleDescription(message)
        if bool(self.edit.property("problem")) != bool(message):
            for widget in {self.edit, self.shown}:
                widget.setProperty("problem", bool(message))
                widget.style().polish(widget)
