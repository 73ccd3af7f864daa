"""The effective settings: read from the store, changed through it, and followed there."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping

from launcher_gui.recovery.config import check_all
from launcher_gui.recovery.exceptions import StoreError
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.recovery.store.ports import Store, Watch
from launcher_gui.settings.schema import Settings

FOLLOW_INTERVAL_S = 0.25
"""The shortest time between two reads; changes in between are read together."""

_log = logging.getLogger(__name__)


class CurrentSettings:
    """Holds the effective settings, which callers read before each decision.

    Args:
        store: Where the settings are shared.
        clock: Gives the time of a change.
        environ: The environment, whose variables take precedence over the store.
    """

    def __init__(self, store: Store, clock: Clock, environ: Mapping[str, str] = os.environ) -> None:
        self._store = store
        self._clock = clock
        self._environ = environ
        self._listeners: list[Callable[[Settings], None]] = []
        self._value = Settings.load(environ)
        self.fixed = Settings.fixed_by(environ)
        """The fields that an environment variable sets."""

    def __call__(self) -> Settings:
        """Return the effective settings."""
        return self._value

    def listen(self, listener: Callable[[Settings], None]) -> None:
        """Call ``listener`` with the settings after each change by any process."""
        self._listeners.append(listener)

    async def reload(self) -> Settings:
        """Read the settings from the store again and return them."""
        self._take(await self._store.read(lambda tx: tx.settings.load()))
        return self._value

    async def change(self, changes: Mapping[str, object], by: str) -> Settings:
        """Set fields for every process, all of them or none, and return the resulting settings.

        Args:
            changes: Values by field; ``None`` resets a field.
            by: Who changes them, for the history.

        Raises:
            InvalidInputError: If a field is unknown or does not allow its value; nothing was changed.
        """
        check_all(Settings, changes)
        now = self._clock.now()
        await self._store.write(lambda tx: tx.settings.change(changes, by, now))
        return await self.reload()

    async def follow(self, watch: Watch) -> None:
        """Apply the changes that other processes make, until cancelled."""
        news = watch.subscribe()
        while True:
            await news.wait()
            news.clear()
            try:
                self._take(await watch.read(lambda tx: tx.settings.load()))
            except StoreError as error:
                _log.warning("the settings could not be read: %s", error)
            await self._clock.sleep(FOLLOW_INTERVAL_S)

    def _take(self, values: Mapping[str, object]) -> None:
        value = Settings.load(self._environ, values)
        if value == self._value:
            return
        self._value = value
        for listener in self._listeners:
            listener(value)
