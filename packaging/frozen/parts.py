"""Which parts of Qt the packaged program takes along, and which libraries are left over without the others.

PyInstaller brings every plugin of a Qt module that is used. Most are for devices, formats and toolkits that a window
on a desktop never meets, and each brings libraries of its own.
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
"""The plugins that are used, by their folder, on every platform; a folder that is not named is left out."""

UNUSED = ("pyqtgraph/colors/", "pyqtgraph/icons/peegee/")
"""What the plots never ask for: maps of colours under licences of their own, an icon for who has no application."""

_TRANSLATED = "qtbase_"
"""The translations of what Qt itself says in dialogs; nothing else of Qt's is shown."""


def is_wanted(name: str) -> bool:
    """Say whether the file ``name``, as it is called inside the bundle, belongs into it."""
    path = PurePosixPath(name.replace("\\", "/"))
    if "plugins" in path.parts and "PySide6" in path.parts:
        return _plugin(path) in PLUGINS.get(path.parent.name, ())
    if path.as_posix().startswith(UNUSED) or path.suffix == ".ts":  # what translators edit
        return False
    if path.suffix == ".qm" and "PySide6" in path.parts:
        return path.name.startswith(_TRANSLATED)
    # They have to be of one version with the system's OpenGL, which is never bundled.
    return not path.name.startswith("libwayland-")


def _plugin(path: PurePosixPath) -> str:
    return re.sub(r"^lib", "", path.name.partition(".")[0])


def reachable(names: Iterable[str], needs: Callable[[str], Iterable[str]]) -> set[str]:
    """Return those of ``names`` that something in the bundle loads.

    Args:
        names: Libraries, plugins and extension modules, as they are called inside the bundle.
        needs: Which libraries a file asks the loader for, by file name alone.

    Returns:
        All that is no mere library (a plugin, an extension module), and each library that one of these needs.
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
