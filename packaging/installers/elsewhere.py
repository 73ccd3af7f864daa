"""Windows and macOS. Written and reviewed for these platforms, but not run on them yet: see docs/packaging.md."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from installers.bundle import NAME, Bundle, run
from launcher_gui import APP_ID, LINK_SCHEME, __version__

PACKAGING = Path(__file__).resolve().parents[1]


def make_windows_setup(bundle: Bundle, to: Path) -> Path:
    """Make the set-up program with Inno Setup's ``iscc`` in the folder ``to`` and return it."""
    defines = {"Version": __version__, "Source": str(bundle.folder), "Scheme": LINK_SCHEME, "AppId": APP_ID}
    settings = [f"/D{name}={value}" for name, value in defines.items()]
    stem = f"{NAME}-{__version__}-setup"
    run("iscc", "/Q", f"/O{to}", f"/F{stem}", *settings, str(PACKAGING / "windows" / "setup.iss"))
    return to / f"{stem}.exe"


def make_disk_image(bundle: Bundle, to: Path) -> Path:
    """Make the disk image with ``hdiutil`` in the folder ``to`` and return it.

    The program in it is ready to be signed: a folder ``.app`` that ``codesign`` can read, with the entitlements in
    ``packaging/macos``.
    """
    target = to / f"{NAME}-{__version__}.dmg"
    with tempfile.TemporaryDirectory() as temporary:
        app = bundle.folder.parent / "ComfyUI Launcher Recovery Monitor.app"
        shutil.copytree(app, Path(temporary) / app.name, symlinks=True)
        (Path(temporary) / "Applications").symlink_to("/Applications")
        run("hdiutil", "create", "-ov", "-volname", NAME, "-srcfolder", temporary, "-format", "UDZO", str(target))
    return target
