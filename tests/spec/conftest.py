"""What the contract's examples stand on: short waits, a store of their own, and somebody to ask for a file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

from launcher_gui.recovery import SQLitePersistence
from launcher_gui.recovery.integration import get_recovery_integrator


@pytest.fixture(autouse=True)
def short_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let nobody wait for long, put the usual store into the test's folder, and undo what is set for the process."""
    monkeypatch.setenv("RECOVERY_INITIAL_DELAY", "0.001")
    monkeypatch.setenv("RECOVERY_MAX_DELAY", "0.01")
    monkeypatch.setenv("RECOVERY_STORE", str(tmp_path / "usual" / "recovery.sqlite3"))
    yield
    get_recovery_integrator().reset()


@pytest.fixture
async def persistence() -> AsyncIterator[SQLitePersistence]:
    """Return the usual store, as ``SQLitePersistence()`` gives it."""
    store = SQLitePersistence()
    yield store
    await store.close()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """Return a session for requests."""
    async with aiohttp.ClientSession(raise_for_status=True) as session:
        yield session
