"""What an HTTP status code means for another attempt, and the one thing that a person can do about it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from launcher_gui.downloads.errors.remedies import FailureKind, failure_kind_by_name
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory
from launcher_gui.recovery.classify.http_status import PROXY_FIX

_PERMANENT = Disposition.PERMANENT
_TRANSIENT = Disposition.TRANSIENT

_SIGN_IN = "Use an address that carries your token, or sign in on the site and accept the model's terms first."
_GONE = "Check the address: the file may have been moved or removed."

_STATUS = {
    401: Classification(ErrorCategory.PERMISSION, _PERMANENT, "", _SIGN_IN),
    402: Classification(ErrorCategory.PERMISSION, _PERMANENT, "", _SIGN_IN),
    403: Classification(ErrorCategory.PERMISSION, _PERMANENT, "", _SIGN_IN),
    404: Classification(ErrorCategory.NOT_FOUND, _PERMANENT, "", _GONE),
    407: Classification(ErrorCategory.PERMISSION, _PERMANENT, "", PROXY_FIX),
    408: Classification(ErrorCategory.TIMEOUT, _TRANSIENT, "", host_fault=True),
    410: Classification(ErrorCategory.NOT_FOUND, _PERMANENT, "", _GONE),
    425: Classification(ErrorCategory.SERVER, _TRANSIENT, ""),
    429: Classification(ErrorCategory.THROTTLED, Disposition.THROTTLED, ""),
    451: Classification(ErrorCategory.PERMISSION, _PERMANENT, "", "The file may not be offered where you are."),
    501: Classification(ErrorCategory.SERVER, _PERMANENT, "", "Use another address for this file."),
    503: Classification(ErrorCategory.THROTTLED, Disposition.THROTTLED, "", host_fault=True),
    505: Classification(ErrorCategory.SERVER, _PERMANENT, "", "Use another address for this file."),
    511: Classification(
        ErrorCategory.PERMISSION, _PERMANENT, "", "Open a browser and sign in to the network that you are on."
    ),
}


_TROUBLES = {
    401: FailureKind.TOKEN_NEEDED,
    402: FailureKind.LICENCE,
    403: FailureKind.TOKEN_NEEDED,
    407: FailureKind.PROXY,
    451: FailureKind.NOT_FOUND,
    511: FailureKind.CAPTIVE_PORTAL,
}
_REFUSING = frozenset({401, 403, 410})
_EXPIRED = Classification(
    ErrorCategory.PERMISSION,
    _PERMANENT,
    "",
    "Copy a fresh link from the page that this one came from: it was made for a limited time.",
)
# What Amazon, CloudFront, Google and Azure call the end of a signed address in its query.
_END_NAMES = frozenset({"x-amz-expires", "expires", "x-goog-expires", "se"})


def classify_status(status: int, url: str = "") -> Classification:
    """Return what kind of failure ``status`` is; its reason is left empty.

    Args:
        status: The status code.
        url: Who answered: one that was signed for a limited time is refused once that is over.
    """
    if _is_expired(status, url):
        return _EXPIRED
    return _STATUS.get(status) or _status_class(status)


def failure_kind_of_status(status: int, url: str = "") -> FailureKind:
    """Return which class of failure an answer of ``status`` from ``url`` is."""
    if _is_expired(status, url):
        return FailureKind.LINK_EXPIRED
    return _TROUBLES.get(status) or failure_kind_by_name(classify_status(status))


def is_temporary(url: str) -> bool:
    """Return whether ``url`` was made for a limited time, which its query tells even without its secrets."""
    try:
        return any(name.lower() in _END_NAMES for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True))
    except ValueError:
        return False


def _is_expired(status: int, url: str) -> bool:
    """Return whether ``status`` is how a server refuses an address whose time is over."""
    return status in _REFUSING and is_temporary(url)


def _status_class(status: int) -> Classification:
    if status >= 500:
        return Classification(ErrorCategory.SERVER, _TRANSIENT, "", host_fault=True)
    if status >= 400:
        return Classification(ErrorCategory.VALIDATION, _PERMANENT, "", "Check the address.")
    return Classification(ErrorCategory.SERVER, _TRANSIENT, "")
