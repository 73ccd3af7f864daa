"""The frozen program: a folder with the program, Python, Qt and all licences."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from devenv.messages import SetUpError, say

from installers.licences import write_licences

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "packaging" / "frozen" / "bundle.spec"
NAME = "comfyui-recovery"
FALLBACK_DATE = 1_767_225_600
"""2026-01-01: the date for a checkout without a history."""


@dataclass(frozen=True)
class Bundle:
    """The frozen program.

    Attributes:
        folder: The folder.
        of_system: The system's libraries in it: path inside ``folder`` to original path.
        date: The date of everything built from it, in seconds since 1970.
    """

    folder: Path
    of_system: dict[Path, Path]
    date: int


def source_date(checkout: Path) -> int:
    """Return ``SOURCE_DATE_EPOCH`` if it is set, else the date of the last commit of ``checkout``.

    The same source gives the same installers at any time (reproducible-builds.org).
    """
    if (given := os.environ.get("SOURCE_DATE_EPOCH")) is not None:
        if not given.isdecimal():
            raise SetUpError(f"SOURCE_DATE_EPOCH is {given!r}, not a number of seconds since 1970.")
        return int(given)
    git = shutil.which("git")
    command = [git or "git", "-C", str(checkout), "log", "-1", "--format=%ct"]
    answer = subprocess.run(command, check=False, capture_output=True, text=True) if git else None
    return int(answer.stdout) if answer is not None and answer.stdout.strip() else FALLBACK_DATE


def freeze(work: Path, date: int) -> Bundle:
    """Freeze the program below ``work`` and return it.

    Raises:
        SetUpError: PyInstaller failed; its messages are above.
    """
    say("Freezing the program ...")
    place = work / "frozen"
    command = [
        *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR"),
        *("--distpath", str(place), "--workpath", str(work / "freezing"), str(SPEC)),
    ]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(date)}
    if subprocess.run(command, check=False, env=environment, stdin=subprocess.DEVNULL).returncode != 0:
        raise SetUpError("The program could not be frozen; PyInstaller's messages are above.")
    folder = place / NAME
    pairs = (line.split("\t") for line in (place / "system-libraries.txt").read_text(encoding="utf-8").splitlines())
    of_system = {Path(name): Path(source) for name, source in pairs}
    write_licences(folder / "_internal" / "licences", of_system.values())
    return Bundle(folder, of_system, date)


def run(
    *command: str, cwd: Path | None = None, environment: dict[str, str] | None = None, quietly: bool = False
) -> str:
    """Return what ``command`` prints; ``quietly`` shows its errors only if it fails.

    Raises:
        SetUpError: It is not installed, or it failed.
    """
    try:
        answer = subprocess.run(
            command,
            check=False,
            cwd=cwd,
            env=None if environment is None else {**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if quietly else None,
            stdin=subprocess.DEVNULL,
            text=True,
        )
    except FileNotFoundError:
        raise SetUpError(
            f"{command[0]} is missing, and this kind of installer needs it. Install it and run again."
        ) from None
    if answer.returncode != 0:
        say(answer.stderr or "")
        raise SetUpError(f"{command[0]} failed with status {answer.returncode}; its messages are above.")
    return answer.stdout
