"""Adds that are refused: each is said beside the field that is to blame, and what was typed stays to be mended."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QLabel

from launcher_gui.ui.add.add_dialog import AddDialog
from tests.support.builders.files import KIB
from tests.support.gui import gestures
from tests.support.gui.person import at_desk
from tests.support.servers.behaviours import Serve, Stall
from tests.support.servers.misbehaving import MisbehavingServer

LINK = "https://example.org/model.safetensors"


def _complaint(dialog: AddDialog) -> str:
    return " ".join(x.text() for x in dialog.findChildren(QLabel) if x.property("tone") == "bad" and x.isVisible())


@pytest.mark.parametrize(
    ("label", "typed", "words"),
    [
        ("Link", "model.safetensors", "is not a complete web address"),
        ("Link", "ftp://example.org/model.safetensors", "ftp:, which is not supported"),
        ("Link", "https:///model.safetensors", "has no host"),
        ("Folder", "  ", "is empty"),
        ("File name", "../model.safetensors", "The file name"),
        ("SHA-256", "64a55f76", "is not 64 hexadecimal digits"),
    ],
)
async def test_what_cannot_be_meant_is_said_while_it_is_typed(
    store_path: Path, label: str, typed: str, words: str
) -> None:
    """Invalid input cannot be submitted, and the field says why and what is allowed."""
    async with at_desk(store_path) as person:
        person.press("Add…")
        dialog = await person.dialog(AddDialog)
        for name, text in {"Link": LINK, "Folder": "/models", label: typed}.items():
            gestures.fill(dialog, name, text)
        assert words in _complaint(dialog)
        assert not gestures.child(dialog, QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).isEnabled()
        dialog.reject()
        assert person.window.model.rowCount() == 0


async def test_a_folder_that_is_a_file_is_refused(store_path: Path, tmp_path: Path) -> None:
    """A file where the folder should be is said beside the folder."""
    (tmp_path / "models").touch()
    async with at_desk(store_path) as person:
        dialog = await person.fills_in(LINK, tmp_path / "models")
        field, words = await person.refusal(dialog)
        dialog.reject()
    assert field == "Folder"
    assert words == f"{tmp_path / 'models'} is a file, not a folder. Choose another folder or fix this one."


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder that takes no files, not even the superuser's."""
    folder = tmp_path / "read-only"
    folder.mkdir()
    if os.geteuid() != 0:
        folder.chmod(0o500)
        yield folder
        folder.chmod(0o700)
        return
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if mount is None or umount is None:
        pytest.skip("nothing here is read-only to the superuser")
    for options in (["--bind", str(folder), str(folder)], ["-o", "remount,bind,ro", str(folder)]):
        if subprocess.run([mount, *options], check=False, capture_output=True).returncode != 0:
            subprocess.run([umount, str(folder)], check=False, capture_output=True)
            pytest.skip("the superuser may not mount here, and nothing else is read-only to it")
    yield folder
    subprocess.run([umount, str(folder)], check=True)


async def test_a_read_only_folder_is_refused(store_path: Path, read_only: Path) -> None:
    """A folder that takes no files is said beside the folder, before a byte is asked for."""
    async with at_desk(store_path) as person:
        dialog = await person.fills_in(LINK, read_only)
        field, words = await person.refusal(dialog)
        dialog.reject()
    assert field == "Folder"
    assert "is read-only" in words or "no permission" in words


async def test_a_destination_that_exists_is_refused(store_path: Path, tmp_path: Path) -> None:
    """A file that is there already is said beside the name, with the way out, and stays as it is."""
    (tmp_path / "model.safetensors").write_text("mine")
    async with at_desk(store_path) as person:
        dialog = await person.fills_in(LINK, tmp_path)
        field, words = await person.refusal(dialog)
        dialog.reject()
    assert field == "File name (optional)"
    assert words == (f"model.safetensors already exists in {tmp_path}. Choose another name, or move the existing file.")
    assert (tmp_path / "model.safetensors").read_text() == "mine"


async def test_two_downloads_to_one_destination_are_refused(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """A second link to the place of an unfinished download is said beside the name, and mending it is enough."""
    misbehaving.script(then=Serve(ending=Stall(16 * KIB)))
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path)
        dialog = await person.fills_in(misbehaving.url("/other/model.safetensors"), tmp_path)
        field, words = await person.refusal(dialog)
        assert field == "File name (optional)"
        assert words.startswith("Another download is already saving to")
        gestures.fill(dialog, "File name", "other.safetensors")
        gestures.submit(dialog)
        await person.until(lambda: person.row("other.safetensors") is not None)
