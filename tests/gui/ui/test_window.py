"""The window as a person uses it: it shows the projection and answers in signals."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from launcher_gui.models.operation_columns import Column
from launcher_gui.monitor.projection import OperationRecord, Projection
from launcher_gui.recovery.operation import CommandKind, OperationState
from launcher_gui.ui.add.add_dialog import AddDialog
from launcher_gui.ui.common.dialogs import QuitQuestion, RemoveQuestion
from launcher_gui.ui.downloads.empty_state import EmptyState
from launcher_gui.ui.main_window.main_window import MainWindow
from tests.support.gui.gestures import answer, click, click_row, drop, in_sight, mime, submit, tool
from tests.support.store.projections import NOW, project, record

S = OperationState
LINK = "https://example.org/a.safetensors"


def show(window: MainWindow, *records: OperationRecord) -> Projection:
    projection = project(*records)
    window.show_projection(projection, frozenset(projection.views))
    window.tick(NOW)
    return projection


def enabled(window: MainWindow) -> set[str]:
    names = ("Add…", "Resume", "Pause", "Cancel", "Retry now", "Remove…", "Open folder")
    return {n for n in names if tool(window, n).isEnabled()}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (S.RUNNING, {"Pause", "Cancel"}),
        (S.WAITING, {"Pause", "Cancel", "Retry now"}),
        (S.PAUSED, {"Resume", "Cancel", "Remove…"}),
        (S.FAILED, {"Resume", "Retry now", "Cancel", "Remove…"}),
        (S.COMPLETED, {"Remove…"}),
    ],
)
def test_only_what_applies_can_be_clicked(
    qtbot: QtBot, window: MainWindow, state: OperationState, expected: set[str]
) -> None:
    """A button is enabled where its command applies to the selection."""
    show(window, record(state=state))
    click_row(window, 0)
    assert enabled(window) == {"Add…", "Open folder"} | expected


def test_nothing_selected_enables_adding_only(window: MainWindow) -> None:
    """Without a selection there is nothing to command."""
    show(window, record(state=S.RUNNING))
    assert enabled(window) == {"Add…"}


def test_a_pending_command_disables_the_others(qtbot: QtBot, window: MainWindow) -> None:
    """What still owes an answer cannot be asked again."""
    show(window, record(state=S.RUNNING))
    click_row(window, 0)
    show(window, record(state=S.RUNNING, pending=CommandKind.PAUSE))
    assert enabled(window) == {"Add…", "Open folder"}


@pytest.mark.parametrize(
    ("name", "state", "kind"),
    [
        ("Resume", S.INTERRUPTED, CommandKind.RESUME),
        ("Pause", S.RUNNING, CommandKind.PAUSE),
        ("Cancel", S.QUEUED, CommandKind.CANCEL),
        ("Retry now", S.WAITING, CommandKind.RETRY),
    ],
)
def test_a_click_asks_for_its_command(
    qtbot: QtBot, window: MainWindow, name: str, state: OperationState, kind: CommandKind
) -> None:
    """Each button of the toolbar asks for its own command on what is selected."""
    show(window, record("op-1", state))
    click_row(window, 0)
    with qtbot.waitSignal(window.command_requested) as asked:
        click(tool(window, name))
    assert asked.args == [kind, ("op-1",)]


def test_a_command_goes_to_those_it_applies_to(qtbot: QtBot, window: MainWindow) -> None:
    """Of several selected downloads only those that can be paused are asked to pause."""
    show(window, record("op-1", S.RUNNING), record("op-2", S.COMPLETED), record("op-3", S.WAITING))
    click_row(window, 0)
    click_row(window, 2, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(window.command_requested) as asked:
        click(tool(window, "Pause"))
    assert asked.args == [CommandKind.PAUSE, ("op-1", "op-3")]


def test_a_click_changes_nothing_by_itself(qtbot: QtBot, window: MainWindow) -> None:
    """The state on screen is the store's, never hope."""
    show(window, record(state=S.RUNNING, phase="downloading"))
    click_row(window, 0)
    click(tool(window, "Pause"))
    assert window.model.index(0, Column.STATE).data() == "Downloading"


@pytest.mark.parametrize(
    ("state", "kind"),
    [(S.RUNNING, CommandKind.PAUSE), (S.PAUSED, CommandKind.RESUME), (S.INTERRUPTED, CommandKind.RESUME)],
)
def test_space_pauses_or_resumes(qtbot: QtBot, window: MainWindow, state: OperationState, kind: CommandKind) -> None:
    """One key pauses what runs and resumes what stands."""
    show(window, record("op-1", state))
    click_row(window, 0)
    with qtbot.waitSignal(window.command_requested) as asked:
        qtbot.keyClick(window.table, Qt.Key.Key_Space)
    assert asked.args == [kind, ("op-1",)]


def test_ctrl_r_retries_now(qtbot: QtBot, window: MainWindow) -> None:
    """The shortcut does what the button does."""
    show(window, record("op-1", S.WAITING, retry_at=NOW + 12))
    click_row(window, 0)
    with qtbot.waitSignal(window.command_requested) as asked:
        qtbot.keyClick(window.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == [CommandKind.RETRY, ("op-1",)]


def test_removing_keeps_unfinished_data_unless_told(qtbot: QtBot, window: MainWindow) -> None:
    """Delete asks first, says how much could go, and keeps it by default."""
    show(window, record("op-1", S.PAUSED, done=3_200_000_000, total=6_900_000_000))
    click_row(window, 0)
    qtbot.keyClick(window.table, Qt.Key.Key_Delete)
    question = in_sight(window, RemoveQuestion)
    assert "3.2 GB" in question.checkBox().text()
    with qtbot.waitSignal(window.remove_requested) as asked:
        answer(question, "Remove")
    assert asked.args == [("op-1",), False]


def test_removing_can_discard_unfinished_data(qtbot: QtBot, window: MainWindow) -> None:
    """Partial data can be deleted as well."""
    show(window, record("op-1", S.FAILED, done=1000, total=2000))
    click_row(window, 0)
    click(tool(window, "Remove…"))
    question = in_sight(window, RemoveQuestion)
    question.checkBox().click()
    with qtbot.waitSignal(window.remove_requested) as asked:
        answer(question, "Remove")
    assert asked.args == [("op-1",), True]


def test_nothing_to_discard_is_not_asked(qtbot: QtBot, window: MainWindow) -> None:
    """An installed file offers no data to delete."""
    show(window, record("op-1", S.COMPLETED, done=2000, total=2000))
    click_row(window, 0)
    click(tool(window, "Remove…"))
    question = in_sight(window, RemoveQuestion)
    assert question.checkBox() is None


def test_keeping_removes_nothing(qtbot: QtBot, window: MainWindow) -> None:
    """The other answer asks for nothing."""
    show(window, record("op-1", S.PAUSED))
    click_row(window, 0)
    click(tool(window, "Remove…"))
    with qtbot.assertNotEmitted(window.remove_requested):
        answer(in_sight(window, RemoveQuestion), "Cancel")


def test_open_folder_names_the_folder(qtbot: QtBot, window: MainWindow) -> None:
    """The folder of the selected download is asked for."""
    show(window, record(folder="/models/vae"))
    click_row(window, 0)
    with qtbot.waitSignal(window.folder_requested) as asked:
        click(tool(window, "Open folder"))
    assert asked.args == ["/models/vae"]


def test_the_empty_window_teaches(qtbot: QtBot, window: MainWindow) -> None:
    """With nothing to show, the window says how to begin, and its button does."""
    page = in_sight(window, EmptyState)
    assert "Drop a link here" in [label.text() for label in page.findChildren(QLabel)]
    window.window_actions.add.trigger()
    in_sight(window, AddDialog)


def test_the_list_comes_and_goes(window: MainWindow) -> None:
    """The first download replaces the empty page, and removing the last brings it back."""
    show(window, record("op-1"))
    assert window.table.isVisible()
    window.show_projection(Projection(), frozenset({"op-1"}))
    in_sight(window, EmptyState)


def test_a_removed_download_leaves_no_selection(qtbot: QtBot, window: MainWindow) -> None:
    """What is gone cannot be commanded."""
    projection = show(window, record("op-1", S.PAUSED), record("op-2", S.PAUSED))
    click_row(window, 0)
    left = Projection({"op-2": projection.views["op-2"]})
    window.show_projection(left, frozenset({"op-1"}))
    assert window.table.selected == ()
    assert enabled(window) == {"Add…"}


def test_pasting_a_link_opens_the_dialog(qtbot: QtBot, window: MainWindow) -> None:
    """Ctrl+V anywhere in the window asks for the link that was copied."""
    window.set_default_folder("/models")
    QGuiApplication.clipboard().setText(f"look: {LINK}")
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog = in_sight(window, AddDialog)
    assert (dialog.form.url, dialog.form.folder) == (LINK, "/models")


def test_pasting_something_else_says_so(qtbot: QtBot, window: MainWindow) -> None:
    """A clipboard without a link opens nothing and is not passed over in silence."""
    QGuiApplication.clipboard().setText("ftp://example.org/a")
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert window.findChildren(AddDialog) == []
    assert "No link found" in window.statusBar().currentMessage()


def test_dropped_links_stand_in_one_dialog(qtbot: QtBot, window: MainWindow) -> None:
    """Two dropped links open the dialog once, and more that are dropped meanwhile join them."""
    other, third = "https://example.org/b.safetensors", "https://example.org/c.safetensors"
    window.set_default_folder("/models")
    assert drop(window, mime(LINK, other))
    dialog = in_sight(window, AddDialog)
    assert drop(window, mime(LINK, third))
    assert [form.url for form in dialog.forms] == [LINK, other, third]
    submit(dialog)
    window.adding.ask_for(("https://example.org/d.safetensors",))
    assert window.adding.show_answer({})
    assert in_sight(window, AddDialog).form.url == "https://example.org/d.safetensors"


def test_a_late_answer_does_not_touch_another_form(window: MainWindow) -> None:
    """What is being typed now is not closed or blamed by the answer to a dialog that was dismissed."""
    window.window_actions.add.trigger()
    first = in_sight(window, AddDialog)
    submit(first)
    first.reject()
    window.window_actions.add.trigger()
    second = in_sight(window, AddDialog)
    assert not window.adding.show_answer({})
    assert not window.adding.show_answer({second.form: ("name", "A file of this name is there.")})
    assert second.isVisible()


def test_dropped_files_are_not_welcome(window: MainWindow) -> None:
    """Only http and https links can be dropped."""
    assert not drop(window, mime("file:///etc/passwd"))


def test_dismissing_the_dialog_forgets_the_other_links(window: MainWindow) -> None:
    """A person who cancels is not asked again."""
    window.set_default_folder("/models")
    drop(window, mime(LINK))
    dialog = in_sight(window, AddDialog)
    submit(dialog)
    drop(window, mime("https://example.org/b.safetensors"))
    dialog.reject()
    window.adding.show_answer({})
    assert [d for d in window.findChildren(AddDialog) if d.isVisible()] == []


def test_closing_asks_and_stays(qtbot: QtBot, window: MainWindow) -> None:
    """The window never closes by itself."""
    with qtbot.waitSignal(window.close_requested):
        window.close()
    assert window.isVisible()


GOES_ON = "Progress is saved. Downloads continue the next time you open the program."
WAITS = "Progress is saved. Use Resume to continue."


@pytest.mark.parametrize(
    ("active", "auto_resume", "words"),
    [
        (1, True, ("1 download is running.", GOES_ON)),
        (3, True, ("3 downloads are running.", GOES_ON)),
        (1, False, ("1 download is running.", WAITS)),
        (2, False, ("2 downloads are running.", WAITS)),
    ],
)
def test_quitting_says_what_becomes_of_the_work(
    qtbot: QtBot, window: MainWindow, active: int, auto_resume: bool, words: tuple[str, str]
) -> None:
    """Quitting with work under way says what happens to it, and quits only when told."""
    window.set_auto_resume(auto_resume)
    window.confirm_quit(active)
    question = in_sight(window, QuitQuestion)
    assert (question.text(), question.informativeText()) == words
    with qtbot.waitSignal(window.quit_confirmed):
        answer(question, "Quit")


def test_staying_quits_nothing_and_can_be_asked_again(qtbot: QtBot, window: MainWindow) -> None:
    """One question at a time, and Stay is an answer."""
    window.confirm_quit(1)
    window.confirm_quit(1)
    with qtbot.assertNotEmitted(window.quit_confirmed):
        answer(in_sight(window, QuitQuestion), "Don't quit")
    window.confirm_quit(2)
    in_sight(window, QuitQuestion)


def test_while_saving_nothing_can_be_asked(qtbot: QtBot, window: MainWindow) -> None:
    """The closing window says that it saves and takes no more input."""
    show(window, record(state=S.RUNNING))
    click_row(window, 0)
    window.show_closing()
    show(window, record(state=S.PAUSED))
    assert enabled(window) == set()
    assert "Saving…" in [label.text() for label in window.statusBar().findChildren(QLabel)]
    assert not drop(window, mime(LINK))


def test_auto_resume_is_told_by_people_only(qtbot: QtBot, window: MainWindow) -> None:
    """Setting the tick from the store is not a person's wish; clicking it is."""
    with qtbot.assertNotEmitted(window.auto_resume_toggled):
        window.set_auto_resume(True)
    with qtbot.waitSignal(window.auto_resume_toggled) as told:
        window.window_actions.auto_resume.trigger()
    assert told.args == [False]


def test_a_notice_is_shown_until_dismissed(qtbot: QtBot, window: MainWindow) -> None:
    """What a person should know stands above the list."""
    window.show_notice("The disk is full.", "Progress is not recorded.")
    assert window.banner.isVisible()
    dismiss = next(w for w in window.banner.findChildren(QWidget) if w.accessibleName() == "Dismiss the message")
    qtbot.mouseClick(dismiss, Qt.MouseButton.LeftButton)
    assert not window.banner.isVisible()


def test_totals_stand_in_the_status_bar(window: MainWindow) -> None:
    """How many are where can be read at a glance."""
    show(window, record("op-1", S.PAUSED), record("op-2", S.FAILED))
    assert "1 paused · 1 failed" in [label.text() for label in window.statusBar().findChildren(QLabel)]
