"""What tests of every package stand on: real servers and places for their files. Imports no Qt."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from launcher_gui.downloads.sources.all_sources import SOURCES
from launcher_gui.recovery.integration import RecoveryIntegrator, get_recovery_integrator
from tests.support.builders import keyrings
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.servers.misbehaving_process import MisbehavingProcess
from tests.support.servers.nginx import NginxServer

# How long an example takes says something about the machine, nothing about the program.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_configure() -> None:
    """Give the programs that tests start the default reaction to signals, whatever this process has inherited.

    ``nohup`` and scripts start their children with signals ignored, and children of those inherit that. A signal that
    is handled is reset to its default in a new program; so a handler that does nothing protects this process as well,
    and no one else.
    """
    if sys.platform != "win32":
        for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) is signal.SIG_IGN:
                signal.signal(number, lambda _number, _frame: None)


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep the hands off the keyring of whoever runs the tests, in this process and in those that it starts."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    for source in SOURCES:
        for variable in (source.token_variable, *(home.variable for home in source.homes if home.variable)):
            monkeypatch.delenv(variable, raising=False)
    with keyrings.using(None):
        yield


@pytest.fixture
async def misbehaving() -> AsyncIterator[MisbehavingServer]:
    """A server on this test's loop that does what its script says."""
    async with MisbehavingServer() as server:
        yield server


@pytest.fixture
def misbehaving_process() -> Iterator[MisbehavingProcess]:
    """The same server as a process of its own."""
    with MisbehavingProcess() as server:
        yield server


@pytest.fixture
def nginx(tmp_path: Path) -> Iterator[NginxServer]:
    """The real nginx, serving a folder that is empty at first: its attribute ``folder``."""
    folder = tmp_path / "served"
    folder.mkdir()
    with NginxServer(folder) as server:
        yield server


@pytest.fixture
def refused_port() -> Iterator[int]:
    """A port of 127.0.0.1 that refuses connections and that no other process can use meanwhile."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    """Where a store may be made; its folder is not there yet, as at a first start."""
    return tmp_path / "data" / "recovery.sqlite3"


@pytest.fixture
def integrator() -> Iterator[RecoveryIntegrator]:
    """Return the process's integrator, as it was before when the test is over."""
    shared = get_recovery_integrator()
    yield shared
    shared.reset()
