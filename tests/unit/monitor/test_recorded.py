"""What is recorded in English is shown in the window's language, with what it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.monitor.phrases import PHRASES
from launcher_gui.monitor.recorded import said
from launcher_gui.text import i18n

DOCUMENT = Path(__file__).parents[3] / "docs" / "what-happens-when.md"
_BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")
_DATA = re.compile(r"FOLDER\S*|\S+\.(?:safetensors|part|quarantine)\S*|[0-9.,]+ ?(?:[kMG]?B|s)?\b|\d+ \([^)]*\)")


class Brackets(i18n.English):
    """Says everything in brackets, and figures with a comma."""

    def translate(self, _context: str, text: str, _comment: str, _n: int) -> str:
        return f"⟦{text}⟧"

    def number(self, value: float, digits: int) -> str:
        return super().number(value, digits).replace(".", ",")

    def clock(self, at: datetime) -> str:
        return super().clock(at)


@pytest.fixture
def brackets() -> Iterator[None]:
    i18n.set_language(Brackets())
    yield
    i18n.set_language(i18n.English())


def told() -> list[str]:
    """Return every sentence that the program says to a misbehaving server."""
    rows = [line.split(" | ") for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = (row[2].removesuffix(" |").strip() for row in rows if len(row) == 3)
    return sorted({cell for cell in cells if cell not in {"nothing", "what it says"}})


@pytest.mark.usefixtures("brackets")
@pytest.mark.parametrize("sentence", told())
def test_all_that_is_said_of_a_server_is_known(sentence: str) -> None:
    """Whoever gives the core other words adds them to ``launcher_gui/monitor/phrases.py``, with a translation."""
    rest = said(sentence)
    while (without := _BRACKETED.sub(" ", rest)) != rest:
        rest = without
    assert re.search("[A-Za-z]{3,}", _DATA.sub(" ", rest)) is None, said(sentence)


@pytest.mark.parametrize("sentence", told())
def test_english_stays_as_it_was_recorded(sentence: str) -> None:
    """Where nothing is translated nothing is touched."""
    assert said(sentence) == sentence


@pytest.mark.usefixtures("brackets")
def test_a_sentence_is_put_together_of_what_it_speaks_of() -> None:
    """Causes within a sentence are translated too; names go back in, and figures as the language writes them."""
    assert said("waiting 1.5 s: connection reset") == "⟦waiting 1,5 s: ⟦connection reset⟧⟧"
    assert said("not retried: 404. Check the address.") == "⟦not retried: 404⟧. ⟦Check the address⟧."
    assert said("the disk failed on a {b}.bin: EIO") == "⟦the disk failed on a {b}.bin: EIO⟧"


@pytest.mark.usefixtures("brackets")
@given(st.text(max_size=60) | st.sampled_from(PHRASES))
def test_whatever_was_recorded_can_be_shown(text: str) -> None:
    """No text fails, and none is lost."""
    assert said(text) or not text
