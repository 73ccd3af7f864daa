"""The configuration that functions of this process share unless their decorator says otherwise."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from typing import Any

from launcher_gui.recovery.config import ENVIRONMENT_PREFIX, RecoveryConfig, check, fields_of
from launcher_gui.recovery.exceptions import InvalidInputError

_VARIABLES = tuple(ENVIRONMENT_PREFIX + field.upper() for field, _, _ in fields_of(RecoveryConfig))


class RecoveryIntegrator:
    """Holds what has been set for the whole process; the environment comes before it, the defaults after it."""

    def __init__(self) -> None:
        self.version = 0
        """Goes up with each change, for those who keep what they made of the configuration."""
        self._set: dict[str, Any] = {}
        self._seen: tuple[str | None, ...] = ()
        self._config: RecoveryConfig | None = None

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

    def reset(self) -> None:
        """Forget all that has been set; the environment and the defaults are left."""
        self._set, self._config = {}, None
        self.version += 1


@functools.cache
def get_recovery_integrator() -> RecoveryIntegrator:
    """Return the one integrator of this process."""
    return RecoveryIntegrator()


def _named(fields: Mapping[str, object]) -> str:
    return ", ".join(fields)
