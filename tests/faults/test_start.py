"""A program that cannot start prints one line and exits with an error status."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.store.program import ROOT, Ended, Program, ended, kill, wait_until

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="displays and libraries are found as Linux does")


def _start(folder: Path, *arguments: str, **changes: str | None) -> Ended:
    """Run the program in ``folder`` in this environment with ``changes``; ``None`` takes a variable away."""
    unwanted = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "RECOVERY_STORE"}
    environment = {name: value for name, value in os.environ.items() if name not in unwanted}
    environment |= {name: value for name, value in changes.items() if value is not None}
    command = [sys.executable, "main.py", *arguments]
    return ended(
        subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
    )


def _told(answer: Ended, status: int = 1) -> str:
    """Return the only line that the program printed."""
    assert answer.status == status, answer.err
    assert answer.out == ""
    (line,) = answer.err.splitlines()
    assert line.startswith("comfyui-recovery: ")
    return line


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the program, as after a move or a partial installation."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    shutil.copy(ROOT / "main.py", folder)
    for part in ("launcher_gui", "resources"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@LINUX
def test_no_display_is_told() -> None:
    """Without a display the message says where to start the program and which commands need no window."""
    line = _told(_start(ROOT))
    assert "There is no display" in line
    assert "'get URL' downloads without a window" in line


@LINUX
@pytest.mark.parametrize(
    "display", [{"DISPLAY": ":4242"}, {"WAYLAND_DISPLAY": "wayland-4242"}, {"QT_QPA_PLATFORM": "unheard-of"}]
)
def test_display_that_does_not_answer_is_told(display: dict[str, str], tmp_path: Path) -> None:
    """The message names an unresponsive display instead of Qt's abort."""
    (asked,) = (f"{name}={value}" for name, value in display.items())
    # Every session has that folder; without it Wayland's own library would print a line.
    answer = _start(ROOT, **display, XDG_RUNTIME_DIR=str(tmp_path))
    assert f"The display does not answer ({asked})" in _told(answer)


def test_moved_program_starts(copy: Path) -> None:
    """The program runs from any folder."""
    assert _start(copy, "--version").status == 0


@pytest.mark.parametrize(
    ("lost", "arguments"),
    [
        ("cli/handlers.py", ["list"]),
        ("cli/parser.py", []),
        ("recovery/operation.py", ["list"]),
        ("ui/main_window/main_window.py", []),
    ],
)
def test_half_installed_program_is_told(copy: Path, lost: str, arguments: list[str]) -> None:
    """The message names the missing module and says that reinstalling keeps the data."""
    (copy / "launcher_gui" / lost).unlink()
    line = _told(_start(copy, *arguments, QT_QPA_PLATFORM="offscreen"))
    module = "launcher_gui." + lost.removesuffix(".py").replace("/", ".")
    assert f"{module} is missing" in line
    assert "Install the program again" in line


def test_missing_pictures_are_told(copy: Path) -> None:
    """Without its icons the window is not opened."""
    shutil.rmtree(copy / "resources" / "icons")
    assert "the icons are not in" in _told(_start(copy, QT_QPA_PLATFORM="offscreen"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "libEGL.so.1: cannot open shared object file: No such file or directory",
            "The system library libEGL.so.1 is missing",
        ),
        ("QtGui.abi3.so: file too short", "Part of the program cannot be loaded (QtGui.abi3.so: file too short)"),
    ],
)
def test_what_the_loader_cannot_load_is_told(copy: Path, words: str, told: str) -> None:
    """A loader error becomes a message with the remedy; commands still work."""
    (copy / "PySide6").mkdir()
    (copy / "PySide6" / "__init__.py").write_text(f"raise ImportError({words!r})\n", encoding="utf-8")
    assert told in _told(_start(copy, QT_QPA_PLATFORM="offscreen"))
    assert _start(copy, "list", RECOVERY_STORE=str(copy / "store.sqlite3")).status == 0


@LINUX
def test_read_only_home_is_told_by_commands() -> None:
    """If the store cannot be created, a command says how to choose another place."""
    line = _told(_start(ROOT, "list", HOME="/sys", XDG_DATA_HOME=None))  # not even root can create a folder there
    assert "/sys/.local/share/comfyui-recovery/recovery.sqlite3 cannot be opened" in line
    assert "--store or RECOVERY_STORE" in line


def test_window_opens_with_what_it_was_asked_for(tmp_path: Path) -> None:
    """A link from the desktop opens the window, which runs until it is closed."""
    store = tmp_path / "store.sqlite3"
    process = Program(store, {}).start("open", "comfyui-recovery:https://example.org/a.safetensors")
    try:
        wait_until(store.exists)
        assert process.poll() is None
    finally:
        kill(process)
