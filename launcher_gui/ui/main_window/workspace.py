"""The window's upper part: the operations as a list, a timeline or by host.

A hidden view costs nothing: it is created when first opened and catches up when opened again.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from launcher_gui.monitor.hosts import held_back
from launcher_gui.monitor.projection import Projection
from launcher_gui.ui.activity.hosts_view import HostsView
from launcher_gui.ui.downloads.empty_state import EmptyState
from launcher_gui.ui.downloads.list_page import ListPage

if TYPE_CHECKING:
    from launcher_gui.ui.timeline.timeline_view import TimelineView


class View(IntEnum):
    """The views, from left to right."""

    LIST = 0
    TIMELINE = 1
    HOSTS = 2


class Workspace(QWidget):
    """Tabs for the views.

    Args:
        listed: The list.
        empty: Shown in its place while the list is empty.
    """

    picked = Signal(str, int)
    """An operation's id and one of its attempts (0 for none) that was clicked in a view."""
    host_asked = Signal(object, object)
    """``HostAction`` and a ``HostRow``: carry it out."""

    def __init__(self, listed: ListPage, empty: EmptyState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._listed, self._empty = listed, empty
        self._projection = Projection()
        self._stale: frozenset[str] = frozenset()
        self._selected = ""
        self._now = 0.0
        self._timeline: TimelineView | None = None
        self.hosts = HostsView()
        self._tabs = QTabBar()
        self._list, self._pages = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._tabs.currentChanged.connect(self._switch)
        self.hosts.asked.connect(self.host_asked)
        self.hosts.picked.connect(lambda operation_id: self.picked.emit(operation_id, 0))

    @property
    def view(self) -> View:
        """The present view."""
        return View(self._tabs.currentIndex())

    @property
    def timeline(self) -> TimelineView:
        """The timeline."""
        if self._timeline is None:
            # pyqtgraph takes a third of a second to load: only when it is needed.
            from launcher_gui.ui.timeline.timeline_view import TimelineView  # noqa: PLC0415

            self._timeline = TimelineView()
            self._timeline.picked.connect(self.picked)
            self._timeline.host_picked.connect(self.show_host)
            self._later.addWidget(self._timeline)
            self._catch_up()
        return self._timeline

    def show_projection(self, projection: Projection, changed: frozenset[str]) -> None:
        """Show ``projection``; the operations in ``changed`` are new, different or gone."""
        self._projection = projection
        self._stale |= changed
        self._show_list_or_empty()
        self.hosts.show_projection(projection)
        count = held_back(projection)
        self._tabs.setTabText(View.HOSTS, self.tr("Hosts ({count})").format(count=count) if count else self.tr("Hosts"))
        if self.view is View.TIMELINE:
            self._catch_up()

    def tick(self, now: float) -> None:
        """Update what depends on the time."""
        self._now = now
        if self._timeline is not None:
            self._timeline.tick(now)
        self.hosts.tick(now)

    def select(self, operation_id: str) -> None:
        """Show an operation as selected in every view; none if empty."""
        self._selected = operation_id
        if self._timeline is not None:
            self._timeline.select(operation_id)

    def show_view(self, view: View) -> None:
        """Show another view and give it the keyboard."""
        self._tabs.setCurrentIndex(view)
        self._focus()

    def show_host(self, scope: str) -> None:
        """Show a host in the hosts view."""
        self.show_view(View.HOSTS)
        self.hosts.choose(scope)

    def _lay_out(self) -> None:
        self._tabs.setObjectName("views")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setAccessibleName(self.tr("Views"))
        for title in (self.tr("List"), self.tr("Timeline"), self.tr("Hosts")):
            self._tabs.addTab(title)
        self._list.addWidget(self._empty)
        self._list.addWidget(self._listed)
        self._pages.addWidget(self._list)
        page = QWidget()
        self._later = QVBoxLayout(page)
        self._later.setContentsMargins(0, 0, 0, 0)
        self._pages.addWidget(page)
        self._pages.addWidget(self.hosts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tabs)
        layout.addWidget(self._pages, 1)

    def _show_list_or_empty(self) -> None:
        page: ListPage | EmptyState = self._listed if self._projection.views else self._empty
        if self._list.currentWidget() is not page:
            self._list.setCurrentWidget(page)
            # A hidden page needs no space: a small screen has little.
            for one in (self._listed, self._empty):
                policy = QSizePolicy.Policy.Preferred if one is page else QSizePolicy.Policy.Ignored
                one.setSizePolicy(policy, policy)
            if self.view is View.LIST:
                page.home.setFocus()

    def _switch(self, index: int) -> None:
        if index == View.TIMELINE:
            self._catch_up_with(self.timeline)
        self._pages.setCurrentIndex(index)
        self.hosts.tick(self._now)

    def _focus(self) -> None:
        match self.view:
            case View.TIMELINE:
                self.timeline.home.setFocus()
            case View.HOSTS:
                self.hosts.table.setFocus()
            case View.LIST:
                (self._listed if self._projection.views else self._empty).home.setFocus()

    def _catch_up(self) -> None:
        if self._timeline is not None:
            self._catch_up_with(self._timeline)

    def _catch_up_with(self, timeline: TimelineView) -> None:
        timeline.tick(self._now)
        timeline.show_projection(self._projection, self._stale)
        timeline.select(self._selected)
        self._stale = frozenset()
