"""The Debian package: the frozen program without the system's libraries, which it depends on instead.

It has no maintainer scripts: Debian's triggers refresh menus and icons, and no user's home is changed, neither by an
upgrade nor by ``remove`` or ``purge``.
"""

from __future__ import annotations

import gzip
import platform
import shutil
import tempfile
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from string import Template

from installers.bundle import NAME, Bundle, run
from installers.desktop import write_share
from launcher_gui import __version__

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"
REVISION = "1"
MAINTAINER = "ComfyUI Launcher Recovery Monitor authors <comfyui-recovery@users.noreply.github.com>"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}

CONTROL = """\
Package: comfyui-recovery
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $size
Depends: $depends, ca-certificates
Recommends: fonts-dejavu-core, xdg-utils
Section: net
Priority: optional
Description: reliable downloads of large models
 Downloads model files of many gigabytes reliably, even through dropped
 connections, busy servers, full disks, crashes and reboots. A window shows
 each attempt, why it failed and what happens next; a command line has the
 same functions, with the same list of downloads.
 .
 The package includes Python and Qt. Downloads and settings are in each user's
 home, and removing the package keeps them.
"""


def make(bundle: Bundle, to: Path) -> Path:
    """Make the package in the folder ``to`` and return it."""
    architecture = ARCHITECTURES.get(platform.machine(), platform.machine())
    version = f"{__version__}-{REVISION}"
    target = to / f"{NAME}_{version}_{architecture}.deb"
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary) / "root"
        program = root / "usr" / "lib" / NAME
        shutil.copytree(bundle.folder, program, symlinks=True)
        for library in bundle.of_system:
            (program / library).unlink(missing_ok=True)
        (root / "usr" / "bin").mkdir()
        (root / "usr" / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
        write_share(root / "usr" / "share", bundle.date)
        _write_documents(root / "usr" / "share", version, bundle.date)
        (root / "DEBIAN").mkdir()  # dpkg-shlibdeps recognises the root by it
        depends = _dependencies(program, Path(temporary))
        _settle_modes(root)
        size = sum(file.lstat().st_size for file in root.rglob("*") if file.is_file()) // 1024
        control = Template(CONTROL).substitute(
            version=version, architecture=architecture, maintainer=MAINTAINER, size=size, depends=depends
        )
        (root / "DEBIAN" / "control").write_text(control, encoding="utf-8")
        (root / "DEBIAN" / "md5sums").write_text(_sums(root), encoding="utf-8")
        _settle_modes(root / "DEBIAN")
        # The compressor's output depends on the number of its threads.
        fixed = {"SOURCE_DATE_EPOCH": str(bundle.date), "DPKG_DEB_THREADS_MAX": "1"}
        run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(target), environment=fixed)
    return target


def _write_documents(share: Path, version: str, date: int) -> None:
    documents = share / "doc" / NAME
    documents.mkdir(parents=True)
    shutil.copy(LINUX / "copyright", documents / "copyright")
    day = format_datetime(datetime.fromtimestamp(date, UTC))
    entry = f"{NAME} ({version}) stable; urgency=medium\n\n  * Version {__version__}.\n\n -- {MAINTAINER}  {day}\n"
    (documents / "changelog.Debian.gz").write_bytes(gzip.compress(entry.encode(), mtime=0))
    (documents / "changelog.gz").write_bytes(gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), mtime=0))
    overrides = share / "lintian" / "overrides" / NAME
    overrides.parent.mkdir(parents=True)
    shutil.copy(LINUX / "lintian-overrides", overrides)


def _dependencies(program: Path, work: Path) -> str:
    """Return the Debian packages of the libraries that the files of ``program`` need and the bundle lacks."""
    (work / "debian").mkdir()
    (work / "debian" / "control").write_text(
        f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n", encoding="utf-8"
    )
    files = sorted(str(file) for file in program.rglob("*") if not file.is_symlink() and _is_elf(file))
    private = {f"-l{file.parent}" for file in program.rglob("*.so*")}
    command = ("dpkg-shlibdeps", "-O", "--warnings=0", "--ignore-missing-info", *sorted(private), *files)
    answer = run(*command, cwd=work, quietly=True)
    return answer.strip().removeprefix("shlibs:Depends=")


def _is_elf(file: Path) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(4) == b"\x7fELF"


def _settle_modes(root: Path) -> None:
    """Set the modes that Debian requires, independent of the umask."""
    for path in [root, *root.rglob("*")]:
        if path.is_symlink():
            continue
        library = ".so" in path.name
        path.chmod(0o755 if path.is_dir() or (path.stat().st_mode & 0o100 and not library) else 0o644)


def _sums(root: Path) -> str:
    files = sorted(file.relative_to(root) for file in root.rglob("*") if file.is_file() and not file.is_symlink())
    return run("md5sum", *map(str, (file for file in files if file.parts[0] != "DEBIAN")), cwd=root)
