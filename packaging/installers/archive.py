"""The self-contained archive: unpack it anywhere and start it, or run its ``install`` to copy it to your home."""

from __future__ import annotations

import lzma
import platform
import shutil
import tarfile
import tempfile
from functools import partial
from pathlib import Path

from installers.bundle import NAME, Bundle
from installers.desktop import write_share
from launcher_gui import __version__

LINUX = Path(__file__).resolve().parents[1] / "linux"


def make(bundle: Bundle, to: Path) -> Path:
    """Make the archive in the folder ``to`` and return it."""
    stem = f"{NAME}-{__version__}-linux-{platform.machine()}"
    target = to / f"{stem}.tar.xz"
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary) / stem
        shutil.copytree(bundle.folder, root, symlinks=True)
        write_share(root / "share", bundle.date)
        for script in ("install", "uninstall"):
            shutil.copy(LINUX / script, root / script)
            (root / script).chmod(0o755)
        shutil.copy(LINUX / "archive-readme.txt", root / "README.txt")
        with lzma.open(target, "wb", preset=6) as compressed, tarfile.open(fileobj=compressed, mode="w") as archive:
            for path in [root, *sorted(root.rglob("*"))]:
                archive.add(
                    path, path.relative_to(root.parent), recursive=False, filter=partial(_settled, date=bundle.date)
                )
    return target


def _settled(entry: tarfile.TarInfo, date: int) -> tarfile.TarInfo:
    """Remove from ``entry`` what differs between builds."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = date
    entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
    return entry
