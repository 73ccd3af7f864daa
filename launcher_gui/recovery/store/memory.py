"""A store that ends with the process."""

from __future__ import annotations

from launcher_gui.recovery.store.location import IN_MEMORY
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence


class MemoryPersistence(SQLitePersistence):
    """Keeps everything that a store keeps, attempts and breakers included, and forgets it when the process ends."""

    def __init__(self) -> None:
        super().__init__(IN_MEMORY)
