"""Being woken when a file is written to, on Linux: inotify(7), which the standard library does not offer."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import sys
from pathlib import Path

_MODIFY, _MOVED_FROM, _MOVED_TO, _CREATE, _DELETE = 0x002, 0x040, 0x080, 0x100, 0x200
_COMES_AND_GOES = _MOVED_FROM | _MOVED_TO | _CREATE | _DELETE
_READ_BYTES = 64 * 1024


class FileWakes:
    """Wakes whoever waits when one file is written to, made, moved or deleted.

    It tells that something happened, never what; whoever is woken looks. The folder is watched for names that come and
    go, so that a file that is deleted and made again is followed.

    Args:
        file: The file; it need not be there.

    Raises:
        OSError: If this system has no inotify, or no more of it to give.
    """

    def __init__(self, file: Path) -> None:
        if not sys.platform.startswith("linux"):
            raise OSError("there is no inotify on this system")
        self._file = file
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._fd = _checked(self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC))
        try:
            self._add(file.parent, _COMES_AND_GOES)
            self._follow()
        except OSError:
            self.close()
            raise

    def close(self) -> None:
        """Stop watching; nobody may be waiting."""
        os.close(self._fd)

    async def wait(self, limit_s: float) -> bool:
        """Wait until something happens, or has since the last wait, for ``limit_s`` at most; return whether it did.

        Raises:
            OSError: If there is no more inotify to follow the file with.
        """
        loop, woken = asyncio.get_running_loop(), asyncio.Event()
        # Only while somebody waits: a thousand writes a second cost no more turns of the loop than there are waits.
        loop.add_reader(self._fd, woken.set)
        try:
            async with asyncio.timeout(limit_s):
                await woken.wait()
        except TimeoutError:
            return False
        finally:
            loop.remove_reader(self._fd)
        with contextlib.suppress(BlockingIOError):
            os.read(self._fd, _READ_BYTES)
        self._follow()
        return True

    def _follow(self) -> None:
        """Watch the file that bears the name now; to watch the same one again changes nothing."""
        with contextlib.suppress(FileNotFoundError):
            self._add(self._file, _MODIFY)

    def _add(self, path: Path, mask: int) -> None:
        _checked(self._libc.inotify_add_watch(self._fd, os.fsencode(path), ctypes.c_uint32(mask)))


def _checked(answer: int) -> int:
    if answer < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return answer
