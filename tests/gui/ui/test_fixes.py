"""The attention bar and its dialogs on made-up data: what each click requests, and what does not move."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from launcher_gui.downloads.errors.remedies import POLICIES, FailureKind, Remedy
from launcher_gui.models.attention import need_of
from launcher_gui.monitor.projection import OperationRecord
from launcher_gui.recovery.operation import CommandKind, OperationState
from launcher_gui.settings.schema import Settings
from launcher_gui.text.message import Message, message
from launcher_gui.ui.attention.attention_bar import HEIGHT
from launcher_gui.ui.attention.fix_dialogs import ExternalStepDialog, InputDialog
from launcher_gui.ui.attention.fixes import RelocateRequest, TokenEntered
from launcher_gui.ui.main_window.main_window import MainWindow
from launcher_gui.ui.settings.settings_dialog import SettingsDialog
from tests.support.gui import gestures
from tests.support.store import needy
from tests.support.store.projections import project, record


def stop(window: MainWindow, *rows: OperationRecord) -> None:
    """Show ``rows`` in the window, and nothing else."""
    window.set_settings(Settings(), frozenset())
    shown = project(*rows)
    window.show_projection(shown, frozenset(shown.views))


def one(trouble: FailureKind, error: Message | str = "it broke", url: str = "") -> OperationRecord:
    return needy.stopped("op-1", trouble, error, "Do something", url=url)


def words(dialog: InputDialog | ExternalStepDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if not label.isHidden())


def setting_problem(name: str) -> Message:
    return message("setting.invalid", setting=name, problem=message("setting.not_a_proxy"))


def accept(dialog: InputDialog | ExternalStepDialog) -> None:
    box = gestures.child(dialog, QDialogButtonBox)
    role = QDialogButtonBox.ButtonRole.AcceptRole
    gestures.click(next(button for button in box.buttons() if box.buttonRole(button) is role))


@pytest.mark.parametrize("trouble", list(FailureKind))
def test_every_trouble_has_a_deed(window: MainWindow, trouble: FailureKind) -> None:
    """No action of the policy is a button that does nothing."""
    assert set(window.fixes._deeds) == set(Remedy)
    stop(window, one(trouble))
    need = need_of(window.model.view_at(0))
    assert need is not None
    assert (need.fix, need.label) == (POLICIES[trouble].action, str(POLICIES[trouble].label))
    asked: list[object] = []
    for signal in (window.fixes.command, window.fixes.page, window.fixes.folder, window.fixes.settings):
        signal.connect(lambda *what: asked.append(what))
    window.fixes.begin(need)
    kinds = (InputDialog, ExternalStepDialog, SettingsDialog)
    opened = [dialog for kind in kinds for dialog in window.findChildren(kind) if dialog.isVisible()]
    assert asked or opened
    for dialog in opened:
        dialog.reject()


def test_trying_again_asks_for_just_that(qtbot: QtBot, window: MainWindow) -> None:
    """What another attempt may mend is tried again by one click, without a dialog."""
    stop(window, one(FailureKind.TRANSIENT))
    with qtbot.waitSignal(window.command_requested) as told:
        window.attention.fix.click()
    assert told.args == [CommandKind.RETRY, ("op-1",)]


def test_a_page_in_place_of_the_file_opens_in_the_browser(qtbot: QtBot, window: MainWindow) -> None:
    """A captive portal wants its page seen: the link itself is opened, and then tried again."""
    stop(window, one(FailureKind.CAPTIVE_PORTAL, url="https://x.org/model.bin"))
    with qtbot.waitSignal(window.fixes.page) as opened:
        window.attention.fix.click()
    assert opened.args == ["https://x.org/model.bin"]
    with qtbot.waitSignal(window.command_requested) as told:
        accept(gestures.in_sight(window, ExternalStepDialog))
    assert told.args == [CommandKind.RETRY, ("op-1",)]


def test_the_clock_is_told(window: MainWindow) -> None:
    """A certificate that seems wrong: the dialog says why and what this computer takes the time to be."""
    stop(window, one(FailureKind.CERTIFICATE, "the certificate of x.org is not valid yet"))
    window.attention.fix.click()
    dialog = gestures.in_sight(window, ExternalStepDialog)
    assert "the certificate of x.org is not valid yet" in words(dialog)
    assert "This computer's clock: " in words(dialog)
    dialog.reject()


@pytest.mark.parametrize(
    ("trouble", "error", "found"),
    [
        (FailureKind.PROXY, "could not reach the proxy", "proxy"),
        (FailureKind.MISCONFIGURED, setting_problem("HTTPS_PROXY"), "proxy"),
        (FailureKind.MISCONFIGURED, setting_problem("hub_endpoint"), "hub_endpoint"),
    ],
)
def test_the_settings_open_where_something_is_wrong(
    window: MainWindow, trouble: FailureKind, error: Message | str, found: str
) -> None:
    """The settings open at the invalid setting."""
    stop(window, one(trouble, error))
    window.attention.fix.click()
    dialog = gestures.in_sight(window, SettingsDialog)
    assert [name for name, row in dialog.rows.items() if row.isVisible()] == [found]
    dialog.reject()


def test_a_token_for_a_site_that_is_not_known_comes_with_a_link(qtbot: QtBot, window: MainWindow) -> None:
    """Where no keyring has a place for it, a link with the token in it is asked for, and is not printed."""
    stop(window, one(FailureKind.TOKEN_NEEDED, url="https://files.example/model.bin"))
    window.attention.fix.click()
    dialog = gestures.in_sight(window, InputDialog)
    assert "never stored" in words(dialog)
    gestures.fill(dialog, "Link", "https://files.example/model.bin?token=s3cr3t")
    with qtbot.waitSignal(window.fixes.asked) as told:
        accept(dialog)
    assert told.args == [RelocateRequest(("op-1",), url="https://files.example/model.bin?token=s3cr3t")]
    assert "s3cr3t" not in repr(told.args)
    window.fixes.accept()


def test_a_token_is_typed_unseen_and_forgotten(qtbot: QtBot, window: MainWindow) -> None:
    """It shows as dots, is in no representation, and is gone from the field when the dialog closes."""
    stop(window, needy.wants_token("a", "a.bin"), needy.wants_token("b", "b.bin"))
    window.attention.fix.click()
    dialog = gestures.in_sight(window, InputDialog)
    assert dialog.edit.echoMode() is QLineEdit.EchoMode.Password
    gestures.fill(dialog, "Token", "hf_secret")
    with qtbot.waitSignal(window.fixes.asked) as told:
        accept(dialog)
    (given,) = told.args or []
    assert isinstance(given, TokenEntered)
    assert (given.token, given.ids) == ("hf_secret", ("a", "b"))
    assert "hf_secret" not in repr(given)
    assert not dialog.edit.isEnabled()  # until the core has answered
    window.fixes.accept()
    assert dialog.edit.text() == ""


def test_what_settles_one_settles_all(window: MainWindow) -> None:
    """A token that is given in the details of one download is for all of its site that wait for it."""
    stop(window, needy.wants_token("a", "a.bin"), needy.wants_token("b", "b.bin"))
    window.table.select("a")
    window.details.fix.click()
    dialog = gestures.in_sight(window, InputDialog)
    assert words(dialog).startswith("2 downloads: ")
    dialog.reject()


def test_the_bar_keeps_its_height_and_its_place(qtbot: QtBot, window: MainWindow) -> None:
    """What else comes or goes changes neither what is shown nor where the list begins."""
    bar = window.attention
    rows = [needy.stopped(f"op-{n}", FailureKind.NOT_FOUND, "404", "", name=f"{n}.bin") for n in range(3)]
    stop(window, *rows[1:])
    qtbot.waitUntil(lambda: bar.height() == HEIGHT)
    top = window.workspace.y()
    gestures.click(bar.next)
    assert bar.need is not None
    assert (bar.need.ids, bar.position) == (("op-2",), "2 of 2")
    stop(window, *rows)
    assert (bar.need.ids, bar.position) == (("op-2",), "3 of 3")
    going_on = project(rows[0], rows[1], record("op-2", OperationState.RUNNING))
    window.show_projection(going_on, frozenset({"op-2"}))
    assert bar.need is not None
    assert (bar.need.ids, bar.position) == (("op-1",), "2 of 2")
    assert (bar.height(), window.workspace.y()) == (HEIGHT, top)
    window.show_projection(project(), frozenset({"op-0", "op-1", "op-2"}))
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_what_was_put_off_is_remembered_whatever_was_saved(window: MainWindow) -> None:
    """A layout file that somebody has damaged is no reason to fail."""
    bar = window.attention
    for text in ("", "nonsense", "[1]", '{"op-1": 3}'):
        bar.restore(text)
    stop(window, one(FailureKind.NOT_FOUND))
    bar.later.click()
    kept = bar.save()
    stop(window, one(FailureKind.NOT_FOUND))
    assert bar.need is None
    bar.restore(kept)
    assert bar.save() == kept


def test_a_fix_that_cannot_be_done_is_told_where_it_was_asked(window: MainWindow) -> None:
    """The dialog stays open with the reason; where it was closed meanwhile, the caller has to say it."""
    stop(window, one(FailureKind.NOT_FOUND))
    assert not window.fixes.refuse("No.")
    window.attention.fix.click()
    dialog = gestures.in_sight(window, InputDialog)
    assert not window.fixes.refuse("That was of an earlier one.")
    gestures.fill(dialog, "Link", "nonsense")
    accept(dialog)
    assert window.fixes.refuse("The link is empty.")
    assert dialog.problem == "The link is empty."
    dialog.reject()
    assert not window.fixes.refuse("No.")
