"""The base class of the errors that downloads raise."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar
from urllib.parse import urlsplit

from launcher_gui.downloads.errors.remedies import FailureKind, failure_kind_of
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory
from launcher_gui.text.message import NOTHING, Message, as_message, english, message


class DownloadError(Exception):
    """A failed download. ``str`` of it is its message in English. Neither message nor detail contains secrets.

    Attributes:
        kind: How its class is treated; the reason is left out where the message serves as the reason.
        message: What happened.
        detail: Technical details, for a report.
    """

    kind: ClassVar[Classification] = Classification(ErrorCategory.UNKNOWN, Disposition.TRANSIENT, NOTHING)

    def __init__(self, what: Message | str, detail: str = "") -> None:
        self.message = as_message(what)
        self.detail = detail
        super().__init__(english(self.message))

    @property
    def trouble(self) -> FailureKind:
        """The failure kind, which decides on the remedy."""
        return failure_kind_of(self.classification)

    @property
    def classification(self) -> Classification:
        """How the recovery library treats it."""
        return self.kind if self.kind.reason else replace(self.kind, reason=self.message)


def host_of(url: str) -> str | Message:
    """Return the host of ``url`` for a message, "the server" if it has none."""
    try:
        return urlsplit(url).hostname or message("http.the_server")
    except ValueError:
        return message("http.the_server")
