"""What functions of this process share: configuration, hooks, and the breakers that are in no store."""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Mapping
from typing import Any

from launcher_gui.recovery import breaker as breaker_rules
from launcher_gui.recovery.breaker import Breaker
from launcher_gui.recovery.clock import SystemClock
from launcher_gui.recovery.config import ENVIRONMENT_PREFIX, RecoveryConfig, check, fields_of
from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.recovery.gates import LocalGate, LocalScope
from launcher_gui.recovery.hooks import Hook
from launcher_gui.recovery.logs import log_fact

_VARIABLES = tuple(ENVIRONMENT_PREFIX + field.upper() for field, _, _ in fields_of(RecoveryConfig))


class RecoveryIntegrator:
    """Holds what has been set for the whole process.

    Of the configuration the environment comes before it, the defaults after it.
    """

    def __init__(self) -> None:
        self.version = 0
        """Goes up with each change, for those who keep what they made of the configuration."""
        self._set: dict[str, Any] = {}
        self._seen: tuple[str | None, ...] = ()
        self._config: RecoveryConfig | None = None
        self._scopes: dict[str, LocalScope] = {}
        self.hooks: tuple[Hook, ...] = (log_fact,)
        """Who is told what happens to every supervised call, in order."""

    def config(self) -> RecoveryConfig:
        """Return the configuration as it is now.

        Raises:
            InvalidInputError: If an environment variable holds a value that its field does not allow.
        """
        environment = tuple(os.environ.get(name) for name in _VARIABLES)
        if self._config is None or environment != self._seen:
            self._config, self._seen = RecoveryConfig.load(os.environ, self._set), environment
        return self._config

    def update_config(self, changes: Mapping[str, Any]) -> RecoveryConfig:
        """Set fields for the whole process and return the configuration that results.

        Running operations obey it from their next decision on. All of it is checked first: nothing is half applied.

        Args:
            changes: Values by field.

        Raises:
            InvalidInputError: If a field is unknown or does not allow its value.
        """
        rules = {field: (rule, kind) for field, rule, kind in fields_of(RecoveryConfig)}
        for field, value in changes.items():
            if field not in rules:
                raise InvalidInputError(
                    "field", field, "is not one of the configuration", f"Use one of {_named(rules)}."
                )
            rule, kind = rules[field]
            check(field, value, kind, rule)
        self._set = {**self._set, **changes}
        self._config = None
        self.version += 1
        return self.config()

    def add_hook(self, hook: Hook) -> None:
        """Let ``hook`` be told what happens to every supervised call from now on."""
        self.hooks = (*self.hooks, hook)
        self.version += 1

    def remove_hook(self, hook: Hook) -> None:
        """Tell ``hook`` nothing more; one that was never told anything is nothing to worry about."""
        self.hooks = tuple(other for other in self.hooks if other is not hook)
        self.version += 1

    def scope(self, name: str) -> LocalScope:
        """Return what this process keeps of a scope: its breaker and its retry budget."""
        found = self._scopes.get(name)
        return found if found is not None else self._scopes.setdefault(name, LocalScope(name))

    def breaker(self, scope: str) -> Breaker:
        """Return the circuit breaker of ``scope`` as it stands in this process; those in a store are not looked at."""
        return self.scope(scope).breaker

    def isolate_breaker(self, scope: str) -> Breaker:
        """Hold back all calls to ``scope`` in this process until ``reset_breaker``, and return its breaker."""
        now = time.time()
        return self._gate(scope).change(lambda breaker: breaker_rules.isolate(breaker, now))

    def reset_breaker(self, scope: str) -> Breaker:
        """Let calls to ``scope`` through again in this process, and return its breaker."""
        now = time.time()
        return self._gate(scope).change(lambda breaker: breaker_rules.reset(breaker, now))

    def reset(self) -> None:
        """Forget all that has been set and counted; the environment, the defaults and the log are left."""
        self._set, self._config, self._scopes, self.hooks = {}, None, {}, (log_fact,)
        self.version += 1

    def _gate(self, scope: str) -> LocalGate:
        return LocalGate(self.scope(scope), SystemClock(), lambda: self.hooks)


@functools.cache
def get_recovery_integrator() -> RecoveryIntegrator:
    """Return the one integrator of this process."""
    return RecoveryIntegrator()


def _named(fields: Mapping[str, object]) -> str:
    return ", ".join(fields)
