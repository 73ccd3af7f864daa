"""Small disks of memory, for tests that need one full, read-only or gone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_MOUNT, _UNMOUNT = "/usr/bin/mount", "/usr/bin/umount"


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """Put a disk of ``size`` bytes at ``folder``; skips the test where that takes rights that it does not have."""
    if os.geteuid() != 0 or not Path(_MOUNT).exists():
        pytest.skip("only root can mount a disk")
    folder.mkdir()
    subprocess.run([_MOUNT, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run([_UNMOUNT, folder], check=True)


def make_read_only(folder: Path) -> None:
    """Let the disk at ``folder`` refuse every write from now on."""
    subprocess.run([_MOUNT, "-o", "remount,ro", folder], check=True)
