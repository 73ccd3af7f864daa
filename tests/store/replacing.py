"""Putting another file where a store is, as a person does who restores one."""

from __future__ import annotations

from pathlib import Path


def take_place(other: Path, path: Path) -> None:
    """Move ``other`` to where the store ``path`` is; the former one's log must not be taken for its own."""
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    other.replace(path)
