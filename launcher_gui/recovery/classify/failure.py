"""What can be known about a failure: its kind, whether trying again can help, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ErrorCategory(StrEnum):
    """What went wrong, as a kind."""

    NETWORK = "network"  # the connection: refused, reset, unreachable, not found in DNS
    TIMEOUT = "timeout"  # it took longer than allowed, or went silent
    SERVER = "server"  # the other side answered that it is at fault
    THROTTLED = "throttled"  # the other side asked for patience
    PERMISSION = "permission"  # not allowed, here or there
    NOT_FOUND = "not_found"  # there is no such thing
    RESOURCE = "resource"  # disk, memory, descriptors
    VALIDATION = "validation"  # what was asked for, or what was answered, makes no sense
    INTEGRITY = "integrity"  # the bytes are not the expected ones
    UNKNOWN = "unknown"  # anything else


class Disposition(StrEnum):
    """Whether trying again can help."""

    TRANSIENT = "transient"  # yes, after a while
    THROTTLED = "throttled"  # yes, when the other side says so
    PERMANENT = "permanent"  # no, something must change first


@dataclass(frozen=True, slots=True)
class Classification:
    """What is known about a failure.

    Attributes:
        category: What kind it is.
        disposition: Whether trying again can help.
        reason: The cause in a few words ("connection reset").
        fix: The one thing that a person can do about it, as a sentence; empty if there is none.
        retry_after_s: How long the other side asked to wait, if it did.
        host_fault: Whether it counts against the circuit breaker of the scope.
        counts: Whether it counts against the retries that are allowed; not what this machine alone was the cause of.
    """

    category: ErrorCategory
    disposition: Disposition
    reason: str
    fix: str = ""
    retry_after_s: float | None = None
    host_fault: bool = False
    counts: bool = True


_PERMANENT = frozenset(
    {ErrorCategory.PERMISSION, ErrorCategory.NOT_FOUND, ErrorCategory.VALIDATION, ErrorCategory.INTEGRITY}
)
_HOST_FAULTS = frozenset({ErrorCategory.NETWORK, ErrorCategory.TIMEOUT, ErrorCategory.SERVER})


def of_category(category: ErrorCategory, reason: str) -> Classification:
    """Return what a category by itself calls for: whether to try again, and whether the host is to blame."""
    if category is ErrorCategory.THROTTLED:
        return throttled(reason)
    return permanent(category, reason) if category in _PERMANENT else transient(category, reason)


def transient(category: ErrorCategory, reason: str, fix: str = "", *, host_fault: bool | None = None) -> Classification:
    """Return a failure that may be over after a while; unless said, its category tells if the host is to blame."""
    blamed = category in _HOST_FAULTS if host_fault is None else host_fault
    return Classification(category, Disposition.TRANSIENT, reason, fix, host_fault=blamed)


def permanent(category: ErrorCategory, reason: str, fix: str = "", *, host_fault: bool = False) -> Classification:
    """Return a failure that repeats itself until something is changed."""
    return Classification(category, Disposition.PERMANENT, reason, fix, host_fault=host_fault)


def throttled(reason: str, wait_s: float | None = None) -> Classification:
    """Return a request for patience."""
    return Classification(ErrorCategory.THROTTLED, Disposition.THROTTLED, reason, retry_after_s=wait_s)
