"""A clean Debian in a folder, with one ordinary user; commands run in it as root or as that user."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MIRROR = "http://deb.debian.org/debian"
USER = "person"
HOME = f"/home/{USER}"


class SmokeError(Exception):
    """The installed program does not behave as it should; the message says how."""


def holds(true: bool, otherwise: str) -> None:
    """Raise a ``SmokeError`` with the message ``otherwise`` unless ``true``."""
    if not true:
        raise SmokeError(otherwise)


@dataclass(frozen=True)
class Ended:
    """A command that has ended.

    Attributes:
        status: Its exit status.
        out: Its standard output.
        err: Its standard error.
    """

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Root:
    """A Debian that shares nothing with the machine that builds.

    Attributes:
        folder: Its folder.
    """

    folder: Path

    def place(self, path: str) -> Path:
        """Return the path outside of the file that is ``path`` inside."""
        return self.folder / path.lstrip("/")

    def apt(self, *arguments: str) -> None:
        """Run ``apt-get`` inside, without recommended packages."""
        answer = self.run("apt-get", "-qq", "-y", "--no-install-recommends", *arguments, user="root", within=900)
        if answer.status != 0:
            raise SmokeError(f"apt-get {' '.join(arguments)} failed:\n{answer.out}{answer.err}")

    def start(self, *command: str, user: str = USER, **variables: str) -> subprocess.Popen[str]:
        """Start ``command`` inside in an environment of its own and return its process."""
        home = HOME if user == USER else f"/home/{user}" if user != "root" else "/root"
        environment = {
            "PATH": f"{home}/.local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": home,
            "LANG": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
            **variables,
        }
        settings = [f"{name}={value}" for name, value in environment.items()]
        # Each of these replaces the one before, so that the process is the program itself.
        return subprocess.Popen(
            ["chroot", f"--userspec={user}", str(self.folder), "env", "-i", f"--chdir={home}", *settings, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *command: str, user: str = USER, within: float = 120, **variables: str) -> Ended:
        """Run ``command`` inside to its end."""
        process = self.start(*command, user=user, **variables)
        try:
            out, err = process.communicate(timeout=within)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            raise SmokeError(f"{' '.join(command)} still ran after {within:.0f} s: {out}{err}") from None
        return Ended(process.returncode, out, err)


def make_base(folder: Path, suite: str) -> None:
    """Make a clean Debian in ``folder``, unless one is there already."""
    if not (folder / "etc" / "debian_version").exists():
        subprocess.run(["debootstrap", "--variant=minbase", suite, str(folder), MIRROR], check=True)


@contextlib.contextmanager
def copy_of(base: Path, work: Path, name: str) -> Iterator[Root]:
    """Yield a copy of ``base`` below ``work`` with an ordinary user; it is deleted afterwards."""
    folder = work / name
    subprocess.run(["cp", "-a", str(base), str(folder)], check=True)
    root = Root(folder)
    shutil.copy("/etc/resolv.conf", root.place("/etc/resolv.conf"))
    subprocess.run(["mount", "-t", "proc", "proc", str(root.place("/proc"))], check=True)
    try:
        if root.run("useradd", "--create-home", "--shell", "/bin/sh", USER, user="root").status != 0:
            raise SmokeError("the user could not be created")
        yield root
    finally:
        subprocess.run(["umount", str(root.place("/proc"))], check=True)
        if not os.path.ismount(root.place("/proc")):
            shutil.rmtree(folder)
