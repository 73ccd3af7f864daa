"""Take the window's pictures: ``python tests/gui/screenshots.py [--staged] [FOLDER]``, by default into docs/images.

They show the real program on real downloads (see ``tests.support.gui.showroom``), at one moment in light and in dark.
It takes about two minutes and 5 GB of the temporary folder, and works without a screen. With ``--staged`` it takes in a
few seconds those for which nobody wants to wait: the same window, shown what ``tests.support.gui.crowd`` makes up.
Those can be had in another language (``--language de``), in the reading direction of others (``--mirrored``), and as a
screen of 1280x720 shows them at 200 % (``--small``); their names say so.
"""

from __future__ import annotations

import argparse
import asyncio
import atexit
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
SCALE = 2
"""Pixels of the pictures per pixel of the window: they are to be sharp on any screen."""


def _pretend_screen(width: int, height: int) -> None:
    """Let Qt draw on a screen that is not there, unless a real one was asked for."""
    os.environ.setdefault("QT_SCALE_FACTOR", str(SCALE))
    if "QT_QPA_PLATFORM" in os.environ:
        return
    scale = int(os.environ["QT_SCALE_FACTOR"])
    screen = {"x": 0, "y": 0, "width": scale * width, "height": scale * height, "logicalDpi": 96, "dpr": 1}
    with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as file:
        json.dump({"screens": [screen]}, file)
    atexit.register(Path(file.name).unlink)
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file.name}"


_WINDOW = (640, 360) if "--small" in sys.argv else (1280, 800)
_pretend_screen(*_WINDOW)

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from qasync import QEventLoop

from launcher_gui.downloads.errors.remedies import Remedy
from launcher_gui.downloads.link_preview import DestinationInfo, LinkPreview
from launcher_gui.downloads.sources.civitai import CIVITAI
from launcher_gui.downloads.sources.hugging_face import HUGGING_FACE
from launcher_gui.downloads.sources.tokens import TokenSource, TokenState
from launcher_gui.monitor.log import line_of
from launcher_gui.monitor.projection import Projection
from launcher_gui.settings.schema import Settings
from launcher_gui.text.i18n import translate
from launcher_gui.text.message import foreign
from launcher_gui.ui.add.add_dialog import AddDialog
from launcher_gui.ui.attention.fix_dialogs import ExternalStepDialog, InputDialog
from launcher_gui.ui.common.dialogs import RemoveQuestion
from launcher_gui.ui.common.language import use_language
from launcher_gui.ui.common.theme import apply_theme
from launcher_gui.ui.main_window.lower_pane import Aspect
from launcher_gui.ui.main_window.main_window import MainWindow
from launcher_gui.ui.main_window.shortcuts import ShortcutSheet
from launcher_gui.ui.main_window.workspace import View
from launcher_gui.ui.settings.settings_dialog import SettingsDialog
from tests.support.gui import crowd, gestures, showroom
from tests.support.gui.person import Person, at_desk
from tests.support.store import needy
from tests.support.store.projections import NOW

COMFYUI = Path(tempfile.gettempdir()) / "ComfyUI"
"""Where the models go: a path as short as a user's."""

_SETTLING_S = 0.25
"""Longer than what opens calmly takes."""
_SCHEMES = (Qt.ColorScheme.Light, Qt.ColorScheme.Dark)


class Camera:
    """Takes pictures of widgets in both schemes at once, so that both show all but the same moment.

    Args:
        application: Whose look is switched.
        out: Where the pictures go.
        told: What their names end in.
    """

    def __init__(self, application: QApplication, out: Path, told: str = "") -> None:
        self._application = application
        self._out = out
        self._told = told

    async def take(self, name: str, widget: QWidget) -> None:
        """Take ``widget`` as NAME-light.png and NAME-dark.png."""
        taken: dict[str, QPixmap] = {}
        for scheme in _SCHEMES:
            apply_theme(self._application, scheme)
            await asyncio.sleep(_SETTLING_S)
            taken[scheme.name.lower()] = widget.grab()
        for look, picture in taken.items():
            picture.save(str(self._out / f"{name}{self._told}-{look}.png"))


async def tour(camera: Camera, store: Path, port: int) -> None:
    """Lead a person through the states and take what they see."""
    models = COMFYUI / "models"
    async with at_desk(store) as person:
        await camera.take("empty", person.window)
        await showroom.tell(person, models, store, port)
        person.select(showroom.DOWNLOADING.name)
        await camera.take("window", person.window)
        for name, model in (("waiting", showroom.WAITING), ("failed", showroom.MISSING), ("wrong", showroom.WRONG)):
            person.select(model.name)
            await camera.take(name, person.window)
        _unfold(person)
        await camera.take("technical", person.window)
        _unfold(person)
        await camera.take("menu", _menu(person))
        await camera.take("remove", await _removing(person))
        await camera.take("add", await _adding(person, models))


def _unfold(person: Person) -> None:
    gestures.click(next(b for b in person.window.details.findChildren(QToolButton) if b.isCheckable()))


def _menu(person: Person) -> QWidget:
    row = person.row(showroom.WAITING.name)
    assert row is not None
    return gestures.open_context_menu(person.window, row)


async def _removing(person: Person) -> QWidget:
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    person.select(showroom.PAUSED.name)
    person.press("Remove…")
    return await person.dialog(RemoveQuestion)


async def _adding(person: Person, models: Path) -> QWidget:
    gestures.in_sight(person.window, RemoveQuestion).reject()
    model = showroom.COMPLETED
    dialog = await person.fills_in(model.url, models / model.folder)
    await person.refusal(dialog)
    return dialog


async def stage(camera: Camera, place: Path) -> None:
    """Show the window one crowd after the other and take each view of it."""
    window = MainWindow(QSettings(str(place / "window.ini"), QSettings.Format.IniFormat), lambda _form: {})
    window.resize(*_WINDOW)
    window.show()
    window.tick(NOW)
    window.set_settings(Settings(), frozenset())
    one = Projection({"op-1": crowd.day().views["op-1"]})
    for name, shown, picked, view in (
        ("one", one, "op-1", View.LIST),
        ("many", crowd.hundred(), "project", View.LIST),
        ("failing", crowd.outage(), "op-2", View.TIMELINE),
        ("failing-hosts", crowd.outage(), "op-2", View.HOSTS),
        ("timeline", crowd.day(), "op-2", View.TIMELINE),
        ("hosts", crowd.hours(), "op-2", View.HOSTS),
    ):
        window.show_projection(shown, frozenset(window.model.view_at(r).id for r in range(window.model.rowCount())))
        window.show_projection(shown, frozenset(shown.views))
        window.table.select(picked)
        window.workspace.show_view(view)
        window.workspace.hosts.choose(crowd.MIRROR)
        window.tick(NOW)
        await camera.take(name, window)
    await needing(camera, window)
    window.set_settings(Settings(), frozenset())
    await _stage_below(camera, window)
    window.window_actions.settings.trigger()
    dialog = gestures.in_sight(window, SettingsDialog)
    await camera.take("settings", dialog)
    dialog.accounts.show_state(TokenState(HUGGING_FACE, TokenSource.KEYRING))
    dialog.accounts.show_answer(HUGGING_FACE, "Hugging Face knows you as ada.", good=True)
    dialog.accounts.show_state(TokenState(CIVITAI, TokenSource.ENVIRONMENT))
    for page in ("Accounts", "Network", "Appearance"):
        dialog.list.setCurrentItem(dialog.list.findItems(translate("settings", page), Qt.MatchFlag.MatchExactly)[0])
        await camera.take(f"settings-{page.lower()}", dialog)
    gestures.in_sight(window, SettingsDialog).reject()
    window.window_actions.shortcuts.trigger()
    await camera.take("shortcuts", gestures.in_sight(window, ShortcutSheet))
    gestures.in_sight(window, ShortcutSheet).reject()
    await camera.take("add-many", _adding_many(window))
    gestures.in_sight(window, AddDialog).reject()
    await camera.take("add-one", _adding_one(window))
    window.hide()
    window.deleteLater()


async def needing(camera: Camera, window: MainWindow) -> None:
    """Show a day with several items that need attention, and some of their dialogs."""
    window.set_settings(Settings(auto_resume=False), frozenset())
    shown = needy.crowd()
    gone = frozenset(window.model.view_at(r).id for r in range(window.model.rowCount()))
    window.show_projection(shown, gone | shown.views.keys())
    window.table.select("op-disk")
    window.workspace.show_view(View.LIST)
    await asyncio.sleep(0.3)
    await camera.take("attention", window)
    for name, action in (("token", Remedy.GIVE_TOKEN), ("space", Remedy.FREE_SPACE), ("name", Remedy.CHOOSE_NAME)):
        while window.attention.need is not None and window.attention.need.fix is not action:
            gestures.click(window.attention.next)
        gestures.click(window.attention.fix)
        window.fixes.show_space("/models/checkpoints", 1_200_000_000)
        asking = gestures.in_sight(window, ExternalStepDialog if action is Remedy.FREE_SPACE else InputDialog)
        await camera.take(f"fix-{name}", asking)
        asking.reject()


def _adding_many(window: MainWindow) -> QWidget:
    """Return the add dialog with links of which this and that is known."""
    folder, site = "/home/ada/ComfyUI/models/checkpoints", "https://huggingface.co/ada/models/resolve/main"
    names = ("sd_xl_base_1.0.safetensors", "style_lora.safetensors", "flux1-dev-fp8.safetensors", "gone.safetensors")
    window.set_default_folder(folder)
    window.adding.ask_for([*(f"{site}/{name}" for name in names), "http://mirror.example.org/vae.pt"])
    dialog = gestures.in_sight(window, AddDialog)
    dialog.show_surroundings(
        DestinationInfo(
            {folder: 412_300_000_000},
            frozenset({f"{folder}/{names[0]}"}),
            {f"{folder}/{names[2]}": f"{site}/{names[2]}"},
        )
    )
    gone = "The server answered 404: there is no such file. Check the link."
    for name, prospect in (
        (names[0], LinkPreview(names[0], 6_938_078_334, "31" * 32, True, "Hugging Face")),
        (names[1], LinkPreview(names[1], 228_455_200, "ab" * 32, True, "Hugging Face")),
        (names[2], LinkPreview(names[2], 17_246_524_772, "cd" * 32, True, "Hugging Face")),
        (names[3], LinkPreview(names[3], problem=foreign(gone))),
    ):
        dialog.show_prospect(f"{site}/{name}", prospect)
    dialog.show_prospect("http://mirror.example.org/vae.pt", None)
    return dialog


def _adding_one(window: MainWindow) -> QWidget:
    """Return the add dialog with a link for which another folder suits better."""
    url, name, folder = (
        "http://mirror.example.org/style_lora.safetensors",
        "style_lora.safetensors",
        "/home/ada/Downloads",
    )
    window.set_default_folder(folder)
    window.adding.ask_for([url])
    dialog = gestures.in_sight(window, AddDialog)
    suiting = {name: "/home/ada/ComfyUI/models/loras"}
    dialog.show_surroundings(DestinationInfo({folder: 180_000_000}, suggested=suiting))
    dialog.show_prospect(url, LinkPreview(name, 228_455_200, resumable=False))
    return dialog


async def _stage_below(camera: Camera, window: MainWindow) -> None:
    """Take what can be seen below the list: a log, and five minutes of two downloads with a limit."""
    shown = crowd.two()
    window.workspace.show_view(View.LIST)
    window.set_settings(Settings(bandwidth_limit=80.0), frozenset())
    window.show_projection(shown, frozenset({*shown.views, *crowd.day().views}))
    window.table.clearSelection()
    window.below.show_aspect(Aspect.LOG)
    window.show_log(None, [line_of(event) for event in crowd.told()])
    await camera.take("log", window)
    for at, changes in crowd.flow(300):
        shown = shown.apply(changes)
        window.show_projection(shown, changes.ids)
        window.tick(at)
    window.table.select("op-1")
    window.below.show_aspect(Aspect.SPEED)
    await camera.take("speed", window)
    window.below.show_aspect(Aspect.ATTEMPTS)


def main() -> None:
    """Take every picture."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument("--staged", action="store_true", help="those of made-up crowds")
    parser.add_argument("--language", default="", help="of the staged ones, such as de")
    parser.add_argument("--mirrored", action="store_true", help="the staged ones from right to left")
    parser.add_argument("--small", action="store_true", help="the staged ones on a screen of 1280x720 at 200 %%")
    arguments = parser.parse_args()
    out: Path = arguments.folder
    out.mkdir(parents=True, exist_ok=True)
    if arguments.staged:
        application = QApplication([])
        use_language(application, arguments.language or "en")
        if arguments.mirrored:
            application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chosen = {arguments.language: arguments.language, "rtl": arguments.mirrored, "small": arguments.small}
        told = "".join(f"-{word}" for word, is_so in chosen.items() if is_so)
        with tempfile.TemporaryDirectory() as place, QEventLoop(application) as loop:
            loop.run_until_complete(stage(Camera(application, out, told), Path(place)))
        return
    COMFYUI.mkdir()  # not over anybody's own
    os.environ.update(showroom.SETTINGS)
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    use_language(application, "en")
    apply_theme(application, Qt.ColorScheme.Light)
    try:
        with tempfile.TemporaryDirectory() as place, showroom.shop() as server, QEventLoop(application) as loop:
            showroom.lead_to(server.port)
            loop.run_until_complete(tour(Camera(application, out), Path(place) / "store.sqlite3", server.port))
    finally:
        shutil.rmtree(COMFYUI)


if __name__ == "__main__":
    main()
