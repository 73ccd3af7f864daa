"""What the operating system must provide: Qt's libraries and a font, and a few programs for the tests.

The libraries and programs themselves are looked for, not their packages, so the answer is right on any Linux.
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
"""The Debian and Ubuntu package of each system library that Qt needs."""

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
"""The files of PySide6 that together need every system library that the program can load."""

POLICY = Path("/usr/sbin/policy-rc.d")
POLICY_TEXT = "#!/bin/sh\n# Keeps services from starting while test tools are installed. Safe to delete.\nexit 101\n"


@dataclass(frozen=True)
class Lacking:
    """What is missing on this machine.

    Attributes:
        libraries: Libraries that Qt needs and the machine lacks.
        tools: Programs that the tests run and the machine lacks.
        font: Whether the machine lacks any font.
    """

    libraries: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    font: bool = False

    @property
    def packages(self) -> list[str]:
        """The Debian packages that install it."""
        wanted = {PACKAGE_OF_LIBRARY[name] for name in self.libraries if name in PACKAGE_OF_LIBRARY}
        wanted |= {PACKAGE_OF_TOOL[name] for name in self.tools}
        return sorted(wanted | {FONT_PACKAGE} if self.font else wanted)

    @property
    def unknown(self) -> list[str]:
        """The missing libraries whose package is not known."""
        return [name for name in self.libraries if name not in PACKAGE_OF_LIBRARY]


def look(site_packages: Path, tools: Iterable[str]) -> Lacking:
    """Return what Qt (in ``site_packages``) needs and which of the tests' ``tools`` are missing on this machine."""
    return Lacking(not_found(_loader_listing(site_packages)), missing_tools(tools), font=not _has_font())


def not_found(listing: str) -> tuple[str, ...]:
    """Return the libraries that ``ldd`` says are not found, each once, sorted."""
    missing = {line.split()[0] for line in listing.splitlines() if line.rstrip().endswith("=> not found")}
    return tuple(sorted(missing))


def missing_tools(names: Iterable[str]) -> tuple[str, ...]:
    """Return the programs of ``names`` that this machine lacks."""
    # Debian installs nginx and helper programs outside an ordinary user's PATH.
    path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/usr/libexec"))
    return tuple(name for name in names if shutil.which(name, path=path) is None)


def advice(packages: list[str], unknown: list[str], *, debian: bool) -> str:
    """Return how to install ``packages``, and the libraries whose package is ``unknown``."""
    lines = []
    if packages and debian:
        lines.append(f"Some system packages are missing. Install them with:\n  {apt_command(packages)}")
    elif packages:
        lines.append(
            "Some system packages are missing. Install your system's equivalent of these Debian packages:\n  "
            + " ".join(packages)
        )
    if unknown:
        lines.append("Qt needs these system libraries, which are missing:\n  " + " ".join(unknown))
    return "\n".join(lines)


def apt_command(packages: Iterable[str]) -> str:
    """Return the exact command that installs ``packages``."""
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def is_debian(os_release: str) -> bool:
    """Say whether the text of /etc/os-release names Debian, Ubuntu or a distribution based on them."""
    fields = dict(line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    families = f"{fields.get('ID', '')} {fields.get('ID_LIKE', '')}".replace('"', "").split()
    return bool({"debian", "ubuntu"} & set(families))


def runs_debian() -> bool:
    """Say whether this machine uses Debian's packages."""
    try:
        return is_debian(Path("/etc/os-release").read_text(encoding="utf-8"))
    except OSError:
        return False


def provide(packages: list[str]) -> None:
    """Install ``packages`` if this process may, else say how.

    Raises:
        SetUpError: They are not installed; the message says how to install them.
    """
    if not runs_debian() or os.geteuid() != 0:
        raise SetUpError(advice(packages, [], debian=runs_debian()))
    say(f"Installing system packages: {' '.join(packages)} ...")
    with services_disabled(POLICY):
        # An old list is often good enough: a failed update matters only if the installation then fails.
        _apt("update")
        installed = _apt("install", "-y", "--no-install-recommends", *packages)
    if not installed:
        raise SetUpError(
            "apt could not install them; its messages are above. Then run the same command again, or install them "
            f"yourself:\n  {apt_command(packages)}"
        )
    for server in ("nginx", "redis-server"):
        if server in packages and Path("/run/systemd/system").exists():
            subprocess.run(["systemctl", "disable", "--quiet", f"{server}.service"], check=False, stdout=sys.stderr)


@contextmanager
def services_disabled(policy: Path) -> Iterator[None]:
    """Keep packages from starting their services: the tests need the programs, not servers on their usual ports.

    An existing policy of the administrator is not changed.
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
    """Say whether any outline font is installed."""
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
    return any(file.suffix in {".ttf", ".otf", ".ttc"} for folder in folders for file in folder.rglob("*"))


def _apt(*arguments: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_SUSPEND": "1"}
    command = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=300", *arguments]
    done = subprocess.run(command, check=False, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    return done.returncode == 0
