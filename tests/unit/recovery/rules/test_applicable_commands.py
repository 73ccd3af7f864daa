"""The table of commands: what can be asked of an operation in which state."""

from __future__ import annotations

import pytest

from launcher_gui.recovery.operation import CommandKind, OperationState
from launcher_gui.recovery.rules.applicable_commands import applicable, applies
from launcher_gui.recovery.store.records import RESUMABLE
from tests.support.store.projections import view


@pytest.mark.parametrize("state", OperationState)
def test_every_state_has_something_to_ask(state: OperationState) -> None:
    """There is no state that a person could not get an operation out of."""
    assert applicable(state)


@pytest.mark.parametrize("state", OperationState)
def test_what_can_be_resumed_is_what_can_be_queued(state: OperationState) -> None:
    """The button and the store agree on what Resume is for."""
    assert (CommandKind.RESUME in applicable(state)) == (state in RESUMABLE)


@pytest.mark.parametrize("state", OperationState)
def test_only_what_rests_can_be_removed(state: OperationState) -> None:
    """Nothing is taken away beneath somebody who works on it."""
    assert (CommandKind.REMOVE in applicable(state)) == (not state.active)


@pytest.mark.parametrize("state", OperationState)
def test_only_what_can_still_change_can_be_paused(state: OperationState) -> None:
    """What is paused or has ended cannot be paused."""
    assert (CommandKind.PAUSE in applicable(state)) == (not state.ended and state is not OperationState.PAUSED)


def test_the_finished_can_only_be_removed() -> None:
    """A completed operation is never run or given up again."""
    assert applicable(OperationState.COMPLETED) == {CommandKind.REMOVE}


@pytest.mark.parametrize("state", OperationState)
def test_nothing_is_asked_of_a_step(state: OperationState) -> None:
    """A step is paused, resumed and removed with the whole that it belongs to."""
    whole, step = view(state).operation, view(state, parent_id="whole").operation
    assert {kind for kind in CommandKind if applies(kind, whole)} == applicable(state)
    assert not any(applies(kind, step) for kind in CommandKind)
