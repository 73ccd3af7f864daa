"""What goes wrong between an address and its file: a site's own reasons, told apart, and answers that make no sense."""

from __future__ import annotations

from launcher_gui.downloads.errors.failures import DownloadError, HttpStatusError
from launcher_gui.downloads.errors.remedies import POLICIES, FailureKind
from launcher_gui.downloads.redaction import split_secrets
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory


class SiteRefusalError(DownloadError):
    """A site said no, and why.

    Attributes:
        site: What people call the site.
        status: The status code that it answered with.
        page: Where the person can put it right.
    """

    def __init__(
        self, site: str, status: int, trouble: FailureKind, message: str, fix: str, page: str, detail: str = ""
    ) -> None:
        self.site = site
        self.status = status
        self.page = page
        self._trouble = trouble
        self._fix = fix
        super().__init__(message, detail)

    @property
    def trouble(self) -> FailureKind:
        """Which class of failure it is."""
        return self._trouble

    @property
    def classification(self) -> Classification:
        """What its class calls for, with the fix that fits the site."""
        policy = POLICIES[self._trouble]
        return Classification(policy.category, policy.disposition, str(self), self._fix)


class BadAnswerError(DownloadError):
    """A site's answer about a file makes no sense."""

    kind = Classification(
        ErrorCategory.SERVER, Disposition.TRANSIENT, "the site's answer about the file makes no sense", host_fault=True
    )

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"what the site says of the file makes no sense: {why}", split_secrets(url)[0])


class LinkRefusedError(HttpStatusError):
    """A site led to an address made for a limited time, twice, and that was refused both times."""

    trouble = FailureKind.TRANSIENT

    @property
    def classification(self) -> Classification:
        """Trouble of the site's own: each attempt asks it for another address."""
        return Classification(
            ErrorCategory.SERVER,
            Disposition.TRANSIENT,
            f"the site leads to an address that answers {self.status}",
            "Resume it later: the site gives out addresses that do not work now.",
            self.retry_after_s,
        )


class OtherFileError(DownloadError):
    """The site says that the file hashes to something else than what was asked for."""

    trouble = FailureKind.CHANGED

    def __init__(self, site: str, expected: str, listed: str, algorithm: str = "SHA-256") -> None:
        self.algorithm = algorithm
        self.expected = expected
        self.listed = listed
        super().__init__(
            f"{site} says that this file has another {algorithm} than the one given",
            f"expected {expected}, listed {listed}",
        )

    @property
    def classification(self) -> Classification:
        """Known before a byte is fetched, so nothing is."""
        return Classification(
            ErrorCategory.INTEGRITY,
            Disposition.PERMANENT,
            f"another {self.algorithm} than the one given",
            f"Compare the {self.algorithm} with the one on the model's page, or leave it out.",
        )


class MisconfiguredError(DownloadError):
    """A setting makes no sense, so nothing can be asked for.

    Attributes:
        setting: Which one.
    """

    trouble = FailureKind.MISCONFIGURED

    def __init__(self, setting: str, why: str, fix: str) -> None:
        self.setting = setting
        self._fix = fix
        super().__init__(f"the setting {setting} {why}")

    @property
    def classification(self) -> Classification:
        """A matter for whoever set it."""
        return Classification(ErrorCategory.VALIDATION, Disposition.PERMANENT, str(self), self._fix)
