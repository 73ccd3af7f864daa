"""The add dialog: problems beside the field that has them, and no closing before the core has agreed."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from launcher_gui.downloads.link_preview import LinkPreview
from launcher_gui.models.drafts import AddForm
from launcher_gui.ui.add.add_dialog import AddDialog
from launcher_gui.ui.add.add_fields import FolderBox
from launcher_gui.ui.add.links import links_in, list_files_in
from launcher_gui.ui.common.scrolling import Scrolling

LINK = "https://example.org/a.safetensors"


def problems(form: AddForm) -> Mapping[str, str]:
    found = {}
    if not form.url.startswith("https://"):
        found["url"] = "This is not a link."
    if len(form.sha256) not in {0, 64}:
        found["sha256"] = "A SHA-256 has 64 digits."
    return found


def opened(qtbot: QtBot, url: str = "", folder: str = "/models") -> AddDialog:
    dialog = AddDialog(problems, url, folder)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def field(dialog: AddDialog, name: str) -> QLineEdit | QPlainTextEdit:
    edits: list[QLineEdit | QPlainTextEdit] = [*dialog.findChildren(QLineEdit), *dialog.findChildren(QPlainTextEdit)]
    return next(e for e in edits if e.accessibleName().startswith(name))


def ok(dialog: AddDialog) -> QPushButton:
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    return box.button(QDialogButtonBox.StandardButton.Ok)


def shown(dialog: AddDialog) -> set[str]:
    """The problems in sight."""
    return {x.text() for x in dialog.findChildren(QLabel) if x.property("tone") == "bad" and x.isVisible()}


def test_an_untouched_form_does_not_scold(qtbot: QtBot) -> None:
    """An empty form cannot be submitted, but complains of nothing yet."""
    dialog = opened(qtbot)
    assert shown(dialog) == set()
    assert not ok(dialog).isEnabled()


def test_a_problem_shows_while_typing_and_goes(qtbot: QtBot) -> None:
    """What is wrong stands beside the field as soon as it is edited, and leaves when it is mended."""
    dialog = opened(qtbot, LINK)
    qtbot.keyClicks(field(dialog, "SHA-256"), "abc")
    assert shown(dialog) == {"A SHA-256 has 64 digits."}
    assert field(dialog, "SHA-256").accessibleDescription() == "A SHA-256 has 64 digits."
    assert not ok(dialog).isEnabled()
    field(dialog, "SHA-256").clear()
    assert shown(dialog) == set()
    assert ok(dialog).isEnabled()


def test_a_prefilled_link_is_judged_at_once(qtbot: QtBot) -> None:
    """A pasted link that cannot be used says so without an edit."""
    assert shown(opened(qtbot, "nonsense")) == {"This is not a link."}


def test_a_remark_above_a_link_is_no_part_of_it(qtbot: QtBot) -> None:
    """One link of a list is a link like any other, with fields for its name and its SHA-256."""
    dialog = opened(qtbot, f"# mine\n\n{LINK}\n")
    assert dialog.form == AddForm(LINK, "/models")
    assert field(dialog, "SHA-256").isVisible()
    dialog.add_text("https://example.org/b.safetensors")
    assert not field(dialog, "SHA-256").isVisible()
    assert len(dialog.forms) == 2


def test_submitting_hands_over_what_was_typed(qtbot: QtBot) -> None:
    """The form goes out as typed, and the dialog waits for the answer."""
    dialog = opened(qtbot)
    qtbot.keyClicks(field(dialog, "Link"), LINK)
    qtbot.keyClicks(field(dialog, "File name"), " b.safetensors")
    with qtbot.waitSignal(dialog.submitted) as asked:
        qtbot.mouseClick(ok(dialog), Qt.MouseButton.LeftButton)
    assert asked.args == [(AddForm(LINK, "/models", " b.safetensors", ""),)]
    assert dialog.isVisible()
    assert not ok(dialog).isEnabled()
    assert not field(dialog, "Link").isEnabled()


def test_enter_submits_once(qtbot: QtBot) -> None:
    """Pressing Enter twice asks once."""
    dialog = opened(qtbot, LINK)
    asked: list[AddForm] = []
    dialog.submitted.connect(asked.append)
    qtbot.keyClick(field(dialog, "Folder"), Qt.Key.Key_Return)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert len(asked) == 1


@pytest.mark.parametrize("where", ["name", "", "no such field"])
def test_a_refusal_lets_the_form_be_mended(qtbot: QtBot, where: str) -> None:
    """The core's no is shown where it belongs, and the form can be changed and sent again."""
    dialog = opened(qtbot, LINK)
    ok(dialog).click()
    dialog.show_answer({dialog.form: (where, "A file of this name is there.")})
    assert shown(dialog) == {"A file of this name is there."}
    assert ok(dialog).isEnabled()
    qtbot.keyClicks(field(dialog, "File name"), "c")
    assert shown(dialog) == set()


def test_a_long_problem_gets_the_room_that_it_needs(qtbot: QtBot) -> None:
    """What takes three lines pushes the buttons down instead of out of the dialog."""
    dialog = opened(qtbot, LINK)
    before = dialog.height()
    ok(dialog).click()
    dialog.show_answer({dialog.form: ("folder", "This folder cannot take the file. " * 8)})
    assert dialog.height() > before
    buttons = dialog.findChild(QDialogButtonBox)
    assert buttons is not None
    assert dialog.rect().contains(buttons.geometry())
    assert all(not buttons.geometry().intersects(e.geometry()) for e in dialog.findChildren(QLineEdit))


@pytest.mark.parametrize("url", ["", "https://example.org/a.bin"])
def test_it_opens_as_high_as_it_needs(qtbot: QtBot, url: str) -> None:
    """Where the screen has room, nothing has to be scrolled; the buttons are in sight in any case."""
    dialog = opened(qtbot, url)
    qtbot.waitUntil(dialog.isVisible)
    (area,) = dialog.findChildren(Scrolling)
    assert area.verticalScrollBar().maximum() == 0
    assert ok(dialog).visibleRegion().boundingRect().size() == ok(dialog).size()


def test_acceptance_closes(qtbot: QtBot) -> None:
    """The dialog goes when the download is in the list."""
    dialog = opened(qtbot, LINK)
    ok(dialog).click()
    dialog.show_answer({})
    assert not dialog.isVisible()


def test_folders_are_proposed_until_one_stands_there(qtbot: QtBot) -> None:
    """While one is typed, those that begin so are proposed; a whole one leaves no list that would take the click."""
    dialog = opened(qtbot, "https://example.org/a.bin", "")
    dialog.offer_folders(["/models/vae", "/models/loras"])
    box = dialog.findChild(FolderBox)
    assert box is not None
    completer = box.completer()
    assert completer is not None
    proposals = completer.popup()
    assert proposals is not None
    edit = field(dialog, "Folder")
    qtbot.keyClicks(edit, "/models/va")
    assert proposals.isVisible()
    assert [proposals.model().index(row, 0).data() for row in range(proposals.model().rowCount())] == ["/models/vae"]
    qtbot.keyClicks(edit, "e")
    assert not proposals.isVisible()
    qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    assert proposals.isVisible()
    proposals.hide()


def test_browsing_fills_the_folder(qtbot: QtBot) -> None:
    """A folder that is picked stands in the field."""
    dialog = opened(qtbot, LINK)
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "Browse…").click()
    picker = dialog.findChild(QFileDialog)
    assert picker is not None
    picker.fileSelected.emit("/models/vae")
    picker.close()
    assert dialog.form.folder == "/models/vae"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"see {LINK} and {LINK}", (LINK,)),
        ("HTTP://example.org/a", ("HTTP://example.org/a",)),
        ("file:///etc/passwd javascript:alert(1) ftp://example.org", ()),
        ("", ()),
        ("hf://owner/repo/model.safetensors", ("hf://owner/repo/model.safetensors",)),
    ],
)
def test_links_are_found_in_text(text: str, found: tuple[str, ...]) -> None:
    """Only http, https and hf links count, each once."""
    data = QMimeData()
    data.setText(text)
    assert links_in(data) == found


def test_links_are_found_in_a_selection_of_a_page() -> None:
    """Where only the mark-up of what was dragged has them, they are taken from there; scripts are none."""
    data = QMimeData()
    data.setText("Model weights, 6.9 GB")
    data.setHtml(
        f'<p><a href="{LINK}">Model <b>weights</b></a> <a href="javascript:alert(1)">x</a><a href="/rel">y</a>'
    )
    assert links_in(data) == (LINK,)


def test_lists_are_told_by_their_names() -> None:
    """A text file may be a list; nothing else of the disk is looked at."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/models/a.txt"), QUrl.fromLocalFile("/etc/passwd"), QUrl(LINK)])
    assert list_files_in(data) == ("/models/a.txt",)
    assert list_files_in(None) == ()


def test_a_thousand_links_do_not_hold_up_the_keyboard(qtbot: QtBot) -> None:
    """What is known of each comes together, and a key is taken soon after."""
    dialog = opened(qtbot)
    links = [f"https://example.org/{number}.bin" for number in range(1_000)]
    dialog.add_links(links)
    began = time.process_time()
    for link in links:
        dialog.show_prospect(link, LinkPreview("a.bin", 1_000_000))
    qtbot.waitUntil(lambda: all(row.size for row in dialog.rows))
    qtbot.keyClicks(field(dialog, "Links"), "x")
    assert time.process_time() - began < 2.0


def test_links_are_found_in_a_list_of_addresses() -> None:
    """A browser's list of addresses goes before its text."""
    data = QMimeData()
    data.setUrls([QUrl(LINK), QUrl("file:///tmp/x")])
    assert links_in(data) == (LINK,)
