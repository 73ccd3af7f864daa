"""A store in memory."""

from __future__ import annotations

from launcher_gui.recovery.store.location import IN_MEMORY
from launcher_gui.recovery.store.sqlite.database import SQLitePersistence


class MemoryPersistence(SQLitePersistence):
    """A store that ends with the process; otherwise it keeps the same as one in a file."""

    def __init__(self) -> None:
        super().__init__(IN_MEMORY)
