"""Light and dark: legible, following the system, the same icons in every state."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from launcher_gui.monitor.lanes import SpanKind
from launcher_gui.recovery.operation import AttemptOutcome, OperationState
from launcher_gui.ui.common.resources import app_icon, icon, resource_folder
from launcher_gui.ui.common.theme import DARK, LIGHT, Theme, apply_theme, choose_theme, follow_system, theme_of
from launcher_gui.ui.main_window.main_window import MainWindow
from launcher_gui.ui.timeline.timeline_paint import TINT, colour_of
from tests.support.store.projections import NOW, attempt, project, record


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    qapp.setStyleSheet("")
    qapp.setPalette(qapp.style().standardPalette())


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def tinted(colour: str, ground: str, alpha: int) -> str:
    """Return what ``colour`` looks like on ``ground`` when so much of 255 of it is seen."""
    over, under, share = QColor(colour), QColor(ground), alpha / 255
    parts = zip((over.red(), over.green(), over.blue()), (under.red(), under.green(), under.blue()), strict=True)
    return QColor(*(round(share * a + (1 - share) * b) for a, b in parts)).name()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(theme: Theme) -> None:
    """Text reaches the contrast of WCAG AA on every ground that it stands on; what cannot be used is let off."""
    grounds = (theme.window, theme.base, theme.raised, theme.selected, theme.notice)
    pairs = [(colour, ground) for colour in (theme.text, theme.muted) for ground in grounds]
    pairs += [(theme.bad, ground) for ground in (theme.window, theme.base, theme.selected)]
    pairs += [(theme.on_accent, colour_of(theme, kind).name()) for kind in (SpanKind.RUNNING, SpanKind.SUCCEEDED)]
    bars = [tinted(colour_of(theme, k).name(), g, TINT) for k in SpanKind for g in (theme.base, theme.selected)]
    pairs += [(theme.text, bar) for bar in bars]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_keyboard_can_be_seen(theme: Theme) -> None:
    """The ring around what has the keyboard reaches the contrast of WCAG AA for graphics on every ground."""
    for ground in (theme.window, theme.base, theme.raised, theme.selected, theme.notice):
        assert contrast(theme.accent, ground) >= 3
    assert contrast(theme.muted, theme.window) >= 3  # around the button that is filled with the accent


def test_a_look_that_was_chosen_stays(app: QApplication) -> None:
    """A person's choice goes before the system's, until they leave it to the system again."""
    follow_system(app)
    choose_theme(app, "dark")
    assert theme_of(app.palette()) is DARK
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme_of(app.palette()) is DARK
    choose_theme(app, "light")
    assert theme_of(app.palette()) is LIGHT
    choose_theme(app, "system")
    assert theme_of(app.palette()) is LIGHT


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_state_colours_can_be_seen(theme: Theme) -> None:
    """Icons and bars reach the contrast of WCAG AA for graphics."""
    colours = {theme.of_state(s) for s in OperationState} | {theme.of_outcome(o) for o in AttemptOutcome}
    assert min(contrast(c, ground) for c in colours for ground in (theme.base, theme.selected)) >= 3


@pytest.mark.parametrize(
    ("scheme", "theme"),
    [(Qt.ColorScheme.Light, LIGHT), (Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Unknown, LIGHT)],
)
def test_a_scheme_gives_its_theme(app: QApplication, scheme: Qt.ColorScheme, theme: Theme) -> None:
    """The palette tells which theme it belongs to."""
    apply_theme(app, scheme)
    assert theme_of(app.palette()) == theme


def test_the_system_is_followed(app: QApplication) -> None:
    """A change of the system's scheme changes the look."""
    follow_system(app)
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme_of(app.palette()) == DARK


def test_an_open_window_changes_its_colours(app: QApplication, qtbot: QtBot, settings: QSettings) -> None:
    """Icons that are already on screen take the colours of the new theme."""
    apply_theme(app, Qt.ColorScheme.Light)
    window = MainWindow(settings, lambda _form: {})
    qtbot.addWidget(window)
    before = window.window_actions.remove.icon().cacheKey()
    apply_theme(app, Qt.ColorScheme.Dark)
    assert window.window_actions.remove.icon().cacheKey() != before


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
def test_every_state_can_be_painted(
    app: QApplication, qtbot: QtBot, settings: QSettings, scheme: Qt.ColorScheme
) -> None:
    """All states, phases and outcomes find their icons and colours."""
    apply_theme(app, scheme)
    window = MainWindow(settings, lambda _form: {})
    qtbot.addWidget(window)
    shown = project(
        *(record(f"{s}", s, done=1, total=2, attempts=map(attempt, range(1, 3))) for s in OperationState),
        record("all", OperationState.RUNNING, attempts=[attempt(n + 1, o) for n, o in enumerate(AttemptOutcome)]),
        *(record(p, OperationState.RUNNING, phase=p) for p in ("connecting", "downloading", "verifying", "installing")),
    )
    window.show_projection(shown, frozenset(shown.views))
    window.tick(NOW)
    window.table.selectRow(window.model.rowCount() - 5)
    window.resize(1400, 1000)
    window.show()
    assert not window.grab().isNull()


@pytest.mark.parametrize("file", sorted((resource_folder() / "icons").glob("*.svg")), ids=lambda f: f.stem)
def test_every_icon_draws_something(qapp: QApplication, file: Path) -> None:
    """No icon file is empty, broken or unreadable."""
    image = icon(file.stem, "#ff0000").pixmap(32, 32).toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(32) for y in range(32))


def test_the_program_has_an_icon(qapp: QApplication) -> None:
    """The window's icon is found."""
    assert not app_icon().pixmap(64, 64).isNull()
