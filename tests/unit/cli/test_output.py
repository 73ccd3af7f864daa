"""The command line's output about a download: JSON of a fixed form, and texts without repetition."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import pytest

from launcher_gui.cli import output
from launcher_gui.recovery.operation import AttemptOutcome, CommandKind, CommandState, OperationState
from launcher_gui.recovery.rules.breaker import Breaker, BreakerState
from launcher_gui.text.message import foreign
from tests.support.store.projections import NOW, attempt, message_of, project, record, view

RUNNING = OperationState.RUNNING


def test_json_of_an_operation() -> None:
    """Keys, types and times are those that scripts rely on; unknown values are null."""
    told = output.operation_json(
        view(RUNNING, attempts=[attempt(1, decision="waiting"), attempt(2, AttemptOutcome.RUNNING)])
    )
    assert list(told) == [
        "id",
        "state",
        "priority",
        "place",
        "url",
        "destination",
        "bytes_done",
        "bytes_total",
        "sha256",
        "blake3",
        "attempts",
    ]
    first, second = told["attempts"]
    assert list(first) == [
        "number",
        "started_at",
        "ended_at",
        "outcome",
        "category",
        "error",
        "decision",
        "resumed_from",
    ]
    assert first["started_at"].endswith("Z")
    assert (first["outcome"], first["decision"]) == ("failed", "waiting")
    assert (second["ended_at"], second["category"], second["error"], second["decision"]) == (None, None, None, None)


@pytest.mark.parametrize(
    ("error", "decision", "line"),
    [
        (
            "connection reset",
            "waiting 2 s, then attempt 2 of 4: connection reset",
            "attempt 1 failed: connection reset; waiting 2 s, then attempt 2 of 4",
        ),
        (
            "x answered 503",
            "waiting 9 s, then attempt 2 of 4: the server asked for it",
            "attempt 1 failed: x answered 503; waiting 9 s, then attempt 2 of 4: the server asked for it",
        ),
    ],
)
def test_failed_attempt(error: str, decision: str, line: str) -> None:
    """The cause is printed once, with what follows."""
    assert output.failed_attempt(attempt(1, error=error, decision=decision)) == line


@pytest.mark.parametrize(
    ("state", "reason", "decision", "error", "text"),
    [
        (OperationState.COMPLETED, "", "", "", "Installed /models/a.bin"),
        (
            OperationState.FAILED,
            "404 (Not Found)",
            "not retried: 404 (Not Found). Check the link",
            "x answered 404 (Not Found)",
            "a.bin failed: x answered 404 (Not Found). Check the link.",
        ),
        (
            OperationState.FAILED,
            "connection reset",
            "gave up after 4 attempts: no progress in the last 4",
            "connection reset",
            "a.bin failed: connection reset. Gave up after 4 attempts: no progress in the last 4.",
        ),
        (OperationState.FAILED, "wrong", "not retried: wrong", "", "a.bin failed: wrong."),
        (
            OperationState.PAUSED,
            "paused",
            "paused by you",
            "connection reset",
            "a.bin: paused by you.",
        ),
    ],
)
def test_outcome(state: OperationState, reason: str, decision: str, error: str, text: str) -> None:
    """How a download ended, why, and the remedy, without repetition."""
    ended = view(state, attempts=[attempt(1, error=error)])
    operation = replace(
        ended.operation, reason=message_of(reason), decision=message_of(decision), exclusive_key="/models/a.bin"
    )
    assert output.outcome_text(replace(ended, base=replace(ended.base, operation=operation))) == text


def test_answers() -> None:
    """A command is answered with the download's id and name, executed or not."""
    operation = replace(record("0123").operation, exclusive_key="/models/a.bin")
    assert output.done_text(operation, CommandKind.PAUSE) == "0123  a.bin: paused"
    refused = output.not_done_text(operation, CommandKind.RETRY, CommandState.REFUSED, foreign("it is already running"))
    assert refused == "0123  a.bin: cannot retry: it is already running"
    waiting = output.not_done_text(operation, CommandKind.PAUSE, CommandState.PENDING, foreign("no answer yet"))
    assert waiting == "0123  a.bin: asked to pause: no answer yet"
    assert all(output.done_text(operation, kind) for kind in CommandKind)


def test_table_is_aligned() -> None:
    """Columns are aligned, and no line ends in spaces."""
    assert output.table([["ID", "NAME", "NEXT"], ["1", "a long name", ""], ["22", "b", "c"]]).split("\n") == [
        "ID  NAME         NEXT",
        "1   a long name",
        "22  b            c",
    ]


def test_breakers() -> None:
    """A breaker is shown with the time until its probe."""
    breaker = Breaker(
        "x.test", BreakerState.OPEN, failures=5, retry_at=NOW + 42, last_error=foreign("connection reset")
    )
    assert output.breakers_table([breaker], NOW).split("\n") == [
        "SCOPE   STATE  FAILURES  NEXT RETRY  LAST ERROR",
        "x.test  open   5         in 42 s     connection reset",
    ]
    assert output.breaker_json(breaker)["state"] == "open"


def test_progress_line() -> None:
    """Share, size, speed and time left, as far as they are known."""
    known = view(RUNNING, done=500_000_000, total=1_000_000_000, phase="downloading")
    assert output.progress_line(known, NOW).startswith("Downloading  50.0 %  0.5 / 1.0 GB  ")
    assert output.bar(known) == "[############............]"
    unknown = view(RUNNING, done=500, phase="downloading")
    assert output.progress_line(unknown, NOW).startswith("Downloading  500 B  ")
    assert output.bar(unknown) == ""


@pytest.fixture
def broken_pipe() -> TextIO:
    """A stream whose reader is gone."""
    reader, writer = os.pipe()
    os.close(reader)
    return os.fdopen(writer, "w", encoding="utf-8")


def test_nobody_reads(broken_pipe: TextIO) -> None:
    """Output to a closed pipe is dropped, now and later."""
    output.say("first", broken_pipe)
    output.say("second", broken_pipe)
    broken_pipe.close()


def test_full_disk_is_not_silent() -> None:
    """Output to a full disk fails, so that a script does not use a part of it."""
    with (
        Path("/dev/full").open("w", encoding="utf-8") as full,
        pytest.raises(output.OutputError, match="no space left"),
    ):
        output.say("all", full)


def test_characters_that_the_terminal_lacks() -> None:
    """A terminal without Unicode gets question marks for characters that it cannot show."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    output.say("模型 …", stream)
    stream.seek(0)
    assert stream.read() == "?? ?\n"


def test_steps_are_told_one_a_line() -> None:
    """The table has the state, the name, and the id for further commands."""
    whole = record("whole", state=RUNNING)
    steps = [
        record(f"step{n}", name=f"{n}.bin", state=state, parent_id="whole")
        for n, state in enumerate((RUNNING, RUNNING))
    ]
    projection = project(whole, *steps, record("other"))
    assert output.steps_text(projection.steps_of("whole")) == ("    Running  0.bin  step0\n    Running  1.bin  step1")


def test_steps_stand_below_their_whole() -> None:
    """Whatever the order of rows, each operation comes before its steps."""
    step, whole = record("step", name="s.bin", parent_id="whole"), record("whole", name="w.bin")
    views = list(project(step, whole, record("other", name="o.bin")).views.values())
    table = output.operations_table(views, {}, NOW).splitlines()
    assert [line.split()[0] for line in table] == ["ID", "whole", "step", "other"]
    assert table[1].index("w.bin") + 2 == table[2].index("s.bin")
