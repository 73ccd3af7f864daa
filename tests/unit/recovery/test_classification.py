"""Classification of exceptions, unusual ones included."""

from __future__ import annotations

import asyncio
import concurrent.futures
import errno
import itertools
import socket
import sqlite3
import ssl
import subprocess
from typing import Any
from urllib.error import URLError

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory, ErrorClassifier
from launcher_gui.recovery.exceptions import CircuitBreakerOpenError, InvalidInputError, RecoveryTimeoutError

NETWORK, RESOURCE, PERMISSION = ErrorCategory.NETWORK, ErrorCategory.RESOURCE, ErrorCategory.PERMISSION
TIMEOUT, NOT_FOUND, VALIDATION = ErrorCategory.TIMEOUT, ErrorCategory.NOT_FOUND, ErrorCategory.VALIDATION
TRANSIENT, PERMANENT, THROTTLED = Disposition.TRANSIENT, Disposition.PERMANENT, Disposition.THROTTLED

classifier = ErrorClassifier()


class MuteError(Exception):
    """Raises when its text is requested."""

    def __str__(self) -> str:
        raise RuntimeError("no")

    __repr__ = __str__


class MuteDatabaseError(sqlite3.OperationalError):
    """A kind whose text is used, without a text."""

    def __str__(self) -> str:
        raise RuntimeError("no")


class Answered(Exception):  # noqa: N818 named as what it stands for
    """Carries a response, as the errors of HTTP libraries do."""

    def __init__(self, status: int, headers: Any = None) -> None:
        super().__init__(status)
        self.status = status
        self.headers = headers


class LyingError(OSError):
    """Has an errno that cannot be read."""

    @property
    def errno(self) -> int:  # type: ignore[override]
        raise RuntimeError("no")


def builtin_exceptions() -> list[type[Exception]]:
    """Return every built-in exception that can be created without arguments."""
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
    """An operating system error is classified by its number."""
    known = classifier.classify(OSError(code, "words that do not count"))
    assert (known.category, known.disposition, known.host_fault) == (category, disposition, host_fault)
    assert known.reason
    assert "words that do not count" not in str(known.reason)


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
    """An exception without a number is classified by its type."""
    known = classifier.classify(error)
    assert (known.category, known.disposition) == (category, disposition)
    assert classifier.classify_error(error) is category


@pytest.mark.parametrize("kind", builtin_exceptions(), ids=lambda kind: kind.__name__)
def test_every_exception_there_is_can_be_told(kind: type[Exception]) -> None:
    """Every exception of the standard library can be classified."""
    assert_told(kind())


arguments = st.lists(
    st.one_of(st.none(), st.integers(), st.text(), st.binary(), st.floats(), st.lists(st.integers())), max_size=5
)
kinds = st.sampled_from(
    [OSError, ConnectionError, TimeoutError, socket.gaierror, ssl.SSLError, ssl.SSLCertVerificationError, Exception]
)


@given(kinds, arguments)
def test_errors_made_by_hand_can_be_told(kind: type[Exception], given_to_it: list[Any]) -> None:
    """Exceptions with any arguments can be classified."""
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
    """An exception whose attributes raise is classified by its class."""
    assert_told(error)


class Unapproachable:
    """An object whose class cannot be read."""

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        raise RuntimeError("not yours to know")

    def __getattr__(self, name: str) -> Any:
        return Unapproachable()


@pytest.mark.parametrize(
    "name",
    ["status", "response", "headers", "retry_after", "reason", "os_error", "winerror", "verify_message", "errno"],
)
@pytest.mark.parametrize("kind", [OSError, ssl.SSLError, ssl.SSLCertVerificationError, URLError, Answered])
def test_attributes_that_raise_when_asked_for_their_class(kind: type[Exception], name: str) -> None:
    """An exception's attributes may be hostile too."""

    class Hostile(kind):  # type: ignore[misc, valid-type]
        pass

    setattr(Hostile, name, Unapproachable())
    error = kind.__new__(Hostile, "x")
    assert_told(error)


def test_a_group_with_a_hostile_member() -> None:
    """A group is classified by its readable members."""

    class Group(Exception):  # noqa: N818 named as what it stands for
        exceptions = (Unapproachable(), ConnectionResetError())

    assert_told(Group())


def test_several_refused_addresses_are_the_network() -> None:
    """Asyncio's combined connection errors are classified by their text."""
    refused = f"[Errno {errno.ECONNREFUSED}] Connect call failed"
    known = classifier.classify(OSError(f"Multiple exceptions: {refused} ('::1', 1, 0, 0), {refused} ('127.0.0.1', 1)"))
    assert (known.category, known.disposition, known.host_fault) == (NETWORK, TRANSIENT, True)


def test_an_executor_s_cancellation_is_final() -> None:
    """Work cancelled in an executor is not retried."""
    assert classifier.classify(concurrent.futures.CancelledError()).disposition is PERMANENT


@pytest.mark.parametrize(
    ("status", "words"),
    [(-9, "a program was ended by SIGKILL"), (-250, "a program was ended by signal 250"), (3, "status 3")],
)
def test_how_a_program_ended(status: int, words: str) -> None:
    """A signal is reported by its name, not by a negative number."""
    assert str(classifier.classify(subprocess.CalledProcessError(status, "x")).reason).endswith(words)


@pytest.mark.parametrize(
    "headers",
    [
        {"Retry-After": "7"},
        {"retry-after": b"7"},
        {b"Retry-After": b"7"},
        {1: "x", None: "y", "RETRY-AFTER": "7"},
        CIMultiDict({"Retry-After": "7"}),
    ],
    ids=["dict", "bytes", "bytes for a name", "odd names", "multidict"],
)
def test_headers_of_any_library_are_read(headers: Any) -> None:
    """Retry-After is found in every form of headers."""
    assert classifier.classify(Answered(429, headers)).retry_after_s == 7.0


async def test_an_answer_that_cannot_be_read_is_no_400() -> None:
    """Aiohttp's status for an invalid HTTP response is not the server's; it is retried."""

    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
        writer.close()

    async with (
        await asyncio.start_server(babble, "127.0.0.1", 0) as server,
        aiohttp.ClientSession() as session,
    ):
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(aiohttp.ClientResponseError) as caught:
            await session.get(f"http://127.0.0.1:{port}/")
    known = classifier.classify(caught.value)
    assert (known.category, known.disposition) == (ErrorCategory.SERVER, TRANSIENT)


def test_a_megabyte_of_text_is_cut() -> None:
    """Long exception text is truncated for the store."""
    error = RuntimeError("x" * 1_000_000)
    known = classifier.classify(error)
    assert len(str(classifier.words(error, known))) <= 4_000
    assert len(classifier.detail(error)) <= 4_000


@given(st.lists(st.sampled_from(["mute", "unknown", "reset"]), min_size=1, max_size=8), st.booleans())
def test_causes_are_looked_through(links: list[str], closed: bool) -> None:
    """An unknown error is classified by its first known cause; circular causes end."""
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
    """A function's own known error precedes its cause."""
    error = PermissionError("login needed")
    error.__cause__ = ConnectionResetError()
    assert classifier.classify(error).category is PERMISSION


def test_cancellation_of_the_task_is_no_failure_to_be_known() -> None:
    """CancelledError never reaches the classifier as a failure."""
    assert classifier.classify(asyncio.CancelledError()).category is ErrorCategory.UNKNOWN


def assert_told(error: BaseException) -> None:
    """Check what every classification guarantees."""
    known = classifier.classify(error)
    assert isinstance(known, Classification)
    assert known.reason
    assert classifier.words(error, known)
    assert type(error).__name__ in classifier.detail(error)
