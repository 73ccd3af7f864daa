"""Tokens from a terminal, as real processes with a keyring of their own."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.support.builders import keyrings
from tests.support.store.program import ROOT, Ended, Program

TOKEN = "hf_aToken_0123456789"


@pytest.fixture
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a keyring that all processes of the test share."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.support.builders.keyrings.FileKeyring")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv(keyrings.FILE_VARIABLE, str(tmp_path / "ring.json"))
    return tmp_path / "ring.json"


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program on a store of its own."""
    return Program(tmp_path / "data" / "store.sqlite3", {})


def typed(program: Program, text: str, *arguments: str) -> Ended:
    """Run it with ``text`` on its standard input."""
    done = subprocess.run(
        [sys.executable, "main.py", *arguments],
        cwd=ROOT,
        env=program._environment(),
        input=text,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def test_a_token_is_set_listed_and_removed(ring: Path, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token goes from stdin to the keyring, and the list shows its origin, never its value."""
    kept = typed(program, f"{TOKEN}\n", "token", "set", "hf")
    assert kept == Ended(0, "huggingface.co: from the system's keyring\n", "")
    assert TOKEN in ring.read_text()
    listed = program.run("token", "list")
    assert listed.out == (
        "huggingface.co: from the system's keyring\n"
        "civitai.com: no token\nmodelscope.cn: no token\ngithub.com: no token\n"
    )
    monkeypatch.setenv("HF_TOKEN", "hf_fromTheEnvironment")
    listed = program.run("token", "list", "--json")
    assert [each["from"] for each in listed.objects] == ["environment", "none", "none", "none"]
    assert "hf_" not in listed.out
    monkeypatch.delenv("HF_TOKEN")
    assert program.run("token", "remove", "huggingface.co").out == "huggingface.co: no token\n"
    assert TOKEN not in ring.read_text()
    assert not [
        path for path in program.store.parent.iterdir() if path.is_file() and TOKEN.encode() in path.read_bytes()
    ]


def test_without_a_keyring_it_says_what_to_do(program: Program) -> None:
    """Without a keyring the command fails with the remedy."""
    refused = typed(program, TOKEN, "token", "set", "civitai")
    assert (refused.status, refused.out) == (1, "")
    assert refused.err == (
        "The token for Civitai was not saved: no keyring found. Set CIVITAI_API_KEY in the environment instead.\n"
    )
    assert "no keyring found" in program.run("token", "list").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("set", "example.org"),
            "is not a site with tokens. Use one of huggingface.co, civitai.com, modelscope.cn, github.com.",
        ),
        (("set",), "SITE '' is not a site with tokens."),
        (("set", "hf"), "token '' is empty. Copy it from https://huggingface.co/settings/tokens."),
    ],
)
def test_invalid_input_is_refused(program: Program, arguments: tuple[str, ...], words: str) -> None:
    """An unknown site and an empty token are usage errors."""
    refused = typed(program, "", "token", *arguments)
    assert refused.status == 2
    assert words in refused.err


class Terminal:
    """A pseudo-terminal that runs the program.

    Args:
        program: The program.
        arguments: What follows its name.
    """

    def __init__(self, program: Program, *arguments: str) -> None:
        self.screen = ""
        self._pid, self._fd = pty.fork()
        if not self._pid:
            os.chdir(ROOT)
            os.execve(sys.executable, [sys.executable, "main.py", *arguments], program._environment())  # noqa: S606

    @property
    def echoes(self) -> bool:
        """Return whether typed text is shown."""
        return bool(termios.tcgetattr(self._fd)[3] & termios.ECHO)

    def until(self, words: str) -> None:
        """Read until ``words`` are on the screen."""
        while words not in self.screen:
            self.screen += os.read(self._fd, 4096).decode()

    def type(self, keys: str) -> None:
        """Press ``keys``."""
        os.write(self._fd, keys.encode())

    def ended(self) -> int:
        """Read until the program ends, and return its status."""
        with contextlib.suppress(OSError):  # which is how Linux tells the end
            while data := os.read(self._fd, 4096):
                self.screen += data.decode()
        _, status = os.waitpid(self._pid, 0)
        return os.waitstatus_to_exitcode(status)


def test_what_is_typed_is_not_shown(ring: Path, program: Program) -> None:
    """The prompt says where to get a token and hides the input."""
    terminal = Terminal(program, "token", "set", "hf")
    terminal.until("Token for Hugging Face, from https://huggingface.co/settings/tokens: ")
    assert not terminal.echoes
    terminal.type(f"{TOKEN}\n")
    assert terminal.ended() == 0
    assert TOKEN not in terminal.screen
    assert TOKEN in ring.read_text()


def test_a_person_may_give_up(ring: Path, program: Program) -> None:
    """Ctrl-C at the prompt ends the program, saves nothing, and restores the terminal."""
    terminal = Terminal(program, "token", "set", "hf")
    terminal.until("settings/tokens: ")
    terminal.type("half a tok\x03")
    terminal.until("Interrupted.")
    assert terminal.echoes
    assert terminal.ended() == 130
    assert not ring.exists()
