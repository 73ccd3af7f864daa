"""What a screen reader is told, read from outside the program as a screen reader reads it."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from tests.support.gui import screen_reader
from tests.support.gui.screen_reader import ROLES, Reader, Seen, reading


@pytest.mark.skipif(bool(screen_reader.lacking()), reason=f"lacks {screen_reader.lacking()}")
def test_every_control_is_told_by_name_and_role() -> None:
    """At every place of the tour each control has a role and a name that no other on the page has."""
    places = 0
    with reading("tests/support/gui/tour_program.py") as (reader, process):
        assert process.stdin is not None
        assert process.stdout is not None
        for line in process.stdout:
            program = reader.program()
            seen = _page(reader, program)
            names = Counter((each.name, each.role) for each in seen)
            assert seen, line
            assert [each for each in seen if not each.name or each.role not in ROLES] == [], line
            assert [name for name, times in names.items() if times > 1] == [], line
            places += 1
            process.stdin.write("\n")
            process.stdin.flush()
    assert places > 10


@pytest.mark.skipif(bool(screen_reader.lacking()), reason=f"lacks {screen_reader.lacking()}")
def test_the_program_speaks_the_language_that_it_is_told_to(tmp_path: Path) -> None:
    """Started as people start it, in German by a setting, it tells German names to whoever listens."""
    program = ("tests/support/gui/shown_program.py", "--store", str(tmp_path / "store.sqlite3"))
    with reading(*program, RECOVERY_LANGUAGE="de", XDG_CONFIG_HOME=str(tmp_path)) as (reader, process):
        assert process.stdout is not None
        process.stdout.readline()  # who asks a program that is still starting may be dropped by Qt for good
        names = {each.name for each in _page(reader, reader.program())}
    assert {"Hinzufügen…", "Liste", "Download hinzufügen…"} <= names


def _page(reader: Reader, program: tuple[str, str]) -> list[Seen]:
    """Return what can be used: of the topmost window alone, because a dialog holds the others back."""
    while not (windows := [seen for window in reader.children(program) if (seen := list(reader.controls(window)))]):
        time.sleep(0.05)
    return windows[-1]
