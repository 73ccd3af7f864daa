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
from launcher_gui.desktop.tray import Tray
from launcher_gui.downloads.errors.remedies import POLICIES, FailureKind, Remedy
from launcher_gui.downloads.link_preview import DestinationInfo, LinkPreview
from launcher_gui.downloads.sources import all_sources
from launcher_gui.downloads.sources.civitai import CIVITAI
from launcher_gui.downloads.sources.hugging_face import HUGGING_FACE
from launcher_gui.downloads.sources.tokens import TokenSource, TokenState
from launcher_gui.models.attention import need_of
from launcher_gui.models.drafts import AddForm
from launcher_gui.monitor.log import line_of
from launcher_gui.monitor.operation_text import decision_text
from launcher_gui.monitor.projection import Changes, OperationRecord, Projection
from launcher_gui.settings.schema import Settings
from launcher_gui.text.message import foreign
from launcher_gui.ui.main_window.about import components
from launcher_gui.ui.main_window.lower_pane import Aspect
from launcher_gui.ui.main_window.main_window import MainWindow
from launcher_gui.ui.main_window.workspace import View
from launcher_gui.ui.settings.settings_dialog import SettingsDialog
from tests.support.gui import crowd
from tests.support.store import needy
from tests.support.store.projections import NOW

FOLDER, LINK = "/models/checkpoints", "https://civitai.com/models/x.safetensors"
PROBLEM, NOTICE, DETAIL, WHY = "4711", "4712", "4713", "4714"
LIST = tuple(f"https://mirror.example.net/{n}.safetensors" for n in range(4))
"""What the core or the store say: data, as far as the window knows."""

_DIALOGS = {a for a in Remedy if a not in {Remedy.RETRY, Remedy.OPEN_SETTINGS}}
"""Actions that open a dialog of their own."""


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
    yield from _below(window)
    yield from _needing(window)
    tray = Tray("4716")
    yield "tray", tray.menu
    tray.deleteLater()
    for name, opened in _openings(window).items():
        opened()
        yield from _dialog(window, name)


def _below(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Turn to the log, and to the speed of the last seconds."""
    shown = crowd.two()
    window.show_projection(shown, frozenset(shown.views))
    window.log_asked.connect(lambda ids, _after: window.show_log(ids, [line_of(event) for event in crowd.told()]))
    window.table.clearSelection()
    window.below.show_aspect(Aspect.LOG)
    _application().processEvents()
    yield "log", window
    window.table.select("op-1")
    window.below.show_aspect(Aspect.SPEED)
    for at, changes in crowd.flow(5):
        shown = shown.apply(changes)
        window.show_projection(shown, changes.ids)
        window.tick(at)
    _application().processEvents()
    yield "speed", window
    window.below.show_aspect(Aspect.ATTEMPTS)


def _needing(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Show everything that can need a person, and see to one after the other."""
    before = frozenset(window.model.view_at(row).id for row in range(window.model.rowCount()))
    shown = _troubles()
    window.set_settings(Settings(auto_resume=False), frozenset())
    window.show_projection(shown, before | shown.views.keys())
    window.table.select("op-disk")
    seen: set[object] = set()
    for _ in range(len(shown.views)):
        need = window.attention.need
        if need is not None and need.fix not in seen:
            seen.add(need.fix)
            _application().processEvents()
            yield f"needs, {need.fix}", window
        window.attention.next.click()
    for trouble, policy in POLICIES.items():
        need = need_of(shown.views[f"op-{trouble}"])
        if policy.action in _DIALOGS and need is not None:
            window.fixes.begin(need)
            yield from _dialog(window, f"fix, {trouble}")


def _troubles() -> Projection:
    return needy.crowd().apply(Changes(tuple(map(_stopped, FailureKind))))


def _stopped(trouble: FailureKind) -> OperationRecord:
    return needy.stopped(f"op-{trouble}", trouble, WHY, "", done=crowd.GB)


def _dialog(window: MainWindow, name: str) -> Iterator[tuple[str, QWidget]]:
    """Show what has opened, and close it."""
    _application().processEvents()
    (dialog,) = (d for d in window.findChildren(QDialog) if d.isVisible())
    yield from ((f"{name}{page}", dialog) for page in _pages(dialog))
    dialog.reject()
    _application().processEvents()


def _add_many(window: MainWindow) -> None:
    """Ask for several files, of which this and that is known."""
    window.adding.ask_for(LIST)
    taken, listed = f"{FOLDER}/1.safetensors", {f"{FOLDER}/2.safetensors": LIST[2]}
    suited = {"0.safetensors": "/models/loras"}
    window.adding.show_surroundings(DestinationInfo({FOLDER: crowd.GB}, frozenset({taken}), listed, suited))
    window.adding.show_prospect(LIST[0], LinkPreview("0.safetensors", 2 * crowd.GB, "ab" * 32, True, "Civitai"))
    window.adding.show_prospect(LIST[3], LinkPreview("3.safetensors", problem=foreign(WHY)))


def _settings(window: MainWindow) -> None:
    """Open the settings, with something to say about every account."""
    window.window_actions.settings.trigger()
    window.show_account(TokenState(HUGGING_FACE, TokenSource.RUN, foreign(WHY)))
    window.show_account(TokenState(CIVITAI, TokenSource.NONE))
    window.show_account_answer(HUGGING_FACE, NOTICE, good=False)
    window.show_exchange(NOTICE, good=True)


def _openings(window: MainWindow) -> dict[str, Callable[[], object]]:
    do = window.window_actions
    return {
        "add": do.add.trigger,
        "add with a problem": lambda: window.adding.ask_for(("nonsense",)),
        "add several": lambda: _add_many(window),
        "settings": lambda: _settings(window),
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
    known = {FOLDER, LINK, PROBLEM, NOTICE, DETAIL, WHY, *LIST, __version__, "https://", "ComfyUI"}
    known |= (
        {site.label for site in all_sources.SOURCES}
        | {site.token_variable for site in all_sources.SOURCES}
        | {"/models/loras", "max_retries"}
    )
    known |= {f"{n}.safetensors" for n in range(4)} | {f"{WHY}-2.safetensors", "model-2.safetensors"}
    known |= {text for component in components() for text in (component.name, component.licence)}
    known |= {"Ctrl", "Shift", "Space", "Del", "SHA-256"}
    return frozenset((known | set(_recorded(crowd.two())) | set(_recorded(_troubles()))) - {""})


def _recorded(projection: Projection) -> Iterator[str]:
    for view in projection.views.values():
        operation = view.operation
        yield from (view.name, view.folder, view.url, view.destination, view.id, operation.scope or "")
        yield from (str(operation.reason), str(operation.decision))
        for attempt in view.attempts:
            yield from (
                str(attempt.error),
                str(attempt.decision),
                decision_text(attempt),
                str(attempt.decision).partition(": ")[2],
                attempt.detail,
            )
    for breaker in projection.breakers.values():
        yield from (breaker.scope, str(breaker.last_error))


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
