"""The smaller transactions: settings, names, keys that change hands, queries without results."""

from __future__ import annotations

import pytest

from launcher_gui.recovery.exceptions import ExclusiveKeyError, RecoveryStateError
from launcher_gui.recovery.operation import (
    AttemptOutcome,
    CommandKind,
    CommandState,
    NewOperation,
    OperationState,
    Progress,
)
from launcher_gui.recovery.store.ports import Store
from launcher_gui.recovery.store.records import (
    CANCELLED,
    INTERRUPTED,
    NOT_SAVED,
    PAUSED,
    AttemptEnd,
    SettingChange,
    StateChange,
)
from launcher_gui.text.message import NOTHING, foreign

KEY = "/models/a.safetensors"
FAILED = StateChange(OperationState.FAILED, foreign("not found"), foreign("not retried: 404"))


async def added(store: Store, operation_id: str, key: str | None = None) -> None:
    """Queue an operation."""
    await store.write(
        lambda tx: tx.operations.insert(NewOperation("work", {}, exclusive_key=key, id=operation_id), 1.0)
    )


async def failed(store: Store, operation_id: str, done: int) -> None:
    """Add an operation for ``KEY`` that fails after some progress."""
    await added(store, operation_id, KEY)
    await store.write(lambda tx: tx.operations.claim(operation_id, "owner", 1.0))
    number = await store.write(lambda tx: tx.attempts.begin(operation_id, "owner", 0, 1.0))
    await store.write(
        lambda tx: tx.attempts.end(
            operation_id, "owner", number, AttemptEnd(AttemptOutcome.FAILED), FAILED, Progress(done), 2.0
        )
    )


async def asked(store: Store, operation_id: str, kind: CommandKind) -> tuple[CommandState, str]:
    """Add a command, obey it, and return the answer."""
    command_id = await store.write(lambda tx: tx.commands.ask(operation_id, kind, "window", 3.0))
    command = await store.read(lambda tx: tx.commands.get(command_id))
    assert command is not None
    state = await store.write(lambda tx: tx.commands.obey_unowned(command, 4.0))
    answered = await store.read(lambda tx: tx.commands.get(command.id))
    assert answered is not None
    assert answered.state is state
    return state, str(answered.answer)


async def test_a_setting_is_recorded_with_its_former_value(store: Store) -> None:
    """Every process sees a setting, and its event has the requester, the time and the old value."""
    await store.write(lambda tx: tx.settings.change({"max_retries": 3, "jitter": 0.1}, "window", 1.0))
    await store.write(lambda tx: tx.settings.change({"max_retries": 5, "jitter": 0.1}, "command line", 2.0))
    await store.write(lambda tx: tx.settings.change({"max_retries": None}, "window", 3.0))
    assert await store.read(lambda tx: tx.settings.load()) == {"jitter": 0.1}
    assert await store.read(lambda tx: tx.settings.history()) == [
        SettingChange(1.0, "window", "max_retries", None, 3),
        SettingChange(1.0, "window", "jitter", None, 0.1),
        SettingChange(2.0, "command line", "max_retries", 3, 5),
        SettingChange(3.0, "window", "max_retries", 5, None),
    ]


async def test_a_prefix_is_taken_by_its_letters(store: Store) -> None:
    """The beginning of an id finds it, and SQL wildcards are ordinary characters."""
    for operation_id in ("ab12", "ab34", "cd56"):
        await added(store, operation_id)
    assert {row.id for row in await store.read(lambda tx: tx.operations.by_prefix("ab"))} == {"ab12", "ab34"}
    for prefix in ("%", "_", "ab__", "'", "x"):
        assert await store.read(lambda tx: tx.operations.by_prefix(prefix)) == []


async def test_a_destination_can_be_changed_to_one_that_is_free(store: Store) -> None:
    """A new name and its arguments are accepted unless another operation has it."""
    await added(store, "one", KEY)
    await added(store, "two", "/models/b")
    with pytest.raises(ExclusiveKeyError) as caught:
        await store.write(lambda tx: tx.operations.change_arguments("two", {"name": "a"}, KEY, 2.0))
    assert caught.value.holder_id == "one"
    await store.write(lambda tx: tx.operations.change_arguments("two", {"name": "c"}, "/models/c", 2.0))
    await added(store, "three", "/models/b")
    two = await store.read(lambda tx: tx.operations.get("two"))
    assert two is not None
    assert (two.arguments, two.exclusive_key, two.version) == ({"name": "c"}, "/models/c", 2)


async def test_who_ended_with_nothing_lets_go_of_its_key(store: Store) -> None:
    """An operation that failed without data releases its destination."""
    await failed(store, "empty", 0)
    await added(store, "next", KEY)
    holder = await store.read(lambda tx: tx.operations.by_key(KEY))
    assert holder is not None
    assert holder.id == "next"
    state, words = await asked(store, "empty", CommandKind.RESUME)
    assert (state, "next" in words) == (CommandState.REFUSED, True)


async def test_who_ended_with_something_keeps_its_key(store: Store) -> None:
    """An operation with a partial file keeps its destination."""
    await failed(store, "half", 700)
    with pytest.raises(ExclusiveKeyError):
        await added(store, "next", KEY)
    assert await asked(store, "half", CommandKind.RESUME) == (CommandState.DONE, "done")


async def test_the_latest_question_is_the_one_that_is_shown(store: Store) -> None:
    """The latest unanswered command is shown."""
    await added(store, "one")
    assert (await store.read(lambda tx: tx.commands.all_latest_pending())).get("one") is None
    for kind in (CommandKind.PAUSE, CommandKind.CANCEL):
        await store.write(lambda tx: tx.commands.ask("one", kind, "window", 2.0))
    assert (await store.read(lambda tx: tx.commands.all_latest_pending()))["one"] is CommandKind.CANCEL


@pytest.mark.parametrize("kind", CommandKind)
async def test_what_does_not_fit_is_refused_with_the_reason(kind: CommandKind, store: Store) -> None:
    """A command that the state does not allow is refused with that state."""
    await added(store, "one")
    await store.write(lambda tx: tx.operations.rest("one", CANCELLED, 2.0))
    state, words = await asked(store, "one", kind)
    if kind in {CommandKind.RESUME, CommandKind.REMOVE}:
        assert (state, words) == (CommandState.DONE, "done")
    else:
        assert (state, words) == (CommandState.REFUSED, "it is cancelled")


async def test_questions_about_nothing_get_nothing(store: Store) -> None:
    """A missing operation is not claimed, queued, paused, removed or found."""
    with pytest.raises(RecoveryStateError, match="there is no operation none"):
        await store.write(lambda tx: tx.commands.ask("none", CommandKind.PAUSE, "window", 1.0))
    assert await store.write(lambda tx: tx.operations.claim("none", "owner", 1.0)) is None
    assert await store.write(lambda tx: tx.operations.queue("none", 1.0, NOTHING)) is None
    assert await store.write(lambda tx: tx.operations.rest("none", PAUSED, 1.0)) is None
    assert await store.write(lambda tx: tx.operations.remove("none", 1.0)) is False
    assert await store.write(lambda tx: tx.breakers.reset("none", 1.0)) is None
    assert await store.read(lambda tx: tx.owners.get("none")) is None
    assert await store.read(lambda tx: tx.commands.get(1)) is None
    assert await store.read(lambda tx: tx.queue.next_queued(())) is None
    assert await store.read(lambda tx: tx.events.last_seq()) == 0


async def test_what_is_removed_takes_its_rows_with_it_and_leaves_its_history(store: Store) -> None:
    """Attempts and progress go; events and commands stay."""
    await failed(store, "one", 700)
    await asked(store, "one", CommandKind.REMOVE)
    assert await store.read(lambda tx: tx.attempts.of("one")) == []
    assert await store.read(lambda tx: tx.progress.since(0)) == ({}, 0)
    kinds = [event.kind for event in await store.read(lambda tx: tx.events.since(0))]
    assert kinds[-3:] == ["command_requested", "operation_removed", "command_answered"]


async def test_what_cannot_be_resumed_is_not_queued(store: Store) -> None:
    """An operation that cannot be resumed is refused with the reason."""
    new = NewOperation("work", {NOT_SAVED: "its arguments have no JSON form"}, id="001")
    await store.write(lambda tx: tx.operations.insert(new, 1.0))
    await store.write(lambda tx: tx.operations.rest("001", INTERRUPTED, 2.0))
    assert await asked(store, "001", CommandKind.RESUME) == (
        CommandState.REFUSED,
        "it can only be called again: its arguments have no JSON form",
    )
    found = await store.read(lambda tx: tx.operations.get("001"))
    assert found is not None
    assert found.state is OperationState.INTERRUPTED


async def test_the_newest_event_of_a_kind_is_found(store: Store) -> None:
    """Other events of the operation, and other operations, do not count."""
    assert await store.read(lambda tx: tx.events.latest("told", "001")) is None
    for operation_id, kind, number in [("001", "told", 1), ("001", "told", 2), ("001", "heard", 3), ("002", "told", 4)]:
        await store.write(lambda tx: tx.events.append(1.0, kind, operation_id, number=number))
    found = await store.read(lambda tx: tx.events.latest("told", "001"))
    assert found is not None
    assert (found.kind, found.operation_id, found.data) == ("told", "001", {"number": 2})
