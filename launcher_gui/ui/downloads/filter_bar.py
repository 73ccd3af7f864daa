"""The bar above the list: filters, and an action for all failed downloads."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from launcher_gui.models.filtering import GROUPS, Filter


class FilterBar(QWidget):
    """Text, state and host; shows how many downloads match."""

    changed = Signal(object)
    """The new ``Filter``."""
    resume_failed = Signal()
    """Resume all failed downloads in the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text, self.group, self.host = QLineEdit(), QComboBox(), QComboBox()
        self.resume = QPushButton()
        self._shown = QLabel()
        self.text.setPlaceholderText(self.tr("Filter by name, folder or link"))
        self.text.setAccessibleName(self.tr("Filter by name, folder or link"))
        self.text.setClearButtonEnabled(True)
        _name(self, self.group, self.tr("Filter by state"))
        for group, words in self._groups().items():
            self.group.addItem(words, group)
        _name(self, self.host, self.tr("Filter by host"))
        self.host.addItem(self.tr("All hosts"), "")
        self.host.setMinimumWidth(150)
        self.text.setMinimumWidth(80)
        self._shown.setProperty("tone", "muted")
        self.resume.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout.setSpacing(8)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.group)
        layout.addWidget(self.host)
        layout.addWidget(self._shown)
        layout.addWidget(self.resume)
        self.text.textChanged.connect(self._tell)
        self.group.currentIndexChanged.connect(self._tell)
        self.host.currentIndexChanged.connect(self._tell)
        self.resume.clicked.connect(self.resume_failed)

    @property
    def filter(self) -> Filter:
        """The present filter."""
        return Filter(self.group.currentData(), self.host.currentData(), self.text.text().strip())

    def choose(self, wanted: Filter) -> None:
        """Set the filter; a group that does not exist means all."""
        self.text.setText(wanted.text)
        self.group.setCurrentIndex(max(0, self.group.findData(wanted.group)))
        if wanted.host and self.host.findData(wanted.host) < 0:
            self.host.addItem(wanted.host, wanted.host)
        self.host.setCurrentIndex(max(0, self.host.findData(wanted.host)))

    def clear(self) -> None:
        """Show everything."""
        self.text.clear()
        self.group.setCurrentIndex(0)
        self.host.setCurrentIndex(0)

    def show_hosts(self, hosts: Collection[str]) -> None:
        """Offer ``hosts``; the selected one stays even if it has no downloads now."""
        chosen = self.host.currentData()
        wanted = ["", *sorted({*hosts, *([chosen] if chosen else [])})]
        if [self.host.itemData(n) for n in range(self.host.count())] == wanted:
            return
        self.host.blockSignals(True)
        self.host.clear()
        for host in wanted:
            self.host.addItem(host or self.tr("All hosts"), host)
        self.host.setCurrentIndex(self.host.findData(chosen))
        self.host.blockSignals(False)

    def show_counts(self, shown: int, total: int, failed: int, left_out: int = 0) -> None:
        """Show how many are listed, how many of those failed and can be resumed, and how many are left out.

        Args:
            shown: Those that match the filter.
            total: All that could match.
            failed: Listed ones that failed.
            left_out: Finished ones that are too old to be listed.
        """
        some = self.tr("{shown} of {total}").format(shown=shown, total=total) if shown != total else ""
        older = self.tr("{count} older finished downloads are not listed").format(count=left_out) if left_out else ""
        self._shown.setText(" · ".join(words for words in (some, older) if words))
        self.resume.setVisible(failed > 0)
        if not failed:
            return
        host = self.host.currentData()
        of_host = self.tr("Resume %n failed from {host}", "", failed).format(host=host)
        self.resume.setText(of_host if host else self.tr("Resume %n failed", "", failed))

    def _groups(self) -> dict[str, str]:
        words = (
            self.tr("All states"),
            self.tr("Active"),
            self.tr("Waiting to retry"),
            self.tr("Stopped"),
            self.tr("Failed"),
            self.tr("Completed"),
        )
        return dict(zip(GROUPS, words, strict=True))

    def _tell(self) -> None:
        self.changed.emit(self.filter)


def _name(bar: QWidget, box: QComboBox, words: str) -> None:
    """Name ``box``: on Linux, Qt reports the selected entry as the name unless a label, even a hidden one, has it."""
    box.setAccessibleName(words)
    label = QLabel(words, bar)
    label.setBuddy(box)
    label.hide()
