"""The settings as they are now: read from the store, changed through it."""

from __future__ import annotations

import os
from collections.abc import Mapping

from launcher_gui.recovery.clock import Clock
from launcher_gui.recovery.persistence import settings as stored
from launcher_gui.recovery.persistence.sqlite import SQLitePersistence
from launcher_gui.settings.schema import Settings


class CurrentSettings:
    """Holds the effective settings for all who ask before each decision.

    Args:
        store: Where they are shared.
        clock: Tells when a change was made.
        environ: The environment, whose variables come before the store.
    """

    def __init__(self, store: SQLitePersistence, clock: Clock, environ: Mapping[str, str] = os.environ) -> None:
        self._store = store
        self._clock = clock
        self._environ = environ
        self._value = Settings.load(environ)

    def __call__(self) -> Settings:
        """Return the settings as they are now."""
        return self._value

    async def reload(self) -> Settings:
        """Read them from the store again and return them."""
        self._value = Settings.load(self._environ, await self._store.read(stored.load))
        return self._value

    async def change(self, field: str, value: object) -> Settings:
        """Set one field for every process and return the settings that result.

        Raises:
            InvalidInputError: If the field does not allow the value; nothing was changed.
        """
        Settings(**{field: value})  # type: ignore[arg-type]
        await self._store.write(stored.save, field, value, self._clock.now())
        return await self.reload()
