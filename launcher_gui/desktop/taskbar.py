"""Progress on the program's entry in the taskbar or dock.

Linux: the Unity launcher signal, which KDE's taskbar, Ubuntu's dock, Dash to Dock and Plank understand. Plain GNOME
shows nothing. Windows and macOS need interfaces that Qt 6 does not have; nothing is shown there.
"""

from __future__ import annotations

from launcher_gui import APP_ID
from launcher_gui.desktop.bus import Bus, session_address


class Taskbar:
    """Shows the overall progress."""

    def __init__(self) -> None:
        self._bus: Bus | None = None
        self._shown = -1

    def show(self, fraction: float | None) -> None:
        """Show ``fraction`` as done, ``None`` if nothing is active."""
        percent = -1 if fraction is None else int(fraction * 100)
        if percent == self._shown:
            return
        self._shown = percent
        if self._bus is None:
            self._bus = Bus(session_address())
        state = {"progress": max(0, percent) / 100, "progress-visible": percent >= 0}
        uri = f"application://{APP_ID}.desktop"
        self._bus.tell("/", "com.canonical.Unity.LauncherEntry", "Update", [uri, state])

    def close(self) -> None:
        """Remove the progress."""
        self.show(None)
        if self._bus is not None:
            self._bus.close()
            self._bus = None
