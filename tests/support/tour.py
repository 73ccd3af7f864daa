"""A walk through all that the window can show: each view with something in it, each dialog open.

A dialog that the program gains belongs here: what is not on the way is not looked at by the tests of words, names,
keys and reading direction. ``tests/gui/test_accessibility.py`` tells of one that was forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from launcher_gui import __version__
from launcher_gui.models.drafts import AddForm
from launcher_gui.monitor.projection import Projection
from launcher_gui.monitor.wording import decision_text
from launcher_gui.panels.about import components
from launcher_gui.panels.main_window import MainWindow
from launcher_gui.panels.settings_dialog import SettingsDialog
from launcher_gui.panels.workspace import View
from launcher_gui.settings.schema import Settings
from tests.support import crowd
from tests.support.projections import NOW

FOLDER, LINK = "/models/checkpoints", "https://civitai.com/models/x.safetensors"
PROBLEM, NOTICE, DETAIL = "4711", "4712", "4713"
"""What the core or the store say: data, as far as the window knows."""


@dataclass(frozen=True)
class Place:
    """Something to look at.

    Attributes:
        name: What it is.
        widget: The window or the dialog, in sight.
        data: What stands in it that is nobody's word: names, links, what the store has recorded.
    """

    name: str
    widget: QWidget
    data: frozenset[str]


def places(settings: QSettings) -> Iterator[Place]:
    """Walk through the window; each place is gone when the next is asked for.

    Args:
        settings: A file for the window's layout.
    """
    window = MainWindow(settings, _problems)
    window.resize(1280, 720)
    window.show()
    try:
        yield from (Place(name, widget, _data()) for name, widget in _stations(window))
    finally:
        window.hide()
        window.deleteLater()


def _stations(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    application = _application()
    window.tick(NOW)
    application.processEvents()
    yield "empty", window
    window.set_settings(Settings(), frozenset({"max_retries"}))
    window.set_default_folder(FOLDER)
    window.show_projection(crowd.day(), frozenset(crowd.day().views))
    window.tick(NOW)
    window.show_notice(NOTICE, DETAIL)
    for operation_id in ("op-1", "op-8"):
        window.table.select(operation_id)
        application.processEvents()
        yield f"list, {operation_id}", window
    for view in (View.TIMELINE, View.HOSTS):
        window.workspace.show_view(view)
        window.workspace.hosts.choose(crowd.MIRROR)
        window.tick(NOW)
        application.processEvents()
        yield view.name.lower(), window
    window.workspace.show_view(View.LIST)
    for name, opened in _openings(window).items():
        opened()
        application.processEvents()
        (dialog,) = (d for d in window.findChildren(QDialog) if d.isVisible())
        yield from ((f"{name}{page}", dialog) for page in _pages(dialog))
        dialog.reject()
        application.processEvents()


def _openings(window: MainWindow) -> dict[str, Callable[[], object]]:
    do = window.window_actions
    return {
        "add": do.add.trigger,
        "add with a problem": lambda: window.adding.ask_for(("nonsense",)),
        "settings": do.settings.trigger,
        "remove": do.remove.trigger,
        "quit": lambda: window.confirm_quit(2),
        "shortcuts": do.shortcuts.trigger,
        "about": do.about.trigger,
    }


def _pages(dialog: QDialog) -> Iterator[str]:
    """Turn the pages of the settings; any other dialog has one."""
    if not isinstance(dialog, SettingsDialog):
        yield ""
        return
    for row in range(dialog.list.count()):
        dialog.list.setCurrentRow(row)
        _application().processEvents()
        yield f", page {row + 1}"


def _problems(form: AddForm) -> dict[str, str]:
    return {} if form.url.startswith("https://") else {"url": PROBLEM}


def _data() -> frozenset[str]:
    known = {FOLDER, LINK, PROBLEM, NOTICE, DETAIL, __version__, "https://", "ComfyUI"}
    known |= {text for component in components() for text in (component.name, component.licence)}
    known |= {"Ctrl", "Shift", "Space", "Del", "SHA-256"}
    return frozenset((known | set(_recorded(crowd.day()))) - {""})


def _recorded(projection: Projection) -> Iterator[str]:
    for view in projection.views.values():
        operation = view.operation
        yield from (view.name, view.folder, view.url, view.destination, view.id, operation.scope or "")
        yield from (operation.reason, operation.decision)
        for attempt in view.attempts:
            yield from (
                attempt.error,
                attempt.decision,
                decision_text(attempt),
                attempt.decision.partition(": ")[2],
                attempt.detail,
            )
    for breaker in projection.breakers.values():
        yield from (breaker.scope, breaker.last_error)


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
