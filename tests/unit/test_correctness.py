"""The page of promises names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "correctness.md"


def test_every_test_that_holds_a_promise_exists() -> None:
    """A test that was renamed or removed takes its promise along, or is found here."""
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE.read_text(encoding="utf-8"))
    assert len(named) > 40
    for file, name in named:
        text = (ROOT / file).read_text(encoding="utf-8")
        assert re.search(rf"^(?:async )?(?:def {name}\(|{name} = )", text, re.MULTILINE), f"{file}::{name}"
