"""Marks that lie close together, so that small files have several."""

from __future__ import annotations

import pytest

from launcher_gui.downloads.partial import partial_scan, running_hash, sidecar, staging
from tests.support.builders.files import KIB

BETWEEN_MARKS = 128 * KIB


def mark_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave ``BETWEEN_MARKS`` between two marks."""
    for module in (running_hash, partial_scan, sidecar, staging):
        monkeypatch.setattr(module, "MARK_BYTES", BETWEEN_MARKS)
