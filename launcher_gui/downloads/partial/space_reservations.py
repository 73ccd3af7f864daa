"""The disk space that downloads of this process still need: no two of them may count on the same free bytes.

Where the file system reserves space for a partial file (``Staging.reserve``), the free space that it reports is
available. Where it cannot, what other downloads have yet to write is subtracted here.
"""

from __future__ import annotations

import threading

from launcher_gui.downloads.partial.install import check_space
from launcher_gui.downloads.partial.staging import Staging
from launcher_gui.downloads.rules.resume import Recorded


class SpaceReservations:
    """The space promised to the active downloads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._promised: dict[Staging, tuple[int, int]] = {}

    def begin(self, staging: Staging, recorded: Recorded, offset: int, *, in_pieces: bool = False) -> None:
        """Begin ``staging`` and keep space for the rest, where the length is known, until ``forget``.

        Args:
            staging: The partial file of a download.
            recorded: As for ``Staging.begin``.
            offset: As for ``Staging.begin``.
            in_pieces: As for ``Staging.begin``.

        Raises:
            DiskFullError: If this and what was promised to other downloads on the same disk does not fit.
        """
        if recorded.total is not None:
            device = staging.device
            with self._lock:  # never held during disk access: the event loop takes it, too
                others = sum(_rest(each, length) for each, (disk, length) in self._promised.items() if disk == device)
                self._promised[staging] = device, recorded.total
            needed = recorded.total - staging.has_room_for
            if needed > 0:  # else the disk may be full of what is reserved for this file
                check_space(staging.destination, needed, others)
        staging.begin(recorded, offset, in_pieces=in_pieces)
        staging.reserve()

    def forget(self, staging: Staging) -> None:
        """Release the space promised to a download that is no longer active, if any was."""
        with self._lock:
            self._promised.pop(staging, None)


def _rest(staging: Staging, total: int) -> int:
    return 0 if staging.is_reserved else max(0, total - staging.held.count)
