"""Failures of connections, and responses that are not the requested file."""

from __future__ import annotations

from launcher_gui.downloads.errors.download_error import DownloadError, host_of
from launcher_gui.downloads.errors.remedies import FailureKind
from launcher_gui.downloads.errors.statuses import classify_status, failure_kind_of_status
from launcher_gui.downloads.redaction import split_secrets
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory
from launcher_gui.recovery.classify.http_status import status_words
from launcher_gui.text.message import NOTHING, Message, message

_PERMANENT = Disposition.PERMANENT
_TRANSIENT = Disposition.TRANSIENT


class HttpStatusError(DownloadError):
    """The server responded with an error status.

    Attributes:
        status: The status code.
        url: The URL that responded, without secrets.
        retry_after_s: How long the server asked to wait, if it did.
    """

    def __init__(self, status: int, url: str, retry_after_s: float | None = None, detail: str = "") -> None:
        self.status = status
        self.url = split_secrets(url)[0]
        self.retry_after_s = retry_after_s
        super().__init__(
            message("http.answered", host=host_of(url), status=status_words(status)),
            detail or self.url,
        )

    @property
    def trouble(self) -> FailureKind:
        """The failure kind of its status."""
        return failure_kind_of_status(self.status, self.url, self.retry_after_s)

    @property
    def classification(self) -> Classification:
        """Its classification by status, with the wait that the server asked for."""
        return classify_status(self.status, self.url, self.retry_after_s)


class StalledError(DownloadError):
    """The server sent nothing for too long.

    Attributes:
        seconds: How long.
    """

    kind = Classification(ErrorCategory.TIMEOUT, _TRANSIENT, NOTHING, host_fault=True)

    def __init__(self, seconds: float, *, answered: bool = True) -> None:
        self.seconds = seconds
        said: Message = (
            message("http.no_data", limit_s=seconds) if answered else message("http.no_answer", limit_s=seconds)
        )
        super().__init__(said)


class ShortBodyError(DownloadError):
    """The connection closed before all announced bytes were received."""

    kind = Classification(ErrorCategory.NETWORK, _TRANSIENT, message("connection.closed_early"), host_fault=True)

    def __init__(self, received: int, expected: int) -> None:
        self.received = received
        self.expected = expected
        super().__init__(
            message("http.bytes_missing", missing_bytes=expected - received),
            f"received {received} of {expected} bytes of this response",
        )


class LongBodyError(DownloadError):
    """The server sent more bytes than it had announced."""

    kind = Classification(ErrorCategory.INTEGRITY, _TRANSIENT, NOTHING, host_fault=True)

    def __init__(self, expected: int) -> None:
        self.expected = expected
        super().__init__(message("http.too_long"), f"{expected} bytes were announced")


class FileChangedError(DownloadError):
    """The file on the server was replaced during the download."""

    kind = Classification(ErrorCategory.INTEGRITY, _TRANSIENT, message("http.changed"))

    trouble = FailureKind.CHANGED

    def __init__(self, detail: str = "") -> None:
        super().__init__(message("http.changed_meanwhile"), detail)


class WrongContentError(DownloadError):
    """The server sent a web page instead of a file: a sign-in page, a captive portal, an error page with status 200."""

    kind = Classification(ErrorCategory.VALIDATION, _PERMANENT, message("http.web_page"), message("http.open_browser"))

    trouble = FailureKind.CAPTIVE_PORTAL

    def __init__(self, url: str, content_type: str) -> None:
        self.url = split_secrets(url)[0]
        self.content_type = content_type
        super().__init__(message("http.web_page_from", host=host_of(url)), f"{content_type} from {self.url}")


class CompressedAnswerError(DownloadError):
    """The body is compressed although that was ruled out, so its bytes are not those of the file."""

    kind = Classification(ErrorCategory.VALIDATION, _PERMANENT, NOTHING, message("http.avoid_compression"))

    trouble = FailureKind.PROXY

    def __init__(self, url: str, encoding: str) -> None:
        self.encoding = encoding
        super().__init__(message("http.compressed", host=host_of(url)), f"Content-Encoding: {encoding}")


class RangeLieError(DownloadError):
    """The server sent another part of the file than the requested one."""

    kind = Classification(ErrorCategory.SERVER, _TRANSIENT, message("http.wrong_part"), host_fault=True)

    def __init__(self, url: str, detail: str = "") -> None:
        super().__init__(message("http.wrong_part_from", host=host_of(url)), detail)


class InsecureRedirectError(DownloadError):
    """A redirect led from https to http."""

    kind = Classification(ErrorCategory.PERMISSION, _PERMANENT, NOTHING, message("http.ask_https"))

    trouble = FailureKind.SERVER

    def __init__(self, url: str) -> None:
        self.url = split_secrets(url)[0]
        super().__init__(message("http.insecure_redirect", host=host_of(url)), self.url)


class BadRedirectError(DownloadError):
    """A redirect led to something that is not an http address."""

    kind = Classification(ErrorCategory.SERVER, _PERMANENT, message("http.bad_redirect"), message("http.other_link"))

    trouble = FailureKind.SERVER

    def __init__(self, url: str, location: str) -> None:
        super().__init__(message("http.bad_redirect_from", host=host_of(url)), split_secrets(location)[0])


class RedirectLoopError(DownloadError):
    """The server redirected too many times."""

    kind = Classification(ErrorCategory.SERVER, _PERMANENT, NOTHING, host_fault=True)

    trouble = FailureKind.SERVER

    def __init__(self, hops: int, url: str = "") -> None:
        self.hops = hops
        super().__init__(message("server.redirect_loop"), f"{hops} redirects, last to {split_secrets(url)[0]}")
