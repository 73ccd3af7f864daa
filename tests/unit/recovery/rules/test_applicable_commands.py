"""The table of commands allowed in each state of an operation."""

from __future__ import annotations

import pytest

from launcher_gui.recovery.operation import CommandKind, OperationState
from launcher_gui.recovery.rules.applicable_commands import applicable, applies
from launcher_gui.recovery.store.records import RESUMABLE
from tests.support.store.projections import view


@pytest.mark.parametrize("state", OperationState)
def test_every_state_has_something_to_ask(state: OperationState) -> None:
    """Every state allows at least one command."""
    assert applicable(state)


@pytest.mark.parametrize("state", OperationState)
def test_what_can_be_resumed_is_what_can_be_queued(state: OperationState) -> None:
    """Resume is allowed exactly where the store can queue."""
    assert (CommandKind.RESUME in applicable(state)) == (state in RESUMABLE)


@pytest.mark.parametrize("state", OperationState)
def test_only_what_rests_can_be_removed(state: OperationState) -> None:
    """Only operations that are not active can be removed."""
    assert (CommandKind.REMOVE in applicable(state)) == (not state.active)


@pytest.mark.parametrize("state", OperationState)
def test_only_what_can_still_change_can_be_paused(state: OperationState) -> None:
    """A paused or ended operation cannot be paused."""
    assert (CommandKind.PAUSE in applicable(state)) == (not state.ended and state is not OperationState.PAUSED)


def test_the_finished_can_only_be_removed() -> None:
    """A completed operation never runs again and cannot be cancelled."""
    assert applicable(OperationState.COMPLETED) == {CommandKind.REMOVE}


@pytest.mark.parametrize("state", OperationState)
def test_nothing_is_asked_of_a_step(state: OperationState) -> None:
    """A step is paused, resumed and removed with its parent."""
    whole, step = view(state).operation, view(state, parent_id="whole").operation
    assert {kind for kind in CommandKind if applies(kind, whole)} == applicable(state)
    assert not any(applies(kind, step) for kind in CommandKind)
