"""A finished download that is not, or may not be, the expected file."""

from __future__ import annotations

from pathlib import Path

from launcher_gui.downloads.errors.download_error import DownloadError
from launcher_gui.downloads.errors.remedies import FailureKind
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory
from launcher_gui.text.message import message


class UnprovenLengthError(DownloadError):
    """The connection closed without any proof that the file is complete."""

    kind = Classification(
        ErrorCategory.INTEGRITY, Disposition.PERMANENT, message("file.unproven"), message("file.enter_hash")
    )

    trouble = FailureKind.SERVER

    def __init__(self, received: int) -> None:
        self.received = received
        super().__init__(
            message("file.no_size"),
            f"the connection closed after {received} bytes, without Content-Length and without chunked coding",
        )


class ChecksumMismatchError(DownloadError):
    """The file is complete but has another hash than the expected one.

    Attributes:
        expected: The expected hash.
        actual: The hash of what was downloaded.
        kept_at: Where the file was put.
        algorithm: The kind of hash.
        mixed: Whether the bytes are from several addresses, so that one of these may still have the right file.
    """

    trouble = FailureKind.CHANGED

    def __init__(
        self, expected: str, actual: str, kept_at: Path, algorithm: str = "SHA-256", *, mixed: bool = False
    ) -> None:
        self.algorithm = algorithm
        self.mixed = mixed
        self.expected = expected
        self.actual = actual
        self.kept_at = kept_at
        super().__init__(
            message("file.hash_mismatch_kept", algorithm=str(algorithm), name=kept_at.name),
            f"expected {expected}, got {actual}, kept at {kept_at}",
        )

    @property
    def classification(self) -> Classification:
        """Permanent: another attempt would fetch the same file."""
        return Classification(
            ErrorCategory.INTEGRITY,
            Disposition.PERMANENT,
            message("file.hash_mismatch", algorithm=str(self.algorithm)),
            message("file.compare_hash", algorithm=str(self.algorithm), path=str(self.kept_at)),
        )


class DoubtfulBytesError(DownloadError):
    """The hash does not match, and the end of the file was appended to saved bytes that nothing could confirm.

    Attributes:
        count: How many bytes are downloaded again.
    """

    kind = Classification(ErrorCategory.INTEGRITY, Disposition.TRANSIENT, message("file.damaged"))

    def __init__(self, count: int, algorithm: str = "SHA-256") -> None:
        self.count = count
        super().__init__(message("file.fetch_again", algorithm=str(algorithm), bad_bytes=count))
