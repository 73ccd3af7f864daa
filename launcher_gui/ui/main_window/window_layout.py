"""The window's layout, kept between starts: position, columns, order, view, filter, splitter."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtWidgets import QMainWindow, QSplitter

from launcher_gui.models.filtering import Filter
from launcher_gui.ui.attention.attention_bar import AttentionBar
from launcher_gui.ui.common import language
from launcher_gui.ui.downloads.filter_bar import FilterBar
from launcher_gui.ui.downloads.operations_view import OperationsView
from launcher_gui.ui.main_window.actions import Actions
from launcher_gui.ui.main_window.lower_pane import Aspect, LowerPane
from launcher_gui.ui.main_window.workspace import View, Workspace

_ROOMY = QSize(1360, 860)
_SHARE_OF_SCREEN = 0.94


class WindowLayout:
    """Saves and restores the layout.

    Args:
        settings: Where it is kept.
        window: The window.
        splitter: Between the views and the details.
        table: The list.
        bar: The filter above it.
        workspace: The views.
        actions: Has the check for the details.
        attention: Knows which items are dismissed.
        below: The lower part of the window.
    """

    def __init__(
        self,
        settings: QSettings,
        window: QMainWindow,
        splitter: QSplitter,
        table: OperationsView,
        bar: FilterBar,
        workspace: Workspace,
        actions: Actions,
        attention: AttentionBar,
        below: LowerPane,
    ) -> None:
        self._attention, self._below = attention, below
        self._settings, self._window, self._splitter = settings, window, splitter
        self._table, self._bar, self._workspace, self._actions = table, bar, workspace, actions

    def save(self) -> None:
        """Save the layout."""
        chosen = self._bar.filter
        for key, value in {
            "geometry": self._window.saveGeometry(),
            "splitter": self._splitter.saveState(),
            "columns": self._table.save_columns(),
            "sorted": self._table.sorted_by,
            "details": self._actions.details.isChecked(),
            "view": int(self._workspace.view),
            "aspect": int(self._below.aspect),
            "folded": ",".join(self._table.folded),
            "filter": [chosen.group, chosen.host, chosen.text],
        }.items():
            self._settings.setValue(f"window/{key}", value)
        self._settings.setValue("attention/later", self._attention.save())

    def keep_language(self, name: str) -> None:
        """Save the language setting: the next start needs it before the store is open."""
        self._settings.setValue(language.SETTING, name)

    def restore(self) -> None:
        """Restore the saved layout; invalid values are ignored."""
        for key, restore in (
            ("geometry", self._window.restoreGeometry),
            ("splitter", self._splitter.restoreState),
            ("columns", self._table.restore_columns),
        ):
            state = self._settings.value(f"window/{key}")
            if isinstance(state, QByteArray):
                restore(state)
        self._actions.details.setChecked(bool(self._settings.value("window/details", True, bool)))
        self._attention.restore(str(self._settings.value("attention/later", "")))
        self._table.sort_by(str(self._settings.value("window/sorted", "")))
        shown = str(self._settings.value("window/view", int(View.LIST)))
        self._workspace.show_view(next((v for v in View if str(int(v)) == shown), View.LIST))
        self._table.fold(str(self._settings.value("window/folded", "")).split(","))
        aspect = str(self._settings.value("window/aspect", int(Aspect.ATTEMPTS)))
        self._below.show_aspect(next((a for a in Aspect if str(int(a)) == aspect), Aspect.ATTEMPTS))
        chosen = self._settings.value("window/filter")
        if isinstance(chosen, list) and len(chosen) == 3:
            self._bar.choose(Filter(*map(str, chosen)))


def first_size(available: QSize) -> QSize:
    """Return the size at a first start: spacious, and never larger than a screen without a window manager."""
    share = QSize(int(available.width() * _SHARE_OF_SCREEN), int(available.height() * _SHARE_OF_SCREEN))
    return share.boundedTo(_ROOMY)
