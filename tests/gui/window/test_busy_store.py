"""The window while another program holds the store: it stays alive, says so, and catches up by itself."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from launcher_gui.ui.main_window.main_window import MainWindow
from tests.support.builders.files import MIB, Content
from tests.support.gui.person import at_desk
from tests.support.servers.behaviours import Serve, Stall
from tests.support.servers.misbehaving import MisbehavingServer
from tests.support.store.program import size

NAME = "model.safetensors"
MODEL = Content(4 * MIB)
BUSY = "The download database is in use"


def busy_banner(window: MainWindow) -> bool:
    """Return whether the window says that the store is busy."""
    return window.banner.isVisible() and BUSY in window.banner.accessibleDescription()


async def test_a_locked_store_is_reported_and_caught_up_with(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path
) -> None:
    """A click while another program locks the store takes effect when it is free; no message has to be dismissed."""
    misbehaving.script(Serve(ending=Stall(2 * MIB), content=MODEL), then=Serve(content=MODEL))
    async with at_desk(store_path) as person:
        await person.adds(misbehaving.url(), tmp_path)
        await person.sees(NAME, "Downloading")
        await person.until(lambda: size(tmp_path / f"{NAME}.part") == 2 * MIB, "half of it")
        with contextlib.closing(sqlite3.connect(store_path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            person.select(NAME)
            person.press("Pause")
            await person.until(lambda: busy_banner(person.window), "the store to be told as busy")
            other.execute("ROLLBACK")
        await person.sees(NAME, "Paused")
        await person.until(lambda: not person.window.banner.isVisible(), "the banner to go")


async def test_another_message_is_not_taken_away(store_path: Path) -> None:
    """An unread message stays when the store is free again."""
    async with at_desk(store_path) as person:
        person.window.show_store_busy(busy=True)
        assert busy_banner(person.window)
        person.window.show_notice("Read me.")
        person.window.show_store_busy(busy=True)
        person.window.show_store_busy(busy=False)
        assert "Read me." in person.notice()
