"""The log as text: every kind of event has a line, and none fails."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.monitor.log import line_of
from launcher_gui.recovery.operation import Event

JSON = st.dictionaries(
    st.sampled_from(["scope", "error", "number", "decision", "answer", "command"]),
    st.none() | st.integers(0, 10**12) | st.text(max_size=8),
)
KINDS = [
    *("command_requested", "command_answered", "breaker shut", "operation_added", "operation_waiting"),
    *("attempt_failed", "attempt_started", "setting_changed", "said", ""),
]


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("operation_added", {}, "Added"),
        ("operation_waiting", {"decision": "waiting 4 s: connection reset"}, "waiting 4 s: connection reset"),
        ("operation_failed", {"decision": "not retried: 404"}, "Failed: not retried: 404"),
        ("attempt_started", {"number": 3}, "Attempt 3 started"),
        ("attempt_resumed", {"number": 3, "resumed_from": 1_200_000_000}, "Attempt 3 resumed at 1.2 GB"),
        ("attempt_failed", {"number": 3, "error": "connection reset"}, "Attempt 3 failed: connection reset"),
        ("attempt_succeeded", {"number": 3, "error": ""}, "Attempt 3 succeeded"),
        ("command_requested", {"command": "retry"}, "You pressed Retry now"),
        ("command_answered", {"state": "done", "answer": "done"}, "Answer: done"),
        ("breaker_open", {"scope": "h", "error": "503"}, "Host paused after failures: 503"),
        ("breaker_closed", {"scope": "h", "error": "", "by": "window"}, "Host OK again (Window)"),
        (
            "setting_changed",
            {"field": "max_retries", "before": 8, "after": 5, "by": "window"},
            "Setting max_retries changed from 8 to 5 (Window)",
        ),
        ("message_delivered", {}, "Message delivered"),
    ],
)
def test_every_kind_is_told_in_words(kind: str, data: dict[str, object], words: str) -> None:
    """A line says what happened, with the cause if there is one."""
    assert line_of(Event(1, 2.0, "op", kind, data)).words == words


@given(st.sampled_from(KINDS), JSON)
def test_nothing_that_was_written_breaks_the_log(kind: str, data: dict[str, object]) -> None:
    """Whatever data an older or newer version has written to an event, its line exists."""
    line = line_of(Event(7, 2.0, "op", kind, data))
    assert (line.seq, line.operation_id) == (7, "op")
