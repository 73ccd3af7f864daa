"""Settings come from the environment, then the store, then the default, and change for every process at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from launcher_gui.recovery.clock import SystemClock
from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.recovery.persistence.sqlite import SQLitePersistence
from launcher_gui.settings.current import CurrentSettings
from launcher_gui.settings.schema import Settings


async def test_a_change_reaches_another_process_of_the_same_store(store_path: Path) -> None:
    """What one process sets, another reads from the store."""
    async with SQLitePersistence(store_path) as here, SQLitePersistence(store_path) as there:
        await CurrentSettings(here, SystemClock(), {}).change("concurrent_downloads", 5)
        assert (await CurrentSettings(there, SystemClock(), {}).reload()).concurrent_downloads == 5


async def test_the_environment_comes_before_the_store(store_path: Path) -> None:
    """A variable holds its field fixed, whatever the store says."""
    async with SQLitePersistence(store_path) as store:
        settings = CurrentSettings(store, SystemClock(), {"RECOVERY_CONCURRENT_DOWNLOADS": "2"})
        assert (await settings.change("concurrent_downloads", 5)).concurrent_downloads == 2


async def test_a_value_that_is_not_allowed_changes_nothing(store_path: Path) -> None:
    """A refused change leaves the setting as it was, in memory and in the store."""
    async with SQLitePersistence(store_path) as store:
        settings = CurrentSettings(store, SystemClock(), {})
        with pytest.raises(InvalidInputError, match="concurrent_downloads 0 is out of range"):
            await settings.change("concurrent_downloads", 0)
        assert (await settings.reload()) == Settings()
