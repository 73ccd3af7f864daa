"""What a screen reader sees of a program: the tree that it tells over AT-SPI, read from outside over D-Bus.

It brings a screen, a session bus and the accessibility bus of its own, so that nothing of the machine's is touched.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import IO, Any

from tests.support.store.program import ROOT

ROLES = {
    7: "check box",
    11: "combo box",
    20: "filler",  # the timeline: what paints itself has no other role in PySide6
    29: "label",
    31: "list",
    37: "page tab",
    38: "page tab list",
    39: "panel",
    40: "password text",
    43: "push button",
    44: "radio button",
    48: "scroll bar",
    51: "slider",
    52: "spin button",
    55: "table",
    61: "text",
    62: "toggle button",
    65: "tree",
    79: "entry",
}
"""The roles of what takes the keyboard or the mouse, by their numbers in AT-SPI's protocol."""

_PASSIVE = frozenset({20, 29, 39})
"""Roles of what is a control only if the keyboard can go there."""

_LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
_ROOT_PATH = "/org/a11y/atspi/accessible/root"
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_FOCUSABLE, _SHOWING, _VISIBLE = 11, 25, 30
_LABELLED_BY = 2
_PATIENCE_S = 20.0


def lacking() -> str:
    """Return what this machine lacks for it, empty if nothing."""
    if not sys.platform.startswith("linux"):
        return "AT-SPI is for Linux"
    tools = [tool for tool in ("Xvfb", "dbus-daemon") if shutil.which(tool) is None]
    launcher = [] if any(os.access(path, os.X_OK) for path in _LAUNCHERS) else ["at-spi2-core"]
    client = [] if importlib.util.find_spec("jeepney") else ["jeepney"]
    return ", ".join([*tools, *launcher, *client])


@dataclass(frozen=True)
class Seen:
    """Something that a screen reader can go to.

    Attributes:
        name: What it is called: its label, where it has one, else its name.
        role: What it is, by its number in the protocol.
        focusable: Whether the keyboard can go there.
    """

    name: str
    role: int
    focusable: bool


class Reader:
    """Reads the tree of the one program on an accessibility bus.

    Args:
        address: Of the session bus.
    """

    def __init__(self, address: str) -> None:
        from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415 not on every machine

        session = open_dbus_connection(address)
        reply = _answer(session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
        session.close()
        self._bus = open_dbus_connection(reply[0])

    def close(self) -> None:
        """Disconnect from the bus."""
        self._bus.close()

    def program(self) -> tuple[str, str]:
        """Return where the tree of the program begins, once it is there."""
        end = time.monotonic() + _PATIENCE_S
        while True:
            found = self._ask(("org.a11y.atspi.Registry", _ROOT_PATH), "GetChildren")[0]
            if found:
                return str(found[0][0]), str(found[0][1])
            assert time.monotonic() < end, "the program told nothing"
            time.sleep(0.05)

    def controls(self, at: tuple[str, str]) -> Iterator[Seen]:
        """Yield what can be seen and used below a place; the parts of tables and lists are theirs alone."""
        states = self._states(at)
        if not states & (1 << _VISIBLE) or not states & (1 << _SHOWING):
            return
        role = int(self._ask(at, "GetRole")[0])
        focusable = bool(states & (1 << _FOCUSABLE))
        if focusable or (role in ROLES and role not in _PASSIVE):
            yield Seen(self._name(at), role, focusable)
        if ROLES.get(role) not in {"table", "list", "tree", "combo box"}:
            for child in self.children(at):
                yield from self.controls(child)

    def children(self, at: tuple[str, str]) -> list[tuple[str, str]]:
        """Return what lies directly below a place."""
        return [(str(bus), str(path)) for bus, path in self._ask(at, "GetChildren")[0]]

    def _states(self, at: tuple[str, str]) -> int:
        low, high = self._ask(at, "GetState")[0]
        return int(low) | int(high) << 32

    def _name(self, at: tuple[str, str]) -> str:
        for kind, targets in self._ask(at, "GetRelationSet")[0]:
            if kind == _LABELLED_BY:
                at = (str(targets[0][0]), str(targets[0][1]))
        return str(self._ask(at, "Get", "org.freedesktop.DBus.Properties", "ss", (_ACCESSIBLE, "Name"))[0][1])

    def _ask(
        self,
        at: tuple[str, str],
        method: str,
        interface: str = _ACCESSIBLE,
        signature: str = "",
        body: tuple[Any, ...] = (),
    ) -> tuple[Any, ...]:
        return _answer(self._bus, at[0], at[1], interface, method, signature, body)


@contextmanager
def reading(*program: str, **settings: str) -> Iterator[tuple[Reader, subprocess.Popen[str]]]:
    """Start a Python program of the checkout where a screen reader listens, with pipes to and from it.

    Args:
        program: What is given to Python.
        settings: Environment variables.
    """
    with ExitStack() as stack:
        display = stack.enter_context(_screen())
        address = stack.enter_context(_session_bus({"DISPLAY": display}))
        around = {"DISPLAY": display, "DBUS_SESSION_BUS_ADDRESS": address, "QT_QPA_PLATFORM": "xcb"}
        around["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
        process = subprocess.Popen(
            [sys.executable, *program],
            cwd=ROOT,
            env={**os.environ, **around, "PYTHONPATH": str(ROOT), **settings},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        stack.enter_context(_ended(process))
        reader = Reader(address)
        stack.callback(reader.close)
        yield reader, process


@contextmanager
def _screen() -> Iterator[str]:
    read, write = os.pipe()
    command = [shutil.which("Xvfb") or "", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    with _ended(process), os.fdopen(read) as told:
        yield f":{told.readline().strip()}"


@contextmanager
def _session_bus(around: Mapping[str, str]) -> Iterator[str]:
    environment = {**os.environ, **around}
    environment.pop("AT_SPI_BUS_ADDRESS", None)
    process = subprocess.Popen(
        [shutil.which("dbus-daemon") or "", "--session", "--nofork", "--nosyslog", "--print-address=1"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with _ended(process):
        told: IO[str] | None = process.stdout
        assert told is not None
        yield told.readline().strip()


@contextmanager
def _ended(process: subprocess.Popen[Any]) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        process.wait(_PATIENCE_S)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _answer(
    bus: Any, name: str, path: str, interface: str, method: str, signature: str = "", body: tuple[Any, ...] = ()
) -> tuple[Any, ...]:
    from jeepney import DBusAddress, MessageType, new_method_call  # noqa: PLC0415 not on every machine

    call = new_method_call(DBusAddress(path, bus_name=name, interface=interface), method, signature, body)
    reply = bus.send_and_get_reply(call, timeout=_PATIENCE_S)
    assert reply.header.message_type is MessageType.method_return, f"{method}: {reply.body}"
    return tuple(reply.body)
