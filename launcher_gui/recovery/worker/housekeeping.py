"""Keeps the history of a store within its limits; any process may do it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from launcher_gui.recovery.exceptions import StoreError, StoreUnusableError
from launcher_gui.recovery.runtime.clock import Clock
from launcher_gui.recovery.store.ports import Store, Transaction

FIRST_AFTER_S = 60.0
"""Delay before a process trims for the first time, so that a short one never does."""

INTERVAL_S = 3600.0
"""How often the history is trimmed, by all processes together."""

_BREATH_S = 0.005
_DAY_S = 86_400

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HistoryLimits:
    """Limits of the history.

    Attributes:
        age_s: Age at which history is removed; ``None`` for no limit.
        size_bytes: Size of the store above which the oldest history is removed at any age; ``None`` for no limit.
    """

    age_s: float | None = None
    size_bytes: int | None = None

    @classmethod
    def of(cls, days: int, megabytes: int) -> HistoryLimits:
        """Return the limits for the settings, where 0 means none."""
        return cls(days * _DAY_S if days else None, megabytes * 1_000_000 if megabytes else None)


async def trim_periodically(store: Store, limits: Callable[[], HistoryLimits], clock: Clock) -> None:
    """Trim the history from time to time until cancelled, or until the store is closed."""
    await clock.sleep(FIRST_AFTER_S)
    while True:
        try:
            if await _take_turn(store, clock.now()):
                await trim(store, limits(), clock.now())
        except StoreUnusableError:
            return
        except StoreError as error:
            _log.warning("the history was not trimmed: %s", error)
        await clock.sleep(INTERVAL_S)


async def _take_turn(store: Store, now: float) -> bool:
    return await store.write(lambda tx: tx.history.take_turn(now, INTERVAL_S))


async def trim(store: Store, limits: HistoryLimits, now: float) -> None:
    """Bring the history within ``limits``, one batch at a time, so that other writers do not wait."""
    if limits.age_s is not None:
        before = now - limits.age_s
        await _until_done(lambda after: store.write(lambda tx: tx.history.trim_events(after, before)))
        await _until_done(lambda after: store.write(lambda tx: tx.history.trim_commands(after, before)))
    size = limits.size_bytes
    if size is not None:
        await _until_done(lambda after: store.write(lambda tx: _trim_to_size(tx, after, size)))


async def _until_done(stretch: Callable[[int], Coroutine[Any, Any, int | None]]) -> None:
    after: int | None = 0
    while after is not None:
        after = await stretch(after)
        await asyncio.sleep(_BREATH_S)


def _trim_to_size(tx: Transaction, after: int, size_bytes: int) -> int | None:
    return tx.history.trim_events(after, None) if tx.history.used_bytes() > size_bytes else None
