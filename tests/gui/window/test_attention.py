"""Attention items from the bar to the finished file: each remedy with the real core and real servers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPushButton, QWidget

from launcher_gui.downloads.partial import install
from launcher_gui.monitor.hosts import HostAction
from launcher_gui.ui.attention.attention_bar import HEIGHT
from launcher_gui.ui.attention.fix_dialogs import ExternalStepDialog, InputDialog
from launcher_gui.ui.settings.settings_dialog import SettingsDialog
from tests.support.builders import keyrings
from tests.support.builders.files import KIB, MIB, ONE_MIB, Content, sha256_of
from tests.support.gui import gestures
from tests.support.gui.person import Person, at_desk
from tests.support.servers.behaviours import Answer, Drop, Serve
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.servers.sites import TOKEN, Civitai, Hub, Stored, Version

NAME = "model.safetensors"
KEPT = 600 * KIB
AT_HUB = "hf://black-forest/flux/model.safetensors"
PAGE = "https://huggingface.co/black-forest/flux"


class Browser(QObject):
    """Takes what the window hands to the desktop."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def browser() -> Iterator[Browser]:
    """The desktop's browser and file manager."""
    made = Browser()
    for scheme in ("http", "https", "file"):
        QDesktopServices.setUrlHandler(scheme, made, "open")  # type: ignore[arg-type]
    yield made
    for scheme in ("http", "https", "file"):
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
async def hub(misbehaving: MisbehavingServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hub]:
    """Hugging Face with two files that are given to those who accepted terms."""
    async with Hub(misbehaving) as site:
        monkeypatch.setenv("HF_ENDPOINT", site.origin)
        site.store("black-forest/flux", NAME, Stored(ONE_MIB, "/xet/1", gated=True, accepted=True))
        site.store("black-forest/flux", "ae.safetensors", Stored(Content(MIB, seed=2), "/xet/2"))
        yield site


async def stuck(person: Person, server: MisbehavingServer, folder: Path, status: int = 404, **more: str) -> None:
    """Add a download that stops for good after its first bytes."""
    server.script(Serve(Drop(KEPT)), Answer(status))
    await person.adds(server.url(), folder, **more)
    await person.sees(NAME, "Failed")
    await needs(person, NAME)


async def needs(person: Person, words: str) -> None:
    """Wait until the bar says ``words``."""
    await person.until(lambda: words in said(person), words)


def said(person: Person) -> str:
    """Return what the bar says; nothing if there is none."""
    bar = person.window.attention
    labels = [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]
    return f"{bar.fix.text()} | {' '.join(labels)}" if bar.isVisible() and bar.need is not None else ""


async def fixes(person: Person, kind: type[InputDialog] | type[ExternalStepDialog]) -> InputDialog | ExternalStepDialog:
    """Click the one fix and return the dialog that opens."""
    await clicks_fix(person)
    return await person.dialog(kind)


async def clicks_fix(person: Person) -> None:
    """Click the one fix once the bar has opened."""
    await person.until(lambda: person.window.attention.height() == HEIGHT, "the whole bar")
    gestures.click(person.window.attention.fix)


def agree(dialog: QWidget) -> None:
    """Click the button of ``dialog`` that goes on."""
    box = gestures.child(dialog, QDialogButtonBox)
    accept = (QDialogButtonBox.ButtonRole.AcceptRole,)
    gestures.click(next(button for button in box.buttons() if box.buttonRole(button) in accept))


async def types(person: Person, label: str, text: str) -> InputDialog:
    """Click the fix, type into the field ``label`` of its dialog, and go on."""
    dialog = await fixes(person, InputDialog)
    assert isinstance(dialog, InputDialog)
    gestures.fill(dialog, label, text)
    agree(dialog)
    return dialog


async def test_a_token_settles_all_that_wait_for_it(
    hub: Hub, store_path: Path, tmp_path: Path, browser: Browser
) -> None:
    """Two downloads of a site are one need; one token, kept in the keyring, lets both come."""
    with keyrings.using(ring := keyrings.MemoryKeyring()):
        async with at_desk(store_path) as person:
            await person.adds(AT_HUB, tmp_path / "models")
            await person.adds(AT_HUB.replace(NAME, "ae.safetensors"), tmp_path / "models")
            await needs(person, "2 downloads: black-forest/flux is gated: sign in")
            dialog = await fixes(person, InputDialog)
            for link in ("Get a token", "Open the model's page"):
                gestures.answer(dialog, link)
            assert browser.opened == ["https://huggingface.co/settings/tokens", PAGE]
            gestures.fill(dialog, "Token", TOKEN)
            assert TOKEN not in [label.text() for label in dialog.findChildren(QLabel)]
            agree(dialog)
            await person.sees(NAME, "Done")
            await person.sees("ae.safetensors", "Done")
            await person.until(lambda: not person.window.attention.isVisible(), "no bar")
            assert TOKEN not in person.everything()
    assert list(ring.kept.values()) == [TOKEN]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]  # noqa: ASYNC240
    assert not any(TOKEN.encode() in path.read_bytes() for path in files)


async def test_a_token_that_no_keyring_keeps_counts_for_this_run(hub: Hub, store_path: Path, tmp_path: Path) -> None:
    """Without a keyring the download comes all the same, and the person is told what that means."""
    async with at_desk(store_path) as person:
        await person.adds(AT_HUB, tmp_path / "models")
        await needs(person, "Enter a token")
        dialog = await types(person, "Token", "not a token")
        await person.until(lambda: "contains characters that a token cannot have" in dialog.problem, "a refusal")
        gestures.fill(dialog, "Token", TOKEN)
        agree(dialog)
        await person.sees(NAME, "Done")
        assert "until you quit" in person.notice()
        assert "no keyring found" in person.notice()


async def test_a_licence_is_accepted_in_the_browser(
    hub: Hub, store_path: Path, tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One click opens the model's page; the next says that it is accepted and tries again."""
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    hub.files["black-forest/flux", NAME].accepted = False
    async with at_desk(store_path) as person:
        await person.adds(AT_HUB, tmp_path / "models")
        await needs(person, "Open model page")
        dialog = await fixes(person, ExternalStepDialog)
        assert browser.opened == [PAGE]
        hub.files["black-forest/flux", NAME].accepted = True
        gestures.answer(dialog, "I've accepted it: retry")
        await person.sees(NAME, "Done")


async def test_another_folder_is_chosen(misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path) -> None:
    """Where the folder has gone the download goes on in another one, and a folder that is none is refused."""
    (tmp_path / "a file").write_text("")
    async with at_desk(store_path) as person:
        misbehaving.script(Serve(Drop(KEPT)), Answer(404))
        await person.adds(misbehaving.url(), tmp_path / "models")
        await person.sees(NAME, "Failed")
        (tmp_path / "models").rename(tmp_path / "unplugged")
        (tmp_path / "models").write_text("")
        person.select(NAME)
        person.press("Retry now")
        await needs(person, "Choose another folder")
        dialog = await types(person, "Folder", str(tmp_path / "a file"))
        await person.until(lambda: "is a file" in dialog.problem, "a refusal")
        gestures.fill(dialog, "Folder", str(tmp_path / "other"))
        agree(dialog)
        await person.sees(NAME, "Done")
    assert sha256_of(tmp_path / "other" / NAME) == ONE_MIB.sha256
    assert (tmp_path / "unplugged" / f"{NAME}.part").stat().st_size == KEPT


async def test_another_name_is_chosen(misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path) -> None:
    """What was fetched gets the name that is offered, and the file that was in the way stays."""
    async with at_desk(store_path) as person:
        await stuck(person, misbehaving, tmp_path)
        (tmp_path / NAME).write_bytes(b"mine")
        person.select(NAME)
        person.press("Retry now")
        await needs(person, "Choose another name")
        dialog = await fixes(person, InputDialog)
        agree(dialog)
        await person.sees("model-2.safetensors", "Done")
    assert (tmp_path / NAME).read_bytes() == b"mine"
    assert sha256_of(tmp_path / "model-2.safetensors") == ONE_MIB.sha256
    assert misbehaving.log[-1].header("range") == f"bytes={KEPT}-"


async def test_a_fresh_link_is_pasted(misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path) -> None:
    """A link that differs in its signature goes on where the old one stopped; nonsense is refused in the dialog."""
    async with at_desk(store_path) as person:
        await stuck(person, misbehaving, tmp_path)
        dialog = await types(person, "Link", "nonsense")
        await person.until(lambda: "is not a complete web address" in dialog.problem, "a refusal")
        gestures.fill(dialog, "Link", misbehaving.url(f"/{NAME}?signature=s3cr3tSig"))
        agree(dialog)
        await person.sees(NAME, "Done")
        assert "s3cr3tSig" not in person.everything()
    assert misbehaving.log[-1].header("range") == f"bytes={KEPT}-"


async def test_room_is_made(
    misbehaving: MisbehavingServer,
    store_path: Path,
    tmp_path: Path,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The folder opens, the dialog says what is needed and what is free, and trying again goes on."""
    monkeypatch.setattr(install, "free_space", lambda _folder: 1000)
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path)
        await needs(person, "Show folder")
        dialog = await fixes(person, ExternalStepDialog)
        assert browser.opened == [QUrl.fromLocalFile(str(tmp_path)).toString()]
        await person.until(
            lambda: any("Needed: 1.0 MB · Free now:" in label.text() for label in dialog.findChildren(QLabel)), "room"
        )
        monkeypatch.undo()
        gestures.answer(dialog, "Retry")
        await person.sees(NAME, "Done")


async def test_a_setting_is_mended(hub: Hub, store_path: Path, tmp_path: Path) -> None:
    """The settings open at the invalid one; a new value retries the download."""
    async with at_desk(store_path) as person:
        await person.desk._service.settings.change({"civitai_endpoint": "nonsense"}, "test")
        await person.adds("https://civitai.com/models/7?modelVersionId=42", tmp_path)
        await needs(person, "the setting civitai_endpoint")
        await clicks_fix(person)
        dialog = await person.dialog(SettingsDialog)
        assert [name for name, row in dialog.rows.items() if row.isVisible()] == ["civitai_endpoint"]
        async with Civitai(hub.network) as civitai:
            civitai.publish(42, Version(ONE_MIB, "/xet/1", NAME))
            gestures.fill(dialog, "Civitai address", civitai.origin)
            gestures.click(dialog.button(QDialogButtonBox.StandardButton.Ok))
            await person.sees(NAME, "Done")


async def test_needs_are_worked_through_one_by_one(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """Next, previous and later; what is put off stays so, also at the next start, until something new happens to it."""
    names = ["a.bin", "b.bin", "c.bin"]
    async with at_desk(store_path) as person:
        for name in names:
            misbehaving.script(Answer(404))
            await person.adds(misbehaving.url(), tmp_path, name=name)
            await person.sees(name, "Failed")
        bar = person.window.attention
        await person.until(lambda: bar.position == "1 of 3" and bar.height() == HEIGHT, "three")
        top = person.window.workspace.y()
        QTest.keyClick(person.window, Qt.Key.Key_F8)
        assert bar.fix.hasFocus()
        QTest.keyClick(person.window, Qt.Key.Key_F8)
        assert bar.position == "2 of 3"
        gestures.click(bar.previous)
        gestures.click(bar.later)
        assert bar.position == "1 of 2"
        assert said(person).startswith("Change link | 1 of 2") or "b.bin" in said(person)
        assert person.window.workspace.y() == top
        gestures.click(bar.later)
        gestures.click(bar.later)
        await person.until(lambda: not bar.isVisible(), "no bar")
    async with at_desk(store_path) as person:
        await person.sees("a.bin", "Failed")
        assert person.window.attention.need is None
        misbehaving.script(Answer(404))
        person.select("b.bin")
        person.press("Retry now")
        await needs(person, "b.bin")
        assert person.window.attention.position == "1 of 1"


async def test_the_same_fix_is_in_the_details_and_in_the_menu(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """Whoever looks at a failed download need not look for the bar."""
    async with at_desk(store_path) as person:
        await stuck(person, misbehaving, tmp_path)
        person.select(NAME)
        assert person.window.details.fix.text() == "Change link"
        gestures.click(person.window.details.fix)
        (await person.dialog(InputDialog)).reject()
        row = person.row(NAME)
        assert row is not None
        gestures.choose(gestures.open_context_menu(person.window, row), "Change link")
        (await person.dialog(InputDialog)).reject()


async def test_a_host_is_let_go(misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path) -> None:
    """A download that waits for a paused host says so, and one click resumes both."""
    async with at_desk(store_path) as person:
        scope = misbehaving.url().split("/")[2]
        await person.desk._change_host(HostAction.ISOLATE, scope)
        await person.adds(misbehaving.url(), tmp_path)
        await needs(person, f"You paused {scope}")
        await clicks_fix(person)
        await person.sees(NAME, "Done")


async def test_interrupted_work_is_offered_where_nothing_resumes_it(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With resuming at start switched off, what was interrupted is one click away."""
    monkeypatch.setenv("RECOVERY_AUTO_RESUME", "false")
    misbehaving.script(then=Serve(rate=200 * KIB))
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path)
        await person.sees(NAME, "Downloading")
    misbehaving.script(then=Serve())
    async with at_desk(store_path) as person:
        await needs(person, f"{NAME} was interrupted")
        await clicks_fix(person)
        await person.sees(NAME, "Done")


async def test_everything_can_be_named(misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path) -> None:
    """A screen reader hears what each button of the bar is for."""
    async with at_desk(store_path) as person:
        await stuck(person, misbehaving, tmp_path)
        bar = person.window.attention
        assert NAME in bar.fix.accessibleName()
        assert NAME in bar.accessibleDescription()
        buttons = [bar.previous, bar.next, *bar.findChildren(QPushButton)]
        assert all(button.accessibleName() or button.text() for button in buttons)
