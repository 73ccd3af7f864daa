"""Stores on real files, and functions recorded in them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from launcher_gui.recovery.process.owner_lease import OwnerLease
from launcher_gui.recovery.store.sqlite import watch
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from tests.support.builders.clock import FakeClock


class WaitFive:
    """Waits five seconds, always."""

    def delay(self, attempt: int) -> float:  # noqa: ARG002 every wait is the same
        """Return five."""
        return 5.0


@pytest.fixture(autouse=True)
def _watch_closely(monkeypatch: pytest.MonkeyPatch) -> None:
    """Poll stores more often than in production, so that tests wait less."""
    monkeypatch.setattr(watch, "POLL_S", 0.005)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path for a store that does not exist yet."""
    return tmp_path / "data" / "recovery.sqlite3"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SQLitePersistence]:
    """Return an open, empty store."""
    async with SQLitePersistence(path) as opened:
        yield opened


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock that does not advance by itself."""
    return FakeClock()


@pytest.fixture
async def options(store: SQLitePersistence, clock: FakeClock) -> AsyncIterator[dict[str, Any]]:
    """Return the options of a function that is recorded in the store.

    The owner beats by the machine's clock: only waits of the function itself are seen on the test's.
    """
    owner_lease = OwnerLease(store, "program")
    await owner_lease.start()
    yield {
        "persistence": store,
        "clock": clock,
        "owner_lease": owner_lease,
        "strategy": WaitFive(),
        "name": "work",
    }
    await owner_lease.stop()
