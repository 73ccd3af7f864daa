"""The details of one operation: facts, attempts, and error details folded away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from launcher_gui.models.attempt_table import AttemptTableModel
from launcher_gui.models.attention import need_of
from launcher_gui.monitor.operation_text import next_action, owner_text, state_label
from launcher_gui.monitor.projection import OperationView
from launcher_gui.monitor.raw_record import recorded_text
from launcher_gui.settings.hours import ALWAYS, Hours
from launcher_gui.text.formatting import clock_time
from launcher_gui.ui.common.delegates import state_icon
from launcher_gui.ui.common.resources import icon
from launcher_gui.ui.common.scrolling import Scrolling
from launcher_gui.ui.common.theme import theme_of
from launcher_gui.ui.common.value_label import ValueLabel
from launcher_gui.ui.downloads.attempts_view import AttemptsTable

_TECHNICAL_HEIGHT = 110


class DetailsPane(QWidget):
    """Shows one operation, or how to select one."""

    fix_asked = Signal(object)
    """``Need``: carry out its remedy."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("details")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Details"))
        self._view: OperationView | None = None
        self._now = 0.0
        self._hours = ALWAYS
        lacking = {self.tr("SHA-256"): self.tr("None")}
        self._facts = {
            label: ValueLabel(label, self.tr("Copy") if copied else "", lacking.get(label, ""))
            for label, (copied, _) in self._labels().items()
        }
        self._attempts = AttemptTableModel(self)
        self._table = AttemptsTable(self._attempts)
        self._mark, self._name, self._sentence = QLabel(), QLabel(), QLabel()
        self._toggle = QToolButton()
        self.fix = QPushButton()
        self.fix.clicked.connect(self._ask_fix)
        self._technical = QPlainTextEdit(readOnly=True)
        self._set_up_technical()
        self._lay_out()
        self._table.selectionModel().currentRowChanged.connect(self._show_technical)
        self.show_view(None, 0.0)

    def show_hours(self, hours: Hours) -> None:
        """Show the schedule for queued downloads."""
        self._hours = hours
        self.tick(self._now)

    def show_view(self, view: OperationView | None, now: float) -> None:
        """Show ``view`` as of ``now``; ``None`` if nothing is selected."""
        another = view is None or self._view is None or view.id != self._view.id
        self._view, self._now = view, now
        self._stack.setCurrentIndex(0 if view is None else 1)
        self._attempts.show(view.attempts if view is not None else (), now)
        if view is None:
            return
        for label, (_, read) in self._labels().items():
            self._facts[label].set_value(read(view))
        self._name.setText(view.name)
        need = need_of(view)
        self.fix.setVisible(need is not None)
        self.fix.setText(need.label if need is not None else "")
        self._say_what_happens()
        if another:
            self._table.clearSelection()
            self._table.setCurrentIndex(QModelIndex())
            self._table.scrollToBottom()
        self._show_technical()

    def take_keyboard(self) -> None:
        """Give the keyboard to the attempts."""
        self._table.setFocus()  # with a focus proxy, Tab would skip the facts

    def show_attempt(self, number: int) -> None:
        """Select the attempt with that number; none if there is none."""
        if self._view is None:
            return
        row = next((r for r, attempt in enumerate(self._view.attempts) if attempt.number == number), None)
        if row is not None:
            self._table.selectRow(row)

    def tick(self, now: float) -> None:
        """Update what depends on the time."""
        self._now = now
        self._attempts.tick(now)
        if self._view is not None:
            self._say_what_happens()
            self._facts[self.tr("Running in")].set_value(owner_text(self._view.record.owner, now))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Redraw the icons in the new colours."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_stack"):
            self._recolour()
            self._say_what_happens()
        super().changeEvent(event)

    def _labels(self) -> dict[str, tuple[bool, Callable[[OperationView], str]]]:
        """Return each fact by label: whether it has a copy button, and how to read it."""
        return {
            self.tr("Link"): (True, lambda v: v.url),
            self.tr("Destination"): (True, lambda v: v.destination),
            self.tr("SHA-256"): (True, lambda v: v.known_hash),
            self.tr("Host"): (False, lambda v: v.operation.scope or ""),
            self.tr("Running in"): (False, lambda v: owner_text(v.record.owner, self._now)),
            self.tr("Added"): (False, lambda v: clock_time(v.operation.created_at, self._now)),
            self.tr("ID"): (True, lambda v: v.id),
        }

    def _ask_fix(self) -> None:
        if self._view is not None and (need := need_of(self._view)) is not None:
            self.fix_asked.emit(need)

    def _say_what_happens(self) -> None:
        if self._view is None:
            return
        state, phase = self._view.state, self._view.operation.progress.phase
        self._mark.setPixmap(state_icon(theme_of(self.palette()), state, phase).pixmap(QSize(20, 20)))
        words = (state_label(self._view), next_action(self._view, self._now, self._hours))
        self._sentence.setText(" · ".join(word for word in words if word))

    def _set_up_technical(self) -> None:
        self._toggle.setObjectName("quiet")
        self._toggle.setText(self.tr("Error details"))
        self._toggle.setCheckable(True)
        self._toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._toggle.toggled.connect(self._fold)
        self._technical.setObjectName("technical")
        self._technical.setAccessibleName(self.tr("Error details of the attempt"))
        self._technical.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._technical.setMaximumHeight(_TECHNICAL_HEIGHT)
        self._fold(unfolded=False)

    def _fold(self, unfolded: bool) -> None:
        self._technical.setVisible(unfolded)
        self._show_technical()
        self._recolour()

    def _recolour(self) -> None:
        aside = "fold-left" if self.isRightToLeft() else "fold-right"
        name = "fold-down" if self._toggle.isChecked() else aside
        self._toggle.setIcon(icon(name, theme_of(self.palette()).muted))

    def _show_technical(self) -> None:
        """Show the record of the selected attempt, or of the last one with error details."""
        if self._technical.isHidden():
            return
        if self._view is None:
            return
        attempts, chosen = self._view.attempts, self._table.currentIndex()
        last = next((a for a in reversed(attempts) if a.detail), attempts[-1] if attempts else None)
        text = recorded_text(self._view, attempts[chosen.row()] if chosen.isValid() else last)
        if text != self._technical.toPlainText():
            bar = self._technical.verticalScrollBar()
            place = bar.value()
            self._technical.setPlainText(text)
            bar.setValue(place)

    def _lay_out(self) -> None:
        hint = QLabel(self.tr("Select a download to see its attempts and why each one ended."))
        hint.setProperty("tone", "muted")
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setWordWrap(True)
        content = QWidget()
        columns = QHBoxLayout(content)
        columns.setContentsMargins(16, 12, 16, 12)
        columns.setSpacing(24)
        facts = QWidget()
        facts.setLayout(self._facts_column())
        columns.addWidget(Scrolling(facts, self.tr("Scroll the details")), 2)
        columns.addLayout(self._attempts_column(), 5)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(hint)
        self._stack.addWidget(content)

    def _facts_column(self) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for row, (name, fact) in enumerate(self._facts.items()):
            label = QLabel(name)
            label.setProperty("tone", "muted")
            grid.addWidget(label, row, 0)
            grid.addWidget(fact, row, 1)
        self._name.setProperty("tone", "title")
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._name)
        column.addLayout(grid)
        column.addStretch(1)
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return column

    def _attempts_column(self) -> QVBoxLayout:
        headline = QHBoxLayout()
        headline.setSpacing(8)
        headline.addWidget(self._mark)
        headline.addWidget(self._sentence, 1)
        headline.addWidget(self.fix, 0, Qt.AlignmentFlag.AlignTop)
        headline.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignTop)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setWordWrap(True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addLayout(headline)
        column.addWidget(self._table, 1)
        column.addWidget(self._technical)
        return column
