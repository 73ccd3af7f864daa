"""What can be known about a failure: its kind, whether trying again can help, and what caused it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from launcher_gui.text.message import NOTHING, Message, as_message, without_full_stop


class ErrorCategory(StrEnum):
    """What went wrong, as a kind."""

    NETWORK = "network"  # the connection: refused, reset, unreachable, not found in DNS
    TIMEOUT = "timeout"  # it took longer than allowed, or went silent
    SERVER = "server"  # the other side answered that it is at fault
    THROTTLED = "throttled"  # the other side limits the rate of requests
    PERMISSION = "permission"  # not allowed, here or there
    NOT_FOUND = "not_found"  # there is no such thing
    RESOURCE = "resource"  # disk, memory, descriptors
    VALIDATION = "validation"  # the request or the answer is not valid
    INTEGRITY = "integrity"  # the bytes are not the expected ones
    UNKNOWN = "unknown"  # anything else


class Disposition(StrEnum):
    """Whether trying again can help."""

    TRANSIENT = "transient"  # yes, after a while
    THROTTLED = "throttled"  # yes, when the other side says so
    PERMANENT = "permanent"  # no, something must change first


@dataclass(frozen=True, slots=True, init=False)
class Classification:
    """What is known about a failure.

    A classifier of your own may give plain text for ``reason`` and ``fix``.

    Attributes:
        category: What kind it is.
        disposition: Whether trying again can help.
        reason: The cause, short enough to follow a colon ("connection reset").
        fix: What the user can do about it; ``NOTHING`` if there is nothing.
        retry_after_s: How long the other side asked to wait, if it did.
        host_fault: Whether it counts against the circuit breaker of the scope.
        counts: Whether it counts against the retries that are allowed; false for what this machine alone caused.
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
    """Return what a category by itself calls for: whether to try again, and whether the host is to blame."""
    if category is ErrorCategory.THROTTLED:
        return throttled(reason)
    return permanent(category, reason) if category in _PERMANENT else transient(category, reason)


def transient(
    category: ErrorCategory, reason: Message | str, fix: Message | str = NOTHING, *, host_fault: bool | None = None
) -> Classification:
    """Return a failure that may be over after a while; by default its category tells whether the host is to blame."""
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
