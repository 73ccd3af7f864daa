"""Replacing a store's file, as restoring a backup does."""

from __future__ import annotations

from pathlib import Path


def take_place(other: Path, path: Path) -> None:
    """Move ``other`` to the path of the store, without the former log."""
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    other.replace(path)
