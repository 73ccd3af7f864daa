"""The wheel in environments that have what one extra installs and nothing else, made without a network."""

from __future__ import annotations

import subprocess
import sys
import venv
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

NAME = "comfyui-launcher-recovery-monitor"


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel.

    Attributes:
        folder: Where it is.
    """

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self._program("python")

    @property
    def site_packages(self) -> Path:
        """Where its packages are."""
        (found,) = self.folder.glob("lib/python*/site-packages")
        return found

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the program with a store in the environment's folder."""
        return self._run(self._program("comfyui-recovery"), *arguments, **variables)

    def run_python(self, code: str) -> subprocess.CompletedProcess[str]:
        """Run Python code with what is installed."""
        return self._run(self.python, "-c", code)

    def _program(self, name: str) -> Path:
        return self.folder / "bin" / name

    def _run(self, program: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": "/usr/bin:/bin", "RECOVERY_STORE": str(self.folder / "store.sqlite3"), **variables}
        return subprocess.run(
            [str(program), *arguments],
            check=False,
            capture_output=True,
            text=True,
            cwd=self.folder,
            env=environment,
            timeout=60,
        )


def install(wheel: Path, folder: Path, *extras: str) -> Installed:
    """Create an environment in ``folder`` and install ``wheel`` with ``extras``.

    What the wheel requires is linked from the environment that runs the tests, so only what its metadata names is
    there.
    """
    venv.create(folder)
    made = Installed(folder)
    command = [sys.executable, "-m", "pip", "--python", str(made.python), "--disable-pip-version-check", "install"]
    subprocess.run([*command, "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)
    (information,) = made.site_packages.glob("*.dist-info")
    wanted = _required(metadata.Distribution.at(information), {"", *extras})
    for distribution in wanted.values():
        _link(distribution, made.site_packages)
    return made


def _required(distribution: metadata.Distribution, extras: set[str]) -> dict[str, metadata.Distribution]:
    """Return the distributions that ``distribution`` needs with ``extras``, by name, and what those need."""
    found: dict[str, metadata.Distribution] = {}
    pending = [(distribution, extras)]
    while pending:
        current, chosen = pending.pop()
        for requirement in map(Requirement, current.requires or ()):
            if requirement.marker and not any(requirement.marker.evaluate({"extra": extra}) for extra in chosen):
                continue
            if requirement.name == NAME:
                pending.append((current, requirement.extras))
            elif requirement.name not in found:
                found[requirement.name] = metadata.distribution(requirement.name)
                pending.append((found[requirement.name], {"", *requirement.extras}))
    return found


def _link(distribution: metadata.Distribution, site_packages: Path) -> None:
    tops = {file.parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}
    for top in tops:
        target = site_packages / top
        if not target.exists():
            target.symlink_to(Path(str(distribution.locate_file(top))))
