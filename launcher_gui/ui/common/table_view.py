"""The table view of every list in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QTableView


class TableView(QTableView):
    """A table that always shows where the keyboard is."""

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Bring the current row into view: the table may have shrunk since it became the current one.

        Not on a click, which would move the row away from under the pointer.
        """
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.scrollTo(self.currentIndex())
