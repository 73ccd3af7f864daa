"""The dialog that asks for a download: a link, a folder and, if wanted, a file name and a SHA-256."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from launcher_gui.panels.dialogs import handing_back


@dataclass(frozen=True, slots=True)
class AddForm:
    """What was typed, as it was typed.

    Attributes:
        url: The link.
        folder: Where the file goes.
        name: Its file name; empty to take it from the link.
        sha256: The SHA-256 that it must have; empty if not known.
    """

    url: str
    folder: str
    name: str
    sha256: str


Validate = Callable[[AddForm], Mapping[str, str]]
"""Returns what is wrong with a form, field name to message; no I/O, since it runs at every key."""


class _Field:
    """A labelled line with room for a problem below it."""

    def __init__(self, label: str, placeholder: str) -> None:
        self.edit = QLineEdit()
        self.edit.setAccessibleName(label)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setMinimumWidth(520)
        self.label = QLabel(label)
        self.label.setBuddy(self.edit)
        self.label.setProperty("tone", "title")
        self.problem = QLabel()
        self.problem.setProperty("tone", "bad")
        self.problem.setWordWrap(True)
        policy = self.problem.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the form must not jump while somebody types
        self.problem.setSizePolicy(policy)
        self.touched = False
        self.refusal = ""

    def show_problem(self, message: str) -> None:
        """Show ``message`` below the line; none if it is empty."""
        self.problem.setText(message)
        self.problem.setVisible(bool(message))
        self.edit.setAccessibleDescription(message)
        if bool(self.edit.property("problem")) != bool(message):
            self.edit.setProperty("problem", bool(message))
            self.edit.style().polish(self.edit)


class AddDialog(QDialog):
    """Asks for a download and stays open until the core has accepted it."""

    submitted = Signal(object)
    """The ``AddForm`` to add."""

    def __init__(self, validate: Validate, url: str, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add download"))
        self._validate = validate
        self.busy = False  # submitted, and not answered yet
        self._fields = {
            "url": _Field(self.tr("Link"), "https://"),
            "folder": _Field(self.tr("Folder"), self.tr("where the file goes")),
            "name": _Field(self.tr("File name (optional)"), self.tr("taken from the link")),
            "sha256": _Field(
                self.tr("SHA-256 (optional)"), self.tr("checked before the file is installed; or blake3:…")
            ),
        }
        self._fields["sha256"].edit.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._refusal = QLabel()
        self._refusal.setProperty("tone", "bad")
        self._refusal.setWordWrap(True)
        self._refusal.hide()
        self._browse = QPushButton(self.tr("Browse…"))
        self._browse.setAutoDefault(False)
        self._browse.setAccessibleName(self.tr("Browse for a folder"))
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._layout = QVBoxLayout(self)
        self._lay_out()
        self._connect()
        self._fill(url, folder)

    @property
    def form(self) -> AddForm:
        """What stands in the fields."""
        return AddForm(**{f.name: self._fields[f.name].edit.text() for f in fields(AddForm)})

    def accepted_by_core(self) -> None:
        """Close: the download is in the list."""
        self.accept()

    def refuse(self, field: str, message: str) -> None:
        """Let the form be mended; ``message`` stands at ``field``, or at the foot if there is no such field."""
        self._set_busy(busy=False)
        if field in self._fields:
            self._fields[field].refusal = message
            self._fields[field].edit.setFocus()
        else:
            self._refusal.setText(message)
            self._refusal.show()
        self._review()

    def done(self, result: int) -> None:
        """Close."""
        with handing_back(self):
            super().done(result)

    def _lay_out(self) -> None:
        layout = self._layout
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(4)
        for name, field in self._fields.items():
            layout.addWidget(field.label)
            if name == "folder":
                row = QHBoxLayout()
                row.addWidget(field.edit)
                row.addWidget(self._browse)
                layout.addLayout(row)
            else:
                layout.addWidget(field.edit)
            layout.addWidget(field.problem)
            layout.addSpacing(6)
        layout.addWidget(self._refusal)
        layout.addSpacing(8)
        layout.addWidget(self._buttons)

    def _connect(self) -> None:
        for field in self._fields.values():
            field.edit.textEdited.connect(lambda _text, f=field: self._edited(f))
            field.edit.textChanged.connect(self._review)
        self._browse.clicked.connect(self._pick_folder)
        self._buttons.accepted.connect(self._submit)
        self._buttons.rejected.connect(self.reject)

    def _fill(self, url: str, folder: str) -> None:
        self._fields["url"].touched = bool(url)
        self._fields["url"].edit.setText(url)
        self._fields["folder"].edit.setText(folder)
        self._fields["url" if not url else "folder"].edit.setFocus()
        self._set_busy(busy=False)
        self._review()

    def _edited(self, field: _Field) -> None:
        field.touched = True
        field.refusal = ""
        self._refusal.hide()
        self._review()

    def _review(self) -> None:
        problems = self._validate(self.form)
        for name, field in self._fields.items():
            field.show_problem(field.refusal or (problems.get(name, "") if field.touched else ""))
        self._ok.setEnabled(not problems)
        self._grow()

    def _grow(self) -> None:
        """Make room for a problem that takes several lines; a dialog does not do so by itself."""
        if not self.isVisible():  # it opens in its right size
            return
        self._layout.activate()
        self.resize(self.width(), max(self.height(), self._layout.totalHeightForWidth(self.width())))

    @property
    def _ok(self) -> QPushButton:
        return self._buttons.button(QDialogButtonBox.StandardButton.Ok)

    def _submit(self) -> None:
        self._set_busy(busy=True)
        self.submitted.emit(self.form)

    def _set_busy(self, *, busy: bool) -> None:
        """Hold the form still while the core answers."""
        self.busy = busy
        for field in self._fields.values():
            field.edit.setEnabled(not busy)
        self._browse.setEnabled(not busy)
        self._ok.setEnabled(not busy)
        self._ok.setText(self.tr("Adding…") if busy else self.tr("Add download"))

    def _pick_folder(self) -> None:
        picker = QFileDialog(self, self.tr("Choose a folder"), self._fields["folder"].edit.text())
        picker.setFileMode(QFileDialog.FileMode.Directory)
        picker.setOption(QFileDialog.Option.ShowDirsOnly)
        picker.fileSelected.connect(self._picked)
        picker.open()

    def _picked(self, folder: str) -> None:
        self._fields["folder"].edit.setText(folder)
        self._edited(self._fields["folder"])
