"""The window's lower part: details, log or speed of the selection.

A hidden page costs nothing; only speeds are always recorded, since they could not be recovered.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from launcher_gui.models.operation_table import OperationTableModel
from launcher_gui.models.speed_history import SpeedHistory
from launcher_gui.monitor.projection import OperationView, Projection
from launcher_gui.ui.activity.log_view import LogView
from launcher_gui.ui.downloads.details import DetailsPane

if TYPE_CHECKING:
    from launcher_gui.ui.activity.speed_view import SpeedView


class Aspect(IntEnum):
    """The pages, from left to right."""

    ATTEMPTS = 0
    LOG = 1
    SPEED = 2


class LowerPane(QWidget):
    """Tabs for details, log and speed.

    Args:
        details: The details, which are updated elsewhere.
        model: The operations, for their speeds.
    """

    log_asked = Signal(object, int)
    """As ``LogView.asked``."""

    def __init__(self, details: DetailsPane, model: OperationTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._focused: OperationView | None = None
        self._limit_mb = 0.0
        self._speed: SpeedView | None = None
        self._details = details
        self.history = SpeedHistory()
        self.log = LogView()
        self._place = QWidget()
        self._tabs, self._pages = QTabBar(), QStackedWidget()
        self._lay_out()
        self._tabs.currentChanged.connect(self._switch)
        self.log.asked.connect(self.log_asked)

    @property
    def aspect(self) -> Aspect:
        """The page that is shown."""
        return Aspect(self._tabs.currentIndex())

    @property
    def speed(self) -> SpeedView:
        """The speed graph."""
        if self._speed is None:
            # pyqtgraph takes a third of a second to load: only when it is needed.
            from launcher_gui.ui.activity.speed_view import SpeedView  # noqa: PLC0415

            self._speed = SpeedView(self.history)
            self._later.addWidget(self._speed)
            self._speed.show_limit(self._limit_mb)
            self._speed.show_view(self._focused)
            self._speed.tick(self._model.now)
        return self._speed

    def show_aspect(self, aspect: Aspect) -> None:
        """Show another page."""
        self._tabs.setCurrentIndex(aspect)

    def take_keyboard(self) -> None:
        """Give the keyboard to the page that is shown."""
        match self.aspect:
            case Aspect.ATTEMPTS:
                self._details.take_keyboard()
            case Aspect.LOG:
                self.log.table.setFocus()
            case Aspect.SPEED:
                self.speed.take_keyboard()

    def show_projection(self, projection: Projection) -> None:
        """Take note of new events."""
        self.log.show_projection(projection, self._model.now)

    def show_selection(self, selected: Sequence[OperationView], focused: OperationView | None) -> None:
        """Show the selection; ``focused`` is the operation in the details."""
        self._focused = focused
        self.log.show_selection(frozenset(view.id for view in selected))
        if self._speed is not None:
            self._speed.show_view(focused)

    def show_limit(self, limit_mb: float) -> None:
        """Show the total speed limit in MB/s; 0 for none."""
        self._limit_mb = limit_mb
        if self._speed is not None:
            self._speed.show_limit(limit_mb)

    def tick(self, now: float) -> None:
        """Update what depends on the time."""
        if self.history.note(now, self._model.rates) and self._speed is not None:
            self._speed.tick(now)

    def _lay_out(self) -> None:
        self.setObjectName("details")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tabs.setObjectName("views")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setAccessibleName(self.tr("Details of the selection"))
        for title in (self.tr("Attempts"), self.tr("Log"), self.tr("Speed")):
            self._tabs.addTab(title)
        self._later = QVBoxLayout(self._place)
        self._later.setContentsMargins(0, 0, 0, 0)
        for page in (self._details, self.log, self._place):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tabs)
        layout.addWidget(self._pages, 1)

    def _switch(self, index: int) -> None:
        if index == Aspect.SPEED:
            self.speed.tick(self._model.now)
        self._pages.setCurrentIndex(index)
