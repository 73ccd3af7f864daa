"""Real errors from sockets, files, databases and libraries, classified by status, class and number."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import email.utils
import http.client
import io
import json
import socket
import sqlite3
import ssl
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory, ErrorClassifier
from launcher_gui.recovery.classify.error_types import RULES
from launcher_gui.recovery.classify.reference import markdown_table
from launcher_gui.recovery.exceptions import (
    CircuitBreakerOpenError,
    RecoveryExhaustedError,
    RecoveryStateError,
    StoreUnusableError,
)

Category = ErrorCategory
TRANSIENT, PERMANENT, THROTTLED = Disposition.TRANSIENT, Disposition.PERMANENT, Disposition.THROTTLED
DOCUMENT = Path(__file__).parents[4] / "docs" / "what-is-retried.md"
NOW = 1_700_000_000.0


class AtNow(ErrorClassifier):
    """The classifier with a stopped clock."""

    now = staticmethod(lambda: NOW)


def classify(error: BaseException) -> Classification:
    """Return the library's classification."""
    return AtNow().classify(error)


def raised(work: Callable[[], object]) -> Exception:
    """Return what ``work`` raises."""
    try:
        work()
    except Exception as error:  # noqa: BLE001 whatever it is
        return error
    raise AssertionError("nothing was raised")


class Answering(BaseHTTPRequestHandler):
    """Responds with the status in the path and the headers in the query."""

    def do_GET(self) -> None:
        """Respond."""
        status, _, fields = self.path[1:].partition("?")
        self.send_response(int(status))
        for field in filter(None, urllib.parse.unquote(fields).split("&")):
            name, _, value = field.partition("=")
            self.send_header(name, value)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    """Return the address of a server that responds as requested."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("answer", "category", "disposition", "wait_s"),
    [
        ("404", Category.NOT_FOUND, PERMANENT, None),
        ("401", Category.PERMISSION, PERMANENT, None),
        ("403", Category.PERMISSION, PERMANENT, None),
        ("403?Retry-After=7", Category.THROTTLED, THROTTLED, 7.0),
        ("408", Category.TIMEOUT, TRANSIENT, None),
        ("418", Category.VALIDATION, PERMANENT, None),
        ("429?Retry-After=12", Category.THROTTLED, THROTTLED, 12.0),
        ("500", Category.SERVER, TRANSIENT, None),
        ("501", Category.SERVER, PERMANENT, None),
        ("503", Category.SERVER, TRANSIENT, None),
        ("503?Retry-After=Tue, 14 Nov 2023 22:13:50 GMT", Category.THROTTLED, THROTTLED, 30.0),
        ("507", Category.RESOURCE, PERMANENT, None),
        ("599", Category.SERVER, TRANSIENT, None),
    ],
)
@pytest.mark.parametrize("library", ["urllib", "aiohttp"])
def test_an_answer_is_what_its_status_says(
    origin: str, library: str, answer: str, category: ErrorCategory, disposition: Disposition, wait_s: float | None
) -> None:
    """Every library's status and headers count alike, with both forms of Retry-After."""
    if "GMT" in answer:  # the server's own date comes with it, and is later than that: nothing is left to wait
        wait_s = 0.0
    url = f"{origin}/{urllib.parse.quote(answer, safe='?')}"

    async def by_aiohttp() -> None:
        async with aiohttp.ClientSession(raise_for_status=True) as session, session.get(url):
            pass

    def by_urllib() -> None:
        with contextlib.closing(urllib.request.urlopen(url, timeout=5)):
            pass

    error = raised(by_urllib if library == "urllib" else lambda: asyncio.run(by_aiohttp()))
    known = classify(error)
    assert (known.category, known.disposition, known.retry_after_s) == (category, disposition, wait_s)
    assert str(known.reason).startswith(f"the server answered {answer[:3]}")
    if isinstance(error, urllib.error.HTTPError):
        error.close()


class ApiError(Exception):
    """A user-defined error."""

    def __init__(self, **attributes: object) -> None:
        super().__init__("https://host.example/?token=secret")
        for name, value in attributes.items():
            setattr(self, name, value)


@pytest.mark.parametrize(
    ("attributes", "disposition", "wait_s"),
    [
        ({"status_code": 404}, PERMANENT, None),
        ({"status": 503}, TRANSIENT, None),
        ({"code": 429, "retry_after": 3}, THROTTLED, 3.0),
        ({"response": ApiError(status_code=429, headers={"retry-after": "9"})}, THROTTLED, 9.0),
        ({"status": 429, "headers": {"RETRY-AFTER": email.utils.formatdate(NOW + 20, usegmt=True)}}, THROTTLED, 20.0),
        ({"status": 429, "headers": {"RateLimit": '"api";r=0;t=42'}}, THROTTLED, 42.0),
        (
            {"status": 403, "headers": {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": f"{NOW + 60:.0f}"}},
            THROTTLED,
            60,
        ),
        ({"status": 200}, TRANSIENT, None),
        ({"status": "404"}, TRANSIENT, None),
        ({"status": True}, TRANSIENT, None),
        ({"status": 10**40}, TRANSIENT, None),
        ({"status": 429, "retry_after": float("nan")}, THROTTLED, None),
        ({"status": 429, "headers": 5}, THROTTLED, None),
    ],
)
def test_a_status_is_found_wherever_it_is_carried(
    attributes: dict[str, object], disposition: Disposition, wait_s: float | None
) -> None:
    """A status is found on the error or its response, by its usual names."""
    known = classify(ApiError(**attributes))
    assert (known.disposition, known.retry_after_s) == (disposition, wait_s)


def test_a_status_speaks_louder_than_a_class() -> None:
    """A ValueError with a 503 is the server's fault."""

    class SilentError(ValueError):
        status_code = 503

    assert classify(SilentError()).category is Category.SERVER


def locked(path: Path) -> Exception:
    """Return what a locked database raises."""
    holder, other = sqlite3.connect(path), sqlite3.connect(path, timeout=0)
    holder.execute("BEGIN EXCLUSIVE")
    error = raised(lambda: other.execute("CREATE TABLE t (x)"))
    holder.close()
    other.close()
    return error


def full(path: Path) -> Exception:
    """Return what a database raises that may not grow."""
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE t (x)")
    db.execute("PRAGMA max_page_count = 2")
    error = raised(lambda: db.execute("INSERT INTO t VALUES (zeroblob(100000))"))
    db.close()
    return error


def read_only(path: Path) -> Exception:
    """Return what a database raises that is opened for reading."""
    sqlite3.connect(path).close()
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    error = raised(lambda: db.execute("CREATE TABLE t (x)"))
    db.close()
    return error


def no_database(path: Path) -> Exception:
    """Return what another file raises."""
    path.write_bytes(b"no database at all" * 100)
    db = sqlite3.connect(path)
    error = raised(lambda: db.execute("SELECT * FROM t"))
    db.close()
    return error


def duplicate(path: Path) -> Exception:
    """Return what a constraint raises."""
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE t (x UNIQUE)")
    db.execute("INSERT INTO t VALUES (1)")
    error = raised(lambda: db.execute("INSERT INTO t VALUES (1)"))
    db.close()
    return error


def closed(path: Path) -> Exception:
    """Return what a closed connection raises."""
    db = sqlite3.connect(path)
    db.close()
    return raised(lambda: db.execute("SELECT 1"))


@pytest.mark.parametrize(
    ("fail", "category", "disposition", "words"),
    [
        (locked, Category.RESOURCE, TRANSIENT, "locked"),
        (full, Category.RESOURCE, PERMANENT, "full"),
        (read_only, Category.PERMISSION, PERMANENT, "read-only"),
        (no_database, Category.INTEGRITY, PERMANENT, "not a database"),
        (duplicate, Category.VALIDATION, PERMANENT, "conflicting"),
        (closed, Category.VALIDATION, PERMANENT, "rejected the request"),
    ],
)
def test_sqlite_is_told_by_its_code(
    tmp_path: Path,
    fail: Callable[[Path], Exception],
    category: ErrorCategory,
    disposition: Disposition,
    words: str,
) -> None:
    """A lock is temporary; a full disk, a damaged file and a wrong statement are not."""
    known = classify(fail(tmp_path / "data.sqlite3"))
    assert (known.category, known.disposition) == (category, disposition)
    assert words in str(known.reason)


def timed_out_program() -> object:
    """Run a program that exceeds its timeout."""
    return subprocess.run([sys.executable, "-c", "import time; time.sleep(9)"], timeout=0.01, check=True)


def failed_program() -> object:
    """Run a program that fails."""
    return subprocess.run([sys.executable, "-c", "raise SystemExit(3)"], check=True)


@pytest.mark.parametrize(
    ("work", "category", "disposition"),
    [
        (lambda: json.loads("{"), Category.VALIDATION, PERMANENT),
        (b"\xff".decode, Category.VALIDATION, PERMANENT),
        (lambda: 1 / 0, Category.VALIDATION, PERMANENT),
        (lambda: __import__("no_such_module"), Category.VALIDATION, PERMANENT),
        (lambda: zipfile.ZipFile(io.BytesIO(b"no zip")), Category.INTEGRITY, PERMANENT),
        (lambda: urllib.request.urlopen("http://127.0.0.1:1/", timeout=1), Category.NETWORK, TRANSIENT),
        (lambda: http.client.HTTPConnection("127.0.0.1:x"), Category.VALIDATION, PERMANENT),
        (lambda: concurrent.futures.Future().result(timeout=0), Category.TIMEOUT, TRANSIENT),
        (timed_out_program, Category.TIMEOUT, TRANSIENT),
        (failed_program, Category.UNKNOWN, TRANSIENT),
        (lambda: Path("/no/such/folder").read_bytes(), Category.NOT_FOUND, PERMANENT),
    ],
)
def test_what_the_standard_library_raises(
    work: Callable[[], object], category: ErrorCategory, disposition: Disposition
) -> None:
    """Each error is classified by its real cause."""
    known = classify(raised(work))
    assert (known.category, known.disposition) == (category, disposition)
    assert known.reason


@pytest.mark.parametrize(
    ("error", "category", "disposition", "words"),
    [
        (http.client.RemoteDisconnected("x"), Category.NETWORK, TRANSIENT, "connection reset"),
        (http.client.IncompleteRead(b""), Category.NETWORK, TRANSIENT, "connection closed early"),
        (http.client.BadStatusLine("x"), Category.SERVER, TRANSIENT, "the server sent an invalid response"),
        (urllib.error.URLError(socket.gaierror(socket.EAI_AGAIN, "x")), Category.NETWORK, TRANSIENT, "DNS server"),
        (urllib.error.URLError("why not"), Category.NETWORK, TRANSIENT, "could not connect"),
        (ssl.SSLEOFError(8, "x"), Category.NETWORK, TRANSIENT, "closed early"),
        (aiohttp.ServerDisconnectedError(), Category.NETWORK, TRANSIENT, "connection lost"),
        (aiohttp.ClientPayloadError(), Category.NETWORK, TRANSIENT, "connection closed early"),
        (aiohttp.ServerTimeoutError(), Category.TIMEOUT, TRANSIENT, "timed out"),
        (aiohttp.InvalidURL("x"), Category.VALIDATION, PERMANENT, "the link is not valid"),
        (subprocess.CalledProcessError(3, "x"), Category.UNKNOWN, TRANSIENT, "a program exited with status 3"),
        (CircuitBreakerOpenError("host", 5.0), Category.NETWORK, THROTTLED, "paused after failures"),
        (RecoveryStateError("it is done"), Category.VALIDATION, PERMANENT, "it is done"),
        (StoreUnusableError("f", "is a folder", "Move it."), Category.RESOURCE, PERMANENT, "the store is a folder"),
    ],
)
def test_what_libraries_raise(error: Exception, category: ErrorCategory, disposition: Disposition, words: str) -> None:
    """Errors are classified by class name, without importing their library."""
    known = classify(error)
    assert (known.category, known.disposition) == (category, disposition)
    assert words in str(known.reason)


async def test_a_host_that_aiohttp_does_not_find(monkeypatch: pytest.MonkeyPatch) -> None:
    """The resolver's number counts, also within aiohttp's error."""

    async def resolve(*_: object, **__: object) -> list[Any]:
        raise OSError(socket.EAI_NONAME, "no such host") from socket.gaierror(socket.EAI_NONAME, "no such host")

    monkeypatch.setattr(aiohttp.resolver.ThreadedResolver, "resolve", resolve)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorError) as caught:
            await session.get("http://nowhere.example/")
    known = classify(caught.value)
    assert (known.category, known.disposition, known.host_fault) == (Category.NETWORK, TRANSIENT, True)


def test_what_was_being_handled_counts_only_as_a_fault_of_the_other_side() -> None:
    """A lost connection in the context counts; a handled KeyError does not."""

    def hiding(error: Exception) -> Exception:
        try:
            try:
                raise error
            except type(error):
                raise RuntimeError("download failed")  # noqa: B904 as careless code does
        except RuntimeError as hidden:
            return hidden

    assert classify(hiding(ConnectionResetError())).category is Category.NETWORK
    assert classify(hiding(KeyError("x"))).category is Category.UNKNOWN
    told = raised(lambda: _raise_from_none(ConnectionResetError()))
    assert classify(told).category is Category.UNKNOWN


def _raise_from_none(error: Exception) -> None:
    try:
        raise error
    except type(error):
        raise RuntimeError("download failed") from None


def test_exhausted_attempts_are_what_their_cause_is() -> None:
    """A parent may retry a step whose retries are exhausted."""
    exhausted = RecoveryExhaustedError("f", 4, "gave up")
    exhausted.__cause__ = ConnectionResetError()
    assert classify(exhausted).category is Category.NETWORK


@pytest.mark.parametrize(
    ("errors", "category"),
    [
        ([ConnectionResetError(), ValueError()], Category.VALIDATION),
        ([RuntimeError(), ConnectionResetError()], Category.NETWORK),
        ([RuntimeError()], Category.UNKNOWN),
    ],
)
def test_a_group_is_its_worst_member(errors: list[Exception], category: ErrorCategory) -> None:
    """A permanent error decides; otherwise the first known one."""
    assert classify(ExceptionGroup("several", errors)).category is category


hostile_values = st.one_of(
    st.none(), st.integers(), st.booleans(), st.text(), st.binary(), st.floats(), st.lists(st.integers(), max_size=2)
)


@given(
    st.sampled_from(sorted(RULES)),
    st.dictionaries(
        st.sampled_from(
            ["status", "status_code", "code", "errno", "reason", "os_error", "headers", "response", "exceptions"]
        ),
        hostile_values,
    ),
)
def test_any_error_with_a_listed_name_is_classified(name: str, attributes: dict[str, object]) -> None:
    """A class with a listed name but other attributes is classified."""
    module, _, qualname = name.rpartition(".")
    kind = type(qualname, (Exception,), {"__module__": module, "__qualname__": qualname, **attributes})
    error = kind("x")
    known = ErrorClassifier().classify(error)
    assert isinstance(known, Classification)
    assert known.reason
    assert ErrorClassifier().words(error, known)


def test_every_listed_class_of_the_standard_library_and_ours_exists() -> None:
    """Every listed class name exists."""
    for name in RULES:
        module, _, attribute = name.rpartition(".")
        if module.split(".")[0] in {"builtins", "launcher_gui", "aiohttp"} or module in sys.stdlib_module_names:
            found = getattr(__import__(module, fromlist=[attribute]), attribute)
            assert f"{found.__module__}.{found.__qualname__}" == name


def test_the_documented_table_matches_the_classifier() -> None:
    """The page's table matches the classifier."""
    assert markdown_table() in DOCUMENT.read_text(encoding="utf-8")
