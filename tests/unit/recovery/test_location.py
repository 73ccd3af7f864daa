"""The location of the store."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from launcher_gui.recovery.store.location import default_path


def test_what_somebody_chose_comes_first() -> None:
    """RECOVERY_STORE names the file, and ``~`` is expanded."""
    assert default_path({"RECOVERY_STORE": "/data/x.db"}) == Path("/data/x.db")
    assert default_path({"RECOVERY_STORE": "~/x.db"}) == Path.home() / "x.db"


def test_an_empty_choice_is_none() -> None:
    """An empty variable is ignored."""
    assert default_path({"RECOVERY_STORE": ""}).name == "recovery.sqlite3"


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {"XDG_DATA_HOME": "/xdg"}, Path("/xdg")),
        ("linux", {"XDG_DATA_HOME": "relative"}, Path.home() / ".local" / "share"),
        ("linux", {"XDG_DATA_HOME": ""}, Path.home() / ".local" / "share"),
        ("linux", {}, Path.home() / ".local" / "share"),
        ("darwin", {"XDG_DATA_HOME": "/xdg"}, Path.home() / "Library" / "Application Support"),
        ("win32", {"LOCALAPPDATA": "/local"}, Path("/local")),
        ("win32", {}, Path.home() / "AppData" / "Local"),
    ],
)
def test_every_platform_has_its_folder(
    platform: str, environ: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is in the platform's folder for user data."""
    monkeypatch.setattr(sys, "platform", platform)
    assert default_path(environ) == folder / "comfyui-recovery" / "recovery.sqlite3"
