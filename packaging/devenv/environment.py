"""The project's virtual environment: made from a lock, and again when the lock or the Python changes.

It owns ``.venv``. A stamp inside records the lock and the Python that it was made with. The stamp is written empty
first and filled in last, so an interrupted set-up is recognised, and a virtual environment without a stamp, which
was made by hand, is never deleted.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from devenv.messages import SetUpError, say

STAMP_NAME = "develop.json"


class Kind(Enum):
    """What an environment is for; the value names its lock."""

    APP = "requirements.lock"  # the program with its window
    DEV = "requirements-dev.lock"  # the program, its tests and checks, and the documentation
    BUILD = "requirements-build.lock"  # the program, and the tools that make installers


@dataclass(frozen=True)
class Stamp:
    """What a finished environment was made from.

    Attributes:
        kind: Which lock.
        lock: The SHA-256 of that lock.
        python: The Python's version, "3.12".
    """

    kind: Kind
    lock: str
    python: str


@dataclass(frozen=True)
class Environment:
    """The virtual environment of one checkout.

    Attributes:
        root: The checkout.
        place: Its folder, relative to the checkout.
    """

    root: Path
    place: str = ".venv"

    @property
    def folder(self) -> Path:
        """Its folder."""
        return self.root / self.place

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def site_packages(self) -> Path:
        """Where its packages are."""
        if os.name == "nt":
            return self.folder / "Lib" / "site-packages"
        return self.folder / "lib" / f"python{_running_python()}" / "site-packages"

    def lock(self, kind: Kind) -> Path:
        """Return the lock that ``kind`` is made from."""
        return self.root / "packaging" / kind.value

    def serves(self, kind: Kind) -> bool:
        """Say whether it can be used for ``kind`` as it is."""
        stamp = self._read_stamp()
        if stamp is None or stamp.python != _running_python() or stamp.lock != _digest(self.lock(stamp.kind)):
            return False
        enough = stamp.kind is kind or (stamp.kind is Kind.DEV and kind is Kind.APP)
        return enough and _starts(self.python)

    def make(self, kind: Kind) -> None:
        """Delete it and make it for ``kind``.

        Raises:
            SetUpError: It was made by hand, or the packages could not be installed.
        """
        self._clear()
        say(f"Making {self.folder} for Python {_running_python()} ...")
        self.folder.mkdir(parents=True)
        (self.folder / STAMP_NAME).write_text("{}\n", encoding="utf-8")
        venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(self.folder)
        self._install(self.lock(kind))
        self._write_stamp(Stamp(kind, _digest(self.lock(kind)), _running_python()))

    def _clear(self) -> None:
        if not self.folder.exists():
            return
        if any(self.folder.iterdir()) and not (self.folder / STAMP_NAME).exists():
            raise SetUpError(
                f"{self.folder} was not made by this script and is not changed. "
                "Rename or delete it, then run the same command again."
            )
        try:
            shutil.rmtree(self.folder)
        except OSError as error:
            raise SetUpError(
                f"{self.folder} is out of date and cannot be removed ({error}). "
                "Close the programs that run from it, then run the same command again."
            ) from error

    def _install(self, lock: Path) -> None:
        say(f"Installing the packages pinned in {lock.relative_to(self.root)} ...")
        command = [
            *(str(self.python), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"),
            *("--require-hashes", "--only-binary", ":all:", "--requirement", str(lock)),
            *(() if sys.stderr.isatty() else ("--quiet",)),
        ]
        if subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode != 0:
            raise SetUpError(
                "The packages could not be installed; pip's messages are above. They come from the Python package "
                "index, so this step needs a network connection. Then run the same command again."
            )

    def _read_stamp(self) -> Stamp | None:
        try:
            found = json.loads((self.folder / STAMP_NAME).read_text(encoding="utf-8"))
            return Stamp(Kind(found["kind"]), str(found["lock"]), str(found["python"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _write_stamp(self, stamp: Stamp) -> None:
        unfinished = self.folder / f"{STAMP_NAME}.new"
        content = {"kind": stamp.kind.value, "lock": stamp.lock, "python": stamp.python}
        unfinished.write_text(json.dumps(content) + "\n", encoding="utf-8")
        unfinished.replace(self.folder / STAMP_NAME)


def can_make_environments() -> bool:
    """Say whether this Python can install pip in a virtual environment; Debian's needs another package for that."""
    return importlib.util.find_spec("ensurepip") is not None


def _running_python() -> str:
    return "{}.{}".format(*sys.version_info)


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _starts(python: Path) -> bool:
    """Say whether an interpreter still runs: the Python behind it may have been removed or replaced."""
    code = "import sys; print('{}.{}'.format(*sys.version_info))"
    try:
        answer = subprocess.run([str(python), "-c", code], check=False, capture_output=True, text=True)
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip() == _running_python()
