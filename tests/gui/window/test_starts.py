"""A second start on the same store: it hands over what it was asked for, to a window that answers."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from multiprocessing.connection import Client
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.desktop import single_instance
from launcher_gui.desktop.single_instance import Instance, NoAnswerError, arrive, place_of, read_message
from launcher_gui.ui.add.add_dialog import AddDialog
from tests.support.gui import gestures
from tests.support.gui.person import Person, at_desk
from tests.support.store.program import Program, ended, kill, wait_until

LINK, OTHER = "https://example.org/a.safetensors", "https://example.org/b.safetensors"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the folder of the session is made as POSIX has it")


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A session's folder of its own, which every start of the test knows."""
    # A socket's path has to be short; that of a test's usual folder is not. Its name is nobody else's, nor can be told.
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


@pytest.fixture
def first(store_path: Path) -> Iterator[Instance]:
    """What the window of this process holds."""
    instance = arrive(str(store_path), None)
    assert instance is not None
    yield instance
    instance.close()


async def _second(person: Person, store: Path, *arguments: str) -> tuple[int, str]:
    """Start the program once more, wait until it has ended, and return its status and what it said."""
    process = Program(store, {}).start(*arguments)
    try:
        await person.until(lambda: process.poll() is not None, "the end of the second start", within=30)
    finally:
        process.kill()  # one that has become a window itself must not outlive the test
        answer = ended(process)
    return answer.status, answer.out + answer.err


async def test_a_second_start_hands_its_links_over(store_path: Path, first: Instance) -> None:
    """They stand in the dialog of the window that is open, the second process ends well, and says so in one line."""
    async with at_desk(store_path, instance=first) as person:
        status, said = await _second(person, store_path, "open", f"comfyui-recovery:{LINK}", OTHER)
        assert (status, said) == (0, "comfyui-recovery: The window is open already; it asks for 2 links.\n")
        dialog = await person.sees_link(LINK)
        assert [form.url for form in dialog.forms] == [LINK, OTHER]
        status, said = await _second(person, store_path, "open", "https://example.org/c.safetensors")
        assert status == 0
        assert len(dialog.forms) == 3
        dialog.reject()


async def test_a_start_without_links_brings_the_window_to_the_front(store_path: Path, first: Instance) -> None:
    """However small it was; and what asks for a link gets an empty dialog."""
    async with at_desk(store_path, instance=first) as person:
        person.window.showMinimized()
        assert await _second(person, store_path) == (0, "comfyui-recovery: The window is open already.\n")
        assert not person.window.isMinimized()
        assert person.window.isActiveWindow()
        assert not person.adding()
        status, _ = await _second(person, store_path, "open", "--add")
        assert status == 0
        assert gestures.in_sight(person.window, AddDialog).form.url == ""
        gestures.in_sight(person.window, AddDialog).reject()


async def test_what_no_start_of_ours_says_is_refused(store_path: Path, first: Instance) -> None:
    """Nonsense and more than a message may be opens nothing, and the next start is served all the same."""
    place = place_of(str(store_path))
    assert place is not None
    async with at_desk(store_path, instance=first) as person:
        for nonsense in (b"", b"nonsense", b'{"links": "https://example.org"}', b'{"links": ["a\\nb"]}', b"[" * 9_000):
            with Client(place.address) as connection:
                connection.send_bytes(nonsense)
                await person.until(connection.poll, "an answer")
                assert connection.recv_bytes(16) == b"refused"
        with Client(place.address) as connection:
            with contextlib.suppress(OSError):  # it may have gone before it has heard all
                connection.send_bytes(b" " * (single_instance.MESSAGE_LIMIT + 1))
            await person.until(connection.poll, "the end")
        status, _ = await _second(person, store_path, "open", LINK)
        assert status == 0
        (await person.sees_link(LINK)).reject()


def _window(store: Path) -> subprocess.Popen[str]:
    """Start a window on ``store`` and return its process once later starts can find it."""
    process = Program(store, {}).start()
    place = place_of(str(store))
    assert place is not None
    wait_until(Path(place.address).exists)
    return process


def test_two_stores_have_two_windows(store_path: Path, tmp_path: Path) -> None:
    """A start on another store is none of the first one's business."""
    one, two = _window(store_path), _window(tmp_path / "other.sqlite3")
    try:
        assert (one.poll(), two.poll()) == (None, None)
    finally:
        kill(one)
        kill(two)


def test_a_window_that_was_killed_is_in_nobodys_way(store_path: Path) -> None:
    """Its socket is still there; the next start is the window all the same, and ends in order."""
    kill(_window(store_path))
    place = place_of(str(store_path))
    assert place is not None
    again = Program(store_path, {}).start()
    try:
        wait_until(lambda: place.lock.read_text(encoding="ascii") == str(again.pid))
        assert Program(store_path, {}).run("open", LINK).status == 0
    finally:
        again.send_signal(signal.SIGTERM)
        answer = ended(again)
    assert (answer.status, answer.out) == (0, "")


def test_a_window_that_hangs_is_said_to(store_path: Path) -> None:
    """A process that is stopped takes the call and answers nothing: one line says which, and what can be done."""
    window = _window(store_path)
    window.send_signal(signal.SIGSTOP)
    try:
        answer = Program(store_path, {}).run("open", LINK, within=20)
    finally:
        kill(window)
    assert (answer.status, answer.out) == (1, "")
    (line,) = answer.err.splitlines()
    assert f"(process {window.pid}) does not answer, so nothing was handed over" in line


def test_a_loop_that_is_stuck_counts_as_hanging(store_path: Path, first: Instance) -> None:
    """That a thread takes the call is not enough, and what was told as not handed over is never asked for later."""
    calls: list[Callable[[], None]] = []
    heard: list[object] = []
    first.listen(calls.append, heard.append)
    with pytest.raises(NoAnswerError):
        arrive(str(store_path), (LINK,), patience_s=0.2)
    first.hush()
    (call,) = calls
    call()
    assert heard == []


def test_a_window_that_ends_is_waited_for(store_path: Path, first: Instance) -> None:
    """A start that comes while the last one saves becomes the window when that is done."""
    first.listen(lambda call: call(), lambda _asked: None)
    first.hush()
    with pytest.raises(NoAnswerError):
        arrive(str(store_path), None, starting_s=0.1)
    first.close()
    again = arrive(str(store_path), None, starting_s=0.1)
    assert again is not None
    again.close()


def test_nobody_else_can_listen_or_ask(store_path: Path, first: Instance, session: Path) -> None:
    """Lock and socket are the user's own; a folder that others may enter is not used."""
    first.listen(lambda call: call(), lambda _asked: None)
    assert {path.stat().st_mode & 0o077 for path in session.iterdir()} == {0}
    first.hush()
    session.chmod(0o755)
    place = place_of(str(store_path))
    session.chmod(0o700)
    assert place is None or place.lock.parent != session


def test_a_folder_without_locks_keeps_no_window_from_opening(store_path: Path) -> None:
    """Where it cannot be told whether a window is open, one opens."""
    place = place_of(str(store_path))
    assert place is not None
    place.lock.mkdir()
    alone = arrive(str(store_path), None)
    assert alone is not None
    alone.listen(lambda call: call(), lambda _asked: None)
    alone.close()


def test_a_link_to_the_store_leads_to_the_same_window(store_path: Path, tmp_path: Path) -> None:
    """One file under two names is one store."""
    store_path.parent.mkdir()
    (tmp_path / "link").symlink_to(store_path.parent)
    assert place_of(str(store_path)) == place_of(str(tmp_path / "link" / store_path.name))
    assert place_of(str(store_path)) != place_of(str(tmp_path / "other.sqlite3"))
    assert place_of(":memory:") is None


@given(st.binary(max_size=200))
def test_no_message_breaks_the_reading(data: bytes) -> None:
    """Whatever comes is links, or refused."""
    try:
        asked = read_message(data)
    except (ValueError, KeyError, RecursionError):
        return
    assert asked is None or all(isinstance(link, str) for link in asked)
