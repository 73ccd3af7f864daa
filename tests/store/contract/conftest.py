"""Every implementation of the store. A new database becomes one more entry here, and its tests are written."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from launcher_gui.recovery import MemoryPersistence, ServerPersistence, SQLitePersistence
from launcher_gui.recovery.store.ports import Store

IMPLEMENTATIONS: dict[str, Callable[[Path], Store]] = {
    "file": SQLitePersistence,
    "file-on-the-loop": ServerPersistence,
    "memory": lambda _: MemoryPersistence(),
}


@pytest.fixture(params=IMPLEMENTATIONS)
def unopened(request: pytest.FixtureRequest, path: Path) -> Store:
    """Return a store that is not open yet."""
    return IMPLEMENTATIONS[request.param](path)


@pytest.fixture
async def store(unopened: Store) -> AsyncIterator[Store]:
    """Return an open, empty store."""
    async with unopened:
        yield unopened
