"""The desktop's message buses. Without one, nothing waits and nothing is started."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

_SYSTEM_SOCKET = Path("/run/dbus/system_bus_socket")
_numbers = count(1)


def session_address(environ: Mapping[str, str] = os.environ) -> str:
    """Return the address of the session bus, empty if there is none.

    Qt would start a bus if there is none, and keep the first address that it has seen.
    """
    if not sys.platform.startswith("linux"):
        return ""
    if told := environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return told
    socket = Path(environ.get("XDG_RUNTIME_DIR", "")) / "bus"
    return f"unix:path={socket}" if socket.is_absolute() and socket.exists() else ""


def system_address(environ: Mapping[str, str] = os.environ) -> str:
    """Return the address of the system bus, empty if there is none."""
    if not sys.platform.startswith("linux"):
        return ""
    if told := environ.get("DBUS_SYSTEM_BUS_ADDRESS"):
        return told
    return f"unix:path={_SYSTEM_SOCKET}" if _SYSTEM_SOCKET.exists() else ""


class Bus:
    """A private connection to a bus: what is held through it is released when it is closed.

    Args:
        address: Address of the bus.
    """

    def __init__(self, address: str) -> None:
        self._name = f"comfyui-recovery-{os.getpid()}-{next(_numbers)}"
        self._connection = QDBusConnection.connectToBus(address, self._name) if address else None

    @property
    def is_there(self) -> bool:
        """Whether it is connected."""
        return self._connection is not None and self._connection.isConnected()

    def tell(self, path: str, interface: str, signal: str, arguments: list[object]) -> None:
        """Send a signal."""
        if self._connection is not None:
            message = QDBusMessage.createSignal(path, interface, signal)
            message.setArguments(arguments)
            self._connection.send(message)

    def call(
        self,
        target: tuple[str, str, str, str],
        arguments: list[object],
        answered: Callable[[QDBusMessage], None],
        parent: QObject,
    ) -> None:
        """Call a method without waiting for it.

        Args:
            target: Service, path, interface and method.
            arguments: The arguments. Integers are sent as signed 32 bits: PySide has no others.
            answered: Receives the reply, or the error.
            parent: Lives as long as the reply is of interest.
        """
        if self._connection is None:
            return
        message = QDBusMessage.createMethodCall(*target)
        message.setArguments(arguments)
        pending = self._connection.asyncCall(message)
        watcher = QDBusPendingCallWatcher(pending, parent)

        def finished() -> None:
            answered(pending.reply())
            watcher.deleteLater()

        watcher.finished.connect(finished)

    def close(self) -> None:
        """Disconnect."""
        if self._connection is not None:
            self._connection = None
            QDBusConnection.disconnectFromBus(self._name)
