"""What goes wrong with a download, in words, and what kind of failure each is.

Owns the room's exceptions and its classifier. Every message says what happened in plain words; the technical side is
in ``detail``. Nothing here holds a secret.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

from launcher_gui.downloads.errors.connections import classify_connection, failure_kind_of_connection
from launcher_gui.downloads.errors.remedies import FailureKind, failure_kind_by_name, marked
from launcher_gui.downloads.errors.statuses import classify_status, failure_kind_of_status
from launcher_gui.downloads.redaction import redact, split_secrets
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory, ErrorClassifier
from launcher_gui.recovery.classify.http_status import status_words
from launcher_gui.recovery.exceptions import ExclusiveKeyError
from launcher_gui.text.message import FOREIGN, Message, as_message, foreign

_PERMANENT = Disposition.PERMANENT
_TRANSIENT = Disposition.TRANSIENT


class DownloadError(Exception):
    """Base of what the downloads room raises: its message is for people.

    Attributes:
        message: What happened; ``str()`` of the error is its English.
        detail: The technical side of it, for a report.
        classification: What kind of failure it is.
    """

    kind: ClassVar[Classification] = Classification(ErrorCategory.UNKNOWN, _TRANSIENT, "")

    def __init__(self, message: Message | str, detail: str = "") -> None:
        self.message = as_message(message)
        self.detail = detail
        super().__init__(str(self.message))

    @property
    def trouble(self) -> FailureKind:
        """Which class of failure it is."""
        return failure_kind_by_name(self.classification)

    @property
    def classification(self) -> Classification:
        """What kind of failure it is; the message serves as its reason unless the kind has a shorter one."""
        return self.kind if self.kind.reason else replace(self.kind, reason=self.message)


class HttpStatusError(DownloadError):
    """The server answered, but not with the file.

    Attributes:
        status: The status code.
        url: Who answered.
        retry_after_s: How long it asked to wait, if it did.
    """

    def __init__(self, status: int, url: str, retry_after_s: float | None = None, detail: str = "") -> None:
        self.status = status
        self.url = split_secrets(url)[0]
        self.retry_after_s = retry_after_s
        super().__init__(f"{_host(url)} answered {status_words(status)}", detail or self.url)

    @property
    def trouble(self) -> FailureKind:
        """Which class of failure it is."""
        return failure_kind_of_status(self.status, self.url)

    @property
    def classification(self) -> Classification:
        """What the status code means for another attempt."""
        known = classify_status(self.status, self.url)
        return replace(known, reason=foreign(status_words(self.status)), retry_after_s=self.retry_after_s)


class StalledError(DownloadError):
    """No byte came for too long."""

    kind = Classification(ErrorCategory.TIMEOUT, _TRANSIENT, "", host_fault=True)

    def __init__(self, seconds: float, what: str = "nothing came from the server") -> None:
        self.seconds = seconds
        super().__init__(f"{what} for {seconds:g} s")


class ShortBodyError(DownloadError):
    """The connection ended before the announced number of bytes had come."""

    kind = Classification(ErrorCategory.NETWORK, _TRANSIENT, "connection closed early", host_fault=True)

    def __init__(self, received: int, expected: int) -> None:
        self.received = received
        self.expected = expected
        super().__init__(
            f"the connection closed {size_text(expected - received)} before the end",
            f"{received} of {expected} bytes of this answer came",
        )


class LongBodyError(DownloadError):
    """More bytes came than the server had announced."""

    kind = Classification(ErrorCategory.INTEGRITY, _TRANSIENT, "more bytes came than announced", host_fault=True)

    def __init__(self, expected: int) -> None:
        self.expected = expected
        super().__init__("the server sent more than it had announced", f"{expected} bytes were announced")


class FileChangedError(DownloadError):
    """The file on the server became another one while it was being fetched."""

    kind = Classification(ErrorCategory.INTEGRITY, _TRANSIENT, "the file on the server has changed")

    trouble = FailureKind.CHANGED

    def __init__(self, detail: str = "") -> None:
        super().__init__("the file on the server changed while it was being downloaded", detail)


class WrongContentError(DownloadError):
    """A web page came where a file was expected: a login page, a captive portal, an error page at 200."""

    kind = Classification(
        ErrorCategory.VALIDATION,
        _PERMANENT,
        "a web page came instead of the file",
        "Open the address in a browser: it may ask you to sign in, or to accept the network's or the model's terms.",
    )

    trouble = FailureKind.CAPTIVE_PORTAL

    def __init__(self, url: str, content_type: str) -> None:
        self.url = split_secrets(url)[0]
        self.content_type = content_type
        super().__init__(f"{_host(url)} sent a web page instead of the file", f"{content_type} from {self.url}")


class CompressedAnswerError(DownloadError):
    """The server compressed the body although it was asked not to, so the bytes would not be the file's."""

    kind = Classification(
        ErrorCategory.VALIDATION,
        _PERMANENT,
        "the server changed the file on its way",
        "Use another address for this file, or connect without the proxy that compresses it.",
    )

    trouble = FailureKind.PROXY

    def __init__(self, url: str, encoding: str) -> None:
        self.encoding = encoding
        super().__init__(f"{_host(url)} compressed the file on its way", f"Content-Encoding: {encoding}")


class RangeLieError(DownloadError):
    """The server sent a part of the file that nobody had asked for."""

    kind = Classification(ErrorCategory.SERVER, _TRANSIENT, "the server sent the wrong part", host_fault=True)

    def __init__(self, url: str, detail: str = "") -> None:
        super().__init__(f"{_host(url)} sent another part of the file than asked for", detail)


class UnprovenLengthError(DownloadError):
    """The body ended without any proof that it was the whole."""

    kind = Classification(
        ErrorCategory.INTEGRITY,
        _PERMANENT,
        "nothing proves that the file is whole",
        "Give the file's SHA-256, so that its end can be proven.",
    )

    trouble = FailureKind.SERVER

    def __init__(self, received: int) -> None:
        self.received = received
        super().__init__(
            "the server never said how long the file is, so nothing proves that it is whole",
            f"the connection closed after {received} bytes, without Content-Length and without chunked coding",
        )


class ChecksumMismatchError(DownloadError):
    """The whole file is here, and it is not the expected one.

    Attributes:
        expected: The hash that was asked for.
        actual: The hash of what came.
        kept_at: Where the bytes were put.
        algorithm: What hash that is.
        mixed: Whether they came from several addresses, so that one of these may still have the file.
    """

    trouble = FailureKind.CHANGED

    def __init__(
        self, expected: str, actual: str, kept_at: Path, algorithm: str = "SHA-256", *, mixed: bool = False
    ) -> None:
        self.algorithm = algorithm
        self.mixed = mixed
        self.expected = expected
        self.actual = actual
        self.kept_at = kept_at
        super().__init__(
            f"the file's {algorithm} is not the expected one; its bytes were kept as {kept_at.name}",
            f"expected {expected}, got {actual}, kept at {kept_at}",
        )

    @property
    def classification(self) -> Classification:
        """An integrity failure that only a person can settle."""
        return Classification(
            ErrorCategory.INTEGRITY,
            _PERMANENT,
            f"wrong {self.algorithm}",
            f"Compare the {self.algorithm} with the one on the model's page. The bytes are in {self.kept_at}.",
        )


class DoubtfulBytesError(DownloadError):
    """The whole file is not the expected one, and its end was built upon bytes that nothing vouched for.

    Attributes:
        count: How many bytes are fetched again.
    """

    kind = Classification(ErrorCategory.INTEGRITY, _TRANSIENT, "some of what was on the disk did not fit")

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(f"the file's SHA-256 is not the expected one; its last {size_text(count)} are fetched again")


class DestinationExistsError(DownloadError):
    """Something already stands where the file should go; it was not touched."""

    kind = Classification(
        ErrorCategory.VALIDATION,
        _PERMANENT,
        "the destination already exists",
        "Choose another name, or move the existing file away.",
    )

    trouble = FailureKind.TARGET_TAKEN

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{path.name} already exists in {path.parent}", str(path))


class DestinationBusyError(DownloadError):
    """Another process is writing the same partial."""

    kind = Classification(
        ErrorCategory.RESOURCE,
        _PERMANENT,
        "another process is downloading to the same file",
        "Wait for the other download or cancel it, or choose another name.",
    )

    trouble = FailureKind.TARGET_TAKEN

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"another process is already downloading {path.name}", str(path))


class DiskFullError(DownloadError):
    """There is not enough room for what is still to come.

    Attributes:
        needed: Bytes that are still to be written, if known.
        free: Bytes that are free, if known.
    """

    trouble = FailureKind.DISK_FULL

    def __init__(self, needed: int | None, free: int | None, path: Path) -> None:
        self.needed = needed
        self.free = free
        self.path = path
        room = "no room is left" if not free else f"only {size_text(free)} are free"
        more = f", and {size_text(needed)} are needed" if needed else ""
        super().__init__(f"the disk is full: {room} in {path}{more}", f"needed {needed}, free {free}, in {path}")

    @property
    def classification(self) -> Classification:
        """A lack that a person can end; what was fetched is kept until then."""
        missing = f"at least {size_text(self.needed)}" if self.needed else "some space"
        return Classification(
            ErrorCategory.RESOURCE,
            _PERMANENT,
            "the disk is full",
            f"Free {missing} on the disk of {self.path}, then resume: what came so far is kept.",
        )


class FolderError(DownloadError):
    """The folder cannot take the file.

    Attributes:
        path: The folder.
        why: What is wrong with it, as the end of a sentence.
    """

    trouble = FailureKind.FOLDER_GONE

    def __init__(
        self, path: Path, why: str, category: ErrorCategory = ErrorCategory.NOT_FOUND, detail: str = ""
    ) -> None:
        self.path = path
        self.why = why
        self._category = category
        super().__init__(f"the folder {path} {why}", detail)

    @property
    def classification(self) -> Classification:
        """A matter for a person."""
        return Classification(
            self._category, _PERMANENT, f"the folder {self.why}", "Choose another folder, or put this one right."
        )


class DiskError(DownloadError):
    """The disk, or the network share, failed while the file was read or written."""

    trouble = FailureKind.FOLDER_GONE

    def __init__(self, path: Path, why: str, fix: str = "Check the disk, then resume.", detail: str = "") -> None:
        self.path = path
        self.fix = fix
        super().__init__(f"the disk failed on {path.name}: {why}", detail)

    @property
    def classification(self) -> Classification:
        """Not worth repeating by itself: a failing disk only gets worse."""
        return Classification(ErrorCategory.RESOURCE, _PERMANENT, str(self), self.fix)


class PartialGoneError(DownloadError):
    """Somebody deleted what had been fetched while more of it came."""

    kind = Classification(
        ErrorCategory.RESOURCE, _PERMANENT, "what had been fetched was deleted", "Resume to begin anew."
    )

    trouble = FailureKind.FOLDER_GONE

    def __init__(self, path: Path, detail: str = "") -> None:
        super().__init__(f"{path.name} was deleted while it was being downloaded", detail)


class InsecureRedirectError(DownloadError):
    """A redirect led from an encrypted connection to a plain one."""

    kind = Classification(
        ErrorCategory.PERMISSION,
        _PERMANENT,
        "the server redirected to an unencrypted address",
        "Ask the site for an https:// address of the file.",
    )

    trouble = FailureKind.SERVER

    def __init__(self, url: str) -> None:
        self.url = split_secrets(url)[0]
        super().__init__(f"a secure address redirected to an unencrypted one at {_host(url)}", self.url)


class BadRedirectError(DownloadError):
    """A redirect led to something that is not a web address."""

    kind = Classification(
        ErrorCategory.SERVER,
        _PERMANENT,
        "the server redirected to an address that makes no sense",
        "Use another address for this file.",
    )

    trouble = FailureKind.SERVER

    def __init__(self, url: str, location: str) -> None:
        super().__init__(f"{_host(url)} redirected to an address that makes no sense", split_secrets(location)[0])


class RedirectLoopError(DownloadError):
    """The redirects did not come to an end."""

    kind = Classification(ErrorCategory.SERVER, _PERMANENT, "redirects without end", host_fault=True)

    trouble = FailureKind.SERVER

    def __init__(self, hops: int, url: str = "") -> None:
        self.hops = hops
        super().__init__(f"the server redirected {hops} times without arriving anywhere", split_secrets(url)[0])


_SAME_FILE = Classification(
    ErrorCategory.VALIDATION,
    _PERMANENT,
    "another download goes to the same file",
    "Resume or remove that one, or choose another name.",
)


class DownloadClassifier(ErrorClassifier):
    """Knows this room's errors and aiohttp's, and leaves the rest to the library."""

    def classify(self, error: BaseException) -> Classification:
        """Return what is known about ``error``, looking through ``__cause__`` where it alone says nothing."""
        seen: set[int] = set()
        link: BaseException | None = error
        while link is not None and id(link) not in seen:
            seen.add(id(link))
            if (known := self._known(link)) is not None:
                return known
            link = link.__cause__
        return super().classify(error)

    def words(self, error: BaseException, failure: Classification) -> Message | str:
        """Return what happened, free of secrets: aiohttp's texts quote whole URLs."""
        words = super().words(error, failure)
        return redact(str(words)) if isinstance(words, str) or words.code == FOREIGN else words

    def detail(self, error: BaseException) -> str:
        """Return the technical side of ``error``, free of secrets, with the class of failure in front."""
        own = f"{error.detail} ← " if isinstance(error, DownloadError) and error.detail else ""
        return marked(self.trouble(error), redact(own + super().detail(error)))

    def sentences(self, error: BaseException) -> str:
        """Return what happened and what a person can do, for who asked and waits for an answer."""
        known = self.classify(error)
        words = str(self.words(error, known))
        return f"{words[:1].upper()}{words[1:].removesuffix('.')}. {known.fix}".strip()

    def trouble(self, error: BaseException) -> FailureKind:
        """Return which class of failure ``error`` is."""
        if isinstance(error, DownloadError):
            return error.trouble
        return failure_kind_of_connection(error) or failure_kind_by_name(self.classify(error))

    def _known(self, error: BaseException) -> Classification | None:
        if isinstance(error, DownloadError):
            return error.classification
        if isinstance(error, ExclusiveKeyError):
            return _SAME_FILE
        return classify_connection(error, super().classify)


def size_text(count: int) -> str:
    """Return a number of bytes as people read it, in decimal units."""
    size, unit = float(count), "bytes"
    for unit in ("bytes", "kB", "MB", "GB", "TB"):
        if size < 999.5 or unit == "TB":
            break
        size /= 1000
    return f"{size:.0f} {unit}" if unit == "bytes" or size >= 99.5 else f"{size:.3g} {unit}"


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or "the server"
    except ValueError:
        return "the server"
