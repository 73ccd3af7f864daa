"""Failures as text, and whether a retry can help."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver
from aiohttp.client_reqrep import ConnectionKey

from launcher_gui.downloads.errors.classifier import DownloadClassifier
from launcher_gui.downloads.errors.disk_errors import (
    DestinationBusyError,
    DestinationExistsError,
    DiskError,
    DiskFullError,
    FolderError,
    PartialGoneError,
)
from launcher_gui.downloads.errors.download_error import DownloadError
from launcher_gui.downloads.errors.http_errors import (
    CompressedAnswerError,
    FileChangedError,
    HttpStatusError,
    InsecureRedirectError,
    LongBodyError,
    RangeLieError,
    RedirectLoopError,
    ShortBodyError,
    StalledError,
    WrongContentError,
)
from launcher_gui.downloads.errors.integrity_errors import ChecksumMismatchError, UnprovenLengthError
from launcher_gui.downloads.errors.refusals import (
    BadAnswerError,
    LinkRefusedError,
    MisconfiguredError,
    OtherFileError,
    SiteRefusalError,
)
from launcher_gui.downloads.errors.remedies import POLICIES, FailureKind
from launcher_gui.downloads.partial.disk import disk_errors
from launcher_gui.downloads.partial.model_file_check import InvalidModelFileError
from launcher_gui.recovery.classification import Disposition, ErrorCategory
from launcher_gui.recovery.classify.http_status import of_status
from launcher_gui.text.message import foreign

SECRET = "s3cr3t-Value_0123456789"
URL = f"https://user:{SECRET}@host.example/m.safetensors?token={SECRET}"
TRANSIENT, PERMANENT, THROTTLED = Disposition.TRANSIENT, Disposition.PERMANENT, Disposition.THROTTLED
FOLDER = Path("/models")
FILE = FOLDER / "m.safetensors"
OURS: list[DownloadError] = [
    HttpStatusError(404, URL),
    StalledError(30),
    ShortBodyError(5, 10),
    LongBodyError(10),
    FileChangedError(),
    WrongContentError(URL, "text/html"),
    CompressedAnswerError(URL, "gzip"),
    RangeLieError(URL, "bytes 0-1/2"),
    UnprovenLengthError(10),
    ChecksumMismatchError("a" * 64, "b" * 64, FOLDER / "m.safetensors.quarantine"),
    DestinationExistsError(FILE),
    DestinationBusyError(FILE),
    DiskFullError(2_500_000_000, 1_000_000, FOLDER),
    DiskFullError(None, None, FOLDER),
    FolderError(FOLDER, foreign("read-only"), ErrorCategory.PERMISSION),
    DiskError(FILE, foreign("input/output error")),
    InsecureRedirectError(URL),
    RedirectLoopError(20, URL),
    InvalidModelFileError(FILE, foreign("the file is cut off")),
    BadAnswerError(URL, foreign("it is not JSON")),
    LinkRefusedError(403, URL),
    MisconfiguredError("HF_ENDPOINT", "is not the address of a site", "Give one."),
    OtherFileError("Hugging Face", "a" * 64, "b" * 64),
    SiteRefusalError(
        "Civitai", 401, FailureKind.TOKEN_NEEDED, foreign("no"), foreign("Make a key"), "https://civitai.com", "401"
    ),
]
classify = DownloadClassifier().classify


@pytest.mark.parametrize("error", OURS, ids=lambda error: type(error).__name__)
def test_every_failure_speaks(error: DownloadError) -> None:
    """Each error has a message and a short reason, and hides every secret."""
    known = classify(error)
    classifier = DownloadClassifier()
    assert str(error)
    assert known.reason
    assert len(str(known.reason)) < 80
    assert known.category != ErrorCategory.UNKNOWN
    assert known.fix or known.disposition != PERMANENT or known.category == ErrorCategory.SERVER
    assert SECRET not in f"{error} {error.detail} {known} {error.__dict__} {classifier.detail(error)}"
    assert error.detail in classifier.detail(error)


@pytest.mark.parametrize("error", OURS, ids=lambda error: type(error).__name__)
def test_every_failure_offers_one_thing(error: DownloadError) -> None:
    """Each error has a failure kind, whose remedy fits whether it is retried."""
    policy = POLICIES[DownloadClassifier().failure_kind(error)]
    tried_again = error.classification.disposition is not PERMANENT
    assert (policy.disposition is not PERMANENT) == tried_again or isinstance(error, FileChangedError)


@pytest.mark.parametrize("retry_after_s", [None, 9.0])
@pytest.mark.parametrize("status", range(400, 600))
def test_statuses_are_treated_by_the_library(status: int, retry_after_s: float | None) -> None:
    """The recovery library's table decides on a status; a permanent one has a remedy here."""
    known, listed = classify(HttpStatusError(status, URL, retry_after_s)), of_status(status, retry_after_s)
    assert listed is not None
    assert replace(known, fix=listed.fix) == listed
    assert known.fix or known.disposition is not PERMANENT


@pytest.mark.parametrize("status", [204, 304, 999])
def test_other_statuses(status: int) -> None:
    """A status that is neither an error nor a file is a temporary fault of the server."""
    known = classify(HttpStatusError(status, URL, 9.0))
    assert (known.category, known.disposition) == (ErrorCategory.SERVER, TRANSIENT)
    assert known.retry_after_s == 9.0
    assert str(status) in str(known.reason)


@pytest.mark.parametrize("status", [401, 403, 410])
def test_an_expired_link(status: int) -> None:
    """A signed link is refused once it has expired, unless the server asks to wait."""
    url = f"{URL}&X-Amz-Expires=60"
    assert "expired" in str(classify(HttpStatusError(status, url)).reason)
    assert HttpStatusError(status, url).trouble is FailureKind.LINK_EXPIRED
    assert HttpStatusError(403, url, 9.0).trouble is FailureKind.THROTTLED


def test_a_status_without_a_name() -> None:
    """An unregistered status code has a text."""
    assert str(HttpStatusError(599, URL)) == "host.example answered 599"
    assert str(HttpStatusError(503, URL)) == "host.example answered 503 (Service Unavailable)"


# aiohttp's own errors, made by aiohttp from what a server or the system really does


class NoSuchHost(AbstractResolver):
    async def resolve(self, *_: object, **__: object) -> NoReturn:
        raise OSError(None, "Name or service not known")

    async def close(self) -> None: ...


@contextlib.asynccontextmanager
async def server(answer: bytes | None) -> AsyncIterator[int]:
    """Answer every connection with these bytes and close it; without any, wait until the client disconnects."""
    replies: set[asyncio.Task[None]] = set()

    async def reply(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            await reader.read(1 if answer is not None else -1)
            writer.write(answer or b"")
            writer.close()
            await writer.wait_closed()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        replies.add(asyncio.ensure_future(reply(reader, writer)))

    async with await asyncio.start_server(accept, "127.0.0.1", 0) as listening:
        yield listening.sockets[0].getsockname()[1]
    await asyncio.gather(*replies)


async def failure_of(url: str, **options: Any) -> Exception:
    async with aiohttp.ClientSession(**options) as session:
        with pytest.raises((aiohttp.ClientError, OSError)) as caught:
            async with session.get(url) as response:
                await response.read()
        return caught.value


@pytest.mark.parametrize(
    ("answer", "category", "reason"),
    [
        (b"", ErrorCategory.NETWORK, "the server closed the connection"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", ErrorCategory.NETWORK, "connection closed early"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
            ErrorCategory.NETWORK,
            "connection closed early",
        ),
        (b"SSH-2.0-OpenSSH\r\n\r\n", ErrorCategory.SERVER, "the server sent an invalid response"),
        (
            b"HTTP/1.1 302 Found\r\nLocation: /\r\nConnection: close\r\n\r\n",
            ErrorCategory.SERVER,
            "too many redirects",
        ),
        (
            b"HTTP/1.1 302 Found\r\nLocation: http://:bad/\r\nConnection: close\r\n\r\n",
            ErrorCategory.SERVER,
            "the server redirected to an invalid link",
        ),
        (
            b"HTTP/1.1 302 Found\r\nLocation: ftp://h/x\r\nConnection: close\r\n\r\n",
            ErrorCategory.SERVER,
            "the server redirected to an invalid link",
        ),
    ],
)
async def test_servers_that_misbehave(answer: bytes, category: ErrorCategory, reason: str) -> None:
    """A server's faults have short texts."""
    async with server(answer) as port:
        known = classify(await failure_of(f"http://127.0.0.1:{port}/x"))
    assert (known.category, str(known.reason)) == (category, reason)


async def test_a_refused_port() -> None:
    """A closed port is reported as such, and counts against the host."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        known = classify(await failure_of(f"http://127.0.0.1:{bound.getsockname()[1]}/x"))
    assert (known.category, known.disposition, str(known.reason)) == (
        ErrorCategory.NETWORK,
        TRANSIENT,
        "connection refused",
    )
    assert known.host_fault


async def test_an_unknown_host() -> None:
    """A host that is not found is named, and retried: laptops lose their name server."""
    known = classify(await failure_of("http://no.such.host/x", connector=aiohttp.TCPConnector(resolver=NoSuchHost())))
    assert (known.category, known.disposition) == (ErrorCategory.NETWORK, TRANSIENT)
    assert str(known.reason) == "the host no.such.host was not found"
    assert known.fix


async def test_https_on_a_plain_port() -> None:
    """A server without TLS is distinguished from one that is down."""
    async with server(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        known = classify(await failure_of(f"https://127.0.0.1:{port}/x"))
    assert (known.category, str(known.reason)) == (ErrorCategory.NETWORK, "the server does not use TLS on this port")


@pytest.mark.parametrize(
    ("status", "category", "disposition"),
    [(407, ErrorCategory.PERMISSION, PERMANENT), (502, ErrorCategory.SERVER, TRANSIENT)],
)
async def test_a_proxy_in_between(status: int, category: ErrorCategory, disposition: Disposition) -> None:
    """A proxy that refuses is distinguished from the server behind it, and from a proxy that may accept later."""
    async with server(f"HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n".encode()) as port:
        known = classify(await failure_of("https://host.example/x", proxy=f"http://127.0.0.1:{port}"))
    assert (known.category, known.disposition) == (category, disposition)
    assert str(known.reason).startswith(f"the proxy answered {status}")
    assert "proxy" in str(known.fix)


async def test_a_server_that_says_nothing() -> None:
    """A stalled connection is a timeout of the server."""
    async with server(None) as port:
        impatient = aiohttp.ClientTimeout(sock_read=0.01)
        known = classify(await failure_of(f"http://127.0.0.1:{port}/x", timeout=impatient))
    assert (known.category, known.disposition) == (ErrorCategory.TIMEOUT, TRANSIENT)
    assert str(known.reason) == "the server stopped responding"


KEY = ConnectionKey("host.example", 443, True, True, None, None, None)


@pytest.mark.parametrize(
    ("error", "category", "disposition", "words"),
    [
        (
            aiohttp.ClientConnectorCertificateError(KEY, ssl.SSLCertVerificationError(1, "certificate has expired")),
            ErrorCategory.PERMISSION,
            PERMANENT,
            "certificate",
        ),
        (
            aiohttp.ClientProxyConnectionError(KEY, OSError(errno.ECONNREFUSED, "refused")),
            ErrorCategory.NETWORK,
            TRANSIENT,
            "could not reach the proxy: connection refused",
        ),
        (
            aiohttp.ClientConnectorError(KEY, OSError(errno.ENETUNREACH, "unreachable")),
            ErrorCategory.NETWORK,
            TRANSIENT,
            "network unreachable",
        ),
        (aiohttp.ClientOSError(errno.ECONNRESET, "reset"), ErrorCategory.NETWORK, TRANSIENT, "connection reset"),
        (aiohttp.ClientConnectionResetError("closing"), ErrorCategory.NETWORK, TRANSIENT, "connection reset"),
        (aiohttp.ConnectionTimeoutError(), ErrorCategory.TIMEOUT, TRANSIENT, "connection timed out"),
        (aiohttp.InvalidURL(URL), ErrorCategory.VALIDATION, PERMANENT, "the link is not valid"),
        (aiohttp.ClientError(), ErrorCategory.NETWORK, TRANSIENT, "transfer failed"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_what_aiohttp_raises(error: Exception, category: ErrorCategory, disposition: Disposition, words: str) -> None:
    """The errors of aiohttp are distinguished by type, not by text."""
    known = classify(error)
    assert (known.category, known.disposition) == (category, disposition)
    assert words in str(known.reason)


def test_a_cause_speaks_where_its_wrapper_does_not() -> None:
    """A third party's wrapper does not hide the cause."""
    wrapper = RuntimeError("attempt_failed")
    wrapper.__cause__ = StalledError(30)
    assert classify(wrapper).category == ErrorCategory.TIMEOUT
    wrapper.__cause__.__cause__ = wrapper
    assert classify(RuntimeError()).category == ErrorCategory.UNKNOWN


def test_reports_hide_secrets() -> None:
    """The texts of aiohttp quote complete URLs; the recorded ones do not."""
    classifier, error = DownloadClassifier(), aiohttp.InvalidURL(URL)
    assert SECRET in str(error)
    assert SECRET not in classifier.detail(error) + str(classifier.words(error, classifier.classify(error)))


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (errno.ENOSPC, DiskFullError, "not enough space"),
        (errno.EDQUOT, DiskFullError, "not enough space"),
        (errno.EROFS, FolderError, "is read-only"),
        (errno.EACCES, FolderError, "no permission"),
        (errno.ENOENT, PartialGoneError, "was deleted"),
        (errno.ESTALE, FolderError, "network share"),
        (errno.ENOTDIR, FolderError, "is a file"),
        (errno.EFBIG, DiskError, "files this large"),
        (errno.ENAMETOOLONG, DiskError, "too long"),
        (errno.EIO, DiskError, "input/output error"),
    ],
)
def test_what_the_disk_says(code: int, kind: type[DownloadError], words: str, tmp_path: Path) -> None:
    """Every disk error becomes a download error that keeps its code for the report."""
    with pytest.raises(kind) as caught, disk_errors(tmp_path / "m.part", needed=5):
        raise OSError(code, errno.errorcode[code].lower() if code != errno.EIO else "Input/output error")
    assert words in str(caught.value)
    assert isinstance(caught.value.__cause__, OSError)
    assert classify(caught.value).disposition == PERMANENT
    assert classify(caught.value).fix
