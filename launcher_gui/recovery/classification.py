"""What kind of failure an exception is: by type and code first, never by guessing from its text.

The library knows the standard library's errors here; a room that uses another library teaches its own classifier by
overriding ``ErrorClassifier.classify``.
"""

from __future__ import annotations

import errno
import os
import socket
import sqlite3
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from launcher_gui.recovery.exceptions import CircuitBreakerOpenError, InvalidInputError


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
    """

    category: ErrorCategory
    disposition: Disposition
    reason: str
    fix: str = ""
    retry_after_s: float | None = None
    host_fault: bool = False


TEXT_LIMIT = 4000
"""Longer texts about a failure are cut off, in characters."""

_PERMANENT = frozenset(
    {ErrorCategory.PERMISSION, ErrorCategory.NOT_FOUND, ErrorCategory.VALIDATION, ErrorCategory.INTEGRITY}
)
_HOST_FAULTS = frozenset({ErrorCategory.NETWORK, ErrorCategory.TIMEOUT, ErrorCategory.SERVER})

_OUT_OF_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_EXHAUSTED = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS})
_CONNECTION_WORDS = {
    errno.ECONNREFUSED: "connection refused",
    errno.ECONNRESET: "connection reset",
    errno.ECONNABORTED: "connection aborted",
    errno.EPIPE: "connection closed",
    errno.ENETUNREACH: "network unreachable",
    errno.ENETDOWN: "network down",
    errno.EHOSTUNREACH: "host unreachable",
    errno.EHOSTDOWN: "host down",
    errno.ETIMEDOUT: "connection timed out",
}


class ErrorClassifier:
    """Tells what kind of failure an exception is.

    Override ``classify_error`` to choose the category, or ``classify`` to say everything about an error.
    """

    def classify(self, error: BaseException) -> Classification:
        """Return what is known about ``error``, looking through ``__cause__`` where it alone says nothing."""
        known = _known(error)
        asked = (id(self), id(error))
        if not isinstance(error, Exception) or not self._chooses_category() or asked in _asked():
            return known
        _asked().add(asked)  # whoever overrides classify_error may ask classify in turn
        try:
            category = ErrorCategory(self.classify_error(error))
        finally:
            _asked().discard(asked)
        return known if category is known.category else of_category(category, type(error).__name__)

    def words(self, error: BaseException, failure: Classification) -> str:
        """Return what happened, for a person: the error's own text where it was written for people, else the reason."""
        speaks = failure.category in {ErrorCategory.UNKNOWN, ErrorCategory.VALIDATION} or hasattr(error, "detail")
        return (_text(error) if speaks else "")[:TEXT_LIMIT] or failure.reason

    def detail(self, error: BaseException) -> str:
        """Return the technical side of ``error``: its class and text and those of its causes."""
        return " ← ".join(f"{type(link).__name__}: {_text(link)}" for link in _chain(error))[:TEXT_LIMIT]

    def classify_error(self, error: Exception) -> ErrorCategory:
        """Return just the category of ``error``; what it calls for follows from it if you override this."""
        return (_known(error) if self._chooses_category() else self.classify(error)).category

    def _chooses_category(self) -> bool:
        return type(self).classify_error is not ErrorClassifier.classify_error


_questions = threading.local()


def _asked() -> set[tuple[int, int]]:
    """Return the errors whose category this thread is asking a classifier for at the moment."""
    found: set[tuple[int, int]] = _questions.__dict__.setdefault("asked", set())
    return found


def of_category(category: ErrorCategory, reason: str) -> Classification:
    """Return what a category by itself calls for: whether to try again, and whether the host is to blame."""
    if category is ErrorCategory.THROTTLED:
        return Classification(category, Disposition.THROTTLED, reason)
    disposition = Disposition.PERMANENT if category in _PERMANENT else Disposition.TRANSIENT
    return Classification(category, disposition, reason, host_fault=category in _HOST_FAULTS)


def _known(error: BaseException) -> Classification:
    for link in _chain(error):
        try:
            known = _classify_standard(link) or _classify_status(link)
        except Exception:  # noqa: BLE001 an error made by hand may lack what its kind promises
            known = None
        if known is not None:
            return known
    return Classification(ErrorCategory.UNKNOWN, Disposition.TRANSIENT, type(error).__name__)


def _classify_status(error: BaseException) -> Classification | None:
    """Judge an error that carries an HTTP status, whatever library it comes from (RFC 9110, section 15)."""
    status = getattr(error, "status_code", None) or getattr(error, "status", None)
    if not isinstance(status, int) or not 400 <= status <= 599:
        return None
    reason = f"the server answered {status}"
    asked = getattr(error, "retry_after", None)
    wait = float(asked) if isinstance(asked, int | float) and not isinstance(asked, bool) else None
    if status == 429 or (status == 503 and wait is not None):
        return Classification(ErrorCategory.THROTTLED, Disposition.THROTTLED, reason, retry_after_s=wait)
    return replace(of_category(_category_of_status(status), reason), retry_after_s=wait)


def _category_of_status(status: int) -> ErrorCategory:
    if status >= 500:
        return ErrorCategory.SERVER
    return {
        401: ErrorCategory.PERMISSION,
        403: ErrorCategory.PERMISSION,
        404: ErrorCategory.NOT_FOUND,
        408: ErrorCategory.TIMEOUT,
        410: ErrorCategory.NOT_FOUND,
        425: ErrorCategory.SERVER,
    }.get(status, ErrorCategory.VALIDATION)


def _text(error: BaseException) -> str:
    """Return the text of ``error``, empty if it will not say."""
    try:
        return str(error).strip()
    except Exception:  # noqa: BLE001 a hostile __str__ must not break the bookkeeping
        return ""


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__


def _classify_standard(error: BaseException) -> Classification | None:  # noqa: C901 a table, one line a type
    match error:
        case CircuitBreakerOpenError():
            return Classification(
                ErrorCategory.NETWORK, Disposition.THROTTLED, "held back", retry_after_s=error.remaining_s
            )
        case InvalidInputError():
            return Classification(ErrorCategory.VALIDATION, Disposition.PERMANENT, error.problem, error.remedy)
        case ssl.SSLCertVerificationError():
            return Classification(
                ErrorCategory.PERMISSION,
                Disposition.PERMANENT,
                f"the server's certificate was not accepted: {getattr(error, 'verify_message', '') or _text(error)}",
                "Check the address and this computer's date; do not go on if either surprises you.",
            )
        case socket.gaierror():
            return Classification(
                ErrorCategory.NETWORK,
                Disposition.TRANSIENT,
                "the host name was not found",
                "Check the spelling of the host and the network connection.",
                host_fault=True,
            )
        case TimeoutError():
            return Classification(ErrorCategory.TIMEOUT, Disposition.TRANSIENT, "timed out", host_fault=True)
        case ssl.SSLError():
            return _network("the secure connection failed")
        case sqlite3.OperationalError():
            return Classification(ErrorCategory.RESOURCE, Disposition.TRANSIENT, f"database: {_text(error)}")
        case OSError():
            return _classify_os(error)
        case EOFError():
            return _network("connection closed early")
        case MemoryError():
            return Classification(ErrorCategory.RESOURCE, Disposition.PERMANENT, "out of memory")
        case ValueError() | TypeError() | LookupError() | AttributeError() | NameError() | NotImplementedError():
            return Classification(ErrorCategory.VALIDATION, Disposition.PERMANENT, type(error).__name__)
        case _:
            return None


def _network(reason: str) -> Classification:
    return Classification(ErrorCategory.NETWORK, Disposition.TRANSIENT, reason, host_fault=True)


def _classify_os(error: OSError) -> Classification:
    code = error.errno
    if code in _OUT_OF_SPACE:
        return Classification(
            ErrorCategory.RESOURCE,
            Disposition.PERMANENT,
            "the disk is full",
            "Free some space or choose another folder, then resume.",
        )
    if code in _NOT_ALLOWED or isinstance(error, PermissionError):
        return Classification(
            ErrorCategory.PERMISSION,
            Disposition.PERMANENT,
            f"not allowed: {_words(error)}",
            "Choose another folder.",
        )
    if isinstance(error, FileNotFoundError | NotADirectoryError | IsADirectoryError | FileExistsError):
        return Classification(ErrorCategory.NOT_FOUND, Disposition.PERMANENT, _words(error))
    if code in _EXHAUSTED:
        return Classification(ErrorCategory.RESOURCE, Disposition.TRANSIENT, _words(error))
    if code in _CONNECTION_WORDS:
        return _network(_CONNECTION_WORDS[code])
    if isinstance(error, ConnectionRefusedError):
        return _network("connection refused")
    if isinstance(error, ConnectionResetError):
        return _network("connection reset")
    if isinstance(error, ConnectionError):
        return _network("connection lost")
    return Classification(ErrorCategory.RESOURCE, Disposition.TRANSIENT, _words(error))


def _words(error: OSError) -> str:
    # Whoever makes an OSError by hand may give it anything for a number.
    code: object = error.errno
    if not isinstance(code, int) or not 0 < code < 2**31:
        return type(error).__name__
    return os.strerror(code).lower()
