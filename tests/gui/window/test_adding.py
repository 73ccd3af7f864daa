"""Adding a download, from the first click to the file that stands where it should."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from launcher_gui.models.operation_columns import Column
from launcher_gui.ui.add.add_dialog import AddDialog
from tests.support.builders.files import ONE_MIB, Content, sha256_of
from tests.support.gui import gestures
from tests.support.gui.person import at_desk
from tests.support.servers.behaviours import Answer
from tests.support.servers.misbehaving import MisbehavingServer

SECRET = "hf_abcdefghijklmnopqrstuvwxyz"


async def test_a_download_that_is_added_comes_and_completes(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """What is typed into the dialog stands in the list at once and on the disk soon after, checked."""
    folder = tmp_path / "models" / "vae"
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), folder, sha256=ONE_MIB.sha256)
        await person.sees("model.safetensors", "Done")
        assert person.cell("model.safetensors", Column.PROGRESS) == "100.0 %"
        assert person.cell("model.safetensors", Column.NEXT) == f"Saved to {folder}"
    assert sha256_of(folder / "model.safetensors") == ONE_MIB.sha256


async def test_a_name_that_is_typed_is_the_name_of_the_file(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """A file name in the dialog goes before the one in the link."""
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path, name="flux.safetensors")
        await person.sees("flux.safetensors", "Done")
    assert sha256_of(tmp_path / "flux.safetensors") == ONE_MIB.sha256


async def test_a_format_that_can_run_programs_is_warned_of(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """Whoever adds a pickle is told what it can do, before it is here; a .safetensors needs no such words."""
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path)
        await person.sees("model.safetensors", "Done")
        assert person.notice() == ""
        await person.adds(misbehaving.url(), tmp_path, name="old.ckpt")
        await person.until(lambda: ".ckpt files can contain code" in person.notice(), "a warning")
        await person.sees("old.ckpt", "Done")


async def test_a_link_that_is_pasted_is_downloaded(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """Ctrl+V anywhere in the window and one click more is all it takes."""
    async with at_desk(store_path) as person:
        QGuiApplication.clipboard().setText(misbehaving.url())
        QTest.keyClick(person.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        dialog = await person.dialog(AddDialog)
        gestures.fill(dialog, "Folder", str(tmp_path))
        gestures.submit(dialog)
        await person.sees("model.safetensors", "Done")


async def test_links_that_are_dropped_are_added_together(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """Two links dropped together stand in one dialog, and both come."""
    misbehaving.add("/other.safetensors", Content(100_000, seed=1))
    links = (misbehaving.url(), misbehaving.url("/other.safetensors"))
    async with at_desk(store_path) as person:
        assert gestures.drop(person.window, gestures.mime(*links))
        dialog = await person.sees_link(links[0])
        assert [form.url for form in dialog.forms] == list(links)
        gestures.fill(dialog, "Folder", str(tmp_path))
        gestures.submit(dialog)
        await person.sees("model.safetensors", "Done")
        await person.sees("other.safetensors", "Done")


async def test_whoever_is_faster_than_the_disk_is_not_turned_away(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """A download that is added before the store is open is taken as soon as it is."""
    async with at_desk(store_path) as person:
        person.desk.window.window_actions.add.trigger()
        dialog = gestures.in_sight(person.window, AddDialog)
        gestures.fill(dialog, "Link", misbehaving.url())
        gestures.fill(dialog, "Folder", str(tmp_path))
        gestures.submit(dialog)  # the loop has not turned since the window opened
        await person.sees("model.safetensors", "Done")


async def test_adding_again_what_is_paused_resumes_it(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """The same link to the same place goes on where it stopped instead of standing in the list twice."""
    misbehaving.script(Answer(404))
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path)
        await person.sees("model.safetensors", "Failed")
        await person.adds(misbehaving.url(), tmp_path)
        await person.sees("model.safetensors", "Done")
        assert person.window.model.rowCount() == 1


async def test_a_token_in_a_link_is_used_and_shown_nowhere(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """The server gets the token; no cell, detail, tool tip, clipboard or file of ours does, even after a failure."""
    misbehaving.script(Answer(503), Answer(403))
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(f"/model.safetensors?download=true&token={SECRET}"), tmp_path)
        await person.sees("model.safetensors", "Failed")
        person.select("model.safetensors")
        assert person.fact("Link") == misbehaving.url("/model.safetensors?download=true")
        person.key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QGuiApplication.clipboard().text() == misbehaving.url("/model.safetensors?download=true")
        assert SECRET not in person.everything()
    assert all(SECRET in request.path for request in misbehaving.log)
    assert _files_with(SECRET, tmp_path) == []


def _files_with(secret: str, folder: Path) -> list[Path]:
    """Return the files under ``folder`` that hold ``secret``."""
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert written
    return [path for path in written if secret.encode() in path.read_bytes()]


async def test_a_link_that_the_desktop_hands_over_needs_one_click(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window that a link has opened offers it with the folder that the settings name; agreeing is all it takes."""
    monkeypatch.setenv("RECOVERY_DOWNLOAD_FOLDER", str(tmp_path / "models"))
    async with at_desk(store_path, asked_for=(f"comfyui-recovery:{misbehaving.url()}",)) as person:
        gestures.submit(await person.sees_link(misbehaving.url()))
        await person.sees("model.safetensors", "Done")
    assert sha256_of(tmp_path / "models" / "model.safetensors") == ONE_MIB.sha256
