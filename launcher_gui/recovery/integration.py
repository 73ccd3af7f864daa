"""What the supervised functions of this process share: configuration, hooks, and the breakers without a store."""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from launcher_gui.recovery.config import ENVIRONMENT_PREFIX, RecoveryConfig, check_all, fields_of
from launcher_gui.recovery.execution.guards import BreakerGuard, LocalScope
from launcher_gui.recovery.hooks import Hook
from launcher_gui.recovery.log_hook import log_fact
from launcher_gui.recovery.process.shared_settings import SharedSettings
from launcher_gui.recovery.rules import breaker as breaker_rules
from launcher_gui.recovery.rules.breaker import Breaker
from launcher_gui.recovery.runtime.clock import SystemClock
from launcher_gui.recovery.store.ports import Store

_VARIABLES = tuple(ENVIRONMENT_PREFIX + field.upper() for field, _, _ in fields_of(RecoveryConfig))


class RecoveryIntegrator:
    """Holds the configuration and the hooks of the whole process.

    The environment takes precedence over its configuration; the settings of a function's store and the defaults come
    after it.
    """

    def __init__(self) -> None:
        self.version = 0
        """Incremented with each change, for caches that derive from the configuration."""
        self._set: dict[str, Any] = {}
        self._seen: tuple[str | None, ...] = ()
        self._config: RecoveryConfig | None = None
        self._in_stores: WeakKeyDictionary[Store, tuple[RecoveryConfig, Mapping[str, Any], RecoveryConfig]] = (
            WeakKeyDictionary()
        )
        self._scopes: dict[str, LocalScope] = {}
        self.hooks: tuple[Hook, ...] = (log_fact,)
        """The hooks of every supervised call, in the order in which they are called."""

    def config(self) -> RecoveryConfig:
        """Return the current configuration.

        Raises:
            InvalidInputError: If an environment variable has a value that its field does not allow.
        """
        environment = tuple(os.environ.get(name) for name in _VARIABLES)
        if self._config is None or environment != self._seen:
            self._config, self._seen = RecoveryConfig.load(os.environ, self._set), environment
        return self._config

    def config_in(self, store: Store) -> RecoveryConfig:
        """Return the current configuration of functions that record their calls in ``store``.

        Raises:
            InvalidInputError: If an environment variable has a value that its field does not allow.
            RecoveryStateError: If the store is in memory.
        """
        own = self.config()
        values = SharedSettings.of(store).values
        if not values:
            return own
        known = self._in_stores.get(store)
        if known is None or known[0] is not own or known[1] is not values:
            merged = RecoveryConfig.load(os.environ, {**values, **self._set})
            known = self._in_stores[store] = (own, values, merged)
        return known[2]

    def update_config(self, changes: Mapping[str, Any], store: Store | None = None) -> RecoveryConfig:
        """Set fields and return the resulting configuration.

        Running operations use it from their next decision on. Everything is checked before anything is applied.

        Args:
            changes: Values by field; ``None`` resets a field.
            store: Where to set them for every process: functions that record their calls there use them within a
                second, in this process at once. This commits a transaction, which blocks. By default they are set for
                this process.

        Raises:
            InvalidInputError: If a field is unknown or does not allow its value.
            StoreUnusableError: If the store cannot be opened.
            StoreUnavailableError: If the store is busy or its disk is full.
        """
        check_all(RecoveryConfig, changes)
        if store is not None:
            SharedSettings.of(store).change(changes, time.time())
            return self.config_in(store)
        merged = {**self._set, **changes}
        self._set = {field: value for field, value in merged.items() if value is not None}
        self._config = None
        self.version += 1
        return self.config()

    def add_hook(self, hook: Hook) -> None:
        """Call ``hook`` for every supervised call from now on."""
        self.hooks = (*self.hooks, hook)
        self.version += 1

    def remove_hook(self, hook: Hook) -> None:
        """Remove ``hook``; does nothing if it was not added."""
        self.hooks = tuple(other for other in self.hooks if other is not hook)
        self.version += 1

    def scope(self, name: str) -> LocalScope:
        """Return what this process keeps of a scope: its breaker and its retry budget."""
        found = self._scopes.get(name)
        return found if found is not None else self._scopes.setdefault(name, LocalScope(name))

    def breaker(self, scope: str) -> Breaker:
        """Return the circuit breaker of ``scope`` in this process; breakers in a store are not consulted."""
        return self.scope(scope).breaker

    def isolate_breaker(self, scope: str) -> Breaker:
        """Isolate ``scope`` in this process until ``reset_breaker``, and return its breaker."""
        now = time.time()
        return self._breaker(scope).change(lambda breaker: breaker_rules.isolate(breaker, now))

    def reset_breaker(self, scope: str) -> Breaker:
        """Let calls to ``scope`` through again in this process, and return its breaker."""
        now = time.time()
        return self._breaker(scope).change(lambda breaker: breaker_rules.reset(breaker, now))

    def reset(self) -> None:
        """Reset configuration, hooks and breakers; environment, defaults and the log hook remain."""
        self._set, self._config, self._scopes, self.hooks = {}, None, {}, (log_fact,)
        self.version += 1

    def _breaker(self, scope: str) -> BreakerGuard:
        return BreakerGuard(self.scope(scope), SystemClock(), lambda: self.hooks)


@functools.cache
def get_recovery_integrator() -> RecoveryIntegrator:
    """Return the integrator of this process."""
    return RecoveryIntegrator()
