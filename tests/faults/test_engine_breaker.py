"""A host that keeps failing is paused for all its downloads, with a stated reason, until it recovers."""

from __future__ import annotations

import asyncio
from pathlib import Path

from launcher_gui.recovery.execution.runner import BREAKER_LOOK_S
from launcher_gui.recovery.operation import CommandKind, OperationState
from tests.support.builders.clock import FakeClock, settle
from tests.support.builders.downloading import Downloads, Told, downloads
from tests.support.builders.files import MIB, Content
from tests.support.servers.behaviours import Answer
from tests.support.servers.misbehaving import MisbehavingServer

OPENS = {"circuit_breaker_threshold": 2, "circuit_breaker_timeout": 60, "max_retries": 5}


def _host(server: MisbehavingServer) -> str:
    return f"127.0.0.1:{server.port}"


async def _held_back(desk: Downloads, server: MisbehavingServer) -> Told:
    """Let a download fail until its host's breaker pauses it, and return its status."""
    server.script(then=Answer(500))
    operation_id = await desk.add(server.url())
    told = await desk.until(operation_id, lambda told: " times in a row" in str(told.operation.decision))
    assert len(told.attempts) == 2
    clock = desk.service.clock
    assert isinstance(clock, FakeClock)
    async with asyncio.timeout(20):
        while BREAKER_LOOK_S not in clock.slept:  # it is told of before it waits, and time must not pass in between
            await settle()
    return told


async def _completed(desk: Downloads, clock: FakeClock, operation_id: str) -> None:
    """Advance time until a download has completed."""
    async with asyncio.timeout(20):
        while (await desk.told(operation_id)).state is not OperationState.COMPLETED:
            await clock.advance(BREAKER_LOOK_S)


async def test_opens_and_says_so(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """After enough failures a host is paused; its downloads state that, and other hosts' continue."""
    clock = FakeClock()
    async with MisbehavingServer() as other, downloads(tmp_path, clock, **OPENS) as desk:
        told = await _held_back(desk, misbehaving)
        assert told.state is OperationState.WAITING
        assert told.operation.retry_at == clock.now() + 60
        assert (
            str(told.operation.reason)
            == f"{_host(misbehaving)} is not responding properly: the server answered 500 (Internal Server Error)"
        )
        assert str(told.operation.decision) == f"waiting 1 min 00 s: {_host(misbehaving)} failed 2 times in a row"
        second = await desk.in_state(await desk.add(misbehaving.url(), name="second.bin"), OperationState.WAITING)
        assert second.attempts == ()
        assert second.operation.decision == told.operation.decision
        assert (await desk.get(other.url(), name="other.bin")).state is OperationState.COMPLETED
        assert len(misbehaving.log) == 2


async def test_probes_when_its_time_is_over(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """One download tests the host, and its success resumes the others."""
    clock = FakeClock()
    async with downloads(tmp_path, clock, **OPENS) as desk:
        first = await _held_back(desk, misbehaving)
        second = await desk.in_state(await desk.add(misbehaving.url(), name="second.bin"), OperationState.WAITING)
        misbehaving.script()
        await clock.advance(59)
        assert len(misbehaving.log) == 2
        await clock.advance(1)
        for operation_id in (first.operation.id, second.operation.id):
            await _completed(desk, clock, operation_id)
        async with asyncio.timeout(20):  # the host is told after the download: that it has worked comes first
            while [(b.state, b.failures) for b in await desk.service.store.read(lambda tx: tx.breakers.every())] != [
                ("closed", 0)
            ]:
                await clock.advance(0)


async def test_stays_open_longer_when_the_probe_fails(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A failed test doubles the pause."""
    clock = FakeClock()
    async with downloads(tmp_path, clock, **OPENS) as desk:
        told = await _held_back(desk, misbehaving)
        await clock.advance(60)
        told = await desk.until(
            told.operation.id, lambda told: str(told.operation.decision).endswith("failed 3 times in a row")
        )
        assert told.operation.retry_at == clock.now() + 120


async def test_person_lets_calls_through(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """After a reset the waiting downloads continue within seconds."""
    clock = FakeClock()
    async with downloads(tmp_path, clock, **OPENS) as desk:
        told = await _held_back(desk, misbehaving)
        misbehaving.script()
        assert await desk.service.store.write(lambda tx: tx.breakers.reset(_host(misbehaving), clock.now()))
        await clock.advance(BREAKER_LOOK_S)
        told = await desk.in_state(told.operation.id, OperationState.COMPLETED)
        assert len(told.attempts) == 3


async def test_retry_now_tries_now(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """Retry now ignores the pause, and its success resumes the host."""
    clock = FakeClock()
    async with downloads(tmp_path, clock, **OPENS) as desk:
        told = await _held_back(desk, misbehaving)
        await desk.command(told.operation.id, CommandKind.RETRY)
        told = await desk.until(
            told.operation.id, lambda told: str(told.operation.decision).endswith("3 times in a row")
        )
        assert told.operation.retry_at == clock.now() + 120
        slept = len(clock.slept)
        await settle()
        assert len(clock.slept) - slept < 5
        misbehaving.script()
        await desk.command(told.operation.id, CommandKind.RETRY)
        await desk.in_state(told.operation.id, OperationState.COMPLETED)
        (breaker,) = await desk.service.store.read(lambda tx: tx.breakers.every())
        assert breaker.state == "closed"


async def test_missing_file_is_not_the_hosts_fault(misbehaving: MisbehavingServer, tmp_path: Path) -> None:
    """A 404 or a wrong file does not count as a failure of the host."""
    async with downloads(tmp_path, None, **OPENS) as desk:
        for number in range(3):
            misbehaving.script(Answer(404))
            await desk.get(misbehaving.url(), name=f"{number}.bin")
            await desk.get(misbehaving.url(), name=f"wrong{number}.bin", sha256=Content(MIB, seed=3).sha256)
        assert (await desk.get(misbehaving.url())).state is OperationState.COMPLETED
