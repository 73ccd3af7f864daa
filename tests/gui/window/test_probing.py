"""What the add dialog finds out before anything is added: on real servers, in a real folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QToolButton

from launcher_gui.app import add_controller
from launcher_gui.models.drafts import DraftRow
from launcher_gui.ui.add.add_dialog import AddDialog
from tests.support.builders.files import MIB, ONE_MIB, Content
from tests.support.gui import gestures
from tests.support.gui.person import Person, at_desk
from tests.support.servers.behaviours import Answer, HangUp, Ranges, Serve, Silence
from tests.support.servers.misbehaving import MisbehavingServer


@pytest.fixture(autouse=True)
def probing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, quick_retries: None) -> Path:
    """Let servers be asked, soon, and offer a folder of this test's."""
    monkeypatch.delenv("RECOVERY_PROBE_LINKS")
    monkeypatch.setattr(add_controller, "LOOK_AFTER_S", 0.02)
    folder = tmp_path / "ComfyUI" / "models" / "checkpoints"
    folder.mkdir(parents=True)
    monkeypatch.setenv("RECOVERY_DOWNLOAD_FOLDER", str(folder))
    return folder


async def _asked(person: Person, *links: str) -> AddDialog:
    await person.until(person.window.window_actions.settings.isEnabled, "the settings")
    person.window.adding.ask_for(links)
    return await person.dialog(AddDialog)


def _row(dialog: AddDialog, name: str) -> DraftRow:
    return next((row for row in dialog.rows if row.name == name), DraftRow(""))


def _totals(dialog: AddDialog) -> str:
    told = (x for x in dialog.findChildren(QLabel) if x.accessibleName().startswith("Totals") and x.isVisible())
    return next(told).text()


async def test_each_link_says_what_its_server_has(misbehaving: MisbehavingServer, store_path: Path) -> None:
    """Size, name and whether it resumes are known before anything is added, for one byte each; troubles have words."""
    misbehaving.add("/plain.bin", Content(3 * MIB))
    misbehaving.script(then=Serve(ranges=Ranges.IGNORED), path="/plain.bin")
    misbehaving.add("/named", Content(MIB))
    misbehaving.script(then=Serve(disposition='attachment; filename="real name.safetensors"'), path="/named")
    misbehaving.script(then=Answer(200), path="/wall.safetensors")
    misbehaving.script(then=HangUp(), path="/dead.bin")
    paths = ("/model.safetensors", "/plain.bin", "/named", "/gone.bin", "/wall.safetensors", "/dead.bin")
    async with at_desk(store_path) as person:
        dialog = await _asked(person, *map(misbehaving.url, paths))
        await person.until(
            lambda: all((row.size or row.note) and "Asking" not in row.note for row in dialog.rows), "six answers"
        )
        assert (_row(dialog, "model.safetensors").size, _row(dialog, "model.safetensors").resumable) == (MIB, True)
        assert (_row(dialog, "plain.bin").size, _row(dialog, "plain.bin").resumable) == (3 * MIB, False)
        assert _row(dialog, "real name.safetensors").size == MIB
        for name, words in (("gone.bin", "404"), ("wall.safetensors", "web page"), ("dead.bin", "connection")):
            row = _row(dialog, name)
            assert words in row.note.lower()
            assert row.note.endswith("You can still add it.")
        assert _totals(dialog).startswith("6 files · 5.2 MB and 3 of unknown size · ")
        assert all(request.sent <= MIB for request in misbehaving.log)
        assert {request.header("Range") for request in misbehaving.log} == {"bytes=0-0"}
        dialog.reject()
        assert person.window.model.rowCount() == 0


async def test_a_server_that_says_nothing_holds_up_nothing(misbehaving: MisbehavingServer, store_path: Path) -> None:
    """It can be added meanwhile; closing the dialog ends the question."""
    misbehaving.script(Silence(), then=Serve())
    async with at_desk(store_path) as person:
        dialog = await _asked(person, misbehaving.url())
        await person.until(lambda: "Asking" in _row(dialog, "model.safetensors").note, "the question")
        await misbehaving.until(lambda log: len(log) == 1)
        gestures.submit(dialog)
        await person.sees("model.safetensors", "Done")


async def test_at_most_four_servers_are_asked_at_once(misbehaving: MisbehavingServer, store_path: Path) -> None:
    """A long list does not make a flood."""
    paths = [f"/{number}.bin" for number in range(9)]
    for path in paths:
        misbehaving.script(then=Silence(), path=path)
    async with at_desk(store_path) as person:
        dialog = await _asked(person, *map(misbehaving.url, paths))
        await misbehaving.until(lambda log: len(log) == add_controller.AT_ONCE)
        await person.until(lambda: sum("Asking" in row.note for row in dialog.rows) == 9, "nine rows that wait")
        assert len(misbehaving.log) == add_controller.AT_ONCE
        dialog.reject()


async def test_what_is_there_already_is_noticed(
    misbehaving: MisbehavingServer, store_path: Path, probing: Path
) -> None:
    """A file in the folder, a download in the list, and another link to its place are distinguished."""
    misbehaving.add("/here.bin", Content(MIB))
    (probing / "here.bin").write_text("mine")
    misbehaving.script(then=Answer(404), path="/listed.bin")
    async with at_desk(store_path) as person:
        first = await _asked(person, misbehaving.url("/listed.bin"))
        gestures.submit(first)
        await person.sees("listed.bin", "Failed")
        links = [misbehaving.url(path) for path in ("/here.bin", "/listed.bin", "/other/listed.bin")]
        dialog = await _asked(person, links[0], links[1])
        await person.until(lambda: "Already in this folder" in _row(dialog, "here.bin").note, "a file of this name")
        await person.until(lambda: "will be resumed" in _row(dialog, "listed.bin").note, "the same download")
        dialog.reject()
        dialog = await _asked(person, links[2])
        await person.until(lambda: "Another download is saving" in _row(dialog, "listed.bin").note, "another download")
        dialog.reject()


async def test_what_could_not_be_added_stays_and_the_rest_is_added(
    misbehaving: MisbehavingServer, store_path: Path, probing: Path
) -> None:
    """Of three links one cannot be added: it alone is left, says why, and with another name it goes."""
    misbehaving.add("/here.bin", ONE_MIB)
    misbehaving.add("/other.bin", Content(MIB, seed=2))
    (probing / "here.bin").write_text("mine")
    async with at_desk(store_path) as person:
        dialog = await _asked(person, *(misbehaving.url(p) for p in ("/model.safetensors", "/here.bin", "/other.bin")))
        gestures.submit(dialog)
        await person.until(lambda: not dialog.busy and len(dialog.forms) == 1, "what is left")
        assert dialog.form.url == misbehaving.url("/here.bin")
        assert "already exists" in dialog.rows[0].note
        gestures.fill(dialog, "File name", "mine.bin")
        gestures.submit(dialog)
        for name in ("model.safetensors", "other.bin", "mine.bin"):
            await person.sees(name, "Done")


async def test_a_list_that_is_dropped_is_read(misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path) -> None:
    """A text file with links, hashes and names fills the dialog; one that is no text is said to be none."""
    listing = tmp_path / "models.txt"
    listing.write_text(f"# mine\n{misbehaving.url()} {ONE_MIB.sha256} first.safetensors\n{misbehaving.url('/b.bin')}\n")
    (tmp_path / "nonsense.txt").write_bytes(b"\xff\xfe\x00nonsense")
    misbehaving.add("/b.bin", Content(MIB, seed=3))
    async with at_desk(store_path) as person:
        await person.until(person.window.window_actions.settings.isEnabled, "the settings")
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(listing)), QUrl.fromLocalFile(str(tmp_path / "nonsense.txt"))])
        assert gestures.drop(person.window, data)
        dialog = await person.dialog(AddDialog)
        assert [(form.name, form.sha256) for form in dialog.forms] == [("first.safetensors", ONE_MIB.sha256), ("", "")]
        await person.until(lambda: "nonsense.txt is not a list" in person.notice(), "what is wrong with the other")
        gestures.submit(dialog)
        await person.sees("first.safetensors", "Done")
        await person.sees("b.bin", "Done")


async def test_the_clipboard_and_the_folder_that_suits_are_offered(
    misbehaving: MisbehavingServer, store_path: Path, probing: Path
) -> None:
    """One click takes the link that was copied, another the folder of ComfyUI's that its name speaks for."""
    loras = probing.parent / "loras"
    loras.mkdir()
    misbehaving.add("/style_lora.safetensors", Content(MIB))
    QGuiApplication.clipboard().setText(f"see {misbehaving.url('/style_lora.safetensors')}")
    async with at_desk(store_path) as person:
        dialog = await _asked(person)

        def button(words: str) -> QToolButton | None:
            found = (b for b in dialog.findChildren(QToolButton) if b.isVisible() and b.text().startswith(words))
            return next(found, None)

        paste = button("Paste the link")
        assert paste is not None
        gestures.click(paste)
        await person.until(lambda: button("Use ComfyUI's folder") is not None, "the folder that suits")
        suits = button("Use ComfyUI's folder")
        assert suits is not None
        gestures.click(suits)
        assert dialog.form.folder == str(loras)
        dialog.reject()
        QGuiApplication.clipboard().clear()


async def test_who_does_not_want_it_is_asked_for_nothing(
    misbehaving: MisbehavingServer, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Switched off, no server hears of a link before it is added: it may work only once."""
    monkeypatch.setenv("RECOVERY_PROBE_LINKS", "false")
    async with at_desk(store_path) as person:
        dialog = await _asked(person, misbehaving.url())
        await person.until(lambda: "free" in _totals(dialog), "the folder")
        assert misbehaving.log == ()
        dialog.reject()
