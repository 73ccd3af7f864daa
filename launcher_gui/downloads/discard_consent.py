"""When continuing a download would discard saved data: how much may be discarded without asking.

The rule is in docs/decisions/0017-asking-before-discarding.md. Pure.
"""

from __future__ import annotations

from launcher_gui.downloads.errors.download_error import DownloadError
from launcher_gui.downloads.errors.remedies import FailureKind
from launcher_gui.downloads.rules.resume import NO_EVIDENCE
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory
from launcher_gui.settings.schema import Settings
from launcher_gui.text.message import Message, message

_MB = 1_000_000


def needs_consent(discarded: int, settings: Settings) -> bool:
    """Return whether the user has to consent before ``discarded`` bytes are discarded."""
    return 0 < settings.ask_before_discarding * _MB < discarded


class DiscardingError(DownloadError):
    """Continuing would discard more data than is discarded without asking; nothing was discarded.

    Attributes:
        count: How many bytes.
        why: Why they cannot be kept.
    """

    trouble = FailureKind.DISCARDING

    def __init__(self, count: int, why: Message) -> None:
        self.count = count
        self.why = why
        super().__init__(message("discard.asks", lost_bytes=count, why=why), f"{count} bytes")

    @property
    def classification(self) -> Classification:
        """Permanent until the user consents."""
        fix = message("discard.kept_or_hash") if self.why == NO_EVIDENCE else message("discard.kept")
        return Classification(ErrorCategory.INTEGRITY, Disposition.PERMANENT, self.message, fix)
