"""What the window says about itself, and links that it is started with."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QLabel, QPushButton

from launcher_gui import __version__
from launcher_gui.ui.add.add_dialog import AddDialog
from launcher_gui.ui.add.links import link_in
from launcher_gui.ui.main_window import about
from launcher_gui.ui.main_window.about import AboutSheet
from launcher_gui.ui.main_window.main_window import MainWindow
from tests.support.gui.gestures import in_sight


def _words(sheet: AboutSheet) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(QLabel))


def test_about_names_version_and_licences(window: MainWindow) -> None:
    """The version of the program and of Qt stand there, and the licence that Qt is used under."""
    window.window_actions.about.trigger()
    sheet = in_sight(window, AboutSheet)
    words = _words(sheet)
    sheet.close()
    assert __version__ in words
    assert f"Qt {qVersion()}" in words
    assert "LGPL-3.0-only" in words


def test_licence_texts_are_offered_where_they_lie(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The packaged program brings the texts and offers them; a checkout has none to offer."""
    window.window_actions.about.trigger()
    sheet = in_sight(window, AboutSheet)
    assert [b.text() for b in sheet.findChildren(QPushButton)] == ["Close"]
    sheet.close()
    (tmp_path / "licences").mkdir()
    monkeypatch.setattr(about, "resource_folder", lambda: tmp_path / "launcher_gui" / "resources")
    packaged = AboutSheet(window)
    assert "Licence texts" in [b.text() for b in packaged.findChildren(QPushButton)]


@pytest.mark.parametrize(
    ("word", "link"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("comfyui-recovery:https://example.org/a", "https://example.org/a"),
        ("comfyui-recovery://https://example.org/a", "https://example.org/a"),
        ("COMFYUI-RECOVERY:https://example.org/a?b=c:d", "https://example.org/a?b=c:d"),
        ("nonsense", "nonsense"),
        ("", ""),
    ],
)
def test_link_of_our_scheme_is_the_one_inside(word: str, link: str) -> None:
    """What a desktop or a browser hands over becomes the plain link; anything else is left for the dialog to refuse."""
    assert link_in(word) == link


def test_window_asks_for_what_it_was_started_with(window: MainWindow) -> None:
    """Nothing is downloaded on a link's word alone: the dialog asks for all of them, in order."""
    window.adding.ask_for(("comfyui-recovery:https://example.org/a", "https://example.org/b"))
    dialog = in_sight(window, AddDialog)
    assert [form.url for form in dialog.forms] == ["https://example.org/a", "https://example.org/b"]
    dialog.reject()


def test_window_asks_for_a_link_when_it_was_started_to_add(window: MainWindow) -> None:
    """The menu's "Add" opens an empty dialog."""
    window.adding.ask_for(())
    dialog = in_sight(window, AddDialog)
    assert dialog.form.url == ""
    dialog.reject()
