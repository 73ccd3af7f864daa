"""Progress on the program's entry in the taskbar or dock.

Linux: the signal that Unity introduced, which KDE's taskbar, Ubuntu's dock, Dash to Dock and Plank understand. Plain
GNOME shows nothing. Windows and macOS need interfaces that Qt 6 does not have; nothing is shown there.
"""

from __future__ import annotations

from launcher_gui import APP_ID
from launcher_gui.desktop.bus import Bus, session_address


class Taskbar:
    """Shows how much is done."""

    def __init__(self) -> None:
        self._bus: Bus | None = None
        self._shown = -1

    def show(self, fraction: float | None) -> None:
        """Show that ``fraction`` of everything is done, ``None`` for nothing under way."""
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
        """Take it away."""
        self.show(None)
        if self._bus is not None:
            self._bus.close()
            self._bus = None
