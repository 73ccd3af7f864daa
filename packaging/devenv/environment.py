"""The project's virtual environment: made from a lock, remade when the lock or the Python changed.

It owns ``.venv``. A stamp inside says which lock was installed with which Python; it is written empty before
anything else and filled in at the very end, so a set-up that was interrupted is known for what it is, and a
virtual environment that somebody made by hand is never deleted.
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

    APP = "requirements.lock"  # what the program needs
    DEV = "requirements-dev.lock"  # that, and what its tests and checks need
    BUILD = "requirements-build.lock"  # what the program needs, and what makes installers of it


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
        place: Where it lies, below the checkout.
    """

    root: Path
    place: str = ".venv"

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.root / self.place

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def site_packages(self) -> Path:
        """Where its packages lie."""
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
        """Make it anew for ``kind``.

        Raises:
            SetUpError: It is somebody's own, or the packages could not be installed.
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
                f"{self.folder} was not made by this script, so it is left alone. "
                "Rename or delete it, then run the same command again."
            )
        try:
            shutil.rmtree(self.folder)
        except OSError as error:
            raise SetUpError(
                f"{self.folder} is out of date and cannot be removed ({error}). "
                "Close what is running from it, then run the same command again."
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
                "The packages could not be installed: pip's own words stand above. They come from the Python "
                "package index, so this step needs a network; once there is one, run the same command again."
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
    """Say whether this Python can put pip into a virtual environment; Debian's cannot until a package is added."""
    return importlib.util.find_spec("ensurepip") is not None


def _running_python() -> str:
    return "{}.{}".format(*sys.version_info)


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _starts(python: Path) -> bool:
    """Say whether an interpreter still runs: the Python that it stands on may be gone or another one by now."""
    code = "import sys; print('{}.{}'.format(*sys.version_info))"
    try:
        answer = subprocess.run([str(python), "-c", code], check=False, capture_output=True, text=True)
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip() == _running_python()
