"""The contract's quick start and migration guide: a download that is tried again, with and without progress."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from launcher_gui.recovery import ProgressTracker, SQLitePersistence, recoverable
from launcher_gui.recovery.operation import OperationState
from tests.store.looking import only
from tests.support.builders.files import ONE_MIB, sha256_of
from tests.support.servers.behaviours import Answer, Drop, HangUp, Serve
from tests.support.servers.misbehaving import MisbehavingServer


async def test_basic_function(misbehaving: MisbehavingServer, http: aiohttp.ClientSession, tmp_path: Path) -> None:
    """A download that fails twice, by the connection and by the server, is whole after the third attempt."""
    misbehaving.script(HangUp(), Answer(503))

    @recoverable(max_retries=3)
    async def fetch(url: str, destination: Path) -> Path:
        async with http.get(url) as response:
            with destination.open("wb") as file:
                async for chunk in response.content.iter_chunked(8192):
                    file.write(chunk)
        return destination

    assert sha256_of(await fetch(misbehaving.url(), tmp_path / "model")) == ONE_MIB.sha256
    assert len(misbehaving.log) == 3


async def test_progress(
    misbehaving: MisbehavingServer, http: aiohttp.ClientSession, tmp_path: Path, persistence: SQLitePersistence
) -> None:
    """What the function tells its tracker is in the store, and a call that succeeded is complete there."""
    misbehaving.script(Serve(ending=Drop(after=300_000)))

    @recoverable(max_retries=3, persistence=persistence)
    async def fetch(url: str, destination: str, progress_tracker: ProgressTracker) -> str:
        done = 0
        async with http.get(url) as response:
            total = int(response.headers["Content-Length"])
            with Path(destination).open("wb") as file:
                async for chunk in response.content.iter_chunked(8192):
                    file.write(chunk)
                    done += len(chunk)
                    progress_tracker.update(done, total)
        progress_tracker.complete()
        return destination

    call: Callable[..., Any] = fetch
    target = str(tmp_path / "model")
    assert await call(misbehaving.url(), target) == target
    assert sha256_of(Path(target)) == ONE_MIB.sha256
    operation, made = await only(persistence)
    assert (operation.state, operation.result) == (OperationState.COMPLETED, target)
    assert (operation.progress.done, operation.progress.total) == (ONE_MIB.size, ONE_MIB.size)
    assert len(made) == 2


@pytest.mark.parametrize("enabled", [True, False])
async def test_gradual_rollout(enabled: bool, misbehaving: MisbehavingServer, http: aiohttp.ClientSession) -> None:
    """A wrapper may apply recovery or leave the function as it is."""
    misbehaving.script(Answer(503))

    async def fetch(url: str) -> int:
        async with http.get(url) as response:
            return len(await response.read())

    chosen = recoverable(max_retries=3)(fetch) if enabled else fetch
    if enabled:
        assert await chosen(misbehaving.url()) == ONE_MIB.size
    else:
        with pytest.raises(aiohttp.ClientResponseError):
            await chosen(misbehaving.url())
