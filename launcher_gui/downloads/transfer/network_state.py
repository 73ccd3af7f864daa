"""What this computer itself may lack: a network, and the time that it slept through.

Neither look sends anything, asks anybody or waits; they may be made on the event loop.
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
"""Where only a way out leads: two addresses of a root name server. Nothing is sent there."""


def reaches(host: str) -> bool:
    """Return whether there is a way from this computer to ``host``; to a name, whether there is one out at all.

    What the system says about its routes is all that is asked: whether somebody answers is another matter.
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
            asking.connect((address, 9))  # which for a datagram socket looks for a route, and no more
    except OSError as error:
        return error.errno not in _NO_ROUTE
    return True


def _has_live_interface() -> bool:
    """Return whether an interface has its cable, or its radio: a route can outlive them. ``True`` where nobody says."""
    states = []
    for interface in _INTERFACES.glob("*/operstate"):
        if interface.parent.name != "lo":
            try:
                states.append(interface.read_text(encoding="ascii").strip())
            except (OSError, ValueError):  # it has just gone
                continue
    return not states or not _DEAD.issuperset(states)


def slept_s() -> float:
    """Return for how many seconds the computer has slept since its start; always 0 where it does not say."""
    if sys.platform != "linux":
        return 0.0
    return max(0.0, time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC))


@dataclass(frozen=True, slots=True)
class NetworkState:
    """The computer, as those see it who must know whether it can be the cause of a failure.

    Attributes:
        reaches: As the function of that name.
        slept_s: As the function of that name.
        interval_s: How often to check whether the computer was suspended.
    """

    reaches: Callable[[str], bool] = reaches
    slept_s: Callable[[], float] = slept_s
    interval_s: float = 1.0
