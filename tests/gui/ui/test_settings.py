"""The settings dialog, filled in with the keyboard; applied changes reach a running download."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from launcher_gui.downloads.sources import all_sources
from launcher_gui.downloads.sources.civitai import CIVITAI
from launcher_gui.downloads.sources.hugging_face import HUGGING_FACE
from launcher_gui.models.operation_columns import Column
from launcher_gui.settings.schema import Settings
from launcher_gui.ui.common.theme import DARK, LIGHT, choose_theme, theme_of
from launcher_gui.ui.main_window.main_window import MainWindow
from launcher_gui.ui.settings.settings_dialog import SettingsDialog
from tests.support.builders import keyrings
from tests.support.builders.files import ONE_MIB
from tests.support.gui import gestures
from tests.support.gui.gestures import click, in_sight
from tests.support.gui.person import Person, at_desk
from tests.support.servers.behaviours import Drop, Serve
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.servers.shelf import SHELF
from tests.support.servers.sites import TOKEN, Hub

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
    assert dialog.picture.words == "Failures are not retried."


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
            lambda: person.cell(NAME, Column.NEXT).startswith(("Retrying in 5", "Retrying in 4")), "50 s"
        )


async def opened(person: Person) -> SettingsDialog:
    """Open the settings."""
    await person.until(person.window.window_actions.settings.isEnabled, "the settings")
    person.window.window_actions.settings.trigger()
    return await person.dialog(SettingsDialog)


async def test_a_token_is_given_tried_and_removed(
    misbehaving: MisbehavingServer, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Accounts: the token goes to the keyring, the site says whose it is, and nothing shows it."""
    with keyrings.using(ring := keyrings.MemoryKeyring()):
        async with Hub(misbehaving) as hub, at_desk(store_path) as person:
            monkeypatch.setenv("HF_ENDPOINT", hub.origin)
            dialog = await opened(person)
            row = dialog.accounts.rows[HUGGING_FACE]
            dialog.list.setCurrentRow(
                [dialog.list.item(n).text() for n in range(dialog.list.count())].index("Accounts")
            )
            await person.until(lambda: row.state.text() == "No token. Public files do not need one.", "no token")
            assert not row.test.isEnabled()
            QTest.keyClicks(row.edit, "two words")
            click(row.keep)
            await person.until(lambda: "contains characters that a token cannot have" in row.answer.text(), "a refusal")
            QTest.keyClicks(row.edit, TOKEN)
            QTest.keyClick(row.edit, Qt.Key.Key_Return)
            await person.until(lambda: row.state.text() == "Token saved in the system's keyring.", "kept")
            assert dialog.isVisible()
            click(row.test)
            await person.until(lambda: row.answer.text() == "Hugging Face knows you as ada.", "an answer")
            assert TOKEN not in person.everything()
            click(row.forget)
            await person.until(lambda: row.state.text().startswith("No token."), "no token")
            dialog.reject()
    assert ring.kept == {}


async def test_a_site_that_was_added_has_an_account(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A further source has its row without a change to the page, under its own name."""
    monkeypatch.setattr(all_sources, "SOURCES", (*all_sources.SOURCES, SHELF))
    monkeypatch.setenv("SHELF_TOKEN", TOKEN)
    async with at_desk(store_path) as person:
        dialog = await opened(person)
        row = dialog.accounts.rows[SHELF]
        await person.until(lambda: "SHELF_TOKEN" in row.state.text(), "the state of the token")
        assert row.edit.accessibleName() == "Token for The Shelf"
        assert dialog.accounts.matches("shelf.example")
        dialog.reject()


async def test_accounts_say_what_cannot_be(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token of the environment is shown as fixed; one that no keyring keeps is told to be for this run."""
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    async with at_desk(store_path) as person:
        dialog = await opened(person)
        QTest.keyClicks(dialog.search, "token")
        hub, civitai = dialog.accounts.rows[HUGGING_FACE], dialog.accounts.rows[CIVITAI]
        await person.until(lambda: hub.state.text() == "Set by HF_TOKEN (environment variable).", "fixed")
        assert not hub.edit.isEnabled()
        assert not hub.forget.isEnabled()
        QTest.keyClicks(civitai.edit, "0123456789abcdef")
        click(civitai.keep)
        await person.until(lambda: "until you quit" in civitai.state.text(), "for this run")
        assert "no keyring found" in civitai.state.text()
        assert "CIVITAI_API_KEY" in civitai.answer.text()
        dialog.reject()


async def test_a_look_is_applied_as_it_is_chosen(store_path: Path, qapp: QApplication) -> None:
    """Dark is dark at once, for this window and for the next start; no other setting goes along."""
    try:
        async with at_desk(store_path) as person:
            dialog = await opened(person)
            write(dialog, "max_retries", "3")
            QTest.keyClicks(dialog.search, "theme")
            dialog.rows["theme"].choice.setFocus()
            QTest.keyClicks(dialog.rows["theme"].choice, "D")
            await person.until(lambda: theme_of(person.window.palette()) is DARK, "dark")
            assert person.desk._service.settings().max_retries == 8
            dialog.reject()
        async with at_desk(store_path) as person:
            await person.until(lambda: theme_of(person.window.palette()) is DARK, "dark")
            await person.desk._change_settings({"theme": "light"})
            assert theme_of(person.window.palette()) is LIGHT
    finally:
        choose_theme(qapp, "system")
        qapp.setStyleSheet("")
        qapp.setPalette(qapp.style().standardPalette())


async def test_settings_go_to_a_file_and_come_from_one(store_path: Path, tmp_path: Path) -> None:
    """Export writes what counts now; import takes all of it over, and nothing of a file that is not wholly right."""
    file = tmp_path / "shared.json"
    async with at_desk(store_path) as person:
        settings = person.desk._service.settings
        await settings.change({"max_retries": 3, "proxy": "http://proxy.example:3128"}, "test")
        dialog = await opened(person)
        await chooses(person, dialog, "Export…", file)
        await person.until(lambda: "saved to shared.json" in dialog._exchanged.text(), "written")
        await settings.change({"max_retries": None, "proxy": None}, "test")
        await chooses(person, dialog, "Import…", file)
        await person.until(lambda: "loaded from shared.json" in dialog._exchanged.text(), "taken over")
        assert (settings().max_retries, settings().proxy) == (3, "http://proxy.example:3128")
        await person.until(lambda: dialog.rows["max_retries"].text == "3", "shown")
        file.write_text(file.read_text().replace('"max_retries": 3', '"max_retries": -1'))
        await settings.change({"jitter": 0.25}, "test")
        await chooses(person, dialog, "Import…", file)
        await person.until(lambda: "Nothing was changed." in dialog._exchanged.text(), "refused")
        assert settings().max_retries == 3
        dialog.reject()


async def chooses(person: Person, dialog: SettingsDialog, button: str, file: Path) -> None:
    """Click ``button`` and choose ``file``."""
    gestures.answer(dialog, button)
    picker = gestures.in_sight(dialog, QFileDialog)
    picker.fileSelected.emit(str(file))
    picker.reject()
    await person.until(lambda: not picker.isVisible(), "the file is chosen")


def test_a_proxy_with_a_password_is_refused_as_it_is_typed(dialog: SettingsDialog) -> None:
    """What would store a secret holds the buttons and says where it belongs."""
    write(dialog, "proxy", "http://ada:pw@proxy.example:3128")
    assert "HTTPS_PROXY" in dialog.rows["proxy"]._problem.text()
    assert not dialog.button(BUTTON.Ok).isEnabled()
