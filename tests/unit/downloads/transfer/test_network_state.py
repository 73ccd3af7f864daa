"""The state of this computer's network, found out without sending anything."""

from __future__ import annotations

import errno
import socket
from pathlib import Path

import pytest

from launcher_gui.downloads.transfer import network_state


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "models.localhost"])
def test_itself_is_always_reached(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A download from this computer needs no network."""
    monkeypatch.setattr(socket, "socket", lambda *_: pytest.fail("asked for a route"))
    assert network_state.reaches(host)


class _Asking:
    """A socket on a computer with the routes ``to``."""

    def __init__(self, to: tuple[str, ...], number: int) -> None:
        self._to, self._number = to, number

    def __enter__(self) -> _Asking:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def connect(self, address: tuple[str, int]) -> None:
        if address[0] not in self._to:
            raise OSError(self._number, "no")


@pytest.mark.parametrize(
    ("host", "to", "number", "reached"),
    [
        ("models.example", (), errno.ENETUNREACH, False),
        ("models.example", ("198.41.0.4",), errno.ENETUNREACH, True),
        ("models.example", ("2001:503:ba3e::2:30",), errno.EADDRNOTAVAIL, True),
        ("192.168.7.3", ("192.168.7.3",), errno.ENETUNREACH, True),
        ("192.168.7.3", ("198.41.0.4",), errno.EHOSTUNREACH, False),
        ("models.example", (), errno.EPERM, True),
    ],
)
def test_goes_by_routes(
    host: str, to: tuple[str, ...], number: int, reached: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An IP address needs its own route, a name any default route; a refused check means nothing."""
    monkeypatch.setattr(socket, "socket", lambda *_: _Asking(to, number))
    monkeypatch.setattr(network_state, "_INTERFACES", Path("/nonexistent"))
    assert network_state.reaches(host) is reached


@pytest.mark.parametrize(
    ("states", "reached"),
    [
        ({"lo": "unknown", "eth0": "up"}, True),
        ({"lo": "unknown", "eth0": "down"}, False),
        ({"lo": "unknown", "eth0": "down", "tun0": "unknown"}, True),
        ({"lo": "unknown", "eth0": "lowerlayerdown"}, False),
        ({}, True),
    ],
)
def test_a_pulled_cable_outlived_by_its_route(
    states: dict[str, str], reached: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an active interface, no route counts."""
    monkeypatch.setattr(socket, "socket", lambda *_: _Asking(("198.41.0.4",), 0))
    monkeypatch.setattr(network_state, "_INTERFACES", tmp_path)
    for name, state in states.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "operstate").write_text(state + "\n", encoding="ascii")
    assert network_state.reaches("models.example") is reached


def test_sleep_only_adds_up() -> None:
    """Two checks in a row show no suspend in between."""
    before = network_state.slept_s()
    assert before >= 0
    assert network_state.slept_s() - before < 1
