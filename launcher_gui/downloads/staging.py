"""The partial file and the record beside it: bytes that survive a kill and a power cut.

Owns the partial: who may write it (an exclusive lock of the operating system, which dies with the process), how much
of it can be trusted, and how it ends. Everything here blocks and belongs on a file thread; a ``Staging`` is used by
one thread at a time, but for ``flush``.

How far a partial is trusted (docs/decisions/0002-trusting-a-partial.md):

- Bytes are appended in order, and what a killed process has written is in the kernel's hands. While the same boot of
  the machine runs, the file's own length is the truth.
- After a power cut, a reboot, or where the boot cannot be told, only ``durable`` counts: the offset that was written
  to the record after the bytes before it had been flushed.
- Without a valid record nothing is trusted. Bytes that nothing vouches for may be somebody else's, so they are set
  aside under another name, never truncated.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from launcher_gui.downloads import sidecar
from launcher_gui.downloads.digest import MARK_BYTES, STATE_BYTES, RunningHash, marks_within
from launcher_gui.downloads.disk import disk_errors, release, reserve, sync_file, sync_folder
from launcher_gui.downloads.failures import DiskError
from launcher_gui.downloads.install import install, move_without_clobber
from launcher_gui.downloads.known_hash import RunningBlake3
from launcher_gui.downloads.locking import lock
from launcher_gui.downloads.naming import QUARANTINE_SUFFIX, partial_path, sidecar_path
from launcher_gui.downloads.resume import Recorded

_READ_BYTES = 1024 * 1024
_WRITE_BYTES = 1024 * 1024  # for 2 MiB at once Linux takes huge pages: three times the cost on a virtual machine
_OPEN_FLAGS = (
    os.O_RDWR
    | os.O_CREAT
    | getattr(os, "O_NOFOLLOW", 0)  # a link planted under the partial's name must not lead elsewhere
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_T = TypeVar("_T")

Progress = Callable[[int], None]
ShouldStop = Callable[[], bool]


class Staging:
    """The partial of one destination, held by this process alone. Made by ``Staging.open``.

    Attributes:
        destination: Where the finished file will stand.
        path: The partial.
        staged: How many of its bytes could be trusted when it was opened.
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
        self._durable = 0 if record is None else record.durable
        self.staged = self._trusted()
        self._written = self.staged
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
                    clear = _obstacle(fd, path, destination, record)
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
    def recorded(self) -> Recorded | None:
        """What the record says of the file on the server, if there is a valid record."""
        return None if self._record is None else self._record.recorded

    @property
    def written(self) -> int:
        """The offset at which the next byte goes."""
        return self._written

    @property
    def durable(self) -> int:
        """How many bytes a power cut cannot take."""
        return self._durable

    def begin(self, recorded: Recorded, offset: int) -> None:
        """Cut the partial to ``offset`` and write down what its bytes belong to, before any more come.

        Raises:
            ValueError: If ``offset`` lies beyond what can be trusted.
        """
        if not 0 <= offset <= self._written:
            raise ValueError(f"cannot go on at {offset}: only {self._written} bytes can be trusted")
        with disk_errors(self.path, _rest(recorded, offset)):
            os.ftruncate(self._fd, offset)  # before the record, which would vouch for the tail
            os.lseek(self._fd, offset, os.SEEK_SET)
            self.is_reserved = False
            self._written = offset
            self._durable = min(self._durable, offset)
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
        rest = _rest(self.recorded, self._written)
        if rest:
            with disk_errors(self.path, rest):
                self.is_reserved = reserve(self._fd, self._written + rest)

    def write(self, data: memoryview) -> None:
        """Append ``data``. What was written before a failure stays, and ``written`` counts it.

        Raises:
            DiskFullError: If there is no more room.
            DiskError: If the disk fails.
        """
        with disk_errors(self.path, _rest(self.recorded, self._written)):
            while data:
                taken = os.write(self._fd, data[:_WRITE_BYTES])
                self._written += taken
                data = data[taken:]

    def flush(self) -> None:
        """Flush what was written, then write down that it was. May run on a thread of its own, beside ``write``.

        After a failure only ``checkpoint`` may follow, once nothing is being written.

        Raises:
            DiskFullError: If there is no more room, be it noticed only now.
            DiskError: If the disk fails.
        """
        if self._record is None:
            raise ValueError("nothing has begun")
        offset = self._written
        with disk_errors(self.path, _rest(self.recorded, offset)):
            try:
                sync_file(self._fd)
            except OSError:
                self._doubtful = True
                raise
            self._durable = offset
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

    def keep(self, offset: int) -> None:
        """Trust no more than ``offset`` bytes of what is here."""
        self._written = self.staged = min(self.staged, offset)

    def hash_along(self) -> bool:
        """Make ready for ``hash``, where that takes reading a block at most, and return whether it is."""
        if self._written - self._hash.position > MARK_BYTES:
            return False
        self.sha256()
        return True

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
        return self._hash.hexdigest() if self._read(self._hash, self._written, progress, should_stop) else None

    def blake3(self, progress: Progress = lambda _done: None, should_stop: ShouldStop = lambda: False) -> str | None:
        """Return the BLAKE3 of what was written, as ``sha256`` returns that; all of it is read."""
        running = RunningBlake3()
        return running.hexdigest() if self._read(running, self._written, progress, should_stop) else None

    def damage(
        self,
        since: int = 0,
        progress: Progress = lambda _done: None,
        should_stop: ShouldStop = lambda: False,
    ) -> int | None:
        """Return where the first block begins that is not what once came; ``None`` if none is found.

        Args:
            since: From which byte on to look.
            progress: Called with the number of bytes read so far, after every MiB.
            should_stop: Asked before every MiB; looking ends then.
        """
        marks = self._hash.marks
        for number in range(since // MARK_BYTES, len(marks) // STATE_BYTES):
            end = (number + 1) * MARK_BYTES
            block = RunningHash(marks[: number * STATE_BYTES])
            if not self._read(block, end, progress, should_stop):
                return None
            if block.marks != marks_within(marks, end):
                return number * MARK_BYTES
        return None

    def damage_at_the_end(self) -> bool:
        """Return whether the last block with a mark is not what once came: what power cuts and bad shares damage."""
        last = len(self._hash.marks) // STATE_BYTES - 1
        return last >= 0 and self.damage(last * MARK_BYTES) is not None

    def _read(
        self, running: RunningHash | RunningBlake3, end: int, progress: Progress, should_stop: ShouldStop
    ) -> bool:
        """Let ``running`` read on up to ``end``, and return whether it got there."""
        buffer = memoryview(bytearray(_READ_BYTES))
        with disk_errors(self.path), open(self._fd, "rb", buffering=0, closefd=False) as file:
            file.seek(running.position)
            try:
                while running.position < end:
                    if should_stop():
                        return False
                    count = file.readinto(buffer[: min(_READ_BYTES, end - running.position)])
                    if not count:
                        raise DiskError(self.path, "it is shorter than what was written to it")
                    running.update(buffer[:count])
                    progress(running.position)
            finally:
                file.seek(self._written)
        return True

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
                kept_at = _set_aside(self.path, self.destination)
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

    def _trusted(self) -> int:
        if self._record is None:
            return 0
        size = os.fstat(self._fd).st_size
        same_boot = self._boot and self._record.boot == self._boot
        return size if same_boot else min(size, self._record.durable)

    def _save(self, recorded: Recorded, *, durably: bool) -> None:
        marks = marks_within(self._hash.marks, self._durable).hex()
        record = sidecar.Sidecar(recorded, self._durable, self._boot, marks=marks)
        sidecar.save(self._sidecar_path, record, durably=durably)
        self._record = record

    def _fall_back(self) -> None:
        with suppress(OSError):
            os.ftruncate(self._fd, self._durable)
            os.lseek(self._fd, self._durable, os.SEEK_SET)
            self._written = self._durable
            self._doubtful = False
            self._hash = RunningHash(marks_within(self._hash.marks, self._durable))

    def _finally(self, deed: Callable[[], _T]) -> _T:
        """Do the last thing under the lock where the system allows it: Windows does not delete open files."""
        if sys.platform == "win32":
            self._release()
        try:
            return deed()
        finally:
            self._release()

    def _release(self) -> None:
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


def _rest(recorded: Recorded | None, offset: int) -> int | None:
    return None if recorded is None or recorded.total is None else recorded.total - offset


def _obstacle(
    fd: int, path: Path, destination: Path, record: sidecar.Sidecar | None
) -> Callable[[], Path | None] | None:
    """Return what has to be done before the partial can be opened anew, or ``None`` if the locked file is the one.

    Between opening and locking, its former holder may have installed or deleted it. One that has a second name is a
    finished file whose installer died before it removed this name: writing to it would ruin the installed one. And
    bytes without a record may be somebody else's.
    """
    status = os.fstat(fd)
    if not stat.S_ISREG(status.st_mode):
        raise DiskError(path, "something that is not a file stands in its place", "Move it away, then resume.")
    try:
        replaced = not os.path.samestat(status, path.lstat())
    except FileNotFoundError:
        replaced = True
    if replaced:
        return lambda: None
    if status.st_nlink > 1:
        return path.unlink
    if record is None and status.st_size > 0:
        return lambda: _set_aside(path, destination)
    return None


def _set_aside(path: Path, destination: Path) -> Path:
    for number in count(1):
        ending = QUARANTINE_SUFFIX if number == 1 else f"{QUARANTINE_SUFFIX}-{number}"
        target = destination.with_name(destination.name + ending)
        try:
            move_without_clobber(path, target)
        except FileExistsError:
            continue
        return target
    raise AssertionError("counting does not end")
