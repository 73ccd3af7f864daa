"""Reading a partial file again: to hash it, and to find damaged blocks. Blocks; for file threads."""

from __future__ import annotations

from collections.abc import Callable

from launcher_gui.downloads.partial.disk import read_at
from launcher_gui.downloads.partial.running_hash import MARK_BYTES, STATE_BYTES, RunningHash, marks_within
from launcher_gui.downloads.rules.byte_ranges import Span
from launcher_gui.downloads.rules.known_hash import RunningBlake3

_READ_BYTES = 1024 * 1024

Progress = Callable[[int], None]
ShouldStop = Callable[[], bool]


class FileEndsEarlyError(Exception):
    """The file is shorter than what was written to it."""


def read_on(
    running: RunningHash | RunningBlake3,
    fd: int,
    end: int,
    progress: Progress = lambda _done: None,
    should_stop: ShouldStop = lambda: False,
) -> bool:
    """Hash the bytes of a file up to ``end``, and return whether that was reached.

    Args:
        running: The hash, which continues where it is.
        fd: The file; its position does not change.
        end: The offset to stop at.
        progress: Called with the offset reached, after every MiB.
        should_stop: Called before every MiB; hashing ends if it is true.

    Raises:
        FileEndsEarlyError: If the file ends before ``end``.
    """
    buffer = memoryview(bytearray(_READ_BYTES))
    while running.position < end:
        if should_stop():
            return False
        count = read_at(fd, buffer[: min(_READ_BYTES, end - running.position)], running.position)
        if not count:
            raise FileEndsEarlyError
        running.update(buffer[:count])
        progress(running.position)
    return True


def damaged_blocks(
    fd: int,
    marks: bytes,
    since: int = 0,
    progress: Progress = lambda _done: None,
    should_stop: ShouldStop = lambda: False,
) -> tuple[Span, ...]:
    """Return the blocks of a file whose hash, continued from the mark before them, does not give the mark after them.

    Args:
        fd: The file.
        marks: Its marks, from the first one on.
        since: From which byte on to check.
        progress: Called with the offset reached, after every MiB.
        should_stop: Called before every MiB; checking ends if it is true.

    Raises:
        FileEndsEarlyError: If the file ends before its last mark.
    """
    damaged: list[Span] = []
    for number in range(since // MARK_BYTES, len(marks) // STATE_BYTES):
        end = (number + 1) * MARK_BYTES
        block = RunningHash(marks[: number * STATE_BYTES])
        if not read_on(block, fd, end, progress, should_stop):
            break
        if block.marks != marks_within(marks, end):
            damaged.append((number * MARK_BYTES, end))
    return tuple(damaged)
