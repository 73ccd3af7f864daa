"""An update from an older version: its downloads continue, and both versions share one store meanwhile."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable

from smoketest.root import holds
from smoketest.server import SMALL
from smoketest.story import STORE, Story, one_line


def updates(story: Story, update: Callable[[], None]) -> None:
    """Update during a download of the older version, list with the new one, kill the older one, and resume.

    Args:
        story: The user, with the older version.
        update: Replaces the older version by the new one.
    """
    story.server.slow.add("older.bin")
    with story.screen():
        older = story.opens("open", f"comfyui-recovery:{story.server.url('older.bin')}")
        story.presses_enter_in("Add download")
        story.until(lambda: story.arrived("older.bin", "") > SMALL.size // 8, "an eighth of the file", older)
        before = _format(story)
        update()
        holds(story.state("older.bin") == "running", f"beside the older window: {story.listed()}")
        copy = story.root.place(f"{STORE}.format-{before}")
        holds(copy.exists() or _format(story) == before, "the store was migrated without a copy")
        reached = story.arrived("older.bin", "")
        story.until(lambda: story.arrived("older.bin", "") > reached, "the older window to continue", older)
        story.server.slow.clear()
        older.kill()
        older.communicate()
        new = story.opens()
        story.until(lambda: story.state("older.bin") == "completed", "the download to complete", new)
        story.ends(new)
    story.is_right("older.bin", "")


def refuses_a_newer_store(story: Story, older: str) -> None:
    """The older version refuses a newer format in one line; with the same format, both share the store."""
    newer = _format(story)
    answer = story.root.run(older, "--version")
    holds(answer.status == 0, f"the older version: {answer}")
    answer = story.root.run(older, "list")
    if answer.status != 0:
        one_line(answer, "newer version of this program")
    holds(_format(story) == newer, "the older version changed the newer store")
    holds(story.state("older.bin") == "completed", "the older version lost a download")


def _format(story: Story) -> int:
    with contextlib.closing(sqlite3.connect(story.root.place(STORE))) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])
