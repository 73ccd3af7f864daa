"""Marks that lie close together, so that small files have several."""

from __future__ import annotations

import pytest

from launcher_gui.downloads import digest, reading, sidecar, staging
from tests.support.files import KIB

BETWEEN_MARKS = 128 * KIB


def mark_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave ``BETWEEN_MARKS`` between two marks."""
    for module in (digest, reading, sidecar, staging):
        monkeypatch.setattr(module, "MARK_BYTES", BETWEEN_MARKS)
