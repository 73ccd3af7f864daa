"""Which classes of failure there are, whether each is tried again by itself, and the one thing to offer a person.

The words of a failure are its own; this is the data beside them, for a window that wants to offer a button.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from launcher_gui.recovery.classify.failure import Classification, Disposition, ErrorCategory


class FailureKind(StrEnum):
    """What went wrong, as far as it decides what to do."""

    TRANSIENT = "transient"  # the line or the server had a bad moment
    THROTTLED = "throttled"  # the server asked for patience
    LINK_EXPIRED = "link expired"  # the address was signed for a time that is over
    TOKEN_NEEDED = "token needed"  # noqa: S105 - the site wants to know who asks
    TOKEN_REFUSED = "token refused"  # noqa: S105 - the site does not accept who asks
    LICENCE = "licence"  # terms have to be accepted, or something paid, on a page
    NOT_FOUND = "not found"  # there is no such file
    CHANGED = "changed"  # the file is not the one that was expected
    DISCARDING = "discarding"  # to go on, more would have to be thrown away than is done without asking
    DISK_FULL = "disk full"
    FOLDER_GONE = "folder gone"  # the folder, or its disk, is not there or takes no files
    TARGET_TAKEN = "target taken"  # something else has that name
    CERTIFICATE = "certificate"  # nobody can tell whether the server is the one it says it is
    PROXY = "proxy"
    CAPTIVE_PORTAL = "captive portal"  # a web page came instead of the file
    MISCONFIGURED = "misconfigured"  # a setting or the address makes no sense
    SERVER = "server"  # the server does what it must not, again and again


class Remedy(StrEnum):
    """What a window can offer."""

    RETRY = "retry"  # try again now
    NEW_ADDRESS = "new address"  # ask for another address of the same file
    GIVE_TOKEN = "give token"  # noqa: S105 - ask for a token and keep it where the system keeps secrets
    OPEN_PAGE = "open page"  # open the site's page about the file
    DISCARD = "discard"  # say how much goes and why, and ask
    FREE_SPACE = "free space"  # show the folder
    CHOOSE_FOLDER = "choose folder"
    CHOOSE_NAME = "choose name"
    CHECK_CLOCK = "check clock"  # show the certificate's problem; the clock is what is mostly wrong
    OPEN_SETTINGS = "open settings"
    OPEN_BROWSER = "open browser"  # to sign in to the network or to the site


@dataclass(frozen=True, slots=True)
class Policy:
    """What a class of failures calls for.

    Attributes:
        category: Its kind in the library's terms.
        disposition: Whether it is tried again by itself.
        action: The one thing to offer.
        label: What a button for that says.
    """

    category: ErrorCategory
    disposition: Disposition
    action: Remedy
    label: str


_AGAIN, _NEVER = Disposition.TRANSIENT, Disposition.PERMANENT

POLICIES = {
    FailureKind.TRANSIENT: Policy(ErrorCategory.NETWORK, _AGAIN, Remedy.RETRY, "Try now"),
    FailureKind.THROTTLED: Policy(ErrorCategory.THROTTLED, Disposition.THROTTLED, Remedy.RETRY, "Try now"),
    FailureKind.LINK_EXPIRED: Policy(ErrorCategory.PERMISSION, _NEVER, Remedy.NEW_ADDRESS, "Paste a fresh link"),
    FailureKind.TOKEN_NEEDED: Policy(ErrorCategory.PERMISSION, _NEVER, Remedy.GIVE_TOKEN, "Enter a token"),
    FailureKind.TOKEN_REFUSED: Policy(ErrorCategory.PERMISSION, _NEVER, Remedy.GIVE_TOKEN, "Enter another token"),
    FailureKind.LICENCE: Policy(ErrorCategory.PERMISSION, _NEVER, Remedy.OPEN_PAGE, "Open the model's page"),
    FailureKind.NOT_FOUND: Policy(ErrorCategory.NOT_FOUND, _NEVER, Remedy.NEW_ADDRESS, "Change the link"),
    FailureKind.CHANGED: Policy(ErrorCategory.INTEGRITY, _NEVER, Remedy.OPEN_PAGE, "Open the model's page"),
    FailureKind.DISCARDING: Policy(ErrorCategory.INTEGRITY, _NEVER, Remedy.DISCARD, "Discard and start over"),
    FailureKind.DISK_FULL: Policy(ErrorCategory.RESOURCE, _NEVER, Remedy.FREE_SPACE, "Show the folder"),
    FailureKind.FOLDER_GONE: Policy(ErrorCategory.NOT_FOUND, _NEVER, Remedy.CHOOSE_FOLDER, "Choose another folder"),
    FailureKind.TARGET_TAKEN: Policy(ErrorCategory.VALIDATION, _NEVER, Remedy.CHOOSE_NAME, "Choose another name"),
    FailureKind.CERTIFICATE: Policy(ErrorCategory.PERMISSION, _NEVER, Remedy.CHECK_CLOCK, "Check date and time"),
    FailureKind.PROXY: Policy(ErrorCategory.PERMISSION, _NEVER, Remedy.OPEN_SETTINGS, "Open the proxy settings"),
    FailureKind.CAPTIVE_PORTAL: Policy(ErrorCategory.VALIDATION, _NEVER, Remedy.OPEN_BROWSER, "Open in the browser"),
    FailureKind.MISCONFIGURED: Policy(ErrorCategory.VALIDATION, _NEVER, Remedy.OPEN_SETTINGS, "Open the settings"),
    FailureKind.SERVER: Policy(ErrorCategory.SERVER, _NEVER, Remedy.NEW_ADDRESS, "Change the link"),
}

_BY_CATEGORY = {
    ErrorCategory.NOT_FOUND: FailureKind.NOT_FOUND,
    ErrorCategory.INTEGRITY: FailureKind.CHANGED,
    ErrorCategory.RESOURCE: FailureKind.FOLDER_GONE,
    ErrorCategory.VALIDATION: FailureKind.MISCONFIGURED,
}
_MARK = re.compile(r"\[([a-z ]+)\] ")
_TROUBLES = {str(trouble): trouble for trouble in FailureKind}


def failure_kind_by_name(known: Classification) -> FailureKind:
    """Return the class of a failure of which only its kind is known."""
    if known.disposition is Disposition.THROTTLED:
        return FailureKind.THROTTLED
    if known.disposition is Disposition.TRANSIENT:
        return FailureKind.TRANSIENT
    return _BY_CATEGORY.get(known.category, FailureKind.SERVER)


def marked(trouble: FailureKind, detail: str) -> str:
    """Return the technical side of a failure with its class in front, as it is recorded."""
    return f"[{trouble}] {detail}"


def failure_kind_in(detail: str) -> FailureKind | None:
    """Return the class of a failure from its recorded technical side, ``None`` if it was recorded without one."""
    found = _MARK.match(detail)
    return _TROUBLES.get(found[1]) if found else None
