"""The failure of a download as the recovery library sees it, and its failure kind."""

from __future__ import annotations

from launcher_gui.downloads.errors.connections import classify_connection, failure_kind_of_connection
from launcher_gui.downloads.errors.download_error import DownloadError
from launcher_gui.downloads.errors.remedies import FailureKind, failure_kind_of
from launcher_gui.downloads.redaction import redact, redact_message
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory, ErrorClassifier
from launcher_gui.recovery.exceptions import ExclusiveKeyError
from launcher_gui.text.message import Message, as_message, message

_SAME_FILE = Classification(
    ErrorCategory.VALIDATION,
    Disposition.PERMANENT,
    message("target.other_download"),
    message("target.resume_other"),
)


class DownloadClassifier(ErrorClassifier):
    """Classifies the errors of downloads and of aiohttp; all others are left to the recovery library."""

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

    def words(self, error: BaseException, failure: Classification) -> Message:
        """Return what happened, free of secrets: texts of aiohttp quote complete URLs."""
        return redact_message(as_message(super().words(error, failure)))

    def detail(self, error: BaseException) -> str:
        """Return the technical details of ``error``, free of secrets."""
        own = f"{error.detail} ← " if isinstance(error, DownloadError) and error.detail else ""
        return redact(own + super().detail(error))

    def failure_kind(self, error: BaseException) -> FailureKind:
        """Return the failure kind of ``error``."""
        if isinstance(error, DownloadError):
            return error.trouble
        return failure_kind_of_connection(error) or failure_kind_of(self.classify(error))

    def sentences(self, error: BaseException) -> Message:
        """Return what happened and what you can do, for an answer that is shown at once."""
        known = self.classify(error)
        words = self.words(error, known)
        if not known.fix:
            return message("download.failed", problem=words)
        return message("download.failed_with_remedy", problem=words, remedy=known.fix)

    def _known(self, error: BaseException) -> Classification | None:
        if isinstance(error, DownloadError):
            return error.classification
        if isinstance(error, ExclusiveKeyError):
            return _SAME_FILE
        return classify_connection(error, super().classify)
