"""Stores on real files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from launcher_gui.recovery.persistence.sqlite import SQLitePersistence


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a store is to be; there is nothing yet."""
    return tmp_path / "data" / "recovery.sqlite3"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SQLitePersistence]:
    """Return an open, empty store."""
    async with SQLitePersistence(path) as opened:
        yield opened
