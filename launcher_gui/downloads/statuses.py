"""What an HTTP status code means for another attempt, and the one thing that a person can do about it."""

from __future__ import annotations

from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory
from launcher_gui.recovery.http_status import PROXY_FIX

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


def classify_status(status: int) -> Classification:
    """Return what kind of failure ``status`` is; its reason is left empty."""
    return _STATUS.get(status) or _status_class(status)


def _status_class(status: int) -> Classification:
    if status >= 500:
        return Classification(ErrorCategory.SERVER, _TRANSIENT, "", host_fault=True)
    if status >= 400:
        return Classification(ErrorCategory.VALIDATION, _PERMANENT, "", "Check the address.")
    return Classification(ErrorCategory.SERVER, _TRANSIENT, "")
