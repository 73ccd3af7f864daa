"""What you can do about an HTTP status; the recovery library's table says how each is treated."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from launcher_gui.downloads.errors.remedies import FailureKind, failure_kind_of
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory
from launcher_gui.recovery.classify.http_status import of_status, status_words
from launcher_gui.text.message import message

_SIGN_IN = message("http.sign_in")
_REMEDIES = {401: _SIGN_IN, 403: _SIGN_IN}

_FAILURE_KINDS = {
    401: FailureKind.TOKEN_NEEDED,
    402: FailureKind.LICENCE,
    403: FailureKind.TOKEN_NEEDED,
    407: FailureKind.PROXY,
    451: FailureKind.NOT_FOUND,
    511: FailureKind.CAPTIVE_PORTAL,
}
_REFUSING = frozenset({401, 403, 410})
_EXPIRED = Classification(
    ErrorCategory.PERMISSION, Disposition.PERMANENT, message("http.link_expired"), message("http.copy_link")
)
# The expiry of a signed link in its query, as Amazon, CloudFront, Google and Azure name it.
_EXPIRY_NAMES = frozenset({"x-amz-expires", "expires", "x-goog-expires", "se"})


def classify_status(status: int, url: str = "", retry_after_s: float | None = None) -> Classification:
    """Return what is known about a response with ``status``, with what you can do about it.

    Args:
        status: The status code.
        url: Which address answered: a link that was signed for a limited time is refused once it has expired.
        retry_after_s: How long the server asked to wait, if it did.
    """
    known = of_status(status, retry_after_s)
    if known is None:
        reason = message("http.unexpected_status", status=status_words(status))
        return Classification(ErrorCategory.SERVER, Disposition.TRANSIENT, reason, retry_after_s=retry_after_s)
    if known.disposition is not Disposition.PERMANENT:
        return known
    if _is_expired(status, url):
        return _EXPIRED
    return replace(known, fix=_REMEDIES.get(status, known.fix))


def failure_kind_of_status(status: int, url: str = "", retry_after_s: float | None = None) -> FailureKind:
    """Return the failure kind of a response; the arguments are those of ``classify_status``."""
    known = classify_status(status, url, retry_after_s)
    if known is _EXPIRED:
        return FailureKind.LINK_EXPIRED
    by_class = failure_kind_of(known)
    return _FAILURE_KINDS.get(status, by_class) if known.disposition is Disposition.PERMANENT else by_class


def is_temporary(url: str) -> bool:
    """Return whether ``url`` is signed for a limited time, which its query shows even without its secrets."""
    try:
        return any(name.lower() in _EXPIRY_NAMES for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True))
    except ValueError:
        return False


def _is_expired(status: int, url: str) -> bool:
    """Return whether ``status`` is how a server refuses a link that has expired."""
    return status in _REFUSING and is_temporary(url)
