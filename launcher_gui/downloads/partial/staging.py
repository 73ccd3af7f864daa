"""The partial file and the record beside it: bytes that survive a kill and a power cut.

Owns the partial: who may write it (an exclusive lock of the operating system, which dies with the process), how much
of it can be trusted, and how it ends. Everything here blocks and belongs on a file thread; a ``Staging`` is used by
one thread at a time, but for ``flush``, ``hash`` and ``write_at``.

How far a partial is trusted (docs/decisions/0002-trusting-a-partial.md):

- What a killed process has written is in the kernel's hands. While the same boot of the machine runs, the file's own
  length is the truth for bytes that were appended in order, and the map beside it for those that came in pieces.
- After a power cut, a reboot, or where the boot cannot be told, only ``durable`` counts: the offset that was written
  to the record after the bytes before it had been flushed.
- Without a valid record nothing is trusted. Bytes that nothing vouches for may be somebody else's, so they are set
  aside under another name, never truncated.
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

from launcher_gui.downloads.errors.failures import DiskError
from launcher_gui.downloads.partial import partial_conflicts, piece_map, sidecar
from launcher_gui.downloads.partial.disk import disk_errors, release, reserve, sync_file, sync_folder, write_at
from launcher_gui.downloads.partial.install import install
from launcher_gui.downloads.partial.locking import lock
from launcher_gui.downloads.partial.partial_scan import (
    FileEndsEarlyError,
    Progress,
    ShouldStop,
    damaged_blocks,
    read_on,
)
from launcher_gui.downloads.partial.piece_map import PieceMap
from launcher_gui.downloads.partial.running_hash import MARK_BYTES, STATE_BYTES, RunningHash, marks_within
from launcher_gui.downloads.rules.byte_ranges import ByteRanges, Span
from launcher_gui.downloads.rules.known_hash import RunningBlake3
from launcher_gui.downloads.rules.naming import map_path, partial_path, sidecar_path
from launcher_gui.downloads.rules.resume import Recorded

_WRITE_BYTES = 1024 * 1024  # for 2 MiB at once Linux takes huge pages: three times the cost on a virtual machine
_BLOCK_BYTES = 512  # of st_blocks, whatever those of the disk are
_HASH_UP_BYTES = 64 * 1024 * 1024
_OPEN_FLAGS = (
    os.O_RDWR
    | os.O_CREAT
    | getattr(os, "O_NOFOLLOW", 0)  # a link planted under the partial's name must not lead elsewhere
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_T = TypeVar("_T")


class Staging:
    """The partial of one destination, held by this process alone. Made by ``Staging.open``.

    Attributes:
        destination: Where the finished file will stand.
        path: The partial.
        staged: How many of its bytes could be trusted when it was opened, up to the first gap.
        set_aside: Where bytes that nothing vouched for were moved, if there were any.
        is_reserved: Whether the disk holds room for the rest.
    """

    def __init__(self, destination: Path, fd: int, record: sidecar.Sidecar | None, set_aside: Path | None) -> None:
        self.destination = destination
        self.path = partial_path(destination)
        self.set_aside = set_aside
        self._fd = fd
        self._sidecar_path = sidecar_path(destination)
        self._record = record
        self._boot = sidecar.boot_id()
        self._durable = ByteRanges() if record is None else ByteRanges(record.durable, record.islands or ())
        self._held = self._trusted()
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
        """Open the partial for ``destination``, creating it if need be, and hold it until it is closed.

        Nothing that is in it changes before ``begin``.

        Raises:
            DestinationBusyError: If another process, or another ``Staging`` of this one, holds it.
            FolderError: If the folder is gone or does not take files.
            DiskError: If something that is not a file stands in its place.
        """
        path, set_aside = partial_path(destination), None
        while True:
            with disk_errors(path):
                fd = os.open(path, _OPEN_FLAGS, 0o666)
                try:
                    lock(fd, destination)
                    record = sidecar.load(sidecar_path(destination))
                    clear = partial_conflicts.obstacle(fd, path, destination, record)
                    if clear is None:
                        release(fd)  # a killed process keeps what it had set aside
                        return cls(destination, fd, record, set_aside)
                    if sys.platform != "win32":  # which does not let go of a name while the file is open
                        set_aside = clear() or set_aside
                except BaseException:
                    os.close(fd)
                    raise
                os.close(fd)
                if sys.platform == "win32":
                    set_aside = clear() or set_aside

    def __enter__(self) -> Staging:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def device(self) -> int:
        """Which disk it is on."""
        return os.fstat(self._fd).st_dev

    @property
    def has_room_for(self) -> int:
        """How many bytes of the file the disk has found room for, come or not."""
        blocks = getattr(os.fstat(self._fd), "st_blocks", 0)
        return max(self._held.count, blocks * _BLOCK_BYTES)

    @property
    def recorded(self) -> Recorded | None:
        """What the record says of the file on the server, if there is a valid record."""
        return None if self._record is None else self._record.recorded

    @property
    def held(self) -> ByteRanges:
        """Which bytes are here."""
        return self._held

    @property
    def written(self) -> int:
        """The offset of the first byte that is missing."""
        return self._held.prefix

    @property
    def durable(self) -> int:
        """How many bytes a power cut cannot take."""
        return self._durable.count

    def begin(self, recorded: Recorded, offset: int, *, in_pieces: bool = False) -> None:
        """Cut the partial to ``offset`` and write down what its bytes belong to, before any more come.

        Args:
            recorded: What they belong to.
            offset: Where writing goes on.
            in_pieces: Whether bytes will come out of order. Going on at the first gap, what lies behind it stays then.

        Raises:
            ValueError: If ``offset`` lies beyond what can be trusted.
        """
        if not 0 <= offset <= self.written:
            raise ValueError(f"cannot go on at {offset}: only {self.written} bytes can be trusted")
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
        """Let the disk hold room for the rest until the partial is closed, where it can and the length is known.

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
        """Write ``data`` at ``offset``. What was written before a failure stays, and ``held`` counts it.

        Several threads may write at a time if ``begin`` was told of pieces.

        Raises:
            DiskFullError: If there is no more room.
            DiskError: If the disk fails.
        """
        with disk_errors(self.path, _rest(self.recorded, self._held)):
            while data:
                taken = write_at(self._fd, data[:_WRITE_BYTES], offset)
                self._take(offset, offset + taken)
                offset, data = offset + taken, data[taken:]

    def flush(self) -> None:
        """Flush what was written, then write down that it was. May run on a thread of its own, beside ``write``.

        After a failure only ``checkpoint`` may follow, once nothing is being written.

        Raises:
            DiskFullError: If there is no more room, be it noticed only now.
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
        """Flush as ``flush`` does, and settle for what is durable if that fails, or has failed.

        The kernel may have dropped what could not be flushed, and a second flush would not tell: the partial is cut
        back to what is durable.
        """
        try:
            if not self._doubtful:
                self.flush()
        finally:
            if self._doubtful:
                self._fall_back()

    @property
    def unvouched_from(self) -> int:
        """Where the bytes begin that were here before and that no mark vouches for; 0 for none, or for all of them."""
        return self._unvouched_from

    def give_up(self, spans: tuple[Span, ...]) -> None:
        """Trust the bytes of ``spans`` no more: they are missing from now on."""
        self._held, self._durable = self._held.without(spans), self._durable.without(spans)
        self.staged = self.written
        self._hash = RunningHash(marks_within(self._hash.marks, self.written))

    def hash_along(self) -> bool:
        """Make ready for ``hash``, where that takes reading a block at most, and return whether it is."""
        if self.written - self._hash.position > MARK_BYTES:
            return False
        self.sha256()
        return True

    def hash_up(self) -> None:
        """Hash what was written in pieces as far as it is without a gap, a few blocks of it at most."""
        self._read(self._hash, min(self.written, self._hash.position + _HASH_UP_BYTES))

    @property
    def hashable(self) -> int:
        """How many bytes ``hash_up`` could take in."""
        return self.written - self._hash.position

    def hash(self, data: memoryview) -> None:
        """Take into the hash what is appended. May run on a thread of its own, beside ``write`` and ``flush``."""
        self._hash.update(data)

    def sha256(self, progress: Progress = lambda _done: None, should_stop: ShouldStop = lambda: False) -> str | None:
        """Return the SHA-256 of what was written in lower-case hexadecimal, or ``None`` if told to stop.

        Only what has not been hashed as it came is read.

        Args:
            progress: Called with the number of bytes hashed so far, after every MiB that was read.
            should_stop: Asked before every MiB.
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
        """Return what is not what once came, as far as that can be told, and what cannot be told if anything is not.

        Args:
            since: From which byte on to look.
            progress: Called with the number of bytes read so far, after every MiB.
            should_stop: Asked before every MiB; looking ends then.
        """
        marks = self._hash.marks
        with self._reading():
            damaged = damaged_blocks(self._fd, marks, since, progress, should_stop)
        told_to = len(marks) // STATE_BYTES * MARK_BYTES
        return (*damaged, (told_to, self._held.end)) if damaged else ()

    def damage_at_the_end(self) -> bool:
        """Return whether the last block with a mark is not what once came: what power cuts and bad shares damage."""
        last = len(self._hash.marks) // STATE_BYTES - 1
        return last >= 0 and bool(self.damage(last * MARK_BYTES))

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
                raise DiskError(self.path, "it is shorter than what was written to it") from error

    def install(self, sha256: str | None = None) -> None:
        """Give the whole file its name, and let go of it; the record stays until ``forget_install``.

        Args:
            sha256: What it was verified to hash to, if a hash was known.

        Raises:
            DestinationExistsError: If something stands there; the partial stays as it is.
        """
        self._finally(lambda: install(self.path, self.destination, sha256))

    def quarantine(self) -> Path:
        """Move the bytes to a name of their own that no model loader picks up, let go, and return where they are."""

        def move() -> Path:
            with disk_errors(self.path):
                kept_at = partial_conflicts.set_aside(self.path, self.destination)
                sidecar.remove(self._sidecar_path)
                sync_folder(self.path.parent)
                return kept_at

        return self._finally(move)

    def discard(self) -> None:
        """Delete the partial and its record, and let go."""

        def delete() -> None:
            with disk_errors(self.path):
                self.path.unlink(missing_ok=True)
                sidecar.remove(self._sidecar_path)

        self._finally(delete)

    def close(self) -> None:
        """Let go of the partial; one without a byte leaves no trace. Closing twice is harmless."""
        if self._fd < 0:
            return
        if os.fstat(self._fd).st_size == 0:
            with suppress(OSError):
                self.discard()
        elif self.is_reserved:  # others may need it while this one rests
            with suppress(OSError):
                release(self._fd)
        self._release()

    def _trusted(self) -> ByteRanges:
        if self._record is None:
            return ByteRanges()
        size = os.fstat(self._fd).st_size
        same_boot = bool(self._boot) and self._record.boot == self._boot
        if not same_boot:
            return self._durable.before(size)
        if self._record.islands is None:
            return ByteRanges(size)
        return (piece_map.load(map_path(self.destination)) or self._durable).before(size)

    def _take(self, start: int, end: int) -> None:
        with self._taking:
            self._held = self._held.with_span(start, end)
            if self._map is not None:
                self._map.save(self._held)

    def _keep_map(self, *, in_pieces: bool) -> None:
        """Begin the map before the record speaks of pieces, so that there is none of an earlier time beside that."""
        if self._map is not None:
            self._map.close()
        self._map = PieceMap(map_path(self.destination)) if in_pieces else None
        if self._map is not None:
            self._map.save(self._held)

    def _save(self, recorded: Recorded, *, durably: bool) -> None:
        durable, islands = self._durable.prefix, None if self._map is None else self._durable.islands
        marks = marks_within(self._hash.marks, durable).hex()
        record = sidecar.Sidecar(recorded, durable, self._boot, marks=marks, islands=islands)
        sidecar.save(self._sidecar_path, record, durably=durably)
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
        """Do the last thing under the lock where the system allows it: Windows does not delete open files."""
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
    """Delete what was fetched for ``destination`` so far, if anything was, and its record.

    Raises:
        DestinationBusyError: If somebody is still writing it.
    """
    if os.path.lexists(partial_path(destination)):
        Staging.open(destination).discard()
    with disk_errors(destination):
        sidecar.remove(sidecar_path(destination))


def _rest(recorded: Recorded | None, held: ByteRanges) -> int | None:
    return None if recorded is None or recorded.total is None else recorded.total - held.count
