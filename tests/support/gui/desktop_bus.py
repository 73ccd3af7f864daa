"""A message bus of our own, with a desktop on it that notes what it is asked: a real dbus-daemon, nobody's session."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusUnixFileDescriptor,
    QDBusVirtualObject,
)

from tests.support.store.program import wait_until

POWER = "org.freedesktop.PowerManagement"
LOGIND = "org.freedesktop.login1"
PORTAL = "org.freedesktop.portal.Desktop"


@dataclass(frozen=True)
class Call:
    """What somebody asked the desktop.

    Attributes:
        interface: Of which interface.
        method: What.
        signature: With which types.
        arguments: With which values.
    """

    interface: str
    method: str
    signature: str
    arguments: tuple[Any, ...]


class Desktop(QDBusVirtualObject):
    """Answers for the services that it was given.

    Args:
        address: Where the bus listens.
        services: What it is.
    """

    def __init__(self, address: str, *services: str) -> None:
        super().__init__()
        self.calls: list[Call] = []
        self._ends: list[int] = []
        self._name = f"desktop-{id(self)}"
        self._bus = QDBusConnection.connectToBus(address, self._name)
        assert self._bus.isConnected()
        assert self._bus.registerVirtualObject("/org", self, QDBusConnection.VirtualObjectRegisterOption.SubPath)
        for service in services:
            assert self._bus.registerService(service)

    def introspect(self, _path: str) -> str:
        """Nobody asks."""
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:  # noqa: N802
        """Note a call and answer it."""
        call = Call(message.interface(), message.member(), message.signature(), tuple(message.arguments()))
        self.calls.append(call)
        reply = message.createReply()
        if message.interface().startswith(LOGIND):
            mine, theirs = os.pipe()
            os.set_blocking(mine, False)
            self._ends.append(mine)
            reply.setArguments([QDBusUnixFileDescriptor(theirs)])
            os.close(theirs)
        else:
            reply.setArguments([7])
        connection.send(reply)
        return True

    @property
    def let_go(self) -> bool:
        """Whether every inhibitor lock of logind has been released."""
        with contextlib.suppress(BlockingIOError):
            return all(os.read(end, 1) == b"" for end in self._ends)
        return False

    def close(self) -> None:
        """Leave the bus."""
        for end in self._ends:
            os.close(end)
        QDBusConnection.disconnectFromBus(self._name)


@contextlib.contextmanager
def listening(address: str, rule: str, file: Path) -> Iterator[Callable[[], str]]:
    """Record the messages that match ``rule``, and yield a function that returns them as text.

    PySide cannot read a map that it is sent.
    """
    program = shutil.which("dbus-monitor")
    assert program is not None
    with file.open("wb") as out:
        process = subprocess.Popen(
            [program, "--address", address, rule], stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL
        )
    try:
        wait_until(lambda: "NameLost" in file.read_text(encoding="utf-8"))  # from then on it listens
        yield lambda: file.read_text(encoding="utf-8")
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def bus() -> Iterator[str]:
    """Run a bus and yield where it listens."""
    program = shutil.which("dbus-daemon")
    assert program is not None
    process = subprocess.Popen(
        [program, "--session", "--nofork", "--print-address"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()
