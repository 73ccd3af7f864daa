"""Opening at login: the entry that the desktop reads, and that only our own is touched."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.desktop.autostart import command, desktop_entry, entry_path, set_autostart

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the others are unproven")


def test_it_comes_and_goes(tmp_path: Path) -> None:
    """Switched on it stands where desktops look; switched off it is gone, and another store's stays."""
    environ = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_DATA_HOME": str(tmp_path)}
    one, two = str(tmp_path / "one.sqlite3"), str(tmp_path / "two.sqlite3")
    for store in (one, two):
        set_autostart(store, on=True, environ=environ)
    assert len(list((tmp_path / "config" / "autostart").iterdir())) == 2
    assert f'"--store" "{one}"' in entry_path(one, environ).read_text(encoding="utf-8")
    for _ in range(2):
        set_autostart(one, on=False, environ=environ)
    assert [path.name for path in (tmp_path / "config" / "autostart").iterdir()] == [entry_path(two, environ).name]


def test_the_usual_store_needs_no_name(tmp_path: Path) -> None:
    """The entry of the usual store follows wherever that lies, and has the program's own name."""
    environ = {"XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    usual = str(tmp_path / "comfyui-recovery" / "recovery.sqlite3")
    assert "--store" not in command(usual, environ)
    assert "--store" in command(usual + "x", environ)
    assert "-" not in entry_path(usual, environ).stem


@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20), min_size=1))
def test_whatever_a_path_holds_arrives_as_it_is(words: list[str]) -> None:
    """Quotes, dollars, backslashes and per cents survive the quoting of desktop entries."""
    line = next(line for line in desktop_entry(words).splitlines() if line.startswith("Exec="))
    value = line.removeprefix("Exec=").replace("\\\\", "\\")  # a string's escapes go first
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', value)
    assert [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in quoted] == words


def test_the_entry_is_valid(tmp_path: Path) -> None:
    """The desktop's own checker agrees."""
    entry = tmp_path / "a.desktop"
    entry.write_text(desktop_entry(["/usr/bin/program", "--store", "/a b/$c.sqlite3"]), encoding="utf-8")
    checker = shutil.which("desktop-file-validate")
    if checker is None:
        pytest.skip("desktop-file-validate is not installed")
    told = subprocess.run([checker, str(entry)], check=False, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout
