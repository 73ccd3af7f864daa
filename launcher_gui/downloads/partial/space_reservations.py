"""The room that downloads of this process still need: no two of them may count on the same free bytes.

Where the disk itself sets room aside for a partial (``Staging.reserve``), what it calls free is free. Where it cannot,
what the others have yet to write is taken off here.
"""

from __future__ import annotations

import threading

from launcher_gui.downloads.partial.install import check_space
from launcher_gui.downloads.partial.staging import Staging
from launcher_gui.downloads.rules.resume import Recorded


class SpaceReservations:
    """What was promised to the downloads that are under way."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._promised: dict[Staging, tuple[int, int]] = {}

    def begin(self, staging: Staging, recorded: Recorded, offset: int, *, in_pieces: bool = False) -> None:
        """Begin ``staging``, with room for the rest where the length is known, until ``forget``.

        Args:
            staging: The partial of a download.
            recorded: As for ``Staging.begin``, and so the others.
            offset: See ``recorded``.
            in_pieces: See ``recorded``.

        Raises:
            DiskFullError: If that, and what was promised to others on the same disk, does not fit.
        """
        if recorded.total is not None:
            device = staging.device
            with self._lock:  # which is held for no look at a disk: the event loop takes it, too
                others = sum(_rest(each, length) for each, (disk, length) in self._promised.items() if disk == device)
                self._promised[staging] = device, recorded.total
            needed = recorded.total - staging.has_room_for
            if needed > 0:  # else a disk may be full of what is held for this very file
                check_space(staging.destination, needed, others)
        staging.begin(recorded, offset, in_pieces=in_pieces)
        staging.reserve()

    def forget(self, staging: Staging) -> None:
        """Take back what was promised, if anything was: the download is no longer under way."""
        with self._lock:
            self._promised.pop(staging, None)


def _rest(staging: Staging, total: int) -> int:
    return 0 if staging.is_reserved else max(0, total - staging.held.count)
