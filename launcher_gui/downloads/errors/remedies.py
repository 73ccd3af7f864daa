"""The kinds of failure, whether each is retried, and the one remedy that the window offers for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from launcher_gui.recovery.classify.failure import Classification, Disposition, ErrorCategory
from launcher_gui.text.message import Message, message


class FailureKind(StrEnum):
    """What went wrong, as far as the remedy depends on it."""

    TRANSIENT = "transient"  # a temporary problem of the connection or the server
    THROTTLED = "throttled"  # the server limits the rate of requests
    LINK_EXPIRED = "link_expired"  # the link was signed for a limited time
    TOKEN_NEEDED = "token_needed"  # noqa: S105 - the site requires an account
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - the site rejects the token
    LICENCE = "licence"  # a licence has to be accepted, or a payment made, on the site
    NOT_FOUND = "not_found"  # the file does not exist
    CHANGED = "changed"  # the file is not the expected one
    DISCARDING = "discarding"  # continuing would discard more data than is discarded without asking
    DISK_FULL = "disk_full"
    FOLDER_GONE = "folder_gone"  # the folder, or its disk, is missing or not writable
    TARGET_TAKEN = "target_taken"  # the file name is in use
    CERTIFICATE = "certificate"  # the identity of the server cannot be verified
    PROXY = "proxy"
    CAPTIVE_PORTAL = "captive_portal"  # the server sent a web page instead of the file
    MISCONFIGURED = "misconfigured"  # a setting or the link is not valid
    SERVER = "server"  # the server misbehaves, and trying again does not help


class Remedy(StrEnum):
    """What the window can offer."""

    RETRY = "retry"  # retry now
    NEW_ADDRESS = "new address"  # ask for another link to the same file
    GIVE_TOKEN = "give token"  # noqa: S105 - ask for a token and save it in the system's keyring
    OPEN_PAGE = "open page"  # open the file's page on the site
    DISCARD = "discard"  # say how much is discarded and why, and ask
    FREE_SPACE = "free space"  # show the folder
    CHOOSE_FOLDER = "choose folder"
    CHOOSE_NAME = "choose name"
    CHECK_CLOCK = "check clock"  # show the problem of the certificate; a wrong clock is the usual cause
    OPEN_SETTINGS = "open settings"
    OPEN_BROWSER = "open browser"  # to sign in to the network or to the site


@dataclass(frozen=True, slots=True)
class Policy:
    """How a kind of failure is handled.

    Attributes:
        category: Its category in the recovery library.
        disposition: Whether it is retried.
        action: The remedy that a window offers.
        label: The text of its button.
    """

    category: ErrorCategory
    disposition: Disposition
    action: Remedy
    label: Message


_AGAIN, _NEVER = Disposition.TRANSIENT, Disposition.PERMANENT

POLICIES = {
    FailureKind.TRANSIENT: Policy(ErrorCategory.NETWORK, _AGAIN, Remedy.RETRY, message("remedy.retry")),
    FailureKind.THROTTLED: Policy(
        ErrorCategory.THROTTLED, Disposition.THROTTLED, Remedy.RETRY, message("remedy.retry")
    ),
    FailureKind.LINK_EXPIRED: Policy(ErrorCategory.PERMISSION, _NEVER, Remedy.NEW_ADDRESS, message("remedy.new_link")),
    FailureKind.TOKEN_NEEDED: Policy(ErrorCategory.PERMISSION, _NEVER, Remedy.GIVE_TOKEN, message("remedy.token")),
    FailureKind.TOKEN_REFUSED: Policy(
        ErrorCategory.PERMISSION, _NEVER, Remedy.GIVE_TOKEN, message("remedy.other_token")
    ),
    FailureKind.LICENCE: Policy(ErrorCategory.PERMISSION, _NEVER, Remedy.OPEN_PAGE, message("remedy.model_page")),
    FailureKind.NOT_FOUND: Policy(ErrorCategory.NOT_FOUND, _NEVER, Remedy.NEW_ADDRESS, message("remedy.change_link")),
    FailureKind.CHANGED: Policy(ErrorCategory.INTEGRITY, _NEVER, Remedy.OPEN_PAGE, message("remedy.model_page")),
    FailureKind.DISCARDING: Policy(ErrorCategory.INTEGRITY, _NEVER, Remedy.DISCARD, message("remedy.discard")),
    FailureKind.DISK_FULL: Policy(ErrorCategory.RESOURCE, _NEVER, Remedy.FREE_SPACE, message("remedy.show_folder")),
    FailureKind.FOLDER_GONE: Policy(
        ErrorCategory.NOT_FOUND, _NEVER, Remedy.CHOOSE_FOLDER, message("remedy.choose_folder")
    ),
    FailureKind.TARGET_TAKEN: Policy(
        ErrorCategory.VALIDATION, _NEVER, Remedy.CHOOSE_NAME, message("remedy.choose_name")
    ),
    FailureKind.CERTIFICATE: Policy(
        ErrorCategory.PERMISSION, _NEVER, Remedy.CHECK_CLOCK, message("remedy.check_clock")
    ),
    FailureKind.PROXY: Policy(ErrorCategory.PERMISSION, _NEVER, Remedy.OPEN_SETTINGS, message("remedy.proxy_settings")),
    FailureKind.CAPTIVE_PORTAL: Policy(
        ErrorCategory.VALIDATION, _NEVER, Remedy.OPEN_BROWSER, message("remedy.browser")
    ),
    FailureKind.MISCONFIGURED: Policy(
        ErrorCategory.VALIDATION, _NEVER, Remedy.OPEN_SETTINGS, message("remedy.settings")
    ),
    FailureKind.SERVER: Policy(ErrorCategory.SERVER, _NEVER, Remedy.NEW_ADDRESS, message("remedy.change_link")),
}

_BY_CATEGORY = {
    ErrorCategory.NOT_FOUND: FailureKind.NOT_FOUND,
    ErrorCategory.INTEGRITY: FailureKind.CHANGED,
    ErrorCategory.RESOURCE: FailureKind.FOLDER_GONE,
    ErrorCategory.VALIDATION: FailureKind.MISCONFIGURED,
}
_BY_NAME = {str(kind): kind for kind in FailureKind}


def failure_kind_of(known: Classification) -> FailureKind:
    """Return the failure kind of a failure of which nothing but its classification is known."""
    if known.disposition is Disposition.THROTTLED:
        return FailureKind.THROTTLED
    if known.disposition is Disposition.TRANSIENT:
        return FailureKind.TRANSIENT
    return _BY_CATEGORY.get(known.category, FailureKind.SERVER)


def recorded_failure_kind(name: str) -> FailureKind | None:
    """Return the failure kind that an attempt records, ``None`` if it records none or one of a newer version."""
    return _BY_NAME.get(name)
