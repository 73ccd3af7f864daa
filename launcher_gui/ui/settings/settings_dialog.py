"""The settings dialog, generated from the schema with its help and bounds.

It requests changes through ``applied`` and shows what ``show_settings`` brings: a value counts when the store has it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from launcher_gui.settings.form import FormField, accounts_title, matches, pages, schedule
from launcher_gui.settings.schema import Settings
from launcher_gui.ui.common.dialogs import handing_back
from launcher_gui.ui.settings.accounts_page import AccountsPage
from launcher_gui.ui.settings.schedule_picture import SchedulePicture
from launcher_gui.ui.settings.setting_row import SettingRow

_SCHEDULE = ("max_retries", "initial_delay", "backoff_factor", "max_delay", "jitter")
_AT_ONCE = frozenset({"theme"})
_SIZE = (860, 620)
_ENTRY = QSize(0, 32)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A file to export settings to, or to import from.

    Attributes:
        path: The file.
        to_write: Whether to export.
    """

    path: str
    to_write: bool


class SettingsDialog(QDialog):
    """Pages of settings, with a search across all of them.

    Args:
        settings: The present settings.
        fixed: The fields set by environment variables.
    """

    applied = Signal(object)
    """A mapping of field to value: change these."""
    asked = Signal(object)
    """``AccountAsk`` or ``Exchange``."""

    def __init__(self, settings: Settings, fixed: frozenset[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Settings"))
        self._settings, self._fixed = settings, fixed
        self._pages, self._accounts_title = pages(), accounts_title()
        self.accounts = AccountsPage()
        self.export, self.take_over = QPushButton(self.tr("Export…")), QPushButton(self.tr("Import…"))
        self._exchanged = QLabel()
        self.rows = {f.name: SettingRow(f) for page in self._pages.values() for f in page}
        self.search, self.list = QLineEdit(), QListWidget()
        self.picture, self._nothing = SchedulePicture(), QLabel(self.tr("No matching settings."))
        self._caption = QLabel(self.tr("Longest pause after each failure in a row. The hatched part is random."))
        self._titles = {title: QLabel(title) for title in self._pages}
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok
            | QDialogButtonBox.StandardButton.Apply
            | QDialogButtonBox.StandardButton.Cancel
        )
        self._lay_out()
        self._connect()
        self.show_settings(settings)
        self._show_page()
        self.resize(QSize(*_SIZE).boundedTo(self.screen().availableSize() * 0.9))

    @property
    def changes(self) -> dict[str, Any]:
        """The changed fields with valid values."""
        rows = {name: row for name, row in self.rows.items() if name not in self._fixed and not row.problem}
        return {name: row.value for name, row in rows.items() if row.value != getattr(self._settings, name)}

    def show_settings(self, settings: Settings) -> None:
        """Show the present settings; what is being typed stays."""
        for name, row in self.rows.items():
            untouched = not row.problem and row.value == getattr(self._settings, name)
            if untouched or not self.isVisible():
                row.show_value(getattr(settings, name))
            row.hold(fixed=name in self._fixed)
        self._settings = settings
        self._review()

    def button(self, which: QDialogButtonBox.StandardButton) -> QPushButton:
        """Return one of the buttons at the foot."""
        return self._buttons.button(which)

    def ask_states(self) -> None:
        """Request what is shown beside the settings themselves."""
        self.accounts.ask_states()

    def show_exchange(self, words: str, *, good: bool) -> None:
        """Show the result of an export or import."""
        self._exchanged.setText(words)
        self._exchanged.setProperty("tone", "good" if good else "bad")
        self._exchanged.style().polish(self._exchanged)
        self._exchanged.show()

    def done(self, result: int) -> None:
        """Close."""
        with handing_back(self):
            super().done(result)

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(self.tr("Search the settings"))
        self.search.setAccessibleName(self.tr("Search the settings"))
        self.search.setClearButtonEnabled(True)
        self.list.setAccessibleName(self.tr("Pages"))
        self.list.setFixedWidth(170)
        for title in self._pages:
            item = QListWidgetItem(title)
            item.setSizeHint(_ENTRY)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        self.search.setFixedWidth(170)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the keyboard through the fields
        area.verticalScrollBar().setAccessibleName(self.tr("Scroll the settings"))
        area.setWidget(self._body())
        both = QHBoxLayout()
        both.setSpacing(20)
        both.addLayout(left)
        both.addWidget(area, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(14)
        layout.addLayout(both, 1)
        layout.addWidget(self._exchanged)
        layout.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        self._exchanged.setWordWrap(True)
        self._exchanged.hide()
        self.export.setToolTip(self.tr("Save these settings to a file, without passwords and tokens"))
        self.take_over.setToolTip(self.tr("Load all settings from a file"))
        foot = QHBoxLayout()
        for button in (self.export, self.take_over):
            button.setAutoDefault(False)
            foot.addWidget(button)
        foot.addWidget(self._buttons, 1)
        return foot

    def _pick_file(self, *, to_write: bool) -> None:
        picker = QFileDialog(self, self.tr("Export settings") if to_write else self.tr("Import settings"))
        picker.setNameFilter(self.tr("Settings (*.json)"))
        picker.setDefaultSuffix("json")
        if to_write:
            picker.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            picker.selectFile("comfyui-recovery-settings.json")
        else:
            picker.setFileMode(QFileDialog.FileMode.ExistingFile)
        picker.fileSelected.connect(lambda path: self.asked.emit(Exchange(path, to_write=to_write)))
        picker.open()

    def _body(self) -> QWidget:
        body = QWidget()
        body.setObjectName("settings")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(2)
        for title, fields in self._pages.items():
            self._titles[title].setProperty("tone", "headline")
            column.addWidget(self._titles[title])
            if "initial_delay" in {field.name for field in fields}:
                column.addWidget(self.picture)
                column.addWidget(self._caption)
            if title == self._accounts_title:
                column.addWidget(self.accounts)
            for field in fields:
                column.addWidget(self.rows[field.name])
        for note in (self._nothing, self._caption):
            note.setProperty("tone", "muted")
            note.setWordWrap(True)
        column.addWidget(self._nothing)
        column.addStretch(1)
        return body

    def _connect(self) -> None:
        for row in self.rows.values():
            row.edited.connect(self._review)
            if row.field.name in _AT_ONCE:
                row.chosen.connect(self._apply_at_once)
        self.accounts.asked.connect(self.asked)
        self.export.clicked.connect(lambda: self._pick_file(to_write=True))
        self.take_over.clicked.connect(lambda: self._pick_file(to_write=False))
        self.search.textChanged.connect(self._show_page)
        self.list.currentRowChanged.connect(self._leave_search)
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)
        self.button(QDialogButtonBox.StandardButton.Apply).clicked.connect(self._apply)

    def _leave_search(self) -> None:
        self.search.clear()
        self._show_page()

    def _show_page(self) -> None:
        """Show the selected page, or the matches of a search on all pages."""
        wanted, chosen = self.search.text().strip(), self.list.currentItem().text()
        found = False
        for title, fields in self._pages.items():
            shown = [f for f in fields if (matches(f, wanted) if wanted else title == chosen)]
            self._show_fields(fields, shown)
            is_asked = self.accounts.matches(wanted) if wanted else title == chosen
            with_accounts = is_asked and title == self._accounts_title
            if title == self._accounts_title:
                self.accounts.setVisible(with_accounts)
            self._titles[title].setVisible(bool(shown) or with_accounts)
            found = found or bool(shown) or with_accounts
        for widget in (self.picture, self._caption):
            widget.setVisible(not wanted and not self.rows["initial_delay"].isHidden())
        self._nothing.setVisible(not found)

    def _show_fields(self, fields: tuple[FormField, ...], shown: list[FormField]) -> None:
        for field in fields:
            self.rows[field.name].setVisible(field in shown)

    def _review(self) -> None:
        problems = [row for row in self.rows.values() if row.problem]
        self.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not problems)
        self.button(QDialogButtonBox.StandardButton.Apply).setEnabled(not problems and bool(self.changes))
        if not any(self.rows[name].problem for name in _SCHEDULE):
            self.picture.show_waits(schedule(self._picture_values()))

    def _picture_values(self) -> Mapping[str, Any]:
        return {**dataclasses.asdict(self._settings), **{name: self.rows[name].value for name in _SCHEDULE}}

    def _apply_at_once(self) -> None:
        """Apply at once what is best judged by its look."""
        if at_once := {name: value for name, value in self.changes.items() if name in _AT_ONCE}:
            self.applied.emit(at_once)

    def _apply(self) -> None:
        if changes := self.changes:
            self.applied.emit(changes)

    def _accept(self) -> None:
        self._apply()
        self.accept()
