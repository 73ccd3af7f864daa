"""The classification of a failure: its category, whether a retry can help, and its cause."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from launcher_gui.text.message import NOTHING, Message, as_message, without_full_stop


class ErrorCategory(StrEnum):
    """The category of a failure."""

    NETWORK = "network"  # the connection: refused, reset, unreachable, not found in DNS
    TIMEOUT = "timeout"  # it took longer than allowed, or stalled
    SERVER = "server"  # the other side reports an error of its own
    THROTTLED = "throttled"  # the other side limits the rate of requests
    PERMISSION = "permission"  # not allowed, locally or by the other side
    NOT_FOUND = "not_found"  # it does not exist
    RESOURCE = "resource"  # disk, memory, descriptors
    VALIDATION = "validation"  # the request or the response is not valid
    INTEGRITY = "integrity"  # the bytes are not the expected ones
    UNKNOWN = "unknown"  # anything else


class Disposition(StrEnum):
    """Whether a retry can help."""

    TRANSIENT = "transient"  # yes, after a while
    THROTTLED = "throttled"  # yes, when the other side allows it
    PERMANENT = "permanent"  # no, something must change first


@dataclass(frozen=True, slots=True, init=False)
class Classification:
    """What is known about a failure.

    Your own classifier may give plain text for ``reason`` and ``fix``.

    Attributes:
        category: Its category.
        disposition: Whether a retry can help.
        reason: The cause, short enough to follow a colon ("connection reset").
        fix: What the user can do about it; ``NOTHING`` if there is nothing.
        retry_after_s: How long the other side asked to wait, if it did.
        host_fault: Whether it counts against the circuit breaker of the scope.
        counts: Whether it counts as a retry; false for failures that this machine alone caused.
    """

    category: ErrorCategory
    disposition: Disposition
    reason: Message
    fix: Message = NOTHING
    retry_after_s: float | None = None
    host_fault: bool = False
    counts: bool = True

    def __init__(
        self,
        category: ErrorCategory,
        disposition: Disposition,
        reason: Message | str,
        fix: Message | str = NOTHING,
        retry_after_s: float | None = None,
        host_fault: bool = False,
        counts: bool = True,
    ) -> None:
        put = object.__setattr__  # the class is frozen
        put(self, "category", category)
        put(self, "disposition", disposition)
        put(self, "reason", as_message(reason))
        put(self, "fix", without_full_stop(as_message(fix)))
        put(self, "retry_after_s", retry_after_s)
        put(self, "host_fault", host_fault)
        put(self, "counts", counts)


_PERMANENT = frozenset(
    {ErrorCategory.PERMISSION, ErrorCategory.NOT_FOUND, ErrorCategory.VALIDATION, ErrorCategory.INTEGRITY}
)
_HOST_FAULTS = frozenset({ErrorCategory.NETWORK, ErrorCategory.TIMEOUT, ErrorCategory.SERVER})


def of_category(category: ErrorCategory, reason: Message | str) -> Classification:
    """Return the default classification of a category: whether to retry, and whether the host is to blame."""
    if category is ErrorCategory.THROTTLED:
        return throttled(reason)
    return permanent(category, reason) if category in _PERMANENT else transient(category, reason)


def transient(
    category: ErrorCategory, reason: Message | str, fix: Message | str = NOTHING, *, host_fault: bool | None = None
) -> Classification:
    """Return a failure that may be over after a while; by default its category decides whether the host is to blame."""
    blamed = category in _HOST_FAULTS if host_fault is None else host_fault
    return Classification(category, Disposition.TRANSIENT, reason, fix, host_fault=blamed)


def permanent(
    category: ErrorCategory, reason: Message | str, fix: Message | str = NOTHING, *, host_fault: bool = False
) -> Classification:
    """Return a failure that repeats itself until something is changed."""
    return Classification(category, Disposition.PERMANENT, reason, fix, host_fault=host_fault)


def throttled(reason: Message | str, wait_s: float | None = None) -> Classification:
    """Return a request to slow down."""
    return Classification(ErrorCategory.THROTTLED, Disposition.THROTTLED, reason, retry_after_s=wait_s)
