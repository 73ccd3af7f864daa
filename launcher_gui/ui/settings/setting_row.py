"""One setting in the dialog: label, value, unit, help and problem."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from launcher_gui.settings.form import FormField, choice_label, default_text, problem_of, to_text, value_of
from launcher_gui.ui.common.dialogs import pick_folder

_LABEL, _LEAST, _EDIT, _WIDE = 250, 130, 110, 300


class SettingRow(QWidget):
    """A field to fill in.

    Args:
        field: The setting.
    """

    edited = Signal()
    """The value has changed."""
    chosen = Signal()
    """The user has chosen one of the values."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.edit, self.tick, self.choice = QLineEdit(), QCheckBox(field.label), QComboBox()
        for value in field.rule.choices:
            self.choice.addItem(choice_label(value), value)
        self.reset = QToolButton()
        self.browse = QPushButton(self.tr("Browse…"))
        self.browse.setAutoDefault(False)
        self.browse.setAccessibleName(self.tr("Browse for a folder"))
        self.browse.clicked.connect(self._pick_folder)
        self._problem, self._held = QLabel(), QLabel()
        self._lay_out()
        self.edit.textChanged.connect(self._review)
        self.tick.toggled.connect(self._review)
        self.choice.currentIndexChanged.connect(lambda: self.edit.setText(self.choice.currentData()))
        self.choice.activated.connect(self.chosen)
        self.reset.clicked.connect(lambda: self.show_value(self.field.default))
        self.show_value(field.default)

    @property
    def text(self) -> str:
        """The text of the value."""
        return str(self.tick.isChecked()).lower() if self.field.kind is bool else self.edit.text()

    @property
    def problem(self) -> str:
        """The problem with the value, empty if there is none."""
        return problem_of(self.field, self.text)

    @property
    def value(self) -> Any:
        """The value.

        Raises:
            InvalidInputError: If the field does not allow it.
        """
        return value_of(self.field, self.text)

    def show_value(self, value: object) -> None:
        """Show ``value``."""
        self.tick.setChecked(bool(value))
        self.edit.setText(to_text(value))
        self.choice.setCurrentIndex(self.choice.findData(value))
        self._review()

    def hold(self, *, fixed: bool) -> None:
        """Show whether an environment variable sets it, so that it cannot be changed here."""
        words = self.tr("Set by {name} (environment variable).").format(name=self.field.variable)
        self._held.setText(words if fixed else "")
        self._held.setVisible(fixed)
        self.edit.setEnabled(not fixed)
        self.tick.setEnabled(not fixed)
        self.choice.setEnabled(not fixed)
        self.browse.setEnabled(not fixed)
        self._review()

    def _lay_out(self) -> None:
        field, is_bool = self.field, self.field.kind is bool
        self.edit.setAccessibleName(field.label)
        self.edit.setAccessibleDescription(f"{field.help} {field.unit}".strip())
        self.tick.setAccessibleDescription(field.help)
        self.edit.setMinimumWidth(_EDIT)
        self.edit.setMaximumWidth(_WIDE if field.kind is str else _EDIT)
        self.reset.setObjectName("quiet")
        self.reset.setText(self.tr("Reset"))
        tip = self.tr("Reset to the default ({value})").format(value=default_text(field))
        self.reset.setToolTip(tip)
        self.reset.setAccessibleName(f"{field.label}: {tip}")
        policy = self.reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the row must not jump while the user types
        self.reset.setSizePolicy(policy)
        line = QHBoxLayout()
        line.setSpacing(8)
        label = QLabel(field.label)
        self.choice.setAccessibleName(field.label)
        self.choice.setAccessibleDescription(field.help)
        self.choice.setMinimumWidth(_EDIT)
        value = self.choice if field.rule.choices else self.edit
        label.setBuddy(value)
        label.setMinimumWidth(_LEAST)
        label.setMaximumWidth(_LABEL)
        label.setWordWrap(True)
        shares = {label: 100, self.edit: 10}  # on a narrow screen the label shrinks last
        for widget in (self.tick,) if is_bool else (label, value, QLabel(field.unit)):
            line.addWidget(widget, shares.get(widget, 0))
        if field.is_folder:
            line.addWidget(self.browse)
        line.addStretch(0 if value is self.edit and field.kind is str else 1)
        line.addWidget(self.reset)
        notes = QLabel(field.help)
        notes.setProperty("tone", "muted")
        self._held.setProperty("tone", "muted")
        self._problem.setProperty("tone", "bad")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 6)
        layout.setSpacing(3)
        layout.addLayout(line)
        for note in (notes, self._held, self._problem):
            note.setWordWrap(True)
            layout.addWidget(note)
        self._held.hide()
        for unused in (self.edit, self.tick, self.choice, self.browse):
            if unused.parentWidget() is None:  # it would outlive the row
                unused.setParent(self)
                unused.hide()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size that it needs."""
        return super().sizeHint().expandedTo(QSize(340, 0))

    def _pick_folder(self) -> None:
        pick_folder(self, self.tr("Choose a folder"), self.edit.text(), self.edit.setText)

    def _review(self) -> None:
        problem = self.problem
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        if bool(self.edit.property("problem")) != bool(problem):
            self.edit.setProperty("problem", bool(problem))
            self.edit.style().polish(self.edit)
        self.reset.setVisible(self.edit.isEnabled() and self.text.casefold() != to_text(self.field.default).casefold())
        self.edited.emit()
