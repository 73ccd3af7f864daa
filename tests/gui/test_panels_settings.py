"""The dialog of the settings, filled in as a person does; and that what is applied reaches a running download."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from launcher_gui.models.operation_table import Column
from launcher_gui.panels.main_window import MainWindow
from launcher_gui.panels.settings_dialog import SettingsDialog
from launcher_gui.settings.schema import Settings
from tests.support.behaviours import Drop, Serve
from tests.support.files import ONE_MIB
from tests.support.gestures import click, in_sight
from tests.support.misbehaving import MisbehavingServer
from tests.support.person import at_desk

BUTTON = QDialogButtonBox.StandardButton
NAME = "model.safetensors"


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow) -> SettingsDialog:
    """The dialog, opened by its shortcut; the environment holds the longest wait."""
    window.set_settings(Settings(max_delay=30.0), frozenset({"max_delay"}))
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    return in_sight(window, SettingsDialog)


def write(dialog: SettingsDialog, name: str, text: str) -> None:
    edit = dialog.rows[name].edit
    edit.setFocus()
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    QTest.keyClicks(edit, text)


def test_settings_cannot_be_opened_before_they_are_known(window: MainWindow) -> None:
    """Nobody is shown defaults as if they were theirs."""
    assert not window.window_actions.settings.isEnabled()


def test_just_what_was_changed_is_asked_for(qtbot: QtBot, window: MainWindow, dialog: SettingsDialog) -> None:
    """Apply names the changed fields with their values, and waits for the store to say so."""
    assert not dialog.button(BUTTON.Apply).isEnabled()
    write(dialog, "max_retries", "3")
    with qtbot.waitSignal(window.settings_changed) as told:
        click(dialog.button(BUTTON.Apply))
    assert told.args == [{"max_retries": 3}]
    assert dialog.changes == {"max_retries": 3}
    window.set_settings(Settings(max_delay=30.0, max_retries=3), frozenset({"max_delay"}))
    assert dialog.changes == {}
    assert not dialog.button(BUTTON.Apply).isEnabled()


def test_nothing_wrong_can_be_applied(dialog: SettingsDialog) -> None:
    """A bad value is told beside its field while it is typed, and holds the buttons."""
    write(dialog, "initial_delay", "soon")
    assert dialog.rows["initial_delay"]._problem.text().startswith("This is not a number.")
    assert not dialog.button(BUTTON.Ok).isEnabled()
    write(dialog, "initial_delay", "2")
    assert not dialog.rows["initial_delay"]._problem.isVisible()
    assert dialog.button(BUTTON.Ok).isEnabled()


def test_a_field_goes_back_to_its_default(dialog: SettingsDialog) -> None:
    """Reset is there where something else stands, and gone when it has done its work."""
    row = dialog.rows["max_retries"]
    assert not row.reset.isVisible()
    write(dialog, "max_retries", "3")
    click(row.reset)
    assert row.text == "8"
    assert not row.reset.isVisible()


def test_what_the_environment_holds_is_shown_as_such(dialog: SettingsDialog) -> None:
    """It can be read, not changed, and says which variable holds it."""
    row = dialog.rows["max_delay"]
    assert row.text == "30"
    assert not row.edit.isEnabled()
    assert not row.reset.isVisible()
    assert "RECOVERY_MAX_DELAY" in row._held.text()


def test_the_picture_follows_what_is_typed(dialog: SettingsDialog) -> None:
    """The schedule is drawn anew with every right value and stays at the last one while something is wrong."""
    write(dialog, "max_retries", "3")
    write(dialog, "initial_delay", "4")
    assert dialog.picture.words.endswith("4 s, 8 s, 16 s")
    write(dialog, "initial_delay", "-")
    assert dialog.picture.words.endswith("4 s, 8 s, 16 s")
    write(dialog, "max_retries", "0")
    write(dialog, "initial_delay", "4")
    assert dialog.picture.words == "No failure is tried again."


def test_searching_goes_through_all_pages(dialog: SettingsDialog) -> None:
    """Whatever page a setting is on, its words find it; choosing a page ends the search."""
    QTest.keyClicks(dialog.search, "stall")
    assert [name for name, row in dialog.rows.items() if row.isVisible()] == ["stall_timeout"]
    QTest.keyClicks(dialog.search, "xyz")
    assert dialog._nothing.isVisible()
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.search.text() == ""
    assert dialog.rows["circuit_breaker_threshold"].isVisible()
    assert not dialog.rows["max_retries"].isVisible()


def test_a_tick_is_a_value(qtbot: QtBot, dialog: SettingsDialog) -> None:
    """Settings that are on or off are ticked."""
    dialog.list.setCurrentRow(2)
    click(dialog.rows["auto_resume"].tick)
    with qtbot.waitSignal(dialog.applied) as told:
        click(dialog.button(BUTTON.Ok))
    assert told.args == [{"auto_resume": False}]


def test_another_processs_change_leaves_alone_what_is_being_typed(dialog: SettingsDialog) -> None:
    """What the store says takes the place of what nobody has touched, and of nothing else."""
    write(dialog, "max_retries", "3")
    dialog.show_settings(Settings(max_delay=30.0, max_retries=5, jitter=0.25))
    assert dialog.rows["max_retries"].text == "3"
    assert dialog.rows["jitter"].text == "0.25"


def test_every_field_has_a_name(dialog: SettingsDialog) -> None:
    """A screen reader hears name, help and unit of each."""
    edits: list[QWidget] = [row.edit for row in dialog.rows.values()]
    assert all(edit.accessibleName() and edit.accessibleDescription() for edit in edits)


async def test_what_is_applied_reaches_a_running_download(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next wait of a download that is under way is the one that was just set."""
    monkeypatch.delenv("RECOVERY_INITIAL_DELAY")
    misbehaving.script(then=Serve(Drop(0), content=ONE_MIB))
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path)
        await person.sees(NAME, "Waiting to retry")
        person.window.window_actions.settings.trigger()
        dialog = in_sight(person.window, SettingsDialog)
        write(dialog, "initial_delay", "50")
        click(dialog.button(BUTTON.Ok))
        await person.until(
            lambda: person.cell(NAME, Column.NEXT).startswith(("retrying in 5", "retrying in 4")), "50 s"
        )
