"""What a report contains about a store."""

from __future__ import annotations

import json

from launcher_gui.downloads.redaction import is_secret_name, redact
from launcher_gui.monitor.report import as_data, as_text, collect
from launcher_gui.recovery.operation import AttemptOutcome, CommandKind, NewOperation, OperationState
from launcher_gui.recovery.store.records import AttemptEnd, StateChange
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence
from launcher_gui.text.message import foreign


async def test_a_story_is_told(store: SQLitePersistence) -> None:
    """A report has attempts, commands, breakers and settings of the requested operations only."""
    for operation_id in ("one", "two"):
        await store.write(
            lambda tx: tx.operations.insert(
                NewOperation("fetch", {"url": "https://host/a?token=x", "key": 1}, id=operation_id), 1.0
            )
        )
    await store.write(lambda tx: tx.operations.claim("one", "owner", 2.0))
    await store.write(lambda tx: tx.attempts.begin("one", "owner", 3, 3.0))
    waiting = StateChange(OperationState.WAITING, foreign("connection reset"), foreign("waiting 1 s"), 5.0)
    failed = AttemptEnd(
        AttemptOutcome.FAILED, "network", foreign("connection reset"), "detail", foreign("waiting 1 s"), 1.0
    )
    await store.write(lambda tx: tx.attempts.end("one", "owner", 1, failed, waiting, None, 4.0))
    await store.write(lambda tx: tx.commands.ask("one", CommandKind.PAUSE, "window", 4.5))
    await store.write(lambda tx: tx.breakers.isolate("host", 5.0, "window"))
    await store.write(lambda tx: tx.settings.change({"max_retries": 5}, "window", 6.0))
    data = as_data(await store.read(lambda tx: collect(tx, {"one"})), {"program": "test"}, redact, is_secret_name)
    text = as_text(data)
    (story,) = data["operations"]
    assert story["operation"]["arguments"] == {"url": "https://host/a", "key": 1}
    assert [event["kind"] for event in story["events"]][:2] == ["operation_added", "operation_claimed"]
    for told in (
        "attempt 1: failed 1.0 s",
        "cause        connection reset",
        "window asked: pause; pending",
        "host: isolated",
    ):
        assert told in text
    assert "max_retries: 5" in text
    assert json.loads(json.dumps(data)) == data
