"""What clients of a real Socket.IO server receive: python-socketio on aiohttp, on loopback."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from socketio import AsyncClient, AsyncServer

from launcher_gui.recovery import ProgressTracker, recoverable
from launcher_gui.recovery.adapters import socketio as adapter
from launcher_gui.recovery.adapters.socketio import SocketIOHook
from launcher_gui.recovery.hooks import BreakerMoved, Fact, tell
from launcher_gui.recovery.operation import OperationState
from launcher_gui.recovery.rules.breaker import BreakerState
from launcher_gui.text.message import foreign
from tests.support.builders.clock import FakeClock
from tests.support.store import facts

Heard = list[tuple[str, dict[str, Any]]]


class Listener:
    """A client that stores what it receives.

    Args:
        client: A connected client.
    """

    def __init__(self, client: AsyncClient) -> None:
        self._heard: asyncio.Queue[tuple[str, dict[str, Any]]] = asyncio.Queue()
        client.on("*", self._hear)

    async def _hear(self, event: str, payload: dict[str, Any]) -> None:
        self._heard.put_nowait((event, payload))

    async def next(self, count: int) -> Heard:
        """Return the next messages, and check that there are no more."""
        async with asyncio.timeout(10):
            heard = [await self._heard.get() for _ in range(count)]
        assert self._heard.empty()
        return heard


class Place:
    """A server on this test's loop.

    Args:
        server: The server.
        url: Where it listens.
    """

    def __init__(self, server: AsyncServer, url: str) -> None:
        self.server = server
        self.url = url

    @asynccontextmanager
    async def listener(self, room: str | None = None) -> AsyncIterator[Listener]:
        """Connect a client, in a room if one is named."""
        client = AsyncClient()
        listener = Listener(client)
        await client.connect(self.url)
        if room is not None:
            await self.server.enter_room(client.get_sid(), room)
        try:
            yield listener
        finally:
            await client.disconnect()


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    """Return a server that listens on loopback."""
    server, app = AsyncServer(async_mode="aiohttp"), web.Application()
    server.attach(app)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield Place(server, f"http://127.0.0.1:{runner.addresses[0][1]}")
    await server.shutdown()
    await runner.cleanup()


IDENTITY = {"operation_id": "a1", "parent_id": "p1", "function": "shop.buy"}
ENDED = IDENTITY | {"attempt": 2, "duration_s": 3.0, "retrying": False}


@pytest.mark.parametrize(
    ("fact", "event", "payload"),
    [
        (facts.started(), "operation_started", IDENTITY),
        (
            facts.progress(30, phase="verifying"),
            "operation_progress",
            IDENTITY | {"done": 30, "total": 100, "phase": "verifying", "rate": None},
        ),
        (
            facts.retrying(),
            "operation_retrying",
            IDENTITY
            | {
                "attempt": 1,
                "wait_s": 2.0,
                "retry_at": 1_002.0,
                "error": "connection reset",
                "category": "network",
                "decision": "waiting 2 s: connection reset",
                "retrying": True,
            },
        ),
        (facts.ended(), "operation_completed", ENDED | {"state": "completed", "success": True}),
        (
            facts.ended(OperationState.FAILED, TimeoutError(facts.SECRET)),
            "operation_error",
            ENDED | {"state": "failed", "success": False, "error": "timed out"},
        ),
        (
            facts.ended(OperationState.CANCELLED, asyncio.CancelledError()),
            "operation_error",
            ENDED | {"state": "cancelled", "success": False, "error": "cancelled"},
        ),
    ],
)
async def test_what_a_client_hears_of_a_fact(place: Place, fact: Fact, event: str, payload: dict[str, Any]) -> None:
    """Each fact is exactly one event with JSON data."""
    hook = SocketIOHook(place.server, clock=FakeClock(1_000.0))
    async with place.listener() as listener:
        hook(fact)
        assert await listener.next(1) == [(event, payload)]


async def test_breakers_are_not_told(place: Place) -> None:
    """Facts without an operation are left out."""
    hook = SocketIOHook(place.server)
    async with place.listener() as listener:
        hook(BreakerMoved("shop", BreakerState.CLOSED, BreakerState.OPEN, foreign("connection reset")))
        hook(facts.started())
        assert [event for event, _ in await listener.next(1)] == ["operation_started"]


async def test_a_failure_is_told_once_with_its_cause(place: Place) -> None:
    """The end of the operation reports the last failure, in the classifier's words."""
    hook = SocketIOHook(place.server)
    async with place.listener() as listener:
        hook(facts.given_up())
        hook(facts.ended(OperationState.FAILED, RuntimeError(facts.SECRET), failure=facts.RESET))
        ((event, payload),) = await listener.next(1)
    assert (event, payload["error"], payload["retrying"]) == ("operation_error", "connection reset", False)
    assert facts.SECRET not in json.dumps(payload)


async def test_rates_count_from_where_an_attempt_stood(place: Place) -> None:
    """A rate covers the current attempt and phase, from the second report on."""
    hook = SocketIOHook(place.server)
    told: list[Fact] = [
        facts.progress(10, at=100.0),
        facts.progress(30, at=104.0),
        facts.retrying(),
        facts.progress(20, at=200.0),
        facts.progress(50, at=201.0),
        facts.progress(0, at=202.0, phase="verifying"),
        facts.progress(50, at=202.5, phase="verifying"),
    ]
    async with place.listener() as listener:
        for fact in told:
            hook(fact)
        heard = await listener.next(len(told))
    rates = [payload["rate"] for event, payload in heard if event == "operation_progress"]
    assert rates == [None, 5.0, None, 30.0, None, 100.0]


async def test_only_a_room_is_told(place: Place) -> None:
    """With a Socket.IO room, other clients receive nothing."""
    hook = SocketIOHook(place.server, room="operators")
    async with place.listener("operators") as operator, place.listener() as visitor:
        hook(facts.started())
        assert len(await operator.next(1)) == 1
        await place.server.emit("closing time", {})
        assert await visitor.next(1) == [("closing time", {})]


async def test_the_story_of_a_call(place: Place) -> None:
    """A call with one failure is reported completely, in order, under one id."""
    hook, errors = SocketIOHook(place.server), [ConnectionResetError(facts.SECRET)]

    @recoverable(hooks=(hook,), max_retries=3, initial_delay=0.001, name="shop.buy")
    async def buy(progress_tracker: ProgressTracker) -> str:
        progress_tracker.update(1, 4)
        if errors:
            raise errors.pop()
        return "bought"

    async with place.listener() as listener:
        assert await buy() == "bought"  # type: ignore[call-arg] # the tracker is the library's to give
        await hook.drained()
        heard = await listener.next(4)
    assert [event for event, _ in heard] == [
        "operation_started",
        "operation_progress",
        "operation_retrying",
        "operation_completed",
    ]
    assert len({payload["operation_id"] for _, payload in heard}) == 1
    assert heard[2][1]["error"] == "connection reset"
    assert facts.SECRET not in json.dumps(heard)


async def test_calls_on_threads_are_heard_in_order(place: Place) -> None:
    """Each operation's events arrive completely and in order, also from threads."""
    hook, failed = SocketIOHook(place.server), set[int]()

    @recoverable(hooks=(hook,), max_retries=1, initial_delay=0.001)
    def buy(number: int) -> None:
        if number not in failed:
            failed.add(number)
            raise ConnectionResetError

    async with place.listener() as listener:
        await asyncio.gather(*(asyncio.to_thread(buy, number) for number in range(30)))
        heard = await listener.next(90)
    stories: dict[str, list[str]] = {}
    for event, payload in heard:
        stories.setdefault(payload["operation_id"], []).append(event)
    assert list(stories.values()) == [["operation_started", "operation_retrying", "operation_completed"]] * 30


async def test_what_is_lost_is_reported(
    place: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Failed emitting is logged once, with the loss when it works again; calls are unaffected."""
    emit, working = place.server.emit, False

    async def fragile(*args: Any, **kwargs: Any) -> None:
        if not working:
            raise ConnectionError(facts.SECRET)
        await emit(*args, **kwargs)

    monkeypatch.setattr(place.server, "emit", fragile)
    hook = SocketIOHook(place.server)
    async with place.listener() as listener:
        for number in range(3):
            hook(facts.progress(number))
        await hook.drained()
        working = True
        hook(facts.ended())
        assert [event for event, _ in await listener.next(1)] == ["operation_completed"]
        await hook.drained()
    said = [(record.levelno, record.getMessage()) for record in caplog.records if record.name == adapter.__name__]
    assert said == [
        (logging.ERROR, "an event could not be emitted to the socket (ConnectionError); further ones are counted"),
        (logging.WARNING, "events are emitted to the socket again; 3 were lost"),
    ]


async def test_a_server_that_hangs_holds_nobody_up(
    place: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Facts are queued up to a limit and sent in order later."""
    monkeypatch.setattr(adapter, "MOST_WAITING", 3)
    emit, released = place.server.emit, asyncio.Event()

    async def slow(*args: Any, **kwargs: Any) -> None:
        await released.wait()
        await emit(*args, **kwargs)

    monkeypatch.setattr(place.server, "emit", slow)
    hook = SocketIOHook(place.server)
    async with place.listener() as listener:
        hook(facts.progress(0))
        await asyncio.sleep(0.01)  # the first one is on its way and hangs
        for number in range(1, 6):
            hook(facts.progress(number))
        await asyncio.sleep(0.01)
        released.set()
        assert [payload["done"] for _, payload in await listener.next(4)] == [0, 1, 2, 3]
        await hook.drained()
    assert "(3 are waiting already)" in caplog.text
    assert "2 were lost" in caplog.text


async def test_a_closed_loop_is_reported(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    """A hook on a closed loop fails, and that is logged."""
    loop = asyncio.new_event_loop()
    loop.close()
    hook = SocketIOHook(place.server, loop=loop)
    tell([hook], facts.started())
    assert "SocketIOHook failed at OperationStarted" in caplog.text


def test_without_a_loop_there_is_no_hook() -> None:
    """Creating the hook without a loop fails at once."""
    with pytest.raises(RuntimeError, match="no running event loop"):
        SocketIOHook(AsyncServer(async_mode="aiohttp"))
