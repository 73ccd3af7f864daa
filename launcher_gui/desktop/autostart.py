"""Start at login: one entry for each store; entries of other programs are never touched.

Everything here accesses the disk and belongs on a thread.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import plistlib
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from launcher_gui import APP_ID
from launcher_gui.recovery.store.location import default_path

if sys.platform == "win32":
    import winreg

_NAME = "ComfyUI Launcher Recovery Monitor"
_RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"


def set_autostart(store: str, *, on: bool, environ: Mapping[str, str] = os.environ) -> None:
    """Open the window on ``store`` at every login, or stop doing so.

    Raises:
        OSError: If the entry cannot be written or removed.
    """
    words = command(store, environ)
    if sys.platform == "win32":
        _on_windows(_mark(store, environ), words, on=on)
        return
    if sys.platform == "darwin":  # unproven: never run on a Mac
        label = f"{APP_ID}{_mark(store, environ)}"
        entry = Path.home() / "Library" / "LaunchAgents" / f"{label}.plist"
        content = plistlib.dumps({"Label": label, "ProgramArguments": list(words), "RunAtLoad": True})
    else:
        entry, content = entry_path(store, environ), desktop_entry(words).encode()
    if on:
        entry.parent.mkdir(parents=True, exist_ok=True)
        entry.write_bytes(content)
    else:
        entry.unlink(missing_ok=True)


def command(store: str, environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return the command that starts this program on ``store``: the file or script that runs now."""
    program = (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, os.path.abspath(sys.argv[0]))  # noqa: PTH100
    return program if _is_usual(store, environ) else (*program, "--store", store)


def entry_path(store: str, environ: Mapping[str, str] = os.environ) -> Path:
    """Return where the desktop looks for the entry (XDG Desktop Application Autostart Specification)."""
    config = Path(environ.get("XDG_CONFIG_HOME", ""))
    folder = (config if config.is_absolute() else Path.home() / ".config") / "autostart"
    return folder / f"{APP_ID}{_mark(store, environ)}.desktop"


def desktop_entry(words: Sequence[str]) -> str:
    """Return the entry that runs ``words``, quoted as the Desktop Entry Specification requires."""
    line = " ".join(_quoted(word) for word in words)
    return (
        f"[Desktop Entry]\nType=Application\nName={_NAME}\nExec={line}\nIcon={APP_ID}\nTerminal=false\n"
        "X-GNOME-Autostart-enabled=true\n"
    )


def _quoted(word: str) -> str:
    # Within quotes four characters need a backslash; then each backslash doubles, because the value is a string.
    inside = re.sub(r'(["`$\\])', r"\\\1", word).replace("\\", "\\\\")
    return f'"{inside.replace("%", "%%")}"'


def _is_usual(store: str, environ: Mapping[str, str]) -> bool:
    plain = {name: value for name, value in environ.items() if name != "RECOVERY_STORE"}
    return Path(store) == default_path(plain)


def _mark(store: str, environ: Mapping[str, str]) -> str:
    """Return a suffix that distinguishes the entries of several stores; empty for the default store."""
    return "" if _is_usual(store, environ) else f"-{hashlib.sha256(store.encode()).hexdigest()[:8]}"


def _on_windows(mark: str, words: Sequence[str], *, on: bool) -> None:
    """Unproven: never run on Windows."""
    if sys.platform == "win32":
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
            if on:
                winreg.SetValueEx(key, _NAME + mark, 0, winreg.REG_SZ, subprocess.list2cmdline(words))
                return
            with contextlib.suppress(FileNotFoundError):
                winreg.DeleteValue(key, _NAME + mark)
