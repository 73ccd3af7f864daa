"""The default location of the store."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

IN_MEMORY = ":memory:"
"""The path of a store that ends with the process."""

FOLDER = "comfyui-recovery"
FILE = "recovery.sqlite3"


def default_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Return ``RECOVERY_STORE`` if set, else the file in the platform's folder for a user's data.

    Linux follows the XDG Base Directory Specification, which ignores a relative ``XDG_DATA_HOME``.
    """
    if chosen := environ.get("RECOVERY_STORE"):
        return Path(chosen).expanduser()
    return _data_folder(environ) / FOLDER / FILE


def _data_folder(environ: Mapping[str, str]) -> Path:
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    xdg = Path(environ.get("XDG_DATA_HOME", ""))
    return xdg if xdg.is_absolute() else Path.home() / ".local" / "share"
