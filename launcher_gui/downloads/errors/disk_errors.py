"""Failures of the disk, the folder, or the name that a file is saved to."""

from __future__ import annotations

from pathlib import Path

from launcher_gui.downloads.errors.download_error import DownloadError
from launcher_gui.downloads.errors.remedies import FailureKind
from launcher_gui.recovery.classification import Classification, Disposition, ErrorCategory
from launcher_gui.text.message import NOTHING, Message, message

_PERMANENT = Disposition.PERMANENT


class DestinationExistsError(DownloadError):
    """A file with the destination's name already exists; it is not touched."""

    kind = Classification(
        ErrorCategory.VALIDATION, _PERMANENT, message("target.exists"), message("target.rename_or_move")
    )

    trouble = FailureKind.TARGET_TAKEN

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(message("target.exists_in", name=path.name, folder=str(path.parent)), str(path))


class DestinationBusyError(DownloadError):
    """Another process is writing the same partial file."""

    kind = Classification(ErrorCategory.RESOURCE, _PERMANENT, NOTHING, message("target.wait"))

    trouble = FailureKind.TARGET_TAKEN

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(message("target.other_process", name=path.name), str(path))


class DiskFullError(DownloadError):
    """The disk does not have enough space for the rest of the file.

    Attributes:
        needed: Bytes that are still to be written, if known.
        free: Bytes that are free, if known.
        path: The folder.
    """

    trouble = FailureKind.DISK_FULL

    def __init__(self, needed: int | None, free: int | None, path: Path) -> None:
        self.needed = needed
        self.free = free
        self.path = path
        super().__init__(_shortage(needed, free, str(path)), f"needed {needed}, free {free}, in {path}")

    @property
    def classification(self) -> Classification:
        """Permanent until you free some space; what was downloaded is kept."""
        folder = str(self.path)
        return Classification(
            ErrorCategory.RESOURCE,
            _PERMANENT,
            message("system.disk_full"),
            message("disk.free_bytes", needed_bytes=self.needed, folder=folder)
            if self.needed
            else message("disk.free_some", folder=folder),
        )


def _shortage(needed: int | None, free: int | None, folder: str) -> Message:
    if not needed:
        return message("disk.no_space", folder=folder)
    if free is None:
        return message("disk.short_of", needed_bytes=needed, folder=folder)
    return message("disk.short", needed_bytes=needed, free_bytes=free, folder=folder)


class FolderError(DownloadError):
    """The folder cannot take the file.

    Attributes:
        path: The folder.
    """

    trouble = FailureKind.FOLDER_GONE

    def __init__(
        self, path: Path, problem: Message, category: ErrorCategory = ErrorCategory.NOT_FOUND, detail: str = ""
    ) -> None:
        self.path = path
        self._category = category
        super().__init__(problem, detail)

    @property
    def classification(self) -> Classification:
        """Permanent: the folder has to be repaired or replaced."""
        return Classification(self._category, _PERMANENT, self.message, message("folder.choose"))


class DiskError(DownloadError):
    """The disk, or the network share, failed to read or write the file.

    Attributes:
        path: The file.
        fix: What you can do.
    """

    trouble = FailureKind.FOLDER_GONE

    def __init__(self, path: Path, problem: Message, fix: Message = NOTHING, detail: str = "") -> None:
        self.path = path
        self.fix = fix or message("fix.check_disk")
        super().__init__(message("disk.error", name=path.name, problem=problem), detail)

    @property
    def classification(self) -> Classification:
        """Permanent: using a failing disk makes it worse."""
        return Classification(ErrorCategory.RESOURCE, _PERMANENT, self.message, self.fix)


class PartialGoneError(DownloadError):
    """The partial file was deleted during the download."""

    kind = Classification(ErrorCategory.RESOURCE, _PERMANENT, NOTHING, message("disk.resume_again"))

    trouble = FailureKind.FOLDER_GONE

    def __init__(self, path: Path, detail: str = "") -> None:
        super().__init__(message("disk.partial_deleted", name=path.name), detail)
