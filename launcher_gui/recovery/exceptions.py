"""The errors that the recovery library itself raises, each with what happened and the remedy as a ``Message``."""

from __future__ import annotations

import asyncio

from launcher_gui.recovery.operation import OperationState, state_message
from launcher_gui.text.message import NOTHING, Message, as_message, message, without_full_stop


class RecoveryError(Exception):
    """Base of the errors that the library itself raises.

    Attributes:
        message: What happened; ``str()`` of the error is its English text.
    """

    def __init__(self, message: Message | str = NOTHING) -> None:
        self.message = as_message(message)
        super().__init__(str(self.message))


class InvalidInputError(RecoveryError, ValueError):
    """A value from outside was refused before anything was changed.

    Attributes:
        field: The English name of the field ("URL", "RECOVERY_MAX_RETRIES").
        label: Its display name.
        value: The refused value, free of secrets.
        problem: What is wrong with it, as the end of a sentence that begins with the field.
        remedy: What is allowed or what to do next.
    """

    def __init__(self, field: Message | str, value: object, problem: Message | str, remedy: Message | str) -> None:
        self.label = as_message(field)
        self.field = str(field)
        self.value = value
        self.problem = as_message(problem)
        self.remedy = without_full_stop(as_message(remedy))
        super().__init__(
            message("input.refused", field=self.label, value=repr(value), problem=self.problem, remedy=self.remedy)
        )

    @property
    def sentences(self) -> Message:
        """The same without the value, for a form that shows the value beside it."""
        return message("input.refused_here", field=self.label, problem=self.problem, remedy=self.remedy)


class CircuitBreakerOpenError(RecoveryError):
    """The circuit breaker of a scope does not let calls through.

    Attributes:
        scope: The breaker's scope; for downloads the host.
        remaining_s: Seconds until a probe may go through; ``None`` while the user isolates it.
    """

    def __init__(self, scope: str, remaining_s: float | None) -> None:
        self.scope = scope
        self.remaining_s = remaining_s
        super().__init__(
            message("breaker.isolated", scope=scope)
            if remaining_s is None
            else message("breaker.open", scope=scope, remaining_s=round(remaining_s))
        )


class RecoveryExhaustedError(RecoveryError):
    """All allowed attempts have failed. Raised from the last attempt's error, if ``wrap_exhausted`` is set.

    Attributes:
        function: The name of the function.
        attempts: How many attempts were made.
        decision: Why no further attempt was made.
    """

    def __init__(self, function: str, attempts: int, decision: Message | str) -> None:
        self.function = function
        self.attempts = attempts
        self.decision = as_message(decision)
        super().__init__(message("call.exhausted", function=function, decision=self.decision))


class RecoveryTimeoutError(RecoveryError, TimeoutError):
    """An attempt, or the operation as a whole, took longer than allowed."""


class RecoveryStateError(RecoveryError):
    """A request does not fit the state in the store."""


class OwnershipLostError(RecoveryStateError):
    """Another process has claimed this operation; the writes of this one are refused."""

    @classmethod
    def of(cls, operation_id: str) -> OwnershipLostError:
        """Return the error for an operation that another process has claimed."""
        return cls(message("operation.taken_over", operation=operation_id))


class StopAskedError(asyncio.CancelledError):
    """The user asked an operation to stop; where a function is not async, its ``progress_tracker`` raises this.

    Attributes:
        asked: The command: pause or cancel.
    """

    def __init__(self, operation_id: str, asked: str) -> None:
        self.asked = asked
        super().__init__(f"operation {operation_id} was asked to {asked}")


class OperationHeldError(RecoveryStateError):
    """Another process is working on the operation.

    Attributes:
        operation_id: Which operation.
    """

    def __init__(self, operation_id: str) -> None:
        self.operation_id = operation_id
        super().__init__(message("operation.busy", operation=operation_id))


class OperationStoppedError(RecoveryStateError):
    """The user has stopped the operation, and only the user resumes it.

    Attributes:
        operation_id: Which operation.
        state: How it was stopped: paused or cancelled.
    """

    def __init__(self, operation_id: str, state: str) -> None:
        self.operation_id = operation_id
        self.state = state
        super().__init__(message("operation.stopped", operation=operation_id, state=_state(state)))


class ExclusiveKeyError(RecoveryStateError):
    """Another unfinished operation already works on the same thing.

    Attributes:
        key: The exclusive key.
        holder_id: The operation that has it.
    """

    def __init__(self, key: str, holder_id: str, holder_state: str) -> None:
        self.key = key
        self.holder_id = holder_id
        super().__init__(message("operation.key_taken", key=key, operation=holder_id, state=_state(holder_state)))


class StoreError(RecoveryError):
    """The state store failed.

    Attributes:
        path: The store's file.
        problem: What is wrong, as the end of a sentence that begins with the store.
        remedy: What the user can do about it, as a sentence.
    """

    def __init__(self, path: str, problem: Message | str, remedy: Message | str) -> None:
        self.path = path
        self.problem = as_message(problem)
        self.remedy = without_full_stop(as_message(remedy))
        super().__init__(message("store.unusable", path=path, problem=self.problem, remedy=self.remedy))

    @property
    def sentences(self) -> Message:
        """The same without the path, for a notice that shows the path beside it."""
        return message("store.unusable_here", problem=self.problem, remedy=self.remedy)


class StoreUnusableError(StoreError):
    """The store cannot be opened, belongs to another program or was closed; nothing was changed."""


class StoreUnavailableError(StoreError):
    """The store refused a transaction because it is busy or its disk fails; it may accept the same one later."""


def _state(name: str) -> Message | str:
    """Return the name of a state as it is shown; another text as it is."""
    return state_message(OperationState(name)) if name in set(OperationState) else name
