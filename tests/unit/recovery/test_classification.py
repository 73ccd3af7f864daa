"""What kind of failure an exception is, also of exceptions that nobody would think of."""

from __future__ import annotations

import asyncio
import errno
import itertools
import socket
import sqlite3
import ssl
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory, ErrorClassifier
from launcher_gui.recovery.exceptions import CircuitBreakerOpenError, InvalidInputError, RecoveryTimeoutError

NETWORK, RESOURCE, PERMISSION = ErrorCategory.NETWORK, ErrorCategory.RESOURCE, ErrorCategory.PERMISSION
TIMEOUT, NOT_FOUND, VALIDATION = ErrorCategory.TIMEOUT, ErrorCategory.NOT_FOUND, ErrorCategory.VALIDATION
TRANSIENT, PERMANENT, THROTTLED = Disposition.TRANSIENT, Disposition.PERMANENT, Disposition.THROTTLED

classifier = ErrorClassifier()


class MuteError(Exception):
    """Will not say what it is."""

    def __str__(self) -> str:
        raise RuntimeError("no")

    __repr__ = __str__


class MuteDatabaseError(sqlite3.OperationalError):
    """Of a kind whose text is used, and without one."""

    def __str__(self) -> str:
        raise RuntimeError("no")


class LyingError(OSError):
    """Has an errno that cannot be read."""

    @property
    def errno(self) -> int:  # type: ignore[override]
        raise RuntimeError("no")


def builtin_exceptions() -> list[type[Exception]]:
    """Return every exception class there is that can be made without arguments."""
    found: list[type[Exception]] = []
    unvisited: list[type[Exception]] = [Exception]
    while unvisited:
        kind = unvisited.pop()
        unvisited += [k for k in kind.__subclasses__() if k.__module__ in {"builtins", "ssl", "socket", "asyncio"}]
        try:
            kind()
        except TypeError:
            continue
        found.append(kind)
    return sorted(set(found), key=lambda kind: kind.__name__)


@pytest.mark.parametrize(
    ("code", "category", "disposition", "host_fault"),
    [
        (errno.ENOSPC, RESOURCE, PERMANENT, False),
        (errno.EDQUOT, RESOURCE, PERMANENT, False),
        (errno.EFBIG, RESOURCE, PERMANENT, False),
        (errno.EACCES, PERMISSION, PERMANENT, False),
        (errno.EPERM, PERMISSION, PERMANENT, False),
        (errno.EROFS, PERMISSION, PERMANENT, False),
        (errno.ENOENT, NOT_FOUND, PERMANENT, False),
        (errno.ENOTDIR, NOT_FOUND, PERMANENT, False),
        (errno.EISDIR, NOT_FOUND, PERMANENT, False),
        (errno.EEXIST, NOT_FOUND, PERMANENT, False),
        (errno.EMFILE, RESOURCE, TRANSIENT, False),
        (errno.ENFILE, RESOURCE, TRANSIENT, False),
        (errno.ENOMEM, RESOURCE, TRANSIENT, False),
        (errno.ENOBUFS, RESOURCE, TRANSIENT, False),
        (errno.EIO, RESOURCE, TRANSIENT, False),
        (errno.ECONNREFUSED, NETWORK, TRANSIENT, True),
        (errno.ECONNRESET, NETWORK, TRANSIENT, True),
        (errno.ECONNABORTED, NETWORK, TRANSIENT, True),
        (errno.EPIPE, NETWORK, TRANSIENT, True),
        (errno.ENETUNREACH, NETWORK, TRANSIENT, True),
        (errno.ENETDOWN, NETWORK, TRANSIENT, True),
        (errno.EHOSTUNREACH, NETWORK, TRANSIENT, True),
        (errno.EHOSTDOWN, NETWORK, TRANSIENT, True),
        (errno.ETIMEDOUT, TIMEOUT, TRANSIENT, True),
    ],
)
def test_the_errno_tells(code: int, category: ErrorCategory, disposition: Disposition, host_fault: bool) -> None:
    """An operating system error is what its number says."""
    known = classifier.classify(OSError(code, "words that do not count"))
    assert (known.category, known.disposition, known.host_fault) == (category, disposition, host_fault)
    assert known.reason
    assert "words that do not count" not in known.reason


@pytest.mark.parametrize(
    ("error", "category", "disposition"),
    [
        (ConnectionError(), NETWORK, TRANSIENT),
        (ConnectionRefusedError(), NETWORK, TRANSIENT),
        (ConnectionResetError(), NETWORK, TRANSIENT),
        (socket.gaierror(socket.EAI_NONAME, "x"), NETWORK, TRANSIENT),
        (TimeoutError(), TIMEOUT, TRANSIENT),
        (RecoveryTimeoutError(), TIMEOUT, TRANSIENT),
        (asyncio.IncompleteReadError(b"", 5), NETWORK, TRANSIENT),
        (ssl.SSLError(1, "x"), NETWORK, TRANSIENT),
        (ssl.SSLCertVerificationError(1, "x"), PERMISSION, PERMANENT),
        (sqlite3.OperationalError("database is locked"), RESOURCE, TRANSIENT),
        (PermissionError(), PERMISSION, PERMANENT),
        (FileNotFoundError(), NOT_FOUND, PERMANENT),
        (MemoryError(), RESOURCE, PERMANENT),
        (ValueError("x"), VALIDATION, PERMANENT),
        (TypeError("x"), VALIDATION, PERMANENT),
        (KeyError("x"), VALIDATION, PERMANENT),
        (UnicodeDecodeError("utf-8", b"", 0, 1, "x"), VALIDATION, PERMANENT),
        (InvalidInputError("URL", "x", "is not one", "Give one."), VALIDATION, PERMANENT),
        (CircuitBreakerOpenError("host", 5.0), NETWORK, THROTTLED),
        (RuntimeError("x"), ErrorCategory.UNKNOWN, TRANSIENT),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else str(value),
)
def test_the_type_tells(error: Exception, category: ErrorCategory, disposition: Disposition) -> None:
    """An exception without a number is what its type says."""
    known = classifier.classify(error)
    assert (known.category, known.disposition) == (category, disposition)
    assert classifier.classify_error(error) is category


@pytest.mark.parametrize("kind", builtin_exceptions(), ids=lambda kind: kind.__name__)
def test_every_exception_there_is_can_be_told(kind: type[Exception]) -> None:
    """No class of the standard library breaks the bookkeeping, made with nothing as it may be."""
    assert_told(kind())


arguments = st.lists(
    st.one_of(st.none(), st.integers(), st.text(), st.binary(), st.floats(), st.lists(st.integers())), max_size=5
)
kinds = st.sampled_from(
    [OSError, ConnectionError, TimeoutError, socket.gaierror, ssl.SSLError, ssl.SSLCertVerificationError, Exception]
)


@given(kinds, arguments)
def test_errors_made_by_hand_can_be_told(kind: type[Exception], given_to_it: list[Any]) -> None:
    """Whatever somebody makes an exception of, it is classified."""
    try:
        error = kind(*given_to_it)
    except (TypeError, ValueError, OverflowError):
        return
    assert_told(error)


@pytest.mark.parametrize(
    "error",
    [MuteError(), MuteDatabaseError(), LyingError(), OSError(10**30, "x"), OSError([1], "x"), RuntimeError("\udcff")],
    ids=["mute", "mute database", "lying", "huge errno", "list for an errno", "not Unicode"],
)
def test_hostile_errors_can_be_told(error: Exception) -> None:
    """An exception that refuses to be looked at is told by its class."""
    assert_told(error)


def test_a_megabyte_of_text_is_cut() -> None:
    """A page of HTML in an exception does not end up in the store as a whole."""
    error = RuntimeError("x" * 1_000_000)
    known = classifier.classify(error)
    assert len(classifier.words(error, known)) <= 4_000
    assert len(classifier.detail(error)) <= 4_000


@given(st.lists(st.sampled_from(["mute", "unknown", "reset"]), min_size=1, max_size=8), st.booleans())
def test_causes_are_looked_through(links: list[str], closed: bool) -> None:
    """An error that says nothing is what its first telling cause is; a circle of causes ends."""
    made = {"mute": MuteError, "unknown": RuntimeError, "reset": ConnectionResetError}
    chain = [made[link]() for link in links]
    for error, cause in itertools.pairwise(chain):
        error.__cause__ = cause
    if closed:
        chain[-1].__cause__ = chain[0]
    known = classifier.classify(chain[0])
    assert known.category is (NETWORK if "reset" in links else ErrorCategory.UNKNOWN)
    assert_told(chain[0])


def test_the_outermost_known_error_counts() -> None:
    """What a function made of its cause is more telling than the cause."""
    error = PermissionError("login needed")
    error.__cause__ = ConnectionResetError()
    assert classifier.classify(error).category is PERMISSION


def test_cancellation_of_the_task_is_no_failure_to_be_known() -> None:
    """CancelledError has no class of its own here: it never reaches the classifier as a failure."""
    assert classifier.classify(asyncio.CancelledError()).category is ErrorCategory.UNKNOWN


def assert_told(error: BaseException) -> None:
    """Hold what is promised of every classification."""
    known = classifier.classify(error)
    assert isinstance(known, Classification)
    assert known.reason
    assert classifier.words(error, known)
    assert type(error).__name__ in classifier.detail(error)
