"""Network loss and sleep of this computer count as no failure, and downloads resume afterwards."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from launcher_gui.downloads.transfer import suspend_detection
from launcher_gui.downloads.transfer.network_state import NetworkState
from launcher_gui.recovery.execution import runner
from launcher_gui.recovery.operation import CommandKind, OperationState
from tests.support.builders.downloading import Downloads, Told, downloads_on
from tests.support.builders.files import KIB, MIB, ONE_MIB, Content, sha256_of
from tests.support.servers.behaviours import Answer, Drop, HangUp, Serve, Stall
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.store.program import ROOT

KEPT = 600 * KIB


@dataclass
class Computer:
    """A computer whose network and sleep the test controls.

    Attributes:
        is_connected: Whether it has a network.
        slept: For how many seconds it has slept.
    """

    is_connected: bool = True
    slept: float = 0.0

    @property
    def machine(self) -> NetworkState:
        """Return the computer as the program sees it."""
        return NetworkState(reaches=lambda _host: self.is_connected, slept_s=lambda: self.slept, interval_s=0.02)


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> Computer:
    """A computer that is polled more often than usual."""
    monkeypatch.setattr(runner, "BACK_LOOK_S", 0.02)
    return Computer()


def _parked(told: Told, attempts: int | None = None) -> bool:
    if attempts is not None and len(told.attempts) != attempts:
        return False
    return told.state is OperationState.WAITING and str(told.operation.decision).startswith("waiting for the network: ")


def _impatient(computer: Computer, root: Path) -> AbstractAsyncContextManager[Downloads]:
    """Open the downloads without retries and with a long stall timeout."""
    return downloads_on(computer.machine, root, max_retries=0, circuit_breaker_threshold=1, stall_timeout=60)


async def test_waits_and_goes_on_by_itself(misbehaving: MisbehavingServer, tmp_path: Path, computer: Computer) -> None:
    """A drop with the network waits, counts as no failure, and resumes where it was."""
    misbehaving.script(Serve(Drop(KEPT)))
    computer.is_connected = False
    async with _impatient(computer, tmp_path) as desk:
        operation_id = await desk.add(misbehaving.url())
        told = await desk.until(operation_id, _parked)
        assert str(told.operation.decision) == "waiting for the network: connection closed early"
        assert told.operation.retry_at is None
        assert len(misbehaving.log) == 1
        computer.is_connected = True
        told = await desk.ended(operation_id)
        assert told.state is OperationState.COMPLETED
        assert told.last.resumed_from == KEPT
        assert await desk.service.store.read(lambda tx: tx.breakers.every()) == []
    assert sha256_of(tmp_path / "models" / "model.safetensors") == ONE_MIB.sha256


async def test_a_long_outage(misbehaving: MisbehavingServer, tmp_path: Path, computer: Computer) -> None:
    """All retries remain after a long outage."""
    misbehaving.script(then=HangUp())
    computer.is_connected = False
    async with _impatient(computer, tmp_path) as desk:
        operation_id = await desk.add(misbehaving.url())
        for attempts in range(1, 5):
            told = await desk.until(operation_id, partial(_parked, attempts=attempts))
            await desk.command(operation_id, CommandKind.RETRY)
        assert told.operation.attempt_limit == 4
        await desk.until(operation_id, partial(_parked, attempts=5))
        misbehaving.script()
        computer.is_connected = True
        assert (await desk.ended(operation_id)).state is OperationState.COMPLETED


async def test_a_host_that_fails_with_the_network_there(
    misbehaving: MisbehavingServer, tmp_path: Path, computer: Computer
) -> None:
    """With a network a failure is the host's."""
    misbehaving.script(then=HangUp())
    async with _impatient(computer, tmp_path) as desk:
        told = await desk.get(misbehaving.url())
        assert told.state is OperationState.FAILED
        (breaker,) = await desk.service.store.read(lambda tx: tx.breakers.every())
        assert breaker.state == "open"


async def test_what_somebody_answered_is_no_matter_of_the_network(
    misbehaving: MisbehavingServer, tmp_path: Path, computer: Computer
) -> None:
    """A refusal counts, whatever the routes."""
    misbehaving.script(then=Answer(404))
    computer.is_connected = False
    async with _impatient(computer, tmp_path) as desk:
        assert (await desk.get(misbehaving.url())).state is OperationState.FAILED


@pytest.mark.parametrize(
    ("kind", "state"),
    [(CommandKind.PAUSE, OperationState.PAUSED), (CommandKind.CANCEL, OperationState.CANCELLED)],
)
async def test_stopped_meanwhile(
    misbehaving: MisbehavingServer, tmp_path: Path, computer: Computer, kind: CommandKind, state: OperationState
) -> None:
    """A download that waits for the network obeys commands."""
    misbehaving.script(then=HangUp())
    computer.is_connected = False
    async with _impatient(computer, tmp_path) as desk:
        operation_id = await desk.add(misbehaving.url())
        await desk.until(operation_id, _parked)
        await desk.command(operation_id, kind)
        assert (await desk.told(operation_id)).state is state


async def test_ends_what_it_slept_through(misbehaving: MisbehavingServer, tmp_path: Path, computer: Computer) -> None:
    """A transfer that sleep interrupted is requested again at once and does not count."""
    large = Content(5 * MIB)
    misbehaving.script(Serve(Stall(4 * MIB), content=large), then=Serve(content=large))
    async with _impatient(computer, tmp_path) as desk:
        operation_id = await desk.add(misbehaving.url())
        await desk.until(operation_id, lambda told: told.operation.progress.done > 0)
        computer.slept += 3600
        told = await desk.ended(operation_id)
    assert told.state is OperationState.COMPLETED
    assert 0 < told.last.resumed_from <= 4 * MIB
    assert str(told.attempts[0].error) == "this computer was asleep"
    assert str(told.attempts[0].decision) == "retrying now: this computer was asleep"


async def test_wakes_before_its_network(misbehaving: MisbehavingServer, tmp_path: Path, computer: Computer) -> None:
    """A computer that wakes before its network waits for it first."""
    misbehaving.script(Serve(Stall(KEPT)))
    async with _impatient(computer, tmp_path) as desk:
        operation_id = await desk.add(misbehaving.url())
        await misbehaving.until(lambda log: bool(log) and log[0].sent == KEPT)
        computer.is_connected = False
        computer.slept += 3600
        told = await desk.until(operation_id, _parked)
        assert str(told.operation.decision) == "waiting for the network: this computer was asleep"
        computer.is_connected = True
        assert (await desk.ended(operation_id)).state is OperationState.COMPLETED


async def test_a_nap_ends_nothing(misbehaving: MisbehavingServer, tmp_path: Path, computer: Computer) -> None:
    """Connections survive a short sleep."""
    misbehaving.script(Serve(Stall(KEPT)))
    async with _impatient(computer, tmp_path) as desk:
        operation_id = await desk.add(misbehaving.url())
        await misbehaving.until(lambda log: bool(log) and log[0].sent == KEPT)
        computer.slept += suspend_detection.LEAST_S - 0.1
        await desk.service.clock.sleep(0.2)
        assert len((await desk.told(operation_id)).attempts) == 1


WITHOUT_NETWORK = """
import subprocess, sys, threading, time
from pathlib import Path
from tests.support.servers.misbehaving_process import MisbehavingProcess
from tests.support.store.program import Program, wait_until

root, ip = Path(sys.argv[1]), sys.argv[2]
subprocess.run([ip, "link", "set", "lo", "up"], check=True)
program = Program(root / "data" / "store.sqlite3", {"initial_delay": 0, "max_retries": 0, "connect_timeout": 3})
with MisbehavingProcess() as server:
    got = program.run("get", server.url(), "--to", str(root / "models"))
    assert got.status == 0, got
process = program.start("get", "http://models.invalid/x.bin", "--to", str(root / "models"))
def waits():
    return "Waiting for the network" in program.run("list").out
wait_until(waits)
subprocess.run([ip, "link", "add", "cable", "type", "veth", "peer", "name", "far"], check=True)
subprocess.run([ip, "addr", "add", "10.99.0.1/24", "dev", "cable"], check=True)
subprocess.run([ip, "link", "set", "cable", "up"], check=True)
subprocess.run([ip, "link", "set", "far", "up"], check=True)
subprocess.run([ip, "route", "add", "default", "via", "10.99.0.2"], check=True)
out, err = process.communicate(timeout=60)
assert process.returncode == 1 and "x.bin failed" in err, (out, err)
"""


def test_a_real_computer_without_a_network(tmp_path: Path) -> None:
    """Without a network, local downloads work and others wait for a route."""
    unshare, ip = shutil.which("unshare"), shutil.which("ip")
    alone = [str(unshare), "--net"]
    if unshare is None or ip is None or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this takes the right to have a network of one's own")
    command = [*alone, sys.executable, "-c", WITHOUT_NETWORK, str(tmp_path), ip]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
