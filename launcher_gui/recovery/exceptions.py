"""What the recovery library raises on its own account, each error saying what happened and what comes next."""

from __future__ import annotations

import asyncio


class RecoveryError(Exception):
    """Base of everything the library raises on its own account."""


class InvalidInputError(RecoveryError, ValueError):
    """A value from outside was refused at the edge, before anything was changed.

    Attributes:
        field: What was given, in the words the person used for it ("URL", "RECOVERY_MAX_RETRIES").
        value: What it held, free of secrets.
        problem: What is wrong with it, as the end of a sentence that begins with the field.
        remedy: What is allowed and what to do next, as a sentence.
    """

    def __init__(self, field: str, value: object, problem: str, remedy: str) -> None:
        self.field = field
        self.value = value
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{field} {value!r} {problem}. {remedy}")

    @property
    def sentences(self) -> str:
        """The same for a person who has the value before their eyes, so that it is not repeated."""
        return f"The {self.field} {self.problem}. {self.remedy}"


class CircuitBreakerOpenError(RecoveryError):
    """The breaker of a scope is not letting calls through.

    Attributes:
        scope: What the breaker guards; for downloads the host.
        remaining_s: Seconds until a probe may go through; ``None`` while a person holds it open.
    """

    def __init__(self, scope: str, remaining_s: float | None) -> None:
        self.scope = scope
        self.remaining_s = remaining_s
        until = "until a person releases it" if remaining_s is None else f"for {remaining_s:.0f} s more"
        super().__init__(f"calls to {scope} are held back {until}: it failed repeatedly")


class RecoveryExhaustedError(RecoveryError):
    """All attempts that were allowed have failed. Raised from the last one's error, where ``wrap_exhausted`` says so.

    Attributes:
        function: What was called.
        attempts: How many attempts were made.
        decision: Why there was no further one, as a sentence.
    """

    def __init__(self, function: str, attempts: int, decision: str) -> None:
        self.function = function
        self.attempts = attempts
        self.decision = decision
        super().__init__(f"{function}: {decision}")


class RecoveryTimeoutError(RecoveryError, TimeoutError):
    """An attempt, or the operation as a whole, took longer than it was allowed."""


class RecoveryStateError(RecoveryError):
    """What was asked does not fit the state that the store holds."""


class OwnershipLostError(RecoveryStateError):
    """Another process has taken this operation over; what this one would write is refused."""


class StopAskedError(asyncio.CancelledError):
    """A person asked for an operation to stop; where a function is not async, its ``progress_tracker`` raises this.

    Attributes:
        asked: What was asked: pause or cancel.
    """

    def __init__(self, operation_id: str, asked: str) -> None:
        self.asked = asked
        super().__init__(f"a person asked to {asked} operation {operation_id}")


class OperationHeldError(RecoveryStateError):
    """The operation that was asked for is being worked on by somebody who is alive.

    Attributes:
        operation_id: Which operation.
    """

    def __init__(self, operation_id: str) -> None:
        self.operation_id = operation_id
        super().__init__(f"operation {operation_id} is being worked on already. Wait for it, or pause it first.")


class OperationStoppedError(RecoveryStateError):
    """The operation that was asked for was stopped by a person, and only a person lets it go on.

    Attributes:
        operation_id: Which operation.
        state: How it rests: paused or cancelled.
    """

    def __init__(self, operation_id: str, state: str) -> None:
        self.operation_id = operation_id
        self.state = state
        super().__init__(f"operation {operation_id} was {state} by a person. Resume it to go on.")


class ExclusiveKeyError(RecoveryStateError):
    """Another unfinished operation already holds the thing that this one would write.

    Attributes:
        key: The thing.
        holder_id: The operation that holds it.
    """

    def __init__(self, key: str, holder_id: str, holder_state: str) -> None:
        self.key = key
        self.holder_id = holder_id
        super().__init__(
            f"another download already goes to {key} (operation {holder_id}, {holder_state}). "
            "Resume or remove that one, or choose another name."
        )


class StoreError(RecoveryError):
    """The state store failed.

    Attributes:
        path: The store's file.
        problem: What is wrong, as the end of a sentence that begins with the store.
        remedy: What can be done about it, as a sentence.
    """

    def __init__(self, path: str, problem: str, remedy: str) -> None:
        self.path = path
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"The store {path} {problem}. {remedy}")


class StoreUnusableError(StoreError):
    """The store cannot be opened, belongs to another program or was closed; nothing was changed."""


class StoreUnavailableError(StoreError):
    """The store refused a transaction because it is busy or its disk fails; it may accept the same one later."""
