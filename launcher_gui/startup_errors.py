"""What to tell somebody for whom the program cannot start: what is missing, and what helps. Needs nothing itself."""

from __future__ import annotations

import re
from collections.abc import Mapping

_WITHOUT = "'get URL' downloads without a window, --help shows all commands."
_AGAIN = "Install it again; downloads and settings lie elsewhere and stay as they are."


def no_display(environ: Mapping[str, str], platform: str) -> str | None:
    """Return why no window can be opened in this environment, or ``None`` if nothing speaks against it."""
    headless = not any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if platform.startswith("linux") and headless:
        return (
            "There is no display to open the window on (DISPLAY and WAYLAND_DISPLAY are not set). "
            f"Start it in a desktop session, or use a command: {_WITHOUT}"
        )
    return None


def silent_display(environ: Mapping[str, str]) -> str:
    """Return what to say when the display that the environment names does not answer."""
    asked = [f"{n}={environ[n]}" for n in ("WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM") if environ.get(n)]
    return (
        f"The display does not answer ({', '.join(asked)}), so no window was opened. "
        f"Start it in the desktop session that you see, or use a command: {_WITHOUT}"
    )


def missing_library(name: str) -> str:
    """Return what to say when the system lacks the library ``name``, which the window needs."""
    return (
        f"The system library {name} is missing, which the window needs, so it was not opened. "
        f"Install your system's package of it, or use a command: {_WITHOUT}"
    )


def missing_part(error: ImportError) -> str:
    """Return what to say when a part of the program, or of what it stands on, cannot be loaded."""
    library = library_named_in(str(error))
    if library is not None:
        return missing_library(library)
    if isinstance(error, ModuleNotFoundError):
        return f"The program is not whole: its part {error.name} is missing, so it was not started. {_AGAIN}"
    return f"A part of the program cannot be loaded ({error}), so it was not started. {_AGAIN}"


def missing_pictures(folder: object) -> str:
    """Return what to say when the program's own pictures are not in ``folder``."""
    return f"The program is not whole: its pictures are not in {folder}, so no window was opened. {_AGAIN}"


def library_named_in(words: str) -> str | None:
    """Return the library that the loader's ``words`` say it has not found."""
    found = re.match(r"(\S+): cannot open shared object file", words)
    return found[1] if found else None
