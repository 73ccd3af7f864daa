"""When going on with a download would throw away what is here of it: how much of that needs a person's leave.

Owns the rule (docs/decisions/0017-asking-before-discarding.md) and its words. Pure.
"""

from __future__ import annotations

from launcher_gui.downloads.errors.failures import DownloadError, size_text
from launcher_gui.downloads.errors.remedies import FailureKind
from launcher_gui.downloads.rules.resume import NO_EVIDENCE
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory
from launcher_gui.settings.schema import Settings

_MB = 1_000_000
_KEPT = "Nothing was deleted: Resume asks first (on the command line it takes --discard)."
_BY_HASH = " If you know the file's SHA-256, add it again with that, and it goes on from here."


def needs_consent(discarded: int, settings: Settings) -> bool:
    """Return whether a person is to be asked before so many bytes are thrown away."""
    return 0 < settings.ask_before_discarding * _MB < discarded


class DiscardingError(DownloadError):
    """To go on, more would have to be thrown away than is done without asking; nothing was.

    Attributes:
        count: How many bytes.
        why: Why they cannot be built upon.
    """

    trouble = FailureKind.DISCARDING

    def __init__(self, count: int, why: str) -> None:
        self.count = count
        self.why = why
        super().__init__(f"{size_text(count)} that came before would have to be discarded: {why}", f"{count} bytes")

    @property
    def classification(self) -> Classification:
        """A matter for a person: both the bytes and the time that they took are theirs."""
        return Classification(
            ErrorCategory.INTEGRITY,
            Disposition.PERMANENT,
            f"{size_text(self.count)} would have to be discarded: {self.why}",
            _KEPT + (_BY_HASH if self.why == NO_EVIDENCE else ""),
        )
