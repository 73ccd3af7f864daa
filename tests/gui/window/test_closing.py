"""Starting and closing: what runs is checkpointed and goes on, and a store that cannot be used is said to be so."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from launcher_gui.downloads.service import DownloadService
from launcher_gui.models.attempt_table import AttemptColumn
from launcher_gui.ui.common.dialogs import QuitQuestion
from tests.support.builders.files import MIB, Content, sha256_of
from tests.support.gui import gestures
from tests.support.gui.person import Person, at_desk
from tests.support.servers.behaviours import Serve, Stall
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.store.program import Program, ended, size, wait_until

NAME = "model.safetensors"
MODEL = Content(4 * MIB)
HALF = 2 * MIB
AUTO_RESUME = "Resume interrupted downloads at start"


async def _half_way(person: Person, server: MisbehavingServer, folder: Path) -> None:
    """Add a download that comes half way and then neither goes on nor fails; the next attempt comes through."""
    server.script(Serve(ending=Stall(HALF), content=MODEL), then=Serve(content=MODEL))
    await person.adds(server.url(), folder, sha256=MODEL.sha256)
    await person.until(lambda: person.row(NAME) is not None and size(folder / f"{NAME}.part") == HALF, "half of it")


def _left(store: Path) -> tuple[str, int]:
    """Return the state of the one operation in a store that nobody has open, and how far it is."""
    (operation,) = Program(store, {}).operations()
    return operation["state"], operation["bytes_done"]


async def test_closing_with_work_asks_and_stay_stays(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """The question says what runs; Stay and Escape leave everything as it is."""
    async with at_desk(store_path) as person:
        await _half_way(person, misbehaving, tmp_path)
        person.window.close()
        question = await person.dialog(QuitQuestion)
        assert question.text() == "1 download is running."
        gestures.answer(question, "Don't quit")
        person.key(Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
        question = await person.dialog(QuitQuestion)
        question.reject()
        await person.sees(NAME, "Downloading")
        assert not person.ended.done()


async def test_quitting_checkpoints_and_the_next_start_goes_on(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """What runs is put down as interrupted with all that has come, and goes on by itself at the next start."""
    async with at_desk(store_path) as person:
        await _half_way(person, misbehaving, tmp_path)
        await person.quits()
    assert _left(store_path) == ("interrupted", HALF)
    async with at_desk(store_path) as person:
        await person.sees(NAME, "Done")
        person.select(NAME)
        assert person.attempts(AttemptColumn.OUTCOME) == ["Interrupted", "Succeeded"]
    assert misbehaving.log[1].header("Range") == f"bytes={HALF}-"
    assert sha256_of(tmp_path / NAME) == MODEL.sha256


async def test_closing_without_work_does_not_ask(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """Nothing runs, so the window closes at once."""
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path)
        await person.sees(NAME, "Done")
        person.window.close()
        await asyncio.wait_for(person.ended, 10)


async def test_the_clearing_up_after_a_download_is_no_work_to_ask_about(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the list shows as completed is not said to run, however long the last of it takes."""
    cleared = asyncio.Event()

    async def clearing(_service: DownloadService, _result: object) -> None:
        await cleared.wait()

    monkeypatch.setattr(DownloadService, "_installed", clearing)
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path)
        await person.sees(NAME, "Done")
        person.window.close()
        assert not person.asked_to_quit()
        cleared.set()
        await asyncio.wait_for(person.ended, 10)


async def test_auto_resume_can_be_switched_off_and_stays_off(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """Switched off in the menu, the next start leaves interrupted work alone; switched on, the one after goes on."""
    async with at_desk(store_path) as person:
        await person.until(person.window.window_actions.auto_resume.isEnabled, "the setting")
        assert person.window.window_actions.auto_resume.isChecked()
        gestures.choose(gestures.open_menu(person.window, "File"), AUTO_RESUME)
        await _half_way(person, misbehaving, tmp_path)
        person.window.close()
        question = await person.dialog(QuitQuestion)
        assert question.informativeText() == "Progress is saved. Use Resume to continue."
        await person.quits()
    async with at_desk(store_path) as person:
        await person.sees(NAME, "Interrupted")
        assert not person.window.window_actions.auto_resume.isChecked()
        gestures.choose(gestures.open_menu(person.window, "File"), AUTO_RESUME)
    async with at_desk(store_path) as person:
        await person.sees(NAME, "Done")
        assert person.window.window_actions.auto_resume.isChecked()


async def test_a_setting_that_the_environment_holds_says_so(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tick goes back to what counts, and the window says why."""
    monkeypatch.setenv("RECOVERY_AUTO_RESUME", "true")
    async with at_desk(store_path) as person:
        await person.until(person.window.window_actions.auto_resume.isEnabled, "the setting")
        gestures.choose(gestures.open_menu(person.window, "File"), AUTO_RESUME)
        await person.until(lambda: "RECOVERY_AUTO_RESUME" in person.notice())
        assert person.window.window_actions.auto_resume.isChecked()


async def test_sigterm_closes_with_a_checkpoint_and_without_a_question(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """A system that shuts down gets an orderly end."""
    async with at_desk(store_path) as person:
        await _half_way(person, misbehaving, tmp_path)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(person.ended, 10)
    assert _left(store_path) == ("interrupted", HALF)
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


@pytest.fixture(params=["not a database", "from a newer version"])
def unusable(request: pytest.FixtureRequest, store_path: Path) -> tuple[Path, str]:
    """A file that is no store of ours, and what is to be said about it."""
    store_path.parent.mkdir()
    if request.param == "not a database":
        store_path.write_bytes(b"somebody's holiday pictures" * 1000)
        return store_path, "The store is not a database. Move the file away, or choose another one"
    Program(store_path, {}).operations()
    with sqlite3.connect(store_path) as db:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        db.execute(f"PRAGMA user_version = {version + 1}")
    db.close()
    return store_path, "The store"


async def test_a_store_that_cannot_be_used_is_said_and_left_alone(unusable: tuple[Path, str], tmp_path: Path) -> None:
    """The window opens, says what is wrong and what to do, refuses to add for that reason, and changes nothing."""
    store, words = unusable
    before = store.read_bytes()
    async with at_desk(store) as person:
        await person.until(lambda: person.notice() != "", "what is wrong")
        assert person.notice().startswith(words)
        assert str(store) in person.notice()
        dialog = await person.fills_in("https://example.org/model.safetensors", tmp_path / "models")
        field, refusal = await person.refusal(dialog)
        assert field == ""
        assert words.removeprefix("The store ") in refusal
        dialog.reject()
        person.window.close()
        await asyncio.wait_for(person.ended, 10)
    assert store.read_bytes() == before
    assert not (tmp_path / "models").exists()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="there is no telling when a handler is in place")
def test_sigterm_is_heard_while_nothing_happens(store_path: Path) -> None:
    """Even a window without a store, in which nothing ever moves, ends when the system asks."""
    store_path.parent.mkdir()
    store_path.write_bytes(b"no store" * 1000)
    process = Program(store_path, {}).start()
    wait_until(lambda: _catches(process.pid, signal.SIGTERM))
    process.terminate()
    assert ended(process, within=10).status == 0


def _catches(pid: int, number: signal.Signals) -> bool:
    """Return whether a process has a handler for a signal (proc(5): SigCgt)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    caught = next(int(line.split()[1], 16) for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(caught >> (number - 1) & 1)
