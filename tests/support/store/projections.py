"""Hand-made operations, as the change feed would read them."""

from __future__ import annotations

from collections.abc import Iterable

from launcher_gui.monitor.projection import Changes, OperationRecord, OperationView, Projection
from launcher_gui.recovery.operation import (
    Attempt,
    AttemptOutcome,
    CommandKind,
    Operation,
    OperationState,
    Owner,
    Priority,
    Progress,
)
from launcher_gui.recovery.store.sqlite.old_texts import recognised
from launcher_gui.text.message import NOTHING, Message

NOW = 1_790_000_000.0
"""The time in these tests."""

WINDOW = Owner(
    id="owner-1", pid=4711, process_started="1", host="here", kind="window", started_at=NOW - 600, lease_until=NOW + 10
)


def message_of(text: object) -> Message:
    """Return a message as it is; a sentence as the message that it says, as where an older store holds it."""
    return text if isinstance(text, Message) else recognised(str(text)) if text else NOTHING


def attempt(number: int, outcome: AttemptOutcome = AttemptOutcome.FAILED, **facts: object) -> Attempt:
    """Return attempt ``number``, half a minute long and ended by a reset connection unless ``facts`` say otherwise."""
    known: dict[str, object] = {
        "started_at": NOW - 100 + 10 * number,
        "ended_at": None if outcome is AttemptOutcome.RUNNING else NOW - 70 + 10 * number,
    }
    if outcome is AttemptOutcome.FAILED:
        known |= {
            "category": "network",
            "error": "connection reset",
            "detail": "ClientOSError: [Errno 104] Connection reset by peer",
            "decision": "waiting 4 s: the network may recover",
            "wait_s": 4.0,
        }
    known |= facts
    known |= {name: message_of(known[name]) for name in ("error", "decision", "resume_note") if name in known}
    return Attempt(number=number, outcome=outcome, **known)  # type: ignore[arg-type]


def record(
    operation_id: str = "op-1",
    state: OperationState = OperationState.QUEUED,
    *,
    name: str = "model.safetensors",
    folder: str = "/models/checkpoints",
    url: str = "",
    sha256: str | None = None,
    done: int = 0,
    total: int | None = None,
    phase: str = "",
    at: float = NOW,
    attempts: Iterable[Attempt] = (),
    attempt_limit: int = 4,
    retry_at: float | None = None,
    reason: Message | str = "",
    decision: Message | str = "",
    pending: CommandKind | None = None,
    version: int = 1,
    scope: str | None = "huggingface.co",
    parent_id: str | None = None,
    priority: Priority = Priority.NORMAL,
    place: float = 0.0,
    ignores_schedule: bool = False,
) -> OperationRecord:
    """Return an operation as the feed reads it."""
    made = tuple(attempts)
    return OperationRecord(
        operation=Operation(
            id=operation_id,
            function="download",
            arguments={"url": url or f"https://huggingface.co/models/{name}", "sha256": sha256},
            exclusive_key=f"{folder}/{name}",
            scope=scope,
            state=state,
            attempt=made[-1].number if made else 0,
            attempt_limit=attempt_limit,
            retry_at=retry_at,
            reason=message_of(reason),
            decision=message_of(decision),
            owner_id=WINDOW.id if state.active else None,
            version=version,
            progress=Progress(done=done, total=total, phase=phase, at=at),
            result=None,
            created_at=NOW - 600,
            updated_at=NOW,
            ended_at=NOW if state.ended else None,
            parent_id=parent_id,
            priority=priority,
            queue_position=place,
            ignores_schedule=ignores_schedule,
        ),
        attempts=made,
        owner=WINDOW if state.active else None,
        pending=pending,
    )


def project(*records: OperationRecord) -> Projection:
    """Return the projection that shows ``records``."""
    return Projection().apply(Changes(records=records))


def view(state: OperationState = OperationState.QUEUED, **facts: object) -> OperationView:
    """Return one operation as it is shown."""
    made = record(state=state, **facts)  # type: ignore[arg-type]
    return project(made).views[made.operation.id]
