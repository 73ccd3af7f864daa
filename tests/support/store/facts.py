"""Facts made by hand, for hooks."""

from __future__ import annotations

from launcher_gui.recovery.classification import Classification, ErrorCategory, of_category
from launcher_gui.recovery.hooks import AttemptFailed, Call, OperationEnded, OperationStarted, ProgressMade
from launcher_gui.recovery.operation import OperationState, Progress
from launcher_gui.recovery.rules.decision import Decision
from launcher_gui.text.message import foreign

SECRET = "token=hunter2"

RESET = of_category(ErrorCategory.NETWORK, "connection reset")


def call(operation_id: str = "a1", function: str = "shop.buy", scope: str = "shop") -> Call:
    """Return which call a fact is about."""
    return Call(operation_id, function, scope, parent_id="p1")


def started(about: Call | None = None) -> OperationStarted:
    """Return that a call was begun."""
    return OperationStarted(about or call())


def retrying(number: int = 1, about: Call | None = None, failure: Classification = RESET) -> AttemptFailed:
    """Return that an attempt failed, with a secret in its text, and is followed by another after 2 s."""
    decision = Decision(retry=True, wait_s=2.0, words=foreign(f"waiting 2 s: {failure.reason!s}"))
    return AttemptFailed(about or call(), number, 0.5, ConnectionResetError(SECRET), failure, decision)


def given_up(number: int = 2, about: Call | None = None, failure: Classification = RESET) -> AttemptFailed:
    """Return that an attempt failed, with a secret in its text, and was the last."""
    decision = Decision(retry=False, wait_s=0.0, words=foreign("gave up"))
    return AttemptFailed(about or call(), number, 0.5, ConnectionResetError(SECRET), failure, decision)


def progress(done: int, at: float = 0.0, phase: str = "", about: Call | None = None) -> ProgressMade:
    """Return that a call is so far, of 100."""
    return ProgressMade(about or call(), Progress(done, 100, phase, at))


def ended(
    state: OperationState = OperationState.COMPLETED,
    error: BaseException | None = None,
    about: Call | None = None,
    failure: Classification | None = None,
) -> OperationEnded:
    """Return that a call is over after 2 attempts and 3 s."""
    return OperationEnded(about or call(), state, 2, 3.0, error, failure)
