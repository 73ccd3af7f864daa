"""Refusals of sites with their reasons, invalid responses, and settings that make a request impossible."""

from __future__ import annotations

from launcher_gui.downloads.errors.download_error import DownloadError
from launcher_gui.downloads.errors.http_errors import HttpStatusError
from launcher_gui.downloads.errors.remedies import POLICIES, FailureKind
from launcher_gui.downloads.redaction import split_secrets
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory
from launcher_gui.text.message import NOTHING, Message, as_message, message


class SiteRefusalError(DownloadError):
    """A site refused a request and gave a reason.

    Attributes:
        site: The name of the site.
        status: The status code of the response.
        page: The page on which the user can fix it.
        retry_after_s: How long the site asks to wait, if it does.
    """

    def __init__(
        self,
        site: str,
        status: int,
        trouble: FailureKind,
        why: Message,
        fix: Message,
        page: str,
        detail: str = "",
        retry_after_s: float | None = None,
    ) -> None:
        self.site = site
        self.status = status
        self.page = page
        self.retry_after_s = retry_after_s
        self._trouble = trouble
        self._fix = fix
        super().__init__(why, detail)

    @property
    def trouble(self) -> FailureKind:
        """The failure kind, which decides on the remedy."""
        return self._trouble

    @property
    def classification(self) -> Classification:
        """The classification of the failure kind, with a fix that fits the site."""
        policy = POLICIES[self._trouble]
        return Classification(policy.category, policy.disposition, self.message, self._fix, self.retry_after_s)


class BadAnswerError(DownloadError):
    """A site's response about a file is not valid."""

    kind = Classification(ErrorCategory.SERVER, Disposition.TRANSIENT, NOTHING, host_fault=True)

    def __init__(self, url: str, why: Message) -> None:
        super().__init__(why, split_secrets(url)[0])


class LinkRefusedError(HttpStatusError):
    """A site redirected twice to a URL that is signed for a limited time, and both were refused."""

    trouble = FailureKind.TRANSIENT

    @property
    def classification(self) -> Classification:
        """Retryable: the fault is the site's, and each attempt gets another URL."""
        return Classification(
            ErrorCategory.SERVER,
            Disposition.TRANSIENT,
            message("site.broken_link", status=self.status),
            message("site.resume_later"),
            self.retry_after_s,
        )


class OtherFileError(DownloadError):
    """The hash that the site lists is not the one that the user gave."""

    trouble = FailureKind.CHANGED

    def __init__(self, site: str, expected: str, listed: str, algorithm: str = "SHA-256") -> None:
        self.algorithm = algorithm
        self.expected = expected
        self.listed = listed
        super().__init__(
            message("site.other_hash", site=site, algorithm=algorithm),
            f"expected {expected}, listed {listed}",
        )

    @property
    def classification(self) -> Classification:
        """Permanent: known before anything is downloaded."""
        return Classification(
            ErrorCategory.INTEGRITY,
            Disposition.PERMANENT,
            self.message,
            message("site.compare_hash", algorithm=self.algorithm),
        )


class MisconfiguredError(DownloadError):
    """A setting is not valid, so nothing can be downloaded.

    Attributes:
        setting: Which one.
    """

    trouble = FailureKind.MISCONFIGURED

    def __init__(self, setting: str, why: Message | str, fix: Message | str) -> None:
        self.setting = setting
        self._fix = fix
        super().__init__(message("setting.invalid", setting=setting, problem=as_message(why)))

    @property
    def classification(self) -> Classification:
        """Permanent: the setting has to change."""
        return Classification(ErrorCategory.VALIDATION, Disposition.PERMANENT, self.message, as_message(self._fix))
