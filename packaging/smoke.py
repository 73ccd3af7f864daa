"""Test what was built: install it in a clean Debian and use it there as an ordinary user. Needs root.

Needs debootstrap, and lintian for the package, on Debian or Ubuntu with a network connection.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from smoketest.root import HOME, USER, Root, SmokeError, copy_of, holds, make_base  # noqa: E402
from smoketest.server import Server  # noqa: E402
from smoketest.story import STORE, Story  # noqa: E402
from smoketest.updating import refuses_a_newer_store, updates  # noqa: E402

from launcher_gui import __version__  # noqa: E402 the checkout is no installed package

SCREEN = ("xvfb", "xauth", "xdotool")
KEYRING = ("dbus-daemon", "gnome-keyring")


def main() -> int:
    """Test each file and return 0 if all of them pass."""
    parser = argparse.ArgumentParser(description="Install what was built in a clean Debian and use it there.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a .deb or a .tar.xz of build.py")
    parser.add_argument("--suite", default="bookworm", help="which Debian (default: bookworm)")
    parser.add_argument("--older", type=Path, metavar="DEB", help="a package of an older version, to update from it")
    parser.add_argument("--base", type=Path, help="keep the clean Debian in this folder for later runs")
    chosen = parser.parse_args()
    if os.geteuid() != 0:
        parser.error("only root can make a Debian in a folder; run it with sudo")
    with tempfile.TemporaryDirectory(prefix="smoke-") as temporary:
        # The ordinary user needs access.
        Path(temporary).chmod(0o755)
        base = chosen.base or Path(temporary) / "base"
        make_base(base, chosen.suite)
        for file in chosen.files:
            begun = time.monotonic()
            try:
                with copy_of(base, Path(temporary), file.name) as root:
                    if file.suffix == ".deb":
                        _package(root, file.resolve(), chosen.older)
                    else:
                        _archive(root, file.resolve())
            except SmokeError as error:
                print(f"FAILED {file.name}: {error}")
                return 1
            print(f"passed {file.name} in {time.monotonic() - begun:.0f} s", flush=True)
    return 0


def _package(root: Root, file: Path, older: Path | None) -> None:
    holds(subprocess.run(["lintian", "--fail-on", "error", str(file)], check=False).returncode == 0, "lintian")
    root.place("/tmp/package.deb").write_bytes(file.read_bytes())  # noqa: S108
    root.apt("update")
    story = Story(root, "comfyui-recovery", Server())
    if older is None:
        root.apt("install", "/tmp/package.deb")  # noqa: S108
        root.apt("install", *SCREEN)
    else:
        _told("an update from an older version", lambda: _from_older(story, older))
    _use(story)
    root.apt("install", *KEYRING)
    _told("tokens in a keyring", story.keeps_tokens_in_a_keyring)
    _told("an update while it runs", lambda: story.keeps_a_download_through(lambda: _reinstall(root)))
    root.apt("remove", "comfyui-recovery")
    # Nothing is left to purge, so apt does not know the package any more; dpkg accepts that.
    holds(root.run("dpkg", "--purge", "comfyui-recovery", user="root").status == 0, "purging what was removed")
    holds(not root.place("/usr/lib/comfyui-recovery").exists(), "the program is still there after it was removed")
    holds(root.place(STORE).exists(), "the user's downloads were removed with the package")


def _from_older(story: Story, older: Path) -> None:
    root = story.root
    root.place("/tmp/older.deb").write_bytes(older.read_bytes())  # noqa: S108
    root.apt("install", "/tmp/older.deb")  # noqa: S108
    root.apt("install", *SCREEN)
    updates(story, lambda: _reinstall(root))
    root.run("dpkg", "-x", "/tmp/older.deb", "/opt/older", user="root")  # noqa: S108
    refuses_a_newer_store(story, "/opt/older/usr/lib/comfyui-recovery/comfyui-recovery")


def _reinstall(root: Root) -> None:
    root.apt("install", "--reinstall", "/tmp/package.deb")  # noqa: S108


def _archive(root: Root, file: Path) -> None:
    subprocess.run(["tar", "-xJf", str(file), "-C", str(root.place(HOME))], check=True)
    root.run("chown", "-R", USER, HOME, user="root")
    unpacked = f"{HOME}/{file.name.removesuffix('.tar.xz')}"
    story = Story(root, f"{unpacked}/comfyui-recovery", Server())
    _told("a system without OpenGL", lambda: _lacks_a_library(story))
    root.apt("update")
    root.apt("install", *SCREEN, "libegl1", "libgl1", "fonts-dejavu-core")
    _run_here(root, f"{unpacked}/install")
    root.run("mv", unpacked, f"{HOME}/moved")
    Story(root, f"{HOME}/moved/comfyui-recovery", story.server).tells_version(__version__)
    story = Story(root, "comfyui-recovery", story.server)
    _use(story)
    update = f"{HOME}/moved/install"
    _told("an update while it runs", lambda: story.keeps_a_download_through(lambda: _run_here(root, update)))
    _told("an incomplete installation", lambda: _half_installed(root))
    _run_here(root, f"{HOME}/.local/lib/comfyui-recovery/uninstall")
    left = list(root.place(f"{HOME}/.local").rglob("*RecoveryMonitor*"))
    holds(not left and not root.place(f"{HOME}/.local/bin/comfyui-recovery").is_symlink(), f"left behind: {left}")
    holds(root.place(STORE).exists(), "the user's downloads were removed without confirmation")


def _use(story: Story) -> None:
    story.tells_version(__version__)
    _told("a download in a terminal, killed and resumed", story.downloads_in_a_terminal)
    _told("a download in pieces, killed and resumed", story.downloads_in_pieces)
    _told("a download in the window, killed and resumed", story.downloads_in_the_window)
    _told("a link handed over to the window that is open", story.hands_a_link_over)
    _told("tokens without a keyring", story.lives_without_a_keyring)
    _told("stores of older formats", story.takes_over_older_stores)
    _told("a queue of an older format", story.goes_on_with_an_older_queue)
    _told("errors in one line", story.says_what_is_wrong)


def _lacks_a_library(story: Story) -> None:
    story.tells_version(__version__)
    answer = story.root.run(story.program, DISPLAY=":1")
    right = answer.status == 1 and "The system library lib" in answer.err and "Traceback" not in answer.err
    holds(right, f"without OpenGL: {answer}")


def _half_installed(root: Root) -> None:
    """Remove icons, then libraries, from a copy."""
    root.run("cp", "-a", f"{HOME}/moved", f"{HOME}/half")
    root.run("rm", "-r", f"{HOME}/half/_internal/launcher_gui")
    answer = root.run(f"{HOME}/half/comfyui-recovery", DISPLAY=":1")
    holds(answer.status == 1 and "the icons are not in" in answer.err, f"without icons: {answer}")
    root.run("rm", "-r", f"{HOME}/half/_internal")
    answer = root.run(f"{HOME}/half/comfyui-recovery", "list")
    holds(answer.status != 0 and "Traceback" not in answer.err and answer.err != "", f"without libraries: {answer}")


def _run_here(root: Root, script: str) -> None:
    answer = root.run(script)
    holds(answer.status == 0, f"{script}: {answer}")


def _told(what: str, act: Callable[[], None]) -> None:
    begun = time.monotonic()
    act()
    print(f"  {what}: {time.monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
