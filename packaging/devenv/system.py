"""What the operating system must bring: Qt's libraries and a font, and for the tests a few programs.

Which Debian packages are missing is found by looking (a library that the loader cannot find, a program that is
not there), never by asking a package manager, so that the answer is right on any Linux.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from devenv.messages import SetUpError, say

PACKAGE_OF_LIBRARY = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}
"""The Debian and Ubuntu package that holds each library which Qt asks the system for."""

FONT_PACKAGE = "fonts-dejavu-core"

PACKAGE_OF_TOOL = {
    "at-spi-bus-launcher": "at-spi2-core",
    "dbus-daemon": "dbus-daemon",
    "nginx": "nginx",
    "openssl": "openssl",
    "redis-server": "redis-server",
    "strace": "strace",
    "Xvfb": "xvfb",
    "xauth": "xauth",
}

QT_PARTS = ("Qt/plugins/platforms/libqxcb.so", "Qt/plugins/platforms/libqoffscreen.so", "Qt/lib/libQt6Svg.so.6")
"""The files of PySide6 that between them need every library the program can come to load."""

POLICY = Path("/usr/sbin/policy-rc.d")
POLICY_TEXT = "#!/bin/sh\n# Keeps services from starting while test tools are installed. Safe to delete.\nexit 101\n"


@dataclass(frozen=True)
class Lacking:
    """What this machine does not have.

    Attributes:
        libraries: Libraries that Qt needs.
        tools: Programs that the tests run.
        font: Whether there is no font at all.
    """

    libraries: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    font: bool = False

    @property
    def packages(self) -> list[str]:
        """The Debian packages that bring it."""
        wanted = {PACKAGE_OF_LIBRARY[name] for name in self.libraries if name in PACKAGE_OF_LIBRARY}
        wanted |= {PACKAGE_OF_TOOL[name] for name in self.tools}
        return sorted(wanted | {FONT_PACKAGE} if self.font else wanted)

    @property
    def unknown(self) -> list[str]:
        """The libraries of which we know no package."""
        return [name for name in self.libraries if name not in PACKAGE_OF_LIBRARY]


def look(site_packages: Path, tools: Iterable[str]) -> Lacking:
    """Return what Qt (in ``site_packages``) and the tests' ``tools`` need and this machine has not."""
    return Lacking(not_found(_loader_listing(site_packages)), missing_tools(tools), font=not _has_font())


def not_found(listing: str) -> tuple[str, ...]:
    """Return the libraries that ``ldd`` says are not found, each once, sorted."""
    missing = {line.split()[0] for line in listing.splitlines() if line.rstrip().endswith("=> not found")}
    return tuple(sorted(missing))


def missing_tools(names: Iterable[str]) -> tuple[str, ...]:
    """Return those programs of ``names`` that are not on this machine."""
    # Debian keeps nginx and what others start where an ordinary user's PATH does not look.
    path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/usr/libexec"))
    return tuple(name for name in names if shutil.which(name, path=path) is None)


def advice(packages: list[str], unknown: list[str], *, debian: bool) -> str:
    """Return what a person has to do to have ``packages`` and the libraries of which we know no package."""
    lines = []
    if packages and debian:
        lines.append(f"The system lacks packages that only its administrator can add:\n  {apt_command(packages)}")
    elif packages:
        lines.append(
            "The system lacks what these Debian packages hold; add it with your package manager:\n  "
            + " ".join(packages)
        )
    if unknown:
        lines.append("The system lacks these libraries, which Qt needs:\n  " + " ".join(unknown))
    return "\n".join(lines)


def apt_command(packages: Iterable[str]) -> str:
    """Return the exact command with which a person installs ``packages``."""
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def is_debian(os_release: str) -> bool:
    """Say whether the text of /etc/os-release speaks of Debian, Ubuntu or a child of theirs."""
    fields = dict(line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    families = f"{fields.get('ID', '')} {fields.get('ID_LIKE', '')}".replace('"', "").split()
    return bool({"debian", "ubuntu"} & set(families))


def runs_debian() -> bool:
    """Say whether this machine takes Debian's packages."""
    try:
        return is_debian(Path("/etc/os-release").read_text(encoding="utf-8"))
    except OSError:
        return False


def provide(packages: list[str]) -> None:
    """Install ``packages`` where this process may, else say how it is done.

    Raises:
        SetUpError: They are not there now; the message is what a person can do.
    """
    if not runs_debian() or os.geteuid() != 0:
        raise SetUpError(advice(packages, [], debian=runs_debian()))
    say(f"Installing system packages: {' '.join(packages)} ...")
    with services_held_back(POLICY):
        # An old list is often good enough: a failed update matters only if the packages are then not to be had.
        _apt("update")
        installed = _apt("install", "-y", "--no-install-recommends", *packages)
    if not installed:
        raise SetUpError(
            "apt could not install them: its own words stand above. Once that is mended, run the same command "
            f"again, or by hand:\n  {apt_command(packages)}"
        )
    for server in ("nginx", "redis-server"):
        if server in packages and Path("/run/systemd/system").exists():
            subprocess.run(["systemctl", "disable", "--quiet", f"{server}.service"], check=False, stdout=sys.stderr)


@contextmanager
def services_held_back(policy: Path) -> Iterator[None]:
    """Keep packages from starting their services: the tests want programs, not servers on their usual ports.

    A policy that the administrator made stays as it is.
    """
    if not policy.exists():
        policy.write_text(POLICY_TEXT, encoding="utf-8")
        policy.chmod(0o755)
    try:
        yield
    finally:
        if policy.exists() and policy.read_text(encoding="utf-8") == POLICY_TEXT:
            policy.unlink()


def _loader_listing(site_packages: Path) -> str:
    ldd = shutil.which("ldd")
    parts = [str(path) for part in QT_PARTS if (path := site_packages / "PySide6" / part).exists()]
    if ldd is None or not parts:
        return ""
    return subprocess.run([ldd, *parts], check=False, capture_output=True, text=True).stdout


def _has_font() -> bool:
    """Say whether there is any outline font to draw text with."""
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
    return any(file.suffix in {".ttf", ".otf", ".ttc"} for folder in folders for file in folder.rglob("*"))


def _apt(*arguments: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_SUSPEND": "1"}
    command = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=300", *arguments]
    done = subprocess.run(command, check=False, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    return done.returncode == 0
