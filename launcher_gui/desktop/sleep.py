"""Keeps the computer awake while something is being downloaded. The screen may still turn off.

Linux: asks the session's power manager (KDE, Xfce, MATE), else logind. The desktop releases the request when the
connection ends, so no cookie has to be returned.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusMessage

from launcher_gui.desktop.bus import Bus, session_address, system_address

_WHO, _WHY = "ComfyUI Launcher Recovery Monitor", "Downloads are running"
_OFFERS: tuple[tuple[Callable[[], str], tuple[str, str, str, str], list[object]], ...] = (
    (
        session_address,
        (
            "org.freedesktop.PowerManagement",
            "/org/freedesktop/PowerManagement/Inhibit",
            "org.freedesktop.PowerManagement.Inhibit",
            "Inhibit",
        ),
        [_WHO, _WHY],
    ),
    (
        system_address,
        ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "Inhibit"),
        ["sleep:idle", _WHO, _WHY, "block"],
    ),
)


class Wakefulness(QObject):
    """Keeps the computer awake on request."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted = False
        self._bus: Bus | None = None
        self._kept: list[object] = []  # logind's inhibitor lasts as long as its descriptor is open
        self._caffeinate: subprocess.Popen[bytes] | None = None

    @property
    def held(self) -> bool:
        """Whether a service has accepted the request."""
        return bool(self._kept) or self._caffeinate is not None

    def keep(self, *, awake: bool) -> None:
        """Keep the computer awake, or stop doing so."""
        if awake is self._wanted:
            return
        self._wanted = awake
        if sys.platform == "darwin":
            self._on_macos(awake=awake)
        elif sys.platform == "win32":
            self._on_windows(awake=awake)
        elif awake:
            self._ask(0)
        else:
            self._let_go()

    def _ask(self, number: int) -> None:
        """Ask the first service that may keep it awake, and the next one if it refuses."""
        if number == len(_OFFERS) or not self._wanted:
            return
        address, target, arguments = _OFFERS[number]
        bus = Bus(address())
        if not bus.is_there:
            bus.close()
            self._ask(number + 1)
            return
        self._let_go()
        self._bus = bus

        def answered(reply: QDBusMessage) -> None:
            if self._bus is not bus:  # no longer wanted
                return
            if reply.type() == QDBusMessage.MessageType.ReplyMessage:
                self._kept = [*reply.arguments(), reply]
            else:
                self._let_go()
                self._ask(number + 1)

        bus.call(target, arguments, answered, self)

    def _let_go(self) -> None:
        self._kept = []
        if self._bus is not None:
            self._bus.close()
            self._bus = None

    def _on_macos(self, *, awake: bool) -> None:
        """Unproven: never run on a Mac. ``-w`` ends it with this process, however that ends."""
        if awake:
            command = ["/usr/bin/caffeinate", "-i", "-w", str(os.getpid())]
            self._caffeinate = subprocess.Popen(command)  # noqa: S603 nothing of it is anybody else's
        elif self._caffeinate is not None:
            self._caffeinate.terminate()
            self._caffeinate.wait()
            self._caffeinate = None

    def _on_windows(self, *, awake: bool) -> None:
        """Unproven: never run on Windows. It applies to the calling thread, which is the window's."""
        if sys.platform == "win32":
            continuous, system_required = 0x80000000, 0x00000001
            ctypes.windll.kernel32.SetThreadExecutionState(continuous | system_required if awake else continuous)
            self._kept = ["the system"] if awake else []
