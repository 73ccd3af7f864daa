"""The licences of everything in the bundle, as texts beside it, and the rights that the LGPL grants."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ROOT / "packaging" / "licences"
NOT_BUNDLED = frozenset(
    (
        *("altgraph", "macholib", "packaging", "pefile", "pip", "pyinstaller", "pyinstaller-hooks-contrib"),
        "setuptools",
    )
)
"""Tools that build the bundle; the licence of PyInstaller's start program allows bundling it."""


def write_licences(folder: Path, system_libraries: Iterable[Path]) -> None:
    """Write below ``folder`` the licence of each part: the program, Qt, Python, packages, the system's libraries."""
    folder.mkdir(parents=True)
    shutil.copyfile(ROOT / "LICENSE", folder / "comfyui-recovery.txt")
    for text in sorted(TEXTS.iterdir()):
        shutil.copyfile(text, folder / text.name)
    python = next((p for p in _places_of_pythons_licence() if p.is_file()), None)
    if python is not None:
        shutil.copyfile(python, folder / "Python.txt")
    for distribution in metadata.distributions():
        if distribution.name.lower() not in NOT_BUNDLED:
            _copy_of(distribution, folder)
    for package in sorted(_debian_packages(system_libraries)):
        copyright_ = Path("/usr/share/doc") / package / "copyright"
        if copyright_.is_file():
            shutil.copyfile(copyright_, folder / f"{package}.txt")


def _copy_of(distribution: metadata.Distribution, folder: Path) -> None:
    for file in distribution.files or ():
        if ".dist-info" in file.parts[0] and ("licenses" in file.parts or file.name.startswith("LICENSE")):
            inside = "-".join(
                file.parts[file.parts.index("licenses") + 1 :] if "licenses" in file.parts else file.parts[1:]
            )
            shutil.copyfile(
                Path(str(file.locate())), folder / f"{distribution.name}-{inside}.txt".replace(".txt.txt", ".txt")
            )


def _places_of_pythons_licence() -> Iterable[Path]:
    version = "{}.{}".format(*sys.version_info)
    yield Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    yield Path(sys.base_prefix) / "LICENSE.txt"
    yield Path(f"/usr/share/doc/python{version}/copyright")


def _debian_packages(libraries: Iterable[Path]) -> set[str]:
    """Return the Debian packages of ``libraries``; nothing on other systems."""
    dpkg = shutil.which("dpkg")
    if dpkg is None:
        return set()
    packages = set()
    for library in libraries:
        real = library.resolve()
        # Debian moved /lib into /usr; its list of files may have the former path.
        for place in (real, Path("/", *real.parts[2:])):
            answer = subprocess.run([dpkg, "-S", str(place)], check=False, capture_output=True, text=True)
            if answer.returncode == 0:
                packages.add(answer.stdout.split(":")[0])
                break
    return packages
