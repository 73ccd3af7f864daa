"""What a person does with the installed program, whatever it was installed from."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from smoketest.root import HOME, USER, Ended, Root, SmokeError, holds
from smoketest.server import SHA256, SIZE, Server

FORMAT_1 = Path(__file__).resolve().parents[2] / "tests" / "store" / "format-1.sql"
DISPLAY = ":97"
STORE = f"{HOME}/.local/share/comfyui-recovery/recovery.sqlite3"
_PATIENCE_S = 120.0


@dataclass(frozen=True)
class Story:
    """A person in ``root`` with the program ``program`` and a server of models.

    Attributes:
        root: Where it is installed.
        program: What is typed to start it.
        server: Where the models come from.
    """

    root: Root
    program: str
    server: Server

    def tells_version(self, version: str) -> None:
        """It starts and says which one it is."""
        answer = self.root.run(self.program, "--version")
        holds(answer.out.strip() == f"comfyui-recovery {version}", f"--version: {answer}")

    def downloads_in_a_terminal(self) -> None:
        """A download that is killed goes on with the same command, and the file is the right one."""
        command = (self.program, "get", self.server.url("terminal.bin"), "--to", f"{HOME}/models", "--sha256", SHA256)
        process = self.root.start(*command)
        self._until(lambda: self._arrived("terminal.bin", "models") > SIZE // 4, "a quarter of the file", process)
        process.kill()
        process.communicate()
        holds(not self.root.place(f"{HOME}/models/terminal.bin").exists(), "a killed download has its name already")
        answer = self.root.run(*command)
        holds(answer.status == 0, f"the second get: {answer}")
        self._is_right("terminal.bin", "models")

    def downloads_in_the_window(self) -> None:
        """A link opens the window, Enter agrees, the killed window's next start goes on, and the file is right."""
        with self.screen():
            process = self.opens("open", f"comfyui-recovery:{self.server.url('window.bin')}")
            self.presses_enter_in("Add download")
            self._until(lambda: self._arrived("window.bin", "") > SIZE // 4, "a quarter of the file", process)
            process.kill()
            process.communicate()
            again = self.opens()
            self._until(lambda: self._state("window.bin") == "completed", "the download to complete", again)
            again.terminate()
            _, err = again.communicate(timeout=60)
            holds(again.returncode == 0, f"the window ended with {again.returncode}: {err}")
        self._is_right("window.bin", "")

    def keeps_a_download_through(self, update: Callable[[], None]) -> None:
        """What runs while the program is updated goes on, or resumes at the next start, with nothing lost."""
        with self.screen():
            process = self.opens("open", f"comfyui-recovery:{self.server.url('update.bin')}")
            self.presses_enter_in("Add download")
            self._until(lambda: self._arrived("update.bin", "") > SIZE // 8, "an eighth of the file", process)
            before = len(self._listed())
            update()
            process.terminate()
            process.communicate(timeout=60)
            again = self.opens()
            self._until(lambda: self._state("update.bin") == "completed", "the download to complete", again)
            again.terminate()
            again.communicate(timeout=60)
        holds(len(self._listed()) == before, "downloads were lost in the update")
        self._is_right("update.bin", "", resumed=False)

    def takes_over_an_older_store(self) -> None:
        """A store of the first format is brought up to date, and a copy of it as it was is kept."""
        folder = self.root.place(f"{HOME}/older")
        folder.mkdir()
        with contextlib.closing(sqlite3.connect(folder / "recovery.sqlite3")) as db:
            db.executescript(FORMAT_1.read_text(encoding="utf-8"))
        self.root.run("chown", "-R", USER, f"{HOME}/older", user="root")
        answer = self.root.run(self.program, "--store", f"{HOME}/older/recovery.sqlite3", "list", "--json")
        holds(answer.status == 0 and len(answer.out.splitlines()) == 1, f"the older store: {answer}")
        kept = folder / "recovery.sqlite3.format-1"
        holds(kept.exists(), f"no copy of the older store among {list(folder.iterdir())}")

    def says_what_is_wrong(self) -> None:
        """No display, a display that is not there, a home that cannot be written: one line and a status."""
        _one_line(self.root.run(self.program), "There is no display")
        _one_line(self.root.run(self.program, DISPLAY=":4242"), "The display does not answer")
        home = "/home/of-somebody-else"
        self.root.place(home).mkdir(mode=0o755)
        _one_line(self.root.run(self.program, "list", HOME=home), "cannot be opened: permission denied")

    @contextlib.contextmanager
    def screen(self) -> Iterator[None]:
        """Let there be a display."""
        screen = self.root.start("Xvfb", DISPLAY, "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset")
        self._until(self.root.place(f"/tmp/.X11-unix/X{DISPLAY[1:]}").exists, "the display", screen)  # noqa: S108
        try:
            yield
        finally:
            screen.terminate()
            screen.communicate()

    def opens(self, *arguments: str) -> subprocess.Popen[str]:
        """Start the window and return its process once it can be seen."""
        process = self.root.start(self.program, *arguments, DISPLAY=DISPLAY)
        self._until(lambda: self._sees("Recovery Monitor"), "the window", process)
        return process

    def presses_enter_in(self, title: str) -> None:
        """Press Enter in the window called ``title``."""
        self._until(lambda: self._sees(title), f"the window {title!r}")
        found = self.root.run("xdotool", "search", "--onlyvisible", "--name", title, DISPLAY=DISPLAY).out.split()
        self.root.run("xdotool", "windowfocus", "--sync", found[-1], DISPLAY=DISPLAY)
        self.root.run("xdotool", "key", "Return", DISPLAY=DISPLAY)

    def _sees(self, title: str) -> bool:
        return self.root.run("xdotool", "search", "--onlyvisible", "--name", title, DISPLAY=DISPLAY).status == 0

    def _arrived(self, name: str, folder: str) -> int:
        """Return how many bytes of a download have come, wherever it lies in the home."""
        places = self.root.place(f"{HOME}/{folder}").rglob(f"*{name}*.part")
        return max((path.stat().st_size for path in places), default=0)

    def _listed(self) -> list[dict[str, object]]:
        answer = self.root.run(self.program, "list", "--json")
        holds(answer.status == 0, f"list: {answer}")
        return [json.loads(line) for line in answer.out.splitlines()]

    def _state(self, name: str) -> object:
        found = (entry["state"] for entry in self._listed() if name in str(entry))
        return next(found, None)

    def _is_right(self, name: str, folder: str, *, resumed: bool = True) -> None:
        (file,) = self.root.place(f"{HOME}/{folder}").rglob(name)
        holds(hashlib.sha256(file.read_bytes()).hexdigest() == SHA256, f"{file} is not what the server holds")
        beginnings = self.server.beginnings[name]
        holds(not resumed or beginnings[-1] > 0, f"{name} was fetched anew: {beginnings}")

    def _until(self, met: Callable[[], bool], what: str, process: subprocess.Popen[str] | None = None) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while not met():
            if process is not None and process.poll() is not None:
                raise SmokeError(f"ended with {process.returncode} before {what}: {process.communicate()}")
            if time.monotonic() > deadline:
                raise SmokeError(f"waited {_PATIENCE_S:.0f} s in vain for {what}")
            time.sleep(0.05)


def _one_line(answer: Ended, words: str) -> None:
    lines = answer.err.splitlines()
    right = answer.status == 1 and len(lines) == 1 and words in lines[0] and answer.out == ""
    holds(right, f"not one line that says {words!r}: {answer}")
