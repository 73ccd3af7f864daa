"""Which parts of Qt the packaged program includes, and which libraries those need.

PyInstaller includes every plugin of a Qt module that is used. Most are for devices, formats and toolkits that a desktop
window does not use, and each needs libraries of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

PLUGINS = {
    "iconengines": ("qsvgicon",),
    "imageformats": ("qsvg", "qico"),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "platforms": ("qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"),
    "platformthemes": ("qxdgdesktopportal",),
    "styles": ("qmodernwindowsstyle", "qmacstyle"),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "wayland-graphics-integration-client": (),
    "wayland-shell-integration": ("xdg-shell",),
    "xcbglintegrations": (),
}
"""The plugins that are used, by their folder, on every platform; other folders are left out."""

UNUSED = ("pyqtgraph/colors/", "pyqtgraph/icons/peegee/")
"""What the plots do not use: colour maps under licences of their own, and an icon."""

_TRANSLATED = "qtbase_"
"""The translations of Qt's own dialogs; no other texts of Qt are shown."""


def is_wanted(name: str) -> bool:
    """Say whether the file ``name`` (its path in the bundle) is included."""
    path = PurePosixPath(name.replace("\\", "/"))
    if "plugins" in path.parts and "PySide6" in path.parts:
        return _plugin(path) in PLUGINS.get(path.parent.name, ())
    if path.as_posix().startswith(UNUSED) or path.suffix == ".ts":  # the sources of translations
        return False
    if path.suffix == ".qm" and "PySide6" in path.parts:
        return path.name.startswith(_TRANSLATED)
    # Their version must match the system's OpenGL, which is never bundled.
    return not path.name.startswith("libwayland-")


def _plugin(path: PurePosixPath) -> str:
    return re.sub(r"^lib", "", path.name.partition(".")[0])


def reachable(names: Iterable[str], needs: Callable[[str], Iterable[str]]) -> set[str]:
    """Return the ``names`` that something in the bundle loads.

    Args:
        names: Libraries, plugins and extension modules, by their path in the bundle.
        needs: Which libraries a file needs, by file name.

    Returns:
        Every plugin and extension module, and each library that they need.
    """
    by_file = {PurePosixPath(name).name: name for name in names}
    seen = {name for name in by_file.values() if not _is_mere_library(name)}
    waiting = list(seen)
    while waiting:
        needed = {by_file[file] for file in needs(waiting.pop()) if file in by_file}
        waiting += needed - seen
        seen |= needed
    return seen


def _is_mere_library(name: str) -> bool:
    path = PurePosixPath(name)
    of_qt = path.parts[-3:-1] == ("Qt", "lib")
    at_the_top = len(path.parts) == 1 and not path.name.startswith("libpython")
    return (of_qt or at_the_top) and re.fullmatch(r"lib.+\.so(\.\d+)*", path.name) is not None
