"""What a user does with the installed program, whatever it was installed from."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from smoketest.root import HOME, USER, Ended, Root, SmokeError, holds
from smoketest.server import LARGE, LARGE_BLAKE3, SMALL, Server, model

OLDER_STORES = Path(__file__).resolve().parents[2] / "tests" / "store"
DISPLAY = ":97"
STORE = f"{HOME}/.local/share/comfyui-recovery/recovery.sqlite3"
_PATIENCE_S = 120.0


@dataclass(frozen=True)
class Story:
    """A user in ``root`` with the program ``program`` and a server of models.

    Attributes:
        root: Where it is installed.
        program: The command that starts it.
        server: Where the models come from.
    """

    root: Root
    program: str
    server: Server

    def tells_version(self, version: str) -> None:
        """It starts and prints its version."""
        answer = self.root.run(self.program, "--version")
        holds(answer.out.strip() == f"comfyui-recovery {version}", f"--version: {answer}")

    def downloads_in_a_terminal(self) -> None:
        """A download that is killed resumes with the same command, and the file is correct."""
        options = ("--to", f"{HOME}/models", "--sha256", SMALL.sha256)
        command = (self.program, "get", self.server.url("terminal.bin"), *options)
        process = self.root.start(*command)
        self.until(lambda: self.arrived("terminal.bin", "models") > SMALL.size // 4, "a quarter of the file", process)
        process.kill()
        process.communicate()
        holds(not self.root.place(f"{HOME}/models/terminal.bin").exists(), "a killed download has its name already")
        answer = self.root.run(*command)
        holds(answer.status == 0, f"the second get: {answer}")
        self.is_right("terminal.bin", "models")

    def downloads_in_pieces(self) -> None:
        """A large file uses several connections; after a kill, finished parts are not downloaded again."""
        name, folder = "large.bin", f"{HOME}/models"
        command = (self.program, "get", self.server.url(name), "--to", folder, "--blake3", LARGE_BLAKE3)
        process = self.root.start(*command)
        sent = functools.partial(self.server.count, name)
        self.until(lambda: sent() > LARGE.size // 2, "half of the file", process)
        process.kill()
        process.communicate()
        holds(self.server.sent[name].most_at_once > 1, "a large file used one connection")
        answer = self.root.run(*command)
        holds(answer.status == 0, f"the second get: {answer}")
        self.is_right(name, "models", resumed=False)
        twice = sent() - LARGE.size
        holds(twice < LARGE.size // 4, f"{twice} bytes of {LARGE.size} were downloaded twice")

    def lives_without_a_keyring(self) -> None:
        """Without a keyring, tokens are listed, and a token that can't be saved is refused in one line."""
        listed = self.root.run(self.program, "token", "list")
        right = listed.status == 0 and len(listed.out.splitlines()) == 4 and listed.err == ""
        holds(right and "no token" in listed.out, f"token list: {listed}")
        kept = self.root.run("sh", "-c", f"echo hf_madeup | {self.program} token set huggingface.co")
        lines = kept.err.splitlines()
        holds(kept.status == 1 and len(lines) == 1 and "was not saved" in lines[0], f"token set: {kept}")
        holds("hf_madeup" not in kept.out + kept.err, "a token was shown")

    def keeps_tokens_in_a_keyring(self) -> None:
        """Where the desktop has one, a token is kept there, found by the next start, and deleted."""
        script = f"""
            echo unlocked | gnome-keyring-daemon --unlock --components=secrets >/dev/null
            echo hf_madeup | {self.program} token set huggingface.co
            {self.program} token list && {self.program} token remove huggingface.co && {self.program} token list
        """
        answer = self.root.run("dbus-run-session", "--", "sh", "-c", script)
        told = [line for line in answer.out.splitlines() if line.startswith("huggingface.co")]
        holds(
            answer.status == 0 and ["keyring" in line for line in told] == [True, True, False, False],
            f"tokens in a keyring: {answer}",
        )
        holds("hf_madeup" not in answer.out + answer.err, "a token was shown")

    def downloads_in_the_window(self) -> None:
        """A link opens the window, Enter confirms, a restart after a kill resumes, and the file is correct."""
        with self.screen():
            process = self.opens("open", f"comfyui-recovery:{self.server.url('window.bin')}")
            self.presses_enter_in("Add download")
            self.until(lambda: self.arrived("window.bin", "") > SMALL.size // 4, "a quarter of the file", process)
            process.kill()
            process.communicate()
            again = self.opens()
            self.until(lambda: self.state("window.bin") == "completed", "the download to complete", again)
            self.ends(again)
        self.is_right("window.bin", "")

    def hands_a_link_over(self) -> None:
        """A second start passes its link to the open window, says so and ends; the file is downloaded there."""
        with self.screen():
            window = self.opens()
            link = f"comfyui-recovery:{self.server.url('handed.bin')}"
            second = self.root.run(self.program, "open", link, within=20, DISPLAY=DISPLAY)
            holds(second.status == 0 and "open already" in second.out, f"the second start: {second}")
            self.presses_enter_in("Add download")
            self.until(lambda: self.state("handed.bin") == "completed", "the download to complete", window)
            holds(window.poll() is None, "the window closed")
            self.ends(window)
        self.is_right("handed.bin", "", resumed=False)

    def keeps_a_download_through(self, update: Callable[[], None]) -> None:
        """A download that runs during an update continues, or resumes at the next start, and loses nothing."""
        with self.screen():
            process = self.opens("open", f"comfyui-recovery:{self.server.url('update.bin')}")
            self.presses_enter_in("Add download")
            self.until(lambda: self.arrived("update.bin", "") > SMALL.size // 8, "an eighth of the file", process)
            before = len(self.listed())
            update()
            process.terminate()
            process.communicate(timeout=60)
            again = self.opens()
            self.until(lambda: self.state("update.bin") == "completed", "the download to complete", again)
            self.ends(again)
        holds(len(self.listed()) == before, "downloads were lost in the update")
        self.is_right("update.bin", "", resumed=False)

    def takes_over_older_stores(self) -> None:
        """A store of each older format is migrated, and a copy of the original is kept."""
        for former in sorted(OLDER_STORES.glob("format-?.sql")):
            store = self._older(former)
            answer = self.root.run(self.program, "--store", store, "list", "--json")
            holds(answer.status == 0 and '"bytes_done": 4194304' in answer.out, f"{former.name}: {answer}")
            kept = self.root.place(f"{store}.{former.stem}")
            holds(kept.exists(), f"no copy of {former.name} among {list(kept.parent.iterdir())}")

    def goes_on_with_an_older_queue(self) -> None:
        """After the update, the active and waiting downloads of an older, killed program are finished."""
        store = self._older(OLDER_STORES / "format-3-queue.sql")
        folder = f"{HOME}/from-older"
        with contextlib.closing(sqlite3.connect(self.root.place(store))) as db, db:
            for number in (1, 2, 3):
                made = {"url": self.server.url(f"older-{number}.bin"), "folder": folder, "name": None, "sha256": None}
                db.execute(
                    "UPDATE operations SET arguments = ?, exclusive_key = ?, scope = '127.0.0.1' WHERE id = ?",
                    (json.dumps(made), f"{folder}/older-{number}.bin", f"{number:016}"),
                )
            db.execute("INSERT INTO owners VALUES ('feedfacefeedface', 4242, '12345', 'boot', 'window', 0, 1)")
            db.execute("UPDATE operations SET state = 'running', owner_id = 'feedfacefeedface' WHERE id LIKE '%1'")
        answer = self.root.run(self.program, "--store", store, "run")
        holds(answer.status == 0, f"run: {answer}")
        for name in ("older-1.bin", "older-3.bin"):
            self.is_right(name, "from-older", resumed=False)
        answer = self.root.run(self.program, "--store", store, "list", "--json")
        states = sorted(str(json.loads(line)["state"]) for line in answer.out.splitlines())
        holds(states == ["completed", "completed", "paused"], f"after the older queue: {answer}")

    def says_what_is_wrong(self) -> None:
        """No display, a display that does not answer, a home without write access: one line and a status."""
        one_line(self.root.run(self.program), "There is no display")
        one_line(self.root.run(self.program, DISPLAY=":4242"), "The display does not answer")
        home = "/home/of-somebody-else"
        self.root.place(home).mkdir(mode=0o755)
        one_line(self.root.run(self.program, "list", HOME=home), "cannot be opened: permission denied")

    @contextlib.contextmanager
    def screen(self) -> Iterator[None]:
        """Provide a display."""
        screen = self.root.start("Xvfb", DISPLAY, "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset")
        self.until(self.root.place(f"/tmp/.X11-unix/X{DISPLAY[1:]}").exists, "the display", screen)  # noqa: S108
        try:
            yield
        finally:
            screen.terminate()
            screen.communicate()

    def opens(self, *arguments: str) -> subprocess.Popen[str]:
        """Start the window and return its process when it is visible."""
        process = self.root.start(self.program, *arguments, DISPLAY=DISPLAY)
        self.until(lambda: self._sees("Recovery Monitor"), "the window", process)
        return process

    def ends(self, window: subprocess.Popen[str]) -> None:
        """Close the window as a logout does; it has to succeed and may warn about missing fonts only."""
        window.terminate()
        _, err = window.communicate(timeout=60)
        complaints = [line for line in err.splitlines() if not line.startswith("Fontconfig")]
        holds(window.returncode == 0 and not complaints, f"the window ended with {window.returncode}: {err}")

    def presses_enter_in(self, title: str) -> None:
        """Press Enter in the window called ``title``."""
        self.until(lambda: self._sees(title), f"the window {title!r}")
        found = self.root.run("xdotool", "search", "--onlyvisible", "--name", title, DISPLAY=DISPLAY).out.split()
        self.root.run("xdotool", "windowfocus", "--sync", found[-1], DISPLAY=DISPLAY)
        self.root.run("xdotool", "key", "Return", DISPLAY=DISPLAY)

    def _sees(self, title: str) -> bool:
        return self.root.run("xdotool", "search", "--onlyvisible", "--name", title, DISPLAY=DISPLAY).status == 0

    def arrived(self, name: str, folder: str) -> int:
        """Return the size of a partial file, wherever it is in the home."""
        places = self.root.place(f"{HOME}/{folder}").rglob(f"*{name}*.part")
        return max((path.stat().st_size for path in places), default=0)

    def listed(self) -> list[dict[str, object]]:
        """Return what the program lists."""
        answer = self.root.run(self.program, "list", "--json")
        holds(answer.status == 0, f"list: {answer}")
        return [json.loads(line) for line in answer.out.splitlines()]

    def state(self, name: str) -> object:
        """Return the state of the download of ``name``, ``None`` if it is not listed."""
        found = (entry["state"] for entry in self.listed() if name in str(entry))
        return next(found, None)

    def _older(self, written: Path) -> str:
        """Create the store that ``written`` describes and return its path inside."""
        store = f"{HOME}/older/{written.stem}/recovery.sqlite3"
        self.root.place(store).parent.mkdir(parents=True)
        with contextlib.closing(sqlite3.connect(self.root.place(store))) as db:
            db.executescript(written.read_text(encoding="utf-8"))
        self.root.run("chown", "-R", USER, f"{HOME}/older", user="root")
        return store

    def is_right(self, name: str, folder: str, *, resumed: bool = True) -> None:
        """Raise unless the file equals that of the server and, if required, was ``resumed``."""
        (file,) = self.root.place(f"{HOME}/{folder}").rglob(name)
        right = hashlib.sha256(file.read_bytes()).hexdigest() == model(name).sha256
        holds(right, f"{file} differs from the server's")
        beginnings = self.server.sent[name].beginnings
        holds(not resumed or beginnings[-1] > 0, f"{name} was downloaded again: {beginnings}")

    def until(self, met: Callable[[], bool], what: str, process: subprocess.Popen[str] | None = None) -> None:
        """Wait until ``met``; raise if that takes too long, or if ``process`` ends first."""
        deadline = time.monotonic() + _PATIENCE_S
        while not met():
            if process is not None and process.poll() is not None:
                raise SmokeError(f"ended with {process.returncode} before {what}: {process.communicate()}")
            if time.monotonic() > deadline:
                raise SmokeError(f"waited {_PATIENCE_S:.0f} s for {what}")
            time.sleep(0.05)


def one_line(answer: Ended, text: str) -> None:
    """Raise unless the command failed with one line that contains ``text``."""
    lines = answer.err.splitlines()
    right = answer.status == 1 and len(lines) == 1 and text in lines[0] and answer.out == ""
    holds(right, f"not one line with {text!r}: {answer}")
