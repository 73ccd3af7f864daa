"""The partial file and its record: data that survives a kill and a power cut.

Owns the partial file: which process may write it (an exclusive lock of the operating system, which ends with the
process), how much of it can be trusted, and how it ends. Everything here blocks and belongs on a file thread; a
``Staging`` is used by one thread at a time, except for ``flush``, ``hash`` and ``write_at``.

How much of a partial file is trusted (docs/decisions/0002-trusting-a-partial.md):

- What a killed process has written is in the kernel. Until the next boot of the machine, the length of the file is
  right for bytes that were appended in order, and the map beside it for those that were written in segments.
- After a power cut or a reboot, or where the boot is unknown, only ``durable`` counts: the offset that was written to
  the record after the bytes before it had been flushed.
- Without a valid record nothing is trusted. Unknown bytes may belong to another program, so they are moved to another
  name, never truncated.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from launcher_gui.downloads.errors.disk_errors import DiskError
from launcher_gui.downloads.partial import partial_conflicts, sidecar
from launcher_gui.downloads.partial.disk import disk_errors, release, reserve, sync_file, write_at
from launcher_gui.downloads.partial.install import install
from launcher_gui.downloads.partial.open_partial import open_partial, trusted_bytes
from launcher_gui.downloads.partial.partial_scan import (
    FileEndsEarlyError,
    Progress,
    ShouldStop,
    damaged_blocks,
    read_on,
)
from launcher_gui.downloads.partial.piece_map import PieceMap
from launcher_gui.downloads.partial.running_hash import MARK_BYTES, RunningHash, marked_length, marks_within
from launcher_gui.downloads.rules.byte_ranges import ByteRanges, Span
from launcher_gui.downloads.rules.known_hash import RunningBlake3
from launcher_gui.downloads.rules.naming import map_path, partial_path, sidecar_path
from launcher_gui.downloads.rules.resume import Recorded
from launcher_gui.text.message import message

_WRITE_BYTES = 1024 * 1024  # for 2 MiB at once Linux takes huge pages: three times the cost on a virtual machine
_BLOCK_BYTES = 512  # of st_blocks, whatever those of the disk are
_HASH_UP_BYTES = 64 * 1024 * 1024
_T = TypeVar("_T")


class Staging:
    """The partial file of one destination, locked by this process. Made by ``Staging.open``.

    Attributes:
        destination: The path of the finished file.
        path: The partial file.
        staged: How many of its bytes could be trusted when it was opened, up to the first gap.
        set_aside: The new path of an unknown partial file that was in the way, if there was one.
        is_reserved: Whether disk space is reserved for the rest.
    """

    def __init__(self, destination: Path, fd: int, record: sidecar.Sidecar | None, set_aside: Path | None) -> None:
        self.destination = destination
        self.path = partial_path(destination)
        self.set_aside = set_aside
        self._fd = fd
        self._record = record
        self._boot = sidecar.boot_id()
        self._durable = ByteRanges() if record is None else ByteRanges(record.durable, record.islands or ())
        self._held = trusted_bytes(fd, destination, record, self._boot)
        self._taking = threading.Lock()
        self._map: PieceMap | None = None
        self.staged = self._held.prefix
        self._doubtful = False
        marks = b"" if record is None else bytes.fromhex(record.marks)
        self._hash = RunningHash(marks_within(marks, self.staged))
        self._unvouched_from = 0
        self.is_reserved = False

    @classmethod
    def open(cls, destination: Path) -> Staging:
        """Open and lock the partial file of ``destination``; ``begin`` changes it, not this.

        Raises:
            DestinationBusyError: If another process, or another ``Staging`` of this one, has locked it.
            FolderError: If the folder is missing or not writable.
            DiskError: If a folder or link has its name.
        """
        return cls(destination, *open_partial(destination))

    def __enter__(self) -> Staging:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def device(self) -> int:
        """The device that it is on."""
        return os.fstat(self._fd).st_dev

    @property
    def has_room_for(self) -> int:
        """How many bytes of the file have disk space, written or reserved."""
        blocks = getattr(os.fstat(self._fd), "st_blocks", 0)
        return max(self._held.count, blocks * _BLOCK_BYTES)

    @property
    def recorded(self) -> Recorded | None:
        """The file on the server by the record, if there is a valid one."""
        return None if self._record is None else self._record.recorded

    @property
    def held(self) -> ByteRanges:
        """Which bytes are saved."""
        return self._held

    @property
    def written(self) -> int:
        """The offset of the first byte that is missing."""
        return self._held.prefix

    @property
    def durable(self) -> int:
        """How many bytes survive a power cut."""
        return self._durable.count

    def begin(self, recorded: Recorded, offset: int, *, in_pieces: bool = False) -> None:
        """Cut the partial file to ``offset`` and record what it belongs to, before anything is written.

        Args:
            recorded: The file on the server.
            offset: Where writing continues.
            in_pieces: Whether bytes are written out of order; what lies behind the first gap is kept then.

        Raises:
            ValueError: If ``offset`` lies beyond what can be trusted.
        """
        if not 0 <= offset <= self.written:
            raise ValueError(f"cannot continue at {offset}: only {self.written} bytes can be trusted")
        held = self._held if in_pieces and offset == self.written else ByteRanges(offset)
        with disk_errors(self.path, _rest(recorded, held)):
            os.ftruncate(self._fd, held.end)  # before the record, which would vouch for the tail
            self.is_reserved = False
            self._held = held
            self._durable = self._durable.before(offset) if held.prefix == held.end else self._durable
            self._keep_map(in_pieces=in_pieces)
            if self._hash.position != offset:
                self._hash = RunningHash(marks_within(self._hash.marks, offset))
                gap = offset - self._hash.position
                self._unvouched_from = self._hash.position if gap <= MARK_BYTES else 0
            self._save(recorded, durably=True)

    def reserve(self) -> None:
        """Reserve disk space for the rest until the partial file is closed, if the length is known and it can be.

        Raises:
            DiskFullError: If there is not enough.
        """
        rest = _rest(self.recorded, self._held)
        if rest and self.recorded is not None and self.recorded.total is not None:
            with disk_errors(self.path, rest):
                self.is_reserved = reserve(self._fd, self.recorded.total)

    def write(self, data: memoryview) -> None:
        """Append ``data`` as ``write_at`` writes it."""
        self.write_at(self.written, data)

    def write_at(self, offset: int, data: memoryview) -> None:
        """Write ``data`` at ``offset``. What was written before a failure is kept, and ``held`` counts it.

        Several threads may write at a time if ``begin`` was called with ``in_pieces``.

        Raises:
            DiskFullError: If the disk is full.
            DiskError: If the disk fails.
        """
        with disk_errors(self.path, _rest(self.recorded, self._held)):
            while data:
                taken = write_at(self._fd, data[:_WRITE_BYTES], offset)
                self._take(offset, offset + taken)
                offset, data = offset + taken, data[taken:]

    def flush(self) -> None:
        """Flush what was written, then record that. May run on another thread than ``write``.

        After a failure only ``checkpoint`` may follow, once nothing is being written.

        Raises:
            DiskFullError: If the disk is full, even if that is noticed only now.
            DiskError: If the disk fails.
        """
        if self._record is None:
            raise ValueError("nothing has begun")
        held = self._held
        with disk_errors(self.path, _rest(self.recorded, held)):
            try:
                sync_file(self._fd)
            except OSError:
                self._doubtful = True
                raise
            self._durable = held
            self._save(self._record.recorded, durably=False)

    def checkpoint(self) -> None:
        """Flush as ``flush`` does; if that fails, or has failed, cut the partial file to what is durable.

        The kernel may have dropped what could not be flushed, and a second flush would not report it.
        """
        try:
            if not self._doubtful:
                self.flush()
        finally:
            if self._doubtful:
                self._fall_back()

    @property
    def unvouched_from(self) -> int:
        """Where the earlier bytes begin that no mark confirms; 0 for none, or for all of them."""
        return self._unvouched_from

    def give_up(self, spans: tuple[Span, ...]) -> None:
        """Treat the bytes of ``spans`` as missing."""
        self._held, self._durable = self._held.without(spans), self._durable.without(spans)
        self.staged = self.written
        self._hash = RunningHash(marks_within(self._hash.marks, self.written))

    def hash_along(self) -> bool:
        """Prepare for ``hash`` if that takes reading at most a block, and return whether it is prepared."""
        if self.written - self._hash.position > MARK_BYTES:
            return False
        self.sha256()
        return True

    def hash_up(self) -> None:
        """Hash what was written in segments up to the first gap, a few blocks at most."""
        self._read(self._hash, min(self.written, self._hash.position + _HASH_UP_BYTES))

    @property
    def hashable(self) -> int:
        """How many bytes ``hash_up`` could hash."""
        return self.written - self._hash.position

    def hash(self, data: memoryview) -> None:
        """Hash appended data. May run on another thread than ``write`` and ``flush``."""
        self._hash.update(data)

    def sha256(self, progress: Progress = lambda _done: None, should_stop: ShouldStop = lambda: False) -> str | None:
        """Return the SHA-256 of what was written in lower-case hexadecimal, or ``None`` if told to stop.

        Only what has not been hashed yet is read.

        Args:
            progress: Called with the number of bytes hashed so far, after every MiB that was read.
            should_stop: Called before every MiB.
        """
        return self._hash.hexdigest() if self._read(self._hash, self.written, progress, should_stop) else None

    def blake3(self, progress: Progress = lambda _done: None, should_stop: ShouldStop = lambda: False) -> str | None:
        """Return the BLAKE3 of what was written, as ``sha256`` returns that; all of it is read."""
        running = RunningBlake3()
        return running.hexdigest() if self._read(running, self.written, progress, should_stop) else None

    def damage(
        self,
        since: int = 0,
        progress: Progress = lambda _done: None,
        should_stop: ShouldStop = lambda: False,
    ) -> tuple[Span, ...]:
        """Return what has changed on disk, as far as known; if anything has, what cannot be checked counts as changed.

        Args:
            since: From which byte on to check.
            progress: Called with the number of bytes read so far, after every MiB.
            should_stop: Called before every MiB; checking ends if it is true.
        """
        with self._reading():
            damaged = damaged_blocks(self._fd, self._hash.marks, since, progress, should_stop)
        return (*damaged, (marked_length(self._hash.marks), self._held.end)) if damaged else ()

    def damage_at_the_end(self) -> bool:
        """Return whether the last block with a mark has changed: the part that power cuts and bad shares damage."""
        marked = marked_length(self._hash.marks)
        return marked > 0 and bool(self.damage(marked - MARK_BYTES))

    def _read(
        self,
        running: RunningHash | RunningBlake3,
        end: int,
        progress: Progress = lambda _done: None,
        should_stop: ShouldStop = lambda: False,
    ) -> bool:
        with self._reading():
            return read_on(running, self._fd, end, progress, should_stop)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with disk_errors(self.path):
            try:
                yield
            except FileEndsEarlyError as error:
                raise DiskError(self.path, message("disk.shrunk")) from error

    def install(self, sha256: str | None = None) -> None:
        """Move the complete file to its name and unlock it; the record remains until ``forget_install``.

        Args:
            sha256: Its verified hash, if one was known.

        Raises:
            DestinationExistsError: If the path exists; the partial file is not touched.
        """
        self._finally(lambda: install(self.path, self.destination, sha256))

    def quarantine(self) -> Path:
        """Move the data to a name that no model loader picks up, unlock it, and return its path."""
        return self._finally(lambda: partial_conflicts.quarantine(self.path, self.destination))

    def discard(self) -> None:
        """Delete the partial file and its record, and unlock it."""
        self._finally(lambda: partial_conflicts.delete(self.path, self.destination))

    def close(self) -> None:
        """Unlock the partial file; delete it if it is empty. Closing twice is harmless."""
        if self._fd < 0:
            return
        if os.fstat(self._fd).st_size == 0:
            with suppress(OSError):
                self.discard()
        elif self.is_reserved:  # other downloads may need the space meanwhile
            with suppress(OSError):
                release(self._fd)
        self._release()

    def _take(self, start: int, end: int) -> None:
        with self._taking:
            self._held = self._held.with_span(start, end)
            if self._map is not None:
                self._map.save(self._held)

    def _keep_map(self, *, in_pieces: bool) -> None:
        """Begin the map before the record mentions segments, so that no earlier map is left beside it."""
        if self._map is not None:
            self._map.close()
        self._map = PieceMap(map_path(self.destination)) if in_pieces else None
        if self._map is not None:
            self._map.save(self._held)

    def _save(self, recorded: Recorded, *, durably: bool) -> None:
        durable, islands = self._durable.prefix, None if self._map is None else self._durable.islands
        marks = marks_within(self._hash.marks, durable)
        record = sidecar.Sidecar(recorded, durable, self._boot, marks=marks.hex(), islands=islands)
        sidecar.save(sidecar_path(self.destination), record, durably=durably)
        self._record = record

    def _fall_back(self) -> None:
        with suppress(OSError):
            os.ftruncate(self._fd, self._durable.end)
            self._held = self._durable
            self._doubtful = False
            self._hash = RunningHash(marks_within(self._hash.marks, self.written))
            if self._map is not None:
                self._map.save(self._held)

    def _finally(self, deed: Callable[[], _T]) -> _T:
        """Run the last step under the lock where the system allows it: Windows does not delete open files."""
        if sys.platform == "win32":
            self._release()
        try:
            return deed()
        finally:
            self._release()

    def _release(self) -> None:
        if self._map is not None:
            self._map.close()
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            os.close(fd)


def discard_partial(destination: Path) -> None:
    """Delete the partial file of ``destination``, if there is one, and its record.

    Raises:
        DestinationBusyError: If a process is still writing it.
    """
    if os.path.lexists(partial_path(destination)):
        Staging.open(destination).discard()
    with disk_errors(destination):
        sidecar.remove(sidecar_path(destination))


def _rest(recorded: Recorded | None, held: ByteRanges) -> int | None:
    return None if recorded is None or recorded.total is None else recorded.total - held.count
