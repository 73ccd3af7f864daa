"""One-line messages for a program that cannot start: what is missing, and what to do. Imports no part of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

DISTRIBUTION = "comfyui-launcher-recovery-monitor"

EXTRAS = {
    "downloads": ("The command line needs", ("aiohttp", "blake3", "keyring", "platformdirs", "yarl")),
    "window": ("The window needs", ("PySide6", "numpy", "pyqtgraph", "qasync")),
}
"""By optional extra of the package: how its message begins, and the modules that it installs."""

_WITHOUT_WINDOW = "'get URL' downloads without a window; --help lists all commands."
_REINSTALL = "Install the program again; your downloads and settings are kept."


def no_display(environ: Mapping[str, str], platform: str) -> str | None:
    """Return why no window can be opened in this environment, or ``None`` if a display may be there."""
    headless = not any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if platform.startswith("linux") and headless:
        return (
            "There is no display to open the window on (DISPLAY and WAYLAND_DISPLAY are not set). "
            f"Start the program in a desktop session, or use a command: {_WITHOUT_WINDOW}"
        )
    return None


def silent_display(environ: Mapping[str, str]) -> str:
    """Return the message for a display that the environment names and that does not answer."""
    named = [f"{n}={environ[n]}" for n in ("WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM") if environ.get(n)]
    return (
        f"The display does not answer ({', '.join(named)}). "
        f"Start the program in your desktop session, or use a command: {_WITHOUT_WINDOW}"
    )


def missing_library(name: str) -> str:
    """Return the message for the system library ``name``, which the window needs and the system lacks."""
    return (
        f"The system library {name} is missing, and the window needs it. "
        f"Install your system's package for it, or use a command: {_WITHOUT_WINDOW}"
    )


def missing_part(error: ImportError, *, bundled: bool = False) -> str:
    """Return the message for a module that cannot be loaded.

    Args:
        error: What the import raised.
        bundled: The program is packaged with everything that it needs, so no extra can be added to it.
    """
    library = library_named_in(str(error))
    if library is not None:
        return missing_library(library)
    if not isinstance(error, ModuleNotFoundError):
        return f"Part of the program cannot be loaded ({error}). {_REINSTALL}"
    extra = None if bundled else _extra_of(error.name)
    if extra is not None:
        return f"{EXTRAS[extra][0]} more packages. Install them with: pip install '{DISTRIBUTION}[{extra}]'"
    return f"The installation is incomplete: {error.name} is missing. {_REINSTALL}"


def missing_pictures(folder: object) -> str:
    """Return the message for a program whose icons are not in ``folder``."""
    return f"The installation is incomplete: the icons are not in {folder}. {_REINSTALL}"


def library_named_in(text: str) -> str | None:
    """Return the library that the loader's message ``text`` reports as not found."""
    found = re.match(r"(\S+): cannot open shared object file", text)
    return found[1] if found else None


def _extra_of(module: str | None) -> str | None:
    """Return the extra that installs ``module``, or ``None`` for a part of the program itself."""
    package = (module or "").partition(".")[0]
    return next((extra for extra, (_, packages) in EXTRAS.items() if package in packages), None)
