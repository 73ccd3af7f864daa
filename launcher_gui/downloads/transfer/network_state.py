"""The state of this computer's network, and how long the computer was suspended.

The checks send nothing and do not wait; they may run on the event loop.
"""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from launcher_gui.downloads.http.proxies import is_loopback

_INTERFACES = Path("/sys/class/net")
_DEAD = frozenset({"down", "lowerlayerdown", "notpresent"})  # RFC 2863's states, as Linux writes them
_NO_ROUTE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})
_FAR = ("198.41.0.4", "2001:503:ba3e::2:30")
"""Addresses of a root name server, which only a default route reaches. Nothing is sent there."""


def reaches(host: str) -> bool:
    """Return whether this computer has a route to ``host``; for a name, whether it has a default route.

    Only the system's routing table is consulted, so this does not show whether the host responds.
    """
    if is_loopback(host):
        return True
    try:
        addresses: tuple[str, ...] = (str(ipaddress.ip_address(host)),)
    except ValueError:
        addresses = _FAR
    return _has_live_interface() and any(map(_has_route, addresses))


def _has_route(address: str) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as asking:
            asking.connect((address, 9))  # for a datagram socket, this only looks up the route
    except OSError as error:
        return error.errno not in _NO_ROUTE
    return True


def _has_live_interface() -> bool:
    """Return whether an interface has a link, since a route can outlive it. ``True`` if unknown."""
    states = []
    for interface in _INTERFACES.glob("*/operstate"):
        if interface.parent.name != "lo":
            try:
                states.append(interface.read_text(encoding="ascii").strip())
            except (OSError, ValueError):  # the interface has just disappeared
                continue
    return not states or not _DEAD.issuperset(states)


def slept_s() -> float:
    """Return for how many seconds this computer has been suspended since its start; always 0 if unknown."""
    if sys.platform != "linux":
        return 0.0
    return max(0.0, time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC))


@dataclass(frozen=True, slots=True)
class NetworkState:
    """The state of this computer, to find out whether it is the cause of a failure.

    Attributes:
        reaches: The function ``reaches``.
        slept_s: The function ``slept_s``.
        interval_s: How often to check whether the computer was suspended.
    """

    reaches: Callable[[str], bool] = reaches
    slept_s: Callable[[], float] = slept_s
    interval_s: float = 1.0
