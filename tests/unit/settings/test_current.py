"""Settings come from the environment, then the store, then the default, and change for every process at once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.recovery.runtime.clock import SystemClock
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.settings.current import CurrentSettings
from launcher_gui.settings.schema import Settings


async def test_a_change_reaches_another_process_of_the_same_store(store_path: Path) -> None:
    """A value that one process sets is read by another from the store."""
    async with SQLitePersistence(store_path) as here, SQLitePersistence(store_path) as there:
        await CurrentSettings(here, SystemClock(), {}).change({"concurrent_downloads": 5}, "window")
        assert (await CurrentSettings(there, SystemClock(), {}).reload()).concurrent_downloads == 5


async def test_the_environment_comes_before_the_store(store_path: Path) -> None:
    """A variable sets its field, whatever the store says."""
    async with SQLitePersistence(store_path) as store:
        settings = CurrentSettings(store, SystemClock(), {"RECOVERY_CONCURRENT_DOWNLOADS": "2"})
        assert (await settings.change({"concurrent_downloads": 5}, "window")).concurrent_downloads == 2


async def test_a_value_that_is_not_allowed_changes_nothing(store_path: Path) -> None:
    """A refused change does not change the setting, in memory or in the store."""
    async with SQLitePersistence(store_path) as store:
        settings = CurrentSettings(store, SystemClock(), {})
        with pytest.raises(InvalidInputError, match="concurrent_downloads 0 is out of range"):
            await settings.change({"max_retries": 1, "concurrent_downloads": 0}, "window")
        assert (await settings.reload()) == Settings()


async def test_what_another_process_changes_is_heard(store_path: Path) -> None:
    """A listener receives a new value, and is not called if nothing changed."""
    heard: list[Settings] = []
    async with SQLitePersistence(store_path) as here, SQLitePersistence(store_path) as there:
        watch, settings = here.watch(), CurrentSettings(here, SystemClock(), {})
        told = asyncio.Event()
        settings.listen(heard.append)
        settings.listen(lambda _: told.set())
        await watch.start()
        following = asyncio.ensure_future(settings.follow(watch))
        await CurrentSettings(there, SystemClock(), {}).change({"jitter": 0.1}, "command line")
        await asyncio.wait_for(told.wait(), 10)
        following.cancel()
        await asyncio.wait([following])
        await watch.stop()
    assert heard == [Settings(jitter=0.1)]
    assert settings() == Settings(jitter=0.1)
