"""The raw record of an operation."""

from __future__ import annotations

from launcher_gui.monitor.raw_record import recorded_text
from launcher_gui.recovery.operation import OperationState
from tests.support.store.projections import NOW, attempt, view


def test_all_that_is_recorded_is_told() -> None:
    """Evidence, times in milliseconds, arguments and the key follow the technical details of the attempt."""
    made = attempt(2, started_at=NOW, ended_at=NOW + 0.25, resumed_from=7, resume_note="kept 7 B: the ETag is the same")
    lines = recorded_text(view(OperationState.FAILED, attempts=[made], sha256="ab"), made).split("\n")
    assert lines[0] == "ClientOSError: [Errno 104] Connection reset by peer"
    assert {
        "ended: 2026-09-21T14:13:20.250Z",
        "evidence: kept 7 B: the ETag is the same",
        "resumed from byte: 7",
        "argument sha256: ab",
        "key: /models/checkpoints/model.safetensors",
    } <= set(lines)


def test_before_the_first_attempt_the_operation_alone_is_told() -> None:
    """Facts that do not exist and empty values have no line."""
    text = recorded_text(view(), None)
    assert text.startswith("operation: op-1\n")
    assert "attempt" not in text
    assert "argument sha256" not in text
