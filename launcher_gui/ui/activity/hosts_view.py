"""The hosts view: which hosts are paused, why and until when, what waits for them, and what you can do."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from launcher_gui.models.host_table import HostColumn, HostRole, HostTableModel
from launcher_gui.monitor.hosts import HostAction, HostRow, host_rows, host_sentence
from launcher_gui.monitor.projection import Projection
from launcher_gui.ui.common.delegates import CellDelegate, HistoryDelegate, HostStateDelegate
from launcher_gui.ui.common.scrolling import Scrolling
from launcher_gui.ui.common.table_view import TableView

_ROW_HEIGHT = 36
_ASIDE = 340
_ENTRY = QSize(0, 30)
_WIDTHS = {
    HostColumn.NAME: 130,
    HostColumn.STATE: 170,
    HostColumn.WAITING: 90,
    HostColumn.PROBE: 135,
    HostColumn.RATE: 115,
    HostColumn.HISTORY: 130,
}


class HostsView(QWidget):
    """The table of hosts, and the selected one beside it."""

    asked = Signal(object, object)
    """``HostAction`` and the ``HostRow``: carry it out."""
    picked = Signal(str)
    """The id of a waiting download that was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = HostTableModel(self)
        self._projection = Projection()
        self._now = 0.0
        self.table = TableView()
        self._title, self._sentence, self._waiting_title = QLabel(), QLabel(), QLabel()
        self.waiting = QListWidget()
        self.buttons = self._make_buttons()
        self._set_up_table()
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.waiting.itemActivated.connect(self._pick)
        self.waiting.itemClicked.connect(self._pick)
        self._show_rows()

    def show_projection(self, projection: Projection) -> None:
        """Show ``projection``: circuit breakers at once, the rest with the next tick."""
        before, self._projection = self._projection, projection
        if projection.breakers is not before.breakers:
            self._show_rows()

    def tick(self, now: float) -> None:
        """Update what depends on the time."""
        self._now = now
        if self.isVisible():
            self._show_rows()

    def choose(self, scope: str) -> None:
        """Select a host; do nothing if it is not in the view."""
        row = self.model.row_of(scope)
        if row is not None:
            self.table.setCurrentIndex(self.model.index(row, HostColumn.NAME))

    @property
    def chosen(self) -> HostRow | None:
        """The selected host."""
        index = self.table.currentIndex()
        return self.model.row_at(index.row()) if index.isValid() else None

    def _make_buttons(self) -> dict[HostAction, QPushButton]:
        words = {
            HostAction.PROBE: (self.tr("&Try one now"), self.tr("Try one waiting download now")),
            HostAction.RESET: (self.tr("&Clear failures"), self.tr("Forget past failures and retry now")),
            HostAction.ISOLATE: (
                self.tr("&Pause host"),
                self.tr("Stop all downloads from this host until you resume it"),
            ),
            HostAction.RELEASE: (self.tr("R&esume host"), self.tr("Allow downloads from this host again")),
        }
        made: dict[HostAction, QPushButton] = {}
        for action, (text, tip) in words.items():
            made[action] = QPushButton(text)
            made[action].setToolTip(tip)
            made[action].setAccessibleDescription(tip)
            made[action].clicked.connect(lambda _checked=False, a=action: self._ask(a))
        return made

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(self.tr("Hosts"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setStretchLastSection(True)
        table.setItemDelegate(CellDelegate(table))
        table.setItemDelegateForColumn(HostColumn.STATE, HostStateDelegate(table))
        table.setItemDelegateForColumn(HostColumn.HISTORY, HistoryDelegate(table))
        for column, width in _WIDTHS.items():
            table.horizontalHeader().resizeSection(column, width)

    def _lay_out(self) -> None:
        self._title.setProperty("tone", "title")
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._waiting_title.setProperty("tone", "muted")
        self.waiting.setMinimumHeight(_ENTRY.height())
        self.waiting.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # it scrolls on its own
        self.waiting.setAccessibleName(self.tr("Downloads waiting for the host"))
        aside = QWidget()
        aside.setObjectName("aside")
        column = QVBoxLayout(aside)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for label in (self._title, self._sentence):
            column.addWidget(label)
        row = QHBoxLayout()
        for button in self.buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(self._waiting_title)
        column.addWidget(self.waiting, 1)
        column.addStretch()
        self._aside = Scrolling(aside, self.tr("Scroll the host"))
        self._aside.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        content = QWidget()
        both = QHBoxLayout(content)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(self.table, 1)
        both.addWidget(self._aside)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._lesson())
        self._stack.addWidget(content)

    def _lesson(self) -> QLabel:
        lesson = QLabel(
            self.tr(
                "Hosts appear here with their first download.\n\nA host that fails several times in a row is "
                "paused for a while so that it can recover. Here you see what is waiting and until when, and "
                "you can retry or clear the failures.\nYou can also pause a host yourself, for example to "
                "save bandwidth."
            )
        )
        lesson.setAlignment(Qt.AlignmentFlag.AlignCenter)
        lesson.setWordWrap(True)
        lesson.setProperty("tone", "muted")
        lesson.setContentsMargins(80, 24, 80, 24)
        return lesson

    def _show_rows(self) -> None:
        self.model.show(host_rows(self._projection, self._now), self._now)
        self._stack.setCurrentIndex(1 if self.model.rowCount() else 0)
        if self.model.rowCount() and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, HostColumn.NAME))
        self._show_chosen()

    def _show_chosen(self) -> None:
        row = self.chosen
        if row is None:
            return
        self._title.setText(row.scope)
        self._sentence.setText(host_sentence(row, self._now))
        for action, button in self.buttons.items():
            has_focus = button.hasFocus()
            button.setVisible(action in row.actions)
            if has_focus and not button.isVisible():
                self.table.setFocus()
        count = len(row.waiting)
        self._waiting_title.setText(
            self.tr("No downloads are waiting.") if not count else self.tr("%n waiting", "", count)
        )
        self.waiting.setVisible(count > 0)
        self._show_waiting(row)
        # As wide as its buttons, which differ by state and language.
        self._aside.setFixedWidth(max(_ASIDE, self._aside.least_width()))

    def _show_waiting(self, row: HostRow) -> None:
        shown = [self.waiting.item(n).data(HostRole.SCOPE) for n in range(self.waiting.count())]
        if shown == [view.id for view in row.waiting]:
            return
        self.waiting.clear()
        for view in row.waiting:
            item = QListWidgetItem(view.name)
            item.setSizeHint(_ENTRY)
            item.setData(HostRole.SCOPE, view.id)
            self.waiting.addItem(item)

    def _pick(self, item: QListWidgetItem) -> None:
        self.picked.emit(item.data(HostRole.SCOPE))

    def _ask(self, action: HostAction) -> None:
        if (row := self.chosen) is not None and action in row.actions:
            self.asked.emit(action, row)
